import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TraceVisit } from '@sluice/shared/http-api';
import type { TemplateManifest } from '@sluice/shared/node-template';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { type Receiver, startReceiver } from '../outbound/receiver.fake.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { scenarioOf } from '../sandbox/sandbox.fixture.ts';
import { bundle, TIER, TIER_CASES, TIER_SOURCE } from './template.fixture.ts';

let app: TestApp;
let receiver: Receiver;
let dataDir: string;
let as: Record<'administrator' | 'operator' | 'developer' | 'analyst' | 'tester', Record<string, string>>;
const POINTS: Record<string, number> = { u1: 150, u2: 20, u3: 100 };

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-templates-'));
  app = await startApp({ DATA_DIR: dataDir, HTTP_ALLOW_PRIVATE: 'yes' });
  receiver = await startReceiver();
  receiver.behave = ({ path: place, body }, _nth, response) => {
    if (place.startsWith('/gone')) response.writeHead(404).end();
    else if (place.startsWith('/long')) response.writeHead(200).end('x'.repeat(20_000));
    else response.writeHead(200).end(JSON.stringify({ asked: body === '' ? null : JSON.parse(body) }));
  };
  const roles = ['administrator', 'operator', 'developer', 'analyst', 'tester'] as const;
  const signedIn = await Promise.all(roles.map(async (role) => [role, await app.signInAs(role)] as const));
  as = Object.fromEntries(signedIn) as typeof as;
  const now = new Date();
  await app.database.collection(profiles).insertMany(
    Object.entries(POINTS).map(([userId, points]) => ({
      _id: profileIdOf({ userId }),
      userId,
      attributes: { points, salary: 9000 },
      createdAt: now,
      updatedAt: now,
    })),
  );
});
afterAll(async () => {
  await app.close();
  await receiver.close();
  await rm(dataDir, { recursive: true });
});

const post = (place: string, headers: Record<string, string>, body: unknown) =>
  app.call('POST', place, { headers, body });
const submit = (manifest: TemplateManifest, source: string, cases: unknown[] = [], headers = as.developer) =>
  post('/api/node-templates', headers, { manifest, source, cases });
const review = (kind: string, body: object, headers = as.administrator) =>
  post(`/api/node-templates/${kind.replace('@', '/')}/review`, headers, body);
const move = (kind: string, to: string, note = '', headers = as.administrator) =>
  post(`/api/node-templates/${kind.replace('@', '/')}/state`, headers, { to, note });

/** Publishes a template and grants all it asks for, or what is said; answers with its kind. */
async function install(manifest: TemplateManifest, source: string, grant = manifest.capabilities): Promise<string> {
  const kind = `${manifest.name}@${manifest.version}`;
  expect(await submit(manifest, source)).toMatchObject({ status: 200 });
  expect(await review(kind, { decision: 'grant', grant })).toMatchObject({ status: 200 });
  return kind;
}

const EVERYONE = { when: 'now', audience: { op: 'all', of: [] } };
const graphWith = (kind: string, params: object, ports: readonly string[]) =>
  graphOf(
    [
      ['start', 'schedule', EVERYONE],
      ['step', kind, params],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>step', ...ports.map((port) => `step:${port}>end`)],
  );

const CART_FILLED = { event: 'Cart Filled', where: [], audience: { op: 'all', of: [] }, reentry: 'unlimited' };
const ON_EVENT = (kind: string, ports: readonly string[], params = {}) => {
  const graph = graphWith(kind, params, ports);
  const [, ...others] = graph.nodes;
  return { ...graph, nodes: [...graphOf([['start', 'event-trigger', CART_FILLED]], []).nodes, ...others] };
};

async function create(graph: object): Promise<{ id: string; revision: number }> {
  return (await post('/api/flows', as.operator, { name: `Flow ${crypto.randomUUID()}`, graph })).body;
}
async function publish(graph: object, headers = as.operator) {
  const { id, revision } = await create(graph);
  return { id, answer: await post(`/api/flows/${id}/publish`, headers, { baseRevision: revision, note: '' }) };
}
async function run(graph: object): Promise<string> {
  const { id, answer } = await publish(graph);
  expect(answer).toMatchObject({ status: 200 });
  return id;
}
const stepsOf = async (flowId: string) => {
  const found = await app.database.collection(runs).find({ flowId }).toArray();
  const users = new Map(Object.keys(POINTS).map((userId) => [profileIdOf({ userId }) as string, userId]));
  return Object.fromEntries(
    found.map(({ profileId, path: steps, failure, status }) => {
      const step = steps.find(({ node }) => node === 'step');
      return [users.get(profileId), failure?.message ?? step?.reason?.values?.['saw'] ?? step?.port ?? status];
    }),
  );
};

/** What the runs of a flow saw at the step, once none of them is on its way. */
async function settled(flowId: string) {
  const isOver = { $in: ['ended', 'failed'] };
  await expect.poll(() => app.database.collection(runs).countDocuments({ flowId, status: isOver as never })).toBe(3);
  return stepsOf(flowId);
}

const TEXTS = {
  title: 'Probe',
  description: 'Probe',
  card: 'Probe',
  ports: { next: 'Next', failed: 'Failed' },
  params: {},
  reasons: { saw: '{{saw}}' },
};
const PROBE: TemplateManifest = {
  name: 'probe',
  version: '1.0.0',
  category: 'action',
  icon: 'code',
  params: { type: 'object', properties: {} },
  defaults: {},
  ports: [{ id: 'next' }],
  capabilities: {},
  texts: { 'zh-CN': TEXTS, 'en-US': TEXTS },
};
const saying = (expression: string) =>
  bundle(
    `{ enter(step) { return { kind: 'advance', port: 'next', reason: { key: 'saw', values: { saw: String(${expression}) } } }; } }`,
  );

describe('a published template', () => {
  it('[NODE-3] cannot be used before it is reviewed, and is a kind like any other behind that', async () => {
    expect(await submit(TIER, TIER_SOURCE, TIER_CASES)).toMatchObject({ body: { state: 'submitted', isNew: true } });
    const params = { least: 100, attribute: 'tier' };
    const graph = graphWith('loyalty-tier@1.0.0', params, ['gold', 'other']);
    const early = await publish(graph);
    expect([early.answer.status, early.answer.body.details.problems[0].code]).toEqual([422, 'unknown-kind']);
    await review('loyalty-tier@1.0.0', { decision: 'grant', grant: TIER.capabilities });
    const id = await run(graph);
    expect(await settled(id)).toEqual({ u1: 'gold', u2: 'other', u3: 'gold' });
    await expect
      .poll(async () => {
        const found = await app.database.collection(profiles).find().sort({ userId: 1 }).toArray();
        return found.map(({ attributes }) => attributes['tier']);
      })
      .toEqual(['gold', 'other', 'gold']);
  });

  it('[RUN-8] goes the same way in a dry run, which shows what it read', async () => {
    const graph = ON_EVENT('loyalty-tier@1.0.0', ['gold', 'other'], { least: 100, attribute: 'tier' });
    const { id } = await create(graph);
    const scenario = scenarioOf({ persona: { attributes: { points: 120 } }, isForced: true });
    const { status, body } = await post(`/api/flows/${id}/dry-run`, as.tester, { scenario });
    expect(status).toBe(200);
    const visit = body.entries.find((entry: TraceVisit) => entry.node === 'step') as TraceVisit;
    expect(visit).toMatchObject({
      ports: ['gold'],
      reason: { code: 'loyalty-tier@1.0.0:counted', values: { points: 120 } },
      reads: expect.arrayContaining([{ kind: 'attribute', name: 'points', value: 120 }]),
    });
  });

  it('[NODE-3] sees no attribute, id or event that was not granted', async () => {
    const asked = { readAttributes: ['points', 'salary'], readUserId: true, readEvent: true };
    const manifest = { ...PROBE, name: 'peep', capabilities: asked };
    const source = saying('JSON.stringify([step.profile.attributes, step.profile.userId ?? null, step.event])');
    const kind = await install(manifest, source, { readAttributes: ['points'] });
    const id = await run(graphWith(kind, {}, ['next']));
    expect(await settled(id)).toMatchObject({ u2: '[{"points":20},null,null]' });
  });

  it.each([
    ['write-more', `{ kind: 'advance', port: 'next', set: { salary: 1 } }`, 'write the attribute "salary"'],
    ['tell-more', `{ kind: 'advance', port: 'next', emit: [{ event: 'Paid' }] }`, 'record the event "Paid"'],
    ['sneak-out', `{ kind: 'advance', port: 'elsewhere' }`, 'the way out "elsewhere"'],
    ['sit-down', `{ kind: 'wait', forMs: 1000 }`, 'canWait'],
    ['odd', `{ kind: 'send-money' }`, 'an outcome is advance, wait, call or exit'],
  ])('[NODE-3] %s: what goes beyond the grant stops the visit with a sentence', async (name, outcome, sentence) => {
    const kind = await install({ ...PROBE, name }, bundle(`{ enter: () => (${outcome}) }`));
    const id = await run(graphWith(kind, {}, ['next']));
    expect((await settled(id))['u1']).toContain(sentence);
    const salaries = await app.database.collection(profiles).distinct('attributes.salary');
    expect(salaries).toEqual([9000]);
  });

  it('[NODE-6] leaves by the way out for failures where its manifest names one', async () => {
    const manifest = { ...PROBE, name: 'careful', ports: [{ id: 'next' }, { id: 'failed' }], failBy: 'failed' };
    const kind = await install(manifest, bundle(`{ enter() { while (true); } }`));
    const id = await run(graphWith(kind, {}, ['next', 'failed']));
    expect(await settled(id)).toEqual({ u1: 'failed', u2: 'failed', u3: 'failed' });
  });
});

describe('a template that calls', () => {
  const host = () => new URL(receiver.url).host;
  const asking = (url: string) =>
    bundle(`{
      enter: ({ profile }) => ({
        kind: 'call', withinMs: 20000, memory: { points: profile.attributes.points },
        request: { method: 'POST', url: ${JSON.stringify(url)}, body: { points: profile.attributes.points } },
      }),
      resume: (step, { body, code, status }) => ({
        kind: 'advance', port: 'next',
        reason: { key: 'saw', values: { saw: code ?? [status, JSON.parse(body).asked.points, step.memory.points].join() } },
      }),
    }`);
  const caller = (name: string): TemplateManifest => ({
    ...PROBE,
    name,
    canWait: true,
    capabilities: { readAttributes: ['points'], callHosts: [host(), 'other.example'] },
  });

  it('[NODE-6] gets the answer of a granted host when it comes', async () => {
    const kind = await install(caller('asks'), asking(`${receiver.url}/tier`), {
      readAttributes: ['points'],
      callHosts: [host()],
    });
    const id = await run(graphWith(kind, {}, ['next']));
    expect(await settled(id)).toEqual({ u1: '200,150,150', u2: '200,20,20', u3: '200,100,100' });
  });

  it('[NODE-3] cannot call a host that was not granted, and nothing leaves', async () => {
    const kind = await install(caller('asks-others'), asking('https://other.example/'), { callHosts: [host()] });
    const id = await run(graphWith(kind, {}, ['next']));
    expect((await settled(id))['u1']).toContain('call other.example, which it was not granted');
    const { body } = await app.call('GET', `/api/calls?flowId=${id}`, { headers: as.analyst });
    expect(body.items).toEqual([]);
  });

  it.each([
    ['a refusal', 'gone', 'refused'],
    ['an answer that is too long', 'long', 'bad-answer'],
  ])('is told of %s', async (_what, place, code) => {
    const kind = await install(caller(`asks-${place}`), asking(`${receiver.url}/${place}`));
    const id = await run(graphWith(kind, {}, ['next']));
    expect(await settled(id)).toEqual({ u1: code, u2: code, u3: code });
  });

  it('[RUN-8] meets the answers of a scenario in a dry run, and calls nobody', async () => {
    const kind = await install(caller('asks-dry'), asking('https://other.example/tier'));
    const { id } = await create(ON_EVENT(kind, ['next']));
    const reply = { kind: 'answer', status: 200, body: '{"asked": {"points": 7}}', latencyMs: 1000 };
    const mocks = [{ node: 'step', isReal: false, rules: [{ reply }] }];
    const scenario = scenarioOf({ persona: { attributes: { points: 5 } }, isForced: true, mocks: mocks as never });
    const { body } = await post(`/api/flows/${id}/dry-run`, as.tester, { scenario });
    const visits = (body.entries as TraceVisit[]).filter(({ node }) => node === 'step');
    expect(visits.at(-1)?.reason?.values).toEqual({ saw: '200,7,5' });
  });
});

describe('what becomes of a version', () => {
  it('[NODE-5] a deprecated one warns, a blocked one stops runs and publishing, and a lifted block lets go', async () => {
    const kind = await install({ ...PROBE, name: 'ageing' }, saying('step.visits'));
    const graph = graphWith(kind, {}, ['next']);
    await move(kind, 'deprecated', 'Use 2.0.0.');
    const checked = await post(`/api/flows/${(await create(graph)).id}/check`, as.operator, { graph });
    expect(checked.body.problems).toEqual([
      { code: 'kind-deprecated', severity: 'warning', node: 'step', values: { note: 'Use 2.0.0.' } },
    ]);
    const id = await run(graph);
    expect(await settled(id)).toEqual({ u1: '1', u2: '1', u3: '1' });
    const onEvent = await run(ON_EVENT(kind, ['next']));
    await move(kind, 'blocked', 'It leaks.');
    const { answer } = await publish(graph);
    expect([answer.status, answer.body.details.problems[0].code]).toEqual([422, 'kind-blocked']);
    const headers = await app.withWriteKey();
    await app.call('POST', '/v1/track', { headers, body: { userId: 'u1', event: 'Cart Filled' } });
    await expect
      .poll(() => app.database.collection(runs).countDocuments({ flowId: onEvent, status: 'failed' }))
      .toBe(1);
    expect((await stepsOf(onEvent))['u1']).toBe(`${kind} is blocked: It leaks.`);
    await move(kind, 'available');
    expect((await publish(graph)).answer.status).toBe(200);
  });

  it('[NODE-4] a flow stays on its version when a newer one comes', async () => {
    const old = await install({ ...PROBE, name: 'moves-on' }, saying("'one'"));
    const young = await install({ ...PROBE, name: 'moves-on', version: '1.1.0' }, saying("'two'"));
    const [first, second] = [await run(graphWith(old, {}, ['next'])), await run(graphWith(young, {}, ['next']))];
    expect([(await settled(first))['u1'], (await settled(second))['u1']]).toEqual(['one', 'two']);
  });

  it('[GOV-2] who may not use an attribute may not use a template that reads it', async () => {
    const kind = await install(
      { ...PROBE, name: 'pays', capabilities: { readAttributes: ['salary'] } },
      saying('step.profile.attributes.salary'),
    );
    const key = await app.withWriteKey();
    await app.call('POST', '/v1/identify', { headers: key, body: { userId: 'u1', traits: { salary: 9000 } } });
    const secret = { headers: as.administrator, body: { sensitivity: 'secret' } };
    await expect.poll(async () => (await app.call('PUT', '/api/attributes/salary', secret)).status).toBe(200);
    await expect
      .poll(async () => (await publish(graphWith(kind, {}, ['next']))).answer.body.details?.problems?.[0])
      .toMatchObject({ code: 'attribute-not-allowed', values: { names: 'salary' } });
  });
});

describe('who may do what', () => {
  it('developers and administrators publish and read sources; administrators review; everybody sees what there is', async () => {
    const manifest = { ...PROBE, name: 'whose' };
    for (const role of ['operator', 'analyst', 'tester'] as const)
      expect((await submit(manifest, saying('1'), [], as[role])).status).toBe(403);
    expect((await submit(manifest, saying('1'))).status).toBe(200);
    const grant = { decision: 'grant', grant: {} };
    expect((await review('whose@1.0.0', grant, as.developer)).status).toBe(403);
    expect((await review('whose@1.0.0', grant)).status).toBe(200);
    const source = '/api/node-templates/whose/1.0.0/source';
    expect((await app.call('GET', source, { headers: as.developer })).body.source).toContain('sluiceTemplate');
    expect((await app.call('GET', source, { headers: as.operator })).status).toBe(403);
    const { body } = await app.call('GET', '/api/node-templates/installed', { headers: as.analyst });
    expect(body.items.find((one: { manifest: TemplateManifest }) => one.manifest.name === 'whose')).toMatchObject({
      state: 'available',
    });
  });

  it('a developer deprecates, and only an administrator blocks or lifts a block', async () => {
    const kind = await install({ ...PROBE, name: 'held' }, saying('1'));
    expect((await move(kind, 'deprecated', '', as.developer)).status).toBe(200);
    expect((await move(kind, 'blocked', '', as.developer)).status).toBe(403);
    await move(kind, 'blocked');
    expect((await move(kind, 'available', '', as.developer)).status).toBe(403);
    expect((await move(kind, 'available')).status).toBe(200);
  });
});
