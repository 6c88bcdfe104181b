import { defineCommand, hasNodes, hasSelectedNodes } from '../command.ts';
import { edgesFrom, edgesTo } from '../edge-index.ts';
import type { FlowDocument } from '../flow-document.ts';
import { NOTHING_SELECTED, type Selection } from '../history.ts';
import { type Direction, neighbourOf } from '../neighbour.ts';

export const select = defineCommand<{ selection: Selection }>({
  isEdit: false,
  plan: ({ session }, { selection }) => ({
    session: {
      selection,
      ...(session.inspected !== null && { inspected: selection.nodes[0] ?? null, inspectedParam: null }),
    },
  }),
});

/** Selects a node and brings it into view, wherever the keyboard is. */
export const reveal = defineCommand<{ node: string }>({
  isEdit: false,
  plan: ({ document, session }, { node }) =>
    document.nodes[node] && {
      session: {
        selection: { nodes: [node], edges: [] },
        ...(session.inspected !== null && { inspected: node, inspectedParam: null }),
      },
      view: { kind: 'reveal', node },
    },
});

export const selectAll = defineCommand({
  shortcuts: ['Mod+A'],
  isEdit: false,
  isEnabled: hasNodes,
  plan: ({ document }) => ({
    session: { selection: { nodes: Object.keys(document.nodes), edges: Object.keys(document.edges) } },
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
      return { session: { selection: { nodes: [...reached], edges: [] } } };
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
 * without arguments for the selected node, which hands the keyboard to the form.
 */
export const inspect = defineCommand<{ node: string; param?: string; keepsFocus?: boolean } | undefined>({
  shortcuts: ['Enter'],
  isEdit: false,
  isEnabled: hasSelectedNodes,
  plan: ({ document, session }, args) => {
    const node = args?.node ?? session.selection.nodes.at(-1);
    if (node === undefined || !document.nodes[node]) return undefined;
    return {
      session: {
        inspected: node,
        inspectedParam: args?.param ?? null,
        selection: { nodes: [node], edges: [] },
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
          selection: { nodes: [node], edges: [] },
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
