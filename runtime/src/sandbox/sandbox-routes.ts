import { api } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import type { Serve } from '../http/serve.ts';
import type { Sandbox } from './sandbox.ts';

/** A graph of a thousand nodes and a scenario beside it. */
const BODY_LIMIT = 9 * 1024 * 1024;
/** Each one is a computation of up to a second, and may call a real receiver. */
const RUN_LIMIT = { max: 300, windowMs: MINUTE_MS };

export function registerSandboxRoutes(serve: Serve, { sandbox }: { sandbox: Sandbox }): void {
  serve(
    api.sandbox.dryRun,
    ({ params, body: { scenario, ...choice } }) => sandbox.dryRun(params.flowId, choice, scenario),
    { bodyLimit: BODY_LIMIT, rateLimit: RUN_LIMIT },
  );
  serve(api.sandbox.copyPersona, ({ body }) => sandbox.copyPersona(body.profileId));
}
