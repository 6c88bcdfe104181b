import { AppError } from '@sluice/shared/errors';
import type { ImportMapping, Rejection, RejectionCode } from '@sluice/shared/http-api';
import type { ValueType } from '@sluice/shared/model';
import { createLiquidEngines, parseLiquid, renderLiquid } from '../content/liquid-engine.ts';
import type { StoredValue } from '../profiles/profile-record.ts';
import { convertCell } from './convert-cell.ts';
import type { Dialect } from './dialect.ts';
import type { Row } from './read-rows.ts';

/** What a row becomes. */
export type RowResult =
  | { profile: { userId: string; attributes: Record<string, StoredValue> } }
  | { rejection: Rejection };

export type RowMapper = (row: Row) => RowResult;

const MAX_USER_ID = 255;
const MAX_TEXT = 8192;
const MAX_SHOWN = 200;
const MAX_RAW = 1000;

type Fill = (row: Row, attributes: Record<string, StoredValue>) => Fault | undefined;
interface Fault {
  code: RejectionCode;
  column: string | null;
  value: string;
}

/**
 * A mapping as a function of rows, with columns looked up and expressions parsed once. Pure. Throws
 * `import-mapping-invalid` or `liquid-invalid` for a mapping that fits no row. Blank cells leave an attribute alone: an
 * import adds and changes, it never takes away.
 */
export function compileMapping(mapping: ImportMapping, dialect: Dialect, timeZone: string): RowMapper {
  checkAttributes(mapping);
  // UTF-8 files were checked whole; elsewhere this character stands for bytes that could not be decoded.
  const canBeUndecodable = dialect.encoding !== 'utf-8';
  const fills: Fill[] = [
    ...mapping.columns
      .filter(({ skip }) => !skip)
      .map(({ column, attribute, type }) =>
        fillFromColumn(indexOf(column, dialect), column, attribute, type, timeZone),
      ),
    ...compileComputed(mapping, dialect, timeZone),
  ];
  const identify = compileIdentity(mapping, dialect);
  return (row) => {
    if (row.problem) return reject(row, { code: row.problem, column: null, value: '' });
    if (row.cells.length !== dialect.columns.length)
      return reject(row, { code: 'column-count', column: null, value: String(row.cells.length) });
    for (const [index, cell] of row.cells.entries()) {
      const column = dialect.columns[index] ?? null;
      if (cell.includes('\u0000')) return reject(row, { code: 'null-character', column, value: cell });
      if (canBeUndecodable && cell.includes('\ufffd')) return reject(row, { code: 'undecodable', column, value: cell });
    }
    const userId = identify(row);
    if (typeof userId !== 'string') return reject(row, userId);
    const attributes: Record<string, StoredValue> = {};
    for (const fill of fills) {
      const fault = fill(row, attributes);
      if (fault) return reject(row, fault);
    }
    return { profile: { userId, attributes } };
  };
}

/** The types a mapping gives to attributes. */
export function typesOf(mapping: ImportMapping): Map<string, ValueType> {
  const used = [...mapping.columns.filter(({ skip }) => !skip), ...mapping.computed];
  return new Map(used.map(({ attribute, type }) => [attribute, type]));
}

function checkAttributes(mapping: ImportMapping): void {
  const used = [...mapping.columns.filter(({ skip }) => !skip), ...mapping.computed].map(({ attribute }) => attribute);
  const twice = used.find((attribute, index) => used.indexOf(attribute) !== index);
  if (twice !== undefined) throw invalid(`Two columns fill the attribute ${twice}.`, `有两列填入同一个属性 ${twice}。`);
}

function indexOf(column: string, dialect: Dialect): number {
  const index = dialect.columns.indexOf(column);
  if (index < 0) throw invalid(`The file has no column ${column}.`, `文件中没有名为 ${column} 的列。`);
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

function reject(row: Row, { code, column, value }: Fault): RowResult {
  const raw = row.raw.slice(0, MAX_RAW);
  return { rejection: { line: row.line, code, column, value: value.slice(0, MAX_SHOWN), raw } };
}

function invalid(english: string, chinese: string): AppError {
  return new AppError('import-mapping-invalid', english, {
    details: { problem: { 'en-US': english, 'zh-CN': chinese } },
  });
}
