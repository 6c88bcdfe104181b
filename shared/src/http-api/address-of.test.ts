import { describe, expect, it } from 'vitest';
import { addressOf } from './address-of.ts';

describe('addresses of routes', () => {
  it('fills parameters and encodes them', () => {
    expect(addressOf('/api/profiles/:profileId/events', { profileId: 'a/b c' })).toBe('/api/profiles/a%2Fb%20c/events');
  });

  it('leaves absent and empty query values out', () => {
    expect(addressOf('/api/flows', {}, { search: '', limit: 6, after: undefined })).toBe('/api/flows?limit=6');
  });

  it('refuses a missing parameter instead of asking the wrong address', () => {
    expect(() => addressOf('/api/flows/:flowId', {})).toThrow('flowId');
  });
});
