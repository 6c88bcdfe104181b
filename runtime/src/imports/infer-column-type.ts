import type { ValueType } from '@sluice/shared/model';
import { convertCell } from './convert-cell.ts';

// Codes, not quantities: a leading zero would be lost, and beyond 15 digits a number is no longer exact.
const CODE = /^[-+]?0\d|^\+|\d{16}/;

/**
 * The type that all cells of a column have, blanks aside; text when there is none. 0 and 1 are numbers: whether they
 * mean yes and no is the operator's to say.
 */
export function inferColumnType(cells: readonly string[]): ValueType {
  const values = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (values.length === 0) return 'string';
  const have = (type: ValueType) => values.every((cell) => convertCell(cell, type, 'UTC') !== undefined);
  if (have('number')) return values.some((cell) => CODE.test(cell)) ? 'string' : 'number';
  if (have('boolean') && values.every((cell) => cell.length > 1 || /[是否]/.test(cell))) return 'boolean';
  if (have('date')) return 'date';
  return values.every((cell) => cell.startsWith('[')) && have('list') ? 'list' : 'string';
}

/** The type that all values of a JSON field have; texts may be dates, but a number written as a text stays one. */
export function inferFieldType(values: readonly unknown[]): ValueType {
  const present = values.filter((value) => value !== null && value !== '');
  if (present.length === 0) return 'string';
  if (present.every((value) => typeof value === 'number')) return 'number';
  if (present.every((value) => typeof value === 'boolean')) return 'boolean';
  if (present.every((value) => Array.isArray(value))) return present.every(isPlainList) ? 'list' : 'string';
  const isDate = (value: unknown) => typeof value === 'string' && convertCell(value, 'date', 'UTC') !== undefined;
  return present.every(isDate) ? 'date' : 'string';
}

function isPlainList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => ['string', 'number', 'boolean'].includes(typeof item));
}
