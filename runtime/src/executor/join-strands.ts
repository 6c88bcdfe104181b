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
    const next = leave(walk, { node, seq, forks, memory: {} }, port, forks.slice(0, -1));
    if (next) walk.going.push(next);
  }
}

function isComplete({ going, resting }: Walk, position: Position): boolean {
  if (position.joins?.need === 'any') return true;
  const fork = forkOf(position);
  const isUnderWay = ({ forks }: { forks?: number[] }) => fork !== undefined && (forks ?? []).includes(fork);
  return ![...going, ...resting.filter(({ joins }) => !joins)].some(isUnderWay);
}

function forkOf({ forks }: Position): number | undefined {
  return forks?.at(-1);
}
