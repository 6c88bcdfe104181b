import { CALL_FAILURES } from '@sluice/shared/model';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { webhookHandler } from './webhook.handler.ts';
import { webhook } from './webhook.node.ts';

const params = { ...webhook.defaults, url: 'https://shop.test/hook' };
const waiting = { ...params, waits: true };
const facts = { attributes: new Map<string, string>(), events: new Set<string>() };
const resume = (result: { isOk: boolean; code?: string; value?: unknown }) =>
  webhookHandler.resume?.(fakeStepContext({ params: waiting }), { kind: 'result', await: 'answer', result });

test('one visit asks for one call and goes on at once', () => {
  expect(webhookHandler.enter(fakeStepContext({ params, nodeId: 'hook' }))).toMatchObject({
    kind: 'advance',
    port: 'next',
    effects: [{ kind: 'call-http', requestNode: 'hook', isAwaited: false }],
  });
});

test('a visit that waits ends by the result of its own call', () => {
  expect(webhookHandler.enter(fakeStepContext({ params: waiting, nodeId: 'hook' }))).toEqual({
    kind: 'wait',
    awaits: [{ id: 'answer', kind: 'result', effect: 0 }],
    effects: [{ kind: 'call-http', requestNode: 'hook', isAwaited: true }],
  });
  expect(resume({ isOk: true, value: { status: 201 } })).toMatchObject({
    port: 'ok',
    reason: { code: 'webhook:answered', values: { status: 201 } },
  });
});

test.each([...CALL_FAILURES])('a call that failed by %s leaves by failed, and the reason says so', (code) => {
  expect(resume({ isOk: false, code, value: { status: 404 } })).toMatchObject({
    kind: 'advance',
    port: 'failed',
    reason: { code: `webhook:${code}` },
  });
  expect(Object.keys(webhook.texts['en-US'].reasons)).toContain(`webhook:${code}`);
});

test('a failure that has no words of its own still has some', () => {
  expect(resume({ isOk: false, code: 'new' })).toMatchObject({ port: 'failed', reason: { code: 'webhook:failed' } });
});

test('the call is what the params say', () => {
  const { body: _, ...bare } = params;
  expect(webhook.call?.({ ...bare, method: 'GET' })).toEqual({
    to: 'address',
    request: { method: 'GET', url: 'https://shop.test/hook', headers: [], format: 'json', body: '' },
    timeoutMs: 10_000,
    maxAttempts: 6,
  });
});

test('a missing address is an error at its field, a header with a secret a warning at its name', () => {
  const headers = [{ name: 'Authorization', value: 'x' }];
  expect(webhook.check?.({ ...params, url: '', headers }, facts)).toEqual([
    { code: 'webhook:url-missing', severity: 'error', param: '/url' },
    { code: 'webhook:header-secret', severity: 'warning', param: '/headers/0/name', values: { name: 'Authorization' } },
  ]);
});

test('the card shows method and address, cut where it is long', () => {
  expect(webhook.summary(params)).toEqual({ key: 'call', values: { method: 'POST', url: 'shop.test/hook' } });
  const { values } = webhook.summary({ ...params, url: `https://shop.test/${'x'.repeat(90)}` });
  expect(String(values?.['url'])).toHaveLength(48);
  expect(webhook.summary(webhook.defaults)).toEqual({ key: 'noUrl' });
});
