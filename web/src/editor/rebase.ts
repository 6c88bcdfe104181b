import type { Change, Diff } from './diff.ts';
import type { Entry, History } from './history.ts';
import { mergeFields } from './merge-fields.ts';

/**
 * The history after somebody else's changes came into the document: one's own edits can be undone and redone as before,
 * and doing so does not take the others back. What was deleted meanwhile no longer has a history.
 */
export function rebaseHistory(history: History, foreign: Diff): History {
  const byPlace = new Map(foreign.map((change) => [placeOf(change), change]));
  const gone = new Set(foreign.flatMap((change) => (change.of === 'node' && !change.after ? [change.id] : [])));
  const taken = new Map(
    foreign.flatMap((change) =>
      change.of === 'edge' && change.after ? [[`${change.after.from}:${change.after.port}`, change.id] as const] : [],
    ),
  );
  const isVoid = (change: Change): boolean => {
    const other = byPlace.get(placeOf(change));
    if (other && 'id' in other && other.after === undefined) return true;
    if (change.of !== 'edge') return false;
    return [change.before, change.after].some((edge) => {
      if (!edge) return false;
      const holder = taken.get(`${edge.from}:${edge.port}`);
      return gone.has(edge.from) || gone.has(edge.to) || (holder !== undefined && holder !== edge.id);
    });
  };
  const rebase = (entries: readonly Entry[]) =>
    entries.flatMap((entry) => {
      const diff = entry.diff.filter((change) => !isVoid(change)).map((change) => follow(change, byPlace));
      return diff.length === 0 ? [] : [{ ...entry, diff }];
    });
  return { past: rebase(history.past), future: rebase(history.future), openGesture: null };
}

/** Both sides of a change with what the other one did to the fields that this one leaves alone. */
function follow(change: Change, byPlace: ReadonlyMap<string, Change>): Change {
  const other = byPlace.get(placeOf(change));
  if (!other || other.before === undefined || other.after === undefined) return change;
  const { before, after } = other;
  const moved = (value: unknown): unknown => {
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null) return value === before ? after : value;
    return mergeFields(before as object, value, after as object, 'mine').value;
  };
  const sides = { before: moved(change.before), after: moved(change.after) };
  return {
    ...change,
    ...(sides.before !== undefined && { before: sides.before }),
    ...(sides.after !== undefined && { after: sides.after }),
  } as Change;
}

function placeOf(change: Change): string {
  return 'id' in change ? `${change.of}/${change.id}` : change.of;
}
