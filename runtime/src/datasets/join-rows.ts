import { isDeepStrictEqual } from 'node:util';
import type { AnyBulkWriteOperation } from 'mongodb';
import { type ProfileRecord, profiles, type StoredValue } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { type DatasetIndex, type DatasetMap, joinedColumns } from './dataset-index.ts';
import { datasetRows, type RowRecord } from './dataset-record.ts';
import type { RowMarks } from './mark-rows.ts';

export interface JoinDeps {
  database: Database;
  index: DatasetIndex;
  marks: RowMarks;
}

type Values = Record<string, StoredValue>;
type Attributes = ReadonlyMap<string, Values>;

const WRITES = 1000;
/** Profiles that change under the join again and again. */
const MOST_ROUNDS = 10;

/**
 * Brings the joined columns of these profiles' rows up to date (DS-2): of all datasets, of one, or of those into which one
 * of `names` is joined. What was read of the profiles is read again afterwards; where it has changed meanwhile, so that
 * another joiner may have been overwritten, it is done again. Twice is harmless; rows that fit already are not written.
 */
export async function joinRows(
  deps: JoinDeps,
  profileIds: Iterable<string>,
  only: { names?: Iterable<string>; dataset?: string } = {},
): Promise<void> {
  const map = await deps.index.current();
  const concerned = datasetsOf(map, only);
  const attributes = [...new Set(concerned.flatMap((dataset) => joinedColumns(dataset).map((each) => each.attribute)))];
  if (attributes.length === 0) return;
  let open = [...new Set(profileIds)];
  for (let round = 0; open.length > 0; round += 1) {
    if (round === MOST_ROUNDS) throw new Error('Profiles changed under every try to join them into their rows');
    const seen = await readAttributes(deps.database, open, attributes);
    for (const dataset of concerned) await joinInto(deps, dataset, seen);
    const again = await readAttributes(deps.database, open, attributes);
    open = open.filter((id) => !isDeepStrictEqual(seen.get(id), again.get(id)));
  }
}

/** The joined values that rows of these profiles are born with. */
export async function readJoined(
  database: Database,
  dataset: { columns: Parameters<typeof joinedColumns>[0]['columns'] },
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, Values>> {
  const columns = joinedColumns(dataset);
  if (columns.length === 0) return new Map();
  const found = await readAttributes(
    database,
    profileIds,
    columns.map(({ attribute }) => attribute),
  );
  return new Map([...found].map(([id, attributes]) => [id, toColumns(columns, attributes)]));
}

function datasetsOf(
  { byName, byAttribute }: DatasetMap,
  { names, dataset }: { names?: Iterable<string>; dataset?: string },
) {
  if (dataset !== undefined) return [byName.get(dataset)].filter((found) => found !== undefined);
  if (names === undefined) return [...byName.values()];
  const concerned = new Set([...names].flatMap((name) => byAttribute.get(name) ?? []));
  return [...concerned].flatMap((name) => byName.get(name) ?? []);
}

async function readAttributes(
  database: Database,
  profileIds: readonly string[],
  names: readonly string[],
): Promise<Attributes> {
  const found = await database
    .collection(profiles)
    .find({ _id: { $in: [...profileIds] } })
    .project<Pick<ProfileRecord, '_id'> & { attributes?: Values }>(
      Object.fromEntries(names.map((name) => [`attributes.${name}`, 1])),
    )
    .toArray();
  return new Map(found.map(({ _id, attributes = {} }) => [_id, attributes]));
}

function toColumns(columns: ReturnType<typeof joinedColumns>, attributes: Values): Values {
  return Object.fromEntries(
    columns.flatMap(({ name, attribute }) => {
      const value = attributes[attribute];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

async function joinInto(
  deps: JoinDeps,
  dataset: Parameters<typeof joinedColumns>[0] & { _id: string },
  seen: Attributes,
): Promise<void> {
  const columns = joinedColumns(dataset);
  if (columns.length === 0 || seen.size === 0) return;
  const stored = deps.database.collection(datasetRows);
  const mark = await deps.marks.of(dataset._id);
  const cursor = stored
    .find({ profileId: { $in: [...seen.keys()] }, dataset: dataset._id })
    .project<Pick<RowRecord, '_id' | 'profileId'> & { values?: Values }>({
      profileId: 1,
      ...Object.fromEntries(columns.map(({ name }) => [`values.${name}`, 1])),
    });
  let writes: AnyBulkWriteOperation<RowRecord>[] = [];
  for await (const { _id, profileId, values = {} } of cursor) {
    const wanted = toColumns(columns, seen.get(profileId) ?? {});
    const differing = columns.filter(({ name }) => !isDeepStrictEqual(wanted[name], values[name]));
    if (differing.length === 0) continue;
    const set = differing.flatMap(({ name }) => (wanted[name] === undefined ? [] : [[`values.${name}`, wanted[name]]]));
    const unset = differing.flatMap(({ name }) => (wanted[name] === undefined ? [[`values.${name}`, true]] : []));
    const marked = mark?.(profileId);
    writes.push({
      // A row that has another owner by now is joined by whoever gave it to that one.
      updateOne: {
        filter: { _id, profileId },
        update: {
          ...((set.length > 0 || marked) && { $set: { ...Object.fromEntries(set), ...marked?.$set } }),
          ...(unset.length > 0 && { $unset: Object.fromEntries(unset) }),
          ...(marked && { $addToSet: marked.$addToSet }),
        },
      },
    });
    if (writes.length < WRITES) continue;
    await stored.bulkWrite(writes, { ordered: false });
    writes = [];
  }
  if (writes.length > 0) await stored.bulkWrite(writes, { ordered: false });
  if (mark) deps.marks.wake();
}
