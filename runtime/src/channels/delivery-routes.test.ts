import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { type DeliveryRecord, deliveries } from './delivery-record.ts';
import { type MailServer, startMailServer } from './email/mail-server.fake.ts';
import { outboxMessages } from './email/outbox.ts';

let app: TestApp;
let dataDir: string;
let administrator: Record<string, string>;
let analyst: Record<string, string>;

const record = (n: number, rest: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
  _id: `run${n}/1/0`,
  runId: `run${n}`,
  flowId: n % 2 ? 'odd' : 'even',
  version: 1,
  nodeId: 'mail',
  profileId: n < 3 ? 'p1' : 'p2',
  channel: 'email',
  provider: 'outbox',
  status: 'sent',
  to: `user${n}@example.test`,
  subject: n === 4 ? 'Fifty % off (really)' : `Hello ${n}`,
  // Two and three at the same instant: the id decides.
  at: new Date(Date.UTC(2026, 0, 1, 0, n === 3 ? 2 : n)),
  ...rest,
});

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-deliveries-'));
  app = await startApp({ DATA_DIR: dataDir });
  administrator = await app.signInAs('administrator');
  analyst = await app.signInAs('analyst');
  await app.database
    .collection(deliveries)
    .insertMany([
      ...[1, 2, 3, 4, 5].map((n) => record(n)),
      record(6, { status: 'suppressed', reason: { code: 'email:no-address', values: { attribute: 'email' } }, to: '' }),
      record(7, { provider: 'smtp', status: 'planned' }),
    ]);
  await app.database
    .collection(outboxMessages)
    .insertMany([1, 6].map((n) => ({ _id: `run${n}/1/0`, from: 'f', html: '<p>x</p>', text: 'x' })));
});
afterAll(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
});

const list = async (address: string) => {
  const { body } = await app.call('GET', address, { headers: analyst });
  return { ids: body.items.map(({ id }: { id: string }) => id.split('/')[0]) as string[], next: body.next as string };
};

describe('the outbox list', () => {
  it('shows what the outbox took, newest first, page by page', async () => {
    const first = await list('/api/outbox?limit=2');
    expect(first.ids).toEqual(['run5', 'run4']);
    const second = await list(`/api/outbox?limit=2&after=${first.next}`);
    expect(second.ids).toEqual(['run3', 'run2']);
    expect(await list(`/api/outbox?limit=2&after=${second.next}`)).toEqual({ ids: ['run1'], next: null });
  });

  it('finds words of address and subject as they stand', async () => {
    expect((await list(`/api/outbox?search=${encodeURIComponent('% OFF (')}`)).ids).toEqual(['run4']);
    expect((await list('/api/outbox?search=USER2@')).ids).toEqual(['run2']);
    expect((await list('/api/outbox?search=.*')).ids).toEqual([]);
  });

  it('shows one flow', async () => {
    expect((await list('/api/outbox?flowId=odd')).ids).toEqual(['run5', 'run3', 'run1']);
  });

  it('refuses a cursor of another list', async () => {
    const answer = await app.call('GET', '/api/outbox?after=abc', { headers: analyst });
    expect(answer.body.code).toBe('request-invalid');
  });
});

describe('one message', () => {
  const read = (deliveryId: string) => app.call('POST', '/api/outbox/read', { headers: analyst, body: { deliveryId } });

  it('is shown as it was sent', async () => {
    expect((await read('run1/1/0')).body).toMatchObject({
      id: 'run1/1/0',
      from: 'f',
      html: '<p>x</p>',
      text: 'x',
      reason: null,
    });
  });

  it('is not there when its delivery was held back', async () => {
    expect((await read('run6/1/0')).status).toBe(404);
    expect((await read('nope')).body.code).toBe('not-found');
  });
});

describe("a profile's deliveries", () => {
  it('[CH-2] show all states with their reasons', async () => {
    expect((await list('/api/profiles/p1/deliveries')).ids).toEqual(['run2', 'run1']);
    const { body } = await app.call('GET', '/api/profiles/p2/deliveries', { headers: analyst });
    expect(body.items.slice(0, 2)).toMatchObject([
      { id: 'run7/1/0', status: 'planned', reason: null },
      { id: 'run6/1/0', status: 'suppressed', reason: { code: 'email:no-address', values: { attribute: 'email' } } },
    ]);
  });
});

describe('the e-mail provider over HTTP', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _, done) =>
        password === 'secret-word' ? done(null, { user: 'shop' }) : done(new Error('wrong password')),
    });
  });
  afterAll(() => server.close());

  const write = (password: string, headers = administrator) =>
    app.call('PUT', '/api/settings/email-provider', {
      headers,
      body: {
        provider: {
          kind: 'smtp',
          host: '127.0.0.1',
          port: server.port,
          security: 'none',
          username: 'shop',
          from: 'news@shop.test',
          maxConnections: 2,
        },
        password,
      },
    });
  const test = (to: string) =>
    app.call('POST', '/api/settings/email-provider/test', { headers: administrator, body: { to } });

  it('keeps a test message in the outbox', async () => {
    expect((await test('me@example.test')).body).toEqual({ isSent: true, detail: '' });
    expect((await list('/api/outbox?search=me@example')).ids).toEqual(['test']);
  });

  it('is changed by administrators alone and never tells the password', async () => {
    expect((await write('secret-word', analyst)).body.code).toBe('not-allowed');
    const answer = await write('secret-word');
    expect(answer.body).toMatchObject({ kind: 'smtp', hasPassword: true });
    const read = await app.call('GET', '/api/settings/email-provider', { headers: analyst });
    expect(read.body).toEqual(answer.body);
    expect(JSON.stringify(read.body)).not.toContain('secret-word');
  });

  it("sends a test message and answers with the server's sentence", async () => {
    await write('secret-word');
    expect((await test('me@example.test')).body).toEqual({ isSent: true, detail: expect.stringMatching(/^250 /) });
    expect(server.received).toHaveLength(1);
    await write('other-word');
    expect((await test('me@example.test')).body).toEqual({
      isSent: false,
      detail: expect.stringContaining('wrong password'),
    });
    expect((await test('nobody')).body.code).toBe('request-invalid');
  });
});

describe('the preview of an e-mail over HTTP', () => {
  const preview = (body: object) => app.call('POST', '/api/content/preview-email', { headers: analyst, body });
  const mjml =
    '<mjml><mj-body><mj-section><mj-column><mj-text>{{ profile.city }}</mj-text></mj-column></mj-section></mj-body></mjml>';

  it('shows the words for a profile, and for an example when none is picked', async () => {
    const _id = profileIdOf({ userId: 'u1' });
    const now = new Date();
    await app.database
      .collection(profiles)
      .insertOne({ _id, userId: 'u1', attributes: { city: '厦门' }, createdAt: now, updatedAt: now });
    expect((await preview({ subject: 'Hi {{ user_id }}', mjml, profileId: _id })).body).toMatchObject({
      subject: 'Hi u1',
      text: '厦门',
    });
    expect((await preview({ subject: 'Hi {{ user_id }}', mjml })).body).toMatchObject({
      subject: 'Hi user-1',
      text: '',
    });
    expect((await preview({ subject: 'x', mjml, profileId: 'nobody' })).status).toBe(404);
  });

  it('says what is wrong and in which line', async () => {
    expect(
      (await preview({ subject: 'x', mjml: mjml.replace('<mj-text>', '\n<mj-text oops="1">') })).body,
    ).toMatchObject({
      code: 'mjml-invalid',
      details: { line: 2 },
    });
    expect((await preview({ subject: '{{ x | oops }}', mjml })).body).toMatchObject({ code: 'liquid-invalid' });
  });
});
