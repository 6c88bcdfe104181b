import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@sluice/shared/time';
import type { AnyBulkWriteOperation } from 'mongodb';
import { createAliases } from '../identities/aliases.ts';
import { type ProfileRecord, profiles, type StoredValue } from '../profiles/profile-record.ts';
import type { ProfileWatch } from '../profiles/profile-watch.ts';
import { insertNew } from '../stores/insert-new.ts';
import { type DatasetRecord, datasetRows, type RowRecord } from './dataset-record.ts';
import { type JoinDeps, joinRows, readJoined } from './join-rows.ts';
import type { RowMarks } from './mark-rows.ts';
import type { ReadRow } from './read-row.ts';

type Values = Record<string, StoredValue>;

/** A row that is about to be changed. A name that `before` lacks was empty; null empties it. */
export interface RowEdit {
  id: string;
  before: Values;
  after: Values;
  /** Its owner before and after, where that changes. */
  owner?: { before: string; after: string };
}

/** By whom rows are written, and who hears of it before it happens. */
export interface RowSource {
  at: Date;
  importId?: string;
  note?(round: number, entry: { created: string[]; newRows: string[]; rowEdits: RowEdit[] }): Promise<void>;
}

/** Rows of a batch are at most as many as this. */
export const MOST_ROWS = 1000;
const MOST_ROUNDS = 10;

/** Writes rows of datasets; what it is asked for a second time changes nothing (DS-1). */
export interface RowWriter {
  /** The later of two rows of one key is laid over the earlier one. */
  upsert(dataset: DatasetRecord, rows: readonly ReadRow[], source: RowSource): Promise<void>;
  /** Deletes rows by their ids; answers how many there were. */
  remove(dataset: string, ids: readonly string[]): Promise<number>;
  /** For those who change rows in ways of their own. */
  readonly marks: RowMarks;
  join(dataset: string, profileIds: readonly string[]): Promise<void>;
}

export function createRowWriter(deps: JoinDeps & { clock: Clock; watch: ProfileWatch }): RowWriter {
  const stored = deps.database.collection(datasetRows);
  const aliases = createAliases(deps);

  /** Whoever looks at a row finds the profile there. Answers whom it made. */
  async function findNewcomers(owners: ReadonlyMap<string, string>): Promise<ProfileRecord[]> {
    const known = await deps.database
      .collection(profiles)
      .find({ _id: { $in: [...owners.keys()] } })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    const present = new Set(known.map(({ _id }) => _id));
    const marker = await deps.watch.marker();
    const unsettled = marker.newMark();
    const now = new Date(deps.clock.now());
    return [...owners]
      .filter(([id]) => !present.has(id))
      .map(([_id, userId]) => ({
        _id,
        userId,
        attributes: {},
        createdAt: now,
        updatedAt: now,
        ...(unsettled && { unsettled }),
      }));
  }

  async function writeRound(dataset: DatasetRecord, rows: readonly ReadRow[], source: RowSource, round: number) {
    const merged = await aliases.of(rows.map(({ profileId }) => profileId));
    const owned = rows.map((row) => ({ ...row, profileId: merged.get(row.profileId) ?? row.profileId }));
    const newcomers = await findNewcomers(new Map(owned.map(({ profileId, userId }) => [profileId, userId])));
    const born = newcomers.map((profile) =>
      source.importId === undefined
        ? profile
        : { ...profile, importId: source.importId, createdAt: source.at, updatedAt: source.at },
    );
    const found = await stored.find({ _id: { $in: owned.map(({ id }) => id) } }).toArray();
    const known = new Map(found.map((row) => [row._id, row]));
    const joined = await readJoined(deps.database, dataset, [...new Set(owned.map(({ profileId }) => profileId))]);
    const news = owned.filter(({ id }) => !known.has(id));
    const edits = owned.flatMap((row) => {
      const before = known.get(row.id);
      return before ? editOf(row, before) : [];
    });
    await source.note?.(round, {
      created: born.map(({ _id }) => _id),
      newRows: news.map(({ id }) => id),
      rowEdits: edits.map(({ edit }) => edit),
    });
    await insertNew(deps.database.collection(profiles), born);
    if (born.length > 0) deps.watch.wake();
    const mark = await deps.marks.of(dataset._id);
    const met = await insertNew(
      stored,
      news.map(({ id, profileId, values }): RowRecord => {
        const marked = mark?.(profileId);
        return {
          _id: id,
          dataset: dataset._id,
          profileId,
          values: { ...withoutNulls(values), ...joined.get(profileId) },
          writtenAt: source.at,
          ...(source.importId !== undefined && { importId: source.importId }),
          ...(marked && { unsettled: { version: marked.$set['unsettled.version'], profileIds: [profileId] } }),
        };
      }),
    );
    const writes = edits.map(({ edit, seen }) =>
      toUpdate(edit, seen, source.at, mark?.(seen.profileId, edit.owner?.after ?? seen.profileId)),
    );
    const matched = writes.length > 0 ? (await stored.bulkWrite(writes, { ordered: false })).matchedCount : 0;
    await joinRows(
      deps,
      owned.map(({ profileId }) => profileId),
      { dataset: dataset._id },
    );
    if (mark) deps.marks.wake();
    // Which of them another writer changed meanwhile shows when all are looked at again.
    const isMissed = matched < writes.length;
    return rows.filter(({ id }) => met.has(id) || (isMissed && known.has(id)));
  }

  return {
    marks: deps.marks,
    join: (dataset, profileIds) => joinRows(deps, profileIds, { dataset }),
    async upsert(dataset, rows, source) {
      let open = overlay(rows);
      for (let round = 0; open.length > 0; round += 1) {
        if (round === MOST_ROUNDS) throw new Error('Rows changed under every try to write them');
        open = await writeRound(dataset, open, source, round);
      }
    },
    async remove(dataset, ids) {
      const mark = await deps.marks.of(dataset);
      const filter = { _id: { $in: [...ids] }, dataset, isLeaving: { $exists: false } };
      if (!mark) return (await stored.deleteMany(filter)).deletedCount;
      const found = await stored.find(filter).project<Pick<RowRecord, '_id' | 'profileId'>>({ profileId: 1 }).toArray();
      if (found.length === 0) return 0;
      const { modifiedCount } = await stored.bulkWrite(
        found.map(({ _id, profileId }) => {
          const { $set, $addToSet } = mark(profileId);
          const update = { $set: { ...$set, isLeaving: true as const }, $addToSet };
          return { updateOne: { filter: { _id, profileId, isLeaving: { $exists: false } }, update } };
        }),
        { ordered: false },
      );
      deps.marks.wake();
      return modifiedCount;
    },
  };
}

function overlay(rows: readonly ReadRow[]): ReadRow[] {
  const byId = new Map<string, ReadRow>();
  for (const row of rows) {
    const earlier = byId.get(row.id);
    byId.set(row.id, earlier ? { ...row, values: { ...earlier.values, ...row.values } } : row);
  }
  return [...byId.values()];
}

function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** Nothing when the row has all of it already. A row that is leaving comes back with nothing of what it was. */
function editOf(row: ReadRow, seen: RowRecord): { edit: RowEdit; seen: RowRecord }[] {
  const known = seen.isLeaving ? {} : seen.values;
  const emptied = seen.isLeaving ? Object.keys(seen.values).filter((name) => !Object.hasOwn(row.values, name)) : [];
  const names = Object.keys(row.values).filter(
    (name) => !isDeepStrictEqual(row.values[name] ?? undefined, known[name]),
  );
  const isMoved = seen.profileId !== row.profileId;
  if (names.length === 0 && !isMoved && !seen.isLeaving) return [];
  const before = Object.fromEntries(names.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])));
  const after = Object.fromEntries([
    ...names.map((name) => [name, row.values[name] ?? null]),
    ...emptied.map((name) => [name, null]),
  ]);
  const owner = isMoved && { owner: { before: seen.profileId, after: row.profileId } };
  return [{ edit: { id: row.id, before, after, ...owner }, seen }];
}

function toUpdate(
  { id, after, owner }: RowEdit,
  seen: RowRecord,
  writtenAt: Date,
  mark: { $set: object; $addToSet: object } | undefined,
): AnyBulkWriteOperation<RowRecord> {
  const entries = Object.entries(after);
  const set = Object.fromEntries(
    entries.flatMap(([name, value]) => (value === null ? [] : [[`values.${name}`, value]])),
  );
  const unset = Object.fromEntries(
    entries.flatMap(([name, value]) => (value === null ? [[`values.${name}`, true]] : [])),
  );
  const gone = seen.isLeaving ? { ...unset, isLeaving: true } : unset;
  return {
    updateOne: {
      // Both owners are looked at again only if the one that was seen still has it.
      filter: { _id: id, profileId: seen.profileId, isLeaving: seen.isLeaving ?? { $exists: false } },
      update: {
        $set: { ...set, writtenAt, ...(owner && { profileId: owner.after }), ...mark?.$set },
        ...(Object.keys(gone).length > 0 && { $unset: gone }),
        ...(mark && { $addToSet: mark.$addToSet }),
      },
    },
  } as AnyBulkWriteOperation<RowRecord>;
}
