import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { ulid } from 'ulid';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { unmatchedEvents } from '../ingest/unmatched-record.ts';
import { isTimely, toEventFacts } from './event-consumer.ts';
import { createEventMatcher } from './event-matcher.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const MINUTE = 60_000;
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase([events, unmatchedEvents]);
});
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.database.collection(events).deleteMany({});
  await opened.database.collection(unmatchedEvents).deleteMany({});
});

function eventOf(id: string, agoMs = 0, more: Partial<EventRecord> = {}): EventRecord {
  const at = new Date(NOW - agoMs);
  return { _id: id, profileId: 'p', name: 'Order', properties: {}, at, receivedAt: at, ...more };
}

/** Notes events of one time as unmatched; answers the record's id. */
async function note(eventIds: readonly string[], agoMs = 0): Promise<string> {
  const receivedAt = new Date(NOW - agoMs);
  const record = { _id: ulid(receivedAt.getTime()), receivedAt, eventIds: [...eventIds] };
  await opened.database.collection(unmatchedEvents).insertOne(record);
  return record._id;
}

async function store(agoMs: number, ...ids: string[]): Promise<[EventRecord[], string]> {
  const news = ids.map((id) => eventOf(id, agoMs));
  const batch = await note(ids, agoMs);
  await opened.database.collection(events).insertMany(news);
  return [news, batch];
}

const unmatched = async () =>
  (await opened.database.collection(unmatchedEvents).find().toArray()).flatMap(({ eventIds }) => eventIds);

function open(consume: (batch: readonly EventRecord[]) => Promise<void>) {
  const { database } = opened;
  return createEventMatcher({
    database,
    consumers: [{ consume }],
    clock: { now: () => NOW },
    log: pino({ level: 'silent' }),
  });
}

it('tells what was stored in its order and crosses it off when every consumer is done', async () => {
  const told: string[] = [];
  const matcher = open(async (batch) => void told.push(...batch.map(({ _id }) => _id)));
  matcher.take(...(await store(0, 'a', 'b')));
  matcher.take(...(await store(0, 'c')));
  await matcher.idle();
  expect(told).toEqual(['a', 'b', 'c']);
  expect(await unmatched()).toEqual([]);
});

it('keeps a batch noted that a consumer could not take, and the sweep tells it again', async () => {
  let isAway = true;
  const told: string[] = [];
  const matcher = open(async (batch) => {
    if (isAway) throw new Error('the store is away');
    told.push(...batch.map(({ _id }) => _id));
  });
  matcher.take(...(await store(MINUTE, 'a')));
  await matcher.idle();
  expect(await unmatched()).toEqual(['a']);
  isAway = false;
  await matcher.sweep();
  expect(told).toEqual(['a']);
  expect(await unmatched()).toEqual([]);
});

it('leaves fresh events to the process that stored them', async () => {
  const told: string[] = [];
  const matcher = open(async (batch) => void told.push(...batch.map(({ _id }) => _id)));
  await store(1000, 'fresh');
  await store(MINUTE, 'left');
  await matcher.sweep();
  expect(told).toEqual(['left']);
  expect(await unmatched()).toEqual(['fresh']);
});

it('a sweep leaves an event that was sent again to the batch it first came in', async () => {
  const told: string[] = [];
  const matcher = open(async (batch) => void told.push(...batch.map(({ _id }) => _id)));
  const [, first] = await store(5 * MINUTE, 'a');
  await opened.database.collection(unmatchedEvents).deleteOne({ _id: first });
  await note(['a'], MINUTE);
  await matcher.sweep();
  expect(told).toEqual([]);
  expect(await unmatched()).toEqual([]);
});

it('a sweep waits for events that were noted and are not there yet, and gives them up after two minutes', async () => {
  const told: string[] = [];
  const matcher = open(async (batch) => void told.push(...batch.map(({ _id }) => _id)));
  await store(MINUTE, 'there');
  await note(['never'], 3 * MINUTE);
  await note(['late', 'also'], MINUTE);
  await matcher.sweep();
  expect(await unmatched()).toEqual(['late', 'also']);
  await opened.database.collection(events).insertMany([eventOf('late', MINUTE)]);
  await matcher.sweep();
  expect(told).toEqual(['there', 'late']);
  expect(await unmatched()).toEqual(['also']);
});

it('an event that arrives more than a day late is data, one from the future happened when it was received', () => {
  const late = eventOf('a', 0, { at: new Date(NOW - 24 * 60 * MINUTE - 1) });
  const future = eventOf('b', 0, { at: new Date(NOW + 60 * MINUTE) });
  expect([isTimely(late), isTimely(eventOf('c', MINUTE)), isTimely(future)]).toEqual([false, true, true]);
  expect(toEventFacts(future).at).toBe(NOW);
});
