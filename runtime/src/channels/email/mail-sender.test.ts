import { fork } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveries } from '../delivery-record.ts';
import { type ChannelStage, openChannelStage, requestOf, requests, smtpAt } from './email-channel.fixture.ts';
import type { EmailChannel } from './email-channel.ts';
import { queuedMessages } from './mail-queue.ts';
import { type MailServer, startMailServer } from './mail-server.fake.ts';
import { outboxMessages } from './outbox.ts';

let stage: ChannelStage;
let server: MailServer;

beforeEach(async () => {
  stage = await openChannelStage();
  server = await startMailServer();
});
afterEach(async () => {
  await stage.close();
  await server.close();
});

const stored = async (id: string) => stage.database.collection(deliveries).findOne({ _id: id });
const countBy = async (status: string) =>
  stage.database.collection(deliveries).countDocuments({ status: status as 'sent' });
const recipients = () => server.received.map(({ to }) => [to].flat()[0]?.text ?? '').sort();

async function openSmtp(options: Parameters<ChannelStage['open']>[0] = {}): Promise<EmailChannel> {
  const channel = stage.open(options);
  await channel.settings.write(smtpAt(server.port), undefined);
  channel.sender.start();
  return channel;
}

describe('the SMTP sender', () => {
  it('sends complete messages and reports them', async () => {
    const channel = await openSmtp();
    await channel.dispatch.dispatch(requests(1));
    await expect.poll(() => countBy('sent')).toBe(1);
    const [mail] = server.received;
    expect(mail?.from?.text).toBe('"Shop" <news@shop.test>');
    expect(mail?.subject).toBe('Hi N1');
    expect(mail?.html).toContain('Dear N1');
    expect(mail?.text).toContain('Dear N1');
    expect(mail?.messageId).toBe('<run1.1.0@shop.test>');
    await expect.poll(() => stage.reported).toMatchObject([{ effectId: 'run1/1/0', runId: 'run1' }]);
    await expect.poll(async () => (await stored('run1/1/0'))?.isUnreported).toBeUndefined();
    expect(await stage.database.collection(queuedMessages).countDocuments({})).toBe(0);
  });

  it('sends each of many messages once over several connections', async () => {
    const channel = await openSmtp();
    await channel.dispatch.dispatch(requests(120));
    await expect.poll(() => countBy('sent')).toBe(120);
    expect(recipients()).toEqual(
      requests(120)
        .map(({ profile }) => profile.attributes.email)
        .sort(),
    );
    await expect.poll(() => new Set(stage.reported.map(({ effectId }) => effectId)).size).toBe(120);
  });

  it('[RUN-1] sends each message once although two processes drain the same queue', async () => {
    const channel = await openSmtp();
    stage.open().sender.start();
    stage.open().sender.start();
    await channel.dispatch.dispatch(requests(150));
    await expect.poll(() => countBy('sent')).toBe(150);
    expect(new Set(recipients()).size).toBe(150);
    expect(server.read).toHaveLength(150);
  });

  it("fails a refused message with the server's sentence and goes on with the others", async () => {
    server.behave = (to) =>
      to === 'user2@example.test' ? { code: 550, text: 'no such user here', at: 'recipient' } : undefined;
    const channel = await openSmtp();
    await channel.dispatch.dispatch(requests(4));
    await expect.poll(() => countBy('sent')).toBe(3);
    expect(await stored('run2/1/0')).toMatchObject({
      status: 'failed',
      reason: { code: 'email:refused', values: { response: expect.stringContaining('550 no such user here') } },
    });
    expect((await stored('run2/1/0'))?.claim).toBeUndefined();
  });

  it('tries again later what the server turns down for the moment', async () => {
    server.behave = (_, attempt) => (attempt < 3 ? { code: 451, text: 'greylisted' } : undefined);
    const channel = await openSmtp();
    await channel.dispatch.dispatch(requests(1));
    await expect.poll(() => countBy('sent')).toBe(1);
    expect(server.received).toHaveLength(1);
    expect(await stored('run1/1/0')).toMatchObject({ attempts: 2 });
    expect((await stored('run1/1/0'))?.reason).toBeUndefined();
  });

  it('gives up after the last attempt and says so', async () => {
    server.behave = () => ({ code: 452, text: 'mailbox full' });
    const channel = await openSmtp({ timing: { maxAttempts: 3 } });
    await channel.dispatch.dispatch(requests(1));
    await expect.poll(() => countBy('failed')).toBe(1);
    expect(await stored('run1/1/0')).toMatchObject({
      reason: { code: 'email:gave-up', values: { attempts: 3, response: expect.stringContaining('452 mailbox full') } },
    });
    expect(server.read).toHaveLength(3);
  });

  it('[RUN-3] shows as unknown, and never sends again, what the server may have taken before it hung up', async () => {
    server.behave = (to) => (to === 'user1@example.test' ? 'hang-up-after-message' : undefined);
    const channel = await openSmtp();
    await channel.dispatch.dispatch(requests(3));
    await expect.poll(() => countBy('sent')).toBe(2);
    expect(await stored('run1/1/0')).toMatchObject({ status: 'unknown', reason: { code: 'email:connection-lost' } });
    await channel.dispatch.dispatch(requests(4));
    await expect.poll(() => countBy('sent')).toBe(3);
    expect(server.read.filter((to) => to === 'user1@example.test')).toHaveLength(1);
    expect(stage.reported.map(({ runId }) => runId)).not.toContain('run1');
  });

  it('sends what certainly was not sent when the server hung up on an idle connection', async () => {
    const channel = await openSmtp();
    await channel.dispatch.dispatch([requestOf(1)]);
    await expect.poll(() => countBy('sent')).toBe(1);
    server.hangUp();
    await channel.dispatch.dispatch([requestOf(2)]);
    await expect.poll(() => countBy('sent')).toBe(2);
    expect(server.read).toEqual(['user1@example.test', 'user2@example.test']);
    expect(await stored('run2/1/0')).toMatchObject({ attempts: 0 });
  });

  it('tries again when the server hangs up before the message begins', async () => {
    server.behave = (_, attempt) => (attempt <= 2 ? 'hang-up-at-recipient' : undefined);
    const channel = await openSmtp();
    await channel.dispatch.dispatch(requests(1));
    await expect.poll(() => countBy('sent')).toBe(1);
    expect(server.read).toHaveLength(1);
  });

  it('holds messages back while sign-in fails, and sends them when the password is right', async () => {
    await server.close();
    server = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) =>
        username === 'shop' && password === 'right' ? done(null, { user: 'shop' }) : done(new Error('wrong password')),
    });
    const channel = stage.open();
    await channel.settings.write({ ...smtpAt(server.port), username: 'shop' }, 'wrong');
    channel.sender.start();
    await channel.dispatch.dispatch(requests(12));
    await expect.poll(() => stage.logLines.join('')).toContain('wrong password');
    await expect.poll(() => countBy('planned')).toBe(12);
    await channel.settings.write({ ...smtpAt(server.port), username: 'shop' }, 'right');
    await expect.poll(() => countBy('sent')).toBe(12);
    expect(server.read).toHaveLength(12);
    expect(await stored('run1/1/0')).toMatchObject({ attempts: 0 });
  });

  it('loses nothing while the server is away', async () => {
    const { port } = server;
    await server.close();
    const channel = stage.open();
    await channel.settings.write(smtpAt(port), undefined);
    channel.sender.start();
    await channel.dispatch.dispatch(requests(3));
    await expect.poll(() => stage.logLines.join('')).toContain('ECONNREFUSED');
    server = await startMailServer();
    await channel.settings.write(smtpAt(server.port), undefined);
    await expect.poll(() => countBy('sent')).toBe(3);
    expect(server.read).toHaveLength(3);
  });

  it('gives back what it had not begun when it stops', async () => {
    const channel = await openSmtp();
    const first = new Promise<void>((resolve) => {
      server.behave = () => {
        resolve();
        return undefined;
      };
    });
    await channel.dispatch.dispatch(requests(60));
    await first;
    await channel.sender.stop();
    const sent = await countBy('sent');
    expect(await countBy('sending')).toBe(0);
    expect(sent).toBe(server.received.length);
    expect(await stage.database.collection(deliveries).countDocuments({ claim: { $exists: true } })).toBe(0);
    channel.sender.start();
    await expect.poll(() => countBy('sent')).toBe(60);
    expect(server.read).toHaveLength(60);
  });

  it('moves what was queued to the outbox when the provider is changed', async () => {
    const channel = stage.open();
    await channel.settings.write(smtpAt(server.port), undefined);
    await channel.dispatch.dispatch(requests(2));
    await channel.settings.write({ kind: 'outbox' }, undefined);
    channel.sender.start();
    await expect.poll(() => countBy('sent')).toBe(2);
    expect(await stored('run1/1/0')).toMatchObject({ provider: 'outbox' });
    expect(await stage.database.collection(outboxMessages).countDocuments({})).toBe(2);
    await expect.poll(() => stage.reported.length).toBe(2);
    expect(server.read).toEqual([]);
  });

  it('tells the listener again of what was sent before it could be told', async () => {
    const broken = stage.open({ listener: { sent: () => Promise.reject(new Error('away')) } });
    await broken.settings.write(smtpAt(server.port), undefined);
    broken.sender.start();
    await broken.dispatch.dispatch(requests(1));
    await expect.poll(() => countBy('sent')).toBe(1);
    await broken.sender.stop();
    expect((await stored('run1/1/0'))?.isUnreported).toBe(true);
    stage.open({ timing: { leaseMs: 50 } }).sender.start();
    await expect.poll(() => stage.reported).toMatchObject([{ effectId: 'run1/1/0' }]);
    expect(server.read).toHaveLength(1);
  });

  it('refuses a private server unless it is allowed', async () => {
    const channel = await openSmtp({ allowPrivateHosts: false });
    await channel.dispatch.dispatch(requests(1));
    await expect.poll(() => stage.logLines.join('')).toContain('SMTP_ALLOW_PRIVATE');
    await channel.sender.stop();
    expect(await countBy('planned')).toBe(1);
    expect(server.read).toEqual([]);
  });
});

describe('a sender that dies', () => {
  it('[RUN-3] leaves what it had begun as unknown; everything else is sent once by the others', async () => {
    const count = 40;
    const begun = new Promise<void>((resolve) => {
      server.behave = (to) => {
        if (to !== 'user7@example.test') return undefined;
        resolve();
        return 'never-answer';
      };
    });
    const channel = stage.open({ timing: { leaseMs: 300 } });
    await channel.settings.write(smtpAt(server.port), undefined);
    await channel.dispatch.dispatch(requests(count));
    const child = fork(path.join(import.meta.dirname, 'mail-sender.child.ts'), [
      stage.url,
      stage.database.db.databaseName,
    ]);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    await begun;
    child.kill('SIGKILL');
    await exited;
    server.behave = () => undefined;

    channel.sender.start();
    await expect.poll(async () => (await countBy('planned')) + (await countBy('sending'))).toBe(0);

    const unknown = await stage.database.collection(deliveries).find({ status: 'unknown' }).toArray();
    expect(unknown.map(({ _id }) => _id)).toContain('run7/1/0');
    // Two connections of the dead one had marked at most one chunk each.
    expect(unknown.length).toBeLessThanOrEqual(10);
    expect((await countBy('sent')) + unknown.length).toBe(count);
    expect(new Set(server.read).size).toBe(server.read.length);
    const sentIds = await stage.database.collection(deliveries).distinct('to', { status: 'sent' });
    for (const to of sentIds) expect(server.read).toContain(to);
  });
});
