import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorReply, ReplyOf, RouteContract } from '@sluice/shared/http-api';

export interface ReceivedCall {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
}

type Reply = { status: number; body: unknown };
type Handler = (call: ReceivedCall) => Reply | 'broken' | Promise<Reply>;

/** A real HTTP server on a free port that answers contracts; what no test prepared is a 404 like the product's own. */
export class ReplyServer {
  readonly calls: ReceivedCall[] = [];
  readonly #handlers: { method: string; pattern: RegExp; handle: Handler }[] = [];
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const address = new URL(request.url ?? '/', 'http://localhost');
      const text = Buffer.concat(chunks).toString();
      const isJson = request.headers['content-type']?.includes('json');
      const call: ReceivedCall = {
        method: request.method ?? 'GET',
        path: decodeURIComponent(address.pathname),
        query: Object.fromEntries(address.searchParams),
        body: isJson && text ? JSON.parse(text) : text,
      };
      this.calls.push(call);
      void this.#answer(call, response);
    });
  });

  async #answer(call: ReceivedCall, response: ServerResponse): Promise<void> {
    const reply = await this.#replyTo(call);
    if (reply === 'broken') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{', () => response.destroy());
      return;
    }
    const { status, body } = reply;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }

  async #replyTo(call: ReceivedCall): Promise<Reply | 'broken'> {
    const found = this.#handlers.find(({ method, pattern }) => method === call.method && pattern.test(call.path));
    if (found) return found.handle(call);
    return { status: 404, body: { code: 'not-found', message: `No reply prepared for ${call.method} ${call.path}` } };
  }

  /** A later reply to the same route takes the place of an earlier one. */
  reply<R extends RouteContract>(
    route: R,
    body: ReplyOf<R> | ((call: ReceivedCall) => ReplyOf<R> | Promise<ReplyOf<R>>),
  ): void {
    const answer = typeof body === 'function' ? (body as (call: ReceivedCall) => unknown) : () => body;
    this.#handle(route, async (call) => ({ status: 200, body: await answer(call) }));
  }

  refuse(route: RouteContract, status: number, body: ErrorReply): void {
    this.#handle(route, () => ({ status, body }));
  }

  /** Begins an answer, and breaks the connection in the middle of it. */
  breakOff(route: RouteContract): void {
    this.#handle(route, () => 'broken');
  }

  callsOf(route: RouteContract): ReceivedCall[] {
    const pattern = patternOf(route.path);
    return this.calls.filter(({ method, path }) => method === route.method && pattern.test(path));
  }

  #handle(route: RouteContract, handle: Handler): void {
    this.#handlers.unshift({ method: route.method, pattern: patternOf(route.path), handle });
  }

  /** Forgets calls and prepared replies, so that tests do not lean on each other. */
  reset(): void {
    this.calls.length = 0;
    this.#handlers.length = 0;
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    await closed;
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:[A-Za-z]+/g, '[^/]+')}$`);
}
