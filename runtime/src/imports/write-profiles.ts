import { type AnyBulkWriteOperation, type Collection, MongoBulkWriteError } from 'mongodb';
import type { Aliases } from '../identities/aliases.ts';
import { type ProfileRecord, profileIdOf, type StoredValue } from '../profiles/profile-record.ts';
import { markUpdate, type ProfileMarker, type ProfileWatch } from '../profiles/profile-watch.ts';
import type { ValueGate } from '../quality/value-gate.ts';

export interface ImportedProfile {
  userId: string;
  attributes: Record<string, StoredValue>;
}

/** Writes batches of an import; doing a batch again changes nothing. */
export interface ProfileWriter {
  write(rows: readonly ImportedProfile[], now: Date): Promise<void>;
}

const DUPLICATE_KEY = 11_000;
/** Above this share of profiles that exist already, inserting first costs more than it saves. */
const MOSTLY_KNOWN = 0.2;

/**
 * New profiles are inserted whole, twice as fast as an upsert; those that exist already are then updated. Rows of one user
 * within a batch are laid over each other first, the later on top, so the order of writes does not matter.
 */
export function createProfileWriter(
  profiles: Collection<ProfileRecord>,
  importId: string,
  watch?: ProfileWatch,
  aliases?: Pick<Aliases, 'of'>,
  gate?: Pick<ValueGate, 'admit'>,
): ProfileWriter {
  let insertsFirst = true;

  async function insertNew(records: readonly ProfileRecord[]): Promise<ProfileRecord[]> {
    try {
      await profiles.insertMany(records, { ordered: false });
      return [];
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) throw error;
      const refused = [error.writeErrors].flat();
      if (refused.length === 0 || refused.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
      return refused.flatMap(({ index }) => records[index] ?? []);
    }
  }

  return {
    async write(rows, now) {
      const marker = await watch?.marker();
      const imported = overlay(rows).map((row) => ({ ...row, id: profileIdOf(row) }));
      const merged = await aliases?.of(imported.map(({ id }) => id));
      const items = imported.map(({ id, attributes }) => ({ profileId: merged?.get(id) ?? id, attributes, at: now }));
      const admitted = await gate?.admit(items, 'import');
      const records = imported.map(({ id, userId, attributes: sent }, index): ProfileRecord => {
        const attributes = admitted?.[index] ?? sent;
        return {
          _id: merged?.get(id) ?? id,
          userId,
          attributes,
          createdAt: now,
          updatedAt: now,
          importId,
          ...markOf(attributes, marker),
        };
      });
      if (records.length === 0) return;
      const known = insertsFirst ? await insertNew(records) : records;
      insertsFirst = insertsFirst && known.length < records.length * MOSTLY_KNOWN;
      if (known.length > 0)
        await profiles.bulkWrite(
          known.map((record) => toUpsert(record, marker)),
          { ordered: false },
        );
      watch?.wake();
    },
  };
}

function overlay(rows: readonly ImportedProfile[]): ImportedProfile[] {
  const byUser = new Map<string, ImportedProfile>();
  for (const { userId, attributes } of rows) {
    const earlier = byUser.get(userId);
    byUser.set(userId, { userId, attributes: earlier ? { ...earlier.attributes, ...attributes } : attributes });
  }
  return [...byUser.values()];
}

/** Which profiles an import makes is not known beforehand: all count as new to those who follow newcomers. */
function markOf(attributes: ImportedProfile['attributes'], marker: ProfileMarker | undefined) {
  const marks = [marker?.markOf(Object.keys(attributes)), marker?.newMark()].filter((mark) => mark !== undefined);
  const [first] = marks;
  return first ? { unsettled: { version: first.version, names: marks.flatMap(({ names }) => names) } } : {};
}

function toUpsert(record: ProfileRecord, marker: ProfileMarker | undefined): AnyBulkWriteOperation<ProfileRecord> {
  const { _id, userId, attributes, createdAt, updatedAt, importId } = record;
  const mark = markUpdate(markOf(attributes, marker).unsettled);
  const values = Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value]);
  return {
    updateOne: {
      filter: { _id },
      update: {
        $set: { ...Object.fromEntries(values), updatedAt, ...mark.$set },
        ...(mark.$addToSet && { $addToSet: mark.$addToSet }),
        $setOnInsert: {
          userId,
          createdAt,
          ...(importId !== undefined && { importId }),
          ...(values.length === 0 && { attributes: {} }),
        },
      },
      upsert: true,
    },
  };
}
