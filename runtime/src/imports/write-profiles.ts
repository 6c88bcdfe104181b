import { isDeepStrictEqual } from 'node:util';
import type { AnyBulkWriteOperation } from 'mongodb';
import { createAliases } from '../identities/aliases.ts';
import { type ProfileRecord, profileIdOf, profiles, type StoredValue } from '../profiles/profile-record.ts';
import { markUpdate, type ProfileMarker } from '../profiles/profile-watch.ts';
import { insertNew } from '../stores/insert-new.ts';
import type { ImportedRow } from './compile-mapping.ts';
import type { AttributeChange } from './import-journal.ts';
import type { ImportTarget, TargetDeps, Writing } from './import-target.ts';

type Attributes = Record<string, StoredValue>;

interface Wanted {
  id: string;
  userId: string;
  attributes: Attributes;
}

const BATCH = 1000;
/** A profile that comes and goes between looking and writing. */
const MOST_ROUNDS = 10;

/**
 * Rows as profiles. What is there is read first: new profiles are inserted whole, twice as fast as an upsert; of the others
 * only what differs is written, and what it was before goes into the journal. Rows of one user within a batch are laid over
 * each other first, the later on top, so the order of writes does not matter.
 */
export function createProfileTarget(deps: TargetDeps, writing: Writing): ImportTarget {
  const stored = deps.database.collection(profiles);
  const aliases = createAliases(deps);
  const { importId, startedAt, journal } = writing;

  async function readKnown(wanted: readonly Wanted[]): Promise<Map<string, Attributes>> {
    const names = new Set(wanted.flatMap(({ attributes }) => Object.keys(attributes)));
    const found = await stored
      .find({ _id: { $in: wanted.map(({ id }) => id) } })
      .project<{ _id: string; attributes?: Attributes }>(
        Object.fromEntries(names.size === 0 ? [['_id', 1]] : [...names].map((name) => [`attributes.${name}`, 1])),
      )
      .toArray();
    return new Map(found.map(({ _id, attributes = {} }) => [_id, attributes]));
  }

  /** Answers whose write met another writer's. */
  async function writeRound(
    own: readonly Wanted[],
    merged: ReadonlyMap<string, string>,
    marker: ProfileMarker,
    at: { row: number; round: number },
  ) {
    const wanted = own.map((each) => ({ ...each, id: merged.get(each.id) ?? each.id }));
    const known = await readKnown(wanted);
    const news = wanted.filter(({ id }) => !known.has(id));
    const changed = wanted.flatMap((each) => {
      const before = known.get(each.id);
      return before ? changeOf(each, before) : [];
    });
    await journal.note(at.row, at.round, { created: news.map(({ id }) => id), changed });
    const met = await insertNew(
      stored,
      news.map((each) => newProfile(each, { importId, at: startedAt }, marker)),
    );
    const sourced = await deps.gate.sourced();
    const statements = changed.map((change) => toUpdate(change, startedAt, { marker, sourced }));
    const matched = statements.length > 0 ? (await stored.bulkWrite(statements, { ordered: false })).matchedCount : 0;
    // One of them was deleted or merged meanwhile; which one shows when all are looked at again.
    const isMissed = matched < statements.length;
    return own.filter((_each, index) => {
      const id = wanted[index]?.id ?? '';
      return met.has(id) || (isMissed && known.has(id));
    });
  }

  /** What the rules of the attributes let through. */
  async function admit(wanted: readonly Wanted[], merged: ReadonlyMap<string, string>): Promise<Wanted[]> {
    const at = new Date(deps.clock.now());
    const admitted = await deps.gate.admit(
      wanted.map(({ id, attributes }) => ({ profileId: merged.get(id) ?? id, attributes, at })),
      'import',
    );
    return wanted.map((each, index) => ({ ...each, attributes: admitted[index] ?? each.attributes }));
  }

  return {
    batch: BATCH,
    async write(rows, firstRow) {
      if (rows.length === 0) return [];
      const marker = await deps.upkeep.marker();
      const wanted = overlay(rows).map((each) => ({ ...each, id: profileIdOf(each) }));
      let merged = await aliases.of(wanted.map(({ id }) => id));
      const admitted = await admit(wanted, merged);
      let open: Wanted[] = admitted;
      for (let round = 0; open.length > 0; round += 1) {
        if (round === MOST_ROUNDS) throw new Error('Profiles changed under every try to write them');
        if (round > 0) merged = await aliases.of(open.map(({ id }) => id));
        open = await writeRound(open, merged, marker, { row: firstRow, round });
      }
      deps.upkeep.wake();
      deps.dictionary.observe({
        // What was set aside is no sample of what profiles have.
        attributes: admitted.map(({ attributes }) => attributes),
        at: new Date(deps.clock.now()),
      });
      return [];
    },
  };
}

function overlay(rows: readonly ImportedRow[]): Pick<Wanted, 'userId' | 'attributes'>[] {
  const byUser = new Map<string, Pick<Wanted, 'userId' | 'attributes'>>();
  for (const { userId, attributes } of rows) {
    const earlier = byUser.get(userId);
    byUser.set(userId, { userId, attributes: earlier ? { ...earlier.attributes, ...attributes } : attributes });
  }
  return [...byUser.values()];
}

/** Nothing when the profile has all of it already. */
function changeOf({ id, attributes }: Wanted, known: Attributes): AttributeChange[] {
  const names = Object.keys(attributes).filter((name) => !isDeepStrictEqual(attributes[name], known[name]));
  if (names.length === 0) return [];
  const before = names.filter((name) => known[name] !== undefined);
  return [{ profileId: id, before: pick(known, before), after: pick(attributes, names) }];
}

function pick(attributes: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, attributes[name] as StoredValue]));
}

/** Which profiles an import makes is not known to those who follow newcomers: they are all of these. */
export function newProfile(
  { id, userId, attributes }: Wanted,
  { importId, at }: { importId: string; at: Date },
  marker: ProfileMarker,
): ProfileRecord {
  const marks = [marker.markOf(Object.keys(attributes)), marker.newMark()].filter((mark) => mark !== undefined);
  const [first] = marks;
  return {
    _id: id,
    userId,
    attributes,
    createdAt: at,
    updatedAt: at,
    importId,
    ...(first && { unsettled: { version: first.version, names: marks.flatMap(({ names }) => names) } }),
  };
}

function toUpdate(
  change: AttributeChange,
  at: Date,
  { marker, sourced }: { marker: ProfileMarker; sourced: ReadonlySet<string> },
): AnyBulkWriteOperation<ProfileRecord> {
  const { profileId, after } = change;
  const mark = markUpdate(marker.markOf(Object.keys(after)));
  const values = Object.entries(after).map(([name, value]) => [`attributes.${name}`, value]);
  const noted = Object.keys(after).flatMap((name) => (sourced.has(name) ? [[`attributesFrom.${name}`, 'import']] : []));
  return {
    updateOne: {
      filter: { _id: profileId },
      update: {
        $set: { ...Object.fromEntries([...values, ...noted]), updatedAt: at, ...mark.$set },
        ...(mark.$addToSet && { $addToSet: mark.$addToSet }),
      },
    },
  };
}
