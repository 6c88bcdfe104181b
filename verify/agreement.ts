/** Plays random graphs and the ready-made flows that begin by the clock with random personas and signals twice: dry in the sandbox, and live on the real store with a clock that jumps. Path, times, reasons, effects, messages and attributes must be the same. */
import {
  anyScenario,
  openAgreement,
  playableFlows,
  RANDOM_WORDS,
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
const sum = { played: 0, entered: 0, steps: 0, effects: 0 };
const differences: string[] = [];
const startedAt = Date.now();

async function compare(name: string, ...played: Parameters<typeof agreement.compare>): Promise<void> {
  const found = await agreement.compare(...played);
  differences.push(...found.differences.map((difference) => `${name}: ${difference}`));
  sum.played += 1;
  sum.entered += found.entered ? 1 : 0;
  sum.steps += found.steps;
  sum.effects += found.effects;
}

try {
  const random = fc.sample(fc.tuple(soundGraph, anyScenario(RANDOM_WORDS)), { numRuns: GRAPHS, seed: SEED });
  for (const [index, [graph, scenario]] of random.entries()) await compare(`graph ${index}`, graph, scenario);
  for (const { id, graph } of playableFlows)
    for (const scenario of fc.sample(anyScenario(wordsOf(graph['en-US'])), { numRuns: PER_FLOW, seed: SEED }))
      await compare(id, graph['en-US'], scenario);
} finally {
  await agreement.close();
}
for (const difference of differences.slice(0, 10)) console.log(`  ${difference.slice(0, 2000)}`);
report.note('graphs', GRAPHS);
report.note('readyFlows', playableFlows.length);
report.note('seed', SEED);
report.note('sum', sum);
report.note('seconds', Math.round((Date.now() - startedAt) / 1000));
report.expect('played', sum.played, GRAPHS + PER_FLOW * playableFlows.length);
report.expect('somebody entered and something was done', sum.entered > GRAPHS && sum.effects > 0, true);
report.expect('differences between dry and live', differences.length, 0);
report.end('agreement');
