/** Events matched per second against 200 active triggers and 100,000 waiting runs, and how long after an event its step follows at 500 events/s. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sendBatch } from '@sluice/e2e/api-client';
import { startApp } from '@sluice/e2e/start-app';
import { api } from '@sluice/shared/http-api';
import type { Document } from 'mongodb';
import { startedBy, waitingFor } from './fixture/event-flows.ts';
import { makeEvents, sendAll } from './fixture/event-load.ts';
import { insertCustomers, openMeasuredApp, publishFlow, waitForCounts } from './fixture/measured-app.ts';
import { quantile } from './fixture/quantile.ts';

const TRIGGERS = Number(process.env['TRIGGERS'] ?? 200);
const WAITING = Number(process.env['WAITING'] ?? 100_000);
const EVENTS = Number(process.env['EVENTS'] ?? 40_000);
const PACED_SECONDS = Number(process.env['SECONDS'] ?? 20);
const PACE = Number(process.env['PACE'] ?? 500);
const PROCESSES = Number(process.env['PROCESSES'] ?? 1);
const TARGET_P99_MS = 1000;
const AWAITED = 'Awaited';
/** Of the events at a pace; each both starts a run and may end a wait. */
const names = [...Array.from({ length: TRIGGERS - 1 }, (_, index) => `Event ${index}`), AWAITED];

const app = await openMeasuredApp();
const figures: Record<string, number> = { processes: PROCESSES, triggers: TRIGGERS, waiting: WAITING };
try {
  while (app.apps.length < PROCESSES) app.apps.push(await startApp({ env: app.env }));
  await insertCustomers(app, WAITING);
  const waiting = await publishFlow(app, 'Waiting', waitingFor(AWAITED));
  await waitForCounts(app, waiting, (counts) => counts.waiting === WAITING);
  for (const name of names) await publishFlow(app, `On ${name}`, startedBy(name));
  const { key } = await app.client.call(api.access.createWriteKey, { body: { name: 'Bench' } });
  // The first batch makes every process read the triggers and compile their flows.
  await sendAll(app, key, makeEvents({ names, users: WAITING, seed: 1 }, 500 * PROCESSES), {
    batch: 500,
    callsAtOnce: 1,
  });
  await allMatched();

  const startedAt = Date.now();
  await sendAll(app, key, makeEvents({ names, users: WAITING, seed: 2 }, EVENTS), { batch: 500, callsAtOnce: 3 });
  figures['ingestedPerSecond'] = Math.round(EVENTS / ((Date.now() - startedAt) / 1000));
  await allMatched();
  figures['matchedPerSecond'] = Math.round(EVENTS / ((Date.now() - startedAt) / 1000));

  const pacedFrom = new Date();
  const paced = makeEvents({ names, users: WAITING, seed: 3 }, PACE * PACED_SECONDS);
  for (let tick = 0; tick < PACED_SECONDS * 10; tick++) {
    const batch = Array.from({ length: PACE / 10 }, () => paced.next().value as Record<string, unknown>);
    void sendBatch(app.apps[tick % PROCESSES]?.url ?? '', key, batch);
    await sleep(Math.max(0, pacedFrom.getTime() + (tick + 1) * 100 - Date.now()));
  }
  await allMatched();
  const delays = await delaysSince(pacedFrom);
  figures['pacedEvents'] = delays.length;
  figures['p50Ms'] = quantile(delays, 0.5);
  figures['p99Ms'] = quantile(delays, 0.99);
} finally {
  await app.close();
}
const passed = (figures['p99Ms'] ?? Number.POSITIVE_INFINITY) < TARGET_P99_MS;
console.log(JSON.stringify({ name: 'events', passed, ...figures, targetP99Ms: TARGET_P99_MS }));
process.exitCode = passed ? 0 : 1;

async function allMatched(): Promise<void> {
  while ((await app.database.collection('unmatchedEvents').countDocuments()) > 0) await sleep(100);
}

/** From the receipt of each event to the end of the run that it started, as the run and the event say. */
async function delaysSince(since: Date): Promise<number[]> {
  const started = await app.database
    .collection<Document>('runs')
    .find({ enteredAt: { $gte: since }, 'event.id': { $exists: true } })
    .project({ 'event.id': 1, endedAt: 1 })
    .toArray();
  const events = await app.database
    .collection<Document & { _id: string }>('events')
    .find({ receivedAt: { $gte: since } })
    .project({ receivedAt: 1 })
    .toArray();
  const receivedAt = new Map(events.map((event) => [event['_id'] as unknown as string, event['receivedAt'] as Date]));
  return started
    .flatMap((run) => {
      const at = receivedAt.get(run['event'].id);
      return at && run['endedAt'] ? [run['endedAt'].getTime() - at.getTime()] : [];
    })
    .sort((a, b) => a - b);
}
