import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const TESTS = /\.(test|story|contract)\.tsx?$/;

/** Files of the project, wherever it was unpacked. */
function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => file !== '');
}

/** A rule is a bullet of a SPEC.md that begins with its id; one that says it is not here yet needs no test yet. */
function readRules(specs: readonly string[]): { id: string; spec: string }[] {
  return specs.flatMap((spec) =>
    readFileSync(path.join(root, spec), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const id = /^- \*\*([A-Z]+-\d+)\*\*/.exec(line)?.[1];
        return id === undefined || line.includes('_Not here yet_') ? [] : [{ id, spec }];
      }),
  );
}

it('every rule of a SPEC.md is named by a test that proves it', () => {
  const files = listFiles();
  const rules = readRules(files.filter((file) => path.basename(file) === 'SPEC.md'));
  const tests = files.filter((file) => TESTS.test(file)).map((file) => readFileSync(path.join(root, file), 'utf8'));
  expect(rules.length).toBeGreaterThan(30);
  expect(rules.filter(({ id }) => !tests.some((text) => text.includes(`[${id}]`)))).toEqual([]);
});
