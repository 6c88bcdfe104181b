/** Numbers in [0, 1) that follow from a seed alone (RUN-7). */
export type Draw = () => number;

/** Mulberry32 (Tommy Ettinger, 2017, public domain): small, even, and the same on every machine. `seed` in [0, 1). */
export function createDraw(seed: number): Draw {
  let state = Math.floor(seed * 2 ** 32) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
