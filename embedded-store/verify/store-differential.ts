/**
 * Asks the embedded store, in memory and on LMDB, and with MONGODB_URL that server too, every golden case and many
 * random questions through the official driver: `node embedded-store/verify/store-differential.ts [--small] [--why]`.
 * `--small` makes 50 rounds of each law instead of 500; `--why` prints each case that was not asked, with its reason.
 */
import { goldenCases } from '../test/differential/golden.ts';
import { whyNotAsked } from '../test/differential/not-askable.ts';
import { properties } from '../test/differential/properties.ts';
import { type StoreKind, type StoreUnderTest, storeKinds } from '../test/differential/store-under-test.ts';

const rounds = process.argv.includes('--small') ? 50 : 500;
const isTalkative = process.argv.includes('--why');

interface Counts {
  passed: number;
  failed: number;
  notAsked: number;
}

async function askGoldenCases(kind: StoreKind, { db }: StoreUnderTest): Promise<Map<string, Counts>> {
  const areas = new Map<string, Counts>();
  for (const golden of goldenCases) {
    const counts = areas.get(golden.area) ?? { passed: 0, failed: 0, notAsked: 0 };
    areas.set(golden.area, counts);
    const reason = whyNotAsked(golden, kind);
    if (reason !== undefined) {
      counts.notAsked++;
      if (isTalkative) console.log(`not asked  ${golden.area}: ${golden.name}: ${reason}`);
      continue;
    }
    // Whatever goes wrong is an answer to report: the other cases are asked all the same.
    const answer = await golden.ask(db).catch(String);
    if (answer === golden.expected) counts.passed++;
    else {
      counts.failed++;
      console.log(`FAILED ${golden.area}: ${golden.name}\n  expected ${golden.expected}\n  answered ${answer}`);
    }
  }
  return areas;
}

async function proveProperties({ db }: StoreUnderTest): Promise<Map<string, Counts>> {
  const areas = new Map<string, Counts>();
  for (const { area, sentence, prove } of properties) {
    try {
      areas.set(area, { passed: await prove(db, rounds), failed: 0, notAsked: 0 });
    } catch (error) {
      areas.set(area, { passed: 0, failed: 1, notAsked: 0 });
      console.log(`FAILED ${sentence}\n${String(error)}`);
    }
  }
  return areas;
}

const total: Counts = { passed: 0, failed: 0, notAsked: 0 };
for (const kind of storeKinds) {
  const store = await kind.start();
  try {
    const areas = [...(await askGoldenCases(kind, store)), ...(await proveProperties(store))];
    console.log(`\n${kind.name.padEnd(32)} passed failed not asked`);
    for (const [area, counts] of areas) {
      const { passed, failed, notAsked } = counts;
      const cells = [passed, failed, notAsked].map((count) => String(count).padStart(6));
      console.log(`${area.padEnd(32)} ${cells.join(' ')}`);
      total.passed += passed;
      total.failed += failed;
      total.notAsked += notAsked;
    }
  } finally {
    await store.stop();
  }
}
console.log(
  JSON.stringify({
    check: 'store-differential',
    ok: total.failed === 0,
    stores: storeKinds.map(({ name }) => name),
    goldenCases: goldenCases.length,
    rounds,
    ...total,
  }),
);
process.exit(total.failed === 0 ? 0 : 1);
