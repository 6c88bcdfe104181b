import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import { Binary } from 'mongodb';
import { fingerprintOf } from './secret-key.ts';

/** A credential as it is stored: AES-256-GCM, bound to the place it belongs to. */
export interface SealedText {
  iv: Binary;
  sealed: Binary;
  tag: Binary;
  /** Which key sealed it. */
  key: string;
}

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D section 8.2.2: 96 random bits, far from repeating at the rate that credentials change. */
const IV_BYTES = 12;

/** `place` (such as `settings/email-provider`) is authenticated: a value copied elsewhere does not open. */
export function sealText(key: KeyObject, place: string, text: string): SealedText {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    iv: new Binary(iv),
    sealed: new Binary(sealed),
    tag: new Binary(cipher.getAuthTag()),
    key: fingerprintOf(key),
  };
}

/** Throws `secret-unreadable` when it was sealed under another key or changed since. */
export function openText(key: KeyObject, place: string, { iv, sealed, tag, key: sealedBy }: SealedText): string {
  if (sealedBy !== fingerprintOf(key))
    throw new AppError(
      'secret-unreadable',
      'The stored password or key was sealed under another SECRET_KEY; start with that key, or enter it again',
      { details: { problem: 'key' } },
    );
  try {
    const decipher = createDecipheriv(CIPHER, key, iv.buffer).setAAD(Buffer.from(place)).setAuthTag(tag.buffer);
    return Buffer.concat([decipher.update(sealed.buffer), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('secret-unreadable', 'The stored password or key is damaged; enter it again', {
      cause,
      details: { problem: 'damaged' },
    });
  }
}
