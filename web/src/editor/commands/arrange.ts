import { defineCommand, type PlanContext } from '../command.ts';
import { heightOf, NODE_WIDTH, type Point } from '../placement.ts';
import { planMove } from './move.ts';

/** A card as a box; every node of a selection that is still there. */
interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const ALIGNED = 2;
/** Between two cards the room is what it is: only a third has anywhere to go. */
const SPREAD = 3;

function boxesIn({ document, session, catalog }: PlanContext): Box[] {
  const nodes = session.selection.nodes.map((id) => document.nodes[id]).filter((node) => node !== undefined);
  return nodes.map((node) => ({
    id: node.id,
    ...node.position,
    width: NODE_WIDTH,
    height: heightOf(catalog, node),
  }));
}

function arrange(shortcut: string, least: number, place: (boxes: readonly Box[]) => Record<string, Point>) {
  return defineCommand({
    shortcuts: [shortcut],
    isEdit: true,
    isEnabled: ({ session }) => session.selection.nodes.length >= least,
    plan: (context) => {
      const boxes = boxesIn(context);
      const plan = boxes.length >= least ? planMove(context, { nodes: place(boxes) }) : undefined;
      if (!plan) return undefined;
      return { edit: { ...plan.edit, name: { key: 'arrange-nodes', values: { count: boxes.length } } } };
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
