import { type DatasetRow, type EvaluationInstant, rowsPassing } from '@sluice/shared/condition';
import type { Attributes, Lookup } from '@sluice/shared/model';
import { compileWhere } from '../conditions/measure-rows.ts';
import { allOf } from '../conditions/compile-comparison.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import type { Database } from '../stores/database.ts';
import type { DatasetIndex } from './dataset-index.ts';
import { datasetRows, type RowRecord, rowsOf } from './dataset-record.ts';

/** Rows by dataset and look-up, as templates name them. */
export type Related = Readonly<Record<string, Readonly<Record<string, readonly Attributes[]>>>>;

/** Hands the rows of look-ups to messages and calls (DS-7). `lookups` are `<dataset>.<look-up>`; unknown ones find nothing. */
export interface RelatedSource {
  /** One query per look-up, whatever the number of profiles. */
  of(
    lookups: Iterable<string>,
    profileIds: readonly string[],
    instant: EvaluationInstant,
  ): Promise<Map<string, Related>>;
}

export function createRelatedSource(deps: { database: Database; index: DatasetIndex }): RelatedSource {
  const stored = deps.database.collection(datasetRows);
  return {
    async of(lookups, profileIds, instant) {
      const found = new Map<string, Record<string, Record<string, Attributes[]>>>();
      const ids = [...new Set(profileIds)];
      if (ids.length === 0) return found;
      const { byName } = await deps.index.current();
      for (const asked of new Set(lookups)) {
        const [dataset = '', name] = asked.split('.');
        const lookup = byName.get(dataset)?.lookups.find((each) => each.name === name);
        if (!lookup) continue;
        const filter = allOf([rowsOf(dataset, ids), ...compileWhere(lookup.where, instant)]);
        if (typeof filter === 'boolean') continue;
        const rows = new Map<string, DatasetRow[]>();
        const cursor = stored
          .find(filter)
          .project<Pick<RowRecord, '_id' | 'profileId' | 'values'>>({ profileId: 1, values: 1 });
        for await (const { profileId, values } of cursor.sort({ _id: 1 }))
          rows.set(
            profileId,
            pickRows(lookup, [...(rows.get(profileId) ?? []), { dataset, values: toAttributes(values) }]),
          );
        for (const [profileId, own] of rows) {
          const related = found.get(profileId) ?? {};
          found.set(profileId, related);
          (related[dataset] ??= {})[lookup.name] = own.map((row) => handedOut(lookup, row));
        }
      }
      return found;
    },
  };
}

/** The rows of look-ups by profile, as of now. */
export type RelatedRows = (
  lookups: readonly string[],
  profileIds: readonly string[],
) => Promise<ReadonlyMap<string, Related>>;

/** The same over rows in memory, of the one profile of a dry run. */
export type RowLookup = (
  lookups: readonly string[],
  rows: readonly DatasetRow[],
  instant: EvaluationInstant,
) => Promise<Related>;

export function createRowLookup(index: Pick<DatasetIndex, 'current'>): RowLookup {
  return async (lookups, rows, instant) => {
    const { byName } = await index.current();
    const related: Record<string, Record<string, Attributes[]>> = {};
    for (const asked of lookups) {
      const [dataset = '', name] = asked.split('.');
      const lookup = byName.get(dataset)?.lookups.find((each) => each.name === name);
      if (lookup) (related[dataset] ??= {})[lookup.name] = lookUp(dataset, lookup, rows, instant);
    }
    return related;
  };
}

function lookUp(
  dataset: string,
  lookup: Lookup,
  rows: readonly DatasetRow[],
  instant: EvaluationInstant,
): Attributes[] {
  return pickRows(lookup, rowsPassing({ dataset, where: lookup.where }, rows, instant)).map((row) =>
    handedOut(lookup, row),
  );
}

/** In the order of the look-up, at most as many as it hands out; rows without the value come last. */
function pickRows({ sortBy, isDescending, limit }: Lookup, rows: readonly DatasetRow[]): DatasetRow[] {
  if (sortBy === undefined) return rows.slice(0, limit);
  const direction = isDescending ? -1 : 1;
  return [...rows]
    .sort((one, other) => {
      const [a, b] = [one.values[sortBy], other.values[sortBy]] as (string | number | undefined)[];
      if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
      return a === b ? 0 : a < b ? -direction : direction;
    })
    .slice(0, limit);
}

function handedOut({ columns }: Lookup, { values }: DatasetRow): Attributes {
  return Object.fromEntries(
    columns.flatMap((column) => (values[column] === undefined ? [] : [[column, values[column]]])),
  ) as Attributes;
}
