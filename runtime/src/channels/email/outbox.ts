import type { Clock } from '@sluice/shared/time';
import { type Database, declareCollection } from '../../stores/database.ts';
import { type DeliveryRecord, deliveries } from '../delivery-record.ts';
import { insertNew } from '../../stores/insert-new.ts';
import { type EmailProviderPort, type OutgoingEmail, toHeldBackRecord } from './outgoing-email.ts';

/** A message as it was sent, under the id of its delivery. */
export interface OutboxMessageRecord {
  _id: string;
  from: string;
  html: string;
  text: string;
}

export const outboxMessages = declareCollection<OutboxMessageRecord>('outboxMessages');

const OUTBOX_SENDER = 'outbox@sluice.invalid';

/**
 * The built-in provider: messages stay in the store to be looked at. They are there before their deliveries say `sent`,
 * so a crash in between loses nothing and doubles nothing: the ids are the same when the batch comes again (RUN-3).
 */
export function createOutbox(deps: { database: Database; clock: Clock }): EmailProviderPort {
  const records = deps.database.collection(deliveries);
  return {
    acceptedStatus: 'sent',
    async accept(emails, heldBack) {
      await keepInOutbox(deps.database, emails);
      const at = new Date(deps.clock.now());
      return insertNew(records, [
        ...emails.map(({ delivery }): DeliveryRecord => ({ ...delivery, provider: 'outbox', status: 'sent', at })),
        ...heldBack.map((email) => toHeldBackRecord(email, 'outbox', at)),
      ]);
    },
  };
}

/** Stores the words alone; their deliveries are somebody else's. Twice is harmless. */
export async function keepInOutbox(database: Database, emails: readonly OutgoingEmail[]): Promise<void> {
  await insertNew(database.collection(outboxMessages), emails.map(toOutboxMessage));
}

function toOutboxMessage({ delivery, html, text, fromName }: OutgoingEmail): OutboxMessageRecord {
  return { _id: delivery._id, from: fromName ? `${fromName} <${OUTBOX_SENDER}>` : OUTBOX_SENDER, html, text };
}
