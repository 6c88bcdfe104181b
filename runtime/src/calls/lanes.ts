/** Calls to one origin that this worker holds. */
interface Lane<T> {
  underWay: number;
  waiting: T[];
  /** The last attempt brought no answer: nothing is held ready until one does. */
  isTroubled: boolean;
}

/**
 * Who is called next: one lane for each origin, so that a receiver that hangs holds up its own calls and nobody else's.
 * Plain state without I/O.
 */
export interface Lanes<T extends { origin: string }> {
  /** Takes what was claimed; answers what a lane in trouble has no room for, to be given back. */
  add(calls: readonly T[]): T[];
  /** The next call that may begin, in turn over the origins; it counts as under way. */
  next(): T | undefined;
  /**
   * An attempt is over. `surplus` waited for a receiver that does not answer and is to be given back; `hasRoom` says that
   * the lane has just become worth filling again.
   */
  finish(origin: string, isAnswered: boolean): { surplus: T[]; hasRoom: boolean };
  /** Origins for which nothing more should be claimed. */
  full(): string[];
  /** How many more calls to an origin are worth holding ready. */
  roomFor(origin: string): number;
  /** Everything that waits. */
  waiting(): T[];
  /** The same, taken out. */
  drain(): T[];
  /** How many wait or are under way. */
  readonly held: number;
}

export function createLanes<T extends { origin: string }>(bounds: { perOrigin: number; ahead: number }): Lanes<T> {
  const { perOrigin, ahead } = bounds;
  // In the order of their turn: a lane that was served goes to the end.
  const lanes = new Map<string, Lane<T>>();
  let held = 0;

  // One in trouble is tried by a few at a time, and only once the last ones are over.
  const isFull = ({ isTroubled, underWay, waiting }: Lane<T>) =>
    isTroubled ? underWay + waiting.length > 0 : waiting.length >= ahead;

  return {
    add(calls) {
      const surplus: T[] = [];
      for (const call of calls) {
        const lane = lanes.get(call.origin) ?? { underWay: 0, waiting: [], isTroubled: false };
        lanes.set(call.origin, lane);
        if (lane.isTroubled && lane.underWay + lane.waiting.length >= perOrigin) surplus.push(call);
        else lane.waiting.push(call);
      }
      held += calls.length - surplus.length;
      return surplus;
    },

    next() {
      for (const [origin, lane] of lanes) {
        const call = lane.underWay < perOrigin ? lane.waiting.shift() : undefined;
        if (!call) continue;
        lanes.delete(origin);
        lanes.set(origin, lane);
        lane.underWay += 1;
        return call;
      }
      return undefined;
    },

    finish(origin, isAnswered) {
      const lane = lanes.get(origin);
      if (!lane) return { surplus: [], hasRoom: false };
      lane.underWay -= 1;
      lane.isTroubled = !isAnswered;
      const surplus = isAnswered ? [] : lane.waiting.splice(0);
      held -= 1 + surplus.length;
      const isIdle = lane.underWay + lane.waiting.length === 0;
      if (isIdle && !lane.isTroubled) lanes.delete(origin);
      return { surplus, hasRoom: isIdle || lane.waiting.length === Math.floor(ahead / 2) };
    },

    full: () => [...lanes].flatMap(([origin, lane]) => (isFull(lane) ? [origin] : [])),

    roomFor(origin) {
      const lane = lanes.get(origin);
      if (!lane) return ahead;
      return lane.isTroubled ? 0 : Math.max(0, ahead - lane.waiting.length);
    },

    waiting: () => [...lanes.values()].flatMap((lane) => lane.waiting),

    drain() {
      const all = [...lanes.values()].flatMap((lane) => lane.waiting.splice(0));
      held -= all.length;
      return all;
    },

    get held() {
      return held;
    },
  };
}
