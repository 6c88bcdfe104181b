import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { Database } from '../stores/database.ts';
import { insertNew } from '../stores/insert-new.ts';
import { type CallRecord, calls } from './call-record.ts';
import type { SettledCall } from './calls.ts';
import { type Settlement, toUpdates } from './settlement.ts';

/** A call that this worker alone may make until its claim runs out. */
export type ClaimedCall = CallRecord & Required<Pick<CallRecord, 'claim' | 'request'>>;

/**
 * The durable queue: calls `planned`, and `sending` whose claim ran out. A claim is a token with an end; every later change
 * names the token, so a worker that lost its claim changes nothing.
 */
export interface CallQueue {
  /** Idempotent by id: what is stored stays as it is. Answers the ids of those. */
  add(records: readonly CallRecord[]): Promise<Set<string>>;
  /** Takes up to `limit` due calls, the longest due first, but none to the origins in `except`. */
  claim(limit: number, options: { leaseMs: number; except: readonly string[] }): Promise<ClaimedCall[]>;
  /** Answers those that are over by this very settlement and that a run waits for. */
  settle(outcomes: readonly { call: ClaimedCall; settlement: Settlement }[]): Promise<SettledCall[]>;
  /** Keeps what is held from running out. */
  extend(held: readonly ClaimedCall[], leaseMs: number): Promise<void>;
  /** Calls that are over and whose listener was not told, such as before a crash. */
  findUnreported(limit: number): Promise<SettledCall[]>;
  markReported(ids: readonly string[]): Promise<void>;
}

const REPORT = { awaitedBy: 1, at: 1, since: 1, result: 1 } as const;

export function createCallQueue(deps: { database: Database; clock: Clock }): CallQueue {
  const records = deps.database.collection(calls);
  const after = (ms: number) => new Date(deps.clock.now() + ms);

  return {
    add: (planned) => insertNew(records, planned),

    async claim(limit, { leaseMs, except }) {
      const due = { dueAt: { $lte: after(0) }, ...(except.length > 0 && { origin: { $nin: [...except] } }) };
      const candidates = await records.find(due).sort({ dueAt: 1 }).limit(limit).toArray();
      if (candidates.length === 0) return [];
      const ids = candidates.map(({ _id }) => _id);
      const claim = ulid();
      const held = { claim, status: 'sending' as const, dueAt: after(leaseMs) };
      const { modifiedCount } = await records.updateMany({ _id: { $in: ids }, ...due }, { $set: held });
      const mine = modifiedCount === ids.length ? undefined : await idsWith(claim, ids);
      return candidates.flatMap((call) =>
        call.request && (mine?.has(call._id) ?? true) ? [{ ...call, ...held, request: call.request }] : [],
      );
    },

    async settle(outcomes) {
      if (outcomes.length === 0) return [];
      const at = after(0);
      await records.bulkWrite(toUpdates(outcomes, at), { ordered: false });
      const over = outcomes.filter(
        ({ call, settlement }) => call.awaitedBy && (settlement.kind === 'done' || settlement.kind === 'failed'),
      );
      if (over.length === 0) return [];
      // Read back, not taken from memory: what a lost claim has settled is not the truth.
      return unreported({ _id: { $in: over.map(({ call }) => call._id) } }, over.length);
    },

    async extend(held, leaseMs) {
      if (held.length === 0) return;
      await records.updateMany(
        {
          _id: { $in: held.map(({ _id }) => _id) },
          status: 'sending',
          claim: { $in: [...new Set(held.map(({ claim }) => claim))] },
        },
        { $set: { dueAt: after(leaseMs) } },
      );
    },

    findUnreported: (limit) => unreported({}, limit),

    async markReported(ids) {
      await records.updateMany({ _id: { $in: [...ids] } }, { $unset: { isUnreported: true } });
    },
  };

  async function unreported(filter: { _id?: { $in: string[] } }, limit: number): Promise<SettledCall[]> {
    const found = await records
      .find({ ...filter, isUnreported: true }, { projection: REPORT })
      .sort({ isUnreported: 1, at: 1 })
      .limit(limit)
      .toArray();
    return found.flatMap(({ _id: effectId, awaitedBy, at, since, result }) =>
      awaitedBy && result ? [{ effectId, awaitedBy, at: since ?? at, result }] : [],
    );
  }

  async function idsWith(claim: string, ids: readonly string[]): Promise<Set<string>> {
    const held = await records.find({ _id: { $in: [...ids] }, claim }, { projection: { _id: 1 } }).toArray();
    return new Set(held.map(({ _id }) => _id));
  }
}
