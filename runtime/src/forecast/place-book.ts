import { MINUTE_MS } from '@sluice/shared/time';
import type { EntryCap } from '@sluice/shared/node-contract';
import { windowOf } from '../enrolment/entry-cap.ts';

/**
 * Places that people share while they go through the flow one after the other: the line of a throttle, and the entries that
 * a cap leaves.
 */
export interface PlaceBook {
  /** Takes the first free place of a line at or behind `now`; answers when it is. Unix milliseconds. */
  reserve(key: string, perMinute: number, now: number): number;
  /** Whether an entry at `now` is still within the cap; takes its place. */
  enter(trigger: string, cap: EntryCap, now: number): boolean;
}

interface Line {
  taken: Int32Array;
  /** For a minute that is full, one that may not be; followed to the first that is not. */
  next: Int32Array;
}

/**
 * A line is kept as places by minute, not as a queue in time: whoever comes takes the first free place behind his own
 * instant, whatever the order in which people are looked at. Which places are taken in the end does not depend on that order
 * (the property of linear probing; Knuth, The Art of Computer Programming 3, section 6.4, exercise on the order of
 * insertion), so the counts by hour are those of a line in time; who has which place may differ.
 */
export function createPlaceBook(options: { startAt: number; endAt: number; timeZone: string }): PlaceBook {
  const { startAt, endAt, timeZone } = options;
  const minutes = Math.ceil((endAt - startAt) / MINUTE_MS) + 1;
  const lines = new Map<string, Line>();
  const entries = new Map<string, number>();

  const lineOf = (key: string): Line => {
    const found = lines.get(key);
    if (found) return found;
    const made = { taken: new Int32Array(minutes), next: Int32Array.from({ length: minutes }, (_, index) => index) };
    lines.set(key, made);
    return made;
  };
  /** The first minute from here on that is not full; one behind the last when all are. */
  const firstFree = ({ next }: Line, from: number): number => {
    let free = from;
    while (free < minutes && next[free] !== free) free = next[free] as number;
    // What was followed once is followed at one step from now on.
    for (let at = from; at < minutes && at !== free; ) {
      const onward = next[at] as number;
      next[at] = free;
      at = onward;
    }
    return free;
  };

  return {
    reserve(key, perMinute, now) {
      const line = lineOf(key);
      const minute = firstFree(line, Math.max(0, Math.floor((now - startAt) / MINUTE_MS)));
      if (minute >= minutes) return endAt + MINUTE_MS;
      const place = line.taken[minute] as number;
      line.taken[minute] = place + 1;
      if (place + 1 >= perMinute) line.next[minute] = minute + 1;
      return Math.max(now, startAt + minute * MINUTE_MS + Math.floor((place * MINUTE_MS) / perMinute));
    },
    enter(trigger, cap, now) {
      const key = `${trigger}\n${windowOf(cap, now, timeZone)}`;
      const taken = entries.get(key) ?? 0;
      if (taken >= cap.max) return false;
      entries.set(key, taken + 1);
      return true;
    },
  };
}
