import { AppError } from '@sluice/shared/errors';
import { type Accepted, ingestRoutes } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import type { Serve } from '../http/serve.ts';
import type { Ingest } from './ingest.ts';

/** Per write key: a thousand calls a second, batches counted as one. */
const INGEST_LIMIT = { max: 60_000, windowMs: MINUTE_MS };
const OPTIONS = { rateLimit: INGEST_LIMIT, bodyLimit: 500 * 1024, hasOwnDocumentCheck: true, isForAnyOrigin: true };
const SINGLE_CALLS = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;

export function registerIngestRoutes(serve: Serve, deps: { ingest: Ingest }): void {
  serve(ingestRoutes.batch, ({ body }) => deps.ingest.accept(body.batch), OPTIONS);
  for (const type of SINGLE_CALLS)
    serve(
      ingestRoutes[type],
      async ({ body }) => refuseIfRejected(await deps.ingest.accept([{ ...body, type }])),
      OPTIONS,
    );
}

/** A call sent alone is refused as a whole. */
function refuseIfRejected(accepted: Accepted): Accepted {
  const [rejection] = accepted.rejected;
  if (rejection) throw new AppError('request-invalid', rejection.message, { details: { problem: rejection.message } });
  return accepted;
}
