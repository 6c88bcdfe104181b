import type { EventFacts } from '@sluice/shared/node-contract';
import type { EventRecord } from '../ingest/event-record.ts';

/**
 * Told of events once they are stored, in batches and in the order of their arrival; at least once, also after a crash, so
 * that twice must be harmless. A throw leaves the batch unmatched, and it is told again later.
 */
export interface EventConsumer {
  consume(events: readonly EventRecord[]): Promise<void>;
}

/** What happened longer ago than this when it arrived is data: conditions count it, but it starts and wakes nothing. */
const LATE_MS = 24 * 3_600_000;

export function isTimely({ at, receivedAt }: EventRecord): boolean {
  return receivedAt.getTime() - at.getTime() <= LATE_MS;
}

/** An event as steps read it: dates as ISO-8601 texts, and one from the future as if it happened when it was received. */
export function toEventFacts({ _id, name, properties, at, receivedAt, depth }: EventRecord): EventFacts {
  const read = Object.entries(properties).map(([key, value]) => [
    key,
    value instanceof Date ? value.toISOString() : value,
  ]);
  return {
    id: _id,
    name,
    properties: Object.fromEntries(read),
    at: Math.min(at.getTime(), receivedAt.getTime()),
    ...(depth !== undefined && { depth }),
  };
}
