import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpProvider } from './provider-settings.ts';
import { resolveSmtpHost } from './smtp-host.ts';
import { describeFailure, judgeSendFailure, type SmtpFailure, type SmtpOutcome } from './smtp-outcome.ts';

export interface SmtpAccess {
  smtp: SmtpProvider;
  password: string | undefined;
  allowPrivate: boolean;
}

/**
 * One connection to an SMTP server, opened when needed and kept for the next message. nodemailer's own pool is not used:
 * it re-sends by itself after some failures, and a sender must decide that message by message (RUN-3).
 */
export interface SmtpLine {
  /** Connects and signs in unless it is connected; undefined when ready, else why not. Never throws. */
  open(): Promise<SmtpOutcome | undefined>;
  /** Hands over one message; call `open` before. Never throws. */
  send(envelope: { from: string; to: string }, message: Buffer): Promise<SmtpOutcome>;
  close(): void;
}

const TIMEOUTS = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000, dnsTimeout: 10_000 };
/** Servers limit messages per connection; going on with a new one is cheaper than finding out. */
const MESSAGES_PER_CONNECTION = 200;

export function createSmtpLine(access: SmtpAccess): SmtpLine {
  let connection: SMTPConnection | undefined;
  let sent = 0;

  const close = () => {
    connection?.quit();
    connection?.close();
    connection = undefined;
    sent = 0;
  };

  return {
    async open() {
      if (connection && sent >= MESSAGES_PER_CONNECTION) close();
      if (connection) return undefined;
      try {
        connection = await connect(access, (ended) => {
          if (connection === ended) connection = undefined;
        });
        sent = 0;
        return undefined;
      } catch (error) {
        return { kind: 'unavailable', response: describeFailure(error as SmtpFailure) };
      }
    },

    async send({ from, to }, message) {
      const current = connection;
      if (!current) return { kind: 'not-begun', response: 'The server closed the connection' };
      // A stream, so that it tells whether a byte was taken.
      const stream = streamOf(message);
      const outcome = await new Promise<SmtpOutcome>((resolve) => {
        current.send({ from, to: [to], size: message.length }, stream, (error, info) => {
          if (error) resolve(judgeSendFailure(error as SmtpFailure, stream.readableDidRead));
          else resolve({ kind: 'accepted', response: info?.response ?? '' });
        });
      });
      sent += 1;
      if (outcome.kind === 'refused' || outcome.kind === 'turned-down') await reset(current);
      else if (outcome.kind !== 'accepted') close();
      return outcome;
    },

    close,
  };

  /** The next message needs a clean session; a server that cannot even do that gets a new connection. */
  async function reset(current: SMTPConnection): Promise<void> {
    const failed = await new Promise<boolean>((resolve) => {
      current.once('end', () => resolve(true));
      current.reset((error) => resolve(Boolean(error)));
    });
    if (failed) close();
  }
}

/** One chunk; `Readable.from` drives an async iterator for it, which was a third of the cost of sending. */
function streamOf(message: Buffer): Readable {
  return new Readable({
    read() {
      this.push(message);
      this.push(null);
    },
  });
}

async function connect(access: SmtpAccess, onEnd: (ended: SMTPConnection) => void): Promise<SMTPConnection> {
  const { smtp, password } = access;
  const address = await resolveSmtpHost(smtp.host, access);
  const connection = new SMTPConnection({
    ...TIMEOUTS,
    host: address,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'none',
    // The certificate must be that of the name which was typed in, not of the address it has today.
    ...(isIP(smtp.host) === 0 && { servername: smtp.host }),
  });
  // A failure may be told twice; an 'error' that nobody hears would end the process.
  connection.on('error', () => onEnd(connection));
  connection.on('end', () => onEnd(connection));
  try {
    await settled(connection, (done) => connection.connect(done));
    const credentials = { user: smtp.username, pass: password ?? '' };
    if (smtp.username !== undefined)
      await settled(connection, (done) => connection.login({ credentials }, (error) => done(error)));
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Waits for a step of the dialogue, which may end by its callback, by an error, or by the server hanging up. */
async function settled(
  connection: SMTPConnection,
  step: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('The server closed the connection')));
    step((error) => (error ? reject(error) : resolve()));
  });
}
