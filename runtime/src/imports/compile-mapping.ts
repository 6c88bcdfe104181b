import { AppError } from '@sluice/shared/errors';
import type { ImportMapping, Rejection } from '@sluice/shared/http-api';
import type { ValueType } from '@sluice/shared/model';
import { createLiquidEngines, parseLiquid, renderLiquid } from '../content/liquid-engine.ts';
import type { StoredValue } from '../profiles/profile-record.ts';
import { compileEvent } from './compile-event.ts';
import { convertCell } from './convert-cell.ts';
import type { Dialect } from './dialect.ts';
import { invalidMapping } from './invalid-mapping.ts';
import type { Fault, Row } from './row.ts';

/** A row that can be imported. */
export interface ImportedRow extends Pick<Row, 'line' | 'number' | 'raw'> {
  /** The user id, or what the members of an audience are found by. */
  userId: string;
  /** Attributes of the profile; of an event its properties. */
  attributes: Record<string, StoredValue>;
  event?: { name: string; at: Date };
}

/** What a row becomes. */
export type RowResult = { row: ImportedRow } | { rejection: Rejection };

export type RowMapper = (row: Row) => RowResult;

/** Where and when a mapping is read. */
export interface Circumstances {
  /** IANA zone in which dates without an offset are read. */
  timeZone: string;
  /** Unix milliseconds. */
  now: number;
}

const MAX_USER_ID = 255;
const MAX_TEXT = 8192;
const MAX_SHOWN = 200;
const MAX_RAW = 1000;

type Fill = (row: Row, attributes: Record<string, StoredValue>) => Fault | undefined;

/**
 * A mapping as a function of rows, with columns looked up and expressions parsed once. Pure. Throws
 * `import-mapping-invalid` or `liquid-invalid` for a mapping that fits no row. Blank cells leave an attribute alone: an
 * import adds and changes, it never takes away.
 */
export function compileMapping(mapping: ImportMapping, dialect: Dialect, { timeZone, now }: Circumstances): RowMapper {
  checkMapping(mapping);
  // A file that was found to be UTF-8 was checked whole; elsewhere this character stands for bytes that could not be decoded.
  const canBeUndecodable = dialect.format !== 'xlsx' && dialect.isDoubtful;
  const fills: Fill[] = [
    ...usedColumns(mapping).map(({ column, attribute, type }) =>
      fillFromColumn(indexOf(column, dialect), column, attribute, type, timeZone),
    ),
    ...compileComputed(mapping, dialect, timeZone),
  ];
  const identify = compileIdentity(mapping, dialect);
  const toEvent = mapping.event && compileEvent(mapping.event, (column) => indexOf(column, dialect), { timeZone, now });
  return (row) => {
    if (row.fault) return reject(row, row.fault);
    if (row.cells.length !== dialect.columns.length)
      return reject(row, { code: 'column-count', column: null, value: String(row.cells.length) });
    for (const [index, cell] of row.cells.entries()) {
      const column = dialect.columns[index] ?? null;
      if (cell.includes('\u0000')) return reject(row, { code: 'null-character', column, value: cell });
      if (canBeUndecodable && cell.includes('\ufffd')) return reject(row, { code: 'undecodable', column, value: cell });
    }
    const userId = identify(row);
    if (typeof userId !== 'string') return reject(row, userId);
    const event = toEvent?.(row);
    if (event && 'code' in event) return reject(row, event);
    const attributes: Record<string, StoredValue> = {};
    for (const fill of fills) {
      const fault = fill(row, attributes);
      if (fault) return reject(row, fault);
    }
    const { line, number, raw } = row;
    return { row: { line, number, raw, userId, attributes, ...(event && { event }) } };
  };
}

/** The types a mapping gives to attributes; properties of events and columns of datasets are none. */
export function typesOf(mapping: ImportMapping): Map<string, ValueType> {
  if (mapping.event || mapping.dataset !== undefined) return new Map();
  return new Map([...usedColumns(mapping), ...mapping.computed].map(({ attribute, type }) => [attribute, type]));
}

export function reject(row: Pick<Row, 'line' | 'raw'>, { code, column, value }: Fault): { rejection: Rejection } {
  const raw = row.raw.slice(0, MAX_RAW);
  return { rejection: { line: row.line, code, column, value: value.slice(0, MAX_SHOWN), raw } };
}

function usedColumns(mapping: ImportMapping): ImportMapping['columns'] {
  return mapping.columns.filter(({ skip }) => !skip);
}

function checkMapping(mapping: ImportMapping): void {
  const used = [...usedColumns(mapping), ...mapping.computed].map(({ attribute }) => attribute);
  const twice = used.find((attribute, index) => used.indexOf(attribute) !== index);
  if (twice !== undefined)
    throw invalidMapping(`Two columns fill the attribute ${twice}.`, `有两列填入同一个属性 ${twice}。`);
  if (mapping.dataset !== undefined && (mapping.event || mapping.members || mapping.identity.kind !== 'column'))
    throw invalidMapping(
      'Rows of a dataset name their user in a column, and become nothing else.',
      '宽表记录需由一列指明用户，且不能同时导入为其他内容。',
    );
  if (!mapping.members) return;
  if (mapping.event || used.length > 0 || mapping.identity.kind !== 'column')
    throw invalidMapping(
      'Members of an audience are found by one column and carry nothing else.',
      '人群成员只按一列识别，不带其他内容。',
    );
}

function indexOf(column: string, dialect: Dialect): number {
  const index = dialect.columns.indexOf(column);
  if (index < 0) throw invalidMapping(`The file has no column ${column}.`, `文件中没有名为 ${column} 的列。`);
  return index;
}

function compileIdentity({ identity }: ImportMapping, dialect: Dialect): (row: Row) => string | Fault {
  if (identity.kind === 'row-number') return (row) => `${identity.prefix}${row.number}`;
  const { column } = identity;
  const index = indexOf(column, dialect);
  return (row) => {
    const userId = row.cells[index]?.trim() ?? '';
    if (userId === '') return { code: 'id-missing', column, value: '' };
    return userId.length <= MAX_USER_ID ? userId : { code: 'id-too-long', column, value: userId };
  };
}

function fillFromColumn(index: number, column: string, attribute: string, type: ValueType, timeZone: string): Fill {
  return (row, attributes) => put(attributes, attribute, row.cells[index] ?? '', type, column, timeZone);
}

function compileComputed(mapping: ImportMapping, dialect: Dialect, timeZone: string): Fill[] {
  const engine = createLiquidEngines(timeZone).text;
  const compiled = mapping.computed.map((computed) => ({
    ...computed,
    template: parseLiquid(engine, computed.liquid, computed.attribute),
  }));
  if (compiled.length === 0) return [];
  return [
    (row, attributes) => {
      const columns = Object.fromEntries(dialect.columns.map((name, index) => [name, row.cells[index] ?? '']));
      // `columns["Full name"]` for names that are no variables; `row` is the number even if a column has that name.
      const scope = { ...columns, columns, row: row.number };
      for (const { template, attribute, type } of compiled) {
        let text: string;
        try {
          text = renderLiquid(engine, template, scope, attribute);
        } catch (error) {
          const value = error instanceof AppError ? String(error.details.reason ?? error.message) : String(error);
          return { code: 'computed-failed', column: attribute, value };
        }
        const fault = put(attributes, attribute, text, type, attribute, timeZone);
        if (fault) return fault;
      }
      return undefined;
    },
  ];
}

function put(
  attributes: Record<string, StoredValue>,
  attribute: string,
  cell: string,
  type: ValueType,
  column: string,
  timeZone: string,
): Fault | undefined {
  if (cell.trim() === '') return undefined;
  if (cell.length > MAX_TEXT) return { code: 'value-too-long', column, value: cell };
  const value = convertCell(cell, type, timeZone);
  if (value === undefined) return { code: 'value-type', column, value: cell };
  attributes[attribute] = value;
  return undefined;
}
