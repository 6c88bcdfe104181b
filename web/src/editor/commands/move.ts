import { defineCommand, hasSelectedParts, type Edit, type PlanContext } from '../command.ts';
import type { Change } from '../diff.ts';
import { entryOf } from '../parts.ts';
import { GRID, type Point, snap } from '../placement.ts';

/** Where things go, by id. */
type Places = Readonly<Record<string, Point>>;

/** Puts nodes and notes where they were dragged to; moves that share a gesture, one after the other, are one entry. */
export const moveParts = defineCommand<{ to: Places; notes?: Places; gesture?: string }>({
  isEdit: true,
  plan: (context, { to, notes = {}, gesture }) => planMove(context, { nodes: to, notes }, gesture),
});

const nudge = (shortcut: string, x: number, y: number) =>
  defineCommand({
    shortcuts: [`Shift+${shortcut}`],
    isEdit: true,
    isEnabled: hasSelectedParts,
    plan: (context) => {
      const { nodes, notes } = context.session.selection;
      return planMove(context, shiftedSelection(context, { x, y }), `nudge/${[...nodes, ...notes].join()}`);
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
  to: { readonly nodes: Places; readonly notes?: Places },
  gesture?: string,
): { edit: Edit } | undefined {
  const nodes = planPlaces(
    document.nodes,
    to.nodes,
    (id, before, after): Change => ({ of: 'node', id, before, after }),
  );
  const notes = planPlaces(
    document.notes,
    to.notes ?? {},
    (id, before, after): Change => ({ of: 'note', id, before, after }),
  );
  const diff = [...nodes, ...notes];
  if (diff.length === 0) return undefined;
  const name = entryOf('move', {
    nodes: Object.keys(to.nodes),
    notes: Object.keys(to.notes ?? {}).flatMap((id) => document.notes[id] ?? []),
  });
  return { edit: { diff, name, ...(gesture !== undefined && { gesture }) } };
}

function planPlaces<Part extends { readonly position: Point }>(
  parts: Readonly<Record<string, Part>>,
  to: Places,
  change: (id: string, before: Part, after: Part) => Change,
): Change[] {
  return Object.entries(to).flatMap(([id, wish]): Change[] => {
    const before = parts[id];
    const position = snap(wish);
    if (!before || (before.position.x === position.x && before.position.y === position.y)) return [];
    return [change(id, before, { ...before, position })];
  });
}

/** Where everything that is selected would stand, moved by as much. */
export function shiftedSelection(
  { document, session }: Pick<PlanContext, 'document' | 'session'>,
  by: Point,
): { nodes: Places; notes: Places } {
  const shifted = (parts: Readonly<Record<string, { position: Point }>>, ids: readonly string[]): Places =>
    Object.fromEntries(
      ids.flatMap((id) => {
        const at = parts[id]?.position;
        return at ? [[id, { x: at.x + by.x, y: at.y + by.y }]] : [];
      }),
    );
  return {
    nodes: shifted(document.nodes, session.selection.nodes),
    notes: shifted(document.notes, session.selection.notes),
  };
}
