import type { QuarantinedValue } from '@sluice/shared/http-api';
import type { AnyBulkWriteOperation, Filter } from 'mongodb';
import { Type } from 'typebox';
import type { AttributeLens } from '../access/read-level.ts';
import type { Aliases } from '../identities/aliases.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { ProfileMarker, ProfileWatch } from '../profiles/profile-watch.ts';
import type { Database } from '../stores/database.ts';
import { quarantine, type QuarantineRecord } from './quarantine-record.ts';
import type { ValueGate } from './value-gate.ts';

/** Which values are meant: these, or all of an attribute. */
export type QuarantineChoice = { ids: readonly string[] } | { attribute: string };

/** The values that were set aside, and what people decide about them. */
export interface Quarantine {
  /** Latest first; values as the holder of the lens may see them. */
  list(
    query: { attribute?: string | undefined; after?: string | undefined; limit?: number | undefined },
    lens: AttributeLens,
  ): Promise<{ items: QuarantinedValue[]; next: string | null }>;
  /** How many there are, by attribute. */
  count(): Promise<{ attribute: string; count: number }[]>;
  /**
   * Writes values to their profiles as they are, whatever the rule says, unless a later one has been said since. Does a
   * bounded number and answers whether any are left, so that a choice of a million is many short calls.
   */
  release(choice: QuarantineChoice): Promise<{ done: number; isAnyLeft: boolean }>;
  /** Forgets values for good; bounded in the same way. */
  drop(choice: QuarantineChoice): Promise<{ done: number; isAnyLeft: boolean }>;
}

const DEFAULT_LIMIT = 50;
/** Values decided in one call. */
const BATCH = 2000;

export function createQuarantine(deps: {
  database: Database;
  aliases: Aliases;
  watch: ProfileWatch;
  gate: Pick<ValueGate, 'sourced'>;
}): Quarantine {
  const { database } = deps;
  const stored = database.collection(quarantine);
  const storedProfiles = database.collection(profiles);

  /** The next batch of a choice, taken care of by `decide` before it goes. */
  async function each(choice: QuarantineChoice, decide: (batch: readonly QuarantineRecord[]) => Promise<void>) {
    const filter: Filter<QuarantineRecord> =
      'ids' in choice ? { _id: { $in: [...choice.ids] } } : { attribute: choice.attribute };
    const found = await stored
      .find(filter)
      .sort({ _id: 1 })
      .limit(BATCH + 1)
      .toArray();
    const batch = found.slice(0, BATCH);
    if (batch.length === 0) return { done: 0, isAnyLeft: false };
    await decide(batch);
    // By instant: a value that came meanwhile has taken the place of the one that was decided, and stays.
    await stored.bulkWrite(
      batch.map(({ _id, at }) => ({ deleteOne: { filter: { _id, at } } })),
      { ordered: false },
    );
    return { done: batch.length, isAnyLeft: found.length > BATCH };
  }

  return {
    async list({ attribute, after, limit = DEFAULT_LIMIT }, lens) {
      const [at, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
      const before = new Date(at ?? 0);
      const rows = await stored
        .find({
          ...(attribute !== undefined && { attribute }),
          ...(at !== undefined && { $or: [{ at: { $lt: before } }, { at: before, _id: { $lt: id ?? '' } }] }),
        })
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const current = await currentValues(page);
      return {
        items: page
          .filter((row) => lens.readLevel(row.attribute) !== 'hidden')
          .map((row) => toReply(row, current.get(row.profileId), lens)),
        next: rows.length > limit && last ? writeCursor([last.at.getTime(), last._id]) : null,
      };
    },

    async count() {
      const rows = await stored
        .aggregate<{ _id: string; count: number }>([
          { $sort: { attribute: 1 } },
          { $group: { _id: '$attribute', count: { $sum: 1 } } },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      return rows.map(({ _id, count }) => ({ attribute: _id, count }));
    },

    async release(choice) {
      const done = await each(choice, async (batch) => {
        const into = await deps.aliases.of(batch.map(({ profileId }) => profileId));
        const known = { marker: await deps.watch.marker(), sourced: await deps.gate.sourced() };
        const writes = batch.map((row) => toRelease(row, into.get(row.profileId) ?? row.profileId, known));
        await storedProfiles.bulkWrite(writes, { ordered: false });
      });
      deps.watch.wake();
      return done;
    },

    drop: (choice) => each(choice, async () => {}),
  };

  async function currentValues(page: readonly QuarantineRecord[]) {
    const ids = [...new Set(page.map(({ profileId }) => profileId))];
    const found = await storedProfiles.find({ _id: { $in: ids } }).toArray();
    return new Map(found.map((record) => [record._id, record]));
  }
}

function toReply(
  row: QuarantineRecord,
  profile: Pick<ProfileRecord, 'userId' | 'attributes'> | undefined,
  lens: AttributeLens,
): QuarantinedValue {
  const { _id: id, attribute, profileId, value, breach, source, at } = row;
  const shown = lens.view(toAttributes({ [attribute]: value })).attributes;
  const stands = lens.view(toAttributes(pick(profile?.attributes ?? {}, attribute))).attributes;
  return {
    id,
    attribute,
    profileId,
    userId: profile?.userId ?? null,
    value: shown[attribute] ?? null,
    current: stands[attribute] ?? null,
    breach,
    source,
    at: at.toISOString(),
  };
}

function pick<T>(values: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.hasOwn(values, name) ? { [name]: values[name] as T } : {};
}

/** What an `identify` call said later stays, as it would have if the value had never been set aside. */
function toRelease(
  { attribute, value, at, source }: QuarantineRecord,
  profileId: string,
  { marker, sourced }: { marker: ProfileMarker; sourced: ReadonlySet<string> },
): AnyBulkWriteOperation<ProfileRecord> {
  const isKept = { $gt: [`$attributesAt.${attribute}`, at] };
  const mark = marker.markOf([attribute]);
  const names = { $setUnion: [{ $ifNull: ['$unsettled.names', { $literal: [] }] }, { $literal: mark?.names ?? [] }] };
  return {
    updateOne: {
      filter: { _id: profileId },
      update: [
        {
          $set: {
            [`attributes.${attribute}`]: { $cond: [isKept, `$attributes.${attribute}`, { $literal: value }] },
            [`attributesAt.${attribute}`]: { $max: [`$attributesAt.${attribute}`, at] },
            ...(sourced.has(attribute) && {
              [`attributesFrom.${attribute}`]: { $cond: [isKept, `$attributesFrom.${attribute}`, source] },
            }),
            updatedAt: '$$NOW',
            ...(mark && { unsettled: { version: { $literal: mark.version }, names } }),
          },
        },
      ],
    },
  };
}
