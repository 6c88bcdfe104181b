import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { runCommand } from './command.mjs';
import { countPlaywright, countVitest, formatTotal, sumCounts } from './count-results.mjs';
import { findChromium } from './find-chromium.mjs';

/**
 * `npm test`: lint, types, unit and integration tests, build, browser tests. A failed step does not keep the later ones
 * from running; the last line is the sum. Answers with an exit code.
 */
export async function runTests(project) {
  const reports = mkdtempSync(path.join(os.tmpdir(), 'sluice-test-'));
  try {
    const counts = [
      countStep('lint', runCommand(project.pnpm, ['run', 'lint'], project)),
      countStep('types', runCommand(project.pnpm, ['run', 'typecheck'], project)),
      runUnitTests(project, path.join(reports, 'vitest.json')),
    ];
    const built = buildWeb(project);
    counts.push(countStep('build', built));
    if (built === 0) counts.push(runBrowserTests(project, path.join(reports, 'playwright.json')));
    const total = sumCounts(counts);
    if (total.skipped > 0) console.log(`${total.skipped} skipped: what they need is not on this machine`);
    console.log(formatTotal(total));
    return total.failed === 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** Lint, types and build are not tests: they count when they fail only. */
function countStep(name, code) {
  if (code !== 0) console.error(`${name} failed`);
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function runUnitTests(project, report) {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = runCommand('vitest', args, { ...project, env: { ...project.env, CI: 'true' } });
  return countVitest(readReport(report), code);
}

function runBrowserTests(project, report) {
  const env = {
    ...project.env,
    CI: 'true',
    CHROMIUM_PATH: findChromium(project),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const code = runCommand('playwright', ['test', '-c', 'e2e', '--reporter=line,json'], { ...project, env });
  return countPlaywright(readReport(report), code);
}

/** Undefined when the runner died before it wrote one. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
