import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';

/**
 * The secret that we share with one receiver, a service or the origin of a webhook. It is derived from the workspace's
 * secret key, so that nothing is stored that could be copied, and no receiver can sign in the name of another.
 */
export function signingSecretOf(key: KeyObject, receiver: string): string {
  const bytes = hkdfSync('sha256', key, Buffer.alloc(0), `sluice call signature\n${receiver}`, 32);
  return `whsec_${Buffer.from(bytes).toString('base64url')}`;
}

/** Whom a call is signed for. */
export function receiverOf({ serviceId, origin }: { serviceId?: string; origin: string }): string {
  return serviceId === undefined ? origin : `services/${serviceId}`;
}

/** `t` in Unix seconds; `v1` is the HMAC-SHA256 (hex) of `t.body` under the secret as it is written. */
export function signatureOf(secret: string, body: string, at: number): string {
  const seconds = Math.floor(at / 1000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
