import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { type HostRules, HostRefused, resolveHost } from './resolve-host.ts';
import { hostOf, readTargetUrl } from './target-url.ts';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** For the whole exchange: name, connection, request and answer. */
  timeoutMs: number;
  /** Bytes of the answer that are read; the connection is closed behind them. */
  maxAnswerBytes: number;
}

/** What an exchange came to. Only `answered` says that the receiver has seen the request; the others do not deny it. */
export type HttpOutcome =
  | { kind: 'answered'; status: number; retryAfter: string | undefined; text: string; isCut: boolean }
  | { kind: 'address-refused'; detail: string }
  | { kind: 'timed-out'; detail: string }
  | { kind: 'unreachable'; detail: string };

/** Calls addresses that people or data chose: never an inner one unless allowed, never further by a redirect. */
export interface HttpClient {
  /** Never throws. */
  send(request: HttpRequest): Promise<HttpOutcome>;
  /** Cuts what is under way. */
  close(): Promise<void>;
}

export interface HttpClientOptions extends HostRules {
  /** Connections to one origin at once. */
  connectionsPerOrigin: number;
}

const KEEP_ALIVE_MS = 10_000;
/** A connection attempt outlives the exchange that asked for it; without an end it would hold its place for minutes. */
const CONNECT_TIMEOUT_MS = 10_000;
const MAX_DETAIL = 300;

export function createHttpClient({ connectionsPerOrigin, ...rules }: HttpClientOptions): HttpClient {
  const agent = new Agent({
    connections: connectionsPerOrigin,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The time of the whole exchange is kept by the signal below; a second clock would only blur the outcome.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { lookup: lookUpBy(rules), timeout: CONNECT_TIMEOUT_MS },
  });
  return {
    async send(request) {
      const url = readTargetUrl(request.url);
      if (!url) return { kind: 'address-refused', detail: `${request.url} is no http or https address` };
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), request.timeoutMs);
      try {
        // An address in place of a name is not looked up when connecting, so it is judged here.
        if (isIP(hostOf(url))) await resolveHost(hostOf(url), rules);
        return await exchange(agent, url, request, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return { kind: 'timed-out', detail: `No answer within ${request.timeoutMs} ms` };
        return explain(error as Error);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  };
}

async function exchange(agent: Agent, url: URL, request: HttpRequest, signal: AbortSignal): Promise<HttpOutcome> {
  const { method, headers, body } = request;
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: { ...headers, 'accept-encoding': 'identity' },
    signal,
    ...(body !== undefined && { body }),
  });
  const { bytes, isCut } = await readUpTo(answer.body, request.maxAnswerBytes);
  const retryAfter = answer.headers['retry-after'];
  return {
    kind: 'answered',
    status: answer.statusCode,
    retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
    text: bytes.toString('utf8'),
    isCut,
  };
}

async function readUpTo(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<{ bytes: Buffer; isCut: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  // Leaving the loop destroys the stream, and with it the connection: nothing of a flood is read further.
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > maxBytes) break;
  }
  return { bytes: Buffer.concat(parts).subarray(0, maxBytes), isCut: length > maxBytes };
}

/** The name is resolved by our rules at the very connection, so that the checked addresses are the ones connected to. */
function lookUpBy(rules: HostRules): LookupFunction {
  return async (host, { all }, done) => {
    try {
      const found = (await resolveHost(host, rules)).map((address) => ({ address, family: isIP(address) }));
      if (all) done(null, found);
      else done(null, found[0]?.address ?? '', found[0]?.family);
    } catch (error) {
      done(error as Error, '');
    }
  };
}

function explain(error: Error): HttpOutcome {
  const refused = [error, error.cause].find((one) => one instanceof HostRefused);
  // A name that nobody knows may be known in a minute; an inner address stays one.
  if (refused && refused.problem !== 'unknown') return { kind: 'address-refused', detail: refused.message };
  const { code } = error as NodeJS.ErrnoException;
  const sentence = error.message.trim() === '' ? (code ?? error.name) : error.message;
  return { kind: 'unreachable', detail: sentence.slice(0, MAX_DETAIL) };
}
