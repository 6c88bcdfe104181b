import { type Static, Type } from 'typebox';
import { DAY_MS } from './durations.ts';
import { LocalDate, msOfDay, spellDate, startOfDay, TimeOfDay, Weekday, weekdayOf } from './local-time.ts';
import { findChange, instantOf, instantsOf, type Wall, wallOf } from './wall-clock.ts';

/** From a time of day up to but not including another, on some weekdays; where `to` is not later, up to the next day. */
export const WeeklyWindow = Type.Object(
  {
    days: Type.Array(Weekday, { minItems: 1, maxItems: 7, default: [1, 2, 3, 4, 5] }),
    from: Type.String({ ...TimeOfDay, default: '09:00' }),
    to: Type.String({ ...TimeOfDay, default: '21:00' }),
  },
  { additionalProperties: false },
);
export type WeeklyWindow = Static<typeof WeeklyWindow>;

/** On these dates it is closed all day, whatever the windows say. */
export const ClosedDates = Type.Array(LocalDate, { maxItems: 200 });

export interface WeeklyHours {
  windows: readonly WeeklyWindow[];
  /** Quiet hours: open outside the windows. */
  isQuiet: boolean;
  closedOn?: readonly string[];
}

/** Every week has its days; what does not open within one beyond the closed dates never does. */
const DAYS_LOOKED_AT = 9;

/** Whether it is open at an instant (Unix milliseconds), by the wall clock of a zone. */
export function isOpenAt(hours: WeeklyHours, timeZone: string, at: number): boolean {
  return isOpen(hours, wallOf(at, timeZone));
}

/** The first instant at or after `from` (Unix milliseconds) at which it is open; undefined where it never is. Pure. */
export function nextOpening(hours: WeeklyHours, timeZone: string, from: number): number | undefined {
  if (isOpenAt(hours, timeZone, from)) return from;
  const today = startOfDay(wallOf(from, timeZone));
  const limit = DAYS_LOOKED_AT + (hours.closedOn?.length ?? 0);
  for (let day = today; day <= today + limit * DAY_MS; day += DAY_MS) {
    const opening = momentsOfDay(hours, timeZone, day).find((at) => at > from && isOpenAt(hours, timeZone, at));
    if (opening !== undefined) return opening;
  }
  return undefined;
}

/** All instants of a day at which it can open: its start, the edges of windows, and where clocks are changed. */
function momentsOfDay({ windows }: WeeklyHours, timeZone: string, day: Wall): number[] {
  const edges = new Set([0, ...windows.flatMap(({ from, to }) => [msOfDay(from), msOfDay(to)])]);
  const change = findChange(instantOf(day, timeZone), instantOf(day + DAY_MS, timeZone), timeZone);
  return [
    ...[...edges].flatMap((ms) => instantsOf(day + ms, timeZone)),
    ...(change === undefined ? [] : [change]),
  ].sort((a, b) => a - b);
}

function isOpen({ windows, isQuiet, closedOn = [] }: WeeklyHours, wall: Wall): boolean {
  if (closedOn.length > 0 && closedOn.includes(spellDate(wall))) return false;
  return windows.some((window) => covers(window, wall)) !== isQuiet;
}

function covers({ days, from, to }: WeeklyWindow, wall: Wall): boolean {
  const time = wall - startOfDay(wall);
  const [start, end] = [msOfDay(from), msOfDay(to)];
  const isToday = days.includes(weekdayOf(wall));
  if (start < end) return isToday && time >= start && time < end;
  return (isToday && time >= start) || (time < end && days.includes(weekdayOf(wall - DAY_MS)));
}
