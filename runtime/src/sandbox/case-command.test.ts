import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graphOf } from '../executor/executor.fixture.ts';
import { scenarioOf } from './sandbox.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-cases-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const command = path.join(import.meta.dirname, 'case-command.ts');
    execFile(process.execPath, [command, ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });

it('[CASE-3] the cases of a file are run without a server; the exit code and the JUnit report say which fail', async () => {
  const graph = graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
      ['end', 'exit', { reason: 'Done & dusted' }],
    ],
    ['start:next>end'],
  );
  const file = path.join(folder, 'cases.json');
  const cases = [
    { name: 'Ends', scenario: scenarioOf(), assertions: [{ kind: 'ends', reason: 'Done & dusted' }] },
    {
      name: 'Never',
      scenario: scenarioOf(),
      assertions: [
        { kind: 'avoids', node: 'end' },
        { kind: 'reaches', node: 'gone' },
      ],
    },
  ];
  await writeFile(file, JSON.stringify({ graph, cases }));
  const report = path.join(folder, 'report.xml');
  const { code, output } = await run(file, '--junit', report);
  expect(output).toContain(
    'ok   Ends\nFAIL Never\n       avoids "end": not so\n       reaches "gone": no longer in the flow\n',
  );
  expect(code).toBe(1);
  const xml = await readFile(report, 'utf8');
  expect(xml).toContain('<testsuites tests="2" failures="1">');
  expect(xml).toContain('<failure message="avoids &quot;end&quot;: not so">');
});
