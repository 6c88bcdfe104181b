import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/**
 * Headers of every answer. antd writes style elements while it runs, hence `unsafe-inline` for styles alone; messages in
 * the outbox viewer show images of other hosts over HTTPS. `upgrade-insecure-requests` and HSTS stay off: the usual
 * first address is plain http://127.0.0.1, and a reverse proxy that speaks TLS sets HSTS for its own name.
 */
const SECURITY_HEADERS: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      frameSrc: ["'self'", 'blob:'],
      frameAncestors: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
    },
  },
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'same-origin' },
};

/**
 * The headers are worked out once, not for each call: the plugin of Fastify for helmet makes them anew every time. What
 * programs of any origin send data to answers them a line of JSON, which nothing but its type has to be said of.
 */
export function sendSecurityHeaders(app: FastifyInstance): void {
  const secure = helmet(SECURITY_HEADERS);
  app.addHook('onRequest', (request, reply, next) => {
    if (!request.routeOptions.config.isForAnyOrigin) return secure(request.raw, reply.raw, next as () => void);
    reply.header('x-content-type-options', 'nosniff');
    next();
  });
}
