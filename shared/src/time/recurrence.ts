import { Cron } from 'croner';
import { type Static, Type } from 'typebox';
import { isLocalDate, LocalDate, TimeOfDay, TimeZoneName, Weekday } from './local-time.ts';
import { parseInstant } from './parse-instant.ts';
import { isTimeZone } from './wall-clock.ts';

const CLOSED = { additionalProperties: false } as const;

/** Five fields: minute, hour, day of month, month, day of week. Names, lists, ranges, steps, `L` and `#` are read. */
export const CronExpression = Type.String({
  maxLength: 100,
  pattern: '^[0-9A-Za-z*/,#-]+( [0-9A-Za-z*/,#-]+){4}$',
});

/** On which days and at what time of day something happens again and again. */
export const Repeat = Type.Union([
  Type.Object({ kind: Type.Literal('daily'), at: TimeOfDay }, CLOSED),
  /** Counted from the date `from`, which is the first of these days. */
  Type.Object(
    {
      kind: Type.Literal('every-days'),
      every: Type.Integer({ minimum: 1, maximum: 366 }),
      from: LocalDate,
      at: TimeOfDay,
    },
    CLOSED,
  ),
  Type.Object(
    { kind: Type.Literal('weekdays'), days: Type.Array(Weekday, { minItems: 1, maxItems: 7 }), at: TimeOfDay },
    CLOSED,
  ),
  /** In a month that is too short for the day it happens on the last one: the 31st is 28, 29, 30 or 31. */
  Type.Object(
    {
      kind: Type.Literal('monthly'),
      day: Type.Union([Type.Integer({ minimum: 1, maximum: 31 }), Type.Literal('last')]),
      at: TimeOfDay,
    },
    CLOSED,
  ),
  Type.Object({ kind: Type.Literal('cron'), expression: CronExpression }, CLOSED),
]);
export type Repeat = Static<typeof Repeat>;

/**
 * What happens again and again by the wall clock of a zone. A time that is left out when clocks are put forward happens
 * at the end of the gap; one that is shown twice when they are put back happens once, the first time. A cron expression
 * whose hour is `*` goes by elapsed time instead: it happens in both hours that show the same, and not in a gap.
 */
export const Recurrence = Type.Object(
  {
    repeat: Repeat,
    timeZone: TimeZoneName,
    /** The first instant at which it may happen. */
    startAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
    /** The last instant at which it may happen. */
    endAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
  },
  CLOSED,
);
export type Recurrence = Static<typeof Recurrence>;

export type RecurrenceFault = 'zone-unknown' | 'cron-unreadable' | 'date-unreal' | 'end-before-start';

/** What is wrong with a recurrence that passed its schema; `pointer` leads to the place within it. */
export function checkRecurrence(recurrence: Recurrence): { fault: RecurrenceFault; pointer: string }[] {
  const { repeat, timeZone, startAt, endAt } = recurrence;
  const faults: { fault: RecurrenceFault; pointer: string }[] = [];
  if (!isTimeZone(timeZone)) faults.push({ fault: 'zone-unknown', pointer: '/timeZone' });
  if (repeat.kind === 'cron' && readCron(repeat.expression, 'UTC') === undefined)
    faults.push({ fault: 'cron-unreadable', pointer: '/repeat/expression' });
  if (repeat.kind === 'every-days' && !isLocalDate(repeat.from))
    faults.push({ fault: 'date-unreal', pointer: '/repeat/from' });
  const start = startAt === undefined ? undefined : parseInstant(startAt);
  const end = endAt === undefined ? undefined : parseInstant(endAt);
  if (start !== undefined && end !== undefined && end < start)
    faults.push({ fault: 'end-before-start', pointer: '/endAt' });
  return faults;
}

/** A cron expression made ready to be asked for its next time; undefined where it cannot be read. */
export function readCron(expression: string, timeZone: string): Cron | undefined {
  try {
    return new Cron(expression, { timezone: timeZone, mode: '5-part' });
  } catch {
    // The library says what is wrong in English only; the form has its own sentence.
    return undefined;
  }
}
