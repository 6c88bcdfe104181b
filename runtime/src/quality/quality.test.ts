import { type Clock, DAY_MS, HOUR_MS } from '@sluice/shared/time';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { calls } from '../calls/call-record.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';
import { unmatchedEvents } from '../ingest/unmatched-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import { createQualityAlerts, qualityAlerts } from './quality-alerts.ts';
import { qualityDays } from './quality-day.ts';
import { createQualityReport, type QualityReport } from './quality-report.ts';
import { createQueueBacklog } from './queue-backlog.ts';
import { createQualityTally, type QualityTally } from './quality-tally.ts';

const NOON = Date.UTC(2026, 2, 10, 12);
const BY = { id: 'a', email: 'a@example.test', name: 'Ada', role: 'operator' as const, createdAt: '' };
const log = pino({ level: 'silent' });
const time = { now: NOON };
const clock: Clock = { now: () => time.now };

const COLLECTIONS = [profiles, qualityDays, qualityAlerts, events, runs, deliveries, calls] as const;
let opened: TestDatabase;
let tally: QualityTally;
let report: QualityReport;
beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
});
beforeEach(async () => {
  for (const each of COLLECTIONS) await opened.database.collection<{ _id: string }>(each as never).deleteMany({});
  time.now = NOON;
  tally = createQualityTally({ database: opened.database, clock, log });
  report = createQualityReport({ database: opened.database, clock });
});
afterAll(() => opened.close());

/** So many orders on a day, each this long after it happened. */
async function arrive(count: number, daysAgo: number, lagMs = 0): Promise<void> {
  time.now = NOON - daysAgo * DAY_MS;
  const receivedAt = new Date(time.now);
  const at = new Date(time.now - lagMs);
  tally.observeEvents(Array.from({ length: count }, () => ({ name: 'Ordered', at, receivedAt })));
  await tally.flush();
  time.now = NOON;
}
const written = { attribute: 'phone', written: 1, breaches: {}, fixed: 0, setAside: 0 };

describe('the quality of data', () => {
  it('[QUAL-5] is counted by day: swing against as much of a usual day as has passed, and how late events arrive', async () => {
    for (const daysAgo of [1, 2, 3, 4, 5, 6, 7]) await arrive(10, daysAgo);
    for (const daysAgo of [10, 20]) await arrive(70, daysAgo);
    await arrive(10, 0, HOUR_MS);
    const [row] = await report.read();
    // Half of the day has passed: 5 would be usual by the week, 10.5 of 20 days by the month.
    expect(row).toMatchObject({
      kind: 'event',
      name: 'Ordered',
      today: 10,
      swing7: 1,
      lagMs: HOUR_MS,
      conformity: null,
    });
    expect(row?.swing28).toBeCloseTo(10 / ((210 / 20) * 0.5) - 1);
    expect(row?.lastAt).toBe(new Date(NOON).toISOString());
  });

  it('[QUAL-5] says which share of values kept the rule and which share of profiles has one', async () => {
    const at = new Date(NOON);
    await opened.database.collection(profiles).insertMany(
      Array.from({ length: 10 }, (_, index) => ({
        _id: `p${index}`,
        userId: `u${index}`,
        attributes: index < 4 ? { phone: '138' } : { phone: null },
        createdAt: at,
        updatedAt: at,
      })),
    );
    tally.observeWrites([written, written, { ...written, breaches: { type: 1 }, fixed: 1 }]);
    tally.observeWrites([{ ...written, written: 0, breaches: { pattern: 1 }, setAside: 1 }]);
    await tally.flush();
    const [row] = await report.read();
    expect(row).toMatchObject({
      kind: 'attribute',
      conformity: 0.5,
      completeness: 0.4,
      breaches: { type: 1, pattern: 1 },
    });
  });
});

describe('an alert', () => {
  it('[QUAL-6] is told once an hour at most however often its line is crossed, and what did not arrive is told again', async () => {
    const told: string[] = [];
    let isReachable = false;
    let lagMs = 0;
    const row = () => [{ kind: 'event', name: 'Ordered', lastAt: new Date(NOON).toISOString(), lagMs }];
    const alerts = createQualityAlerts({
      database: opened.database,
      clock,
      log,
      report: { read: async () => row() as never },
      queues: { read: async () => [] },
      messenger: {
        async tell(_alert, what) {
          if (!isReachable) throw new Error('away');
          told.push(what);
        },
      },
    });
    await alerts.create(
      { kind: 'event', name: 'Ordered', measure: 'lag-minutes', bound: 10, email: 'a@example.test' },
      BY,
    );
    const look = async (lagMinutes: number, afterMs = 60_000) => {
      lagMs = lagMinutes * 60_000;
      time.now += afterMs;
      await alerts.look();
    };
    await look(5);
    await look(20);
    expect([told, (await alerts.list())[0]]).toMatchObject([[], { isFiring: true, value: 20 }]);
    isReachable = true;
    await look(20);
    await look(20);
    expect(told).toEqual(['firing']);
    await look(5);
    await look(20);
    await look(5);
    await look(20);
    expect(told).toEqual(['firing', 'over']);
    await look(20, HOUR_MS);
    await look(20, HOUR_MS);
    expect(told).toEqual(['firing', 'over', 'firing']);
    await look(20, DAY_MS);
    expect(told).toEqual(['firing', 'over', 'firing', 'firing']);
    expect((await alerts.list())[0]).toMatchObject({ isFiring: true });
  });
});

describe('what is behind the data', () => {
  it('[QUAL-7] is counted with the wait of the first, without what is not due yet, and a line on it is told', async () => {
    const { database } = opened;
    const ago = (minutes: number) => new Date(NOON - minutes * 60_000);
    const event = { profileId: 'p', name: 'Ordered', properties: {}, at: ago(9) };
    await database.collection(events).insertOne({ ...event, _id: 'e3', receivedAt: ago(9) });
    await database.collection(unmatchedEvents).insertMany([
      { _id: 'u1', receivedAt: ago(7), eventIds: ['e1'] },
      { _id: 'u2', receivedAt: ago(3), eventIds: ['e2', 'e4'] },
    ]);
    await database.collection(runs).insertMany([
      { _id: 'r1', wakeAt: ago(2) },
      { _id: 'r2', wakeAt: ago(-5) },
      { _id: 'r3', wakeAt: ago(4), lane: 'code' },
      { _id: 'r4', wakeAt: ago(-1), lane: 'later' },
    ] as never);
    const queues = createQueueBacklog({ database, clock });
    expect(await queues.read()).toEqual([
      { name: 'events', waiting: 3, isMore: false, waitMs: 7 * 60_000 },
      { name: 'runs', waiting: 2, isMore: false, waitMs: 4 * 60_000 },
      { name: 'messages', waiting: 0, isMore: false, waitMs: 0 },
      { name: 'calls', waiting: 0, isMore: false, waitMs: 0 },
    ]);
    const told: unknown[] = [];
    const messenger = {
      tell: async ({ name, value }: { name: string; value: number | null }) => void told.push([name, value]),
    };
    const alerts = createQualityAlerts({ database, clock, log, report: { read: async () => [] }, queues, messenger });
    await alerts.create({ kind: 'queue', name: 'events', measure: 'wait-minutes', bound: 5, email: BY.email }, BY);
    await alerts.create({ kind: 'queue', name: 'runs', measure: 'wait-minutes', bound: 5, email: BY.email }, BY);
    await alerts.look();
    expect(told).toEqual([['events', 7]]);
    await expect(
      alerts.create({ kind: 'queue', name: 'events', measure: 'swing', bound: 5 }, BY),
    ).rejects.toMatchObject({ code: 'request-invalid' });
  });
});
