import { defineCommand, hasNodes, hasSelectedNodes, hasSelectedParts } from '../command.ts';
import { edgesFrom, edgesTo } from '../edge-index.ts';
import type { FlowDocument } from '../flow-document.ts';
import { NOTHING_SELECTED, type Selection, selectionOf } from '../history.ts';
import { type Direction, neighbourOf } from '../neighbour.ts';
import { nodesInside, notesInside } from '../placement.ts';

/** Selects what is named and lets go of the rest. */
export const select = defineCommand<{ selection: Partial<Selection> }>({
  isEdit: false,
  plan: ({ session }, { selection }) => ({
    session: {
      selection: selectionOf(selection),
      freshNote: null,
      ...(session.inspected !== null && { inspected: selection.nodes?.[0] ?? null, inspectedParam: null }),
    },
  }),
});

/**
 * Selects a note; a frame with what lies in it, since that goes where the frame goes. Added to the selection, or taken out
 * of it again where `isAdding`.
 */
export const selectNote = defineCommand<{ note: string; isAdding?: boolean }>({
  isEdit: false,
  plan: ({ document, session, catalog }, { note: id, isAdding }) => {
    const note = document.notes[id];
    if (!note) return undefined;
    const { selection } = session;
    const part = {
      nodes: nodesInside(document, catalog, note).map((node) => node.id),
      notes: [id, ...notesInside(document, note).map((other) => other.id)],
    };
    const isSelected = selection.notes.includes(id);
    const next = (before: readonly string[], ids: readonly string[]) =>
      isSelected ? before.filter((one) => !ids.includes(one)) : [...new Set([...before, ...ids])];
    return {
      session: {
        freshNote: null,
        inspected: null,
        inspectedParam: null,
        selection: isAdding
          ? { ...selection, nodes: next(selection.nodes, part.nodes), notes: next(selection.notes, part.notes) }
          : selectionOf(part),
      },
    };
  },
});

/** Selects a node and brings it into view, wherever the keyboard is. */
export const reveal = defineCommand<{ node: string }>({
  isEdit: false,
  plan: ({ document, session }, { node }) =>
    document.nodes[node] && {
      session: {
        selection: selectionOf({ nodes: [node] }),
        ...(session.inspected !== null && { inspected: node, inspectedParam: null }),
      },
      view: { kind: 'reveal', node },
    },
});

export const selectAll = defineCommand({
  shortcuts: ['Mod+A'],
  isEdit: false,
  isEnabled: ({ document }) => Object.keys(document.nodes).length + Object.keys(document.notes).length > 0,
  plan: ({ document: { nodes, edges, notes } }) => ({
    session: { selection: { nodes: Object.keys(nodes), edges: Object.keys(edges), notes: Object.keys(notes) } },
  }),
});

/** The selection and every node that can be reached from it along edges, or against them. */
const grow = (shortcut: string, next: (document: FlowDocument, id: string) => readonly string[]) =>
  defineCommand({
    shortcuts: [shortcut],
    isEdit: false,
    isEnabled: hasSelectedNodes,
    plan: ({ document, session }) => {
      const reached = new Set(session.selection.nodes);
      // A set hands out what is added while it is walked.
      for (const id of reached) for (const other of next(document, id)) if (document.nodes[other]) reached.add(other);
      return { session: { selection: selectionOf({ nodes: [...reached] }) } };
    },
  });

export const selectOnward = grow('Mod+Shift+ArrowRight', (document, id) => edgesFrom(document, id).map(({ to }) => to));
export const selectBack = grow('Mod+Shift+ArrowLeft', (document, id) => edgesTo(document, id).map(({ from }) => from));

/** Escape: closes what is open, one thing at a time, and lets go of the selection last. */
export const dismiss = defineCommand({
  shortcuts: ['Escape'],
  isEdit: false,
  plan: ({ session }) => {
    if (session.isShortcutListOpen) return { session: { isShortcutListOpen: false } };
    if (session.isFindOpen) return { session: { isFindOpen: false } };
    if (session.quickAdd) return { session: { quickAdd: null } };
    if (session.inspected !== null) return { session: { inspected: null, inspectedParam: null } };
    return { session: { selection: NOTHING_SELECTED } };
  },
});

/**
 * Opens the form of a node: by a click on it (the keyboard stays on the canvas), by a problem that points at a field, or
 * without arguments for the selected node, which hands the keyboard to the form. A note that alone is selected has its
 * words for a form.
 */
export const inspect = defineCommand<{ node: string; param?: string; keepsFocus?: boolean } | undefined>({
  shortcuts: ['Enter'],
  isEdit: false,
  isEnabled: hasSelectedParts,
  plan: ({ document, session }, args) => {
    const node = args?.node ?? session.selection.nodes.at(-1);
    const [note] = session.selection.notes;
    if (node === undefined && note !== undefined) return { session: { freshNote: note } };
    if (node === undefined || !document.nodes[node]) return undefined;
    return {
      session: {
        inspected: node,
        inspectedParam: args?.param ?? null,
        selection: selectionOf({ nodes: [node] }),
        ...(!args?.keepsFocus && { focusRequests: session.focusRequests + 1 }),
      },
      view: { kind: 'reveal', node },
    };
  },
});

const walk = (direction: Direction, key: string) =>
  defineCommand({
    shortcuts: [key],
    isEdit: false,
    isEnabled: hasNodes,
    plan: ({ document, session, catalog }) => {
      const node = neighbourOf(document, catalog, session.selection.nodes.at(-1), direction);
      if (node === undefined) return undefined;
      return {
        session: {
          selection: selectionOf({ nodes: [node] }),
          ...(session.inspected !== null && { inspected: node, inspectedParam: null }),
        },
        view: { kind: 'reveal', node },
      };
    },
  });

export const walkForward = walk('forward', 'ArrowRight');
export const walkBack = walk('back', 'ArrowLeft');
export const walkUp = walk('up', 'ArrowUp');
export const walkDown = walk('down', 'ArrowDown');
