import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { exchange, TimedOut } from './exchange.ts';
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
    // The time of the whole exchange is kept by itself; a second clock would only blur the outcome.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { lookup: lookUpBy(rules), timeout: CONNECT_TIMEOUT_MS },
  });
  return {
    async send({ url: address, headers, ...request }) {
      const url = readTargetUrl(address);
      if (!url) return { kind: 'address-refused', detail: `${address} is no http or https address` };
      try {
        // An address in place of a name is not looked up when connecting, so it is judged here.
        if (isIP(hostOf(url))) await resolveHost(hostOf(url), rules);
        const answer = await exchange(agent, {
          ...request,
          origin: url.origin,
          path: url.pathname + url.search,
          headers: { ...headers, 'accept-encoding': 'identity' },
        });
        return { kind: 'answered', ...answer };
      } catch (error) {
        return explain(error as Error);
      }
    },
    close: () => agent.destroy(),
  };
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
  if (error instanceof TimedOut) return { kind: 'timed-out', detail: error.message };
  const refused = [error, error.cause].find((one) => one instanceof HostRefused);
  // A name that nobody knows may be known in a minute; an inner address stays one.
  if (refused && refused.problem !== 'unknown') return { kind: 'address-refused', detail: refused.message };
  const { code } = error as NodeJS.ErrnoException;
  const sentence = error.message.trim() === '' ? (code ?? error.name) : error.message;
  return { kind: 'unreachable', detail: sentence.slice(0, MAX_DETAIL) };
}
