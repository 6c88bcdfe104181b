import {
  type AggregateMeasure,
  type Derivation,
  type EventNeed,
  eventNeedOf,
  settleSum,
} from '@sluice/shared/condition';
import type { EvaluationInstant } from '@sluice/shared/condition';
import { DAY_MS } from '@sluice/shared/time';
import type { Collection, Document } from 'mongodb';
import { compileEventPipeline, outermost } from '../conditions/event-pipeline.ts';
import { measureHorizons } from '../conditions/measure-horizons.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import type { StoredValue } from '../profiles/profile-record.ts';
import type { Orders } from './score-rfm.ts';

type Aggregate = Extract<Derivation, { kind: 'aggregate' }>;
type Rfm = Extract<Derivation, { kind: 'rfm' }>;

/** One aggregation for the values and two for the instants until which they stand, whatever the number of profiles. */
export async function readAggregates(
  events: Collection<EventRecord>,
  derivation: Aggregate,
  profileIds: readonly string[],
  instant: EvaluationInstant,
): Promise<(profileId: string) => { value: StoredValue | undefined; until: number }> {
  const need = needOf(derivation);
  const [rows, horizon] = await Promise.all([
    group(events, need, profileIds, instant, accumulatorOf(derivation.measure)),
    measureHorizons(events, [need], profileIds, instant),
  ]);
  const values = new Map(rows.map(({ _id, value }) => [_id, settle(derivation.measure, value)]));
  return (profileId) => ({
    value: values.get(profileId) ?? emptyOf(derivation.measure),
    until: horizon(need.key, profileId),
  });
}

/** The orders of those who have any within the window. */
export async function readOrders(
  events: Collection<EventRecord>,
  { event, amount, days }: Rfm,
  profileIds: readonly string[],
  instant: EvaluationInstant,
): Promise<Map<string, Orders>> {
  const need = needOf({ event, window: { kind: 'last', ms: days * DAY_MS } });
  const rows = await group(events, need, profileIds, instant, {
    lastAt: { $max: '$at' },
    count: { $sum: 1 },
    amount: { $sum: `$properties.${amount}` },
  });
  return new Map(
    rows.map(({ _id, lastAt, count, amount: total }) => [
      _id,
      { lastAt: (lastAt as Date).getTime(), count: Number(count), amount: settleSum(Number(total)) },
    ]),
  );
}

function needOf({ event: name, where = [], window }: Pick<Aggregate, 'event' | 'where' | 'window'>): EventNeed {
  const measure = { kind: 'count' as const };
  return eventNeedOf({ op: 'event', name, where, measure, window, is: { operator: 'exists' } });
}

async function group(
  events: Collection<EventRecord>,
  need: EventNeed,
  profileIds: readonly string[],
  instant: EvaluationInstant,
  accumulators: Document,
): Promise<(Document & { _id: string })[]> {
  const [match] = compileEventPipeline(need, [{ profileIds, enteredAt: undefined }], instant) ?? [];
  if (!match) return [];
  return events
    .aggregate<Document & { _id: string }>([match, { $group: { _id: '$profileId', ...accumulators } }])
    .toArray();
}

function accumulatorOf(measure: AggregateMeasure): Document {
  if (measure.kind === 'count') return { value: { $sum: 1 } };
  const output = measure.property === undefined ? '$at' : `$properties.${measure.property}`;
  return { value: ACCUMULATORS[measure.kind](output) };
}

type PropertyKind = Exclude<AggregateMeasure['kind'], 'count'>;

const ACCUMULATORS: Readonly<Record<PropertyKind, (output: string) => Document>> = {
  sum: (output) => ({ $sum: output }),
  average: (output) => ({ $avg: output }),
  least: (output) => ({ $min: output }),
  most: (output) => ({ $max: output }),
  distinct: (output) => ({ $addToSet: output }),
  first: (output) => outermost('first', output),
  last: (output) => outermost('last', output),
};

function settle({ kind }: AggregateMeasure, value: unknown): StoredValue | undefined {
  if (kind === 'distinct') return (value as unknown[]).length;
  if (typeof value === 'number') return settleSum(value);
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof Date) return value;
  return Array.isArray(value) ? value.filter((entry) => typeof entry !== 'object') : JSON.stringify(value);
}

/** What a number of events falls to when the last one has left the window; a value of events that are gone is gone. */
function emptyOf({ kind }: AggregateMeasure): number | undefined {
  return kind === 'count' || kind === 'sum' || kind === 'distinct' ? 0 : undefined;
}
