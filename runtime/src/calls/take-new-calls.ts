import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { ClaimedCall } from './call-queue.ts';
import type { CallRecord } from './call-record.ts';

/**
 * Spares new calls the way through the queue: what this process can make soon is stored as claimed by it already. A process
 * that dies loses nothing by that, since such a claim runs out like any other.
 */
export interface CallTaker {
  offer(records: readonly CallRecord[]): CallOffer;
}

export interface CallOffer {
  /** All that was offered, as it is to be stored; what was taken is claimed. */
  records: readonly CallRecord[];
  /** They are stored, but for `known`, which were there before. Not told when storing failed: then the claims run out. */
  stored(known: ReadonlySet<string>): void;
}

export function createCallTaker(deps: {
  /** How many more calls to an origin may be held; 0 while the worker does not run. */
  roomFor(origin: string): number;
  begin(calls: readonly ClaimedCall[]): void;
  /** Told when there is something in the queue for whoever has room; `hasOver`: some were over before they began. */
  onQueued(hasOver: boolean): void;
  leaseMs: number;
  clock: Clock;
}): CallTaker {
  return {
    offer(records) {
      const held = {
        claim: ulid(),
        status: 'sending' as const,
        dueAt: new Date(deps.clock.now() + deps.leaseMs),
      };
      const rooms = new Map<string, number>();
      const taken = new Map<string, ClaimedCall>();
      for (const record of records) {
        const { request, origin } = record;
        if (record.status !== 'planned' || !request) continue;
        const room = rooms.get(origin) ?? deps.roomFor(origin);
        if (room > 0) taken.set(record._id, { ...record, ...held, request });
        rooms.set(origin, room - 1);
      }
      return {
        records: records.map((record) => taken.get(record._id) ?? record),
        stored(known) {
          const mine = [...taken.values()].filter(({ _id }) => !known.has(_id));
          if (mine.length > 0) deps.begin(mine);
          if (taken.size < records.length) deps.onQueued(records.some(({ isUnreported }) => isUnreported));
        },
      };
    },
  };
}
