import type { ServiceDefinition } from '@sluice/shared/http-api';
import { createSecretKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { SECRET_KEY, serviceAt } from './http-calls.fixture.ts';
import { services } from './service-record.ts';
import { createServiceRegister, type ServiceRegister } from './service-register.ts';

let store: TestDatabase;
let register: ServiceRegister;
const open = (secretKey = SECRET_KEY) =>
  createServiceRegister({ database: store.database, secretKey, clock: { now: Date.now }, timeZone: 'UTC' });
beforeEach(async () => {
  store = await openTestDatabase([services]);
  register = open();
});
afterEach(() => store.close());

const definition = (change: Partial<ServiceDefinition> = {}) =>
  serviceAt('https://risk.test', { secretHeader: 'X-Key', ...change });

describe('the register of services', () => {
  it('never tells a secret, and opens it for calls alone', async () => {
    const service = await register.create(definition(), 'word');
    expect(service).toMatchObject({ name: 'Risk', hasSecret: true });
    expect(await register.list()).toEqual([service]);
    expect(JSON.stringify(service)).not.toContain('word');
    expect((await register.active([service.id])).get(service.id)).toMatchObject({
      origin: 'https://risk.test',
      secret: 'word',
    });
  });

  it('keeps the secret while the service stays where it is, and asks for it again when it would go elsewhere', async () => {
    const { id } = await register.create(definition(), 'word');
    await register.change(id, definition({ name: 'Other', timeoutMs: 900 }), undefined);
    expect((await register.active([id])).get(id)).toMatchObject({ secret: 'word', definition: { name: 'Other' } });
    for (const moved of [
      serviceAt('https://evil.test', { secretHeader: 'X-Key' }),
      definition({ secretHeader: 'X-Other' }),
    ])
      await expect(register.change(id, moved, undefined)).rejects.toMatchObject({
        code: 'service-invalid',
        details: { problem: 'secret' },
      });
    await register.change(id, definition({ secretHeader: '' }), undefined);
    expect(await register.list()).toMatchObject([{ hasSecret: false }]);
    await expect(register.change(id, definition(), undefined)).rejects.toMatchObject({
      details: { problem: 'secret-missing' },
    });
  });

  it('says why a service cannot be called when its secret was sealed under another key', async () => {
    const { id } = await register.create(definition(), 'word');
    const other = open(createSecretKey(Buffer.alloc(32, 9)));
    expect((await other.active([id])).get(id)).toMatchObject({
      secret: undefined,
      problem: expect.stringContaining('another SECRET_KEY'),
    });
  });

  it('takes each name once', async () => {
    await register.create(definition(), 'word');
    await expect(register.create(definition(), 'word')).rejects.toMatchObject({ code: 'name-taken' });
    const { id } = await register.create(definition({ name: 'Second' }), 'word');
    await expect(register.change(id, definition(), 'word')).rejects.toMatchObject({ code: 'name-taken' });
  });

  const request = definition().request;
  const [level] = definition().fields;
  it.each<[string, Partial<ServiceDefinition>]>([
    ['url-invalid', { request: { ...request, url: 'https://{{ profile.host }}/' } }],
    ['body-no-json', { request: { ...request, body: '{' } }],
    ['header-secret', { request: { ...request, headers: [{ name: 'Authorization', value: 'x' }] } }],
    ['header-reserved', { secretHeader: 'Host' }],
    ['header-twice', { request: { ...request, headers: [{ name: 'x-key', value: '1' }] } }],
    ['field-twice', { fields: level ? [level, level] : [] }],
    ['decides', { decides: 'score' }],
    ['decides', { decides: 'unknown' }],
  ])('refuses what could not be called: %s', async (problem, change) => {
    await expect(register.create(definition(change), 'word')).rejects.toMatchObject({
      code: 'service-invalid',
      details: { problem },
    });
  });

  it('refuses Liquid that does not parse', async () => {
    const broken = { ...request, url: 'https://risk.test/{{ x' };
    await expect(register.create(definition({ request: broken }), 'word')).rejects.toMatchObject({
      code: 'liquid-invalid',
    });
  });

  it('does not know what was removed', async () => {
    const { id } = await register.create(definition(), 'word');
    await register.remove(id);
    expect((await register.active([id])).size).toBe(0);
    for (const call of [register.remove(id), register.change(id, definition(), 'word')])
      await expect(call).rejects.toMatchObject({ code: 'not-found' });
  });
});
