import {
  addressOf,
  type BodyIn,
  type ErrorReply,
  type ParamsIn,
  type QueryIn,
  type ReplyOf,
  type RouteContract,
} from '@sluice/shared/http-api';
import { type Given, type OptionSpec, UsageError } from './command.ts';

const DEFAULT_URL = 'http://127.0.0.1:4310';

/** The options of every command that asks the server. */
export const SERVER_OPTIONS = {
  url: { value: 'URL', help: `where Sluice runs; else SLUICE_URL, else ${DEFAULT_URL}` },
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
  const base = options['url'] || terminal.env['SLUICE_URL'] || DEFAULT_URL;
  const token = terminal.env['SLUICE_TOKEN'];
  if (!URL.canParse(base)) throw new UsageError(`${JSON.stringify(base)} is no address of a server.`);
  if (!token)
    throw new UsageError(
      'Set SLUICE_TOKEN to an access token: create one in the web app under Settings, Access tokens.',
    );
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
      return (await readReply(reply)) as never;
    },
  };
}

async function send(address: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (cause) {
    const message = `No server answers at ${address.origin}`;
    throw new ServerError({ code: 'server-unreachable', message }, 0, cause);
  }
}

async function readReply(reply: Response): Promise<unknown> {
  const text = await reply.text();
  let content: unknown;
  try {
    content = text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    const message = `Status ${reply.status} without JSON; is ${new URL(reply.url).origin} a Sluice?`;
    throw new ServerError({ code: 'reply-unreadable', message }, reply.status, cause);
  }
  if (reply.ok) return content;
  const { code = 'unexpected', message = `Status ${reply.status}`, ...rest } = content as Partial<ErrorReply>;
  throw new ServerError({ code, message, ...rest }, reply.status);
}
