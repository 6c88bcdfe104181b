import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { signatureOf } from '../calls/sign-call.ts';
import { checkSignature } from './check-signature.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const BODY = '{"userId":"ann"}';
const SECRET = 'a secret of theirs';
const HEX = createHmac('sha256', SECRET).update(BODY).digest('hex');

const codeOf = (headers: Record<string, string | string[]>, secret: string | undefined = SECRET, body = BODY) => {
  try {
    checkSignature({ body, headers, header: 'X-Hub-Signature-256', secret, now: NOW });
    return 'let in';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('takes the HMAC of the body as hex, with and without its prefix, in any case', () => {
  for (const given of [HEX, `sha256=${HEX}`, HEX.toUpperCase()])
    expect(codeOf({ 'x-hub-signature-256': given })).toBe('let in');
});

it('refuses another secret, another body, another header, half a signature and none', () => {
  const given = { 'x-hub-signature-256': HEX };
  expect(codeOf(given, 'another secret')).toBe('signature-invalid');
  expect(codeOf(given, SECRET, `${BODY} `)).toBe('signature-invalid');
  expect(codeOf({ 'x-signature': HEX })).toBe('signature-invalid');
  expect(codeOf({ 'x-hub-signature-256': HEX.slice(0, 32) })).toBe('signature-invalid');
  expect(codeOf({ 'x-hub-signature-256': [HEX, HEX] })).toBe('signature-invalid');
  expect(codeOf({})).toBe('signature-invalid');
});

it('lets nobody in while no secret is set', () => {
  const check = () => checkSignature({ body: BODY, headers: {}, header: 'X-Signature', secret: undefined, now: NOW });
  expect(check).toThrow('no secret was set');
});

it('takes the signature of our own calls for five minutes, and nothing else in its place', () => {
  const signedAt = (at: number) => ({ 'sluice-signature': signatureOf(SECRET, BODY, at) });
  expect(codeOf(signedAt(NOW - 299_000))).toBe('let in');
  expect(codeOf(signedAt(NOW + 299_000))).toBe('let in');
  expect(codeOf(signedAt(NOW - 301_000))).toBe('signature-invalid');
  expect(codeOf(signedAt(NOW + 301_000))).toBe('signature-invalid');
  const late = signatureOf(SECRET, BODY, NOW - 600_000).replace(/t=\d+/, `t=${NOW / 1000}`);
  expect(codeOf({ 'sluice-signature': late })).toBe('signature-invalid');
  expect(codeOf({ 'sluice-signature': 't=1', 'x-hub-signature-256': HEX })).toBe('signature-invalid');
});
