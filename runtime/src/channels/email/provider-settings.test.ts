import { createSecretKey } from 'node:crypto';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../test/open-test-database.ts';
import { createProviderSettings, type ProviderSettings, readSender, settings } from './provider-settings.ts';
import { loadSecretKey } from '../../secrets/secret-key.ts';

const KEY = createSecretKey(Buffer.alloc(32, 1));
const SMTP = {
  kind: 'smtp' as const,
  host: 'mail.example.test',
  port: 587,
  security: 'starttls' as const,
  username: 'shop',
  from: 'Shop <news@shop.test>',
  maxConnections: 5,
};
let store: TestDatabase;
let provider: ProviderSettings;

beforeEach(async () => {
  store = await openTestDatabase([settings]);
  provider = createProviderSettings({ database: store.database, secretKey: KEY });
});
afterEach(() => store.close());

describe('the e-mail provider', () => {
  it('is the outbox until somebody sets another', async () => {
    expect(await provider.read()).toEqual({ kind: 'outbox' });
    expect(await provider.active()).toEqual({ kind: 'outbox', revision: 0 });
  });

  it('never gives the password back and stores it sealed', async () => {
    const written = await provider.write(SMTP, 'pass-word-1');
    expect(written).toEqual({ ...SMTP, hasPassword: true });
    expect(await provider.read()).toEqual(written);
    expect(JSON.stringify(await store.database.collection(settings).find().toArray())).not.toContain('pass-word-1');
    expect(await provider.active()).toMatchObject({ password: 'pass-word-1', revision: 1 });
  });

  it('keeps the password when other things change', async () => {
    await provider.write(SMTP, 'pass-word-1');
    await provider.write({ ...SMTP, maxConnections: 9, hasPassword: true }, undefined);
    expect(await provider.active()).toMatchObject({
      password: 'pass-word-1',
      revision: 2,
      smtp: { maxConnections: 9 },
    });
  });

  it.each([
    ['another server', { host: 'evil.example.test' }],
    ['another port', { port: 25 }],
    ['another user', { username: 'other' }],
    ['no encryption', { security: 'none' as const }],
  ])('asks for the password again before it is used with %s', async (_, change) => {
    await provider.write(SMTP, 'pass-word-1');
    await expect(provider.write({ ...SMTP, ...change }, undefined)).rejects.toMatchObject({
      code: 'provider-invalid',
      details: { problem: 'password' },
    });
    expect(await provider.read()).toEqual({ ...SMTP, hasPassword: true });
  });

  it('forgets the password with the outbox and without a user', async () => {
    await provider.write(SMTP, 'pass-word-1');
    await provider.write({ kind: 'outbox' }, undefined);
    expect(await store.database.collection(settings).findOne({ password: { $exists: true } })).toBeNull();
    const { username: _, ...anonymous } = SMTP;
    expect(await provider.write(anonymous, undefined)).toEqual({ ...anonymous, hasPassword: false });
  });

  it('says what to do when the key is another one, or the stored value was changed', async () => {
    await provider.write(SMTP, 'pass-word-1');
    const other = createProviderSettings({
      database: store.database,
      secretKey: createSecretKey(Buffer.alloc(32, 9)),
    });
    await expect(other.active()).rejects.toThrow('another SECRET_KEY');
    const record = await store.database.collection(settings).findOne({});
    const sealed = record?.password?.sealed.buffer ?? Buffer.alloc(0);
    sealed[0] = (sealed[0] ?? 0) ^ 1;
    await store.database.collection(settings).updateOne({}, { $set: { 'password.sealed': sealed } });
    await expect(provider.active()).rejects.toThrow('damaged');
  });

  it.each(['', 'nobody', 'a@shop.test, b@shop.test', 'Shop <no address>'])('refuses the sender %j', async (from) => {
    await expect(provider.write({ ...SMTP, from }, 'x')).rejects.toMatchObject({ code: 'provider-invalid' });
  });

  it('reads a sender with and without a name', () => {
    expect(readSender('渠成 <news@shop.test>')).toEqual({ name: '渠成', address: 'news@shop.test' });
    expect(readSender('news@shop.test')).toEqual({ name: '', address: 'news@shop.test' });
  });
});

describe('the secret key', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-key-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('is made once, readable by its owner alone', async () => {
    const [first, second] = await Promise.all([
      loadSecretKey({ secretKey: undefined, dataDir }),
      loadSecretKey({ secretKey: undefined, dataDir }),
    ]);
    expect(first.equals(second)).toBe(true);
    expect((await stat(path.join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
  });

  it('is not used when others can read it', async () => {
    await loadSecretKey({ secretKey: undefined, dataDir });
    await chmod(path.join(dataDir, 'secret.key'), 0o644);
    await expect(loadSecretKey({ secretKey: undefined, dataDir })).rejects.toThrow('chmod 600');
  });

  it('comes from the environment in base64 or hex, and nothing else', async () => {
    const bytes = Buffer.alloc(32, 7);
    for (const secretKey of [bytes.toString('base64'), bytes.toString('hex')])
      expect((await loadSecretKey({ secretKey, dataDir })).export()).toEqual(bytes);
    await expect(loadSecretKey({ secretKey: 'hunter2', dataDir })).rejects.toThrow('openssl rand -base64 32');
    await writeFile(path.join(dataDir, 'secret.key'), 'short', { mode: 0o600 });
    await expect(loadSecretKey({ secretKey: undefined, dataDir })).rejects.toThrow('secret.key');
  });
});
