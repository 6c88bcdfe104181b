import type { Condition } from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import { MINUTE_MS } from '@sluice/shared/time';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import { createCountMemory } from './remember-counts.ts';

const START = Date.UTC(2026, 10, 22, 4, 30);
const RICH: Condition = { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } };
const POOR: Condition = { op: 'not', of: RICH };
let opened: TestDatabase;
const state = { now: START, asked: 0, isFailing: false };
beforeEach(async () => {
  opened = await openTestDatabase([profiles]);
  Object.assign(state, { now: START, asked: 0, isFailing: false });
  await opened.database.collection(profiles).insertMany([1, 2, 3].map((number) => profile(number, 100 * number)));
});
afterEach(() => opened.close());

function profile(number: number, history: number): ProfileRecord {
  const at = new Date(START);
  return { _id: `p${number}`, userId: `u${number}`, attributes: { history }, createdAt: at, updatedAt: at };
}

function open(slowMs: number) {
  const { database } = opened;
  const stored = createMongoConditionReader({
    database,
    dictionary: { checkingFacts: async () => ({ attributes: new Map(), events: new Set() }) },
  });
  const reader: Pick<typeof stored, 'count'> = {
    async count(...asked) {
      state.asked += 1;
      if (state.isFailing) throw new AppError('query-too-slow', 'x', { retryAfterMs: 1 });
      return stored.count(...asked);
    },
  };
  const memory = createCountMemory({ database, reader, clock: { now: () => state.now }, slowMs });
  return (condition: Condition, isFresh = false) =>
    memory.count(condition, { now: state.now, timeZone: 'UTC' }, { isFresh });
}

it('a slow count stands for a minute and says of when it is; a fresh one is asked for', async () => {
  const count = open(0);
  expect(await count(RICH)).toMatchObject({ count: 2, total: 3 });
  await opened.database.collection(profiles).insertOne(profile(4, 400));
  state.now += MINUTE_MS - 1;
  expect(await count(RICH)).toMatchObject({ count: 2, asOf: START });
  expect(await count(POOR)).not.toHaveProperty('asOf');
  expect(state.asked).toBe(2);
  expect(await count(RICH, true)).toMatchObject({ count: 3, total: 4 });
  expect(await count(RICH)).toMatchObject({ count: 3, asOf: state.now });
  state.now += MINUTE_MS;
  expect(await count(RICH)).not.toHaveProperty('asOf');
});

it('a quick count is made each time', async () => {
  const count = open(Number.POSITIVE_INFINITY);
  await count(RICH);
  await opened.database.collection(profiles).insertOne(profile(4, 400));
  const again = await count(RICH);
  expect(again.count).toBe(3);
  expect(again).not.toHaveProperty('asOf');
});

it('whoever asks while the same is counted gets that answer, and a count that fails is asked again', async () => {
  const count = open(0);
  const both = await Promise.all([count(RICH), count(RICH)]);
  expect(both.map((each) => each.count)).toEqual([2, 2]);
  expect(state.asked).toBe(1);
  state.isFailing = true;
  await expect(count(POOR)).rejects.toMatchObject({ code: 'query-too-slow' });
  state.isFailing = false;
  expect(await count(POOR)).toMatchObject({ count: 1 });
});

it('the sample of a count that stands is read again: who was deleted meanwhile is not shown', async () => {
  const count = open(0);
  expect((await count(RICH)).sample.map(({ _id }) => _id)).toEqual(['p2', 'p3']);
  await opened.database.collection(profiles).deleteOne({ _id: 'p2' });
  const again = await count(RICH);
  expect(again).toMatchObject({ count: 2, asOf: START });
  expect(again.sample.map(({ _id }) => _id)).toEqual(['p3']);
});
