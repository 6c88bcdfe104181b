import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes.ts';

const calls = (origin: string, count: number) => Array.from({ length: count }, (_, index) => ({ origin, index }));
const lanesWith = (...origins: [string, number][]) => {
  const lanes = createLanes<{ origin: string; index: number }>({ perOrigin: 2, ahead: 4 });
  for (const [origin, count] of origins) lanes.add(calls(origin, count));
  return lanes;
};

describe('lanes', () => {
  it('take turns over the origins and begin no more than each may have at once', () => {
    const lanes = lanesWith(['a', 5], ['b', 1], ['c', 3]);
    const begun = Array.from({ length: 6 }, () => lanes.next()?.origin);
    expect(begun).toEqual(['a', 'b', 'c', 'a', 'c', undefined]);
    lanes.finish('a', true);
    expect(lanes.next()).toEqual({ origin: 'a', index: 2 });
  });

  it('are full when enough is held ready, and say when it is time for more', () => {
    const lanes = lanesWith(['a', 4]);
    expect(lanes.full()).toEqual(['a']);
    const rooms = Array.from({ length: 4 }, () => {
      lanes.next();
      return lanes.finish('a', true).hasRoom;
    });
    expect(rooms).toEqual([false, true, false, true]);
    expect(lanes.full()).toEqual([]);
    expect(lanes.held).toBe(0);
  });

  it('give back what waits for a receiver that does not answer, and try it by a few until it does', () => {
    const lanes = lanesWith(['a', 4], ['b', 1]);
    lanes.next();
    expect(lanes.finish('a', false)).toMatchObject({
      surplus: [{ index: 1 }, { index: 2 }, { index: 3 }],
      hasRoom: true,
    });
    expect(lanes.add(calls('a', 5))).toHaveLength(3);
    expect(lanes.full()).toEqual(['a']);
    lanes.next();
    lanes.next();
    lanes.finish('a', true);
    expect(lanes.full()).toEqual([]);
    expect(lanes.add(calls('a', 5))).toEqual([]);
  });

  it('count what they hold', () => {
    const lanes = lanesWith(['a', 3], ['b', 2]);
    lanes.next();
    expect(lanes.held).toBe(5);
    expect(lanes.drain()).toHaveLength(4);
    expect(lanes.held).toBe(1);
    lanes.finish('a', true);
    expect(lanes.held).toBe(0);
  });
});
