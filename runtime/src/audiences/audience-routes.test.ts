import type { Condition } from '@sluice/shared/condition';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createReadLevels } from '../access/read-level.ts';
import { createDictionary, type Dictionary } from '../conditions/dictionary.ts';
import { registerDictionaryRoutes } from '../conditions/dictionary-routes.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { events } from '../ingest/event-record.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import { createAudienceIndex } from './audience-index.ts';
import { createDatasetIndex } from '../datasets/dataset-index.ts';
import { registerAudienceRoutes } from './audience-routes.ts';

const NOW = Date.UTC(2026, 10, 22, 4, 30);
const log = pino({ level: 'silent' });
let opened: TestDatabase;
let dictionary: Dictionary;
let server: HttpServer;
let address: string;

beforeAll(async () => {
  opened = await openTestDatabase([profiles, events]);
  const { database } = opened;
  const clock = { now: () => NOW };
  const at = new Date(NOW);
  const attributes: ProfileRecord['attributes'][] = [{ history: 50 }, { history: 150, joinedAt: at }, { history: 250 }];
  await database.collection(profiles).insertMany(
    attributes.map((values, index) => ({
      _id: `p${index}`,
      userId: `u${index}`,
      attributes: values,
      createdAt: at,
      updatedAt: at,
    })),
  );
  dictionary = createDictionary({ database, clock, log });
  dictionary.observe({ attributes, events: [{ name: 'Page Viewed', properties: { path: '/' } }], at });
  await dictionary.flush();
  server = await createServer({
    version: '0.0.0-test',
    log,
    webDist: undefined,
    trustProxy: undefined,
    callers: {
      accountOfSession: async () => ({ id: 'a', email: 'a@example.test', name: 'A', role: 'analyst', createdAt: '' }),
      accountOfAccessToken: async () => undefined,
      writeKeyIdOf: async () => undefined,
    },
  });
  const reader = createMongoConditionReader({ database, dictionary });
  const index = createAudienceIndex({ database, clock });
  const readLevels = createReadLevels({ dictionary });
  const datasetIndex = createDatasetIndex({ database: opened.database, clock });
  const deps = { database, reader, dictionary, readLevels, index, datasetIndex, clock, timeZone: 'Asia/Shanghai' };
  registerAudienceRoutes(server.serve, deps);
  registerDictionaryRoutes(server.serve, { dictionary, readLevels });
  const { port } = await server.listen('127.0.0.1', 0);
  address = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await server.close();
  await dictionary.close();
  await opened.close();
});

const headers = { cookie: 'sluice_session=any', 'content-type': 'application/json' };
async function count(condition: unknown) {
  const body = JSON.stringify({ condition });
  const response = await fetch(`${address}/api/audiences/count`, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('count', () => {
  test('a condition is counted with a sample and its sentence in both languages', async () => {
    const condition: Condition = { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } };
    const { status, body } = await count(condition);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      count: 2,
      total: 3,
      sample: [
        { id: 'p1', userId: 'u1', attributes: { history: 150, joinedAt: '2026-11-22T04:30:00.000Z' } },
        { id: 'p2' },
      ],
      sentence: { 'en-US': 'history is greater than 100', 'zh-CN': 'history 大于 100' },
    });
  });

  test('[COND-2] a comparison that the type does not have is refused with the place of the part', async () => {
    const leaf: Condition = { op: 'attribute', name: 'history', is: { operator: 'startsWith', value: '1' } };
    const { status, body } = await count({ op: 'all', of: [leaf] });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'condition-invalid', details: { problems: [{ param: '/of/0/is' }] } });
  });

  test('what is no condition at all is refused at the edge', async () => {
    const { status } = await count({ op: 'attribute', name: '$where', is: { operator: 'exists' } });
    expect(status).toBe(400);
  });

  test('a tree nested past every limit is refused, not crashed on', async () => {
    let text = '{"op":"all","of":[]}';
    for (let level = 0; level < 5000; level += 1) text = `{"op":"not","of":${text}}`;
    const response = await fetch(`${address}/api/audiences/count`, {
      method: 'POST',
      headers,
      body: `{"condition":${text}}`,
    });
    expect(response.status).toBe(400);
  });
});

test('the dictionary is listed for the condition builder', async () => {
  const [attributes, seenEvents] = await Promise.all(
    ['attributes', 'events'].map(async (area) => (await fetch(`${address}/api/${area}`, { headers })).json()),
  );
  expect(attributes).toMatchObject({
    items: [
      { name: 'history', type: 'number' },
      { name: 'joinedAt', type: 'date' },
    ],
    next: null,
  });
  expect(seenEvents).toMatchObject({ items: [{ name: 'Page Viewed', count: 1, properties: { path: 'string' } }] });
});
