import type { Graph } from '@sluice/shared/graph';
import { HOUR_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { scenarioOf } from './sandbox.fixture.ts';

let app: TestApp;
let tester: Record<string, string>;
let flowId: string;
const profileId = profileIdOf({ userId: 'wei' });
const BODY = '<mjml><mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>';

const graph: Graph = graphOf(
  [
    [
      'start',
      'event-trigger',
      { event: 'Cart Filled', where: [], audience: { op: 'all', of: [] }, reentry: 'unlimited' },
    ],
    ['wait', 'delay', { durationMs: HOUR_MS }],
    [
      'rich',
      'filter',
      {
        condition: {
          op: 'event',
          name: 'Order Paid',
          measure: { kind: 'sum', property: 'total' },
          window: { kind: 'ever' },
          is: { operator: 'atLeast', value: 100 },
        },
      },
    ],
    ['mail', 'email', { to: 'email', subject: 'Hello', body: BODY }],
    ['count', 'update-attribute', { changes: [{ attribute: 'mails', action: 'increment', value: 1 }] }],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>wait', 'wait:next>rich', 'rich:yes>mail', 'rich:no>end', 'mail:next>count', 'count:next>end'],
);

beforeAll(async () => {
  app = await startApp();
  tester = await app.signInAs('tester');
  const key = await app.withWriteKey();
  const batch = [
    {
      type: 'identify',
      userId: 'wei',
      traits: { email: 'wei.zhang@shop.example', phone: '13800138000', firstName: 'Wei', mails: 3, city: 'Xi’an' },
    },
    { type: 'track', userId: 'wei', event: 'Order Paid', properties: { total: 150 }, messageId: 'm1' },
  ];
  await app.call('POST', '/v1/batch', { body: { batch }, headers: key });
  const operator = await app.signInAs('operator');
  const flow = await app.call('POST', '/api/flows', { body: { name: 'Cart', graph }, headers: operator });
  flowId = flow.body.id;
});
afterAll(() => app.close());

const dryRun = (body: object, headers = tester) => app.call('POST', `/api/flows/${flowId}/dry-run`, { body, headers });

it('[RUN-8] a stored profile goes through the draft with what it has done, and nothing at all is written', async () => {
  const before = await app.database.collection(profiles).findOne({ _id: profileId });
  const trace = await dryRun({
    scenario: scenarioOf({ subject: { kind: 'profile', profileId }, startAt: '2099-01-01T00:00:00Z' }),
  });
  expect(trace.status).toBe(200);
  const visit = (node: string) =>
    trace.body.entries.find(
      (entry: { node?: string; outcome?: string }) => entry.node === node && entry.outcome === 'advance',
    );
  expect(visit('rich')).toMatchObject({ ports: ['yes'], reason: { values: { actual: 150 } } });
  expect(visit('mail').effects[0].message).toMatchObject({ status: 'sent', to: 'wei.zhang@shop.example' });
  expect(trace.body.attributes.mails).toBe(4);
  expect(await app.database.collection(profiles).findOne({ _id: profileId })).toEqual(before);
  for (const collection of [runs, deliveries])
    expect(await app.database.collection(collection as typeof runs).countDocuments()).toBe(0);
  expect(await app.database.collection(events).countDocuments()).toBe(1);
});

it('a persona is copied from a profile without what tells who it is, and behaves as the profile does', async () => {
  const { body } = await app.call('POST', '/api/sandbox/persona', { body: { profileId }, headers: tester });
  expect(body.persona.attributes).toEqual({
    email: 'w***@shop.example',
    phone: '138****8000',
    firstName: 'W**',
    mails: 3,
    city: 'Xi’an',
  });
  expect(JSON.stringify(body)).not.toMatch(/wei\.zhang|13800138000|"wei"/);
  expect(body.persona.events).toEqual([expect.objectContaining({ name: 'Order Paid', properties: { total: 150 } })]);
  const trace = await dryRun({ scenario: scenarioOf({ persona: body.persona }) });
  expect(trace.body.runs).toEqual([expect.objectContaining({ status: 'ended', standsAt: [] })]);
  expect(trace.body.attributes.mails).toBe(4);
});

it('a graph is run as it is given, and refused with its problems where it could not be published', async () => {
  const other = graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
      ['end', 'exit', { reason: 'other' }],
    ],
    ['start:next>end'],
  );
  const trace = await dryRun({ graph: other, scenario: scenarioOf() });
  expect(trace.body.runs[0].endReason).toEqual({ code: 'exit:reason', values: { reason: 'other' } });
  const broken = await dryRun({ graph: { ...other, nodes: other.nodes.slice(1), edges: [] }, scenario: scenarioOf() });
  expect(broken).toMatchObject({ status: 422, body: { code: 'flow-has-problems' } });
  expect(await dryRun({ version: 7, scenario: scenarioOf() })).toMatchObject({ status: 404 });
  expect(await dryRun({ scenario: scenarioOf({ subject: { kind: 'profile', profileId: 'nobody' } }) })).toMatchObject({
    status: 404,
  });
  expect(await dryRun({ scenario: { ...scenarioOf(), startAt: 'today' } })).toMatchObject({ status: 400 });
});

it('[CASE-1] a flow is published only while its cases pass; an administrator may do it all the same, and it is kept', async () => {
  const operator = await app.signInAs('operator');
  const administrator = await app.signInAs('administrator');
  const { body: flow } = await app.call('POST', '/api/flows', { body: { name: 'Gated', graph }, headers: operator });
  const address = `/api/flows/${flow.id}`;
  const wrong = { name: 'Reaches the mail', scenario: scenarioOf(), assertions: [{ kind: 'reaches', node: 'mail' }] };
  const made = await app.call('POST', `${address}/cases`, { body: wrong, headers: tester });
  expect(made.status).toBe(200);
  const publish = (headers: Record<string, string>, ignoreCases?: boolean) =>
    app.call('POST', `${address}/publish`, {
      body: { baseRevision: flow.revision, note: '', ...(ignoreCases && { ignoreCases }) },
      headers,
    });
  expect(await publish(operator)).toMatchObject({
    status: 422,
    body: {
      code: 'cases-failing',
      details: { failed: 1, count: 1, results: [{ name: 'Reaches the mail', isPassed: false }] },
    },
  });
  expect(await publish(operator, true)).toMatchObject({ status: 403 });

  const past = [{ name: 'Order Paid', agoMs: HOUR_MS, properties: { total: 200 } }];
  const right = { ...wrong, scenario: scenarioOf({ persona: { events: past } }) };
  await app.call('PUT', `${address}/cases/${made.body.id}`, { body: right, headers: tester });
  const run = await app.call('POST', `${address}/cases/run`, { body: {}, headers: tester });
  expect(run.body.results).toEqual([expect.objectContaining({ isPassed: true, caseId: made.body.id })]);
  expect(run.body.results[0].covered).toMatchObject({ rich: ['yes'], mail: ['next'] });

  await app.call('PUT', `${address}/cases/${made.body.id}`, { body: wrong, headers: tester });
  expect(await publish(administrator, true)).toMatchObject({ status: 200, body: { version: 1 } });
  const versions = await app.call('GET', `${address}/versions`, { headers: tester });
  expect(versions.body.items[0]).toMatchObject({ failedCases: ['Reaches the mail'] });
  expect(await app.call('DELETE', `${address}/cases/${made.body.id}`, { headers: tester })).toMatchObject({
    status: 200,
  });
  expect((await app.call('GET', `${address}/cases`, { headers: tester })).body.items).toEqual([]);
});

it('[CASE-2] a case whose profile is gone fails by itself, and the others are run', async () => {
  const { body: flow } = await app.call('POST', '/api/flows', {
    body: { name: 'Gone', graph },
    headers: await app.signInAs('operator'),
  });
  const add = (name: string, scenario: object) =>
    app.call('POST', `/api/flows/${flow.id}/cases`, {
      body: { name, scenario, assertions: [{ kind: 'reaches', node: 'end' }] },
      headers: tester,
    });
  await add('A', scenarioOf({ subject: { kind: 'profile', profileId: 'nobody' } }));
  await add('B', scenarioOf());
  const { body } = await app.call('POST', `/api/flows/${flow.id}/cases/run`, { body: { graph }, headers: tester });
  expect(
    body.results.map(({ name, isPassed, problem }: { name: string; isPassed: boolean; problem?: string }) => [
      name,
      isPassed,
      problem,
    ]),
  ).toEqual([
    ['A', false, 'There is no profile nobody'],
    ['B', true, undefined],
  ]);
});

it('a persona is suggested for a way out, and goes it when it is run', async () => {
  const way = { node: 'rich', port: 'yes' };
  const { body } = await app.call('POST', `/api/flows/${flowId}/suggest-persona`, {
    body: { scenario: scenarioOf({ persona: { attributes: {} } }), ...way },
    headers: tester,
  });
  const trace = await dryRun({ scenario: body.scenario });
  expect(trace.body.entries).toContainEqual(expect.objectContaining({ node: 'rich', ports: ['yes'] }));
});
