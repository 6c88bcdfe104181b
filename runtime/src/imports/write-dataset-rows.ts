import { AppError } from '@sluice/shared/errors';
import type { ImportMapping, Rejection } from '@sluice/shared/http-api';
import { type DatasetRecord, datasets } from '../datasets/dataset-record.ts';
import { isFault, type ReadRow, readRow } from '../datasets/read-row.ts';
import { MOST_ROWS } from '../datasets/write-rows.ts';
import { type ImportedRow, reject } from './compile-mapping.ts';
import { convertCell } from './convert-cell.ts';
import type { ImportTarget, TargetDeps, Writing } from './import-target.ts';
import { invalidMapping } from './invalid-mapping.ts';

/** Rows as rows of a dataset, by its own types and keys; a row of the file that comes again changes what it made. */
export function createRowTarget(
  deps: TargetDeps,
  { importId, startedAt, journal }: Writing,
  name: string,
): ImportTarget {
  const declared = deps.database.collection(datasets);
  return {
    batch: MOST_ROWS,
    async write(rows, firstRow) {
      if (rows.length === 0) return [];
      const dataset = await declared.findOne({ _id: name });
      if (!dataset)
        throw new AppError('not-found', `The dataset ${name} was deleted`, { details: { what: 'dataset' } });
      const fitting: ReadRow[] = [];
      const rejections: Rejection[] = [];
      for (const row of rows) {
        const read = readImported(row, dataset);
        if (isFault(read)) rejections.push(reject(row, read).rejection);
        else fitting.push(read);
      }
      await deps.rowWriter.upsert(dataset, fitting, {
        at: startedAt,
        importId,
        note: (round, entry) => journal.note(firstRow, round, entry),
      });
      return rejections;
    },
  };
}

/** The mapping by the types of the dataset. Throws `import-mapping-invalid` for one that no row could fit. */
export function fitToDataset(mapping: ImportMapping, dataset: DatasetRecord): ImportMapping {
  const types = new Map(
    dataset.columns.filter(({ joined }) => joined === undefined).map(({ name, type }) => [name, type]),
  );
  const typed = <T extends { attribute: string; skip?: boolean }>(column: T): T => {
    const type = types.get(column.attribute);
    if (type === undefined && !column.skip)
      throw invalidMapping(
        `The dataset has no column ${column.attribute} that rows can fill.`,
        `宽表没有可填写的列 ${column.attribute}。`,
      );
    return { ...column, ...(type && { type }) };
  };
  const fitted = { ...mapping, columns: mapping.columns.map(typed), computed: mapping.computed.map(typed) };
  const filled = new Set([...fitted.columns, ...fitted.computed].filter(isUsed).map(({ attribute }) => attribute));
  if (mapping.identity.kind === 'column') filled.add(dataset.userColumn);
  const missing = dataset.keyColumns.filter((column) => !filled.has(column));
  if (missing.length > 0)
    throw invalidMapping(
      `Nothing fills ${missing.join(', ')}, which tells one row from another.`,
      `没有列填入 ${missing.join('、')}，无法区分各条记录。`,
    );
  return fitted;
}

function isUsed(column: object): boolean {
  return !('skip' in column && column.skip === true);
}

function readImported({ userId, attributes }: ImportedRow, dataset: DatasetRecord) {
  const { userColumn, columns } = dataset;
  const type = columns.find(({ name }) => name === userColumn)?.type ?? 'string';
  const own = convertCell(userId, type, 'UTC');
  if (own === undefined) return { code: 'value-type' as const, column: userColumn, value: userId };
  return readRow(dataset, { ...attributes, [userColumn]: own });
}
