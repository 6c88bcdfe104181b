import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { AppError } from '@sluice/shared/errors';
import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 31_536_000;

/** Serves the built web app; every address that is neither a file nor the API's is a page of it. */
export async function registerWebApp(app: FastifyInstance, webDist: string | undefined): Promise<void> {
  if (webDist !== undefined)
    await app.register(fastifyStatic, {
      root: webDist,
      cacheControl: false,
      index: ['index.html'],
      setHeaders: (reply, file) => {
        // Names under assets/ carry a hash of their content; everything else must be asked for again.
        const place = path.relative(webDist, file);
        const isHashed = place.startsWith('assets');
        reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
        // The script that other sites load.
        if (place.startsWith('sdk')) reply.header('cross-origin-resource-policy', 'cross-origin');
      },
    });
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !isOfApi(request.url);
    if (!isPage) throw new AppError('not-found', `Nothing answers ${request.method} at this address`);
    if (webDist === undefined)
      return reply
        .code(503)
        .type('text/plain')
        .send('The web app is not built yet: run `npm start`, or `npm run build`.');
    if (path.extname(new URL(request.url, 'http://x').pathname))
      throw new AppError('not-found', 'There is no such file');
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}

function isOfApi(url: string): boolean {
  return /^\/(api|v1|healthz|readyz|metrics)(\/|\?|$)/.test(url);
}
