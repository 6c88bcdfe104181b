import { defineHandler, type ParamsOf, type StepContext, zoneOf } from '@sluice/shared/node-contract';
import {
  instantNear,
  instantOf,
  msOfDay,
  nextOccurrence,
  nextYearlyInstantNear,
  wallOfDate,
} from '@sluice/shared/time';
import { until } from './until.node.ts';

type Context = StepContext<ParamsOf<typeof until>>;

export const untilHandler = defineHandler(until, {
  enter: (context) => {
    const { now, params } = context;
    const at = findMoment(context);
    if (at === undefined)
      return { kind: 'advance', port: 'no-date', reason: readReason('until:no-date', params.attribute) };
    if (at > now) return { kind: 'wait', untilAt: at, reason: { code: 'until:waiting' } };
    if (params.ifPassed === 'leave') return { kind: 'advance', port: 'passed', reason: { code: 'until:passed' } };
    return { kind: 'advance', port: 'next', reason: { code: 'until:went-on' } };
  },
  resume: () => ({ kind: 'advance', port: 'next', reason: { code: 'until:reached' } }),
});

/** The moment that is waited for (Unix milliseconds); undefined where the attribute holds no date. */
function findMoment(context: Context): number | undefined {
  const { now, params } = context;
  const timeZone = zoneOf(context);
  if (params.until === 'attribute') return findMomentOfAttribute(context, timeZone);
  const at = known(params.at, 'the time of day');
  if (params.until === 'date') return instantOf(wallOfDate(known(params.date, 'the date')) + msOfDay(at), timeZone);
  return nextOccurrence(
    {
      timeZone,
      repeat:
        params.until === 'time'
          ? { kind: 'daily', at }
          : { kind: 'weekdays', days: known(params.weekdays, 'the weekdays'), at },
    },
    now,
  );
}

function findMomentOfAttribute({ now, params, attribute }: Context, timeZone: string): number | undefined {
  const value = attribute(known(params.attribute, 'the attribute'));
  const { offset = { amount: 0, unit: 'day' }, at } = params;
  const reading = { timeZone, offset, ...(at !== undefined && { at }) };
  return params.isYearly === true ? nextYearlyInstantNear(value, reading, now) : instantNear(value, reading);
}

/** `check` keeps such a graph from being published; to wait for another moment instead would be worse than to fail. */
function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`until: ${what} is missing`);
  return value;
}

function readReason(code: string, attribute = '') {
  return { code, values: { attribute } };
}
