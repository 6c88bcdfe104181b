import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import { AppError } from '@sluice/shared/errors';
import type { Access, RouteContract } from '@sluice/shared/http-api';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { type CallerSource, establishCaller, readAccessToken, readWriteKey } from './caller.ts';
import { parseJson } from './parse-json.ts';
import { checkSameOrigin } from './same-origin.ts';
import type { Caller, RouteInput, Serve, ServeOptions, ServeRaw, ServeUpload } from './serve.ts';
import { readSessionToken, toCall } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    hasOwnDocumentCheck?: boolean;
    isJsonKeptAsText?: boolean;
    isForAnyOrigin?: boolean;
  }
}

/** Boundaries and headers around the one file. */
const MULTIPART_FRAME_BYTES = 64 * 1024;

/** A day: what a browser has learned of an address holds for it. */
const PREFLIGHT = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'authorization, content-type, x-write-key',
  'access-control-max-age': '86400',
};

/** Without cookies: only a write key, which the page itself must know, lets anybody in. */
async function openToAnyOrigin(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('access-control-allow-origin', '*');
}

/** The three ways to add a route. Every one of them passes the origin check, then the access rule, before its body is read. */
export function bindRoutes(
  app: FastifyInstance,
  source: CallerSource,
): { serve: Serve; serveUpload: ServeUpload; serveRaw: ServeRaw } {
  app.decorateRequest('caller', null);

  const guard = (access: Access, isPage: boolean) => async (request: FastifyRequest) => {
    const { headers, method } = request;
    // Pages and links open to everybody (unsubscribe by a mail provider) use no cookie.
    if (access !== 'write-key' && !(isPage && access === 'public'))
      checkSameOrigin({
        method,
        host: request.host,
        origin: headers.origin,
        fetchSite: headers['sec-fetch-site'] as string | undefined,
      });
    const credentials = {
      sessionToken: readSessionToken(request),
      writeKey: readWriteKey(request),
      accessToken: readAccessToken(request),
    };
    request.caller = await establishCaller(access, credentials, source);
  };

  const serve: Serve = (route, handle, options = {}) => {
    app.route({
      ...routeOptions(route, options),
      onRequest: options.isForAnyOrigin ? [openToAnyOrigin, guard(route.access, false)] : guard(route.access, false),
      preValidation: async (request) => {
        request.body ??= {};
        if (options.isForAnyOrigin && typeof request.body === 'string')
          request.body = await parseJson(request, request.body);
      },
      handler: async (request, reply) => handle(toInput(request, reply)),
    });
    if (options.isForAnyOrigin)
      app.options(route.path, { onRequest: openToAnyOrigin }, async (_request, reply) =>
        reply.code(204).headers(PREFLIGHT).send(),
      );
  };

  const serveUpload: ServeUpload = (route, handle, options) => {
    const { schema, ...rest } = routeOptions(route, { bodyLimit: options.maxBytes });
    app.route({
      ...rest,
      schema: { ...omitBody(schema), consumes: ['multipart/form-data'] },
      onRequest: guard(route.access, false),
      handler: async (request, reply) => {
        const announced = Number(request.headers['content-length'] ?? 0);
        if (announced > options.maxBytes + MULTIPART_FRAME_BYTES) throw fileTooLarge();
        const part = await request.file({ limits: { fileSize: options.maxBytes } });
        if (!part)
          throw new AppError('request-invalid', 'Send one file in the field `file`', { details: { problem: 'file' } });
        const file = { fileName: part.filename, stream: Readable.from(readWhole(part.file)) };
        try {
          return await handle({ ...toInput<typeof route>(request, reply), file });
        } finally {
          // What a handler left unread would hold the connection for ever.
          request.raw.unpipe();
          request.raw.resume();
        }
      },
    });
  };

  const serveRaw: ServeRaw = (route, handle, { rateLimit, bodyLimit, isJsonKeptAsText = false } = {}) => {
    app.route({
      method: route.method,
      url: route.path,
      ...(bodyLimit ? { bodyLimit } : {}),
      config: {
        isJsonKeptAsText,
        ...(rateLimit && {
          rateLimit: { max: rateLimit.max, timeWindow: rateLimit.windowMs, keyGenerator: hashOfPath },
        }),
      },
      onRequest: guard(route.access, true),
      handler: async (request, reply) => {
        const answer = await handle({
          ...toInput(request, reply),
          method: request.method,
          params: request.params as Record<string, string>,
          query: request.query as Record<string, string>,
          body: typeof request.body === 'string' ? request.body : '',
          headers: request.headers,
        });
        return reply
          .code(answer.status)
          .headers(answer.headers ?? {})
          .send(answer.body ?? '');
      },
    });
  };
  app.addContentTypeParser(
    ['text/plain', 'application/x-www-form-urlencoded'],
    { parseAs: 'string', bodyLimit: 64 * 1024 },
    async (_request: FastifyRequest, text: string | Buffer) => text,
  );
  return { serve, serveUpload, serveRaw };
}

function routeOptions(route: RouteContract, options: ServeOptions): Omit<RouteOptions, 'handler'> & { schema: object } {
  const { rateLimit } = options;
  return {
    method: route.method,
    url: route.path,
    ...(options.bodyLimit ? { bodyLimit: options.bodyLimit } : {}),
    schema: {
      summary: route.summary,
      tags: [route.tag],
      description: describeAccess(route.access),
      security:
        route.access === 'public'
          ? []
          : route.access === 'write-key'
            ? [{ writeKey: [] }]
            : [{ session: [] }, { accessToken: [] }],
      params: route.params,
      querystring: route.query,
      ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { body: route.body }),
      response: { 200: route.reply },
    },
    // A line of JSON is shorter than what compressing it would be decided by.
    ...(options.isForAnyOrigin && { compress: false as const }),
    config: {
      hasOwnDocumentCheck: options.hasOwnDocumentCheck ?? false,
      isForAnyOrigin: options.isForAnyOrigin ?? false,
      ...(rateLimit && {
        rateLimit: {
          max: rateLimit.max,
          timeWindow: rateLimit.windowMs,
          keyGenerator,
          ...(options.isForAnyOrigin && SILENT_UNTIL_EXCEEDED),
        },
      }),
    },
  };
}

/** Whoever may call a thousand times a second is told how often when it was too often, not each time. */
const SILENT_UNTIL_EXCEEDED = {
  addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
};

/** One write key shares its limit over all addresses; without a key the address counts. */
function keyGenerator(request: FastifyRequest): string {
  const key = readWriteKey(request);
  return key ? hash('sha256', key, 'base64url') : request.ip;
}

/** Hashed, because a path may itself be what lets somebody in. */
function hashOfPath({ url }: FastifyRequest): string {
  return hash('sha256', url.split('?', 1)[0] ?? '', 'base64url');
}

/** By itself the parser ends the stream at the limit, as if that were the whole file. */
async function* readWhole(file: MultipartFile['file']): AsyncGenerator<Buffer> {
  for await (const chunk of file) yield chunk as Buffer;
  if (file.truncated) throw fileTooLarge();
}

function fileTooLarge(): AppError {
  return new AppError('body-too-large', 'The file is larger than this address accepts');
}

function omitBody(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([part]) => part !== 'body'));
}

function describeAccess(access: Access): string {
  if (access === 'public') return 'Open to everybody.';
  if (access === 'write-key') return 'Needs a write key.';
  const session = 'Needs a session or an access token';
  return access === 'signed-in' ? `${session}.` : `${session}, with the role ${access.join(' or ')}.`;
}

function toInput<R extends RouteContract>(request: FastifyRequest, reply: FastifyReply): RouteInput<R> {
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    caller: request.caller ?? { kind: 'public' },
    call: toCall(request, reply),
  } as RouteInput<R>;
}
