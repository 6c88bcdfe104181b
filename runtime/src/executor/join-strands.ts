import type { Position } from './run-record.ts';
import { close, endStrands, leave, type Walk } from './walk.ts';

/**
 * Lets strands go on as one where their join has what it needs. All: every strand of the fork that has not ended stands at
 * a join of it. Any: the first is enough, and the others end. Strands of one fork that wait at different joins would wait
 * for each other for ever; each join then goes on with those it has.
 */
export function joinStrands(walk: Walk): void {
  for (;;) {
    const complete = walk.resting.find((position) => position.joins && isComplete(walk, position));
    if (!complete?.joins) return;
    const fork = forkOf(complete);
    const isOfFork = ({ forks }: { forks?: number[] }) => fork !== undefined && (forks ?? []).includes(fork);
    const { need, port } = complete.joins;
    const isMerged = (position: Position) =>
      position !== complete && position.joins !== undefined && position.node === complete.node && isOfFork(position);
    for (const { seq } of walk.resting.filter(isMerged)) close(walk, seq, { code: 'strand-joined' });
    walk.resting = walk.resting.filter((position) => position !== complete && !isMerged(position));
    if (need === 'any') endStrands(walk, { code: 'strand-overtaken' }, isOfFork);
    const { node, seq, forks = [] } = complete;
    const next = leave(walk, { node, seq }, port, forks.slice(0, -1));
    if (next) walk.going.push(next);
  }
}

/** Strands of a fork within the fork join first: one that waits for those is still on its way. */
function isComplete({ going, resting }: Walk, position: Position): boolean {
  if (position.joins?.need === 'any') return true;
  const fork = forkOf(position);
  if (fork === undefined) return true;
  const isThere = (other: Position) => other.joins !== undefined && forkOf(other) === fork;
  const others = [...going, ...resting.filter((other) => !isThere(other))];
  return !others.some(({ forks = [] }: { forks?: number[] }) => forks.includes(fork));
}

function forkOf({ forks }: Position): number | undefined {
  return forks?.at(-1);
}
