import type { Expr, From, FromTable } from 'pgsql-ast-parser';
import type { Document } from 'mongodb';
import type { Select } from './parse-statement.ts';
import { type Located, refuse } from './statement-error.ts';
import { type BoundTable, findColumn, type Schema } from './tables.ts';

export interface Binding {
  tables: BoundTable[];
  /** The table the aggregation runs on. */
  first: BoundTable;
  joins: Document[];
}

const MOST_TABLES = 3;

/**
 * Binds the tables of FROM. They are joined by the profile alone, each to the first: whichever holds memberships is the
 * first, since those of an audience lie together, and nothing leads from a profile to all of its own.
 */
export function bindTables(select: Select, schema: Schema): Binding {
  const from = select.from ?? [];
  const [beyond] = from.slice(MOST_TABLES);
  if (beyond)
    refuse({ 'en-US': `At most ${MOST_TABLES} tables are joined.`, 'zh-CN': `最多连接 ${MOST_TABLES} 张表。` }, beyond);
  const named = from.map((each) => readTable(each, schema));
  const [written] = named;
  if (!written)
    return refuse(
      {
        'en-US': 'A FROM is missing: profiles, events or memberships.',
        'zh-CN': '缺少 FROM：profiles、events 或 memberships。',
      },
      select,
    );
  for (const [index, { alias, node }] of named.entries())
    if (named.findIndex((other) => other.alias === alias) !== index)
      refuse(
        {
          'en-US': `“${alias}” stands for two tables; name one AS something else.`,
          'zh-CN': `“${alias}”同时代表两张表，请用 AS 另取名称。`,
        },
        node,
      );
  checkJoins(named, schema);
  const owner = named.find(({ table }) => table.name === 'memberships') ?? written;
  const others = named.filter((each) => each !== owner);
  const first: BoundTable = { alias: owner.alias, table: owner.table, prefix: '' };
  const joined = others.map(({ alias, table, node }, index) => ({
    bound: { alias, table, prefix: `j${index}.` },
    isLeft: node.join?.type === 'LEFT JOIN',
  }));
  return {
    tables: named.map((each) => (each === owner ? first : (joined[others.indexOf(each)]?.bound ?? first))),
    first,
    joins: joined.flatMap(({ bound, isLeft }) => joinStages(first, bound, isLeft)),
  };
}

interface Named {
  alias: string;
  table: BoundTable['table'];
  node: FromTable;
}

function readTable(from: From, schema: Schema): Named {
  if (from.type !== 'table')
    return refuse(
      {
        'en-US': 'Only tables stand in FROM; a nested SELECT goes behind IN.',
        'zh-CN': 'FROM 中只能写表，嵌套 SELECT 请放在 IN 之后。',
      },
      from,
    );
  const { name, alias, schema: owner } = from.name;
  const table = schema.tables.find((each) => each.name === name);
  if (!table || owner !== undefined)
    return refuse(
      {
        'en-US': `There is no table “${name}”. There are ${schema.tables.map((each) => each.name).join(', ')}.`,
        'zh-CN': `没有表“${name}”。可用的表：${schema.tables.map((each) => each.name).join('、')}。`,
      },
      from,
    );
  return { alias: alias ?? name, table, node: from };
}

function checkJoins(named: readonly Named[], schema: Schema): void {
  const tables = named.map(({ alias, table }) => ({ alias, table, prefix: '' }));
  const all = named.filter(({ table }) => table.name === 'memberships');
  const [, second] = all;
  if (second)
    refuse(
      {
        'en-US': 'Memberships are joined once; for another audience use id IN (SELECT profile_id FROM memberships …).',
        'zh-CN': 'memberships 只能连接一次；其他人群请用 id IN (SELECT profile_id FROM memberships …)。',
      },
      second.node,
    );
  for (const [index, { node }] of named.entries()) {
    if (index === 0) continue;
    const { join } = node;
    if (!join)
      refuse(
        { 'en-US': 'Tables are joined by JOIN … ON, not by a comma.', 'zh-CN': '请用 JOIN … ON 连接表，不要用逗号。' },
        node,
      );
    if (join.type !== 'INNER JOIN' && join.type !== 'LEFT JOIN')
      refuse(
        {
          'en-US': `${join.type} is not supported; INNER and LEFT are.`,
          'zh-CN': `不支持 ${join.type}，只支持 INNER JOIN 和 LEFT JOIN。`,
        },
        node,
      );
    if (join.type === 'LEFT JOIN' && all.length > 0)
      refuse(
        {
          'en-US': 'LEFT JOIN is not supported beside memberships; use IN (SELECT …).',
          'zh-CN': '涉及 memberships 时不支持 LEFT JOIN，请使用 IN (SELECT …)。',
        },
        node,
      );
    if (!join.on || !isByProfile(join.on, tables, schema))
      refuse(
        {
          'en-US': 'Tables are joined by the profile alone: ON events.profile_id = profiles.id.',
          'zh-CN': '表之间只能按用户连接：ON events.profile_id = profiles.id。',
        },
        (join.on ?? node) as Located,
      );
  }
}

function isByProfile(on: Expr, tables: readonly BoundTable[], schema: Schema): boolean {
  if (on.type !== 'binary' || on.op !== '=') return false;
  const sides = [on.left, on.right].map((side) => side.type === 'ref' && findColumn({ tables, schema }, side));
  const [left, right] = sides;
  if (!left || !right || left.bound === right.bound) return false;
  return left.column.origin === 'profile-id' && right.column.origin === 'profile-id';
}

function joinStages(first: BoundTable, { table, prefix }: BoundTable, isLeft: boolean): Document[] {
  const field = prefix.slice(0, -1);
  return [
    {
      $lookup: {
        from: table.collection,
        localField: first.table.profilePath,
        foreignField: table.profilePath,
        as: field,
      },
    },
    { $unwind: { path: `$${field}`, preserveNullAndEmptyArrays: isLeft } },
  ];
}
