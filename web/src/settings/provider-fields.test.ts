import { describe, expect, it } from 'vitest';
import { EMPTY_SMTP, providerOf } from './provider-fields.ts';

const smtp = { ...EMPTY_SMTP, kind: 'smtp', host: ' smtp.test ', from: 'Shop <a@b.test>' } as const;

describe('the request of the provider form', () => {
  it('leaves an empty password and user name out, so that the stored password is kept', () => {
    expect(providerOf({ ...smtp, password: '' })).toEqual({
      provider: {
        kind: 'smtp',
        host: 'smtp.test',
        port: 587,
        security: 'starttls',
        from: 'Shop <a@b.test>',
        maxConnections: 5,
      },
    });
  });

  it('sends a password that was typed', () => {
    expect(providerOf({ ...smtp, username: 'me', password: 'secret' })).toMatchObject({
      provider: { username: 'me' },
      password: 'secret',
    });
  });

  it('sends nothing of SMTP for the outbox', () => {
    expect(providerOf({ ...smtp, kind: 'outbox' })).toEqual({ provider: { kind: 'outbox' } });
  });
});
