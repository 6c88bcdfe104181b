import type { Fault } from './row.ts';

/** Objects and lists within each other; deeper is no data but an attack or an accident. */
const MAX_DEPTH = 20;
const UNSAFE = Number.MAX_SAFE_INTEGER;

/** A value of a field: what JSON can hold but objects, which are fields of their own (`address.city`). */
export type FieldValue = string | number | boolean | null | unknown[];

/**
 * The fields of one line of JSON, nested ones under a path with dots. Numbers beyond 2^53 are kept as their digits: ids
 * are often written so. Pure.
 */
export function readFields(line: string): Map<string, FieldValue> | Fault {
  const parsed = parse(line);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return { code: 'line-not-json', column: null, value: '' };
  const fields = new Map<string, FieldValue>();
  return flattenInto(fields, parsed, '', 1) ?? fields;
}

/** A field as the text of a cell: lists as JSON, which conversion to a list reads again. */
export function toCell(value: FieldValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function parse(line: string): unknown {
  try {
    const parsed: unknown = JSON.parse(line);
    return /\d{16}/.test(line) ? JSON.parse(line, keepDigits) : parsed;
  } catch {
    // Not JSON: the row is rejected with its line.
    return undefined;
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isInexact = typeof value === 'number' && Math.abs(value) > UNSAFE && /^-?\d+$/.test(context?.source ?? '');
  return isInexact ? context?.source : value;
}

function flattenInto(fields: Map<string, FieldValue>, value: object, prefix: string, depth: number): Fault | undefined {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const name = prefix + key;
    if (depth >= MAX_DEPTH) return { code: 'too-deep', column: firstOf(name), value: String(MAX_DEPTH) };
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      const fault = flattenInto(fields, inner, `${name}.`, depth + 1);
      if (fault) return fault;
    } else if (fields.has(name)) return { code: 'field-twice', column: name, value: '' };
    else if (Array.isArray(inner) && isDeeper(inner, MAX_DEPTH - depth))
      return { code: 'too-deep', column: firstOf(name), value: String(MAX_DEPTH) };
    else fields.set(name, inner as FieldValue);
  }
  return undefined;
}

/** Never goes further down than allowed: a text of ten thousand brackets must not take the stack with it. */
function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return most <= 0 || Object.values(value).some((inner) => isDeeper(inner, most - 1));
}

function firstOf(path: string): string {
  return path.slice(0, 100);
}
