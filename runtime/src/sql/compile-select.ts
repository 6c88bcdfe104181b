import type { Expr, OrderByStatement, SelectedColumn } from 'pgsql-ast-parser';
import type { Document } from 'mongodb';
import { rangeOf } from '../audiences/membership-record.ts';
import { type Aggregate, compileAggregate, isAggregate } from './aggregates.ts';
import { bindTables } from './bind-tables.ts';
import { createScope } from './create-scope.ts';
import type { Select } from './parse-statement.ts';
import { allOf, conjunctsOf } from './filter.ts';
import type { Names, Scope, Value } from './scope.ts';
import { type Located, refuse } from './statement-error.ts';
import type { Origin, Schema, SqlType } from './tables.ts';

export interface OutputColumn {
  name: string;
  type: SqlType;
  /** Field of a result row. */
  field: string;
  origin?: Origin;
}

export interface CompiledSelect {
  collection: string;
  pipeline: Document[];
  columns: OutputColumn[];
}

const MOST_COLUMNS = 200;

/**
 * Compiles a SELECT to one aggregation over one of our collections. Reads nothing. Refuses, at its place, what is not
 * supported: it is not left out, and not approximated.
 */
export function compileSelect(
  select: Select,
  names: { schema: Schema; now: number; nested: Names['nested'] },
): CompiledSelect {
  refuseClauses(select);
  const { tables, first, joins } = bindTables(select, names.schema);
  const rows = createScope({ ...names, tables });
  const { before, after } = splitWhere(select.where ?? undefined, rows);
  const outputs = expandStar(select.columns ?? [], rows);
  const grouping = groupRows(select, outputs, rows);
  const scope = grouping ? createScope({ ...rows, grouped: grouping.resolve }) : rows;

  const columns = outputs.map(({ expr, alias }, index) => ({
    value: scope.value(expr),
    field: `c${index}`,
    name: alias?.name ?? nameOf(expr),
  }));
  const having = select.having ? [{ $match: scope.filter(select.having).query }] : [];
  const order = compileOrder(select.orderBy ?? [], { columns, outputs, scope });
  const { limit, offset } = readLimit(select);
  return {
    collection: first.table.collection,
    columns: columns.map(({ name, field, value: { type, origin } }) => ({
      name,
      field,
      type,
      ...(origin && { origin }),
    })),
    pipeline: [
      ...matching([first.table.only, rangeOfMembers(before), before]),
      ...joins,
      ...matching([after]),
      ...(grouping ? grouping.stages() : []),
      ...having,
      {
        $project: {
          _id: 0,
          ...Object.fromEntries(columns.map(({ field, value }) => [field, value.expression])),
          ...order.fields,
        },
      },
      ...(select.distinct ? distinctRows(columns) : []),
      ...(order.sort ? [{ $sort: order.sort }] : []),
      ...(offset > 0 ? [{ $skip: offset }] : []),
      ...(limit !== undefined ? [{ $limit: limit }] : []),
    ],
  };
}

function matching(filters: readonly (Record<string, unknown> | undefined)[]): Document[] {
  const parts = filters.filter((filter) => filter && Object.keys(filter).length > 0);
  if (parts.length === 0) return [];
  return [{ $match: parts.length === 1 ? parts[0] : { $and: parts } }];
}

/** The members of an audience lie together under its id; their other fields have no index. */
function rangeOfMembers(before: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  const parts = before && '$and' in before ? (before['$and'] as Record<string, unknown>[]) : [before ?? {}];
  const asked = parts.flatMap((part) => {
    const { $eq, $in } = (part['audience'] ?? {}) as { $eq?: string; $in?: string[] };
    return $eq === undefined ? ($in === undefined ? [] : [$in]) : [[$eq]];
  });
  const [audiences] = asked;
  return audiences && { $or: audiences.map((audience) => ({ _id: rangeOf(audience) })) };
}

function refuseClauses(select: Select): void {
  if (select.for)
    refuse(
      { 'en-US': 'FOR UPDATE is not allowed: this only reads.', 'zh-CN': '不允许 FOR UPDATE：这里只能读取。' },
      select,
    );
  if (Array.isArray(select.distinct))
    refuse(
      { 'en-US': 'DISTINCT ON is not supported; use GROUP BY.', 'zh-CN': '不支持 DISTINCT ON，请使用 GROUP BY。' },
      select,
    );
}

/** What the first table alone decides is asked before anything is joined to it. */
function splitWhere(where: Expr | undefined, scope: Scope) {
  const parts = where ? conjunctsOf(where) : [];
  const compiled = parts.map((part) => scope.filter(part));
  const isJoined = scope.tables.some(({ prefix }) => prefix !== '');
  const isOfFirst = (query: object) => !isJoined || !/"\$?j\d+\./.test(JSON.stringify(query));
  const queryOf = (some: typeof compiled) => (some.length === 0 ? undefined : allOf(some).query);
  return {
    before: queryOf(compiled.filter(({ query }) => isOfFirst(query))),
    after: queryOf(compiled.filter(({ query }) => !isOfFirst(query))),
  };
}

function expandStar(columns: readonly SelectedColumn[], { tables }: Scope): SelectedColumn[] {
  const expanded = columns.flatMap((column): SelectedColumn[] => {
    const { expr } = column;
    if (expr.type !== 'ref' || expr.name !== '*') return [column];
    const asked = expr.table?.name;
    const among = tables.filter(({ alias }) => asked === undefined || alias === asked);
    return among.flatMap(({ alias, table }) =>
      table.columns.map(({ name }) => ({ expr: { ...expr, table: { name: alias }, name } })),
    );
  });
  const [beyond] = expanded.slice(MOST_COLUMNS);
  if (expanded.length === 0) refuse({ 'en-US': 'Nothing is selected.', 'zh-CN': '没有选择任何列。' });
  if (beyond)
    refuse(
      {
        'en-US': `More than ${MOST_COLUMNS} columns; name those you need.`,
        'zh-CN': `超过 ${MOST_COLUMNS} 列，请写出需要的列。`,
      },
      beyond.expr,
    );
  return expanded;
}

function nameOf(expr: Expr): string {
  if (expr.type === 'ref') return expr.name;
  if (expr.type === 'call') return expr.function.name;
  if (expr.type === 'member') return String(expr.member);
  return expr.type === 'cast' ? nameOf(expr.operand) : '?column?';
}

interface Grouping {
  resolve(node: Expr): Value | undefined;
  /** After everything that may ask for an aggregate has been compiled. */
  stages(): Document[];
}

/** Undefined for a statement that groups nothing and aggregates nothing. */
function groupRows(select: Select, outputs: readonly SelectedColumn[], rows: Scope): Grouping | undefined {
  const asked = (select.groupBy ?? []).map((node) => outputAt(node, outputs));
  const needsGroup = asked.length > 0 || select.having || outputs.some(({ expr }) => holdsAggregate(expr));
  if (!needsGroup) return undefined;
  const keys = asked.map((node, index) => ({ text: textOf(node), value: rows.value(node), field: `g${index}` }));
  const aggregates = new Map<string, Aggregate>();
  return {
    resolve(node) {
      const text = textOf(node);
      const key = keys.find((each) => each.text === text);
      if (key) {
        const { type, origin } = key.value;
        return { type, expression: `$_id.${key.field}`, path: `_id.${key.field}`, ...(origin && { origin }) };
      }
      if (!isAggregate(node)) return undefined;
      const known = aggregates.get(text);
      if (known) return known.value;
      const aggregate = compileAggregate(node, `a${aggregates.size}`, rows);
      aggregates.set(text, aggregate);
      return aggregate.value;
    },
    stages: () => {
      const _id =
        keys.length === 0 ? null : Object.fromEntries(keys.map(({ field, value }) => [field, value.expression]));
      const accumulators = Object.assign({}, ...[...aggregates.values()].map(({ accumulators: own }) => own));
      const group = { $group: { _id, ...accumulators } };
      return keys.length === 0 ? oneRow(group, [...aggregates.values()]) : [group];
    },
  };
}

/** Aggregates over everything are one row even of nothing, where the store has no group at all. */
function oneRow(group: Document, aggregates: readonly Aggregate[]): Document[] {
  const none = Object.assign({}, ...aggregates.map(({ none: own }) => own));
  const found = { $ifNull: [{ $first: '$all' }, { $literal: none }] };
  return [{ $facet: { all: [group] } }, { $replaceRoot: { newRoot: found } }];
}

/** `GROUP BY 1` and `ORDER BY 2` mean a column of the result; a name may be an alias. */
function outputAt(node: Expr, outputs: readonly SelectedColumn[]): Expr {
  if (node.type === 'ref' && !node.table) return outputs.find(({ alias }) => alias?.name === node.name)?.expr ?? node;
  if (node.type !== 'integer') return node;
  const output = outputs[node.value - 1];
  if (output) return output.expr;
  return refuse({ 'en-US': `There is no column ${node.value}.`, 'zh-CN': `没有第 ${node.value} 列。` }, node);
}

function holdsAggregate(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('type' in node && isAggregate(node as Expr)) return true;
  return Object.values(node).some(holdsAggregate);
}

/** The same expression reads the same, wherever it stands. */
function textOf(node: Expr): string {
  return JSON.stringify(node, (key, value: unknown) => (key === '_location' ? undefined : value));
}

interface Ordered {
  columns: readonly { value: Value; field: string }[];
  outputs: readonly SelectedColumn[];
  scope: Scope;
}

/** NULLs come last going up and first going down, as in PostgreSQL; by itself the store has them the other way round. */
function compileOrder(order: readonly OrderByStatement[], { columns, outputs, scope }: Ordered) {
  const fields: Record<string, unknown> = {};
  const sort: Record<string, 1 | -1> = {};
  for (const [index, { by, order: direction, nulls }] of order.entries()) {
    const { expression } = scope.value(outputAt(by, outputs));
    const way = direction === 'DESC' ? -1 : 1;
    const nullsLast = nulls ? nulls === 'LAST' : way === 1;
    fields[`n${index}`] = { $cond: [{ $eq: [expression, null] }, nullsLast ? 1 : 0, nullsLast ? 0 : 1] };
    fields[`s${index}`] = expression;
    sort[`n${index}`] = 1;
    sort[`s${index}`] = way;
  }
  if (order.length === 0) return { fields };
  // Without a last word equal rows would come in another order each time.
  for (const { field } of columns) sort[field] ??= 1;
  return { fields, sort };
}

function distinctRows(columns: readonly { field: string }[]): Document[] {
  const fields = columns.map(({ field }) => field);
  return [
    {
      $group: {
        _id: Object.fromEntries(fields.map((field) => [field, `$${field}`])),
        row: { $first: '$$ROOT' },
      },
    },
    { $replaceRoot: { newRoot: '$row' } },
  ];
}

function readLimit({ limit: clause }: Select): { limit: number | undefined; offset: number } {
  const read = (node: Expr | null | undefined): number | undefined => {
    if (!node) return undefined;
    if (node.type === 'integer' && node.value > 0) return node.value;
    if (node.type === 'integer' && node.value === 0 && node !== clause?.limit) return 0;
    return refuse(
      { 'en-US': 'This takes a whole number above zero.', 'zh-CN': '此处需要大于零的整数。' },
      node as Located,
    );
  };
  return { limit: read(clause?.limit), offset: read(clause?.offset) ?? 0 };
}
