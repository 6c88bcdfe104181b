import { api } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import type { Serve } from '../http/serve.ts';
import type { FlowDrafts } from '../flows/flow-drafts.ts';
import { accountOf } from '../http/caller.ts';
import type { Cases } from './cases.ts';
import type { Sandbox } from './sandbox.ts';

/** A graph of a thousand nodes and a scenario beside it. */
const BODY_LIMIT = 9 * 1024 * 1024;
/** Each one is a computation of up to a second, and may call a real receiver. */
const RUN_LIMIT = { max: 300, windowMs: MINUTE_MS };
/** Each one is up to a hundred dry runs. */
const SUGGEST_LIMIT = { max: 60, windowMs: MINUTE_MS };

export function registerSandboxRoutes(
  serve: Serve,
  { sandbox, cases, drafts }: { sandbox: Sandbox; cases: Cases; drafts: Pick<FlowDrafts, 'get'> },
): void {
  serve(
    api.sandbox.dryRun,
    ({ params, body: { scenario, ...choice }, caller }) =>
      sandbox.dryRun(params.flowId, choice, scenario, accountOf(caller).role),
    { bodyLimit: BODY_LIMIT, rateLimit: RUN_LIMIT },
  );
  serve(
    api.sandbox.suggestPersona,
    ({ params, body: { scenario, node, port, ...choice }, caller }) =>
      sandbox.suggest(params.flowId, choice, scenario, { node, port }, accountOf(caller).role),
    { bodyLimit: BODY_LIMIT, rateLimit: SUGGEST_LIMIT },
  );
  serve(api.sandbox.copyPersona, ({ body, caller }) => sandbox.copyPersona(body.profileId, accountOf(caller).role));

  serve(api.cases.listCases, async ({ params }) => ({ items: await cases.list(params.flowId), next: null }));
  serve(api.cases.createCase, async ({ params, body, caller }) => {
    await drafts.get(params.flowId);
    return cases.create(params.flowId, body, accountOf(caller));
  });
  serve(api.cases.changeCase, ({ params, body, caller }) =>
    cases.change(params.flowId, params.caseId, body, accountOf(caller)),
  );
  serve(api.cases.deleteCase, async ({ params }) => {
    await cases.remove(params.flowId, params.caseId);
    return {};
  });
  serve(api.cases.runCases, async ({ params, body }) => ({ results: await cases.run(params.flowId, body) }), {
    bodyLimit: BODY_LIMIT,
    rateLimit: RUN_LIMIT,
  });
}
