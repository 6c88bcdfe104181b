import { type Condition, hasMovingAttribute, leavesOf } from '@sluice/shared/condition';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { TriggerPlan } from '@sluice/shared/node-contract';
import { DAY_MS, occurrencesBetween } from '@sluice/shared/time';
import type { Occasion } from '../enrolment/entry-rule.ts';
import { recurrenceOf } from '../enrolment/due-occurrences.ts';
import { dateShown, isDay } from '../enrolment/dated-profiles.ts';
import { compileWhere } from '../matching/match-awaits.ts';
import { propertiesFor } from '../sandbox/solve-condition.ts';
import type { Draw } from '@sluice/shared/random';
import type { ForecastOrder, Subject } from './forecast-message.ts';

/** A trigger of the flow with the instants at which it starts people by the clock. Unix milliseconds. */
export interface PlannedTrigger {
  node: string;
  plan: TriggerPlan;
  /** Whom it does not take is turned away, and not merely passed over. */
  isAsked: boolean;
  /** Whom it takes is a matter of attributes alone, and not of time. */
  isTimeless: boolean;
  instants: readonly number[];
}

/** How a subject comes to the flow: by the clock, by an event, or by entering or leaving an audience. */
export type Arrival = { at: number; trigger: PlannedTrigger } & (
  | { kind: 'occasion'; occasion: Omit<Occasion, 'at'> }
  | { kind: 'event'; name: string; properties: Record<string, unknown> }
);

/** Of a trigger that fires more often, only so many firings are looked at. */
const MOST_INSTANTS = 5000;

export function planTriggers(
  program: FlowProgram,
  { startAt, endAt, timeZone }: Pick<ForecastOrder, 'startAt' | 'endAt' | 'timeZone'>,
): PlannedTrigger[] {
  return program.triggers.flatMap(({ id: node, isDisabled }): PlannedTrigger[] => {
    const plan = isDisabled ? undefined : program.planOf(node);
    if (!plan) return [];
    const { start } = plan;
    const recurrence = recurrenceOf(start, timeZone);
    const instants = recurrence ? occurrencesBetween(recurrence, startAt - 1, endAt, MOST_INSTANTS) : [];
    if (start.kind === 'publish') instants.push(startAt);
    // As when it is published: what lies behind is made up for at once.
    if (start.kind === 'at' && Date.parse(start.at) <= endAt) instants.push(Math.max(startAt, Date.parse(start.at)));
    const isAsked = recurrence === undefined && instants.length === 0;
    return [{ node, plan, isAsked, isTimeless: isTimeless(plan.audience), instants }];
  });
}

function isTimeless(condition: Condition): boolean {
  return leavesOf(condition).every(({ op }) => op === 'attribute') && !hasMovingAttribute(condition);
}

/** When and how one subject comes to the triggers of the flow, in no order. */
export function arrivalsOf(
  subject: Subject,
  triggers: readonly PlannedTrigger[],
  order: Pick<ForecastOrder, 'startAt' | 'endAt' | 'timeZone' | 'replayMs' | 'arrivals'>,
  draw: Draw,
): Arrival[] {
  return triggers.flatMap((trigger): Arrival[] => {
    const { start } = trigger.plan;
    const perDay = order.arrivals[trigger.node];
    if (perDay !== undefined) return drawArrivals(trigger, perDay, order, draw);
    if (start.kind === 'event') return replayEvents(subject, trigger, start, order);
    if (start.kind === 'membership') return replayMoves(subject, trigger, start, order);
    if (start.kind === 'date') return datesOf(subject, trigger, start, order);
    return trigger.instants.map((at) => ({ at, trigger, kind: 'occasion', occasion: { id: idOf(trigger, at) } }));
  });
}

function idOf({ node, plan: { start } }: PlannedTrigger, at: number): string {
  if (start.kind === 'publish') return `${node}:forecast`;
  return `${node}:${start.kind === 'at' ? start.at : new Date(at).toISOString()}`;
}

/** What happened in the weeks before happens again. */
function replayEvents(
  { events }: Subject,
  trigger: PlannedTrigger,
  start: Extract<TriggerPlan['start'], { kind: 'event' }>,
  { startAt, endAt, replayMs, timeZone }: Pick<ForecastOrder, 'startAt' | 'endAt' | 'replayMs' | 'timeZone'>,
): Arrival[] {
  const passes = compileWhere(start.where, { now: startAt, timeZone });
  return events.flatMap(({ name, at, properties }): Arrival[] => {
    const again = at + replayMs;
    if (name !== start.event || again < startAt || again > endAt || !passes(properties)) return [];
    return [{ at: again, trigger, kind: 'event', name, properties }];
  });
}

function replayMoves(
  { moves = [] }: Subject,
  trigger: PlannedTrigger,
  { audience, change }: Extract<TriggerPlan['start'], { kind: 'membership' }>,
  { startAt, endAt, replayMs }: Pick<ForecastOrder, 'startAt' | 'endAt' | 'replayMs'>,
): Arrival[] {
  return moves.flatMap((move): Arrival[] => {
    const at = move.at + replayMs;
    if (move.audience !== audience || move.change !== change || at < startAt || at > endAt) return [];
    return [{ at, trigger, kind: 'occasion', occasion: { id: `${trigger.node}:${at}` } }];
  });
}

function datesOf(
  { profile }: Subject,
  trigger: PlannedTrigger,
  start: Extract<TriggerPlan['start'], { kind: 'date' }>,
  order: Pick<ForecastOrder, 'timeZone'>,
): Arrival[] {
  const value = profile.attributes[start.attribute];
  if (typeof value !== 'string') return [];
  const { repeat, offsetDays, timeZone = order.timeZone } = start;
  return trigger.instants
    .filter((at) => isDay(value, dateShown(at, timeZone, -offsetDays), { repeat, timeZone }))
    .map((at) => ({ at, trigger, kind: 'occasion', occasion: { id: idOf(trigger, at) } }));
}

/** People who come by chance, as many as were entered: a Poisson stream for each profile. */
function drawArrivals(
  trigger: PlannedTrigger,
  perDay: number,
  { startAt, endAt, timeZone }: Pick<ForecastOrder, 'startAt' | 'endAt' | 'timeZone'>,
  draw: Draw,
): Arrival[] {
  if (perDay <= 0) return [];
  const { start } = trigger.plan;
  const arrivals: Arrival[] = [];
  const gap = () => (-Math.log(1 - draw()) * DAY_MS) / perDay;
  for (let at = startAt + gap(); at <= endAt && arrivals.length < MOST_INSTANTS; at += gap()) {
    const instant = Math.round(at);
    const key = `${trigger.node}-${instant}`;
    if (start.kind !== 'event') {
      arrivals.push({ at: instant, trigger, kind: 'occasion', occasion: { id: key, key } });
      continue;
    }
    const properties = propertiesFor(start.where, { now: instant, timeZone }) ?? {};
    const keyed = start.key === undefined ? properties : { ...properties, [start.key]: key };
    arrivals.push({ at: instant, trigger, kind: 'event', name: start.event, properties: keyed });
  }
  return arrivals;
}
