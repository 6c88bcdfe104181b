import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, safe in an address, a header and a cookie. */
export function createSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the store keeps of a token. Plain SHA-256 is enough for 256 random bits; only passwords need a slow hash. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Compares a token with the kept hash in constant time, so that answers do not tell how much of a guess was right. */
export function isSameToken(token: string, tokenHash: string): boolean {
  const given = Buffer.from(hashToken(token));
  const kept = Buffer.from(tokenHash);
  return given.length === kept.length && timingSafeEqual(given, kept);
}

/** Compares two secrets in constant time, whatever their lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  return isSameToken(given, hashToken(expected));
}
