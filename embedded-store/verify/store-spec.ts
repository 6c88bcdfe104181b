/**
 * Runs MongoDB's specification tests through the official driver, against the embedded store or, with MONGODB_URL set,
 * against that server: `node embedded-store/verify/store-spec.ts [--small] [--why]`.
 * `--small` runs every tenth file; `--why` prints the reason of each failure and of each test that cannot apply.
 */
import { startStoreServer } from '../src/index.ts';
import { readServerFacts } from '../test/spec-tests/requirements.ts';
import { runSpecFile, type TestReport } from '../test/spec-tests/run-spec-file.ts';
import { findSpecFolder, readSpecFiles } from '../test/spec-tests/spec-file.ts';

const isSmall = process.argv.includes('--small');
const isTalkative = process.argv.includes('--why');
const folder = findSpecFolder();
if (!folder) {
  console.log(
    "MongoDB's specification tests are not there: put them beside the repository as ../shared/mongo-spec-tests, or " +
      'name their folder in SLUICE_SPEC_TESTS. Nothing was tested.',
  );
  console.log(JSON.stringify({ check: 'store-spec', ok: false, reason: 'specification tests absent' }));
  process.exit(1);
}

const own = process.env['MONGODB_URL'] ? undefined : await startStoreServer({ inMemory: true, listen: { port: 0 } });
const url = process.env['MONGODB_URL'] ?? own?.url ?? '';
const facts = await readServerFacts(url);
const files = readSpecFiles(folder).filter((_, i) => !isSmall || i % 10 === 0);
const reports: TestReport[] = [];
for (const file of files) reports.push(...(await runSpecFile(file, { ...facts, url, isEmbedded: own !== undefined })));
await own?.stop();

const of = (kind: TestReport['verdict']['kind'], path?: string): TestReport[] =>
  reports.filter(({ verdict, file }) => verdict.kind === kind && (path === undefined || file === path));
console.log(`${'file'.padEnd(58)} passed failed not applicable`);
for (const { path } of files) {
  const counts = (['passed', 'failed', 'not-applicable'] as const).map((kind) =>
    String(of(kind, path).length).padStart(6),
  );
  console.log(`${path.padEnd(58)} ${counts.join(' ')}`);
}
const whyNot = new Map<string, number>();
for (const { verdict } of reports) {
  if (verdict.kind === 'not-applicable') whyNot.set(verdict.reason, (whyNot.get(verdict.reason) ?? 0) + 1);
}
console.log('\nnot applicable, by reason:');
for (const [reason, count] of [...whyNot].sort((a, b) => b[1] - a[1]))
  console.log(`${String(count).padStart(5)}  ${reason}`);
for (const { file, test, verdict } of reports) {
  if (verdict.kind === 'failed') console.log(`FAILED ${file} / ${test}: ${verdict.why}`);
  else if (isTalkative && verdict.kind === 'not-applicable') console.log(`n/a    ${file} / ${test}: ${verdict.reason}`);
}
const failed = of('failed').length;
console.log(
  JSON.stringify({
    check: 'store-spec',
    ok: failed === 0,
    server: own ? 'embedded store' : `MongoDB ${facts.version}`,
    files: files.length,
    tests: reports.length,
    passed: of('passed').length,
    failed,
    notApplicable: of('not-applicable').length,
  }),
);
process.exit(failed === 0 ? 0 : 1);
