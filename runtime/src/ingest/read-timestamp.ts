import { HOUR_MS } from '@sluice/shared/time';
import { DateTime } from 'luxon';

const ISO_8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * When a call says it happened. Without a time it is now; late is fine, however late. More than an hour ahead of the
 * server is a wrong clock and becomes the time of arrival: an event in the future would be "the latest" until then.
 * Undefined for a text that is no ISO-8601 time.
 */
export function readTimestamp(timestamp: string | undefined, receivedAt: Date): Date | undefined {
  if (timestamp === undefined) return receivedAt;
  if (!ISO_8601.test(timestamp)) return undefined;
  const at = DateTime.fromISO(timestamp, { zone: 'utc' });
  if (!at.isValid) return undefined;
  return at.toMillis() > receivedAt.getTime() + HOUR_MS ? receivedAt : at.toJSDate();
}

const ISO_DATE_OR_INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/** A date, or an instant with its zone, as traits carry them; a time without a zone stays text, for which zone was meant nobody knows. */
export function readDateTrait(text: string): Date | undefined {
  if (!ISO_DATE_OR_INSTANT.test(text)) return undefined;
  const at = DateTime.fromISO(text, { zone: 'utc' });
  return at.isValid ? at.toJSDate() : undefined;
}
