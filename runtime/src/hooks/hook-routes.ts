import { createHash } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import { api, type EntryResult } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import { type CallDeps, enterByCall, findTrigger } from '../enrolment/called-entries.ts';
import type { LiveTrigger, StartOf } from '../enrolment/live-triggers.ts';
import { checkDepth } from '../http/check-document.ts';
import { readJson } from '../http/parse-json.ts';
import type { Serve, ServeRaw } from '../http/serve.ts';
import { checkSignature } from './check-signature.ts';
import type { Hooks } from './hooks.ts';
import type { Mapping } from './mapping.ts';

const BODY_LIMIT = 256 * 1024;
/** Per address; a body may name 1,000 people. */
const LIMIT = { max: 600, windowMs: MINUTE_MS };
const DEFAULT_HEADER = 'X-Signature';

export interface HookDeps extends CallDeps {
  hooks: Hooks;
  mapping: Pick<Mapping, 'callsOf'>;
}

export function registerHookRoutes({ serve, serveRaw }: { serve: Serve; serveRaw: ServeRaw }, deps: HookDeps): void {
  const { hooks } = deps;

  serve(api.hooks.listHooks, async ({ params: { flowId } }) => {
    const live = (await deps.triggers.current()).ofFlow(flowId).filter(isCalled);
    const made = await hooks.ofFlow(flowId);
    return {
      items: live.map(({ node, plan: { start } }) => ({
        node,
        path: made.get(node)?.path ?? null,
        hasSecret: made.get(node)?.hasSecret ?? false,
        needsSignature: start.signature !== undefined,
      })),
    };
  });
  serve(api.hooks.renewAddress, async ({ params: { flowId, node } }) => {
    await findTrigger(deps.triggers, flowId, node, isCalled);
    return hooks.renewAddress(flowId, node);
  });
  serve(api.hooks.setSecret, async ({ params: { flowId, node }, body }) => ({
    secret: await hooks.setSecret(flowId, node, body.secret),
  }));

  serveRaw(
    { method: 'POST', path: '/hooks/:token', access: 'public' },
    async ({ params: { token = '' }, body, headers }) => ({
      status: 202,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify(count(await take(token, body, headers))),
    }),
    { bodyLimit: BODY_LIMIT, rateLimit: LIMIT, isJsonKeptAsText: true },
  );

  async function take(token: string, body: string, headers: Headers): Promise<EntryResult[]> {
    const hook = await hooks.find(token);
    if (!hook) throw new AppError('not-found', 'Nothing listens at this address; it may have been renewed');
    const { flowId, node } = hook;
    const { plan } = (await findTrigger(deps.triggers, flowId, node, isCalled)) as CalledTrigger;
    const { signature, mapping } = plan.start;
    const now = deps.clock.now();
    if (signature) {
      const { header = DEFAULT_HEADER } = signature;
      checkSignature({ body, headers, header, secret: hooks.secretOf(hook), now });
    }
    const sent = readJson(body);
    checkDepth(sent);
    const calls = await deps.mapping.callsOf(sent, mapping, now);
    if (calls.length === 0) return [];
    // Senders repeat what they got no answer to: the same body is the same occasion, unless it says otherwise.
    const digest = createHash('sha256').update(body).digest('base64url');
    const known = calls.map((call, index) => ({ messageId: `hook-${digest}-${index}`, ...call }));
    return enterByCall(deps, flowId, node, known);
  }
}

type Headers = Parameters<typeof checkSignature>[0]['headers'];
type CalledTrigger = LiveTrigger<StartOf<'call'>>;

function isCalled(trigger: LiveTrigger): trigger is CalledTrigger {
  return trigger.plan.start.kind === 'call';
}

/** `known`: their runs were started by the same message before. */
function count(results: readonly EntryResult[]) {
  const started = results.filter(({ isStarted }) => isStarted).length;
  const refused = results.filter(({ refusal }) => refusal !== null).length;
  return { received: results.length, started, known: results.length - started - refused, refused };
}
