import { expect, it } from 'vitest';
import { readAhead } from './read-ahead.ts';

it('reads the next value while the last one is worked on, and knows when it began to', async () => {
  const begun: number[] = [];
  async function* source() {
    for (const value of [1, 2, 3]) {
      begun.push(value);
      yield value;
    }
  }
  let now = 0;
  const seen: [number, number, number[]][] = [];
  for await (const { value, readAt } of readAhead(source(), { now: () => (now += 1) }))
    seen.push([value, readAt, [...begun]]);
  expect(seen).toEqual([
    [1, 1, [1, 2]],
    [2, 2, [1, 2, 3]],
    [3, 3, [1, 2, 3]],
  ]);
});

it('tells of a failure in its turn, and closes the source when it is left early', async () => {
  let isClosed = false;
  async function* failing() {
    try {
      yield 1;
      throw new Error('gone');
    } finally {
      isClosed = true;
    }
  }
  const clock = { now: () => 0 };
  const values: number[] = [];
  const read = async () => {
    for await (const { value } of readAhead(failing(), clock)) values.push(value);
  };
  await expect(read()).rejects.toThrow('gone');
  expect(values).toEqual([1]);
  isClosed = false;
  for await (const _ of readAhead(failing(), clock)) break;
  expect(isClosed).toBe(true);
});
