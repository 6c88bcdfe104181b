import {
  type DatasetNeed,
  type EvaluationInstant,
  horizonOfRows,
  measureRows,
  movingOperands,
  settleSum,
  staticPart,
} from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import type { AttributeValue } from '@sluice/shared/model';
import type { Collection, Document } from 'mongodb';
import { type RowRecord, rowsOf } from '../datasets/dataset-record.ts';
import { allOf, compileComparisonFilter, type Filter } from './compile-comparison.ts';

/** The value of each need for a profile. */
export type Details = (needKey: string, profileId: string) => AttributeValue | undefined;

/** One aggregation per need, whatever the number of profiles. */
export async function measureDetails(
  rows: Collection<RowRecord>,
  needs: readonly DatasetNeed[],
  profileIds: readonly string[],
  instant: EvaluationInstant,
  options: { maxTimeMs?: number } = {},
): Promise<Details> {
  const limit = options.maxTimeMs === undefined ? {} : { maxTimeMS: options.maxTimeMs };
  const found = new Map(
    await Promise.all(
      needs.map(async (need) => {
        const pipeline = compileRowPipeline(need, profileIds, instant);
        const answers = pipeline
          ? await rows.aggregate<{ _id: string; value: unknown }>(pipeline, limit).toArray()
          : [];
        const values = new Map(answers.map(({ _id, value }) => [_id, toFact(value)]));
        // Whoever has no row has none of the value, or none at all, as the reference says.
        return [need.key, { values, none: measureRows(need, [], instant) }] as const;
      }),
    ),
  );
  return (needKey, profileId) => {
    const held = found.get(needKey);
    return held?.values.has(profileId) ? held.values.get(profileId) : held?.none;
  };
}

/** For each need the first instant at which time alone changes which rows of a profile match. */
export async function measureDetailHorizons(
  rows: Collection<RowRecord>,
  needs: readonly DatasetNeed[],
  profileIds: readonly string[],
  instant: EvaluationInstant,
): Promise<(needKey: string, profileId: string) => number> {
  const concerned = new Map(
    await Promise.all(
      needs.map(async (need) => {
        const isMoving = need.where?.some(({ is }) => movingOperands(is).length > 0);
        const match = isMoving ? filterOf(staticPart(need), profileIds, instant) : false;
        const found = typeof match === 'boolean' ? [] : await rows.distinct('profileId', match as object);
        return [need.key, { need, ids: new Set<string>(found) }] as const;
      }),
    ),
  );
  return (needKey, profileId) => {
    const held = concerned.get(needKey);
    return held ? horizonOfRows(held.need.where, held.ids.has(profileId), instant) : Number.POSITIVE_INFINITY;
  };
}

/** Rows of `{_id: profileId, value}`; undefined when no row can match. Runs on the index profileId, dataset. */
export function compileRowPipeline(
  need: DatasetNeed,
  profileIds: readonly string[],
  instant: EvaluationInstant,
): Document[] | undefined {
  const { measure } = need;
  const isExtreme = measure.kind === 'min' || measure.kind === 'max';
  // What is neither a number nor a date has no place in the order.
  const ordered: Filter = isExtreme && { [`values.${measure.column}`]: { $type: ['number', 'date'], ...NO_LIST } };
  const match = allOf([filterOf(need, profileIds, instant), isExtreme ? ordered : true]);
  if (typeof match === 'boolean') return undefined;
  const value = measure.kind === 'count' ? { $sum: 1 } : { [`$${measure.kind}`]: `$values.${measure.column}` };
  return [{ $match: match }, { $group: { _id: '$profileId', value } }];
}

const NO_LIST = { $not: { $type: 'array' } } as const;

/** Of the rows of these profiles, those that pass the filters of a need. */
export function filterOf(
  { dataset, where = [] }: Pick<DatasetNeed, 'dataset' | 'where'>,
  profileIds: readonly string[],
  instant: EvaluationInstant,
): Filter {
  if (profileIds.length === 0) return false;
  return allOf([rowsOf(dataset, profileIds), ...compileWhere(where, instant)]);
}

export function compileWhere(where: NonNullable<DatasetNeed['where']>, instant: EvaluationInstant): Filter[] {
  return where.map(({ property, is }) => {
    const filter = compileComparisonFilter(`values.${property}`, is, instant);
    // The check refuses it earlier; what came through all the same must not be answered wrongly.
    if (filter === 'unknown')
      throw new AppError('condition-invalid', `A pattern cannot be asked of column ${property}`);
    return filter;
  });
}

function toFact(value: unknown): AttributeValue | undefined {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' ? settleSum(value) : undefined;
}
