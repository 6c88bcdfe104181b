import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { happenings } from './graph.arbitrary.ts';
import { openPlayedStore } from './played-store.fixture.ts';
import { play, soundGraph } from './play.fixture.ts';

let store: Awaited<ReturnType<typeof openPlayedStore>>;
beforeAll(async () => {
  store = await openPlayedStore();
});
afterAll(() => store.close());

describe('any graph with anything happening', () => {
  it('comes to rest with every strand accounted for, every effect performed under one id and every step counted', async () => {
    await fc.assert(
      fc.asyncProperty(soundGraph, happenings, async (graph, happening) => {
        expect((await play(graph, happening)).faults).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('[RUN-7] comes out the same when it is played again', async () => {
    await fc.assert(
      fc.asyncProperty(soundGraph, happenings, async (graph, happening) => {
        const [one, other] = [await play(graph, happening), await play(graph, happening)];
        expect(other.runs).toEqual(one.runs);
      }),
      { numRuns: 30 },
    );
  });

  it('[RUN-8] comes out the same on the database as in memory', async () => {
    await fc.assert(
      fc.asyncProperty(soundGraph, happenings, async (graph, happening) => {
        const inMemory = await play(graph, happening, { profiles: 1 });
        const stored = await play(graph, happening, { profiles: 1, open: store.openEmpty });
        expect(stored.faults).toEqual([]);
        expect(stored.runs).toEqual(inMemory.runs);
      }),
      { numRuns: 4 },
    );
  });
});
