import { type Static, Type } from 'typebox';
import { Audience } from './audiences.ts';
import { defineRoute } from './route.ts';

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);
const BothLanguages = Type.Object({ 'zh-CN': Type.String(), 'en-US': Type.String() });

/** What a column of a statement holds; `any` where rows differ. */
export const StatementType = Type.Union([
  Type.Literal('string'),
  Type.Literal('number'),
  Type.Literal('boolean'),
  Type.Literal('date'),
  Type.Literal('list'),
  Type.Literal('any'),
]);
export type StatementType = Static<typeof StatementType>;

const StatementColumn = Type.Object({ name: Type.String(), type: StatementType });

/** What statements may ask: tables with their columns, and functions. */
export const StatementSchema = Type.Object({
  tables: Type.Array(Type.Object({ name: Type.String(), columns: Type.Array(StatementColumn) })),
  functions: Type.Array(Type.String()),
  /** Names to compare `memberships.audience` with. */
  audiences: Type.Array(Type.String()),
});
export type StatementSchema = Static<typeof StatementSchema>;

/** Why a statement is refused, and which part of it; offsets count UTF-16 units, lines and columns from 1. */
export const StatementProblem = Type.Object({
  reason: BothLanguages,
  start: Type.Integer(),
  end: Type.Integer(),
  line: Type.Integer(),
  column: Type.Integer(),
});
export type StatementProblem = Static<typeof StatementProblem>;

export const StatementCheck = Type.Object({
  problem: OrNull(StatementProblem),
  columns: Type.Array(StatementColumn),
  /** The column that says whose row it is; without one it cannot become an audience. */
  peopleColumn: OrNull(Type.String()),
});
export type StatementCheck = Static<typeof StatementCheck>;

export const StatementResult = Type.Object({
  columns: Type.Array(StatementColumn),
  /** The first rows; instants as ISO 8601 in UTC. */
  rows: Type.Array(Type.Array(Type.Unknown())),
  /** All rows; null where counting them took too long. */
  count: OrNull(Type.Integer()),
  peopleColumn: OrNull(Type.String()),
  tookMs: Type.Integer(),
});
export type StatementResult = Static<typeof StatementResult>;

const StatementText = Type.String({ minLength: 1, maxLength: 4000 });
const Keepers = ['administrator', 'operator', 'developer'] as const;
const CLOSED = { additionalProperties: false } as const;

export const statementRoutes = {
  statementSchema: defineRoute({
    method: 'GET',
    path: '/api/sql/schema',
    access: Keepers,
    tag: 'sql',
    summary: 'Tables, columns and functions that statements may name',
    reply: StatementSchema,
  }),
  checkStatement: defineRoute({
    method: 'POST',
    path: '/api/sql/check',
    access: Keepers,
    tag: 'sql',
    summary: 'Whether a SELECT could be run, and what is wrong where; runs nothing',
    body: Type.Object({ statement: StatementText }, CLOSED),
    reply: StatementCheck,
  }),
  runStatement: defineRoute({
    method: 'POST',
    path: '/api/sql/run',
    access: Keepers,
    tag: 'sql',
    summary: 'The first rows of a SELECT, and how many there are; time and rows are limited',
    body: Type.Object({ statement: StatementText }, CLOSED),
    reply: StatementResult,
  }),
  createStatementAudience: defineRoute({
    method: 'POST',
    path: '/api/sql/audiences',
    access: Keepers,
    tag: 'sql',
    summary: 'Save the people that a SELECT names as a snapshot audience',
    body: Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }), statement: StatementText },
      CLOSED,
    ),
    reply: Audience,
  }),
};
