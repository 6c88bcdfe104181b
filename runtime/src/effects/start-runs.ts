import type { EffectResult } from '@sluice/shared/node-contract';
import { depthBehind, MAX_CHAIN_DEPTH } from '../executor/chain-depth.ts';
import type { Entry } from '../executor/entry.ts';
import type { Executor } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { EffectRequest, KindPerformer } from './kind-performer.ts';

type StartRequest = EffectRequest<'start-run'>;

/**
 * Starts profiles in the live versions of other flows. The id of the effect is the entry key, so that starting twice is one
 * run (RUN-4); whoever waits for the end is told by the executor when the started run ends.
 */
export function createRunPerformer(deps: {
  executor: Pick<Executor, 'enrol'>;
  /** The version that takes people in now; undefined where the flow is not live. */
  liveProgram(flowId: string): Promise<FlowProgram | undefined>;
}): KindPerformer<'start-run'> {
  return {
    kind: 'start-run',
    tellsOthers: true,
    async perform(requests) {
      const results = new Map<string, EffectResult>();
      const fail = (failed: readonly StartRequest[], code: string) => {
        for (const { effectId } of failed) results.set(effectId, { isOk: false, code });
      };
      for (const [flowId, ofFlow] of Map.groupBy(requests, ({ effect }) => effect.flow)) {
        const { true: tooDeep = [], false: starting = [] } = Object.groupBy(ofFlow, (request) =>
          depthBehind(request.run) > MAX_CHAIN_DEPTH ? 'true' : 'false',
        );
        fail(tooDeep, 'too-deep');
        const program = await deps.liveProgram(flowId);
        const [trigger] = program?.triggers ?? [];
        if (program && trigger) await deps.executor.enrol(program, trigger.id, starting.flatMap(toEntry));
        else fail(starting, 'flow-not-live');
      }
      return { results };
    },
  };
}

function toEntry(request: StartRequest): Entry[] {
  const { effectId, profile, run, awaitedBy } = request;
  if (!profile) return [];
  return [
    {
      profile,
      entryKey: effectId,
      depth: depthBehind(run),
      ...(run.event && { event: run.event }),
      ...(awaitedBy && { parent: awaitedBy }),
    },
  ];
}
