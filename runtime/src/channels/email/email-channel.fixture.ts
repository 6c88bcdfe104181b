import { createSecretKey } from 'node:crypto';
import { pino } from 'pino';
import { openTestDatabase } from '../../../test/open-test-database.ts';
import { createEmailCompiler, type EmailCompiler } from '../../content/email-compiler.ts';
import { createSignedLinks } from '../../links/signed-links.ts';
import type { Database } from '../../stores/database.ts';
import { deliveries } from '../delivery-record.ts';
import type { DeliveryListener, SendRequest } from '../message-dispatch.ts';
import { createEmailChannel, type EmailChannel, type EmailChannelDeps } from './email-channel.ts';
import { queuedMessages } from './mail-queue.ts';
import { outboxMessages } from './outbox.ts';
import { settings } from './provider-settings.ts';

export const LINKS = createSignedLinks({
  secret: createSecretKey(Buffer.alloc(32, 1)),
  publicUrl: 'https://go.test',
});
export const SECRET_KEY = createSecretKey(Buffer.alloc(32, 2));

// Compiled once for all tests of a file: loading MJML takes a second.
const compiler: EmailCompiler = createEmailCompiler({ timeZone: 'UTC' });

export interface ChannelStage {
  database: Database;
  url: string;
  /** What the channels have logged, as JSON lines. */
  logLines: string[];
  reported: Parameters<DeliveryListener['sent']>[0][number][];
  /** A channel as one process would have it; several share the store. */
  open(options?: Partial<EmailChannelDeps>): EmailChannel;
  close(): Promise<void>;
}

export async function openChannelStage(): Promise<ChannelStage> {
  const { database, url, close } = await openTestDatabase([deliveries, outboxMessages, queuedMessages, settings]);
  const channels: EmailChannel[] = [];
  const reported: ChannelStage['reported'] = [];
  const logLines: string[] = [];
  return {
    database,
    url,
    reported,
    logLines,
    open(options = {}) {
      const channel = createEmailChannel({
        database,
        compiler,
        links: LINKS,
        secretKey: SECRET_KEY,
        listener: { sent: async (sent) => void reported.push(...sent) },
        clock: { now: Date.now },
        log: pino({}, { write: (line: string) => void logLines.push(line) }),
        allowPrivateHosts: true,
        ...options,
        timing: { pollMs: 10, retryBaseMs: 20, leaseMs: 60_000, ...options.timing },
      });
      channels.push(channel);
      return channel;
    },
    async close() {
      await Promise.all(channels.map(({ sender }) => sender.stop()));
      await close();
    },
  };
}

export const smtpAt = (port: number, maxConnections = 2) => ({
  kind: 'smtp' as const,
  host: '127.0.0.1',
  port,
  security: 'none' as const,
  from: 'Shop <news@shop.test>',
  maxConnections,
});

export const CONTENT = {
  to: 'email',
  subject: 'Hi {{ profile.name }}',
  body: `<mjml><mj-body><mj-section><mj-column><mj-text>Dear {{ profile.name }}</mj-text>
<mj-button href="https://shop.test/sale">Sale</mj-button></mj-column></mj-section></mj-body></mjml>`,
};

/** The request of the nth run; every attribute may be replaced. */
export function requestOf(
  n: number,
  attributes: Record<string, string | number | null> = {},
  content: SendRequest['content'] = CONTENT,
): SendRequest {
  return {
    effectId: `run${n}/1/0`,
    runId: `run${n}`,
    flowId: 'flow',
    version: 1,
    nodeId: 'mail',
    profile: {
      id: `profile${n}`,
      userId: `user${n}`,
      attributes: { email: `user${n}@example.test`, name: `N${n}`, ...attributes },
    },
    content,
  };
}

export const requests = (count: number) => Array.from({ length: count }, (_, n) => requestOf(n + 1));
