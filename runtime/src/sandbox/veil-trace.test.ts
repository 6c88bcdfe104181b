import type { Trace, TraceVisit } from '@sluice/shared/http-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { until } from '../../test/until.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { profileIdOf } from '../profiles/profile-record.ts';
import { scenarioOf } from './sandbox.fixture.ts';

let app: TestApp;
let administrator: Record<string, string>;
let tester: Record<string, string>;
let flowId: string;
const profileId = profileIdOf({ userId: 'ada' });
const PHONE = '13800138000';
const SALARY = 9000;
const paidWell = { op: 'attribute', name: 'salary', is: { operator: 'greaterThan', value: 5000 } } as const;

/** Decides by what only an administrator uses, and says it in a message, a call, an event and a code step. */
const graph = graphOf(
  [
    ['start', 'call-trigger', { audience: { op: 'all', of: [] }, reentry: 'unlimited' }],
    ['rich', 'filter', { condition: paidWell }],
    [
      'mail',
      'email',
      {
        to: 'email',
        subject: 'For {{ profile.phone }}',
        body: '<mjml><mj-body><mj-section><mj-column><mj-text>You earn {{ profile.salary }}</mj-text></mj-column></mj-section></mj-body></mjml>',
      },
    ],
    [
      'call',
      'webhook',
      {
        method: 'POST',
        url: 'https://shop.example/hook',
        format: 'json',
        body: '{"phone": "{{ profile.phone }}"}',
        timeoutMs: 10_000,
        maxAttempts: 1,
        waits: false,
      },
    ],
    [
      'tell',
      'emit-event',
      {
        event: 'Looked At',
        properties: [{ property: 'number', from: 'attribute', attribute: 'phone' }],
      },
    ],
    [
      'work',
      'code',
      { source: 'return { result: profile.attributes.phone };', outputs: ['next'], timeoutMs: 500, memoryMiB: 16 },
    ],
    ['end', 'exit', { reason: '' }],
  ],
  [
    'start:next>rich',
    'rich:yes>mail',
    'rich:no>end',
    'mail:next>call',
    'call:next>tell',
    'tell:next>work',
    'work:next>end',
    'work:failed>end',
  ],
);

beforeAll(async () => {
  app = await startApp();
  administrator = await app.signInAs('administrator');
  tester = await app.signInAs('tester');
  const traits = { email: 'ada@shop.example', phone: PHONE, salary: SALARY, city: 'Graz' };
  const key = await app.withWriteKey();
  await app.call('POST', '/v1/identify', { headers: key, body: { userId: 'ada', traits } });
  // The dictionary learns of new names within a second.
  for (const [name, sensitivity] of [
    ['phone', 'sensitive'],
    ['email', 'sensitive'],
    ['salary', 'secret'],
  ])
    await until(
      () => call('PUT', `/api/attributes/${name}`, { sensitivity }, administrator),
      ({ status }) => status === 200,
    );
  const flow = await call('POST', '/api/flows', { name: 'Telling', graph }, administrator);
  flowId = flow.body.id;
  const publish = { baseRevision: flow.body.revision, note: '' };
  const published = await call('POST', `/api/flows/${flowId}/publish`, publish, administrator);
  if (published.status !== 200) throw new Error(JSON.stringify(published.body));
});
afterAll(() => app.close());

const call = (method: string, path: string, body: unknown, headers: Record<string, string>) =>
  app.call(method, path, { body, headers });

const SUBJECT = scenarioOf({ subject: { kind: 'profile', profileId }, startAt: '2099-01-01T00:00:00Z' });

async function runAs(headers: Record<string, string>, scenario: object = SUBJECT) {
  return call('POST', `/api/flows/${flowId}/dry-run`, { version: 1, scenario }, headers);
}

function visitOf(trace: Trace, node: string): TraceVisit {
  return trace.entries.find(
    (entry): entry is TraceVisit => entry.kind === 'visit' && entry.node === node,
  ) as TraceVisit;
}

it('[GOV-1] a stored profile goes by its real values, and whoever looks on sees only what the role sees', async () => {
  const { body: trace, status } = await runAs(tester);
  expect(status).toBe(200);
  const rich = visitOf(trace, 'rich');
  expect(rich.ports).toEqual(['yes']);
  expect(rich.reason).toEqual({
    code: 'condition:attribute-holds',
    values: { attribute: 'salary', is: JSON.stringify(paidWell.is), isVeiled: true },
  });
  expect(visitOf(trace, 'mail').effects[0]?.message).toMatchObject({
    status: 'sent',
    to: 'a***@shop.example',
    subject: 'For 138****8000',
  });
  expect(visitOf(trace, 'call').effects[0]?.call?.body).toBe('{"phone":"138****8000"}');
  expect(visitOf(trace, 'tell').effects[0]?.effect).toMatchObject({ properties: { number: '138****8000' } });
  expect(visitOf(trace, 'work').reason).toEqual({ code: 'code:answered', values: { result: '***' } });
  expect(trace.attributes).toEqual({ email: 'a***@shop.example', phone: '138****8000', city: 'Graz' });
  expect(JSON.stringify(trace)).not.toMatch(new RegExp(`${PHONE}|${SALARY}|ada@`));
});

it('[GOV-1] who sees everything but one attribute sees the rest as it is', async () => {
  const { body: trace } = await runAs(administrator);
  expect(visitOf(trace, 'mail').effects[0]?.message).toMatchObject({ to: 'ada@shop.example', subject: `For ${PHONE}` });
  expect(JSON.stringify(trace)).not.toMatch(new RegExp(String(SALARY)));
});

it('[GOV-2] the answers of a mock are no way to ask for what the role may not use', async () => {
  const rules = [{ when: paidWell, reply: { kind: 'silence' } }];
  const asked = await runAs(tester, { ...SUBJECT, mocks: [{ node: 'call', isReal: false, rules }] });
  expect(asked).toMatchObject({ status: 403, body: { code: 'attribute-not-allowed', details: { names: 'salary' } } });
});

it('[GOV-1] a case about a stored profile says the same to everyone, and no more than a tester sees', async () => {
  const assertions = [
    { kind: 'reaches', node: 'mail' },
    { kind: 'receives', text: PHONE },
  ];
  await call('POST', `/api/flows/${flowId}/cases`, { name: 'Ada', scenario: SUBJECT, assertions }, tester);
  for (const headers of [tester, administrator]) {
    const { body } = await call('POST', `/api/flows/${flowId}/cases/run`, { version: 1 }, headers);
    expect(body.results[0].checks.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['met', 'missed']);
  }
});
