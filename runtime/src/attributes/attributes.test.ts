import type { Condition } from '@sluice/shared/condition';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { attributeDefinitions } from '../conditions/dictionary-record.ts';
import { profiles } from '../profiles/profile-record.ts';

let app: TestApp;
let administrator: Record<string, string>;
let operator: Record<string, string>;
let sender: Record<string, string>;

beforeAll(async () => {
  app = await startApp();
  administrator = await app.signInAs('administrator');
  operator = await app.signInAs('operator');
  sender = await app.withWriteKey();
});
afterAll(() => app.close());

const WITHIN = { timeout: 20_000 };
const identify = (userId: string, traits: object) =>
  app.call('POST', '/v1/identify', { headers: sender, body: { userId, traits } });
const names = async () => {
  const { items, deleted } = (await app.call('GET', '/api/attributes', { headers: operator })).body;
  return { known: items.map(({ name }: { name: string }) => name) as string[], deleted: deleted as string[] };
};
const asks = (name: string): Condition => ({ op: 'attribute', name, is: { operator: 'equals', value: 'gold' } });
const createAudience = (name: string, condition: Condition) =>
  app.call('POST', '/api/audiences', { headers: operator, body: { name, kind: 'dynamic', condition } });
const remove = (name: string, headers = administrator, confirm = '') =>
  app.call('DELETE', `/api/attributes/${name}${confirm}`, { headers });
const known = (name: string) => expect.poll(async () => (await names()).known, WITHIN).toContain(name);
const holders = (name: string) =>
  app.database.collection(profiles).countDocuments({ [`attributes.${name}`]: { $exists: true } });

test('[ATTR-1] one in use is deleted only when that is confirmed, and the refusal names where it is used', async () => {
  await identify('ada', { tier: 'gold' });
  await known('tier');
  const audience = (await createAudience('Gold', asks('tier'))).body;
  const graph = { schema: 1, nodes: [], edges: [] };
  const flow = (await app.call('POST', '/api/flows', { headers: operator, body: { name: 'Greet', graph } })).body;
  const node = {
    id: 'm',
    kind: 'email',
    kindVersion: 1,
    params: { body: 'Hello {{ profile.tier }}' },
    position: { x: 0, y: 0 },
  };
  const body = { name: 'Greet', graph: { ...graph, nodes: [node] }, baseRevision: flow.revision };
  const saved = await app.call('PUT', `/api/flows/${flow.id}/draft`, { headers: operator, body });
  expect(saved.status).toBe(200);
  const derivation = { kind: 'cases', cases: [{ when: asks('tier'), value: 'yes' }] };
  await app.call('PUT', '/api/derived-attributes/is_gold', { headers: administrator, body: { derivation } });
  const model = { name: 'Who is gold', kind: 'response', label: asks('tier') };
  await app.call('POST', '/api/models', { headers: operator, body: model });
  const uses = {
    audiences: [{ id: audience.id, name: 'Gold' }],
    flows: [{ id: flow.id, name: 'Greet' }],
    attributes: [{ name: 'is_gold' }],
    models: [{ name: 'Who is gold' }],
    templates: [],
    datasets: [],
  };
  expect((await app.call('GET', '/api/attributes/tier/uses', { headers: operator })).body).toMatchObject(uses);
  const refused = await remove('tier');
  expect([refused.status, refused.body.code]).toEqual([409, 'attribute-in-use']);
  expect(refused.body.details).toMatchObject({ names: 'Gold, Greet, is_gold, Who is gold', uses });
  expect((await names()).known).toContain('tier');
  expect((await remove('is_gold')).body).toMatchObject({ code: 'attribute-derived', details: { derived: 'is_gold' } });

  expect((await remove('tier', administrator, '?confirm=yes')).status).toBe(200);
  // [ATTR-3] Whoever holds it says so, and nobody may begin to.
  expect(await names()).toMatchObject({ known: expect.not.arrayContaining(['tier']), deleted: ['tier'] });
  const held = (await app.call('GET', `/api/audiences/${audience.id}`, { headers: operator })).body;
  expect(held.problems).toMatchObject([{ 'en-US': expect.stringContaining('tier was deleted') }]);
  const listed = (await app.call('GET', '/api/audiences?search=Gold', { headers: operator })).body.items;
  expect(listed).toMatchObject([
    { name: 'Gold', problems: [{ 'en-US': expect.stringContaining('tier was deleted') }] },
  ]);
  const again = await createAudience('Gold again', asks('tier'));
  expect([again.status, again.body.code]).toEqual([422, 'condition-invalid']);
  expect(again.body.details.problem['zh-CN']).toContain('已被删除');
});

test('[ATTR-2] its values go from all profiles, whoever follows it hears of that, and its masks stay', async () => {
  await identify('ada', { plan: 'gold', kept: 1 });
  await identify('bob', { plan: 'gold' });
  await known('plan');
  const declared = { headers: administrator, body: { sensitivity: 'sensitive' } };
  await app.call('PUT', '/api/attributes/plan', declared);
  const { id } = (await createAudience('On gold', asks('plan'))).body;
  const size = async () => (await app.call('GET', `/api/audiences/${id}`, { headers: operator })).body.size;
  await expect.poll(size, WITHIN).toBe(2);
  await remove('plan', administrator, '?confirm=yes');
  await expect.poll(() => holders('plan'), WITHIN).toBe(0);
  await expect.poll(size, WITHIN).toBe(0);
  expect(await holders('kept')).toBe(1);
  const stored = app.database.collection(attributeDefinitions);
  await expect.poll(async () => (await stored.findOne({ _id: 'plan' }))?.isClearing, WITHIN).toBeUndefined();
  expect(await stored.findOne({ _id: 'plan' })).toMatchObject({
    declaration: { sensitivity: 'sensitive' },
    samples: [],
  });

  // [ATTR-4] A value that is sent later brings it back, no less protected.
  await identify('bob', { plan: 7 });
  await known('plan');
  expect((await names()).deleted).not.toContain('plan');
  expect(await stored.findOne({ _id: 'plan' })).toMatchObject({
    type: 'number',
    declaration: { sensitivity: 'sensitive' },
  });
});

test('those who may not describe attributes may not delete them, and a name that nobody knows is refused', async () => {
  for (const role of ['operator', 'analyst', 'tester'] as const)
    expect((await remove('kept', await app.signInAs(role))).status).toBe(403);
  expect((await remove('never_seen')).status).toBe(404);
});
