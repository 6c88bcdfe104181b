import type { Model } from '@sluice/shared/http-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { until } from '../../test/until.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { DAY_MS } from '@sluice/shared/time';
import { models } from './model-record.ts';
import { renewModels } from './renew-models.ts';
import { attributeDefinitions } from '../conditions/dictionary-record.ts';
import { drawProfiles, SOURCES } from './known-truth.fixture.ts';

const COUNT = 3000;
const drawn = drawProfiles(COUNT, 5);
const BOUGHT = { op: 'attribute', name: 'bought', is: { operator: 'isTrue' } };

let app: TestApp;
let operator: Record<string, string>;
let model: Model;
let leaking: Model;
let failed: Model;
let stopped: string;
const call = (method: string, path: string, body?: unknown, headers = operator) =>
  app.call(method, path, { headers, ...(body !== undefined && { body }) });

beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
  const at = new Date('2026-11-01');
  await app.database.collection(profiles).insertMany(
    drawn.map(({ id, attributes, isPositive, chance }) => ({
      _id: profileIdOf({ userId: id }),
      userId: id,
      attributes: { ...attributes, bought: isPositive, result: isPositive ? 'paid' : 'open', truth: chance },
      createdAt: at,
      updatedAt: at,
    })),
  );
  const types = [
    ...SOURCES,
    { attribute: 'bought', type: 'boolean' as const },
    { attribute: 'result', type: 'string' as const },
    { attribute: 'truth', type: 'number' as const },
  ];
  await app.database
    .collection(attributeDefinitions)
    .insertMany(types.map(({ attribute: _id, type }) => ({ _id, type, samples: [], lastSeenAt: at })));
  const nobody = { op: 'attribute', name: 'age', is: { operator: 'greaterThan', value: 500 } };
  [model, leaking, failed] = await Promise.all([
    create('Buyers'),
    create('Leaking', { exclude: ['truth'] }),
    create('Nobody', { label: nobody }),
  ]);
});
afterAll(() => app.close());

const read = async (id: string): Promise<Model> => (await call('GET', `/api/models/${id}`)).body;
const trained = (id: string) =>
  until(
    () => read(id),
    ({ training }) => training.status !== 'running',
  );
const extracted = (id: string) =>
  until(
    async () => (await call('GET', `/api/audiences/${id}`)).body,
    ({ extraction }) => extraction.status !== 'running',
  );
async function create(name: string, more: object = {}): Promise<Model> {
  const made = await call('POST', '/api/models', {
    name,
    kind: 'response',
    label: BOUGHT,
    exclude: ['result', 'truth'],
    ...more,
  });
  expect(made.status).toBe(200);
  return trained(made.body.id);
}

describe('a response model over the store', () => {
  test('[MOD-1] is trained in the background and reports how good it is', async () => {
    expect(model).toMatchObject({
      training: { status: 'done', progress: 1, profiles: COUNT },
      labelSentence: { 'en-US': 'bought is true', 'zh-CN': 'bought 为“是”' },
    });
    expect(model.report?.auc).toBeGreaterThan(0.72);
    expect(model.report?.leftOut).toEqual([{ attribute: 'bought', reason: 'label' }]);
    const listed = (await call('GET', '/api/models')).body.items;
    expect(listed).toContainEqual(expect.objectContaining({ name: 'Buyers', auc: model.report?.auc }));
  });

  test('[MOD-4] names the attribute that gives the label away', async () => {
    expect(leaking.report?.features[0]).toMatchObject({ attribute: 'result', warning: 'gives-away' });
  });

  test('[MOD-6] becomes a snapshot of exactly the best so many, who buy more often than the others', async () => {
    const made = await call('POST', `/api/models/${model.id}/audiences`, {
      name: 'Best 300',
      selection: { kind: 'count', count: 300 },
      isWithoutLabelled: false,
    });
    const audience = await extracted(made.body.id);
    expect(audience).toMatchObject({ kind: 'snapshot', size: 300, condition: null, source: { kind: 'model' } });
    const members: { profile: { attributes: { bought: boolean } } }[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: { items: typeof members; next: string | null } = (
        await call('GET', `/api/audiences/${audience.id}/members?limit=200${after && `&after=${after}`}`)
      ).body;
      members.push(...page.items);
      after = page.next;
    }
    const rate = members.filter(({ profile }) => profile.attributes.bought).length / members.length;
    expect(rate).toBeGreaterThan((2 * drawn.filter(({ isPositive }) => isPositive).length) / COUNT);
  });

  test('[MOD-6] takes a share of those who do not meet the label yet, and all from a score on', async () => {
    const open = drawn.filter(({ isPositive }) => !isPositive).length;
    const select = async (name: string, selection: object, isWithoutLabelled: boolean) =>
      extracted(
        (await call('POST', `/api/models/${model.id}/audiences`, { name, selection, isWithoutLabelled })).body.id,
      );
    const made = await Promise.all([
      select('Tenth', { kind: 'share', share: 0.1 }, true),
      select('All', { kind: 'score', from: 0 }, false),
      select('None', { kind: 'score', from: 1 }, false),
    ]);
    expect(made.map(({ size }) => size)).toEqual([Math.round(open / 10), COUNT, 0]);
  });

  test('[MOD-7] keeps scores as an attribute of its own, and never learns from it or overwrites another', async () => {
    expect((await call('POST', `/api/models/${model.id}/scores`, { attribute: 'age' })).body).toMatchObject({
      code: 'model-invalid',
    });
    await call('POST', `/api/models/${model.id}/scores`, { attribute: 'chance' });
    const scored = await until(
      () => read(model.id),
      ({ scoring }) => scoring?.status === 'done',
    );
    expect(scored.scoring).toMatchObject({ attribute: 'chance', profiles: COUNT, progress: 1 });
    const likely = { op: 'attribute', name: 'chance', is: { operator: 'greaterThan', value: 0.5 } };
    const count = (await call('POST', '/api/audiences/count', { condition: likely })).body.count;
    expect(count).toBeGreaterThan(50);
    expect(count).toBeLessThan(COUNT / 2);
    await call('POST', `/api/models/${model.id}/train`, {});
    const again = await trained(model.id);
    expect(again.report?.leftOut).toContainEqual({ attribute: 'chance', reason: 'score' });
    expect(again.report?.auc).toBe(model.report?.auc);
  });

  test('[MOD-5] says why it cannot be trained, and keeps saying so after a reload', async () => {
    expect(failed).toMatchObject({ training: { status: 'failed' }, report: null });
    expect(failed.training.problem?.['en-US']).toContain('0 profiles');
    expect(failed.training.problem?.['zh-CN']).toContain('0 个用户档案');
    const refused = { name: 'x', selection: { kind: 'count', count: 5 }, isWithoutLabelled: false };
    expect((await call('POST', `/api/models/${failed.id}/audiences`, refused)).body.code).toBe('model-state');
  });

  test('[MOD-2] stops when it is cancelled, and may be trained again', async () => {
    const made = await call('POST', '/api/models', { name: 'Stopped', kind: 'response', label: BOUGHT });
    expect((await call('POST', `/api/models/${made.body.id}/cancel`)).body.training.status).toBe('cancelled');
    expect((await call('POST', `/api/models/${made.body.id}/cancel`)).body.code).toBe('model-state');
    await call('POST', `/api/models/${made.body.id}/train`, { exclude: ['result', 'truth'] });
    expect((await trained(made.body.id)).report?.auc).toBe(model.report?.auc);
    stopped = made.body.id;
  });

  test('[MOD-6] leaves an audience as it is when its model is gone, and says so when it is to be extracted again', async () => {
    const body = { name: 'Of a model', selection: { kind: 'count', count: 5 }, isWithoutLabelled: false };
    const made = await call('POST', `/api/models/${stopped}/audiences`, body);
    expect((await extracted(made.body.id)).size).toBe(5);
    await call('DELETE', `/api/models/${stopped}`);
    await call('POST', `/api/audiences/${made.body.id}/extract`, {});
    const after = await extracted(made.body.id);
    expect(after).toMatchObject({ size: 5, extraction: { status: 'failed' } });
    expect(after.extraction.problem['en-US']).toContain('not there any more');
  });
});

test('[MOD-8] a look-alike finds who resembles the seed and leaves the seed out', async () => {
  const seeds = drawn.filter(({ attributes }) => attributes.channel === 'app' && Number(attributes.visits) > 8);
  const audience = (await call('POST', '/api/audiences', { name: 'Seed', kind: 'manual' })).body;
  const userIds = seeds.slice(0, seeds.length / 2).map(({ id }) => id);
  await call('POST', `/api/audiences/${audience.id}/members`, { change: 'add', userIds });
  const made = await call('POST', '/api/models', {
    name: 'Like the seed',
    kind: 'look-alike',
    seedAudience: audience.id,
    exclude: ['result', 'truth', 'bought'],
  });
  const alike = await trained(made.body.id);
  expect(alike.labelSentence['en-US']).toContain('Seed');
  expect(alike.report?.auc).toBeGreaterThan(0.85);
  const rest = seeds.length - userIds.length;
  const expansion = await call('POST', `/api/models/${alike.id}/audiences`, {
    name: 'Expansion',
    selection: { kind: 'count', count: rest },
    isWithoutLabelled: true,
  });
  expect((await extracted(expansion.body.id)).size).toBe(rest);
  const members = (await call('GET', `/api/audiences/${expansion.body.id}/members?limit=200`)).body.items;
  const planted = new Set(seeds.map(({ id }) => id));
  const seed = new Set(userIds);
  expect(members.every(({ profile }: { profile: { userId: string } }) => !seed.has(profile.userId))).toBe(true);
  const found = members.filter(({ profile }: { profile: { userId: string } }) => planted.has(profile.userId)).length;
  expect(found / members.length).toBeGreaterThan(0.8);
});

test('[MOD-10] is trained again by itself when its time has come, and what it scored is scored again', async () => {
  const analyst = await app.signInAs('analyst');
  const path = `/api/models/${model.id}/retraining`;
  expect((await call('PUT', path, { everyDays: 7 }, analyst)).status).toBe(403);
  expect((await call('PUT', path, { everyDays: 0 })).status).toBe(400);
  const asked = Date.now();
  const { retrain } = (await call('PUT', path, { everyDays: 7 })).body;
  expect(Date.parse(retrain.nextAt)).toBeGreaterThanOrEqual(asked + 7 * DAY_MS);

  const started: string[][] = [];
  const renewAt = (now: number) =>
    renewModels(
      { database: app.database, clock: { now: () => now } },
      {
        training: async (id) => void started.push(['training', id]),
        scoring: async (id, attribute) => void started.push(['scoring', id, attribute]),
      },
    );
  await call('POST', `/api/models/${model.id}/scores`, { attribute: 'chance' });
  await until(
    () => read(model.id),
    ({ scoring }) => scoring?.status === 'done',
  );
  await renewAt(asked + 6 * DAY_MS);
  expect(started).toEqual([]);
  await renewAt(Date.parse(retrain.nextAt));
  expect(started).toEqual([['training', model.id]]);

  // A training puts the next one off, and leaves scores behind that are older than the model.
  await app.database
    .collection(models)
    .updateOne({ _id: model.id }, { $set: { 'retrain.nextAt': new Date(asked - DAY_MS) } });
  await call('POST', `/api/models/${model.id}/train`, {});
  const again = await trained(model.id);
  expect(Date.parse(again.retrain?.nextAt ?? '')).toBeGreaterThanOrEqual(asked + 7 * DAY_MS);
  await renewAt(asked);
  expect(started.slice(1)).toEqual([['scoring', model.id, 'chance']]);
  expect((await call('PUT', path, { everyDays: null })).body.retrain).toBeNull();
});

test('[MOD-9] a tester may neither read nor make models, an analyst may read them but for what he may not see', async () => {
  const tester = await app.signInAs('tester');
  const analyst = await app.signInAs('analyst');
  expect((await call('GET', '/api/models', undefined, tester)).status).toBe(403);
  expect((await call('GET', '/api/models', undefined, analyst)).status).toBe(200);
  const declare = (name: string, sensitivity: 'sensitive' | 'secret') =>
    app.database
      .collection(attributeDefinitions)
      .updateOne({ _id: name }, { $set: { 'declaration.sensitivity': sensitivity } });
  await Promise.all([declare('channel', 'sensitive'), declare('age', 'secret')]);
  const seen = await until(
    async () => (await call('GET', `/api/models/${model.id}`, undefined, analyst)).body as Model,
    ({ report }) => report?.features.every(({ attribute }) => attribute !== 'age') === true,
  );
  const withoutValues = seen.report?.features.filter(({ effects }) => effects.length === 0);
  expect(withoutValues?.map(({ attribute }) => attribute)).toEqual(['channel']);
  const body = { name: 'Not mine', kind: 'response', label: BOUGHT };
  expect((await call('POST', '/api/models', body, analyst)).status).toBe(403);
});
