import type { StatementCheck, StatementResult, StatementSchema, StatementType } from '@sluice/shared/http-api';
import type { ValueType } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { Document } from 'mongodb';
import type { Expr } from 'pgsql-ast-parser';
import type { AudienceIndex } from '../audiences/audience-index.ts';
import { memberships } from '../audiences/membership-record.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import type { DatasetIndex } from '../datasets/dataset-index.ts';
import { datasetRows } from '../datasets/dataset-record.ts';
import { events } from '../ingest/event-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { readStoreError } from '../stores/read-store-error.ts';
import { AGGREGATE_NAMES } from './aggregates.ts';
import { assertReading } from './assert-reading.ts';
import { type CompiledSelect, compileSelect, type OutputColumn } from './compile-select.ts';
import { FUNCTION_NAMES } from './functions.ts';
import { parseStatement, requireSelect, type Select } from './parse-statement.ts';
import { refuse, StatementRefusal, toAppError } from './statement-error.ts';
import { buildSchema, OWN_TABLES, type Schema, type SqlType } from './tables.ts';

/** Whether somebody may read an attribute; what he may not read is no column for him. */
export type ReadGate = (attribute: string) => boolean;

/** SELECTs of people over profiles, events, memberships and datasets, read by aggregations of the store. Never writes. */
export interface Statements {
  describe(mayRead: ReadGate): Promise<StatementSchema>;
  /** Never throws for what is wrong with the statement; runs nothing. */
  check(statement: string, mayRead: ReadGate): Promise<StatementCheck>;
  /** Throws `statement-invalid`, and `query-too-slow` at the time limit. */
  run(statement: string, mayRead: ReadGate): Promise<StatementResult>;
  /** Throws `statement-invalid` for one that could not become an audience. */
  requirePeople(statement: string, mayRead: ReadGate): Promise<void>;
  /** What the column that names people holds, a batch at a time. Throws like `run`. */
  people(
    statement: string,
    asOf: number,
    mayRead: ReadGate,
  ): AsyncIterable<{ kind: 'profile-id' | 'user-id'; ids: string[] }>;
}

const SHOWN_ROWS = 200;
const TIME_LIMIT_MS = 10_000;
/** An extraction may take its time. */
const EXTRACTION_LIMIT_MS = 120_000;
/** Values of a nested SELECT, which travel to the store with the outer one. */
export const MOST_NESTED = 100_000;
const MOST_LEVELS = 3;
const BATCH = 5000;
const COLLECTIONS = [profiles, events, memberships, datasetRows].map(({ name }) => name);

type Nested = ReadonlyMap<Expr, readonly (string | number | boolean | Date)[]>;

export function createStatements(deps: {
  database: Database;
  dictionary: Pick<Dictionary, 'checkingFacts' | 'listEvents'>;
  index: Pick<AudienceIndex, 'current'>;
  datasetIndex?: Pick<DatasetIndex, 'current'>;
  clock: Clock;
}): Statements {
  async function readSchema(mayRead: ReadGate): Promise<Schema> {
    const [facts, known, { names: audiences }, wide] = await Promise.all([
      deps.dictionary.checkingFacts(),
      deps.dictionary.listEvents(),
      deps.index.current(),
      deps.datasetIndex?.current(),
    ]);
    const attributes = [...facts.attributes].map(([name, type]) => ({ name, type: type as ValueType }));
    const datasets = [...(wide?.byName.values() ?? [])].filter(({ _id }) => !OWN_TABLES.includes(_id));
    return buildSchema({ attributes, events: known, audiences, datasets, mayRead });
  }

  function aggregate({ collection, pipeline }: Pick<CompiledSelect, 'collection' | 'pipeline'>, maxTimeMS: number) {
    assertReading(COLLECTIONS, collection, pipeline);
    return deps.database.db.collection(collection).aggregate<Document>(pipeline, { maxTimeMS, batchSize: BATCH });
  }

  /** Runs the SELECTs behind IN, the innermost first; each must have one column. */
  async function runNested(select: Select, context: { schema: Schema; now: number }, level = 1): Promise<Nested> {
    const found = new Map<Expr, readonly (string | number | boolean | Date)[]>();
    for (const node of nestedSelects(select)) {
      const inner = requireSelect(node as never);
      const compiled = await compileNested(inner, node, level, context);
      const [column] = compiled.columns;
      const limited = [...compiled.pipeline, { $limit: MOST_NESTED + 1 }];
      const rows = await aggregate({ ...compiled, pipeline: limited }, TIME_LIMIT_MS).toArray();
      if (rows.length > MOST_NESTED)
        refuse(
          {
            'en-US': `This nested SELECT finds more than ${MOST_NESTED.toLocaleString('en-US')} values; use JOIN, or select from its table instead.`,
            'zh-CN': `此嵌套 SELECT 返回超过 ${MOST_NESTED.toLocaleString('zh-CN')} 个值，请改用 JOIN，或直接从该表查询。`,
          },
          node,
        );
      found.set(
        node,
        rows.map((row) => row[column?.field ?? '']).filter((value) => value !== null && value !== undefined),
      );
    }
    return found;
  }

  async function compileNested(inner: Select, node: Expr, level: number, context: { schema: Schema; now: number }) {
    if (level >= MOST_LEVELS) refuse({ 'en-US': 'SELECTs are nested too deeply.', 'zh-CN': 'SELECT 嵌套过深。' }, node);
    const nested = await runNested(inner, context, level + 1);
    return compileInner(inner, node, { ...context, nested: (each) => nested.get(each) ?? [] });
  }

  async function compileWhole(statement: string, mayRead: ReadGate, now: number): Promise<CompiledSelect> {
    const select = parseStatement(statement);
    const context = { schema: await readSchema(mayRead), now };
    // Refused before anything is run.
    checkSelect(select, context);
    const nested = await runNested(select, context);
    return compileSelect(select, { ...context, nested: (each) => nested.get(each) ?? [] });
  }

  async function located<T>(statement: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StatementRefusal) throw toAppError(error, statement);
      throw readStoreError(error) ?? error;
    }
  }

  return {
    async describe(mayRead) {
      const { tables, audiences } = await readSchema(mayRead);
      return {
        tables: tables.map(({ name, columns }) => ({
          name,
          columns: columns.map(({ name: column, type }) => ({ name: column, type: toShownType(type) })),
        })),
        functions: [...FUNCTION_NAMES, ...AGGREGATE_NAMES],
        audiences: [...audiences.keys()],
      };
    },

    async check(statement, mayRead) {
      try {
        const columns = checkSelect(parseStatement(statement), {
          schema: await readSchema(mayRead),
          now: deps.clock.now(),
        });
        return { problem: null, columns: columns.map(toShown), peopleColumn: peopleAmong(columns)?.name ?? null };
      } catch (error) {
        if (!(error instanceof StatementRefusal)) throw error;
        const { details } = toAppError(error, statement);
        const { reason, start, end, line, column } = details as unknown as NonNullable<StatementCheck['problem']>;
        return { problem: { reason, start, end, line, column }, columns: [], peopleColumn: null };
      }
    },

    run: (statement, mayRead) =>
      located(statement, async () => {
        const startedAt = performance.now();
        const compiled = await compileWhole(statement, mayRead, deps.clock.now());
        const { columns, pipeline } = compiled;
        const counting = aggregate({ ...compiled, pipeline: [...pipeline, { $count: 'rows' }] }, TIME_LIMIT_MS)
          .toArray()
          .then(([counted]) => (counted?.['rows'] as number | undefined) ?? 0)
          // The rows say enough; that they are too many to count is what null says.
          .catch((error: unknown) => {
            if (readStoreError(error)?.code === 'query-too-slow') return null;
            throw error;
          });
        const [rows, count] = await Promise.all([
          aggregate({ ...compiled, pipeline: [...pipeline, { $limit: SHOWN_ROWS }] }, TIME_LIMIT_MS).toArray(),
          counting,
        ]);
        return {
          columns: columns.map(toShown),
          rows: await nameAudiences(rows, columns),
          count,
          peopleColumn: peopleAmong(columns)?.name ?? null,
          tookMs: Math.round(performance.now() - startedAt),
        };
      }),

    requirePeople: (statement, mayRead) =>
      located(statement, async () => {
        const columns = checkSelect(parseStatement(statement), {
          schema: await readSchema(mayRead),
          now: deps.clock.now(),
        });
        if (!peopleAmong(columns)) refuse(NOBODY_NAMED);
      }),

    async *people(statement, asOf, mayRead) {
      const { compiled, column } = await located(statement, async () => {
        const whole = await compileWhole(statement, mayRead, asOf);
        return { compiled: whole, column: peopleAmong(whole.columns) ?? refuse(NOBODY_NAMED) };
      });
      const kind = column.origin === 'user-id' ? ('user-id' as const) : ('profile-id' as const);
      const project = { $project: { [column.field]: 1 } };
      const cursor = aggregate({ ...compiled, pipeline: [...compiled.pipeline, project] }, EXTRACTION_LIMIT_MS);
      let ids: string[] = [];
      try {
        for await (const row of cursor) {
          const id: unknown = row[column.field];
          if (typeof id === 'string') ids.push(id);
          if (ids.length < BATCH) continue;
          yield { kind, ids };
          ids = [];
        }
      } catch (error) {
        throw readStoreError(error) ?? error;
      }
      if (ids.length > 0) yield { kind, ids };
    },
  };

  async function nameAudiences(rows: readonly Document[], columns: readonly OutputColumn[]): Promise<unknown[][]> {
    const { names } = await deps.index.current();
    return rows.map((row) =>
      columns.map(({ field, origin }) => {
        const value: unknown = row[field] ?? null;
        if (value instanceof Date) return value.toISOString();
        return origin === 'audience-id' && typeof value === 'string' ? (names.get(value) ?? value) : value;
      }),
    );
  }
}

const NOBODY_NAMED = {
  'en-US': 'To become an audience it must select people: id or user_id of profiles, or profile_id of the others.',
  'zh-CN': '要生成人群，必须选出用户：profiles 的 id 或 user_id，或其他表的 profile_id。',
} as const;

/** Compiles everything with nothing found by nested SELECTs: what is wrong anywhere shows, and nothing is run. */
function checkSelect(select: Select, context: { schema: Schema; now: number }): OutputColumn[] {
  for (const node of nestedSelects(select)) {
    const inner = requireSelect(node as never);
    checkSelect(inner, context);
    compileInner(inner, node, { ...context, nested: () => [] });
  }
  return compileSelect(select, { ...context, nested: () => [] }).columns;
}

function compileInner(inner: Select, node: Expr, context: Parameters<typeof compileSelect>[1]): CompiledSelect {
  const compiled = compileSelect(inner, context);
  if (compiled.columns.length !== 1)
    refuse(
      { 'en-US': 'A nested SELECT behind IN has exactly one column.', 'zh-CN': 'IN 之后的嵌套 SELECT 只能有一列。' },
      node,
    );
  return compiled;
}

/** The SELECTs behind IN of this one, but not those within them. */
function nestedSelects(part: unknown, isTop = true): Expr[] {
  if (typeof part !== 'object' || part === null) return [];
  if (!isTop && 'type' in part && ['select', 'union', 'union all', 'with'].includes(String(part.type)))
    return [part as Expr];
  return Object.values(part).flatMap((each) => nestedSelects(each, false));
}

function peopleAmong(columns: readonly OutputColumn[]): OutputColumn | undefined {
  return columns.find(({ origin }) => origin === 'profile-id') ?? columns.find(({ origin }) => origin === 'user-id');
}

function toShown({ name, type }: OutputColumn): { name: string; type: StatementType } {
  return { name, type: toShownType(type) };
}

function toShownType(type: SqlType): StatementType {
  return type === 'interval' ? 'any' : type;
}
