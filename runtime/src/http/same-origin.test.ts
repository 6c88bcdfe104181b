import { describe, expect, it } from 'vitest';
import { checkSameOrigin } from './same-origin.ts';

const call = { method: 'POST', host: 'sluice.test', origin: undefined, fetchSite: undefined };

describe('checkSameOrigin', () => {
  it.each([
    ['a call of our own page', { ...call, fetchSite: 'same-origin', origin: 'https://sluice.test' }],
    ['an older browser on our own page', { ...call, origin: 'https://sluice.test' }],
    ['a program that is no browser', call],
    ['reading from another site', { ...call, method: 'GET', fetchSite: 'cross-site' }],
  ])('lets %s pass', (_name, facts) => {
    expect(() => checkSameOrigin(facts)).not.toThrow();
  });

  it.each([
    ['another site', { ...call, fetchSite: 'cross-site', origin: 'https://evil.test' }],
    ['another subdomain', { ...call, fetchSite: 'same-site', origin: 'https://other.sluice.test' }],
    ['another site in an older browser', { ...call, origin: 'https://evil.test' }],
    ['another port in an older browser', { ...call, origin: 'https://sluice.test:8443' }],
    ['a sandboxed frame', { ...call, origin: 'null' }],
  ])('refuses a changing call of %s', (_name, facts) => {
    expect(() => checkSameOrigin(facts)).toThrow('another site');
  });
});
