import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { profileIdOf, type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import { createEventLog, type EventLog, type NewEvent } from './event-log.ts';
import { events } from './event-record.ts';
import { createIngest, type Ingest } from './ingest.ts';
import { unmatchedEvents } from './unmatched-record.ts';

let opened: TestDatabase;
let ingest: Ingest;
let eventLog: EventLog;
let wakes = 0;
const now = Date.UTC(2026, 4, 1, 12);
const observed: { events: string[]; attributes: string[] } = { events: [], attributes: [] };

beforeAll(async () => {
  opened = await openTestDatabase([profiles, events, unmatchedEvents]);
  const core = { database: opened.database, clock: { now: () => now } };
  const dictionary = {
    observeEvents: (news: readonly NewEvent[]) => void observed.events.push(...news.map((event) => event.name)),
    observeAttributes: (all: readonly Readonly<Record<string, unknown>>[]) =>
      void observed.attributes.push(...all.flatMap((attributes) => Object.keys(attributes))),
  };
  eventLog = createEventLog({ ...core, dictionary, onStored: () => void (wakes += 1) });
  ingest = createIngest({ ...core, eventLog, dictionary });
});
beforeEach(async () => {
  await stored().profiles.deleteMany({});
  await stored().events.deleteMany({});
  await opened.database.collection(unmatchedEvents).deleteMany({});
  wakes = 0;
});
afterAll(() => opened.close());

const stored = () => ({
  profiles: opened.database.collection(profiles),
  events: opened.database.collection(events),
});
const profileOf = (userId: string) => stored().profiles.findOne({ _id: profileIdOf({ userId }) });
const identify = (traits: object, timestamp?: string, more: object = {}) => ({
  type: 'identify',
  userId: 'u1',
  traits,
  ...(timestamp === undefined ? {} : { timestamp }),
  ...more,
});
const track = (event: string, more: object = {}) => ({ type: 'track', userId: 'u1', event, ...more });

describe('events', () => {
  it('are stored once by messageId, within a batch and across calls, and counted as duplicates', async () => {
    const call = track('Visited', { messageId: 'm1', properties: { page: 'a' } });
    expect(await ingest.accept([call, call, track('Visited')])).toEqual({ accepted: 2, duplicates: 1, rejected: [] });
    expect(await opened.database.collection(unmatchedEvents).countDocuments()).toBe(1);
    expect(await ingest.accept([call])).toEqual({ accepted: 0, duplicates: 1, rejected: [] });
    expect(await stored().events.countDocuments({ name: 'Visited' })).toBe(2);
    expect(await opened.database.collection(unmatchedEvents).countDocuments()).toBe(1);
  });

  it('wait unmatched with their own time and the time of arrival', async () => {
    await ingest.accept([track('Visited', { timestamp: '2026-01-01T00:00:00Z' })]);
    expect(await stored().events.findOne({})).toMatchObject({
      profileId: profileIdOf({ userId: 'u1' }),
      at: new Date('2026-01-01T00:00:00Z'),
      receivedAt: new Date(now),
    });
    const [waiting] = await opened.database.collection(unmatchedEvents).find().toArray();
    const [event] = await stored().events.find().toArray();
    expect(waiting).toMatchObject({ receivedAt: new Date(now), eventIds: [event?._id] });
  });

  it('wake the matcher when new, and only then', async () => {
    await ingest.accept([track('Visited', { messageId: 'm1' })]);
    expect(wakes).toBe(1);
    await ingest.accept([track('Visited', { messageId: 'm1' })]);
    await ingest.accept([identify({ a: 1 })]);
    expect(wakes).toBe(1);
  });

  it('create the profile they belong to, known or anonymous', async () => {
    await ingest.accept([track('A'), { type: 'track', anonymousId: 'a9', event: 'B' }]);
    expect(await profileOf('u1')).toMatchObject({ userId: 'u1', attributes: {}, createdAt: new Date(now) });
    const anonymous = await stored().profiles.findOne({ _id: profileIdOf({ anonymousId: 'a9' }) });
    expect(anonymous).toMatchObject({ userId: null, anonymousIds: ['a9'] });
  });

  it('are told to the data dictionary', async () => {
    await ingest.accept([track('Seen By Dictionary'), identify({ seenByDictionary: 1 })]);
    expect(observed.events).toContain('Seen By Dictionary');
    expect(observed.attributes).toContain('seenByDictionary');
  });

  it('of the product itself are recorded the same way', async () => {
    const news = {
      profileId: 'p1',
      name: 'Email Opened',
      properties: { nodeId: 'n' },
      at: new Date(now),
      messageId: 'open:1',
    };
    expect(await eventLog.recordEvents([news])).toMatchObject({ stored: 1, duplicates: 0 });
    expect(await eventLog.recordEvents([news, { ...news, messageId: 'open:2' }])).toMatchObject({
      stored: 1,
      duplicates: 1,
    });
    expect(await eventLog.recordEvents([])).toMatchObject({ stored: 0, duplicates: 0 });
  });
});

describe('profiles', () => {
  it('keep what later calls do not mention', async () => {
    await ingest.accept([identify({ name: 'Ann', city: 'Paris' }, '2026-01-01')]);
    await ingest.accept([identify({ city: 'Rome' }, '2026-01-02')]);
    expect((await profileOf('u1'))?.attributes).toEqual({ name: 'Ann', city: 'Rome' });
  });

  it('keep text that looks like a field path as text', async () => {
    await ingest.accept([identify({ note: '$userId', list: ['$$ROOT'] }, undefined, { userId: '$attributes' })]);
    expect(await profileOf('$attributes')).toMatchObject({
      userId: '$attributes',
      attributes: { note: '$userId', list: ['$$ROOT'] },
    });
  });

  it('come out the same in whatever order identify calls arrive, by the time of the calls', async () => {
    const call = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      traits: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 9 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(call, { selector: (entry) => entry.day, minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        fc.boolean(),
        async (calls, order, isOneBatch) => {
          await stored().profiles.deleteMany({});
          const shuffled = calls
            .map((entry, index) => ({ entry, rank: order[index] ?? 0 }))
            .toSorted((a, b) => a.rank - b.rank)
            .map(({ entry }) => identify(entry.traits, `2026-01-${String(entry.day).padStart(2, '0')}`));
          for (const batch of isOneBatch ? [shuffled] : shuffled.map((item) => [item])) await ingest.accept(batch);
          const expected = Object.assign({}, ...calls.toSorted((a, b) => a.day - b.day).map((entry) => entry.traits));
          expect((await profileOf('u1'))?.attributes).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('remember the anonymous ids of a person, the last hundred', async () => {
    await ingest.accept([track('A', { anonymousId: 'first' }), { type: 'alias', userId: 'u1', previousId: 'second' }]);
    await ingest.accept([track('A', { anonymousId: 'first' })]);
    expect((await profileOf('u1'))?.anonymousIds).toEqual(['first', 'second']);
    await ingest.accept(Array.from({ length: 150 }, (_none, index) => track('A', { anonymousId: `n${index}` })));
    const known = (await profileOf('u1')) as ProfileRecord;
    expect(known.anonymousIds).toHaveLength(100);
    expect(known.anonymousIds).toContain('n149');
  });

  it('survive being created by two batches at once', async () => {
    const batch = Array.from({ length: 50 }, (_none, index) => ({ ...track('A'), userId: `racer${index}` }));
    await Promise.all([ingest.accept(batch), ingest.accept(batch), ingest.accept(batch)]);
    expect(await stored().profiles.countDocuments({})).toBe(50);
  });
});

describe('a batch', () => {
  it('rejects a bad item alone, by its place and reason', async () => {
    const accepted = await ingest.accept([track('A'), { type: 'track', userId: 'u1' }, 'nonsense', track('B')]);
    expect(accepted).toMatchObject({ accepted: 2, duplicates: 0 });
    expect(accepted.rejected.map(({ index, code }) => [index, code])).toEqual([
      [1, 'request-invalid'],
      [2, 'request-invalid'],
    ]);
    expect(accepted.rejected[0]?.message).toContain('event is missing');
  });

  it('may be empty', async () => {
    expect(await ingest.accept([])).toEqual({ accepted: 0, duplicates: 0, rejected: [] });
  });
});

const samples = path.join(
  process.env.SLUICE_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'),
  'segment-spec',
);
const files = existsSync(samples)
  ? (readdirSync(samples, { recursive: true }) as string[]).filter((file) => file.endsWith('.json'))
  : [];

/** A body without its type is meant for the address of that type, which the file name ends with; four examples leave out the ids, which every call must have. */
function complete(file: string, body: Record<string, unknown>): unknown {
  const type = /_([a-z]+)\.json$/.exec(file)?.[1];
  const hasId = ['userId', 'anonymousId', 'user_id'].some((name) => name in body);
  return { type, ...body, ...(hasId ? {} : { anonymousId: 'from the common fields' }) };
}

describe('the bodies of the Segment spec', () => {
  const note = files.length === 0 ? ' (nothing to check: no samples; set SLUICE_DATA)' : `, all ${files.length}`;
  it(`are accepted${note}`, async () => {
    for (const file of files) {
      const body = JSON.parse(readFileSync(path.join(samples, file), 'utf8'));
      const items: unknown[] = body.batch ?? [complete(file, body)];
      const { rejected, accepted, duplicates } = await ingest.accept(items);
      expect({ file, rejected, handled: accepted + duplicates }).toEqual({ file, rejected: [], handled: items.length });
    }
  });
});
