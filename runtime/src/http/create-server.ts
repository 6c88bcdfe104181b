import type { AddressInfo } from 'node:net';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { AppError } from '@sluice/shared/errors';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { registerApiDocs } from './api-docs.ts';
import type { CallerSource } from './caller.ts';
import { toErrorReply } from './error-reply.ts';
import { parseJson } from './parse-json.ts';
import type { Serve, ServeRaw, ServeUpload } from './serve.ts';
import { bindRoutes } from './bind-routes.ts';
import { sendSecurityHeaders } from './security-headers.ts';
import { compileCheck } from './validate-request.ts';
import { registerWebApp } from './web-app.ts';

export interface ServerOptions {
  version: string;
  log: Logger;
  callers: CallerSource;
  /** Folder of the built web app; absent: the API alone. */
  webDist: string | undefined;
  /** Addresses of proxies whose X-Forwarded headers count. */
  trustProxy: string | undefined;
  /** Called for every answer. `route` is the pattern, never the address, which may hold personal data. */
  onAnswer?: (answer: { method: string; route: string; status: number; ms: number }) => void;
}

export interface HttpServer {
  serve: Serve;
  serveUpload: ServeUpload;
  serveRaw: ServeRaw;
  /** Answers with the address it listens on. Throws Node's own EADDRINUSE and the like. */
  listen(host: string, port: number): Promise<AddressInfo>;
  /** Stops accepting, waits for the calls in flight. */
  close(): Promise<void>;
}

const BODY_LIMIT = 1024 * 1024;

/** The HTTP side of the product. Register routes, then listen; routes cannot be added afterwards. */
export async function createServer(options: ServerOptions): Promise<HttpServer> {
  const app: FastifyInstance = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    // Its lines carry addresses, which may hold personal data; `answered` below carries route patterns.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy ?? false,
    bodyLimit: BODY_LIMIT,
    // Idle keep-alive connections would hold a stop back for a minute.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
  });
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const check = compileCheck(schema as never, httpPart === 'querystring' ? 'query' : (httpPart as 'params' | 'body'));
    return (value: unknown) => ({ value: check(value) });
  });
  // Fastify's own serializer silently turns a value that does not fit its schema into another one.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parseJson);
  answerErrors(app, options);

  await app.register(cookie);
  sendSecurityHeaders(app);
  await app.register(compress, {
    threshold: 1024,
    // The default quality 11 takes seconds for the web app's scripts.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  });
  await app.register(multipart, { limits: { files: 1, fields: 0 }, throwFileSizeLimit: true });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) =>
      new AppError('rate-limited', `Too many calls: at most ${context.max} in ${context.after}`, {
        retryAfterMs: context.ttl,
        details: { seconds: Math.ceil(context.ttl / 1000) },
      }),
  });
  let isClosing = false;
  app.addHook('onSend', async (_request, reply) => {
    // Else the connection of a call in flight stays open after its answer and holds the stop back.
    if (isClosing) reply.header('connection', 'close');
  });
  await registerApiDocs(app, options);
  await registerWebApp(app, options.webDist);

  return {
    ...bindRoutes(app, options.callers),
    listen: async (host, port) => {
      await app.listen({ host, port, listenTextResolver: (address) => `listening at ${address}` });
      return app.server.address() as AddressInfo;
    },
    async close() {
      isClosing = true;
      await app.close();
    },
  };
}

function answerErrors(app: FastifyInstance, options: ServerOptions): void {
  app.setErrorHandler((failure, request, reply) => {
    const answer = toErrorReply(failure);
    const route = request.routeOptions.url;
    if (answer.reference) request.log.error({ err: failure, reference: answer.reference, route }, 'unexpected error');
    else if (answer.status >= 500) request.log.warn({ err: failure, route }, 'call failed');
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
  app.addHook('onResponse', async (request, reply) => {
    const answer = {
      method: request.method,
      route: request.routeOptions.url ?? '(none)',
      status: reply.statusCode,
      ms: reply.elapsedTime,
    };
    request.log.debug(answer, 'answered');
    options.onAnswer?.(answer);
  });
}
