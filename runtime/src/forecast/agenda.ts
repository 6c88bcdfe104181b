/** What is still to come for one subject; of one instant what was put down first comes first. Unix milliseconds. */
export interface Agenda {
  at(instant: number, act: () => Promise<void> | void): void;
  /** The earliest up to and including an instant, taken out; undefined where there is none. */
  take(until: number): { at: number; act: () => Promise<void> | void } | undefined;
}

interface Item {
  at: number;
  order: number;
  act: () => Promise<void> | void;
}

/** A list in order: a person has a handful of things ahead, for which a heap would be slower. */
export function createAgenda(): Agenda {
  // The last is the next, so that taking it moves nothing.
  const items: Item[] = [];
  let order = 0;
  return {
    at(instant, act) {
      const item = { at: instant, order: order++, act };
      let place = items.length;
      while (place > 0 && isBefore(items[place - 1] as Item, item)) place -= 1;
      items.splice(place, 0, item);
    },
    take(until) {
      const next = items.at(-1);
      return next && next.at <= until ? items.pop() : undefined;
    },
  };
}

function isBefore(a: Item, b: Item): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
