import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const cookieOf = (headers: Headers) => headers.get('set-cookie') ?? '';
const person = { email: 'ann@example.test', name: 'Ann', password: 'correct horse battery' };

describe('from the first visit to the second sign-in', () => {
  it('sets up, signs out and signs in again', async () => {
    expect((await app.call('GET', '/api/state')).body).toMatchObject({ needsSetup: true, account: null });
    const token = await app.app.openSetup();
    const done = await app.call('POST', '/api/setup', { body: { token, ...person } });
    expect(done.status).toBe(200);
    expect(cookieOf(done.headers)).toMatch(/^sluice_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    const session = { cookie: cookieOf(done.headers).split(';')[0] ?? '' };
    expect((await app.call('GET', '/api/state', { headers: session })).body).toMatchObject({
      needsSetup: false,
      account: { email: 'ann@example.test', role: 'administrator' },
      storage: 'embedded',
      timeZone: 'UTC',
    });
    const out = await app.call('POST', '/api/sign-out', { headers: session });
    expect(cookieOf(out.headers)).toContain('Expires=Thu, 01 Jan 1970');
    expect((await app.call('GET', '/api/accounts', { headers: session })).status).toBe(401);
    const { email, password } = person;
    const wrong = await app.call('POST', '/api/sign-in', { body: { email, password: 'wrong horse' } });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'sign-in-failed']);
    const again = await app.call('POST', '/api/sign-in', { body: { email, password } });
    expect([again.status, again.body.name]).toEqual([200, 'Ann']);
  });

  it('answers the same for a wrong password and an unknown address', async () => {
    const wrong = await app.call('POST', '/api/sign-in', { body: { email: person.email, password: 'wrong horse' } });
    const unknown = await app.call('POST', '/api/sign-in', {
      body: { email: 'x@example.test', password: 'wrong horse' },
    });
    expect(unknown.body).toEqual(wrong.body);
  });

  it('throttles guesses', async () => {
    const guess = () => app.call('POST', '/api/sign-in', { body: { email: 'bob@example.test', password: 'a guess' } });
    for (let failure = 0; failure < 5; failure += 1) await guess();
    const refused = await guess();
    expect([refused.status, refused.body.code]).toEqual([429, 'sign-in-throttled']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('administration', () => {
  it('creates accounts whose role then holds', async () => {
    const administrator = await app.signInAs('administrator');
    const body = { email: 'tess@example.test', name: 'Tess', role: 'tester', password: 'another long one' };
    const created = await app.call('POST', '/api/accounts', { headers: administrator, body });
    expect(created.body).toMatchObject({ email: 'tess@example.test', role: 'tester' });
    expect(created.body).not.toHaveProperty('passwordHash');
    const signedIn = await app.call('POST', '/api/sign-in', { body: { email: body.email, password: body.password } });
    const session = { cookie: cookieOf(signedIn.headers).split(';')[0] ?? '' };
    expect((await app.call('GET', '/api/accounts', { headers: session })).status).toBe(403);
    const listed = await app.call('GET', '/api/accounts', { headers: administrator });
    expect(listed.body.items.map((account: { email: string }) => account.email)).toContain('tess@example.test');
  });

  it('hands out write keys and revokes them', async () => {
    const developer = await app.signInAs('developer');
    const { body } = await app.call('POST', '/api/write-keys', { headers: developer, body: { name: 'site' } });
    const call = { headers: { 'x-write-key': body.key }, body: { userId: 'u', event: 'E' } };
    expect((await app.call('POST', '/v1/track', call)).status).toBe(200);
    expect((await app.call('DELETE', `/api/write-keys/${body.writeKey.id}`, { headers: developer })).status).toBe(200);
    expect((await app.call('POST', '/v1/track', call)).status).toBe(401);
  });
});
