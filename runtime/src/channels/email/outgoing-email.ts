import type { DeliveryRecord } from '../delivery-record.ts';

/** What a delivery is before a provider has taken it. */
export type DeliveryDraft = Omit<DeliveryRecord, 'provider' | 'status' | 'at'>;

/** A rendered message on its way to a provider. */
export interface OutgoingEmail {
  delivery: DeliveryDraft;
  html: string;
  text: string;
  /** Shown before the sender's address instead of the provider's own name. */
  fromName?: string;
}

/** A delivery that ends before any provider sees it: nowhere to send it to, or nothing to send. */
export interface HeldBackEmail {
  delivery: DeliveryDraft & { reason: NonNullable<DeliveryRecord['reason']> };
  status: 'suppressed' | 'failed';
}

/**
 * The contract of a provider: takes a batch and stores a delivery for each message and each one held back. Idempotent by
 * delivery id: what is stored already stays as it is. Answers the ids that were stored before.
 */
export interface EmailProviderPort {
  accept(emails: readonly OutgoingEmail[], heldBack: readonly HeldBackEmail[]): Promise<Set<string>>;
  /** The state of a delivery once accepted. */
  readonly acceptedStatus: 'sent' | 'planned';
}

/** Held-back deliveries look the same whatever the provider. */
export function toHeldBackRecord(
  { delivery, status }: HeldBackEmail,
  provider: DeliveryRecord['provider'],
  at: Date,
): DeliveryRecord {
  return { ...delivery, provider, status, at };
}
