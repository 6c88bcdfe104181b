import { describe, expect, it } from 'vitest';
import { kindOfAddress } from './address-rules.ts';
import { resolveHost } from './resolve-host.ts';

describe('an address', () => {
  it.each([
    ['0.0.0.0', 'forbidden'],
    ['169.254.169.254', 'forbidden'],
    ['100.100.100.200', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    ['::', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['fd00:ec2::254', 'forbidden'],
    ['::ffff:169.254.169.254', 'forbidden'],
    ['64:ff9b::a9fe:a9fe', 'forbidden'],
    ['2002:a9fe:a9fe::1', 'forbidden'],
    ['10.1.2.3', 'private'],
    ['127.0.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['198.19.0.1', 'private'],
    ['::1', 'private'],
    ['::7f00:1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['fd12::1', 'private'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['2002:7f00:1::', 'private'],
    ['203.0.113.7', 'public'],
    ['172.32.0.1', 'public'],
    ['64:ff9b::203.0.113.7', 'public'],
    ['2001:db8::1', 'public'],
  ] as const)('%s is %s', (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind);
  });
});

describe('a host', () => {
  const named = (...addresses: string[]) => ({ resolve: async () => addresses });

  it('is reached by all addresses of its name', async () => {
    const found = await resolveHost('shop.test', { allowPrivate: false, ...named('203.0.113.7', '2001:db8::1') });
    expect(found).toEqual(['203.0.113.7', '2001:db8::1']);
  });

  it('is refused when only one of its addresses is private', async () => {
    const rules = named('203.0.113.7', '10.0.0.1');
    await expect(resolveHost('shop.test', { allowPrivate: false, ...rules })).rejects.toMatchObject({
      name: 'HostRefused',
      problem: 'private',
    });
    expect(await resolveHost('shop.test', { allowPrivate: true, ...rules })).toHaveLength(2);
  });

  it('is refused at a metadata address even where private ones are allowed', async () => {
    await expect(resolveHost('shop.test', { allowPrivate: true, ...named('169.254.169.254') })).rejects.toMatchObject({
      problem: 'forbidden',
    });
  });

  it('is unknown when its name has no address', async () => {
    await expect(resolveHost('shop.test', { allowPrivate: true, ...named() })).rejects.toMatchObject({
      problem: 'unknown',
    });
  });
});
