import { defineCommand, hasSelectedNodes, type Edit, type PlanContext } from '../command.ts';
import type { Change } from '../diff.ts';
import { GRID, type Point, snap } from '../placement.ts';

/** Puts nodes where they were dragged to; moves that share a gesture, one after the other, are one entry. */
export const moveNodes = defineCommand<{ to: Readonly<Record<string, Point>>; gesture?: string }>({
  isEdit: true,
  plan: (context, { to, gesture }) => planMove(context, to, gesture),
});

const nudge = (shortcut: string, x: number, y: number) =>
  defineCommand({
    shortcuts: [`Shift+${shortcut}`],
    isEdit: true,
    isEnabled: hasSelectedNodes,
    plan: (context) => {
      const to = Object.fromEntries(
        context.session.selection.nodes.flatMap((id) => {
          const node = context.document.nodes[id];
          return node ? [[id, { x: node.position.x + x, y: node.position.y + y }]] : [];
        }),
      );
      return planMove(context, to, `nudge/${context.session.selection.nodes.join()}`);
    },
  });

export const nudgeLeft = nudge('ArrowLeft', -GRID, 0);
export const nudgeRight = nudge('ArrowRight', GRID, 0);
export const nudgeUp = nudge('ArrowUp', 0, -GRID);
export const nudgeDown = nudge('ArrowDown', 0, GRID);

/** Ends the drag or the typing in a field: what follows is a new entry. */
export const endGesture = defineCommand({ isEdit: false, plan: () => ({ endsGesture: true }) });

export function planMove(
  { document }: PlanContext,
  to: Readonly<Record<string, Point>>,
  gesture?: string,
): { edit: Edit } | undefined {
  const diff = Object.entries(to).flatMap(([id, wish]): Change[] => {
    const before = document.nodes[id];
    const position = snap(wish);
    if (!before || (before.position.x === position.x && before.position.y === position.y)) return [];
    return [{ of: 'node', id, before, after: { ...before, position } }];
  });
  if (diff.length === 0) return undefined;
  const count = Object.keys(to).length;
  return { edit: { diff, name: { key: 'move-nodes', values: { count } }, ...(gesture !== undefined && { gesture }) } };
}
