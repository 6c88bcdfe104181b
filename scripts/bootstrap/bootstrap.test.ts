import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript: it must run before anything is installed
import { fingerprintOf } from './build-web.mjs';
// @ts-expect-error plain JavaScript
import { cleanEnvironment } from './clean-environment.mjs';
// @ts-expect-error plain JavaScript
import { retry, runCommand } from './command.mjs';
import {
  countPlaywright,
  countVitest,
  failuresOfPlaywright,
  failuresOfVitest,
  formatTotal,
  settleFailures,
  sumCounts,
  // @ts-expect-error plain JavaScript
} from './count-results.mjs';
// @ts-expect-error plain JavaScript
import { listScripts, readSentence } from './named-scripts.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'sluice-bootstrap-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};

describe('cleanEnvironment', () => {
  it('drops what npm exports to scripts and keeps what reaches the registry', () => {
    const env = {
      PATH: '/bin',
      npm_config_yes: 'false',
      npm_package_name: 'x',
      npm_config_registry: 'r',
      HTTPS_PROXY: 'p',
    };
    expect(cleanEnvironment(env)).toEqual({ PATH: '/bin', npm_config_registry: 'r', HTTPS_PROXY: 'p' });
  });
});

describe('fingerprintOf', () => {
  it('changes with content, name and removal of a source, and with nothing else', () => {
    write('web/a.ts', '1');
    write('web/sub/b.ts', '2');
    const first = fingerprintOf(root, ['web', 'absent']);
    utimesSync(path.join(root, 'web/a.ts'), 1, 1);
    write('web/dist/out.js', 'built');
    write('web/a.test.ts', 'a test');
    expect(fingerprintOf(root, ['web', 'absent'])).toBe(first);
    write('web/a.ts', '3');
    const second = fingerprintOf(root, ['web']);
    expect(second).not.toBe(first);
    rmSync(path.join(root, 'web/sub'), { recursive: true });
    expect(fingerprintOf(root, ['web'])).not.toBe(second);
  });
});

describe('counting results', () => {
  it('sums the runners and says it in one line', () => {
    const vitest = countVitest({ numPassedTests: 3, numFailedTests: 0, testResults: [] }, 0);
    const playwright = countPlaywright({ stats: { expected: 2, unexpected: 1, flaky: 0, skipped: 0 } }, 1);
    expect(formatTotal(sumCounts([vitest, playwright]))).toBe('5 passed, 1 failed');
  });

  it('counts a file that does not load as a failure', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('names what failed, and tells what fails again from what passes alone', () => {
    const tests = ['one', 'two'].map((fullName) => ({ fullName, status: 'failed', failureMessages: ['why'] }));
    const report = { testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: tests }] };
    const failures = failuresOfVitest(report);
    expect(failures).toEqual([
      { file: 'a.test.ts', name: 'one', message: 'why' },
      { file: 'a.test.ts', name: 'two', message: 'why' },
    ]);
    const counts = { passed: 8, failed: 2, skipped: 0 };
    const again = { counts: { passed: 1, failed: 1, skipped: 0 }, failures: [failures[1]] };
    expect(settleFailures(counts, failures, again)).toEqual({
      counts: { passed: 9, failed: 1, skipped: 0 },
      failed: [failures[1]],
      unsteady: [failures[0]],
    });
    const died = { counts: { passed: 0, failed: 1, skipped: 0 }, failures: [] };
    expect(settleFailures(counts, failures, died).counts).toEqual(counts);
  });

  it('names a story by the line it begins at', () => {
    const spec = {
      title: 'sends',
      file: 'a.story.ts',
      line: 7,
      ok: false,
      tests: [{ results: [{ error: { message: 'no' } }] }],
    };
    const report = { suites: [{ specs: [{ ok: true }], suites: [{ specs: [spec] }] }] };
    expect(failuresOfPlaywright(report)).toEqual([{ file: 'a.story.ts:7', name: 'sends', message: 'no' }]);
  });

  it('counts a crash without a report as a failure', () => {
    expect(countVitest(undefined, 134).failed).toBe(1);
    expect(countPlaywright(undefined, 1).failed).toBe(1);
  });
});

describe('named scripts', () => {
  it('lists the scripts of a kind with the sentence they begin with', () => {
    write('bench/flow.ts', '/** How many runs\n * pass a flow per second. */\nexport {};');
    write('embedded-store/bench/store.ts', '/** How fast the store is. */');
    write('bench/flow.test.ts', '');
    write('bench/fixtures/people.ts', '');
    const found = listScripts(root, 'bench').map(({ name, sentence }: { name: string; sentence: string }) => [
      name,
      sentence,
    ]);
    expect(found).toEqual([
      ['flow', 'How many runs pass a flow per second.'],
      ['store', 'How fast the store is.'],
    ]);
    expect(listScripts(root, 'verify')).toEqual([]);
  });

  it('reads no sentence from a file that does not begin with one', () => {
    expect(readSentence('const x = 1; /** later */')).toBe('');
  });
});

describe('running commands', () => {
  it('answers with the exit code, also of a command that does not exist', () => {
    const project = { root, env: process.env, stdio: 'ignore' };
    expect(runCommand(process.execPath, ['-e', 'process.exit(7)'], project)).toBe(7);
    expect(runCommand(path.join(root, 'nothing'), [], project)).not.toBe(0);
  });

  it('gives up after the given number of tries', () => {
    let tries = 0;
    expect(retry(3, 0, () => (tries += 1) > 5)).toBe(false);
    expect(tries).toBe(3);
    expect(retry(3, 0, () => true)).toBe(true);
  });
});
