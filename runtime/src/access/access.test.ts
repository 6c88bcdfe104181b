import { DAY_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { accounts, sessions, setups, signInFailures, writeKeys } from './account-record.ts';
import { createAccounts } from './accounts.ts';
import { createSessions, SESSION_MS } from './sessions.ts';
import { createSetup } from './setup.ts';
import { createSignInThrottle, waitMsOf } from './sign-in-throttle.ts';
import { createWriteKeys } from './write-keys.ts';

const COLLECTIONS = [accounts, sessions, setups, signInFailures, writeKeys];
let opened: TestDatabase;
let now = 0;
const clock = { now: () => now };
const person = { email: 'Ann@Example.test', name: 'Ann', password: 'correct horse battery' };

beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
});
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  for (const declaration of COLLECTIONS)
    await opened.database.collection<{ _id: string }>(declaration as never).deleteMany({});
});
afterAll(() => opened.close());

const core = () => ({ database: opened.database, clock });
const everythingStored = async () =>
  JSON.stringify(
    await Promise.all(
      COLLECTIONS.map((declaration) => opened.database.db.collection(declaration.name).find().toArray()),
    ),
  );

describe('set-up', () => {
  const build = () => {
    const known = createAccounts(core());
    return { known, setup: createSetup({ ...core(), accounts: known }) };
  };

  it('creates an administrator with the token once', async () => {
    const { setup } = build();
    const token = (await setup.open()) ?? '';
    expect(await setup.finish(token, person)).toMatchObject({ role: 'administrator', email: 'ann@example.test' });
    await expect(setup.finish(token, { ...person, email: 'b@b.test' })).rejects.toMatchObject({ code: 'setup-done' });
    expect(await setup.open()).toBeUndefined();
  });

  it('refuses a wrong token and one of an earlier start', async () => {
    const { setup } = build();
    const earlier = (await setup.open()) ?? '';
    await setup.open();
    for (const token of ['', 'guess', earlier])
      await expect(setup.finish(token, person)).rejects.toMatchObject({ code: 'setup-token-wrong' });
  });

  it('lets one of two simultaneous calls through', async () => {
    const { known, setup } = build();
    const token = (await setup.open()) ?? '';
    const results = await Promise.allSettled([
      setup.finish(token, person),
      setup.finish(token, { ...person, email: 'b@b.test' }),
    ]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await known.list()).toHaveLength(1);
  });

  it('opens again when it broke off between token and account', async () => {
    const { known, setup } = build();
    const token = (await setup.open()) ?? '';
    await known.create({ ...person, role: 'analyst' });
    await opened.database.collection(accounts).deleteMany({});
    await opened.database.collection(setups).updateOne({}, { $set: { claimedAt: new Date(now) } });
    await expect(setup.finish(token, person)).rejects.toMatchObject({ code: 'setup-token-wrong' });
    expect(await setup.finish((await setup.open()) ?? '', person)).toMatchObject({ name: 'Ann' });
  });
});

describe('accounts', () => {
  it('know their password in any spelling of the address and no other', async () => {
    const known = createAccounts(core());
    await known.create({ ...person, role: 'operator' });
    expect(await known.verify(' ANN@example.TEST ', person.password)).toMatchObject({ role: 'operator' });
    expect(await known.verify(person.email, 'something else')).toBeUndefined();
    expect(await known.verify('nobody@example.test', person.password)).toBeUndefined();
  });

  it('have one address each', async () => {
    const known = createAccounts(core());
    await known.create({ ...person, role: 'operator' });
    const again = known.create({ ...person, email: 'ANN@EXAMPLE.TEST', role: 'tester' });
    await expect(again).rejects.toMatchObject({ code: 'name-taken', details: { name: 'ann@example.test' } });
  });

  it('keep their password as argon2id alone', async () => {
    await createAccounts(core()).create({ ...person, role: 'operator' });
    const stored = await everythingStored();
    expect(stored).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(stored).not.toContain(person.password);
  });
});

describe('sessions', () => {
  it('stand for their account until they end', async () => {
    const account = await createAccounts(core()).create({ ...person, role: 'tester' });
    const known = createSessions(core());
    const { token } = await known.start(account.id);
    expect(await known.accountOf(token)).toEqual(account);
    await known.end(token);
    expect(await known.accountOf(token)).toBeUndefined();
  });

  it('expire unused and live on in use', async () => {
    const account = await createAccounts(core()).create({ ...person, role: 'tester' });
    const known = createSessions(core());
    const used = await known.start(account.id);
    const unused = await known.start(account.id);
    for (let day = 0; day < 20; day += 2) {
      now += 2 * DAY_MS;
      expect(await known.accountOf(used.token)).toBeDefined();
    }
    expect(now - Date.UTC(2026, 0, 1)).toBeGreaterThan(SESSION_MS);
    expect(await known.accountOf(unused.token)).toBeUndefined();
  });

  it('are stored by hash, so that a copy of the store signs nobody in', async () => {
    const known = createSessions(core());
    const { token } = await known.start('someone');
    expect(await everythingStored()).not.toContain(token);
  });

  it('end with their account', async () => {
    const account = await createAccounts(core()).create({ ...person, role: 'tester' });
    const known = createSessions(core());
    const { token } = await known.start(account.id);
    await opened.database.collection(accounts).deleteMany({});
    expect(await known.accountOf(token)).toBeUndefined();
  });
});

describe('the sign-in throttle', () => {
  it('lets five mistakes pass, then asks to wait longer each time', async () => {
    const throttle = createSignInThrottle(core());
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      const wait = await throttle.check('a@b.test', '10.0.0.1').then(
        () => 0,
        (refusal: { details: { seconds: number } }) => refusal.details.seconds,
      );
      waits.push(wait);
      await throttle.recordFailure('a@b.test', '10.0.0.1');
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, 2, 4, 8]);
  });

  it('opens when the time is over and forgets after a success', async () => {
    const throttle = createSignInThrottle(core());
    for (let failure = 0; failure < 6; failure += 1) await throttle.recordFailure('a@b.test', '10.0.0.1');
    await expect(throttle.check('a@b.test', '10.0.0.1')).rejects.toMatchObject({
      code: 'sign-in-throttled',
      retryAfterMs: 4000,
    });
    now += 4000;
    await throttle.check('a@b.test', '10.0.0.1');
    await throttle.clear('a@b.test', '10.0.0.1');
    await throttle.recordFailure('a@b.test', '10.0.0.1');
    await throttle.check('a@b.test', '10.0.0.1');
  });

  it('does not lock a person out for what somebody else does elsewhere, up to a limit over all', async () => {
    const throttle = createSignInThrottle(core());
    for (let failure = 0; failure < 20; failure += 1) await throttle.recordFailure('a@b.test', '10.0.0.1');
    await throttle.check('a@b.test', '10.0.0.2');
    await throttle.check('c@b.test', '10.0.0.1');
    for (let failure = 0; failure < 40; failure += 1) await throttle.recordFailure('a@b.test', `10.0.1.${failure}`);
    await expect(throttle.check('a@b.test', '10.0.0.2')).rejects.toMatchObject({ code: 'sign-in-throttled' });
  });

  it('never asks for more than fifteen minutes', () => {
    expect(waitMsOf(1000, 5)).toBe(900_000);
  });
});

describe('write keys', () => {
  it('are shown once, work until revoked, and are stored by hash', async () => {
    const known = createWriteKeys(core());
    const { key, writeKey } = await known.create('site');
    expect(key.startsWith(writeKey.prefix)).toBe(true);
    expect(JSON.stringify(await known.list())).not.toContain(key);
    expect(await everythingStored()).not.toContain(key);
    expect(await known.idOf(key)).toBe(writeKey.id);
    expect(await known.idOf(`${key}x`)).toBeUndefined();
    await known.revoke(writeKey.id);
    expect(await known.idOf(key)).toBeUndefined();
    await expect(known.revoke(writeKey.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that are revoked while they are read are not let through afterwards', async () => {
    const known = createWriteKeys(core());
    const { key, writeKey } = await known.create('site');
    const found = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const collection = opened.database.collection(writeKeys);
    const slow = Object.create(collection, {
      findOne: {
        value: async (filter: object) => {
          const record = await collection.findOne(filter);
          found.resolve();
          await gate.promise;
          return record;
        },
      },
    }) as typeof collection;
    const reader = createWriteKeys({ ...core(), database: { ...opened.database, collection: () => slow as never } });
    const early = reader.idOf(key);
    await found.promise;
    await reader.revoke(writeKey.id);
    const late = reader.idOf(key);
    gate.resolve();
    expect(await early).toBe(writeKey.id);
    expect(await late).toBeUndefined();
    expect(await reader.idOf(key)).toBeUndefined();
  });

  it('remember their last use to the minute', async () => {
    const known = createWriteKeys(core());
    const { key } = await known.create('site');
    await known.idOf(key);
    now += 59_000;
    await known.idOf(key);
    expect((await known.list())[0]?.lastUsedAt).toBe('2026-01-01T00:00:00.000Z');
    now += 2000;
    await known.idOf(key);
    expect((await known.list())[0]?.lastUsedAt).toBe('2026-01-01T00:01:01.000Z');
  });
});
