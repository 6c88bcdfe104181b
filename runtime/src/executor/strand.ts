import type { Attributes } from '@sluice/shared/model';
import type { Signal } from '@sluice/shared/node-contract';
import { isVisited } from './is-visited.ts';
import { GOAL, type Position, type RunRecord, type StoredSignal } from './run-record.ts';

/** A strand that is on its way: where it stands, and what lets it go on. */
export interface Strand {
  node: string;
  seq: number;
  forks: number[];
  /** Why the step at which it waited goes on; absent where it enters the node. */
  cause?: Signal;
  memory: Attributes;
  /** How many effects the step has decided so far. */
  decided: number;
  /** The port by which a person lets it leave without a visit. */
  skipBy?: string;
}

/**
 * Which strands of a waiting run go on now, and why. Of a strand's timer and its signals the first in time wins, also when
 * both are found late (RUN-6); all others are void. A goal sends the run off at its own instant: what was due before
 * still goes first, the other strands end.
 */
export interface DueStrands {
  going: Strand[];
  staying: Position[];
  goal?: StoredSignal;
  /** The signals that made nobody go on. */
  unused: StoredSignal[];
}

export function findDue(run: RunRecord, now: number): DueStrands {
  const unused = [...(run.signals ?? [])];
  const goal = earliest(
    unused.filter(({ goal: node }) => node === undefined || !isVisited(run, node)),
    GOAL,
  );
  const going: Strand[] = [];
  const staying: Position[] = [];
  for (const position of positionsOf(run)) {
    const due = causeOf(run, position, now);
    if (due && (goal === undefined || due.at <= goal.at.getTime())) {
      going.push(toStrand(position, due));
      if (due.signal) unused.splice(unused.indexOf(due.signal), 1);
    } else staying.push(position);
  }
  return { going, staying, unused, ...(goal && { goal }) };
}

/** Takes the first signal that a step which goes on waiting is waiting for, unless its timer is over before. */
export function takeSignal(unused: StoredSignal[], { seq, wakeAt, awaits = [] }: Position): Signal | undefined {
  const awaited = unused.filter(({ await: id }) => awaits.some((one) => one.id === id));
  const first = earliest(awaited, seq);
  if (!first || (wakeAt && first.at >= wakeAt)) return undefined;
  unused.splice(unused.indexOf(first), 1);
  return toSignal(first);
}

/** A run that was stored before strands were has its one position in its own fields. */
export function positionsOf(run: RunRecord): readonly Position[] {
  if (run.positions) return run.positions;
  const seq = run.path.length - 1;
  if (seq < 0) return [];
  return [
    {
      node: run.node,
      seq,
      ...(run.wakeAt && { wakeAt: run.wakeAt }),
      ...(run.status === 'failed' && { isFailed: true as const }),
    },
  ];
}

interface Due extends Pick<Strand, 'cause' | 'skipBy'> {
  at: number;
  signal?: StoredSignal;
}

/** Without a cause the node is entered anew. */
function causeOf(run: RunRecord, position: Position, now: number): Due | undefined {
  if (position.isFailed) return rescueOf(run, now);
  if (position.isArriving) return { at: now };
  const signal = earliest(run.signals ?? [], position.seq);
  const timerAt = position.wakeAt?.getTime();
  if (signal && (timerAt === undefined || signal.at.getTime() < timerAt))
    return { at: signal.at.getTime(), cause: toSignal(signal), signal };
  if (timerAt !== undefined && timerAt <= now) return { at: timerAt, cause: { kind: 'timer' } };
  return undefined;
}

function rescueOf({ rescue }: RunRecord, now: number): Due | undefined {
  if (!rescue) return undefined;
  return rescue.kind === 'skip' ? { at: now, skipBy: rescue.port } : { at: now };
}

function earliest(signals: readonly StoredSignal[], seq: number): StoredSignal | undefined {
  let first: StoredSignal | undefined;
  for (const signal of signals) if (signal.seq === seq && (!first || signal.at < first.at)) first = signal;
  return first;
}

export function toSignal({ await: awaited, event, result }: StoredSignal): Signal {
  if (event) return { kind: 'event', await: awaited, event };
  if (result) return { kind: 'result', await: awaited, result };
  throw new Error('A signal carries an event or a result');
}

function toStrand({ node, seq, forks, memory, decided }: Position, { cause, skipBy }: Due): Strand {
  const going = { node, seq, forks: forks ?? [], memory: memory ?? {}, decided: decided ?? 0 };
  return { ...going, ...(cause && { cause }), ...(skipBy !== undefined && { skipBy }) };
}

export function toPosition({ node, seq, forks, decided }: Strand): Position {
  return { node, seq, ...(forks.length > 0 && { forks }), ...(decided > 0 && { decided }) };
}
