import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import { type Database, declareCollection } from '../../stores/database.ts';
import { type DeliveryRecord, deliveries } from '../delivery-record.ts';
import { insertNew } from '../../stores/insert-new.ts';
import { emailReason } from './email-reason.ts';
import { type EmailProviderPort, type OutgoingEmail, toHeldBackRecord } from './outgoing-email.ts';
import { type Settlement, toUpdate } from './settlement.ts';

/** The words of a message while it waits; deleted once the server has answered for good. */
export interface QueuedMessageRecord {
  _id: string;
  html: string;
  text: string;
  fromName?: string;
}

export const queuedMessages = declareCollection<QueuedMessageRecord>('queuedMessages');

/** A message that this sender alone may send until its claim runs out. */
export interface ClaimedEmail extends OutgoingEmail {
  attempts: number;
}

/**
 * The durable queue of an external provider: deliveries `planned` and `sending`. A claim is a token with an end; every
 * later change names the token, so a sender that lost its claim changes nothing.
 */
export interface MailQueue extends EmailProviderPort {
  /** Takes up to `limit` due messages, oldest first; none of them is held by anyone else. */
  claim(limit: number, leaseMs: number): Promise<{ token: string; emails: ClaimedEmail[] }>;
  /** `planned` to `sending`, to be awaited BEFORE the first byte goes out. Answers the ids still held. */
  markSending(token: string, ids: readonly string[], leaseMs: number): Promise<Set<string>>;
  settle(token: string, settlements: readonly Settlement[]): Promise<void>;
  /** Keeps what is held from running out. */
  extend(token: string, ids: readonly string[], leaseMs: number): Promise<void>;
  /** Gives back what was not sent, due at once. */
  release(token: string, ids: readonly string[]): Promise<void>;
  /** What a dead sender left as `sending` becomes `unknown`: it may have been sent, and is never sent again. */
  giveUpLost(): Promise<number>;
  /** Sent deliveries whose listener was not told, such as before a crash. */
  findUnreported(olderThanMs: number, limit: number): Promise<{ id: string; runId: string; at: Date }[]>;
  markReported(ids: readonly string[]): Promise<void>;
}

export function createMailQueue(deps: { database: Database; clock: Clock }): MailQueue {
  const records = deps.database.collection(deliveries);
  const messages = deps.database.collection(queuedMessages);
  const after = (ms: number) => new Date(deps.clock.now() + ms);
  const now = () => after(0);

  return {
    acceptedStatus: 'planned',

    async accept(emails, heldBack) {
      await insertNew(messages, emails.map(toQueuedMessage));
      const at = now();
      const known = await insertNew(records, [
        ...emails.map(
          ({ delivery }): DeliveryRecord => ({
            ...delivery,
            provider: 'smtp',
            status: 'planned',
            at,
            dueAt: at,
            attempts: 0,
          }),
        ),
        ...heldBack.map((email) => toHeldBackRecord(email, 'smtp', at)),
      ]);
      if (known.size > 0) await removeOrphans([...known]);
      return known;
    },

    async claim(limit, leaseMs) {
      const token = ulid();
      const due = { status: 'planned' as const, dueAt: { $lte: now() } };
      const candidates = await records
        .find(due, { projection: { _id: 1 } })
        .sort({ status: 1, dueAt: 1 })
        .limit(limit)
        .toArray();
      if (candidates.length === 0) return { token, emails: [] };
      const ids = candidates.map(({ _id }) => _id);
      await records.updateMany({ _id: { $in: ids }, ...due }, { $set: { claim: token, dueAt: after(leaseMs) } });
      const [held, words] = await Promise.all([
        records.find({ _id: { $in: ids }, claim: token }).toArray(),
        messages.find({ _id: { $in: ids } }).toArray(),
      ]);
      const wordsById = new Map(words.map((message) => [message._id, message]));
      const emails: ClaimedEmail[] = [];
      const wordless: Settlement[] = [];
      for (const delivery of held) {
        const message = wordsById.get(delivery._id);
        if (!message) wordless.push({ id: delivery._id, kind: 'failed', reason: emailReason('email:words-missing') });
        else emails.push(toClaimedEmail(delivery, message));
      }
      await settle(token, wordless);
      return { token, emails };
    },

    async markSending(token, ids, leaseMs) {
      const { modifiedCount } = await records.updateMany(
        { _id: { $in: [...ids] }, status: 'planned', claim: token },
        { $set: { status: 'sending', dueAt: after(leaseMs) } },
      );
      if (modifiedCount === ids.length) return new Set(ids);
      const held = await records
        .find({ _id: { $in: [...ids] }, status: 'sending', claim: token }, { projection: { _id: 1 } })
        .toArray();
      return new Set(held.map(({ _id }) => _id));
    },

    settle,

    async extend(token, ids, leaseMs) {
      await records.updateMany(
        { _id: { $in: [...ids] }, claim: token, dueAt: { $exists: true } },
        { $set: { dueAt: after(leaseMs) } },
      );
    },

    async release(token, ids) {
      if (ids.length === 0) return;
      await records.updateMany(
        { _id: { $in: [...ids] }, claim: token, status: { $in: ['planned', 'sending'] } },
        { $set: { status: 'planned', dueAt: now() }, $unset: { claim: true } },
      );
    },

    async giveUpLost() {
      const { modifiedCount } = await records.updateMany(
        { status: 'sending', dueAt: { $lte: now() } },
        { $set: { status: 'unknown', at: now(), reason: emailReason('email:sender-lost') }, $unset: { dueAt: true } },
      );
      return modifiedCount;
    },

    async findUnreported(olderThanMs, limit) {
      const found = await records
        .find({ isUnreported: true, at: { $lte: after(-olderThanMs) } }, { projection: { runId: 1, at: 1 } })
        .sort({ isUnreported: 1, at: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: id, runId, at }) => ({ id, runId, at }));
    },

    async markReported(ids) {
      await records.updateMany({ _id: { $in: [...ids] } }, { $unset: { isUnreported: true } });
    },
  };

  async function settle(token: string, settlements: readonly Settlement[]): Promise<void> {
    if (settlements.length === 0) return;
    const at = now();
    await records.bulkWrite(
      settlements.map((settlement) => toUpdate(token, settlement, at)),
      { ordered: false },
    );
    // An unknown one keeps its words: a person may want to see what perhaps arrived.
    const done = settlements.filter(({ kind }) => kind === 'sent' || kind === 'failed').map(({ id }) => id);
    if (done.length > 0) await messages.deleteMany({ _id: { $in: done } });
  }

  /** A batch that came again may have stored words for deliveries that are over. */
  async function removeOrphans(ids: string[]): Promise<void> {
    const over = await records
      .find({ _id: { $in: ids }, status: { $nin: ['planned', 'sending', 'unknown'] } }, { projection: { _id: 1 } })
      .toArray();
    await messages.deleteMany({ _id: { $in: over.map(({ _id }) => _id) } });
  }
}

function toQueuedMessage({ delivery, html, text, fromName }: OutgoingEmail): QueuedMessageRecord {
  return { _id: delivery._id, html, text, ...(fromName && { fromName }) };
}

function toClaimedEmail(delivery: DeliveryRecord, { html, text, fromName }: QueuedMessageRecord): ClaimedEmail {
  return { delivery, html, text, attempts: delivery.attempts ?? 0, ...(fromName && { fromName }) };
}
