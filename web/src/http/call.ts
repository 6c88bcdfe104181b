import {
  addressOf,
  type BodyIn,
  type ErrorReply,
  type ParamsIn,
  type QueryIn,
  type ReplyOf,
  type RouteContract,
} from '@sluice/shared/http-api';
import { ApiError } from './api-error.ts';

type Part<Name extends string, Value> = object extends Value ? { [K in Name]?: Value } : { [K in Name]: Value };

/** What a route needs from its caller; parts without a required field may be left out. */
export type InputOf<R extends RouteContract> = Part<'params', ParamsIn<R>> &
  Part<'query', QueryIn<R>> &
  Part<'body', BodyIn<R>>;

export type CallArguments<R extends RouteContract> =
  object extends InputOf<R> ? [input?: InputOf<R>, signal?: AbortSignal] : [input: InputOf<R>, signal?: AbortSignal];

/** Calls a route by its contract. Throws `ApiError`, or the signal's own reason when aborted. */
export async function call<R extends RouteContract>(
  route: R,
  ...[input, signal]: CallArguments<R>
): Promise<ReplyOf<R>> {
  const { params, query, body } = (input ?? {}) as { params?: object; query?: object; body?: unknown };
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const request: RequestInit = {
    method: route.method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  };
  const address = addressOf(route.path, { ...params }, { ...query });
  const { status, text } = await send(address, request, async (response) => ({
    status: response.status,
    text: await response.text(),
  }));
  return readReply(status, text) as ReplyOf<R>;
}

/**
 * Asks an address and reads its answer. Throws `ApiError` where nobody answers, or where the connection breaks while the
 * answer is on its way, which is no answer either. Also used for downloads, whose answer is no JSON.
 */
export async function send<T>(
  address: string,
  request: RequestInit,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  try {
    return await read(await fetch(address, request));
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw new ApiError({ code: 'server-unreachable', message: 'The server does not answer', status: 0, cause });
  }
}

/** Turns status and text into the reply, or throws what the server said; also used for uploads, which bypass fetch. */
export function readReply(status: number, text: string): unknown {
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && text === '') return {};
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch (cause) {
    throw new ApiError({ code: 'reply-unreadable', message: `Status ${status} without JSON`, status, cause });
  }
  if (isSuccess) return reply;
  const { code, message, details, reference } = reply as Partial<ErrorReply>;
  throw new ApiError({
    code: code ?? 'unexpected',
    message: message ?? `Status ${status}`,
    status,
    details,
    reference,
  });
}
