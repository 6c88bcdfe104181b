import type { Comparison } from '@sluice/shared/condition';
import { checkGraph } from '@sluice/shared/graph';
import { CALL_FAILURES } from '@sluice/shared/model';
import type { CallAnswer } from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { serviceHandler } from './service.handler.ts';
import { service } from './service.node.ts';

const params = {
  service: 'risk',
  withinMs: 5000,
  cases: [
    { key: 'high', name: 'High', is: { operator: 'equals' as const, value: 'high' } },
    { key: 'odd', name: 'Odd', field: 'score', is: { operator: 'atLeast' as const, value: 0.5 } },
  ],
  keep: [
    { field: 'score', attribute: 'riskScore' },
    { field: 'absent', attribute: 'other' },
  ],
};
const facts = { attributes: new Map<string, string>(), events: new Set<string>() };
const answered = (value?: CallAnswer) => resume({ isOk: true, value });
const resume = (result: { isOk: boolean; code?: string; value?: unknown }) =>
  serviceHandler.resume?.(fakeStepContext({ params }), { kind: 'result', await: 'answer', result });

test('it asks once, and waits for the answer no longer than it is allowed to', () => {
  expect(serviceHandler.enter(fakeStepContext({ params, nodeId: 'ask', now: 1000 }))).toEqual({
    kind: 'wait',
    untilAt: 6000,
    awaits: [{ id: 'answer', kind: 'result', effect: 0 }],
    effects: [{ kind: 'call-http', requestNode: 'ask', isAwaited: true }],
  });
});

test('the first case that fits takes the answer, by the field that decides or by its own', () => {
  expect(answered({ decision: 'high', fields: { level: 'high', score: 0.9 } })).toMatchObject({
    port: 'high',
    reason: { code: 'service:case', values: { name: 'High', answer: 'high' } },
    effects: [{ kind: 'update-profile', set: { riskScore: 0.9 } }],
  });
  expect(answered({ decision: 'low', fields: { level: 'low', score: 0.5 } })).toMatchObject({ port: 'odd' });
});

test('an answer that no case takes leaves by other, and keeps nothing that it lacks', () => {
  const outcome = answered({ decision: 'low', fields: { level: 'low' } });
  expect(outcome).toMatchObject({ port: 'other', reason: { code: 'service:other', values: { answer: 'low' } } });
  expect(outcome).not.toHaveProperty('effects');
});

test('[RUN-6] when the timer is first people leave by the fallback', () => {
  expect(serviceHandler.resume?.(fakeStepContext({ params }), { kind: 'timer' })).toMatchObject({
    port: 'fallback',
    reason: { code: 'service:too-late' },
  });
});

test.each([...CALL_FAILURES])('a call that failed by %s leaves by the fallback, and the reason says so', (code) => {
  expect(resume({ isOk: false, code, value: { status: 500 } })).toMatchObject({
    port: 'fallback',
    reason: { code: `service:${code}`, values: { status: 500 } },
  });
  expect(Object.keys(service.texts['en-US'].reasons)).toContain(`service:${code}`);
});

test('what keeps it from being asked is named at its place', () => {
  const [high] = params.cases;
  if (!high) throw new Error('a case');
  const check = (change: Partial<typeof params>) =>
    service.check?.({ ...params, ...change }, facts).map(({ code, param }) => [code, param]);
  expect(check({})).toEqual([]);
  expect(check({ service: ' ' })).toEqual([['service:none', '/service']]);
  expect(check({ cases: [high, high] })).toEqual([['service:key-twice', '/cases/1/key']]);
  expect(check({ cases: [{ ...high, key: 'fallback' }] })).toEqual([['service:key-reserved', '/cases/0/key']]);
  expect(check({ keep: [...params.keep, { field: 'level', attribute: 'other' }] })).toEqual([
    ['service:attribute-twice', '/keep/2/attribute'],
  ]);
});

test('the card names the cases, or says what is missing', () => {
  expect(service.summary(params)).toEqual({ key: 'cases', values: { cases: 'High · Odd' } });
  expect(service.summary({ ...params, cases: [] })).toEqual({ key: 'ask' });
  expect(service.summary(service.defaults)).toEqual({ key: 'noService' });
});

test('[COND-2] a case that compares with nothing, or with what is no pattern, is an error at its place', () => {
  const problemsOf = (is: Comparison) => {
    const cases = [{ key: 'a', name: 'Gold', is }];
    const node = {
      id: 'n',
      kind: 'service',
      kindVersion: service.version,
      params: { ...params, cases },
      position: { x: 0, y: 0 },
    };
    return checkGraph({ schema: 1, nodes: [node], edges: [] }, new Map([['service', service]]), facts)
      .filter(({ param }) => param !== undefined)
      .map(({ code, param, values }) => [code, param, values?.name]);
  };
  expect(problemsOf({ operator: 'equals' })).toEqual([['condition:operands-one', '/cases/0/is', 'Gold']]);
  expect(problemsOf({ operator: 'matches', value: '(' })).toEqual([
    ['condition:pattern-invalid', '/cases/0/is', 'Gold'],
  ]);
  expect(problemsOf({ operator: 'matches', value: '^a' })).toEqual([]);
});
