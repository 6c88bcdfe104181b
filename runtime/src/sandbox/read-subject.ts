import type { DrySubject, Persona } from '@sluice/shared/http-api';
import { AppError } from '@sluice/shared/errors';
import { membershipIdOf, memberships } from '../audiences/membership-record.ts';
import { datasetRows, type RowRecord } from '../datasets/dataset-record.ts';
import { events, type EventRecord } from '../ingest/event-record.ts';
import { toEventFacts } from '../matching/event-consumer.ts';
import { toAttributes, toFacts } from '../profiles/profile-facts.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import type { WorldState } from './virtual-world.ts';

/** The newest events of a profile that a dry run knows; far more than people have. */
const MOST_EVENTS = 20_000;
const MOST_ROWS = 5000;

/** The subject's world as it is when the dry run starts. A stored profile is read, never written. Throws `not-found`. */
export async function readSubject(
  database: Database,
  subject: DrySubject,
  startAt: number,
  audiences: Iterable<string>,
): Promise<WorldState> {
  if (subject.kind === 'persona') return toState(subject.persona, startAt);
  const { profileId } = subject;
  const record = await database.collection(profiles).findOne({ _id: profileId });
  if (!record)
    throw new AppError('not-found', `There is no profile ${profileId}`, {
      details: { what: 'profile', id: profileId },
    });
  const [past, memberOf, rows] = await Promise.all([
    database
      .collection(events)
      .find({ profileId, at: { $lte: new Date(startAt) } })
      .sort({ at: -1, _id: -1 })
      .limit(MOST_EVENTS)
      .toArray(),
    database
      .collection(memberships)
      // Points of the primary key: there is no index by profile.
      .find({ _id: { $in: [...audiences].map((id) => membershipIdOf(id, profileId)) }, isMember: true })
      .project<{ audience: string }>({ audience: 1, _id: 0 })
      .toArray(),
    database
      .collection(datasetRows)
      .find({ profileId, isLeaving: { $exists: false } })
      .project<Pick<RowRecord, '_id' | 'dataset' | 'values'>>({ dataset: 1, values: 1 })
      .sort({ _id: 1 })
      .limit(MOST_ROWS)
      .toArray(),
  ]);
  return {
    profile: toFacts(record),
    events: past.map((event) => ({ ...event, properties: toEventFacts(event).properties })),
    rows: rows.map(({ dataset, values }) => ({ dataset, values: toAttributes(values) })),
    audiences: memberOf.map(({ audience }) => audience),
  };
}

export function toState(persona: Persona, startAt: number): WorldState {
  const { id, userId, attributes, audiences } = persona;
  return {
    profile: { id, attributes, ...(userId !== undefined && { userId }) },
    events: persona.events.map(({ name, agoMs, properties }, index): EventRecord => {
      const at = new Date(startAt - agoMs);
      return { _id: `past-${index}`, profileId: id, name, properties, at, receivedAt: at };
    }),
    rows: persona.rows ?? [],
    audiences,
  };
}
