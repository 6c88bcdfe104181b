import { createLens } from '../access/read-level.ts';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createDictionary, type Dictionary } from './dictionary.ts';
import { attributeDefinitions, eventDefinitions } from './dictionary-record.ts';

let now = Date.UTC(2026, 10, 22);
let opened: TestDatabase;
let dictionary: Dictionary;

beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const { name } of [attributeDefinitions, eventDefinitions])
    await opened.database.db.collection(name).deleteMany({});
  dictionary = createDictionary({
    database: opened.database,
    clock: { now: () => now },
    log: pino({ level: 'silent' }),
  });
});
afterEach(() => dictionary.close());

test('what is observed becomes definitions with types, samples and counts', async () => {
  const at = new Date(now);
  dictionary.observe({
    attributes: [
      { channel: 'Web', history: 5, joinedAt: at },
      { channel: 'Phone', tags: ['vip'], nothing: null },
    ],
    events: [
      { name: 'Order Completed', properties: { amount: 5 } },
      { name: 'Order Completed', properties: { amount: 6, sku: 'a' } },
    ],
    at,
  });
  await dictionary.flush();
  expect(
    (await dictionary.listAttributes(createLens('administrator', new Map()))).map(({ name, type, samples }) => [
      name,
      type,
      samples,
    ]),
  ).toEqual([
    ['channel', 'string', ['Web', 'Phone']],
    ['history', 'number', []],
    ['joinedAt', 'date', []],
    ['tags', 'list', ['vip']],
  ]);
  expect(await dictionary.listEvents()).toEqual([
    {
      name: 'Order Completed',
      properties: { amount: 'number', sku: 'string' },
      count: 2,
      lastSeenAt: at.toISOString(),
    },
  ]);
});

test('counts add up over flushes and the first type stands', async () => {
  const visit = { name: 'Page Viewed', properties: {} };
  for (const value of [1, 'one']) {
    dictionary.observe({ attributes: [{ mixed: value }], events: [visit], at: new Date(now) });
    await dictionary.flush();
  }
  expect(await dictionary.types()).toEqual(new Map([['mixed', 'number']]));
  expect((await dictionary.listEvents())[0]?.count).toBe(2);
  expect((await dictionary.checkingFacts()).retyped).toEqual(new Set(['mixed']));
});

test('samples stop at twenty, so an attribute with a value per user does not swell', async () => {
  for (const start of [0, 15, 30]) {
    const attributes = Array.from({ length: 15 }, (_, index) => ({ email: `user-${start + index}@example.test` }));
    dictionary.observe({ attributes, at: new Date(now) });
    await dictionary.flush();
  }
  expect((await dictionary.listAttributes(createLens('administrator', new Map())))[0]?.samples).toHaveLength(20);
});

test('a declared type is kept when values arrive, and a second declaration changes nothing', async () => {
  await dictionary.declare(new Map([['zip', 'string']]));
  await dictionary.declare(new Map([['zip', 'number']]));
  dictionary.observe({ attributes: [{ zip: 10_115 }], at: new Date(now) });
  await dictionary.flush();
  expect((await dictionary.types()).get('zip')).toBe('string');
});

test('types are read again after a second, not for each call', async () => {
  expect((await dictionary.types()).size).toBe(0);
  const age = { _id: 'age', type: 'number' as const, samples: [], lastSeenAt: new Date(now) };
  await opened.database.collection(attributeDefinitions).insertOne(age);
  expect((await dictionary.types()).size).toBe(0);
  now += 1000;
  expect((await dictionary.types()).get('age')).toBe('number');
});

test('names that cannot be stored as fields are left out', async () => {
  dictionary.observe({
    attributes: [{ 'a.b': 1, $where: 1, fine: 1 }],
    events: [{ name: 'E', properties: { 'x.y': 1, ok: true } }],
    at: new Date(now),
  });
  await dictionary.flush();
  expect((await dictionary.listAttributes(createLens('administrator', new Map()))).map(({ name }) => name)).toEqual([
    'fine',
  ]);
  expect((await dictionary.listEvents())[0]?.properties).toEqual({ ok: 'boolean' });
});
