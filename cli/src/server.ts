import {
  addressOf,
  type BodyIn,
  type ErrorReply,
  type ParamsIn,
  type QueryIn,
  type ReplyOf,
  type RouteContract,
} from '@sluice/shared/http-api';
import { fillText } from '@sluice/shared/model';
import { Value } from 'typebox/value';
import { type Given, type OptionSpec, UsageError } from './command.ts';

export const DEFAULT_URL = 'http://127.0.0.1:4310';

/** The options of every command that asks the server. */
export const SERVER_OPTIONS = {
  url: { value: 'URL', help: (texts) => texts.options.url },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** What a server said instead of an answer. `code` is one of the product's, or `server-unreachable`, `reply-unreadable`. */
export class ServerError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown>;
  readonly reference: string | undefined;

  constructor({ code, message, details, reference }: ErrorReply, status: number, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.status = status;
    this.details = details ?? {};
    this.reference = reference;
  }
}

export interface Server {
  /** Calls a route by its contract, as the owner of the access token. Throws `ServerError`. */
  call<R extends RouteContract>(
    route: R,
    input?: { params?: ParamsIn<R>; query?: QueryIn<R>; body?: BodyIn<R> },
  ): Promise<ReplyOf<R>>;
}

/** The server that the options and the environment name. The token comes from SLUICE_TOKEN alone: a command line is seen by all. */
export function openServer({ options, terminal }: Pick<Given, 'options' | 'terminal'>): Server {
  const { env, texts } = terminal;
  const base = options['url'] || env['SLUICE_URL'] || DEFAULT_URL;
  const token = env['SLUICE_TOKEN']?.trim();
  if (!/^https?:$/.test(URL.parse(base)?.protocol ?? ''))
    throw new UsageError(fillText(texts.server.noAddress, { url: JSON.stringify(base) }));
  if (!token) throw new UsageError(texts.server.noToken);
  if (!/^[\x21-\x7e]+$/.test(token)) throw new UsageError(texts.server.brokenToken);
  return {
    async call(route, { params = {}, query = {}, body } = {}) {
      const address = new URL(addressOf(route.path, { ...params }, { ...query }), base);
      const reply = await send(address, {
        method: route.method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return (await readReply(reply, route)) as never;
    },
  };
}

async function send(address: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (cause) {
    const { origin } = address;
    const message = wordCause(cause) ?? `No answer from ${origin}`;
    throw new ServerError({ code: 'server-unreachable', message, details: { origin } }, 0, cause);
  }
}

/** What the system says of a connection that failed, such as `connect ECONNREFUSED 127.0.0.1:80`. */
function wordCause(failure: unknown): string | undefined {
  const { cause } = failure as Error;
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : undefined;
}

async function readReply(reply: Response, route: RouteContract): Promise<unknown> {
  const text = await reply.text();
  const unreadable = (message: string, cause?: unknown) => {
    const details = { origin: new URL(reply.url).origin, status: reply.status };
    return new ServerError({ code: 'reply-unreadable', message, details }, reply.status, cause);
  };
  let content: unknown;
  try {
    content = text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw unreadable('No JSON', cause);
  }
  // Something else may listen there and answer politely.
  if (reply.ok && !Value.Check(route.reply, content)) throw unreadable(`No answer to ${route.path}`);
  if (reply.ok) return content;
  const { code, message = `Status ${reply.status}`, ...rest } = content as Partial<ErrorReply>;
  if (code === undefined) throw unreadable(message);
  throw new ServerError({ code, message, ...rest }, reply.status);
}
