import { expect, it } from 'vitest';
import { gatherWrites } from './gathered-writes.ts';

const HOUR_MS = 3_600_000;

it('writes together what comes while others are waited for, and at once when asked to', async () => {
  const written: number[][] = [];
  const writes = gatherWrites<number>(
    async (items) => {
      written.push([...items]);
    },
    { many: 3, waitMs: () => HOUR_MS },
  );
  writes.add([1]);
  writes.add([2]);
  await writes.flush();
  expect(written).toEqual([[1, 2]]);
  await writes.flush();
  writes.add([3, 4, 5]);
  await writes.flush();
  expect(written).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

it('waits no longer than the most urgent item may', async () => {
  const writes = gatherWrites<{ isUrgent: boolean; resolve: (together: number) => void }>(
    async (items) => {
      for (const { resolve } of items) resolve(items.length);
    },
    { many: 10, waitMs: (items) => (items.some(({ isUrgent }) => isUrgent) ? 0 : HOUR_MS) },
  );
  const done = (isUrgent: boolean) => new Promise<number>((resolve) => writes.add([{ isUrgent, resolve }]));
  expect(await Promise.all([done(false), done(true)])).toEqual([2, 2]);
});
