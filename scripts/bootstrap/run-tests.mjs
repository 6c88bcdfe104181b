import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { runCommand } from './command.mjs';
import {
  countPlaywright,
  countVitest,
  failuresOfPlaywright,
  failuresOfVitest,
  formatTotal,
  settleFailures,
  sumCounts,
} from './count-results.mjs';
import { findChromium } from './find-chromium.mjs';

/**
 * `npm test`: lint, types, unit and integration tests, build, browser tests. A failed step does not keep the later ones
 * from running; what failed is run once more alone, then named; the last line is the sum. Answers with an exit code.
 */
export async function runTests(project) {
  const reports = mkdtempSync(path.join(os.tmpdir(), 'sluice-test-'));
  try {
    const runs = [
      countStep('lint', runCommand(project.pnpm, ['run', 'lint'], project)),
      countStep('types', runCommand(project.pnpm, ['run', 'typecheck'], project)),
      runTwice((only) => runUnitTests(project, reports, only)),
    ];
    const built = buildWeb(project);
    runs.push(countStep('build', built));
    if (built === 0) runs.push(runTwice((only) => runBrowserTests(project, reports, only)));
    const total = sumCounts(runs.map(({ counts }) => counts));
    nameAll(
      'failed',
      runs.flatMap(({ failed }) => failed),
    );
    nameAll(
      'unsteady (failed once, passed alone)',
      runs.flatMap(({ unsteady }) => unsteady),
    );
    if (total.skipped > 0) console.log(`${total.skipped} skipped: what they need is not on this machine`);
    console.log(formatTotal(total));
    return total.failed === 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** What fails is run once more by itself: that tells a broken product from a test that does not bear a busy machine. */
function runTwice(run) {
  const { counts, failures } = run([]);
  const files = [...new Set(failures.flatMap(({ file }) => file || []))];
  if (files.length === 0) return { counts, failed: failures, unsteady: [] };
  return settleFailures(counts, failures, run(files));
}

/** Last in the output, where one who sees only its end finds it. */
function nameAll(what, failures) {
  for (const { file, name, message } of failures) {
    console.log(`${what}: ${file} > ${name}\n  ${(message ?? '').split('\n').slice(0, 12).join('\n  ')}`);
  }
}

/** Lint, types and build are not tests: they count when they fail only. */
function countStep(name, code) {
  if (code !== 0) console.error(`${name} failed`);
  const failed = code === 0 ? [] : [{ file: name, name: 'its output is above' }];
  return { counts: { passed: 0, failed: failed.length, skipped: 0 }, failed, unsteady: [] };
}

function runUnitTests(project, reports, files) {
  const output = path.join(reports, `vitest-${files.length}.json`);
  const UNHANDLED_ERRORS = path.join(reports, `unhandled-${files.length}.json`);
  const reporters = ['default', 'json', path.join(import.meta.dirname, 'unhandled-errors.mjs')];
  const args = ['run', ...files, ...reporters.map((name) => `--reporter=${name}`), `--outputFile.json=${output}`];
  const code = runCommand('vitest', args, { ...project, env: { ...project.env, CI: 'true', UNHANDLED_ERRORS } });
  const report = readReport(output);
  const failures = [...failuresOfVitest(report), ...(readReport(UNHANDLED_ERRORS) ?? [])];
  return { counts: countVitest(report, code, failures), failures };
}

function runBrowserTests(project, reports, stories) {
  const output = path.join(reports, `playwright-${stories.length}.json`);
  const env = {
    ...project.env,
    CI: 'true',
    CHROMIUM_PATH: findChromium(project),
    PLAYWRIGHT_JSON_OUTPUT_FILE: output,
  };
  const code = runCommand('playwright', ['test', ...stories, '-c', 'e2e', '--reporter=line,json'], { ...project, env });
  const report = readReport(output);
  return { counts: countPlaywright(report, code), failures: failuresOfPlaywright(report) };
}

/** Undefined when the runner died before it wrote one. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
