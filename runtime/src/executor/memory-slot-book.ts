import { paceOf, passThrough } from './gate-pace.ts';
import type { SlotBook } from './world.ts';

/** Queues and gates in memory, for the sandbox and for tests: the same arithmetic as in the store. */
export function createMemorySlotBook(): SlotBook {
  const lines = new Map<string, number>();
  const gates = new Map<string, number>();
  return {
    async reserve(key, perMinute, count, now) {
      const { gapMs } = paceOf(perMinute);
      const first = Math.max(lines.get(key) ?? now, now);
      lines.set(key, first + Math.ceil(gapMs * count));
      return Array.from({ length: count }, (_, index) => first + Math.floor(index * gapMs));
    },
    async pass(key, perMinute, count, now) {
      const { passed, nextAt } = passThrough(gates.get(key), paceOf(perMinute), count, now);
      if (passed > 0) gates.set(key, nextAt);
      return passed;
    },
  };
}
