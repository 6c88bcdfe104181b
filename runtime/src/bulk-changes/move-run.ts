import type { FlowProgram } from '../executor/flow-program.ts';
import type { Position, RunRecord } from '../executor/run-record.ts';
import { positionsOf } from '../executor/strand.ts';
import { rest } from '../executor/walk.ts';
import { copyOf, endRun } from './end-run.ts';

/** What becomes of a run that stands at a node: it goes on there in the new version, enters another node, or either not. */
export type NodeFate = { fate: 'keep' } | { fate: 'stay' } | { fate: 'end' } | { fate: 'move'; target: string };

/**
 * The run as it stands in another version (RUN-5). It keeps its way so far, variants and results, and each waiting step
 * its timer, signals and memory. A run goes as a whole: one strand that stays keeps it, one that ends ends it.
 */
export function moveRun(
  stored: RunRecord,
  to: Pick<FlowProgram, 'version' | 'goals' | 'lane'>,
  fateOf: (node: string) => NodeFate,
  now: number,
): RunRecord | undefined {
  const standing = positionsOf(stored).map((position) => ({ position, ...fateOf(position.node) }));
  if (standing.length === 0 || standing.some(({ fate }) => fate === 'stay')) return undefined;
  if (standing.some(({ fate }) => fate === 'end')) return endRun(stored, replacedBy(to.version), now);
  const run = copyOf(stored);
  const positions: Position[] = [];
  const kept: number[] = [];
  const dropped: number[] = [];
  for (const { position, ...fate } of standing) {
    if (fate.fate !== 'move') {
      positions.push(position);
      kept.push(position.seq);
      continue;
    }
    run.path[position.seq] = {
      ...(run.path[position.seq] as RunRecord['path'][number]),
      leftAt: now,
      reason: { code: 'step-moved', values: { version: to.version } },
    };
    run.path.push({ node: fate.target, enteredAt: now });
    const { forks } = position;
    positions.push({
      node: fate.target,
      seq: run.path.length - 1,
      wakeAt: new Date(now),
      isArriving: true,
      ...(forks && { forks }),
    });
    dropped.push(position.seq);
    if (position.isFailed) {
      delete run.failure;
      delete run.rescue;
    }
  }
  const move = { at: new Date(now), from: stored.version, to: to.version, seq: stored.path.length, kept, dropped };
  run.version = to.version;
  delete run.lane;
  if (to.lane !== undefined) run.lane = to.lane;
  run.moves = [...(stored.moves ?? []), move];
  // Signals to steps that are gone mean nothing any more.
  const signals = stored.signals?.filter(({ seq }) => !dropped.includes(seq));
  delete run.signals;
  if (signals && signals.length > 0) run.signals = signals;
  delete run.wakeAt;
  delete run.awaiting;
  delete run.isParked;
  const moved = rest(run, positions, to.goals);
  // A rescue is a decision that has not been carried out: the run is due as it was.
  if (moved.rescue) moved.wakeAt = new Date(now);
  return moved;
}

export function replacedBy(version: number) {
  return { code: 'version-replaced', values: { version } };
}
