import { AppError } from '@sluice/shared/errors';
import type { Accepted } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { AnyBulkWriteOperation } from 'mongodb';
import { createAliases } from '../identities/aliases.ts';
import type { Pair } from '../identities/merges.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { ProfileWatch } from '../profiles/profile-watch.ts';
import type { ValueGate } from '../quality/value-gate.ts';
import type { Database } from '../stores/database.ts';
import { duplicatesOf } from '../stores/duplicate-key.ts';
import type { DictionaryObserver, EventLog } from './event-log.ts';
import { gatherCalls } from './gather-calls.ts';
import { type ProfileHead, toProfileWrites } from './profile-writes.ts';
import { type IngestCall, readCall, visitorOf } from './read-call.ts';

/** Takes calls of the Segment spec in. */
export interface Ingest {
  /** Durable when it resolves; a bad item is rejected alone. Repeating a call with its messageIds changes nothing. */
  accept(items: readonly unknown[]): Promise<Accepted>;
}

/** Enough that the store works while the next write is put together. */
const LANES = 2;
/** Calls written together at most; also what a failure of the store fails together. */
const MOST_AT_ONCE = 1000;

export function createIngest(deps: {
  database: Database;
  clock: Clock;
  eventLog: EventLog;
  dictionary?: Pick<DictionaryObserver, 'observeAttributes'>;
  watch?: ProfileWatch;
  /** What lets values through to profiles, by the rules of the dictionary. */
  gate?: Pick<ValueGate, 'admit' | 'sourced'>;
  /** Hears of profiles that are one person: a visitor whom a call named beside a user. */
  onRecognised?: (pairs: readonly Pair[]) => Promise<void>;
}): Ingest {
  const stored = deps.database.collection(profiles);
  const aliases = createAliases(deps);

  /** The same calls with the traits that may be written. */
  async function admit(calls: readonly IngestCall[]): Promise<IngestCall[]> {
    const said = calls.filter((call) => call.kind === 'identify');
    const items = said.map(({ profileId, traits, at }) => ({ profileId, attributes: traits, at }));
    const admitted = items.length > 0 ? await deps.gate?.admit(items, 'api') : undefined;
    if (!admitted) return [...calls];
    const traitsOf = new Map<IngestCall, (typeof admitted)[number]>(
      said.map((call, index) => [call, admitted[index] ?? {}]),
    );
    return calls.map((call) => (call.kind === 'identify' ? { ...call, traits: traitsOf.get(call) ?? {} } : call));
  }

  /** Of the profiles that calls are about, and of their visitors, those that are there. */
  async function findKnown(calls: readonly IngestCall[]): Promise<ReadonlyMap<string, ProfileHead>> {
    const ids = calls.flatMap((call) => [call.kind === 'identify' ? [] : call.profileId, visitorOf(call) ?? []].flat());
    const found = await stored
      .find({ _id: { $in: [...new Set(ids)] } })
      .project<ProfileHead>({ userId: 1, anonymousIds: 1, isKeptApart: 1 })
      .toArray();
    return new Map(found.map((head) => [head._id, head]));
  }

  /** Answers the places of the events that were there before. */
  async function write(read: readonly IngestCall[], receivedAt: Date): Promise<ReadonlySet<number>> {
    const [merged, knownAsNamed] = await Promise.all([
      aliases.of(read.flatMap((call) => [call.profileId, visitorOf(call) ?? []].flat())),
      findKnown(read),
    ]);
    const named = read.map((call) => ({ ...call, profileId: merged.get(call.profileId) ?? call.profileId }));
    const calls = await admit(named);
    // Hardly ever is anybody among them who has been merged.
    const known = merged.size > 0 ? await findKnown(calls) : knownAsNamed;
    // Profiles first: whoever matches an event finds the profile there.
    const writes = toProfileWrites(calls, receivedAt, {
      known,
      marker: await deps.watch?.marker(),
      sourced: await deps.gate?.sourced(),
    });
    await upsert((some) => stored.bulkWrite(some, { ordered: false }), writes);
    if (writes.length > 0) deps.watch?.wake();
    const places = calls.flatMap((call, place) => (call.kind === 'event' ? [place] : []));
    const { repeated } = await deps.eventLog.recordEvents(
      calls.filter((call) => call.kind === 'event'),
      { areResolved: true },
    );
    // Behind the events: those of this very batch go along.
    const pairs = recognise(calls, known, merged);
    if (pairs.length > 0) await deps.onRecognised?.(pairs);
    // What was set aside is no sample of what profiles have.
    const traits = calls.flatMap((call) => (call.kind === 'identify' ? [call.traits] : []));
    if (traits.length > 0) await deps.dictionary?.observeAttributes(traits);
    return new Set([...repeated].map((index) => places[index] ?? -1));
  }

  const gather = gatherCalls<readonly IngestCall[], number>(
    async (sent) => {
      const repeated = await write(sent.flat(), new Date(deps.clock.now()));
      let from = 0;
      return sent.map((calls) => {
        const own = calls.filter((_, index) => repeated.has(from + index)).length;
        from += calls.length;
        return own;
      });
    },
    { lanes: LANES, most: MOST_AT_ONCE, weigh: (calls) => calls.length },
  );

  return {
    async accept(items) {
      const receivedAt = new Date(deps.clock.now());
      const read: IngestCall[] = [];
      const rejected: Accepted['rejected'] = [];
      for (const [index, item] of items.entries()) {
        try {
          read.push(readCall(item, receivedAt));
        } catch (failure) {
          if (!(failure instanceof AppError) || failure.kind !== 'user') throw failure;
          rejected.push({ index, code: failure.code, message: failure.message });
        }
      }
      const duplicates = read.length > 0 ? await gather(read) : 0;
      return { accepted: read.length - duplicates, duplicates, rejected };
    },
  };
}

/**
 * Visitors who are known users from now on. One who belongs to somebody already stays there, whoever signs in on the same
 * device later; and no call joins two users: a write key can be read by every visitor of a website.
 */
function recognise(
  calls: readonly IngestCall[],
  known: ReadonlyMap<string, ProfileHead>,
  merged: ReadonlyMap<string, string>,
): Pair[] {
  const pairs = new Map<string, Pair>();
  const written = new Set(calls.map(({ profileId }) => profileId));
  for (const call of calls) {
    const from = visitorOf(call);
    if (from === undefined || merged.has(from) || pairs.has(from)) continue;
    const visitor = known.get(from);
    const isOpen = visitor ? visitor.userId === null && !visitor.isKeptApart : written.has(from);
    if (isOpen) pairs.set(from, { from, into: call.profileId });
  }
  return [...pairs.values()];
}

/** Two processes may upsert the same new profile at once; the one that lost finds it there on its second try. */
async function upsert(
  write: (writes: AnyBulkWriteOperation<ProfileRecord>[]) => Promise<unknown>,
  writes: AnyBulkWriteOperation<ProfileRecord>[],
): Promise<void> {
  if (writes.length === 0) return;
  try {
    await write(writes);
  } catch (failure) {
    await write(duplicatesOf(failure).flatMap(({ index }) => writes[index] ?? []));
  }
}
