import { defineCommand, type PlanContext, selectedNodes, selectedNotes } from '../command.ts';
import { applyDiff } from '../diff.ts';
import { followNodes } from '../follow-nodes.ts';
import { entryOf } from '../parts.ts';
import { heightOf, NODE_WIDTH, nodesInside, notesInside, type Point } from '../placement.ts';
import { planMove } from './move.ts';

/** What is brought into line as one: a card, a note, or a frame with all that lies in it. */
interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Ids of the nodes and notes that go where it goes, itself among them. */
  readonly nodes: readonly string[];
  readonly notes: readonly string[];
}

const ALIGNED = 2;
/** Between two boxes the room is what it is: only a third has anywhere to go. */
const SPREAD = 3;

/** The selection as boxes; what lies in a selected frame is part of that frame's. */
function boxesIn(context: PlanContext): Box[] {
  const { document, catalog } = context;
  const frames = selectedNotes(context).map((note) => ({
    note,
    nodes: nodesInside(document, catalog, note).map(({ id }) => id),
    notes: notesInside(document, note).map(({ id }) => id),
  }));
  const held = new Set(frames.flatMap((frame) => [...frame.nodes, ...frame.notes]));
  return [
    ...selectedNodes(context).map((node) => ({
      id: node.id,
      ...node.position,
      width: NODE_WIDTH,
      height: heightOf(catalog, node),
      nodes: [node.id],
      notes: [],
    })),
    ...frames.map(({ note, ...inside }) => ({
      id: note.id,
      ...note.position,
      ...note.size,
      nodes: inside.nodes,
      notes: [note.id, ...inside.notes],
    })),
  ].filter(({ id }) => !held.has(id));
}

/** A frame that is not selected itself stays around what it was around. */
function arrange(shortcut: string, least: number, place: (boxes: readonly Box[]) => Record<string, Point>) {
  return defineCommand({
    shortcuts: [shortcut],
    isEdit: true,
    isEnabled: (context) => {
      const { nodes, notes } = context.session.selection;
      return nodes.length + notes.length >= least && boxesIn(context).length >= least;
    },
    plan: (context) => {
      const boxes = boxesIn(context);
      if (boxes.length < least) return undefined;
      const { document, catalog } = context;
      const to = place(boxes);
      const shifted = (parts: Readonly<Record<string, { position: Point }>>, idsOf: (box: Box) => readonly string[]) =>
        Object.fromEntries(
          boxes.flatMap((box) => {
            const at = to[box.id] ?? box;
            return idsOf(box).flatMap((id) => {
              const was = parts[id]?.position;
              return was ? [[id, { x: was.x + at.x - box.x, y: was.y + at.y - box.y }] as const] : [];
            });
          }),
        );
      const notes = shifted(document.notes, (box) => box.notes);
      const plan = planMove(context, { nodes: shifted(document.nodes, (box) => box.nodes), notes });
      if (!plan) return undefined;
      const { diff } = plan.edit;
      const following = followNodes(document, applyDiff(document, diff), catalog).filter(
        (change) => change.of !== 'note' || !(change.id in notes),
      );
      const { nodes } = context.session.selection;
      const name = entryOf('arrange', { nodes, notes: selectedNotes(context) });
      return { edit: { diff: [...diff, ...following], name } };
    },
  });
}

const align = (shortcut: string, axis: 'x' | 'y', edgeOf: (boxes: readonly Box[]) => (box: Box) => number) =>
  arrange(shortcut, ALIGNED, (boxes) => {
    const placeOf = edgeOf(boxes);
    return Object.fromEntries(boxes.map((box) => [box.id, { x: box.x, y: box.y, [axis]: placeOf(box) }]));
  });

const rightOf = ({ x, width }: Box) => x + width;
const bottomOf = ({ y, height }: Box) => y + height;

export const alignLeft = align('Alt+A', 'x', (boxes) => () => Math.min(...boxes.map(({ x }) => x)));
export const alignRight = align('Alt+D', 'x', (boxes) => (box) => Math.max(...boxes.map(rightOf)) - box.width);
export const alignTop = align('Alt+W', 'y', (boxes) => () => Math.min(...boxes.map(({ y }) => y)));
export const alignBottom = align('Alt+S', 'y', (boxes) => (box) => Math.max(...boxes.map(bottomOf)) - box.height);

/** The outermost two stay; between all of them is the same room. */
const distribute = (shortcut: string, axis: 'x' | 'y', sizeOf: (box: Box) => number) =>
  arrange(shortcut, SPREAD, (boxes) => {
    const ordered = boxes.toSorted((a, b) => a[axis] - b[axis]);
    const [first, last] = [ordered[0] as Box, ordered.at(-1) as Box];
    const taken = ordered.reduce((sum, box) => sum + sizeOf(box), 0);
    const gap = (last[axis] + sizeOf(last) - first[axis] - taken) / (ordered.length - 1);
    let next = first[axis];
    return Object.fromEntries(
      ordered.map((box) => {
        const at = next;
        next += sizeOf(box) + gap;
        return [box.id, { x: box.x, y: box.y, [axis]: at }];
      }),
    );
  });

export const distributeAcross = distribute('Shift+Alt+H', 'x', ({ width }) => width);
export const distributeDown = distribute('Shift+Alt+V', 'y', ({ height }) => height);
