import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { isTimely, toEventFacts } from './event-consumer.ts';
import { createEventMatcher } from './event-matcher.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const MINUTE = 60_000;
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase([events]);
});
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.database.collection(events).deleteMany({});
});

function eventOf(id: string, agoMs = 0, more: Partial<EventRecord> = {}): EventRecord {
  const at = new Date(NOW - agoMs);
  return { _id: id, profileId: 'p', name: 'Order', properties: {}, at, receivedAt: at, isUnmatched: true, ...more };
}

async function store(...news: EventRecord[]) {
  await opened.database.collection(events).insertMany(news);
  return news;
}

const unmatched = () => opened.database.collection(events).countDocuments({ isUnmatched: true });

function open(consume: (batch: readonly EventRecord[]) => Promise<void>) {
  const { database } = opened;
  return createEventMatcher({
    database,
    consumers: [{ consume }],
    clock: { now: () => NOW },
    log: pino({ level: 'silent' }),
  });
}

it('tells what was stored in its order and takes the mark away when every consumer is done', async () => {
  const told: string[] = [];
  const matcher = open(async (batch) => void told.push(...batch.map(({ _id }) => _id)));
  matcher.take(await store(eventOf('a'), eventOf('b')));
  await matcher.idle();
  expect(told).toEqual(['a', 'b']);
  expect(await unmatched()).toBe(0);
});

it('leaves the mark on a batch that a consumer could not take, and the sweep tells it again', async () => {
  let isAway = true;
  const told: string[] = [];
  const matcher = open(async (batch) => {
    if (isAway) throw new Error('the store is away');
    told.push(...batch.map(({ _id }) => _id));
  });
  matcher.take(await store(eventOf('a', MINUTE)));
  await matcher.idle();
  expect(await unmatched()).toBe(1);
  isAway = false;
  await matcher.sweep();
  expect(told).toEqual(['a']);
  expect(await unmatched()).toBe(0);
});

it('leaves fresh events to the process that stored them', async () => {
  const told: string[] = [];
  const matcher = open(async (batch) => void told.push(...batch.map(({ _id }) => _id)));
  await store(eventOf('fresh', 1000), eventOf('left', MINUTE));
  await matcher.sweep();
  expect(told).toEqual(['left']);
});

it('an event that arrives more than a day late is data, one from the future happened when it was received', () => {
  const late = eventOf('a', 0, { at: new Date(NOW - 24 * 60 * MINUTE - 1) });
  const future = eventOf('b', 0, { at: new Date(NOW + 60 * MINUTE) });
  expect([isTimely(late), isTimely(eventOf('c', MINUTE)), isTimely(future)]).toEqual([false, true, true]);
  expect(toEventFacts(future).at).toBe(NOW);
});
