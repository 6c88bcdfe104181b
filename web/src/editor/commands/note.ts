import type { GraphNote, MarkColour } from '@sluice/shared/graph';
import { defineCommand, hasSelectedNodes, selectedNodes } from '../command.ts';
import type { FlowDocument } from '../flow-document.ts';
import type { EntryName } from '../history.ts';
import { GRID, heightOf, NODE_WIDTH, type Point, snap } from '../placement.ts';
import { entryOf } from '../parts.ts';
import { planNoteRemoval } from './delete.ts';

const NOTE_SIZE = { width: 240, height: 120 };
const LEAST = 2 * GRID;
const AROUND = 2 * GRID;
/** Above the nodes of a frame stands its title. */
const TITLE_HEIGHT = 2 * GRID;

/** Puts a note onto the canvas, where it was asked for or above the flow; its words are written at once. */
export const addNote = defineCommand<{ at?: Point } | undefined>({
  shortcuts: ['N'],
  isEdit: true,
  plan: ({ document, createId }, args) => {
    const after: GraphNote = {
      id: createId('note'),
      form: 'note',
      text: '',
      position: snap(args?.at ?? aboveEverything(document)),
      size: NOTE_SIZE,
    };
    return {
      edit: { diff: [{ of: 'note', id: after.id, after }], name: { key: 'add-note' } },
      session: { freshNote: after.id },
      view: { kind: 'show', area: { ...after.position, ...after.size } },
    };
  },
});

/** Draws a frame around the selected nodes. */
export const frameNodes = defineCommand({
  shortcuts: ['Mod+G'],
  isEdit: true,
  isEnabled: hasSelectedNodes,
  plan: (context) => {
    const { catalog, createId } = context;
    const nodes = selectedNodes(context);
    if (nodes.length === 0) return undefined;
    const left = Math.min(...nodes.map(({ position }) => position.x)) - AROUND;
    const top = Math.min(...nodes.map(({ position }) => position.y)) - AROUND - TITLE_HEIGHT;
    const right = Math.max(...nodes.map(({ position }) => position.x)) + NODE_WIDTH + AROUND;
    const bottom = Math.max(...nodes.map((node) => node.position.y + heightOf(catalog, node))) + AROUND;
    const after: GraphNote = {
      id: createId('note'),
      form: 'frame',
      text: '',
      position: { x: left, y: top },
      size: { width: right - left, height: bottom - top },
    };
    return {
      edit: {
        diff: [{ of: 'note', id: after.id, after }],
        name: { key: 'frame-nodes', values: { count: nodes.length } },
      },
      session: { freshNote: after.id },
    };
  },
});

/** Typing into one note is one entry until it is left. */
export const editNote = defineCommand<{ note: string; text?: string; colour?: MarkColour | null }>({
  isEdit: true,
  plan: ({ document }, { note, text, colour }) => {
    const before = document.notes[note];
    if (!before) return undefined;
    const { colour: was, ...rest } = before;
    const shade = colour === undefined ? was : (colour ?? undefined);
    const after = { ...rest, text: text ?? before.text, ...(shade && { colour: shade }) };
    const written = before.form === 'frame' ? 'edit-frame' : 'edit-note';
    const name: EntryName = { key: text === undefined ? 'colour' : written };
    return { edit: { diff: [{ of: 'note', id: note, before, after }], name, gesture: `${name.key}/${note}` } };
  },
});

/** Draws a note larger or smaller by that much. */
export const resizeNote = defineCommand<{ note: string; grow: Point }>({
  isEdit: true,
  plan: ({ document }, { note, grow }) => {
    const before = document.notes[note];
    if (!before) return undefined;
    const { x, y } = snap(grow);
    const size = { width: Math.max(LEAST, before.size.width + x), height: Math.max(LEAST, before.size.height + y) };
    return {
      edit: { diff: [{ of: 'note', id: note, before, after: { ...before, size } }], name: { key: 'resize-note' } },
    };
  },
});

/** Deletes one note or frame; what lies in a frame stays. */
export const deleteNote = defineCommand<{ note: string }>({
  isEdit: true,
  plan: ({ document }, { note }) => {
    const before = document.notes[note];
    return (
      before && { edit: { diff: planNoteRemoval(document, [note]), name: entryOf('delete', { notes: [before] }) } }
    );
  },
});

function aboveEverything({ nodes, notes }: FlowDocument): Point {
  const all = [...Object.values(nodes), ...Object.values(notes)].map(({ position }) => position);
  if (all.length === 0) return { x: 0, y: 0 };
  const x = Math.min(...all.map((at) => at.x));
  return { x, y: Math.min(...all.map((at) => at.y)) - NOTE_SIZE.height - GRID };
}
