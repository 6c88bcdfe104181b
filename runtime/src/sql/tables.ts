import { columnKey } from '@sluice/shared/condition';
import type { AttributeDefinition, EventDefinition, ValueType } from '@sluice/shared/model';
import { memberships } from '../audiences/membership-record.ts';
import { type DatasetRecord, datasetRows } from '../datasets/dataset-record.ts';
import { events } from '../ingest/event-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import { type Located, refuse } from './statement-error.ts';

/** What a value of a statement is. `any`: a property that arrived with several types, or none yet. */
export type SqlType = ValueType | 'interval' | 'any';

/** What a value says about whose row it is. */
export type Origin = 'profile-id' | 'user-id' | 'audience-id';

export interface Column {
  name: string;
  type: SqlType;
  /** Field of the stored document. */
  path: string;
  origin?: Origin;
}

/** A table as statements see it. */
export interface Table {
  /** profiles, events, memberships, or a dataset's. */
  name: string;
  collection: string;
  /** The stored field that holds the profile's id. */
  profilePath: string;
  columns: readonly Column[];
  /** Rows of the collection that are no rows of the table. */
  only: Record<string, unknown>;
}

export interface Schema {
  tables: readonly Table[];
  /** Ids of audiences by name. */
  audiences: ReadonlyMap<string, string>;
  /** Attributes that exist and may not be read by whoever asks. */
  hidden: ReadonlySet<string>;
}

/** Tables of what the data dictionary knows; attributes that may not be read are in none. */
export function buildSchema(known: {
  attributes: readonly Pick<AttributeDefinition, 'name' | 'type'>[];
  events: readonly Pick<EventDefinition, 'properties'>[];
  audiences: ReadonlyMap<string, string>;
  datasets?: readonly Pick<DatasetRecord, '_id' | 'columns'>[];
  mayRead: (attribute: string) => boolean;
}): Schema {
  const own: Column[] = [
    { name: 'id', type: 'string', path: '_id', origin: 'profile-id' },
    { name: 'user_id', type: 'string', path: 'userId', origin: 'user-id' },
    { name: 'created_at', type: 'date', path: 'createdAt' },
    { name: 'updated_at', type: 'date', path: 'updatedAt' },
  ];
  const taken = new Set(own.map(({ name }) => name));
  const attributes = known.attributes
    .filter(({ name }) => !taken.has(name) && known.mayRead(name))
    .map(({ name, type }): Column => ({ name, type, path: `attributes.${name}` }));
  const happened: Column[] = [
    { name: 'id', type: 'string', path: '_id' },
    { name: 'profile_id', type: 'string', path: 'profileId', origin: 'profile-id' },
    { name: 'name', type: 'string', path: 'name' },
    { name: 'at', type: 'date', path: 'at' },
    { name: 'received_at', type: 'date', path: 'receivedAt' },
  ];
  const belonging: Column[] = [
    { name: 'profile_id', type: 'string', path: 'profileId', origin: 'profile-id' },
    { name: 'audience', type: 'string', path: 'audience', origin: 'audience-id' },
    { name: 'since', type: 'date', path: 'since' },
  ];
  return {
    tables: [
      {
        name: 'profiles',
        collection: profiles.name,
        profilePath: '_id',
        columns: [...own, ...attributes],
        only: {},
      },
      {
        name: 'events',
        collection: events.name,
        profilePath: 'profileId',
        columns: [...happened, ...propertiesOf(known.events, new Set(happened.map(({ name }) => name)))],
        only: {},
      },
      {
        name: 'memberships',
        collection: memberships.name,
        profilePath: 'profileId',
        columns: belonging,
        only: { isMember: true },
      },
      ...(known.datasets ?? []).map((dataset) => toTable(dataset, known.mayRead)),
    ],
    audiences: new Map([...known.audiences].map(([id, name]) => [name, id])),
    hidden: new Set([
      ...known.attributes.map(({ name }) => name).filter((name) => !known.mayRead(name)),
      ...(known.datasets ?? []).flatMap(({ _id, columns }) =>
        columns.map(({ name }) => name).filter((name) => !known.mayRead(columnKey(_id, name))),
      ),
    ]),
  };
}

/** Names that no dataset can have: they are tables already. */
export const OWN_TABLES: readonly string[] = ['profiles', 'events', 'memberships'];

/** The rows of a dataset; columns that may not be read are none. */
function toTable(
  { _id: name, columns }: Pick<DatasetRecord, '_id' | 'columns'>,
  mayRead: (key: string) => boolean,
): Table {
  const own: Column[] = [
    { name: 'id', type: 'string', path: '_id' },
    { name: 'profile_id', type: 'string', path: 'profileId', origin: 'profile-id' },
    { name: 'written_at', type: 'date', path: 'writtenAt' },
  ];
  const taken = new Set(own.map((column) => column.name));
  const declared = columns
    .filter((column) => !taken.has(column.name) && mayRead(columnKey(name, column.name)))
    .map((column): Column => ({ name: column.name, type: column.type, path: `values.${column.name}` }));
  return {
    name,
    collection: datasetRows.name,
    profilePath: 'profileId',
    columns: [...own, ...declared],
    only: { dataset: name, isLeaving: { $exists: false } },
  };
}

/** Properties of all events; one that events disagree about is of any type. */
function propertiesOf(known: readonly Pick<EventDefinition, 'properties'>[], taken: ReadonlySet<string>): Column[] {
  const types = new Map<string, SqlType>();
  for (const { properties } of known)
    for (const [name, type] of Object.entries(properties)) {
      const before = types.get(name);
      // Dates within properties are stored as the texts they came as.
      const stored = type === 'date' ? 'string' : type;
      types.set(name, before === undefined || before === stored ? stored : 'any');
    }
  return [...types]
    .filter(([name]) => !taken.has(name))
    .map(([name, type]) => ({ name, type, path: `properties.${name}` }));
}

/** A table within one statement, under the name it goes by there. */
export interface BoundTable {
  alias: string;
  table: Table;
  /** Stands before every path of it: empty for the first table, the field it is joined into for others. */
  prefix: string;
}

/** Finds a column; names without quotes go by any case where that is unambiguous. */
export function findColumn(
  { tables, schema }: { tables: readonly BoundTable[]; schema: Schema },
  wanted: { table?: { name: string } | undefined; name: string } & Located,
): { bound: BoundTable; column: Column } {
  const { name } = wanted;
  if (name.startsWith('$') || /[.]/.test(name) || name.includes('\0') || name === '__proto__')
    refuse(
      {
        'en-US': `A name cannot begin with $ or hold a dot: “${name}”.`,
        'zh-CN': `名称不能以 $ 开头，也不能包含点号：“${name}”。`,
      },
      wanted,
    );
  const asked = wanted.table?.name;
  const among = asked === undefined ? tables : tables.filter(({ alias }) => alias === asked);
  if (among.length === 0)
    refuse(
      { 'en-US': `There is no table “${asked}” in this statement.`, 'zh-CN': `此语句中没有表“${asked}”。` },
      wanted,
    );
  for (const isSame of [same, sameButForCase]) {
    const found = among.flatMap((bound) =>
      bound.table.columns.filter((column) => isSame(column.name, name)).map((column) => ({ bound, column })),
    );
    const [first, second] = found;
    if (second)
      refuse(
        {
          'en-US': `“${name}” could be one of several columns; put the table’s name before it, or the exact name in quotes.`,
          'zh-CN': `“${name}”可能是多个列之一，请在前面加上表名，或用双引号写出准确名称。`,
        },
        wanted,
      );
    if (first) return first;
  }
  if ([...schema.hidden].some((hidden) => sameButForCase(hidden, name)))
    return refuse({ 'en-US': `You may not read “${name}”.`, 'zh-CN': `您无权读取“${name}”。` }, wanted);
  return refuse(
    {
      'en-US': `There is no column “${name}” in ${among.map(({ table }) => table.name).join(', ')}.`,
      'zh-CN': `${among.map(({ table }) => table.name).join('、')} 中没有列“${name}”。`,
    },
    wanted,
  );
}

const same = (one: string, other: string) => one === other;
const sameButForCase = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
