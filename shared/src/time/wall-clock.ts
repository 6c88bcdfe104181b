import { IANAZone } from 'luxon';
import { DAY_MS, MINUTE_MS, SECOND_MS } from './durations.ts';

/**
 * What the clock on the wall of a zone shows, as the milliseconds that UTC would have at that reading. Days are 24 hours
 * long on it, so that its arithmetic is plain; only `instantOf` knows that clocks are put forward and back.
 */
export type Wall = number;

/** Whether a text names a zone of the IANA database that this machine knows. */
export function isTimeZone(text: string): boolean {
  return IANAZone.isValidZone(text);
}

/** What the wall clock of a zone shows at an instant (Unix milliseconds). Throws for an unknown zone. */
export function wallOf(at: number, timeZone: string): Wall {
  return at + offsetMs(at, timeZone);
}

/**
 * The instant (Unix milliseconds) at which the wall clock of a zone shows a reading. A reading that is left out, because
 * clocks are put forward over it, is taken to be the end of the gap; one that is shown twice is the first of the two.
 * The library's own reading of a doubtful time depends on the offset of today, hence this one (RUN-7).
 */
export function instantOf(wall: Wall, timeZone: string): number {
  const before = offsetMs(wall - DAY_MS, timeZone);
  const first = wall - before;
  if (offsetMs(first, timeZone) === before) return first;
  const after = offsetMs(wall + DAY_MS, timeZone);
  const second = wall - after;
  if (offsetMs(second, timeZone) === after) return second;
  return findChange(Math.min(first, second), Math.max(first, second), timeZone) ?? first;
}

/** Every instant at which a reading is shown: one, or two where clocks are put back; the end of the gap where none is. */
export function instantsOf(wall: Wall, timeZone: string): number[] {
  const first = instantOf(wall, timeZone);
  const second = wall - offsetMs(wall + DAY_MS, timeZone);
  return second > first && wallOf(second, timeZone) === wall ? [first, second] : [first];
}

/** The instant at which the offset of a zone changes between two instants, to the second; undefined where it stays. */
export function findChange(from: number, until: number, timeZone: string): number | undefined {
  const before = offsetMs(from, timeZone);
  if (offsetMs(until, timeZone) === before) return undefined;
  let same = Math.floor(from / SECOND_MS);
  let changed = Math.ceil(until / SECOND_MS);
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetMs(middle * SECOND_MS, timeZone) === before) same = middle;
    else changed = middle;
  }
  return changed * SECOND_MS;
}

const offsets = new Map<string, number>();
const MOST_OFFSETS = 20_000;

/** A formatter of the platform is asked, which takes microseconds; runs of one batch ask the same, so answers are kept. */
function offsetMs(at: number, timeZone: string): number {
  const key = `${at} ${timeZone}`;
  const kept = offsets.get(key);
  if (kept !== undefined) return kept;
  const minutes = IANAZone.create(timeZone).offset(at);
  if (Number.isNaN(minutes)) throw new RangeError(`There is no time zone "${timeZone}"`);
  const offset = Math.round(minutes * MINUTE_MS);
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}
