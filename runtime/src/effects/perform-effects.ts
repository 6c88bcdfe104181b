import { effectIdOf } from '@sluice/shared/model';
import type { EffectKind, EffectOf, ProfileFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { EffectPerformer } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { applyToFacts } from '../executor/live-profile.ts';
import type { DecidedEffect, ParentStep, RunRecord } from '../executor/run-record.ts';
import { signalOfResult } from './signal-of-result.ts';
import type { EffectRequest, KindPerformer } from './kind-performer.ts';

// A performer takes requests of its own kind only; the map it is looked up in cannot say so.
// oxlint-disable-next-line typescript/no-explicit-any
type AnyPerformer = KindPerformer<any>;

/**
 * Performs the effects of a committed batch kind by kind, each kind in bulk by the one who knows it. Whoever is started by an
 * effect must find what the steps before it changed: what tells others comes behind all else, one kind after the other.
 */
export function createEffectPerformer(deps: { performers: readonly AnyPerformer[]; clock: Clock }): EffectPerformer {
  const performers = new Map<EffectKind, AnyPerformer>(deps.performers.map((performer) => [performer.kind, performer]));
  return {
    async perform(program, runs, profiles) {
      const requests = runs.flatMap((run) => requestsOf(program, run, profiles.get(run.profileId)));
      const byKind = Map.groupBy(requests, ({ effect }) => effect.kind);
      for (const kind of byKind.keys())
        if (!performers.has(kind)) throw new Error(`Nobody performs effects of the kind "${kind}"`);
      const [quiet, telling] = split([...performers.values()].filter(({ kind }) => byKind.has(kind)));
      const perform = (performer: AnyPerformer) => performer.perform(byKind.get(performer.kind) ?? []);
      const performed = await Promise.all(quiet.map(perform));
      for (const performer of telling) performed.push(await perform(performer));
      const requestOf = new Map(requests.map((request) => [request.effectId, request]));
      const at = new Date(deps.clock.now());
      return {
        reached: performed.flatMap((one) => (one?.reached ?? []).flatMap((id) => requestOf.get(id)?.run._id ?? [])),
        signals: performed.flatMap((one) =>
          [...(one?.results ?? [])].flatMap(([effectId, result]) => {
            const awaitedBy = requestOf.get(effectId)?.awaitedBy;
            return awaitedBy ? [signalOfResult(effectId, awaitedBy, result, at)] : [];
          }),
        ),
      };
    },
  };
}

/** Those that nobody is started by, and those that tell others, in their order. */
function split(performers: readonly AnyPerformer[]): [AnyPerformer[], AnyPerformer[]] {
  return [performers.filter(({ tellsOthers }) => !tellsOthers), performers.filter(({ tellsOthers }) => tellsOthers)];
}

function requestsOf(
  program: FlowProgram,
  run: RunRecord,
  stored: ProfileFacts | undefined,
): EffectRequest<EffectKind>[] {
  let profile = stored;
  return (run.effects ?? []).map((decided) => {
    const { seq, index, effect } = decided;
    const awaitedBy = awaitingStepOf(run, decided);
    const request = {
      effectId: effectIdOf(run._id, seq, index),
      effect,
      run,
      program,
      ...(profile && { profile }),
      ...(awaitedBy && { awaitedBy }),
    };
    if (profile && effect.kind === 'update-profile') profile = afterUpdate(profile, effect);
    return request;
  });
}

/**
 * The step could make this change when it was decided. If the profile has become such that it cannot be made any more, its
 * performer says so; the other effects of the batch must not wait for that for ever.
 */
function afterUpdate(profile: ProfileFacts, effect: EffectOf<'update-profile'>): ProfileFacts {
  try {
    return applyToFacts(profile, effect);
  } catch {
    return profile;
  }
}

function awaitingStepOf(
  { _id: runId, positions = [] }: RunRecord,
  { seq, index }: DecidedEffect,
): ParentStep | undefined {
  const awaits = positions.find((position) => position.seq === seq)?.awaits ?? [];
  const found = awaits.find((one) => one.kind === 'result' && one.effect === index);
  return found && { runId, seq, await: found.id };
}
