import type { Reason } from '@sluice/shared/model';
import type { Outcome, ProfileFacts, Signal } from '@sluice/shared/node-contract';
import type { FlowProgram } from './flow-program.ts';
import { applyToFacts } from './live-profile.ts';
import { isVisited } from './is-visited.ts';
import type { DecidedEffect, Position, RunRecord, StepRecord, StoredSignal } from './run-record.ts';
import type { World } from './step-context.ts';
import type { Strand } from './strand.ts';

/** A run while it is advanced: its strands are those `going` and those `resting`; `run` is the copy that is changed. */
export interface Walk {
  readonly run: RunRecord;
  readonly program: FlowProgram;
  readonly world: World;
  /** The profile as the run sees it, under the changes that its steps have decided. */
  facts: ProfileFacts;
  going: Strand[];
  resting: Position[];
  /** Signals that no step has answered yet; they may still be for one that waits again. */
  unused: StoredSignal[];
  effects: DecidedEffect[];
  /** Why the strand that ended last did. */
  endReason: Reason;
  /** A path of this many steps is a fault of ours: a graph that passed its checks needs far fewer at once. */
  readonly pathLimit: number;
}

/** Brings a strand to a node. */
export function enter({ run, world }: Walk, node: string, forks: number[], cause?: Signal): Strand {
  run.node = node;
  run.path.push({ node, enteredAt: world.now });
  return { node, seq: run.path.length - 1, forks, memory: {}, decided: 0, ...(cause && { cause }) };
}

/** Leaves a node by a port; undefined where nothing is connected, and the strand ends. */
export function leave(
  walk: Walk,
  { node, seq }: Pick<Strand, 'node' | 'seq'>,
  port: string,
  forks: number[],
): Strand | undefined {
  changeStep(walk.run, seq, { leftAt: walk.world.now, port });
  const next = walk.program.next(node, port);
  if (next !== undefined) return enter(walk, next, forks);
  walk.endReason = { code: 'path-ends', values: { port } };
  return undefined;
}

/** Leaves a node by several ports at once, with a strand behind each that is connected. */
export function fork(walk: Walk, strand: Strand, ports: string[]): void {
  for (const port of ports) {
    const next = leave(walk, strand, port, [...strand.forks, strand.seq]);
    if (next) walk.going.push(next);
  }
  changeStep(walk.run, strand.seq, { ports });
}

/** Ends a strand where it stands. */
export function close(
  { run, world }: { run: RunRecord; world: Pick<World, 'now'> },
  seq: number,
  reason?: Reason,
): void {
  changeStep(run, seq, { leftAt: world.now, ...(reason && { reason }) });
}

/** Ends the strands that `isOther` names, where they stand. */
export function endStrands(walk: Walk, reason: Reason, isOther: (strand: { forks?: number[] }) => boolean): void {
  const ending = [...walk.going, ...walk.resting].filter(isOther);
  for (const { seq } of ending) close(walk, seq, reason);
  walk.going = walk.going.filter((strand) => !isOther(strand));
  walk.resting = walk.resting.filter((position) => !isOther(position));
}

/**
 * Notes what a visit decided. A profile change that cannot be made throws before anything is noted. A step that waits and
 * goes on decides more than once; its effects are counted on, so that each has an id of its own (RUN-3).
 */
export function decide(walk: Walk, strand: Strand, { effects = [], reason }: Outcome): void {
  const { seq, decided: before } = strand;
  let facts = walk.facts;
  for (const effect of effects) if (effect.kind === 'update-profile') facts = applyToFacts(facts, effect);
  walk.facts = facts;
  // An exposure is kept on the run itself (its variants and path), in the same commit: nothing is left to perform.
  for (const [offset, effect] of effects.entries())
    if (effect.kind !== 'record-exposure') walk.effects.push({ seq, index: before + offset, effect });
  strand.decided = before + effects.length;
  if (reason) changeStep(walk.run, seq, { reason });
}

/** RUN-10: a failing visit parks the run; what earlier steps decided still happens, and other strands stay where they are. */
export function fail(walk: Walk, position: Position, error: unknown): void {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  walk.run.failure = { message, at: new Date(walk.world.now), node: position.node };
  walk.resting.push({ ...position, isFailed: true });
}

/** The run as it will be committed. */
export function settle({ run, program, effects, resting, endReason, world }: Walk): RunRecord {
  if (effects.length > 0) run.effects = effects;
  if (resting.length === 0) return finish(run, endReason, world.now);
  return rest(run, resting, program.goals);
}

/** The run as it rests at these positions, due at the earliest of them, or when the first signal came that it was told. */
export function rest(run: RunRecord, positions: Position[], goals: FlowProgram['goals']): RunRecord {
  run.positions = positions;
  const ahead = goals.filter(({ node }) => !isVisited(run, node));
  const awaiting = new Set(ahead.map(({ event }) => event));
  for (const { awaits } of positions) for (const one of awaits ?? []) if (one.kind === 'event') awaiting.add(one.event);
  if (awaiting.size > 0) run.awaiting = [...awaiting];
  if (run.failure) {
    run.status = 'failed';
    run.node = run.failure.node ?? run.node;
    return run;
  }
  run.status = 'waiting';
  run.node = positions.at(-1)?.node ?? run.node;
  const instants = [
    ...positions.flatMap(({ wakeAt }) => (wakeAt ? [wakeAt.getTime()] : [])),
    ...(run.signals ?? []).map(({ at }) => at.getTime()),
  ];
  if (instants.length > 0) run.wakeAt = new Date(Math.min(...instants));
  return run;
}

export function finish(run: RunRecord, reason: Reason, now: number): RunRecord {
  run.status = 'ended';
  run.endedAt = new Date(now);
  run.endReason = reason;
  return run;
}

function changeStep(run: RunRecord, seq: number, change: Partial<StepRecord>): void {
  run.path[seq] = { ...(run.path[seq] as StepRecord), ...change };
}
