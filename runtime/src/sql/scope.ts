import type { Expr, ExprCall } from 'pgsql-ast-parser';
import { type Located, refuse } from './statement-error.ts';
import type { BoundTable, Origin, Schema, SqlType } from './tables.ts';

/** An expression of the store, with what is known of it. */
export interface Value {
  type: SqlType;
  /** What an aggregation evaluates; null where SQL says NULL. */
  expression: unknown;
  /** The bare stored field, where it is one: filters can then use indexes. */
  path?: string;
  /** The very value, where it is written in the statement. */
  literal?: string | number | boolean | Date | null;
  origin?: Origin;
  /** Of an interval, in milliseconds. */
  ms?: number;
}

/** What names mean at a place of a statement. */
export interface Names {
  tables: readonly BoundTable[];
  schema: Schema;
  /** Unix milliseconds of the statement's now. */
  now: number;
  /** The values that a nested SELECT found. */
  nested: (select: Expr) => readonly (string | number | boolean | Date)[];
  /** After grouping: what stands for a grouped expression or an aggregate; undefined where nothing does. */
  grouped?: (expression: Expr) => Value | undefined;
}

/** A condition in the two forms the store takes; both hold exactly where SQL says TRUE, never where it says NULL. */
export interface Predicate {
  /** For $match: uses indexes where it can. */
  query: Record<string, unknown>;
  expression: unknown;
}

export interface Scope extends Names {
  value(node: Expr): Value;
  /** Where the condition is true; with `isWanted` false where it is false, which is not the same as not true. */
  filter(node: Expr, isWanted?: boolean): Predicate;
}

export type CallNode = ExprCall | Extract<Expr, { type: 'case' }> | Extract<Expr, { type: 'extract' }>;

const LEAF_TYPES: Partial<Record<SqlType, string>> = { string: 'string', boolean: 'bool', date: 'date' };

/** What a field holds where it is of its type, else null: what a sender got wrong is no value. */
export function typed(path: string, type: SqlType): unknown {
  const field = `$${path}`;
  if (type === 'number') return { $cond: [{ $isNumber: field }, field, null] };
  if (type === 'list') return { $cond: [{ $isArray: [field] }, field, null] };
  const name = LEAF_TYPES[type];
  return name ? { $cond: [{ $eq: [{ $type: field }, name] }, field, null] } : { $ifNull: [field, null] };
}

export function unsupported(node: Located, what: string): never {
  return refuse(
    { 'en-US': `${what.toUpperCase()} is not supported here.`, 'zh-CN': `此处不支持 ${what.toUpperCase()}。` },
    node,
  );
}

export function literalOf(value: string | number | boolean | Date): Value {
  const type = value instanceof Date ? 'date' : (typeof value as 'string' | 'number' | 'boolean');
  return { type, expression: { $literal: value }, literal: value };
}

export function refuseCondition(node: Located): never {
  return refuse(
    {
      'en-US':
        'A condition stands in WHERE, HAVING, ON or CASE WHEN, not as a value; use CASE WHEN … THEN true ELSE false END.',
      'zh-CN': '条件只能写在 WHERE、HAVING、ON 或 CASE WHEN 中；作为值时请用 CASE WHEN … THEN true ELSE false END。',
    },
    node,
  );
}

/** A day or an instant; without an offset it is in UTC. */
export function readInstant(text: string, node: Located): Date {
  const [, day, time = '00:00:00', offset = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text.trim()) ??
    [];
  const at = day === undefined ? new Date(Number.NaN) : new Date(`${day}T${time}${offset}`);
  if (Number.isNaN(at.getTime()))
    return refuse(
      {
        'en-US': `“${text}” is no date; write '2026-11-22' or '2026-11-22 18:30'.`,
        'zh-CN': `“${text}”不是日期，请写成 '2026-11-22' 或 '2026-11-22 18:30'。`,
      },
      node,
    );
  return at;
}

const TYPE_NAMES: Record<SqlType, { 'en-US': string; 'zh-CN': string }> = {
  string: { 'en-US': 'a text', 'zh-CN': '文本' },
  number: { 'en-US': 'a number', 'zh-CN': '数字' },
  boolean: { 'en-US': 'true or false', 'zh-CN': '是/否' },
  date: { 'en-US': 'an instant', 'zh-CN': '时间' },
  list: { 'en-US': 'a list', 'zh-CN': '列表' },
  interval: { 'en-US': 'an interval', 'zh-CN': '时间间隔' },
  any: { 'en-US': 'anything', 'zh-CN': '任意类型' },
};

/** Refuses a value that is known to be of another type. */
export function requireType(value: Value, type: SqlType, node: Located): void {
  if (value.type === type || value.type === 'any') return;
  refuse(
    {
      'en-US': `This takes ${TYPE_NAMES[type]['en-US']}, and it is ${TYPE_NAMES[value.type]['en-US']}.`,
      'zh-CN': `此处需要${TYPE_NAMES[type]['zh-CN']}，而这是${TYPE_NAMES[value.type]['zh-CN']}。`,
    },
    node,
  );
}
