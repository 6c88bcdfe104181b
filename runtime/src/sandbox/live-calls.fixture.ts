import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import { createCallQueue } from '../calls/call-queue.ts';
import { calls } from '../calls/call-record.ts';
import type { CallListener, Calls } from '../calls/calls.ts';
import { createRequestFiller } from '../calls/fill-request.ts';
import { createCallMaker } from '../calls/make-call.ts';
import { createCallPlanner } from '../calls/plan-calls.ts';
import type { ServiceRegister } from '../calls/service-register.ts';
import { createCallSettler } from '../calls/settle-calls.ts';
import { SECRET_KEY } from '../channels/email/email-channel.fixture.ts';
import { createHttpClient } from '../outbound/http-client.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Database } from '../stores/database.ts';

const CALLS_DUE = 'live:calls';
const LEASE_MS = 60_000;
const MOST = 100;

/**
 * Calls of the live side: planned, queued, made over the network and settled by the code of production, on a clock that
 * jumps. Only the loop that looks for due calls is another: it is told by the clock, not by a timer.
 */
export function createLiveCalls(deps: {
  database: Database;
  clock: Clock;
  log: Logger;
  scheduler: Scheduler;
  services: Pick<ServiceRegister, 'active'>;
  listener: CallListener;
}): Calls & { close(): Promise<void> } {
  const { database, clock, scheduler, services } = deps;
  const queue = createCallQueue(deps);
  const client = createHttpClient({ allowPrivate: true, connectionsPerOrigin: 4 });
  // The middle of the jitter, as on the dry side.
  const maker = createCallMaker({ client, secretKey: SECRET_KEY, clock, random: () => 0.5 });
  const settler = createCallSettler({ ...deps, queue });
  const planner = createCallPlanner({
    ...deps,
    queue,
    filler: createRequestFiller('UTC'),
    taker: { offer: (records) => ({ records, stored: () => {} }) },
  });
  const lookAt = (at: number) => scheduler.at(CALLS_DUE, String(at), at, {});
  scheduler.define(CALLS_DUE, async () => {
    for (const call of await queue.claim(MOST, { leaseMs: LEASE_MS, except: [] })) {
      const found = call.serviceId === undefined ? undefined : await services.active([call.serviceId]);
      settler.add(call, await maker.make(call, found?.get(call.serviceId ?? '')));
    }
    await settler.flush();
    await settler.sweep();
    const next = await database
      .collection(calls)
      .find({ dueAt: { $gt: new Date(clock.now()) } })
      .sort({ dueAt: 1 })
      .limit(1)
      .toArray();
    for (const { dueAt } of next) if (dueAt) await lookAt(dueAt.getTime());
  });
  return {
    async plan(requests) {
      await planner.plan(requests);
      await lookAt(clock.now());
    },
    close: () => client.close(),
  };
}
