import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Writes the tracked addresses of one delivery. */
export interface LinkWriter {
  /** The address that records a click and leads to `url` (http or https); undefined when it is to stay as it is. */
  track(url: string): string | undefined;
  /** The address of the image whose loading is an open. */
  pixelUrl(): string;
}

/** What a link token vouches for. */
export interface SignedLink {
  deliveryId: string;
  url: string;
}

/**
 * Links carry all they need and a signature over it (HMAC-SHA-256, RFC 2104, cut to 128 bits as section 5 allows). So
 * there is no table of links to grow, they work when a mail is forwarded, and nobody can make the server redirect to an
 * address that was not in a mail. Link and pixel are signed under different words: neither can stand in for the other.
 */
export interface SignedLinks {
  writerFor(deliveryId: string): LinkWriter;
  /** Undefined when the token is broken, forged or not for http(s). */
  readLink(token: string): SignedLink | undefined;
  readPixel(token: string): { deliveryId: string } | undefined;
}

const SIGNATURE_LENGTH = 22;
/** Bytes. Mail programs cut longer addresses; such a link stays as it is. */
const MAX_URL_LENGTH = 2000;
const MAX_TOKEN_LENGTH = 4000;

/** `publicUrl` has no trailing slash. */
export function createSignedLinks(options: { secret: KeyObject; publicUrl: string }): SignedLinks {
  const sign = (purpose: 'link' | 'open', payload: string) =>
    createHmac('sha256', options.secret)
      .update(`${purpose}\n${payload}`)
      .digest('base64url')
      .slice(0, SIGNATURE_LENGTH);

  const pack = (purpose: 'link' | 'open', payload: string) =>
    `${Buffer.from(payload).toString('base64url')}.${sign(purpose, payload)}`;

  const unpack = (purpose: 'link' | 'open', token: string): string | undefined => {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    const [encoded = '', signature = '', ...rest] = token.split('.');
    if (signature.length !== SIGNATURE_LENGTH || rest.length > 0) return undefined;
    const payload = Buffer.from(encoded, 'base64url').toString();
    const expected = Buffer.from(sign(purpose, payload));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given) ? payload : undefined;
  };

  return {
    writerFor(deliveryId) {
      // The HTML and the plain text of a mail lead to the same places: each is signed once.
      const tracked = new Map<string, string>();
      return {
        track(url) {
          const known = tracked.get(url);
          if (known !== undefined) return known;
          if (Buffer.byteLength(url) > MAX_URL_LENGTH) return undefined;
          const address = `${options.publicUrl}/r/${pack('link', `${deliveryId}\n${url}`)}`;
          tracked.set(url, address);
          return address;
        },
        pixelUrl: () => `${options.publicUrl}/o/${pack('open', deliveryId)}.gif`,
      };
    },
    readLink(token) {
      const payload = unpack('link', token);
      const split = payload?.indexOf('\n') ?? -1;
      if (payload === undefined || split < 0) return undefined;
      const url = URL.parse(payload.slice(split + 1));
      if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
      return { deliveryId: payload.slice(0, split), url: url.href };
    },
    readPixel(token) {
      const deliveryId = unpack('open', token.replace(/\.gif$/, ''));
      return deliveryId === undefined ? undefined : { deliveryId };
    },
  };
}
