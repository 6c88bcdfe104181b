import { effectIdOf } from '@sluice/shared/model';
import type { Effect, ProfileFacts } from '@sluice/shared/node-contract';
import type { MessageDispatch, SendRequest } from '../channels/message-dispatch.ts';
import type { EffectPerformer } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { applyToFacts } from '../executor/live-profile.ts';
import type { RunRecord } from '../executor/run-record.ts';

/** One change of one profile under its effect id; applying the same id again changes nothing. */
export interface ProfileChange {
  effectId: string;
  profileId: string;
  change: Extract<Effect, { kind: 'update-profile' }>;
}

export interface ProfileUpdater {
  apply(changes: readonly ProfileChange[]): Promise<void>;
}

/** Performs the effects of a committed batch kind by kind, each kind in bulk. */
export function createEffectPerformer(deps: { messages: MessageDispatch; profiles: ProfileUpdater }): EffectPerformer {
  return {
    async perform(program, runs, profiles) {
      const sends: SendRequest[] = [];
      const changes: ProfileChange[] = [];
      const runOfEffect = new Map<string, string>();
      for (const run of runs) collect(program, run, profiles.get(run.profileId), sends, changes, runOfEffect);
      const [results] = await Promise.all([
        sends.length > 0 ? deps.messages.dispatch(sends) : [],
        changes.length > 0 ? deps.profiles.apply(changes) : undefined,
      ]);
      const reached = new Set<string>();
      for (const result of results) {
        const runId = runOfEffect.get(result.effectId);
        if (result.status === 'sent' && runId !== undefined) reached.add(runId);
      }
      return { reached: [...reached] };
    },
  };
}

/** A message is rendered with the profile as its run saw it: with the changes that earlier steps had decided. */
function collect(
  program: FlowProgram,
  run: RunRecord,
  stored: ProfileFacts | undefined,
  sends: SendRequest[],
  changes: ProfileChange[],
  runOfEffect: Map<string, string>,
): void {
  let facts = stored;
  for (const { seq, index, effect } of run.effects ?? []) {
    const effectId = effectIdOf(run._id, seq, index);
    if (effect.kind === 'update-profile') {
      changes.push({ effectId, profileId: run.profileId, change: effect });
      if (facts) facts = applyToFacts(facts, effect);
    } else if (effect.kind === 'send-message' && facts) {
      runOfEffect.set(effectId, run._id);
      const { flowId, version, _id: runId } = run;
      const content = program.node(effect.contentNode)?.params ?? {};
      sends.push({ effectId, runId, flowId, version, nodeId: effect.contentNode, profile: facts, content });
    }
  }
}
