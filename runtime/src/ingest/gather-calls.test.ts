import { expect, it } from 'vitest';
import { gatherCalls } from './gather-calls.ts';

/** Writes that wait until they are let go. */
function makeWriter() {
  const written: number[][] = [];
  const open: ((failure?: Error) => void)[] = [];
  const write = (calls: readonly number[]) =>
    new Promise<number[]>((resolve, reject) => {
      written.push([...calls]);
      open.push((failure) => (failure ? reject(failure) : resolve(calls.map((call) => call * 10))));
    });
  return { written, letGo: (failure?: Error) => open.shift()?.(failure), write };
}
const options = { most: 3, weigh: () => 1 };

it('calls that come while others are written go together into the next write, and each gets its own answer', async () => {
  const { write, written, letGo } = makeWriter();
  const gather = gatherCalls(write, { lanes: 1, ...options });
  const answers = [1, 2, 3, 4, 5].map(gather);
  expect(written).toEqual([[1]]);
  letGo();
  await answers[0];
  expect(written).toEqual([[1], [2, 3, 4]]);
  letGo();
  await answers[3];
  letGo();
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
});

it('a write that fails fails its own calls and no others', async () => {
  const { write, letGo } = makeWriter();
  const gather = gatherCalls(write, { lanes: 2, ...options });
  const answers = [1, 2, 3, 4].map((call) => gather(call).catch((error: Error) => error.message));
  letGo(new Error('the store is away'));
  letGo();
  await Promise.all(answers.slice(0, 2));
  letGo();
  expect(await Promise.all(answers)).toEqual(['the store is away', 20, 30, 40]);
});
