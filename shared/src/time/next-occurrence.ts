import { DAY_MS } from './durations.ts';
import { dayOfMonth, msOfDay, startOfDay, wallOfDate, weekdayOf } from './local-time.ts';
import { parseInstant } from './parse-instant.ts';
import { readCron, type Recurrence, type Repeat } from './recurrence.ts';
import { instantOf, type Wall, wallOf } from './wall-clock.ts';

type DayRepeat = Exclude<Repeat, { kind: 'cron' }>;

/**
 * The first instant (Unix milliseconds) after `afterMs` at which it happens; undefined where it never does again. Pure.
 * Throws for a recurrence in which `checkRecurrence` finds a fault.
 */
export function nextOccurrence(recurrence: Recurrence, afterMs: number): number | undefined {
  const { repeat, timeZone, startAt, endAt } = recurrence;
  // One millisecond earlier, so that the start itself counts.
  const from = Math.max(afterMs, readBound(startAt, Number.NEGATIVE_INFINITY) - 1);
  const at = isByElapsedTime(repeat)
    ? cronOf(repeat.expression, timeZone).nextRun(new Date(from))?.getTime()
    : nextByWall(repeat, timeZone, from);
  return at === undefined || at > readBound(endAt, Number.POSITIVE_INFINITY) ? undefined : at;
}

/** All instants after `fromMs` up to and including `untilMs` at which it happens, at most `limit`, in order. */
export function occurrencesBetween(recurrence: Recurrence, fromMs: number, untilMs: number, limit = 1000): number[] {
  const found: number[] = [];
  let at = nextOccurrence(recurrence, fromMs);
  while (at !== undefined && at <= untilMs && found.length < limit) {
    found.push(at);
    at = nextOccurrence(recurrence, at);
  }
  return found;
}

function isByElapsedTime(repeat: Repeat): repeat is Extract<Repeat, { kind: 'cron' }> {
  return repeat.kind === 'cron' && repeat.expression.split(' ')[1] === '*';
}

/**
 * Readings only grow, and so do the first instants they are shown at: the first reading behind the present one whose
 * instant is still to come is the next. Readings of a repeated hour whose first time has gone by are passed over.
 */
function nextByWall(repeat: Repeat, timeZone: string, from: number): number | undefined {
  const next = repeat.kind === 'cron' ? readingsOf(repeat.expression) : (wall: Wall) => nextReading(repeat, wall);
  for (let wall = next(wallOf(from, timeZone)); wall !== undefined; wall = next(wall)) {
    const at = instantOf(wall, timeZone);
    if (at > from) return at;
  }
  return undefined;
}

/** The next reading of a cron expression, as if there were no zones. */
function readingsOf(expression: string): (wall: Wall) => Wall | undefined {
  const cron = cronOf(expression, 'UTC');
  return (wall) => cron.nextRun(new Date(wall))?.getTime();
}

function cronOf(expression: string, timeZone: string) {
  const cron = readCron(expression, timeZone);
  if (cron === undefined) throw new RangeError(`"${expression}" is no cron expression of five fields`);
  return cron;
}

function nextReading(repeat: DayRepeat, after: Wall): Wall {
  const time = msOfDay(repeat.at);
  let day = startOfDay(after);
  if (repeat.kind === 'every-days') {
    const first = wallOfDate(repeat.from);
    const period = repeat.every * DAY_MS;
    const passed = Math.max(0, Math.floor((after - time - first) / period) + 1);
    return first + passed * period + time;
  }
  while (day + time <= after || !isDay(repeat, day)) day += DAY_MS;
  return day + time;
}

function isDay(repeat: Exclude<DayRepeat, { kind: 'every-days' }>, wall: Wall): boolean {
  if (repeat.kind === 'daily') return true;
  if (repeat.kind === 'weekdays') return repeat.days.includes(weekdayOf(wall));
  const { day, length } = dayOfMonth(wall);
  return day === (repeat.day === 'last' ? length : Math.min(repeat.day, length));
}

function readBound(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const at = parseInstant(text);
  if (at === undefined) throw new RangeError(`"${text}" is no instant`);
  return at;
}
