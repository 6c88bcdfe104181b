import { columnKey } from '@sluice/shared/condition';
import type { DatasetColumn } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { AttributeHandling } from '../access/read-level.ts';
import type { Database } from '../stores/database.ts';
import { type DatasetRecord, datasets } from './dataset-record.ts';

export interface DatasetMap {
  byName: ReadonlyMap<string, DatasetRecord>;
  /** Datasets into which an attribute is joined. */
  byAttribute: ReadonlyMap<string, readonly string[]>;
}

/** The declared datasets, at most a second old. */
export interface DatasetIndex {
  current(): Promise<DatasetMap>;
  /** Types of columns by dataset, as conditions are checked by. */
  columnTypes(): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>>;
  /** How columns are to be handled, by their keys; what is said of attributes decides about joined ones. */
  handling(ofAttributes: ReadonlyMap<string, AttributeHandling>): Promise<ReadonlyMap<string, AttributeHandling>>;
  /** Reads again before it answers next: this process has changed a dataset itself. */
  forget(): void;
}

const FRESH_MS = 1000;

export function createDatasetIndex(deps: { database: Database; clock: Clock }): DatasetIndex {
  const stored = deps.database.collection(datasets);
  let held: { readAt: number; map: DatasetMap } | undefined;
  let reading: Promise<DatasetMap> | undefined;

  async function read(): Promise<DatasetMap> {
    const readAt = deps.clock.now();
    const map = toMap(await stored.find().sort({ _id: 1 }).toArray());
    held = { readAt, map };
    return map;
  }

  async function current(): Promise<DatasetMap> {
    if (held && Math.abs(deps.clock.now() - held.readAt) < FRESH_MS) return held.map;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  return {
    current,
    async columnTypes() {
      const { byName } = await current();
      return new Map(
        [...byName].map(([name, { columns }]) => [name, new Map(columns.map((column) => [column.name, column.type]))]),
      );
    },
    async handling(ofAttributes) {
      const { byName } = await current();
      return new Map(
        [...byName].flatMap(([name, { columns }]) =>
          columns.flatMap((column) => {
            const handling = column.joined === undefined ? column : ofAttributes.get(column.joined);
            return handling ? [[columnKey(name, column.name), handling] as const] : [];
          }),
        ),
      );
    },
    forget() {
      held = undefined;
    },
  };
}

/** The joined columns of a dataset, with their attributes. */
export function joinedColumns({ columns }: { columns: readonly DatasetColumn[] }) {
  return columns.flatMap(({ name, joined }) => (joined === undefined ? [] : [{ name, attribute: joined }]));
}

function toMap(records: readonly DatasetRecord[]): DatasetMap {
  const byAttribute = new Map<string, string[]>();
  for (const record of records)
    for (const attribute of new Set(joinedColumns(record).map((column) => column.attribute)))
      byAttribute.set(attribute, [...(byAttribute.get(attribute) ?? []), record._id]);
  return { byName: new Map(records.map((record) => [record._id, record])), byAttribute };
}
