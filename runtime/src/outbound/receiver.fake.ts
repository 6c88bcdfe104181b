import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface ReceivedCall {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A real HTTP server on a free port that does to each call what a test wants. */
export interface Receiver {
  url: string;
  port: number;
  received: ReceivedCall[];
  /** `nth` counts the calls that carried the same idempotency key, from 1. */
  behave: (call: ReceivedCall, nth: number, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const call: ReceivedCall = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      };
      receiver.received.push(call);
      const key = call.headers['idempotency-key'];
      receiver.behave(
        call,
        receiver.received.filter(({ headers }) => headers['idempotency-key'] === key).length,
        response,
      );
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    port,
    received: [],
    behave: (_call, _nth, response) => response.writeHead(204).end(),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** Answers every call with this JSON. */
export function answerJson(value: unknown, status = 200): Receiver['behave'] {
  return (_call, _nth, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
}
