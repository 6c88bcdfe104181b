import {
  type Condition,
  type DatasetRow,
  evaluate,
  type EventStep,
  outlookOf,
  type PastEvent,
} from '@sluice/shared/condition';
import {
  ATTRIBUTE_NAMES,
  AUDIENCE_IDS,
  attributes,
  condition,
  datasetRow,
  instant,
  NOW,
  pastEvent,
} from '@sluice/shared/condition/testing';
import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type MembershipRecord, membershipIdOf, memberships } from '../audiences/membership-record.ts';
import { datasetRows } from '../datasets/dataset-record.ts';
import { events } from '../ingest/event-record.ts';
import { toFacts } from '../profiles/profile-facts.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import { toStoredValue } from '../profiles/stored-value.ts';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import type { Database } from '../stores/database.ts';
import { compileFilter } from './compile-filter.ts';
import type { ConditionReader } from './condition-reader.ts';
import { createDictionary, type Dictionary } from './dictionary.ts';
import { createMongoConditionReader } from './mongo-condition-reader.ts';

const UTC = { now: NOW, timeZone: 'UTC' };
let opened: TestDatabase;
let database: Database;
let dictionary: Dictionary;
let reader: ConditionReader;

beforeAll(async () => {
  opened = await openTestDatabase([profiles, events, memberships, datasetRows]);
  database = opened.database;
  const clock = { now: () => NOW };
  dictionary = createDictionary({ database, clock, log: pino({ level: 'silent' }) });
  reader = createMongoConditionReader({ database, dictionary });
});
afterAll(async () => {
  await dictionary.close();
  await opened.close();
});
beforeEach(async () => {
  for (const { name } of [profiles, events, memberships, datasetRows])
    await database.db.collection(name).deleteMany({});
});

interface Person {
  attributes: Record<string, never>;
  events: PastEvent[];
  rows?: DatasetRow[];
  /** Audiences it is a member of; it has left the others. */
  audiences?: string[];
  enteredAt: number | undefined;
}

const person = fc.record({
  attributes,
  events: fc.array(pastEvent, { maxLength: 4 }),
  rows: fc.array(datasetRow, { maxLength: 3 }),
  audiences: fc.subarray([...AUDIENCE_IDS]),
  enteredAt: fc.constantFrom(undefined, NOW - 3_600_000, NOW - 60_000),
}) as fc.Arbitrary<Person>;

const idOf = (index: number) => `p${String(index).padStart(5, '0')}`;
const storedForm = (values: Record<string, never>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toStoredValue(value)]));

async function insertPeople(people: readonly Person[]): Promise<ProfileRecord[]> {
  const records = people.map(
    (each, index): ProfileRecord => ({
      _id: idOf(index),
      userId: `u${index}`,
      attributes: storedForm(each.attributes),
      createdAt: new Date(NOW),
      updatedAt: new Date(NOW),
    }),
  );
  await database.collection(profiles).insertMany(records);
  const details = people.flatMap(({ rows: own = [] }, index) =>
    own.map(({ dataset, values }, order) => ({
      _id: `${dataset}:${idOf(index)}-${order}`,
      profileId: idOf(index),
      dataset,
      values: storedForm(values as Record<string, never>),
      writtenAt: new Date(NOW),
    })),
  );
  if (details.length > 0) await database.collection(datasetRows).insertMany(details);
  const rows = people.flatMap((each, index) =>
    each.events.map((event, order) => ({
      _id: `${idOf(index)}-${order}`,
      profileId: idOf(index),
      name: event.name,
      properties: storedForm(event.properties as Record<string, never>),
      at: new Date(event.at),
      receivedAt: new Date(NOW),
    })),
  );
  if (rows.length > 0) await database.collection(events).insertMany(rows);
  const held = people.flatMap(({ audiences = [] }, index) =>
    AUDIENCE_IDS.map((audience): MembershipRecord => {
      const [profileId, isMember] = [idOf(index), audiences.includes(audience)];
      const _id = membershipIdOf(audience, profileId);
      return { _id, audience, profileId, isMember, since: new Date(NOW), changes: 1, history: [] };
    }),
  );
  await database.collection(memberships).insertMany(held);
  return records;
}

async function idsIn(stream: AsyncIterable<ProfileRecord[]>): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of stream) ids.push(...batch.map(({ _id }) => _id));
  return ids;
}

test('[COND-1] [COND-6] the reference, the filter, the stream, the survey, the count and the batch answers agree on anything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 1, maxLength: 12 }),
      fc.array(condition, { minLength: 3, maxLength: 12 }),
      instant,
      async (people, conditions, at) => {
        for (const { name } of [profiles, events, memberships, datasetRows])
          await database.db.collection(name).deleteMany({});
        const records = await insertPeople(people);
        for (const asked of conditions) {
          const expected = people.map(
            (each) => evaluate(asked, { ...each, enteredAt: undefined } as never, at).isMatch,
          );
          const ids = records.filter((_, index) => expected[index]).map(({ _id }) => _id);
          expect(await idsIn(reader.stream(asked, at, { batchSize: 3 }))).toEqual(ids);
          const found = await reader.count(asked, at, { sampleSize: 2, maxTimeMs: 20_000 });
          expect(found.count).toBe(ids.length);
          expect(found.sample.map(({ _id }) => _id)).toEqual(ids.slice(0, 2));

          const subjects = records.map((record, index) => {
            const enteredAt = people[index]?.enteredAt;
            const profile = toFacts(record);
            return enteredAt === undefined ? { profile } : { profile, run: { flowId: 'f', enteredAt } };
          });
          const reference = people.map((each) => evaluate(asked, each as never, at));
          expect(await reader.verdicts(asked, subjects, at)).toEqual(reference);

          const outlooks = people.map((each) => outlookOf(asked, each as never, at));
          const facts = records.map(toFacts);
          expect(await reader.outlooks(asked, facts, at)).toEqual(outlooks);
          const ofInterest = outlooks.flatMap((outlook, index) =>
            outlook.isMatch || Number.isFinite(outlook.until) ? [{ profileId: idOf(index), ...outlook }] : [],
          );
          const surveyed = [];
          for await (const { judged } of reader.survey(asked, at, { batchSize: 3 })) surveyed.push(...judged);
          expect(surveyed).toEqual(ofInterest);
          const frozen = [];
          for await (const { judged } of reader.survey(asked, at, { batchSize: 3, isFrozen: true }))
            frozen.push(...judged.map(({ profileId }) => profileId));
          expect(frozen).toEqual(outlooks.flatMap(({ isMatch }, index) => (isMatch ? [idOf(index)] : [])));

          const { filter } = compileFilter(asked, at);
          const passed =
            typeof filter === 'boolean'
              ? records.filter(() => filter)
              : await database.collection(profiles).find(filter).toArray();
          expect(passed.map(({ _id }) => _id)).toEqual(expect.arrayContaining(ids));
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test('[COND-1] [COND-6] a window between dates of which one is none never changes, whatever moves in its filters', async () => {
  const hourly: Condition = {
    op: 'event',
    name: 'Order Completed',
    where: [{ property: 'amount', is: { operator: 'in', value: [{ relative: 0, unit: 'hour' }] } }],
    measure: { kind: 'first' },
    window: { kind: 'between', from: '2026-11-22', to: 'yesterday' },
    is: { operator: 'in', value: [] },
  };
  const at = { now: 1_795_321_800_000, timeZone: 'UTC' };
  const reference = outlookOf(hourly, { attributes: {} }, at);
  expect(reference).toEqual({ isMatch: false, until: Number.POSITIVE_INFINITY });
  expect(await reader.outlooks(hourly, [{ id: 'a', attributes: {} } as never], at)).toEqual([reference]);
});

describe('stream', () => {
  const hasHistory: Condition = { op: 'attribute', name: 'history', is: { operator: 'atLeast', value: 5 } };
  const people = Array.from({ length: 25 }, (_, index) => ({
    attributes: { history: index } as never,
    events: [],
    enteredAt: undefined,
  }));

  test('batches hold no more than asked for and resume behind the last id', async () => {
    await insertPeople(people);
    const sizes: number[] = [];
    let lastId = '';
    for await (const batch of reader.stream(hasHistory, UTC, { batchSize: 7 })) {
      sizes.push(batch.length);
      lastId = batch.at(-1)?._id ?? '';
      if (sizes.length === 2) break;
    }
    expect(sizes).toEqual([7, 7]);
    const rest = await idsIn(reader.stream(hasHistory, UTC, { batchSize: 7, afterId: lastId }));
    expect(rest).toEqual([19, 20, 21, 22, 23, 24].map(idOf));
  });

  test('an audience of nobody asks the store nothing', async () => {
    await insertPeople(people);
    expect(await idsIn(reader.stream({ op: 'any', of: [] }, UTC, { batchSize: 7 }))).toEqual([]);
  });
});

describe('verdicts', () => {
  const openedInRun: Condition = {
    op: 'event',
    name: 'Email Opened',
    measure: { kind: 'count' },
    window: { kind: 'this-run' },
    is: { operator: 'atLeast', value: 1 },
  };

  test('two runs of one profile in one batch are each counted from their own entry', async () => {
    const [record] = await insertPeople([
      { attributes: {}, events: [{ name: 'Email Opened', at: NOW - 100, properties: {} }], enteredAt: undefined },
    ]);
    if (!record) throw new Error('nothing inserted');
    const profile = toFacts(record);
    const subjects = [NOW - 200, NOW - 50, NOW - 100].map((enteredAt) => ({
      profile,
      run: { flowId: 'f', enteredAt },
    }));
    const verdicts = await reader.verdicts(openedInRun, subjects, UTC);
    expect(verdicts.map(({ isMatch }) => isMatch)).toEqual([true, false, true]);
  });
});

test('[COND-1] the first and the last event are read by the order of instants, then of ids', async () => {
  const order = (at: number, channel: string): PastEvent => ({ name: 'Order', at, properties: { channel } });
  const events = [order(NOW - 100, 'b'), order(NOW - 200, 'a'), order(NOW - 100, 'c'), order(NOW - 200, 'd')];
  const [record] = await insertPeople([{ attributes: {}, events, enteredAt: undefined }]);
  if (!record) throw new Error('nothing inserted');
  const channelOf = async (kind: 'first' | 'last', followedBy: { followedBy?: EventStep[] } = {}) => {
    const asked: Condition = {
      op: 'event',
      name: 'Order',
      measure: { kind, property: 'channel' },
      window: { kind: 'ever' },
      is: { operator: 'missing' },
      ...followedBy,
    };
    const [verdict] = await reader.verdicts(asked, [{ profile: toFacts(record) }], UTC);
    return verdict?.reason?.values?.actual;
  };
  const never: EventStep[] = [{ is: 'didNot', name: 'Refund', ms: 60_000 }];
  expect([await channelOf('first'), await channelOf('last')]).toEqual(['a', 'c']);
  // A sequence is judged by the reference, which finds the events in the same order.
  const soon: EventStep[] = [{ is: 'did', name: 'Order', ms: 60_000 }];
  expect([await channelOf('first', { followedBy: soon }), await channelOf('last', { followedBy: soon })]).toEqual([
    'a',
    'd',
  ]);
  expect(await channelOf('first', { followedBy: never })).toBeUndefined();
});

describe('check', () => {
  test('[COND-2] a wrong pairing is refused by a sentence in both languages', async () => {
    await dictionary.declare(new Map([['history', 'number']]));
    const asked: Condition = { op: 'attribute', name: 'history', is: { operator: 'contains', value: 'a' } };
    await expect(reader.check(asked)).rejects.toMatchObject({
      code: 'condition-invalid',
      details: {
        problem: {
          'en-US': 'history is of type number, which cannot be asked “contains”. Choose another comparison.',
          'zh-CN': 'history 的类型是“数值”，不能使用“包含”，请换一种比较方式。',
        },
      },
    });
  });

  test('an attribute that nobody has yet is no reason to refuse', async () => {
    const asked: Condition = { op: 'attribute', name: ATTRIBUTE_NAMES[1], is: { operator: 'equals', value: 'Web' } };
    await expect(reader.check(asked)).resolves.toBeUndefined();
  });
});

test('a count that takes too long for an exact answer estimates it from those it has seen, and says how far it may be off', async () => {
  const people = Array.from({ length: 12_000 }, (_, index) => ({
    attributes: { history: index % 4 } as never,
    events: [],
    enteredAt: undefined,
  }));
  await insertPeople(people);
  // A pattern is for the product to judge, so profiles are gone through; of the texts none is a number.
  const asked: Condition = {
    op: 'all',
    of: [
      { op: 'not', of: { op: 'attribute', name: 'channel', is: { operator: 'matches', value: 'W' } } },
      { op: 'attribute', name: 'history', is: { operator: 'atLeast', value: 1 } },
    ],
  };
  const options = { sampleSize: 2, maxTimeMs: 20_000 };
  expect(await reader.count(asked, UTC, options)).toMatchObject({ count: 9000, total: 12_000 });
  const { count, margin } = await reader.count(asked, UTC, { ...options, exactWithinMs: 0 });
  expect([count, margin]).toEqual([9000, 0]);
  const partly: Condition = { op: 'any', of: [asked, { op: 'audience', audience: 'loyal', is: 'member' }] };
  const estimated = await reader.count(partly, UTC, { ...options, exactWithinMs: 0 });
  expect(Math.abs(estimated.count - 9000)).toBeLessThanOrEqual(estimated.margin ?? 0);
  expect(estimated.margin).toBeGreaterThan(0);
});

test('a count that runs out of time says so instead of answering in part', async () => {
  await insertPeople([{ attributes: {}, events: [], enteredAt: undefined }]);
  const asked: Condition = { op: 'attribute', name: 'channel', is: { operator: 'matches', value: 'W' } };
  await expect(reader.count(asked, UTC, { sampleSize: 1, maxTimeMs: 0 })).rejects.toMatchObject({
    code: 'query-too-slow',
  });
});
