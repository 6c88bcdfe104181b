import {
  type EvaluationInstant,
  type EventMeasure,
  type EventNeed,
  movesWithToday,
  spanOfWindow,
} from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import type { Document } from 'mongodb';
import { allOf, anyOf, compileComparisonFilter, type Filter } from './compile-comparison.ts';

/** Profiles whose events count from the same instant on. */
export interface EventScope {
  profileIds: readonly string[];
  /** Unix milliseconds of the run's entry; none for an audience. */
  enteredAt: number | undefined;
}

/**
 * The aggregation that answers one need without a sequence for many profiles: rows of `{_id: profileId, value}`. Undefined when no
 * event counts for any of them. Runs on the index profileId, name, at.
 */
export function compileEventPipeline(
  need: EventNeed,
  scopes: readonly EventScope[],
  instant: EvaluationInstant,
): Document[] | undefined {
  const match = allOf([
    anyOf(scopes.map((scope) => filterOfScope(need, scope, instant))),
    ...filtersOfProperties(need, instant),
  ]);
  if (typeof match === 'boolean') return undefined;
  return [{ $match: match }, { $group: { _id: '$profileId', value: accumulatorOf(need.measure) } }];
}

function accumulatorOf(measure: EventMeasure): Document {
  if (measure.kind === 'count') return { $sum: 1 };
  if (measure.kind === 'sum') return { $sum: `$properties.${measure.property}` };
  if (measure.property !== undefined) return outermost(measure.kind, `$properties.${measure.property}`);
  return measure.kind === 'first' ? { $min: '$at' } : { $max: '$at' };
}

/** Of events at the same instant the order of their ids decides: the same on every look. */
export function outermost(kind: 'first' | 'last', output: string): Document {
  const direction = kind === 'first' ? 1 : -1;
  return { $top: { sortBy: { at: direction, _id: direction }, output } };
}

/**
 * Rows of `{_id: profileId, at}`: the oldest event within the window, for a need with a window that moves, and the next one
 * that is dated ahead of now.
 */
export function compileHorizonPipelines(
  need: EventNeed,
  profileIds: readonly string[],
  instant: EvaluationInstant,
): { oldest: Document[] | undefined; upcoming: Document[] | undefined } {
  const now = new Date(instant.now);
  const span = spanOfWindow(need.window, instant, undefined);
  const earliest = (at: Document): Document[] | undefined => {
    if (!span || profileIds.length === 0) return undefined;
    const match = allOf([
      { profileId: { $in: profileIds }, name: need.name, at },
      ...filtersOfProperties(need, instant),
    ]);
    if (typeof match === 'boolean') return undefined;
    return [{ $match: match }, { $group: { _id: '$profileId', at: { $min: '$at' } } }];
  };
  const isMoving = need.window.kind === 'last' || movesWithToday(need.window);
  const oldest = isMoving && span ? earliest({ $gt: new Date(span.after), $lte: now }) : undefined;
  return { oldest, upcoming: earliest({ $gt: now }) };
}

function filtersOfProperties(need: EventNeed, instant: EvaluationInstant): Filter[] {
  return (need.where ?? []).map(({ property, is }) => {
    const filter = compileComparisonFilter(`properties.${property}`, is, instant);
    // The check refuses it earlier; what came through all the same must not be answered wrongly.
    if (filter === 'unknown')
      throw new AppError('condition-invalid', `A pattern cannot be asked of event property ${property}`);
    return filter;
  });
}

function filterOfScope(need: EventNeed, scope: EventScope, instant: EvaluationInstant): Filter {
  const span = spanOfWindow(need.window, instant, scope.enteredAt);
  if (!span || scope.profileIds.length === 0) return false;
  const at: Document = { $lt: new Date(span.before) };
  if (Number.isFinite(span.after)) at['$gt'] = new Date(span.after);
  return { profileId: { $in: scope.profileIds }, name: need.name, at };
}
