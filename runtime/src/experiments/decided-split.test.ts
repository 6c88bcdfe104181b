import { expect, it } from 'vitest';
import { createBench, graphOf, makeProfiles } from '../executor/executor.fixture.ts';

const graph = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
    [
      'split',
      'ab-split',
      {
        variants: [
          { key: 'a', name: 'A', weight: 40, isHoldOut: false },
          { key: 'b', name: 'B', weight: 40, isHoldOut: false },
          { key: 'none', name: 'None', weight: 20, isHoldOut: true },
        ],
        winner: {
          metric: 'click',
          everyMs: 3_600_000,
          looks: 2,
          minimumPerArm: 100,
          confidence: 0.95,
          afterwards: 'all-to-winner',
        },
      },
    ],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>split', 'split:a>end', 'split:b>end', 'split:none>end'],
);

it('[RUN-7] a batch asks once whether its split is decided, and then only the hold-out is not the winner’s', async () => {
  const asked: unknown[] = [];
  let decided: string | undefined;
  const bench = await createBench({
    graph,
    profiles: makeProfiles(400),
    reads: {
      decisions: {
        winner: async (...split) => {
          asked.push(split);
          return decided;
        },
      },
    },
  });
  const enrol = (entryKey: string) =>
    bench.executor.enrol(
      bench.program,
      'start',
      [...bench.profiles.values()].map((profile) => ({ profile, entryKey })),
    );
  const dealt = (entryKey: string) =>
    [...bench.store.runs.values()]
      .filter((run) => run.entryKey === entryKey)
      .map(({ profileId, variants, path }) => ({ profileId, variant: variants['split'], port: path[1]?.port }))
      .toSorted((one, other) => (one.profileId < other.profileId ? -1 : 1));

  await enrol('before');
  decided = 'b';
  await enrol('after');

  expect(asked).toEqual([
    ['flow', 1, 'split'],
    ['flow', 1, 'split'],
  ]);
  const before = dealt('before');
  expect(new Set(before.map(({ variant }) => variant))).toEqual(new Set(['a', 'b', 'none']));
  expect(dealt('after')).toEqual(
    before.map(({ profileId, variant }) => {
      const now = variant === 'none' ? 'none' : 'b';
      return { profileId, variant: now, port: now };
    }),
  );
});
