import type { Reason } from '@sluice/shared/model';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { DeliveryRecord } from '../delivery-record.ts';

/** What became of one message. */
export type Settlement =
  /** `provider` when another one took it than it was queued for. */
  | { id: string; kind: 'sent'; runId: string; provider?: 'outbox' }
  | { id: string; kind: 'failed'; reason: Reason }
  /** Certainly not sent; again at `dueAt`. */
  | { id: string; kind: 'postponed'; dueAt: Date; attempts: number; reason: Reason }
  /** The connection broke after the message had begun: the server may have it. */
  | { id: string; kind: 'unknown'; reason: Reason };

/** The change of the delivery; changes nothing when the claim is somebody else's or the state forbids the move. */
export function toUpdate(token: string, settlement: Settlement, at: Date): AnyBulkWriteOperation<DeliveryRecord> {
  const { id, kind } = settlement;
  // The server's answer is the truth even when it comes after the claim ran out and the delivery was given up.
  const answered = { _id: id, claim: token, status: { $in: ['planned', 'sending', 'unknown'] as const } };
  switch (kind) {
    case 'sent':
      return {
        updateOne: {
          filter: answered as object,
          update: {
            $set: {
              status: 'sent',
              at,
              isUnreported: true,
              ...(settlement.provider && { provider: settlement.provider }),
            },
            $unset: { dueAt: true, claim: true, reason: true },
          },
        },
      };
    case 'failed':
      return {
        updateOne: {
          filter: answered as object,
          update: { $set: { status: 'failed', at, reason: settlement.reason }, $unset: { dueAt: true, claim: true } },
        },
      };
    case 'postponed':
      return {
        updateOne: {
          filter: { _id: id, claim: token, status: 'sending' },
          update: {
            $set: {
              status: 'planned',
              dueAt: settlement.dueAt,
              attempts: settlement.attempts,
              reason: settlement.reason,
            },
            $unset: { claim: true },
          },
        },
      };
    case 'unknown':
      return {
        updateOne: {
          filter: { _id: id, claim: token, status: 'sending' },
          update: { $set: { status: 'unknown', at, reason: settlement.reason }, $unset: { dueAt: true } },
        },
      };
  }
}
