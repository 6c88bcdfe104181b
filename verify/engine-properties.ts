/** Plays random graphs over the kinds that steer a run, with random events, waits and deaths of workers: no strand is lost, no effect done twice, every run comes to rest, twice the same comes out, and the same on the embedded store. */
import { isDeepStrictEqual } from 'node:util';
import { anyHappenings, openPlayedStore, play, soundGraph } from '@sluice/runtime/executor/testing';
import fc from 'fast-check';
import { Report } from './fixture/report.ts';

const GRAPHS = Number(process.env['GRAPHS'] ?? 2000);
const STORED = Number(process.env['STORED'] ?? 200);
const SEED = Number(process.env['SEED'] ?? 20_260_302);

const report = new Report();
const tally = { runs: 0, steps: 0, ended: 0, failed: 0, strands: 0 };
const faults: string[] = [];
let replayed = 0;
const startedAt = Date.now();
const store = await openPlayedStore();
try {
  const samples = fc.sample(fc.tuple(soundGraph, anyHappenings), { numRuns: GRAPHS, seed: SEED });
  for (const [index, [graph, happenings]] of samples.entries()) {
    const once = await play(graph, happenings);
    faults.push(...once.faults.map((fault) => `graph ${index}: ${fault}`));
    for (const run of once.runs) {
      tally.runs += 1;
      tally.steps += run.path.length;
      if (run.status === 'ended') tally.ended += 1;
      if (run.status === 'failed') tally.failed += 1;
      tally.strands += run.path.reduce((sum, { ports }) => sum + (ports?.length ?? 0), 0);
    }
    const again = await play(graph, happenings);
    if (!isDeepStrictEqual(once.runs, again.runs)) faults.push(`graph ${index}: came out differently the second time`);
    replayed += 1;
    if (index >= STORED) continue;
    const inMemory = await play(graph, happenings, { profiles: 1 });
    const stored = await play(graph, happenings, { profiles: 1, open: store.openEmpty });
    if (!isDeepStrictEqual(stored.runs, inMemory.runs))
      faults.push(`graph ${index}: came out differently on the store`);
    faults.push(...stored.faults.map((fault) => `graph ${index}, on the store: ${fault}`));
  }
} finally {
  await store.close();
}
for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
report.note('graphs', GRAPHS);
report.note('onTheStore', Math.min(STORED, GRAPHS));
report.note('seed', SEED);
report.note('played', tally);
report.note('seconds', Math.round((Date.now() - startedAt) / 1000));
report.expect('graphs played twice', replayed, GRAPHS);
report.expect('faults', faults.length, 0);
report.expect('runs that came to rest', tally.ended + tally.failed, tally.runs);
report.end('engine-properties');
