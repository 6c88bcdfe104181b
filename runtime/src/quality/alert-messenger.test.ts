import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createTestSender } from '../channels/email/test-message.ts';
import { type MailServer, startMailServer } from '../channels/email/mail-server.fake.ts';
import { createHttpClient } from '../outbound/http-client.ts';
import { type Receiver, startReceiver } from '../outbound/receiver.fake.ts';
import { createAlertMessenger } from './alert-messenger.ts';
import { createQualityAlerts, qualityAlerts } from './quality-alerts.ts';

const TO = 'data@example.test';
const time = { now: Date.UTC(2026, 2, 10, 12) };
const clock = { now: () => time.now };
let opened: TestDatabase;
let mail: MailServer;
let receiver: Receiver;
let client: ReturnType<typeof createHttpClient>;
let lagMs = 0;

beforeAll(async () => {
  opened = await openTestDatabase([qualityAlerts]);
  mail = await startMailServer();
  receiver = await startReceiver();
  client = createHttpClient({ allowPrivate: true, connectionsPerOrigin: 1 });
});
afterAll(async () => {
  await client.close();
  await receiver.close();
  await mail.close();
  await opened.close();
});
beforeEach(() => opened.database.collection(qualityAlerts).deleteMany({}));

function build() {
  const smtp = {
    kind: 'smtp',
    host: '127.0.0.1',
    port: mail.port,
    security: 'none',
    user: '',
    from: 'Sluice <s@example.test>',
  };
  const sender = createTestSender({
    settings: { active: async () => ({ kind: 'smtp', revision: 1, smtp, password: undefined }) } as never,
    outbox: {} as never,
    clock,
    allowPrivateHosts: true,
  });
  return createQualityAlerts({
    database: opened.database,
    clock,
    log: pino({ level: 'silent' }),
    report: {
      read: async () => [{ kind: 'event', name: 'Ordered', lastAt: new Date(time.now).toISOString(), lagMs }] as never,
    },
    queues: { read: async () => [] },
    messenger: createAlertMessenger({ sender, client }),
  });
}

it('[QUAL-6] an alert arrives by e-mail and at an address, and whoever has it is not told again while the other is away', async () => {
  const alerts = build();
  let isAway = true;
  receiver.behave = (_call, _nth, response) => response.writeHead(isAway ? 503 : 204).end();
  const line = { kind: 'event', name: 'Ordered', measure: 'lag-minutes', bound: 10 } as const;
  const by = { id: 'a', email: TO, name: 'Ada', role: 'operator' as const, createdAt: '' };
  await alerts.create({ ...line, email: TO, webhook: `${receiver.url}/quality` }, by);
  const look = async (minutes: number) => {
    lagMs = minutes * 60_000;
    time.now += 60_000;
    await alerts.look();
  };
  await look(20);
  await look(20);
  expect([mail.received.length, receiver.received.length]).toEqual([1, 2]);
  isAway = false;
  await look(20);
  await look(20);
  expect([mail.received.length, receiver.received.length]).toEqual([1, 3]);
  const [message] = mail.received;
  expect(message?.subject).toContain('Ordered');
  expect(message?.text).toContain('line 10');
  expect(message?.text).toContain('告警线 10');
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ ...line, state: 'firing', value: 20 });
  const keys = new Set(receiver.received.map(({ headers }) => headers['idempotency-key']));
  expect(keys.size).toBe(1);
});
