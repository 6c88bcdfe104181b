import type { Delivery } from '@sluice/shared/http-api';
import type { DeliveryStatus, Reason } from '@sluice/shared/model';
import type { Static } from 'typebox';
import { declareCollection } from '../stores/database.ts';

/**
 * One message to one profile on one channel, kept for good: what happened and why (CH-2). States and their moves stand in
 * SPEC.md beside this file.
 */
export interface DeliveryRecord {
  /** The effect id: one delivery per effect, however often it is asked for (RUN-3). */
  _id: string;
  runId: string;
  flowId: string;
  version: number;
  nodeId: string;
  profileId: string;
  /** Profiles it belonged to before they were merged. */
  mergedFrom?: string[];
  channel: 'email';
  provider: 'outbox' | 'smtp';
  status: Static<typeof DeliveryStatus>;
  /** As far as known; empty when there is none. */
  to: string;
  subject: string;
  /** When it reached its status. */
  at: Date;
  reason?: Reason;
  /** Queue of an external provider; present while `planned` or `sending`: when it is due, or its claim runs out. */
  dueAt?: Date;
  /** The sender that holds it; stays on `unknown`, so that a late answer of the server still counts. */
  claim?: string;
  /** Hand-overs so far that the server turned down for the moment. */
  attempts?: number;
  /** Sent, and the listener has not been told yet. */
  isUnreported?: true;
}

export const deliveries = declareCollection<DeliveryRecord>('deliveries', [
  { key: { profileId: 1, at: -1, _id: -1 } },
  { key: { flowId: 1, at: -1, _id: -1 } },
  { key: { at: -1, _id: -1 } },
  {
    key: { status: 1, dueAt: 1 },
    options: { name: 'queue', partialFilterExpression: { dueAt: { $exists: true } } },
  },
  { key: { isUnreported: 1, at: 1 }, options: { name: 'unreported', partialFilterExpression: { isUnreported: true } } },
]);

export function toDelivery(record: DeliveryRecord): Delivery {
  const { _id: id, profileId, flowId, nodeId: node, channel, status, to, subject, at, reason } = record;
  return { id, profileId, flowId, node, channel, status, to, subject, at: at.toISOString(), reason: reason ?? null };
}
