import type { KeyObject } from 'node:crypto';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import type { RelatedRows } from '../datasets/related.ts';
import { createHttpClient, type HttpClientOptions } from '../outbound/http-client.ts';
import type { Database } from '../stores/database.ts';
import { type CallCheck, createCallCheck } from './check-call.ts';
import { createCallQueue } from './call-queue.ts';
import { type CallWorker, createCallWorker, PER_ORIGIN, type WorkerTiming } from './call-worker.ts';
import type { CallListener, Calls } from './calls.ts';
import { createRequestFiller, type RequestFiller } from './fill-request.ts';
import { type CallMaker, createCallMaker } from './make-call.ts';
import { createCallPlanner } from './plan-calls.ts';
import { createServiceRegister, type ServiceRegister } from './service-register.ts';
import { createServiceTester, type ServiceTester } from './service-tester.ts';
import { createCallSettler } from './settle-calls.ts';

/** Webhooks and services as the rest of the product sees them. */
export interface HttpCalls {
  calls: Calls;
  /** Makes the planned calls; start it in every process that may call. */
  worker: CallWorker;
  services: ServiceRegister;
  tester: ServiceTester;
  /** One attempt past the queue, for dry runs that really call. */
  maker: CallMaker;
  filler: RequestFiller;
  /** For drafts: what could never be called. */
  check: CallCheck;
  /** Cuts the connections; the worker must have stopped. */
  close(): Promise<void>;
}

export interface HttpCallsDeps {
  database: Database;
  secretKey: KeyObject;
  listener: CallListener;
  clock: Clock;
  log: Logger;
  timeZone: string;
  /** The rows that requests name. */
  related?: RelatedRows;
  /** Where calls may lead. */
  rules: Pick<HttpClientOptions, 'allowPrivate' | 'resolve'>;
  timing?: Partial<WorkerTiming>;
  random?: () => number;
}

export function createHttpCalls(deps: HttpCallsDeps): HttpCalls {
  const queue = createCallQueue(deps);
  const services = createServiceRegister(deps);
  const filler = createRequestFiller(deps.timeZone);
  const client = createHttpClient({ ...deps.rules, connectionsPerOrigin: PER_ORIGIN });
  const maker = createCallMaker({ ...deps, client });
  const settler = createCallSettler({ ...deps, queue });
  const worker = createCallWorker({ ...deps, queue, maker, services, settler });
  return {
    calls: createCallPlanner({ ...deps, queue, services, filler, taker: worker.taker }),
    worker,
    services,
    maker,
    filler,
    check: createCallCheck({ filler, services }),
    tester: createServiceTester({ ...deps, services, filler, maker }),
    close: () => client.close(),
  };
}
