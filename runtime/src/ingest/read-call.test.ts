import { HOUR_MS } from '@sluice/shared/time';
import { describe, expect, it } from 'vitest';
import { profileIdOf } from '../profiles/profile-record.ts';
import { readCall } from './read-call.ts';

const receivedAt = new Date('2026-05-01T12:00:00Z');
const read = (item: object) => readCall(item, receivedAt);
const track = (more: object = {}) => ({ type: 'track', userId: 'u1', event: 'Order Completed', ...more });

describe('identity', () => {
  it('is the user id, with the anonymous id beside it', () => {
    expect(read(track({ anonymousId: 'a1' }))).toMatchObject({
      profileId: profileIdOf({ userId: 'u1' }),
      userId: 'u1',
      anonymousId: 'a1',
    });
  });

  it('is the anonymous id where the user is unknown', () => {
    const call = read({ ...track(), userId: null, anonymousId: 'a1' });
    expect(call).toMatchObject({ profileId: profileIdOf({ anonymousId: 'a1' }), userId: null });
  });

  it('reads a number as text', () => {
    expect(read(track({ userId: 42 }))).toMatchObject({ userId: '42', profileId: profileIdOf({ userId: '42' }) });
  });

  it('may be spelt as in the e-mail events of the spec', () => {
    expect(read({ type: 'track', event: 'E', user_id: 'u1' })).toMatchObject({ userId: 'u1' });
    expect(read({ type: 'track', event: 'E', anonymous_id: 'a1' })).toMatchObject({ anonymousId: 'a1' });
  });

  it('must be there', () => {
    expect(() => read({ type: 'track', event: 'E', userId: '' })).toThrow('whom is the call about');
  });
});

describe('time', () => {
  const at = (timestamp: string) => read(track({ timestamp })).at.toISOString();

  it('is what the call says, however late, in any zone', () => {
    expect(at('1999-12-31T23:59:59.999Z')).toBe('1999-12-31T23:59:59.999Z');
    expect(at('2026-05-01T10:00:00+08:00')).toBe('2026-05-01T02:00:00.000Z');
    expect(at('2026-05-01')).toBe('2026-05-01T00:00:00.000Z');
  });

  it('is the time of arrival without one', () => {
    expect(read(track()).at).toEqual(receivedAt);
  });

  it('is the time of arrival when more than an hour ahead', () => {
    const ahead = (ms: number) => at(new Date(receivedAt.getTime() + ms).toISOString());
    expect(ahead(HOUR_MS)).toBe('2026-05-01T13:00:00.000Z');
    expect(ahead(HOUR_MS + 1)).toBe('2026-05-01T12:00:00.000Z');
  });

  it.each(['yesterday', '2026-02-30T00:00:00Z', '1714557600', '2026'])('is refused as %s', (timestamp) => {
    expect(() => at(timestamp)).toThrow('ISO-8601');
  });
});

describe('kinds', () => {
  it('keeps of a page view its name, category and properties', () => {
    const page = { type: 'page', userId: 'u1', name: 'Home', category: 'Docs', properties: { url: 'https://x.test' } };
    expect(read(page)).toMatchObject({
      kind: 'event',
      name: 'Page Viewed',
      properties: { name: 'Home', category: 'Docs', url: 'https://x.test' },
    });
    expect(read({ type: 'screen', userId: 'u1' })).toMatchObject({ name: 'Screen Viewed', properties: {} });
  });

  it('keeps of a group call the group and its traits', () => {
    expect(read({ type: 'group', userId: 'u1', groupId: 7, traits: { plan: 'pro' } })).toMatchObject({
      kind: 'event',
      name: 'Group Joined',
      properties: { groupId: '7', plan: 'pro' },
    });
  });

  it('keeps of an alias call the earlier id', () => {
    expect(read({ type: 'alias', userId: 'u1', previousId: 'a1' })).toMatchObject({ kind: 'alias', previousId: 'a1' });
  });

  it('drops context and integrations, whatever their keys', () => {
    const call = read(track({ context: { 'a.b': { $x: 1 } }, integrations: { 'Some.Tool': true }, futureField: 1 }));
    expect(Object.keys(call).toSorted()).toEqual([
      'anonymousId',
      'at',
      'kind',
      'messageId',
      'name',
      'profileId',
      'properties',
      'userId',
    ]);
  });

  it.each([
    ['an unknown type', { type: 'delete', userId: 'u1' }, 'type must be'],
    ['a track call without an event', { type: 'track', userId: 'u1' }, 'event is missing'],
    ['a group call without a group', { type: 'group', userId: 'u1' }, 'groupId is missing'],
    ['an alias call without the earlier id', { type: 'alias', userId: 'u1' }, 'previousId is missing'],
    ['an operator among the properties', track({ properties: { a: { $gt: 1 } } }), 'starts with "$"'],
    [
      'a prototype key among the traits',
      JSON.parse('{"type":"identify","userId":"u","traits":{"__proto__":{}}}'),
      'reserved',
    ],
    ['more than 32 KB', track({ properties: { text: '字'.repeat(11_000) } }), '32 KB'],
    ['no object', 5, 'must be object'],
    ['an object as id', track({ userId: { $ne: null } }), 'userId must be'],
  ])('refuses %s', (_name, item, sentence) => {
    expect(() => read(item as object)).toThrow(sentence);
  });
});

describe('traits', () => {
  const traitsOf = (traits: object) => {
    const call = read({ type: 'identify', userId: 'u1', traits });
    return call.kind === 'identify' ? call.traits : {};
  };

  it('become attributes: nested objects flattened, dates dated, lists of objects as text', () => {
    expect(
      traitsOf({
        name: '李雷',
        address: { city: 'Shanghai', geo: { lat: 31.2 } },
        tags: ['a', 'b'],
        since: '2020-02-29',
        lastSeenAt: '2026-04-30T08:00:00+08:00',
        phone: null,
        orders: [{ id: 1 }],
      }),
    ).toEqual({
      name: '李雷',
      address_city: 'Shanghai',
      address_geo_lat: 31.2,
      tags: ['a', 'b'],
      since: new Date('2020-02-29'),
      lastSeenAt: new Date('2026-04-30T00:00:00Z'),
      phone: null,
      orders: '[{"id":1}]',
    });
  });

  it('stay text where they only look like a time', () => {
    expect(traitsOf({ a: '2026-04-30T08:00:00', b: '2021-02-29', c: '20200101', d: '8:30' })).toEqual({
      a: '2026-04-30T08:00:00',
      b: '2021-02-29',
      c: '20200101',
      d: '8:30',
    });
  });

  it('are refused when too long', () => {
    expect(() => traitsOf({ bio: 'x'.repeat(9000) })).toThrow('longer than 8192');
    expect(() => traitsOf({ ['k'.repeat(200)]: 1 })).toThrow('no name for an attribute');
  });
});
