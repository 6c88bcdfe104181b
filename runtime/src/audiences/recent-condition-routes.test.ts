import type { Condition } from '@sluice/shared/condition';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { graphOf } from '../executor/executor.fixture.ts';

let app: TestApp;
let operator: Record<string, string>;
let analyst: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
  analyst = await app.signInAs('analyst');
});
afterAll(() => app.close());

const call = (method: string, path: string, body?: unknown, headers = operator) =>
  app.call(method, path, { headers, ...(body !== undefined && { body }) });
const recent = async (headers = operator): Promise<Condition[]> =>
  (await call('GET', '/api/conditions/recent', undefined, headers)).body.items.map(
    ({ condition }: { condition: Condition }) => condition,
  );
const over = (name: string, value: number): Condition => ({
  op: 'attribute',
  name,
  is: { operator: 'greaterThan', value },
});
let saved = 0;
const save = async (condition: Condition): Promise<string> => {
  saved += 1;
  return (await call('POST', '/api/audiences', { name: `Audience ${saved}`, kind: 'snapshot', condition })).body.id;
};

test('what an account used in audiences and published flows is offered to it again, last used first, each once', async () => {
  await save({ op: 'all', of: [over('age', 18), { op: 'not', of: { op: 'any', of: [over('orders', 2)] } }] });
  await save(over('age', 18));
  expect(await recent()).toEqual([over('age', 18), over('orders', 2)]);

  const graph = graphOf(
    [
      ['start', 'call-trigger', { audience: { op: 'all', of: [over('spent', 500)] }, reentry: 'unlimited' }],
      ['which', 'filter', { condition: over('visits', 3) }],
      ['end', 'exit', { reason: 'done' }],
    ],
    ['start:next>which', 'which:yes>end', 'which:no>end'],
  );
  const { body: flow } = await call('POST', '/api/flows', { name: 'Flow', graph });
  expect((await recent())[0]).toEqual(over('age', 18));
  const publish = { baseRevision: flow.revision, note: '' };
  expect(await call('POST', `/api/flows/${flow.id}/publish`, publish)).toMatchObject({
    status: 200,
    body: { version: 1 },
  });
  expect(await recent()).toEqual([over('spent', 500), over('visits', 3), over('age', 18), over('orders', 2)]);

  const { items } = (await call('GET', '/api/conditions/recent')).body;
  expect(items[0].sentence).toEqual({ 'en-US': 'spent is greater than 500', 'zh-CN': 'spent 大于 500' });
});

test('nobody is offered what others used, what may no longer be used, or what names something that is gone', async () => {
  expect(await recent(analyst)).toEqual([]);
  const gone = await save(over('height', 170));
  await save({ op: 'audience', audience: gone, is: 'member' });
  expect((await recent())[0]).toEqual({ op: 'audience', audience: gone, is: 'member' });
  expect((await call('DELETE', `/api/audiences/${gone}?confirm=yes`)).status).toBe(200);
  await expect.poll(async () => (await recent())[0], { timeout: 10_000 }).toEqual(over('height', 170));

  const headers = await app.withWriteKey();
  await app.call('POST', '/v1/identify', { headers, body: { userId: 'ada', traits: { height: 180 } } });
  const administrator = await app.signInAs('administrator');
  const describeIt = () => call('PUT', '/api/attributes/height', { sensitivity: 'secret' }, administrator);
  await expect.poll(async () => (await describeIt()).status, { timeout: 20_000 }).toBe(200);
  await expect.poll(() => recent(), { timeout: 10_000 }).not.toContainEqual(over('height', 170));
});

test('only the last forty are kept of an account', async () => {
  await save({ op: 'any', of: Array.from({ length: 30 }, (_, at) => over(`a${at}`, 1)) });
  await save({ op: 'any', of: Array.from({ length: 30 }, (_, at) => over(`b${at}`, 1)) });
  expect(await app.database.db.collection('recentConditions').countDocuments({})).toBe(40);
  expect((await recent()).length).toBe(20);
  expect((await recent())[0]).toEqual(over('b0', 1));
});
