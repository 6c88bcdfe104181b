import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../stores/database.ts';
import { deliveries } from '../delivery-record.ts';
import { type ChannelStage, CONTENT, openChannelStage, requestOf, requests } from './email-channel.fixture.ts';
import type { EmailChannel } from './email-channel.ts';
import { queuedMessages } from './mail-queue.ts';
import { outboxMessages } from './outbox.ts';

let stage: ChannelStage;
let channel: EmailChannel;

beforeEach(async () => {
  stage = await openChannelStage();
  channel = stage.open();
});
afterEach(() => stage.close());

const stored = (id: string) => stage.database.collection(deliveries).findOne({ _id: id });
const message = (id: string) => stage.database.collection(outboxMessages).findOne({ _id: id });

describe('the outbox', () => {
  it('keeps the rendered message and a sent delivery', async () => {
    expect(await channel.dispatch.dispatch([requestOf(1)])).toEqual([{ effectId: 'run1/1/0', status: 'sent' }]);
    expect(await stored('run1/1/0')).toMatchObject({
      runId: 'run1',
      flowId: 'flow',
      version: 1,
      nodeId: 'mail',
      profileId: 'profile1',
      channel: 'email',
      provider: 'outbox',
      status: 'sent',
      to: 'user1@example.test',
      subject: 'Hi N1',
    });
    const words = await message('run1/1/0');
    expect(words?.html).toContain('Dear N1');
    expect(words?.text).toContain('Dear N1');
    expect(words?.html).toContain('https://go.test/r/');
    expect(words?.html).not.toContain('https://shop.test/sale"');
  });

  it('[RUN-3] holds each message once, however often and with whatever company it comes', async () => {
    await channel.dispatch.dispatch(requests(3));
    const again = await channel.dispatch.dispatch([...requests(5), requestOf(2)]);
    expect(again.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
    expect(await stage.database.collection(deliveries).countDocuments({})).toBe(5);
    expect(await stage.database.collection(outboxMessages).countDocuments({})).toBe(5);
  });

  it('[RUN-3] completes a batch of which a crash stored the words alone', async () => {
    const words = { _id: 'run1/1/0', from: 'a', html: 'first', text: 'first' };
    await stage.database.collection(outboxMessages).insertOne(words);
    await channel.dispatch.dispatch(requests(2));
    expect((await stored('run1/1/0'))?.status).toBe('sent');
    expect(await message('run1/1/0')).toEqual(words);
  });

  it('names the sender of the node', async () => {
    await channel.dispatch.dispatch([requestOf(1, {}, { ...CONTENT, fromName: 'Lin of the shop' })]);
    expect((await message('run1/1/0'))?.from).toBe('Lin of the shop <outbox@sluice.invalid>');
  });

  it('serves a thousand users with a handful of commands', async () => {
    const client = await new MongoClient(stage.url, { monitorCommands: true }).connect();
    const db = client.db(stage.database.db.databaseName);
    const watched: Database = { db, collection: ({ name }) => db.collection(name), close: () => client.close() };
    const commands: string[] = [];
    client.on('commandStarted', ({ commandName }) => commands.push(commandName));
    await stage.open({ database: watched }).dispatch.dispatch(requests(1000));
    await client.close();
    expect(commands.filter((name) => name !== 'endSessions')).toEqual(['find', 'insert', 'insert']);
  });
});

describe('a message that cannot be sent', () => {
  it.each([
    ['no address', { email: null }, 'email:no-address'],
    ['an empty address', { email: '' }, 'email:no-address'],
    ['an invalid address', { email: 'not an address' }, 'email:invalid-address'],
    ['two addresses', { email: 'a@example.test, b@example.test' }, 'email:invalid-address'],
    ['a number', { email: 42 }, 'email:invalid-address'],
  ])('[CH-2] leaves a suppressed delivery with the reason: %s', async (_, attributes, code) => {
    const [result] = await channel.dispatch.dispatch([requestOf(1, attributes)]);
    expect(result).toMatchObject({ status: 'suppressed', reason: { code, values: { attribute: 'email' } } });
    expect(await stored('run1/1/0')).toMatchObject({ status: 'suppressed', reason: { code } });
    expect(await message('run1/1/0')).toBeNull();
  });

  it('stays suppressed when it comes again with an address', async () => {
    await channel.dispatch.dispatch([requestOf(1, { email: null })]);
    expect(await channel.dispatch.dispatch([requestOf(1)])).toMatchObject([
      { status: 'suppressed', reason: { code: 'email:no-address' } },
    ]);
  });

  it('fails alone when its words do not compile, and says where', async () => {
    const broken = { ...CONTENT, body: '<mjml>\n{{ nope' };
    const results = await channel.dispatch.dispatch([requestOf(1, {}, broken), requestOf(2)]);
    expect(results).toMatchObject([
      {
        status: 'failed',
        reason: { code: 'email:content-invalid', values: { problem: expect.stringContaining('line 2') } },
      },
      { status: 'sent' },
    ]);
  });

  it('fails alone when a value does not fit its filter', async () => {
    const picky = { ...CONTENT, subject: '{% for i in (1..profile.count) %}x{% endfor %}' };
    const results = await channel.dispatch.dispatch([
      requestOf(1, { count: 1_000_000_000 }, picky),
      requestOf(2, { count: 2 }, picky),
    ]);
    expect(results).toMatchObject([
      { status: 'failed', reason: { code: 'email:content-invalid' } },
      { status: 'sent' },
    ]);
  });

  it('fails when its node holds no e-mail', async () => {
    const results = await channel.dispatch.dispatch([requestOf(1, {}, { amount: 3 })]);
    expect(results).toMatchObject([{ status: 'failed', reason: { code: 'email:content-invalid' } }]);
  });
});

describe('an external provider', () => {
  beforeEach(async () => {
    await channel.settings.write(
      {
        kind: 'smtp',
        host: 'mail.example.test',
        port: 25,
        security: 'none',
        from: 'news@shop.test',
        maxConnections: 1,
      },
      undefined,
    );
  });

  it('gets its messages through the queue, once each', async () => {
    expect(await channel.dispatch.dispatch(requests(2))).toMatchObject([{ status: 'planned' }, { status: 'planned' }]);
    expect(await channel.dispatch.dispatch(requests(3))).toHaveLength(3);
    expect(await stage.database.collection(queuedMessages).countDocuments({})).toBe(3);
    expect(await stored('run1/1/0')).toMatchObject({ provider: 'smtp', status: 'planned', attempts: 0 });
  });

  it('leaves no words behind for a message that the outbox had taken before', async () => {
    await channel.settings.write({ kind: 'outbox' }, undefined);
    await channel.dispatch.dispatch(requests(1));
    await channel.settings.write(
      { kind: 'smtp', host: 'mail.test', port: 25, security: 'none', from: 'a@shop.test', maxConnections: 1 },
      undefined,
    );
    expect(await channel.dispatch.dispatch(requests(1))).toEqual([{ effectId: 'run1/1/0', status: 'sent' }]);
    expect(await stage.database.collection(queuedMessages).countDocuments({})).toBe(0);
  });
});
