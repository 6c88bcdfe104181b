/** Plays random graphs and every ready-made flow with random personas and signals twice: dry in the sandbox, and live on the real store with a clock that jumps and a receiver on the network. Path, times, reasons, effects, messages, calls, audiences and attributes must be the same. */
import {
  anyReply,
  anyScenario,
  CLUB,
  innerGraph,
  everyReadyFlow,
  openAgreement,
  pathOf,
  RANDOM_WORDS,
  reachingGraph,
  soundGraph,
  wordsOf,
} from '@sluice/runtime/sandbox/testing';
import fc from 'fast-check';
import { Report } from './fixture/report.ts';

const GRAPHS = Number(process.env['GRAPHS'] ?? 200);
const PER_FLOW = Number(process.env['PER_FLOW'] ?? 25);
const SEED = Number(process.env['SEED'] ?? 20_261_126);

const report = new Report();
const agreement = await openAgreement();
const sum = { played: 0, entered: 0, runs: 0, steps: 0, effects: 0, calls: 0 };
const differences: string[] = [];
const startedAt = Date.now();

async function compare(name: string, ...played: Parameters<typeof agreement.compare>): Promise<void> {
  const found = await agreement.compare(...played);
  differences.push(...found.differences.map((difference) => `${name}: ${difference}`));
  sum.played += 1;
  sum.entered += found.entered ? 1 : 0;
  sum.runs += found.runs;
  sum.steps += found.steps;
  sum.effects += found.effects;
  sum.calls += found.calls;
}

/** One answer for each path that nodes call. */
const repliesFor = (nodes: Parameters<typeof pathOf>[0][]) =>
  fc.record(Object.fromEntries(nodes.flatMap((node) => pathOf(node) ?? []).map((path) => [path, anyReply])));

try {
  const steering = fc.sample(fc.tuple(soundGraph, anyScenario(RANDOM_WORDS)), { numRuns: GRAPHS, seed: SEED });
  for (const [index, [graph, scenario]] of steering.entries()) await compare(`steering ${index}`, graph, scenario);

  const words = { ...RANDOM_WORDS, audiences: [CLUB] };
  const reaching = fc.sample(
    fc
      .tuple(reachingGraph, innerGraph, anyScenario(words))
      .chain((drawn) => fc.tuple(fc.constant(drawn), repliesFor([...drawn[0].nodes, ...drawn[1].nodes]))),
    { numRuns: GRAPHS, seed: SEED },
  );
  for (const [index, [[graph, inner, scenario], replies]] of reaching.entries())
    await compare(`reaching ${index}`, graph, scenario, { inner, replies });

  for (const { id, graph } of everyReadyFlow)
    for (const [scenario, replies] of fc.sample(fc.tuple(anyScenario(wordsOf(graph)), repliesFor(graph.nodes)), {
      numRuns: PER_FLOW,
      seed: SEED,
    }))
      await compare(id, graph, scenario, { replies });
} finally {
  await agreement.close();
}
for (const difference of differences.slice(0, 10)) console.log(`  ${difference.slice(0, 2000)}`);
report.note('graphs', 2 * GRAPHS);
report.note('readyFlows', everyReadyFlow.length);
report.note('seed', SEED);
report.note('sum', sum);
report.note('seconds', Math.round((Date.now() - startedAt) / 1000));
report.expect('played', sum.played, 2 * GRAPHS + PER_FLOW * everyReadyFlow.length);
report.expect('most entered, and something was done and called', sum.entered > GRAPHS && sum.calls > GRAPHS / 4, true);
report.expect('differences between dry and live', differences.length, 0);
report.end('agreement');
