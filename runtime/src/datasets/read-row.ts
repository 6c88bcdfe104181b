import type { RejectionCode } from '@sluice/shared/http-api';
import type { AttributeValue, DatasetColumn, ValueType } from '@sluice/shared/model';
import { convertCell } from '../imports/convert-cell.ts';
import { profileIdOf, type StoredValue } from '../profiles/profile-record.ts';
import { toStoredValue } from '../profiles/stored-value.ts';
import { type DatasetRecord, rowIdOf } from './dataset-record.ts';

/** A row that fits its dataset. */
export interface ReadRow {
  id: string;
  userId: string;
  /** Of the user id; who it stands for since merges is looked up when it is written. */
  profileId: string;
  /** Null empties a cell. */
  values: Record<string, StoredValue>;
}

export interface RowFault {
  code: RejectionCode;
  column: string;
  value: string;
}

const MAX_USER_ID = 255;
const MAX_SHOWN = 200;

/** Whose row it is and which one (DS-1). Pure. */
export function readRow(dataset: DatasetRecord, values: Record<string, StoredValue>): ReadRow | RowFault {
  const userId = String(values[dataset.userColumn] ?? '').trim();
  if (userId === '') return { code: 'id-missing', column: dataset.userColumn, value: '' };
  if (userId.length > MAX_USER_ID) return { code: 'id-too-long', column: dataset.userColumn, value: shown(userId) };
  const key = dataset.keyColumns.map((column) => values[column] ?? null);
  const missing = dataset.keyColumns[key.indexOf(null)];
  if (missing !== undefined) return { code: 'key-missing', column: missing, value: '' };
  return { id: rowIdOf(dataset._id, key), userId, profileId: profileIdOf({ userId }), values };
}

/** Cells as JSON says them; a date without an offset is read in `timeZone` (IANA). A value of another type than its column has is a fault, and so is a column nobody declared. */
export function readCells(
  dataset: DatasetRecord,
  cells: Readonly<Record<string, AttributeValue>>,
  timeZone: string,
): Record<string, StoredValue> | RowFault {
  const columns = new Map(dataset.columns.map((column) => [column.name, column]));
  const values: Record<string, StoredValue> = {};
  for (const [name, cell] of Object.entries(cells)) {
    const column = columns.get(name);
    if (!column || column.joined !== undefined) return { code: 'column-unknown', column: name, value: '' };
    const value = readCell(cell, column, timeZone);
    if (value === undefined) return { code: 'value-type', column: name, value: shown(JSON.stringify(cell)) };
    values[name] = value;
  }
  return values;
}

export function isFault(read: object): read is RowFault {
  return 'code' in read && typeof read.code === 'string' && 'column' in read;
}

const READERS: Record<ValueType, (cell: AttributeValue, timeZone: string) => StoredValue | undefined> = {
  string: (cell) =>
    typeof cell === 'string' ? toStoredValue(cell) : typeof cell === 'number' ? String(cell) : undefined,
  number: (cell) => (typeof cell === 'number' && Number.isFinite(cell) ? cell : undefined),
  boolean: (cell) => (typeof cell === 'boolean' ? cell : undefined),
  date: (cell, timeZone) => (typeof cell === 'string' ? convertCell(cell, 'date', timeZone) : undefined),
  list: (cell) => (Array.isArray(cell) ? cell : undefined),
};

function readCell(cell: AttributeValue, { type }: DatasetColumn, timeZone: string): StoredValue | undefined {
  return cell === null ? null : READERS[type](cell, timeZone);
}

function shown(text: string): string {
  return text.slice(0, MAX_SHOWN);
}
