import { api } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import type { Serve } from '../http/serve.ts';
import type { Activation } from './activation.ts';
import { type CallDeps, enterByCall, enterByHand, findTrigger } from './called-entries.ts';
import { nextStart } from './due-occurrences.ts';
import type { RefusalBook } from './refusals.ts';

/** Per write key. */
const CALL_LIMIT = { max: 6000, windowMs: MINUTE_MS };

export function registerTriggerRoutes(
  serve: Serve,
  deps: CallDeps & { refusals: RefusalBook; activation: Pick<Activation, 'fire'>; timeZone: string },
): void {
  serve(api.triggers.listTriggers, async ({ params }) => {
    const live = (await deps.triggers.current()).ofFlow(params.flowId);
    const refused = new Map((await deps.refusals.of(params.flowId)).map((one) => [one.trigger, one]));
    return {
      items: live.map((trigger) => {
        const nextAt = nextStart(trigger.plan.start, deps.timeZone, deps.clock.now());
        const { counts = {}, latest = [] } = refused.get(trigger.node) ?? {};
        return {
          node: trigger.node,
          kind: trigger.plan.start.kind,
          nextAt: nextAt === undefined ? null : new Date(nextAt).toISOString(),
          refused: counts as Record<string, number>,
          latestRefusals: latest.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })),
        };
      }),
    };
  });

  serve(api.triggers.startFlow, async ({ params, body: { trigger, whom, requestId } }) => {
    const live = await findTrigger(deps.triggers, params.flowId, trigger);
    if ('profileIds' in whom) return { results: await enterByHand(deps, live, whom.profileIds, requestId) };
    const { flowId, version } = live.program;
    await deps.activation.fire({ flowId, version, trigger: live.node, request: requestId });
    return { results: [] };
  });

  serve(
    api.triggers.triggerFlow,
    async ({ params, body: { trigger, batch, ...call } }) => ({
      results: await enterByCall(deps, params.flowId, trigger, batch ?? [call]),
    }),
    { rateLimit: CALL_LIMIT },
  );
}
