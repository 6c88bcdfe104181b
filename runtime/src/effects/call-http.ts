import type { EffectResult } from '@sluice/shared/node-contract';
import type { CallRequest, Calls } from '../calls/calls.ts';
import type { EffectRequest, KindPerformer } from './kind-performer.ts';

/**
 * Plans calls; what they come to is told by a signal of its own once it is known. Filled in with the profile as its run saw
 * it; for whoever is gone nobody is called.
 */
export function createCallPerformer(calls: Calls): KindPerformer<'call-http'> {
  return {
    kind: 'call-http',
    async perform(requests) {
      const planned: CallRequest[] = [];
      const results = new Map<string, EffectResult>();
      for (const request of requests) {
        const call = toCall(request);
        if (call) planned.push(call);
        else results.set(request.effectId, { isOk: false, code: 'content-invalid' });
      }
      if (planned.length > 0) await calls.plan(planned);
      return { results };
    },
  };
}

function toCall({
  effectId,
  effect,
  run,
  program,
  profile,
  awaitedBy,
}: EffectRequest<'call-http'>): CallRequest | undefined {
  const content = program.callOf(effect.requestNode);
  if (!profile || !content) return undefined;
  const { _id: runId, flowId, version, event } = run;
  return {
    effectId,
    runId,
    flowId,
    version,
    nodeId: effect.requestNode,
    profile,
    content,
    ...(effect.request && { written: effect.request }),
    ...(event && { event }),
    ...(awaitedBy && { awaitedBy }),
  };
}
