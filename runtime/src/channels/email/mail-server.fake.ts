import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

/** How the server meets a recipient: answer with a code, hang up before or after the words, never answer. */
export type Behaviour =
  | { code: number; text: string; at?: 'recipient' | 'message' }
  | 'hang-up-at-recipient'
  | 'hang-up-after-message'
  | 'never-answer';

export interface MailServer {
  port: number;
  received: ParsedMail[];
  /** Every time the server had read a whole message, whatever it answered. */
  read: string[];
  /** Decides by recipient and how often he was tried (1 is the first); undefined takes the message. */
  behave: (to: string, attempt: number) => Behaviour | undefined;
  /** Ends idle connections, as servers do. */
  hangUp(): void;
  close(): Promise<void>;
}

/** A real SMTP server on a free port of the loopback interface. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const attempts = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    ...options,
    onRcptTo(address, session, done) {
      const attempt = (attempts.get(address.address) ?? 0) + 1;
      attempts.set(address.address, attempt);
      const behaviour = mail.behave(address.address, attempt);
      if (behaviour === 'hang-up-at-recipient') hangUpOn(session);
      else if (typeof behaviour === 'object' && behaviour.at === 'recipient') done(refusal(behaviour));
      else done();
    },
    onData(stream, session, done) {
      receive(stream, session, done).catch((error: NodeJS.ErrnoException) => {
        // A sender that dies in the middle of a message leaves nobody to answer.
        if (error.code !== 'ECONNECTION') throw error;
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const mail: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    received: [],
    read: [],
    behave: () => undefined,
    hangUp: () => {
      for (const session of connectionsOf(server)) session._socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        mail.hangUp();
        server.close(() => resolve());
      }),
  };
  return mail;

  async function receive(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const to = session.envelope.rcptTo[0]?.address ?? '';
    const parsed = await simpleParser(stream);
    mail.read.push(to);
    const behaviour = mail.behave(to, attempts.get(to) ?? 1);
    if (behaviour === 'never-answer') return;
    if (behaviour === 'hang-up-after-message') {
      hangUpOn(session);
      return;
    }
    if (typeof behaviour === 'object') {
      done(refusal(behaviour));
      return;
    }
    mail.received.push(parsed);
    done();
  }

  function hangUpOn(session: SMTPServerSession): void {
    for (const connection of connectionsOf(server)) if (connection.id === session.id) connection._socket.destroy();
  }
}

function refusal({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The server names its connections but not their sockets in its types. */
function connectionsOf(server: SMTPServer): Iterable<{ id: string; _socket: { destroy(): void } }> {
  return (server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> }).connections;
}
