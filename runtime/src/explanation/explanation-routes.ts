import { api } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { Explanations } from './explanation.ts';

/** Each one is a dry run beside some reads. */
const EXPLAIN_LIMIT = { max: 300, windowMs: MINUTE_MS };

export function registerExplanationRoutes(serve: Serve, { explain }: Explanations): void {
  serve(api.explanation.explain, ({ params, body, caller }) => explain(params.flowId, body, accountOf(caller).role), {
    rateLimit: EXPLAIN_LIMIT,
  });
}
