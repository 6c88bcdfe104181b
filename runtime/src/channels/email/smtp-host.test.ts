import { describe, expect, it } from 'vitest';
import { resolveSmtpHost } from './smtp-host.ts';

describe('resolveSmtpHost', () => {
  it.each([
    '169.254.169.254',
    '100.100.100.200',
    '192.0.0.192',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
  ])('never goes to %s', async (host) => {
    await expect(resolveSmtpHost(host, { allowPrivate: true })).rejects.toMatchObject({
      code: 'provider-invalid',
      details: { problem: 'forbidden' },
    });
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fd12::1',
    '::ffff:127.0.0.1',
    'localhost',
  ])('goes to %s only when private addresses are allowed', async (host) => {
    await expect(resolveSmtpHost(host, { allowPrivate: false })).rejects.toThrow('SMTP_ALLOW_PRIVATE');
    expect(await resolveSmtpHost(host, { allowPrivate: true })).toMatch(/[:.]/);
  });

  it('goes to a public address', async () => {
    expect(await resolveSmtpHost('203.0.113.7', { allowPrivate: false })).toBe('203.0.113.7');
  });

  it('names a host that nobody knows', async () => {
    await expect(resolveSmtpHost('no-such-host.invalid', { allowPrivate: false })).rejects.toThrow(
      'No server is known under the name no-such-host.invalid',
    );
  });
});
