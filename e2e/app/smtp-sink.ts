import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface SmtpSink {
  port: number;
  /** How often each recipient was written to. */
  recipients: Map<string, number>;
  messageIds: Map<string, number>;
  close(): Promise<void>;
}

/** A real SMTP server that keeps count of what arrives and forgets the rest. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const recipients = new Map<string, number>();
  const messageIds = new Map<string, number>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      let head = '';
      stream.on('data', (chunk: Buffer) => {
        if (head.length < 20_000) head += chunk.toString('latin1');
      });
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) count(recipients, address);
        count(messageIds, /^message-id:\s*(\S+)/im.exec(head)?.[1] ?? 'none');
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    recipients,
    messageIds,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
