import type { Reason } from '@sluice/shared/model';
import type { Effect, Outcome, ProfileFacts, Signal, StepContext } from '@sluice/shared/node-contract';
import type { FlowProgram } from './flow-program.ts';
import { applyToFacts } from './live-profile.ts';
import type { DecidedEffect, RunRecord, StepRecord } from './run-record.ts';

/** Everything a run may learn from outside, for one batch. */
export interface World {
  now: number;
  timeZone: string;
  bucket(flowId: string, nodeId: string, profileId: string, salt: string): number;
  matches: StepContext<unknown>['matches'] extends (condition: infer C) => infer R
    ? (condition: C, profile: ProfileFacts, run: RunRecord) => R
    : never;
}

/** A read from outside failed: the batch stops and is tried again; no run is blamed for it. */
export class BatchInterrupted extends Error {}

/** A graph that passed its checks needs far fewer; this stops a fault of ours from running for ever. */
const MAX_STEPS_AT_ONCE = 1000;

/**
 * Takes steps until the run waits, ends or fails. Pure but for what `world` reads: same inputs, same outcome (RUN-7).
 * Returns the run as it will be committed, with the effects that its steps decided; the given run is not changed.
 */
export async function advanceRun(
  stored: RunRecord,
  program: FlowProgram,
  profile: ProfileFacts | undefined,
  world: World,
  signal?: Signal,
): Promise<RunRecord> {
  const run: RunRecord = { ...stored, path: [...stored.path], variants: { ...stored.variants }, status: 'running' };
  delete run.wakeAt;
  delete run.failure;
  delete run.isRetry;
  const effects: DecidedEffect[] = [];
  if (!profile) return finish(run, effects, world.now, { code: 'profile-gone' });
  let facts = profile;
  let pending = signal;
  if (run.path.length === 0) run.path.push({ node: run.node, enteredAt: world.now });

  for (let taken = 0; taken < MAX_STEPS_AT_ONCE; taken++) {
    const seq = run.path.length - 1;
    const step: StepRecord = { ...(run.path[seq] as StepRecord) };
    run.path[seq] = step;
    let outcome: Outcome;
    try {
      const answer = visit(run, program, facts, world, pending);
      outcome = answer instanceof Promise ? await answer : answer;
      for (const effect of outcome.effects ?? [])
        if (effect.kind === 'update-profile') facts = applyToFacts(facts, effect);
    } catch (error) {
      if (error instanceof BatchInterrupted) throw error;
      return fail(run, effects, world.now, error);
    }
    pending = undefined;
    for (const [index, effect] of (outcome.effects ?? []).entries()) effects.push({ seq, index, effect });
    if (outcome.reason) step.reason = outcome.reason;
    if (outcome.kind === 'wait') {
      run.status = 'waiting';
      run.wakeAt = new Date(outcome.untilAt);
      return withEffects(run, effects);
    }
    if (outcome.kind === 'exit') return finish(run, effects, world.now, outcome.reason);
    step.leftAt = world.now;
    step.port = outcome.port;
    if (outcome.variant) run.variants[outcome.variant.experiment] = outcome.variant.variant;
    const next = program.next(run.node, outcome.port);
    if (!next) return finish(run, effects, world.now, { code: 'path-ends', values: { port: outcome.port } });
    run.node = next;
    run.path.push({ node: next, enteredAt: world.now });
  }
  return fail(run, effects, world.now, new Error(`More than ${MAX_STEPS_AT_ONCE} steps without a wait`));
}

function visit(
  run: RunRecord,
  program: FlowProgram,
  profile: ProfileFacts,
  world: World,
  signal: Signal | undefined,
): Outcome | Promise<Outcome> {
  const node = program.node(run.node);
  if (!node) throw new Error(`Version ${run.version} has no node "${run.node}"`);
  const handler = program.handler(node.kind);
  if (!handler) throw new Error(`No handler for the kind "${node.kind}"`);
  const context: StepContext<unknown> = {
    now: world.now,
    timeZone: world.timeZone,
    params: node.params,
    nodeId: node.id,
    profile,
    run: {
      id: run._id,
      flowId: run.flowId,
      version: run.version,
      enteredAt: run.enteredAt.getTime(),
      variants: run.variants,
    },
    attribute: (name) => (Object.hasOwn(profile.attributes, name) ? profile.attributes[name] : undefined),
    matches: (condition) => world.matches(condition, profile, run),
    bucket: (salt) => world.bucket(run.flowId, node.id, run.profileId, salt),
  };
  if (!signal) return handler.enter(context);
  if (!handler.resume) throw new Error(`The kind "${node.kind}" waited but cannot resume`);
  return handler.resume(context, signal);
}

function finish(run: RunRecord, effects: DecidedEffect[], now: number, reason: Reason): RunRecord {
  run.status = 'ended';
  run.endedAt = new Date(now);
  run.endReason = reason;
  return withEffects(run, effects);
}

/** RUN-10: a failing step parks the run where it stands; what earlier steps decided still happens. */
function fail(run: RunRecord, effects: DecidedEffect[], now: number, error: unknown): RunRecord {
  run.status = 'failed';
  run.failure = { message: (error instanceof Error ? error.message : String(error)).slice(0, 500), at: new Date(now) };
  return withEffects(run, effects);
}

function withEffects(run: RunRecord, effects: DecidedEffect[]): RunRecord {
  const outward = effects.filter(({ effect }) => isOutward(effect));
  if (outward.length > 0) run.effects = outward;
  else delete run.effects;
  return run;
}

/** An exposure is kept on the run itself (its variants and path), in the same commit: there is nothing left to perform. */
function isOutward(effect: Effect): boolean {
  return effect.kind !== 'record-exposure';
}
