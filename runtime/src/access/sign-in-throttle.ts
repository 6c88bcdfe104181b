import { createHash } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import { type Clock, HOUR_MS, MINUTE_MS, SECOND_MS } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import { signInFailures } from './account-record.ts';

/** Slows password guessing down; kept in the store, so that neither a restart nor a second process resets it. */
export interface SignInThrottle {
  /** Throws `sign-in-throttled` with the time to wait. */
  check(email: string, ip: string): Promise<void>;
  recordFailure(email: string, ip: string): Promise<void>;
  /** A right password clears the count of this address pair. */
  clear(email: string, ip: string): Promise<void>;
}

/** Free failures, from one network address and from all together; the second is wide, else anybody could lock anybody out. */
const FREE_FROM_ONE = 5;
const FREE_FROM_ALL = 50;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;

export function createSignInThrottle(deps: { database: Database; clock: Clock }): SignInThrottle {
  const stored = deps.database.collection(signInFailures);
  return {
    async check(email, ip) {
      const now = deps.clock.now();
      const [one, all] = keysOf(email, ip);
      for (const failure of await stored
        .find({ _id: { $in: [one, all] }, expiresAt: { $gt: new Date(now) } })
        .toArray()) {
        const wait = waitMsOf(failure.count, failure._id === one ? FREE_FROM_ONE : FREE_FROM_ALL);
        const leftMs = failure.lastAt.getTime() + wait - now;
        if (leftMs > 0)
          throw new AppError('sign-in-throttled', `Too many failed sign-ins; try again in ${seconds(leftMs)} s`, {
            retryAfterMs: leftMs,
            details: { seconds: seconds(leftMs) },
          });
      }
    },
    async recordFailure(email, ip) {
      const now = deps.clock.now();
      await stored.bulkWrite(
        keysOf(email, ip).map((_id) => ({
          updateOne: {
            filter: { _id },
            update: { $inc: { count: 1 }, $set: { lastAt: new Date(now), expiresAt: new Date(now + HOUR_MS) } },
            upsert: true,
          },
        })),
      );
    },
    async clear(email, ip) {
      await stored.deleteOne({ _id: keysOf(email, ip)[0] });
    },
  };
}

/** Nothing for the free failures, then 2 s, 4 s, 8 s ... up to 15 minutes. */
export function waitMsOf(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(LONGEST_WAIT_MS, 2 ** (failures - free + 1) * SECOND_MS);
}

function keysOf(email: string, ip: string): [one: string, all: string] {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  return [hash(`${email}\n${ip}`), hash(email)];
}

function seconds(ms: number): number {
  return Math.ceil(ms / SECOND_MS);
}
