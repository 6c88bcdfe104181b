import { type EventFacts, GOAL_AWAIT, type Outcome, type ProfileFacts } from '@sluice/shared/node-contract';
import type { FlowProgram } from './flow-program.ts';
import { joinStrands } from './join-strands.ts';
import { isVisited } from './is-visited.ts';
import type { RESTING_STATE, RunRecord } from './run-record.ts';
import { createStepContext, type World } from './step-context.ts';
import { findDue, type Strand, takeSignal, toPosition, toSignal } from './strand.ts';
import { close, decide, endStrands, enter, fail, finish, fork, leave, settle, type Walk } from './walk.ts';

/** A read from outside failed: the batch stops and is tried again; no run is blamed for it. */
export class BatchInterrupted extends Error {}

const MAX_STEPS_AT_ONCE = 1000;

/**
 * Takes steps until every strand of the run waits or has ended. Pure but for what `world` reads: same inputs, same outcome
 * (RUN-7). Returns the run as it will be committed, with the effects that its steps decided; the given run is not changed.
 */
export async function advanceRun(
  stored: RunRecord,
  program: FlowProgram,
  profile: ProfileFacts | undefined,
  world: World,
): Promise<RunRecord> {
  const run = toWorkingCopy(stored);
  const { going, staying, goal, unused } = findDue(stored, world.now);
  if (!profile) {
    for (const { seq } of [...going, ...staying]) close({ run, world }, seq);
    return finish(run, { code: 'profile-gone' }, world.now);
  }
  const walk: Walk = {
    run,
    program,
    world,
    facts: profile,
    going,
    resting: staying,
    unused,
    effects: [],
    endReason: { code: 'path-ends' },
    pathLimit: run.path.length + MAX_STEPS_AT_ONCE,
  };
  if (run.path.length === 0) walk.going.push(enter(walk, run.node, []));
  await walkAll(walk);
  if (goal?.goal !== undefined && walk.resting.length > 0 && !run.failure && !isVisited(run, goal.goal)) {
    endStrands(walk, { code: 'goal-reached' }, () => true);
    walk.going.push(enter(walk, goal.goal, [], toSignal({ ...goal, await: GOAL_AWAIT })));
    await walkAll(walk);
  }
  return settle(walk);
}

function toWorkingCopy(stored: RunRecord): RunRecord {
  // What RESTING_STATE names; one that is missing here does not compile. Left out and not deleted: an object that has lost
  // fields is slow for as long as it lives.
  // oxlint-disable-next-line no-unused-vars -- naming them is what leaves them out
  const { positions, wakeAt, awaiting, signals, effects, failure, rescue, isParked, ...kept } = stored;
  const moving: { [Field in (typeof RESTING_STATE)[number]]?: never } & typeof kept = kept;
  return { ...moving, path: [...stored.path], variants: { ...stored.variants }, status: 'running' };
}

async function walkAll(walk: Walk): Promise<void> {
  for (let strand = walk.going.shift(); strand; strand = walk.going.shift()) {
    await walkStrand(walk, strand);
    joinStrands(walk);
  }
}

/** Goes on until the strand rests, forks, ends or fails. */
async function walkStrand(walk: Walk, first: Strand): Promise<void> {
  for (let strand: Strand | undefined = first; strand; ) {
    if (walk.world.putsOffCode && !strand.cause && walk.program.runsCode(strand.node)) {
      walk.resting.push({ ...toPosition(strand), wakeAt: new Date(walk.world.now), isArriving: true });
      return;
    }
    try {
      if (walk.run.path.length > walk.pathLimit) throw new Error(`More than ${MAX_STEPS_AT_ONCE} steps without a wait`);
      const answer = visit(walk, strand);
      // Most steps answer at once; awaiting those too would cost a turn of the event loop each.
      const outcome: Outcome = answer instanceof Promise ? await answer : answer;
      decide(walk, strand, outcome);
      if (strand.cause?.kind === 'event') noteEvent(walk.run, strand.cause.event);
      strand = follow(walk, strand, outcome);
    } catch (error) {
      if (error instanceof BatchInterrupted) throw error;
      fail(walk, toPosition(strand as Strand), error);
      return;
    }
  }
}

function visit(walk: Walk, strand: Strand): Outcome | Promise<Outcome> {
  const { run, program } = walk;
  const node = program.node(strand.node);
  if (!node) throw new Error(`Version ${run.version} has no node "${strand.node}"`);
  if (strand.skipBy !== undefined) return { kind: 'advance', port: strand.skipBy, reason: { code: 'step-skipped' } };
  const pass = program.passOf(node.id);
  if (pass !== undefined) return { kind: 'advance', port: pass, reason: { code: 'step-disabled' } };
  const handler = program.handler(node.kind);
  if (!handler) throw new Error(`No handler for the kind "${node.kind}"`);
  const context = createStepContext(run, node, walk.facts, strand.memory, walk.world);
  const { cause } = strand;
  const take = (seen: typeof context) => {
    if (!cause) return handler.enter(seen);
    if (!handler.resume) throw new Error(`The kind "${node.kind}" waited but cannot resume`);
    return handler.resume(seen, cause);
  };
  const { watch } = walk.world;
  return watch ? watch({ run, node: node.id, seq: strand.seq, ...(cause && { cause }) }, context, take) : take(context);
}

function noteEvent(run: RunRecord, event: EventFacts): void {
  if (run.event && !run.firstEvent) run.firstEvent = run.event;
  run.event = event;
}

/** Moves the strand as its visit decided; answers it where it goes on at once. */
function follow(walk: Walk, strand: Strand, outcome: Outcome): Strand | undefined {
  const position = toPosition(strand);
  switch (outcome.kind) {
    case 'advance':
      if (outcome.variant) walk.run.variants[outcome.variant.experiment] = outcome.variant.variant;
      return leave(walk, strand, outcome.port, strand.forks);
    case 'wait': {
      const { untilAt, memory, effects = [] } = outcome;
      const first = strand.decided - effects.length;
      const awaits = (outcome.awaits ?? []).map((one) =>
        one.kind === 'result' ? { ...one, effect: first + one.effect } : one,
      );
      if (untilAt === undefined && awaits.length === 0)
        throw new Error('A wait needs an instant or something to wait for');
      const resting = {
        ...position,
        ...(untilAt !== undefined && { wakeAt: new Date(untilAt) }),
        ...(awaits.length > 0 && { awaits }),
        ...(memory && { memory }),
      };
      // A step that goes on waiting may have been told more than the one thing it has just answered.
      const cause = takeSignal(walk.unused, resting);
      if (cause) return { ...strand, cause, memory: memory ?? {} };
      walk.resting.push(resting);
      return undefined;
    }
    case 'fork':
      fork(walk, strand, outcome.ports);
      return undefined;
    case 'join':
      if (strand.forks.length === 0) return leave(walk, strand, outcome.port, []);
      walk.resting.push({ ...position, joins: { need: outcome.need, port: outcome.port } });
      return undefined;
    case 'exit':
      close(walk, strand.seq);
      walk.endReason = outcome.reason;
      if (outcome.isWholeRun) endStrands(walk, outcome.reason, () => true);
      return undefined;
  }
}
