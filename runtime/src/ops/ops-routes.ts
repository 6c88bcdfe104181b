import { isIP } from 'node:net';
import { AppError } from '@sluice/shared/errors';
import type { RawInput, ServeRaw } from '../http/serve.ts';
import { isSameSecret } from '../access/secret-token.ts';
import type { Database } from '../stores/database.ts';
import type { Metrics } from './metrics.ts';

export interface OpsDeps {
  database: Database;
  metrics: Metrics;
  metricsToken: string | undefined;
}

/** Longer than any healthy ping, shorter than the usual probe interval. */
const PING_TIMEOUT_MS = 2000;

/** /healthz: the process answers. /readyz: it can serve, the store included. /metrics: Prometheus text. */
export function registerOpsRoutes(serveRaw: ServeRaw, deps: OpsDeps): void {
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  serveRaw({ method: 'GET', path: '/healthz', access: 'public' }, async () => ({
    status: 200,
    headers: plain,
    body: 'ok\n',
  }));
  serveRaw({ method: 'GET', path: '/readyz', access: 'public' }, async () => {
    const isReady = await answersPing(deps.database);
    return { status: isReady ? 200 : 503, headers: plain, body: isReady ? 'ready\n' : 'the store does not answer\n' };
  });
  serveRaw({ method: 'GET', path: '/metrics', access: 'public' }, async (input) => {
    if (!mayReadMetrics(input, deps.metricsToken))
      throw new AppError(
        'not-allowed',
        'Metrics need the METRICS_TOKEN as Bearer, or a caller on this machine when none is set',
      );
    return {
      status: 200,
      headers: { 'content-type': deps.metrics.registry.contentType },
      body: await deps.metrics.registry.metrics(),
    };
  });
}

async function answersPing(database: Database): Promise<boolean> {
  try {
    await database.db.command({ ping: 1 }, { timeoutMS: PING_TIMEOUT_MS });
    return true;
  } catch {
    // The answer of the probe is the report.
    return false;
  }
}

function mayReadMetrics(input: RawInput, token: string | undefined): boolean {
  const { authorization } = input.headers;
  if (token !== undefined) return typeof authorization === 'string' && isSameSecret(authorization, `Bearer ${token}`);
  return isIP(input.call.ip) !== 0 && /^(127\.|::1$|::ffff:127\.)/.test(input.call.ip);
}
