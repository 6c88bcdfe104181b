import type { ServeRaw } from '../http/serve.ts';
import type { LinkTracker } from './link-tracker.ts';

/** The smallest image there is: one transparent pixel (GIF89a, 43 bytes). */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const NEVER_CACHED = { 'cache-control': 'no-store, max-age=0', 'x-robots-tag': 'noindex, nofollow' };

/** `/r/<token>` and `/o/<token>.gif`. Wildcards, because the router bounds the length of named parameters. */
export function registerLinkRoutes(serveRaw: ServeRaw, tracker: LinkTracker): void {
  serveRaw({ method: 'GET', path: '/r/*', access: 'public' }, async ({ params, method, headers }) => {
    const { url } = await tracker.follow(params['*'] ?? '', { method, headers });
    return { status: 302, headers: { ...NEVER_CACHED, location: url, 'referrer-policy': 'no-referrer' } };
  });
  serveRaw({ method: 'GET', path: '/o/*', access: 'public' }, async ({ params, method, headers }) => {
    await tracker.open(params['*'] ?? '', { method, headers });
    return {
      status: 200,
      // Webmail shows it inside its own page, which the server's default would forbid.
      headers: { ...NEVER_CACHED, 'content-type': 'image/gif', 'cross-origin-resource-policy': 'cross-origin' },
      body: PIXEL,
    };
  });
}
