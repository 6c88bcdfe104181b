import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScenario, RANDOM_WORDS, playableFlows, soundGraph, wordsOf } from '../sandbox/agreement.fixture.ts';
import { KINDS } from '../executor/executor.fixture.ts';
import { bothWays } from './forecast.fixture.ts';

/** The line of a throttle is kept by minutes here, and to the millisecond there. */
const unhurried = soundGraph.filter(({ nodes }) => nodes.every(({ kind }) => kind !== 'throttle'));

/** A dry run begins at once, whatever the clock of the trigger says. */
const begunAtOnce = playableFlows.filter(({ graph }) =>
  graph['en-US'].nodes.every(({ kind, params }) => {
    const start = KINDS.manifests.get(kind)?.trigger?.(params).start;
    return start === undefined || start.kind === 'publish';
  }),
);

describe('a forecast', () => {
  it('[RUN-8] counts for one person what a dry run of the same person does, in any graph', async () => {
    await fc.assert(
      fc.asyncProperty(unhurried, anyScenario(RANDOM_WORDS), async (graph, scenario) => {
        const { dry, forecast, messages } = await bothWays(graph, scenario);
        expect(forecast).toEqual(dry);
        expect(messages[1]).toBe(messages[0]);
      }),
      { numRuns: 60, seed: 20_261_126 },
    );
  });

  it.each(begunAtOnce.map(({ id, graph }) => [id, graph['en-US']] as const))(
    '[RUN-8] counts what dry runs do in the ready-made flow %s',
    async (_, graph) => {
      for (const scenario of fc.sample(anyScenario(wordsOf(graph)), { numRuns: 15, seed: 7 })) {
        const { dry, forecast } = await bothWays(graph, scenario);
        expect(forecast).toEqual(dry);
      }
    },
  );
});
