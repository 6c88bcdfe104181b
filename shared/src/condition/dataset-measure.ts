import type { AttributeValue } from '../model/attribute.ts';
import { isInstantText } from '../time/instant.ts';
import type { Condition } from './ast.ts';
import { compileComparison } from './compile-comparison.ts';
import type { EvaluationInstant } from './date-span.ts';
import { attributeNames, leavesOf, settleSum } from './event-measure.ts';
import { ownValue } from './own-value.ts';

export type DatasetLeaf = Extract<Condition, { op: 'dataset' }>;

/** What must be known of a profile's rows to answer a dataset leaf: one value. Leaves that ask for the same share it. */
export interface DatasetNeed extends Pick<DatasetLeaf, 'dataset' | 'where' | 'measure'> {
  key: string;
}

/** A row as a fact: instants among its values in their one spelling. */
export interface DatasetRow {
  dataset: string;
  values: Readonly<Record<string, unknown>>;
}

export function datasetNeedOf({ dataset, where = [], measure }: DatasetLeaf): DatasetNeed {
  return { dataset, where, measure, key: JSON.stringify([dataset, where, measure]) };
}

/** The values a condition needs of rows, each once. */
export function datasetNeeds(condition: Condition): DatasetNeed[] {
  const needs = leavesOf(condition).flatMap((leaf) => (leaf.op === 'dataset' ? [datasetNeedOf(leaf)] : []));
  return [...new Map(needs.map((need) => [need.key, need])).values()];
}

/** The datasets a condition looks into, each once. */
export function datasetNames(condition: Condition): string[] {
  return [...new Set(leavesOf(condition).flatMap((leaf) => (leaf.op === 'dataset' ? [leaf.dataset] : [])))];
}

/** The columns that a leaf looks at, each once. */
export function columnsOf({ where = [], measure }: Pick<DatasetLeaf, 'where' | 'measure'>): string[] {
  const measured = measure.kind === 'count' ? [] : [measure.column];
  return [...new Set([...where.map(({ property }) => property), ...measured])];
}

/** A column under the name by which rights to it are looked up; no attribute can have a dot in its name. */
export function columnKey(dataset: string, column: string): string {
  return `${dataset}.${column}`;
}

/** The columns a condition looks at, by their keys, each once. */
export function columnKeys(condition: Condition): string[] {
  const keys = leavesOf(condition).flatMap((leaf) =>
    leaf.op === 'dataset' ? columnsOf(leaf).map((column) => columnKey(leaf.dataset, column)) : [],
  );
  return [...new Set(keys)];
}

/** Everything whose values a condition lets its author find out: attributes, and columns by their keys. */
export function usedNames(condition: Condition): string[] {
  return [...attributeNames(condition), ...columnKeys(condition)];
}

/**
 * The value of a need over rows in memory; the reference that the store's aggregation is tested against. Pure. A count and a
 * sum are numbers; the least and the greatest value are a number or an instant, and missing where no row has one.
 */
export function measureRows(
  need: DatasetNeed,
  rows: readonly DatasetRow[],
  instant: EvaluationInstant,
): AttributeValue | undefined {
  const passing = rowsPassing(need, rows, instant);
  const { measure } = need;
  if (measure.kind === 'count') return passing.length;
  const values = passing.map(({ values: each }) => ownValue(each, measure.column));
  if (measure.kind === 'sum')
    return settleSum(values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0));
  const ordered = values.filter(isOrdered).sort(compareOrdered);
  return measure.kind === 'min' ? ordered[0] : ordered.at(-1);
}

export function rowsPassing<R extends DatasetRow>(
  { dataset, where = [] }: Pick<DatasetNeed, 'dataset' | 'where'>,
  rows: readonly R[],
  instant: EvaluationInstant,
): R[] {
  const filters = where.map(({ property, is }) => ({ property, test: compileComparison(is, instant) }));
  return rows.filter(
    (row) => row.dataset === dataset && filters.every(({ property, test }) => test(ownValue(row.values, property))),
  );
}

type Ordered = number | string;

function isOrdered(value: unknown): value is Ordered {
  return typeof value === 'number' || (typeof value === 'string' && isInstantText(value));
}

/** As the store orders them: numbers ahead of instants. */
function compareOrdered(a: Ordered, b: Ordered): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
