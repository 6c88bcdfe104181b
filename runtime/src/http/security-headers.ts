import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * Headers of every answer. antd writes style elements while it runs, hence `unsafe-inline` for styles alone; messages in
 * the outbox viewer show images of other hosts over HTTPS. `upgrade-insecure-requests` and HSTS stay off: the usual
 * first address is plain http://127.0.0.1, and a reverse proxy that speaks TLS sets HSTS for its own name.
 */
export const SECURITY_HEADERS: FastifyHelmetOptions = {
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
