import type { Assertion } from '@sluice/shared/http-api';
import { HOUR_MS } from '@sluice/shared/time';
import { beforeAll, expect, it } from 'vitest';
import { graphOf, KINDS } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { runCase } from './cases.ts';
import type { DryRunContext } from './dry-run.ts';
import { toState } from './read-subject.ts';
import { createContext, LIN, scenarioOf, START } from './sandbox.fixture.ts';

const BODY =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Welcome to {{ profile.city }}</mj-text></mj-column></mj-section></mj-body></mjml>';
const graph = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
    [
      'split',
      'ab-split',
      {
        variants: [
          { key: 'a', name: 'A', weight: 50, isHoldOut: false },
          { key: 'b', name: 'B', weight: 50, isHoldOut: false },
        ],
      },
    ],
    ['mail', 'email', { to: 'email', subject: 'Hello', body: BODY }],
    ['wait', 'delay', { durationMs: HOUR_MS }],
    ['done', 'exit', { reason: 'Greeted' }],
    ['other', 'exit', { reason: 'Not greeted' }],
  ],
  ['start:next>split', 'split:a>mail', 'split:b>other', 'mail:next>wait', 'wait:next>done'],
);
let context: DryRunContext;
beforeAll(async () => {
  context = await createContext();
});

async function check(assertions: Assertion[], drawn = graph) {
  const scenario = scenarioOf({ arms: { split: 'a' } });
  const program = compileProgram('flow', 1, drawn, KINDS);
  const one = { id: 'c', name: 'Case', scenario, assertions };
  return runCase(program, one, context, KINDS.manifests, async () => toState(LIN, START));
}

it('an assertion is met or missed by what the dry run did, and says what was there instead', async () => {
  const met: Assertion[] = [
    { kind: 'reaches', node: 'done' },
    { kind: 'avoids', node: 'other' },
    { kind: 'leaves', node: 'split', port: 'a' },
    { kind: 'receives', node: 'mail', text: 'welcome to hangzhou' },
    { kind: 'receives-not', text: 'goodbye' },
    { kind: 'ends', reason: 'Greeted', withinMs: HOUR_MS },
    { kind: 'dealt', node: 'split', variant: 'a' },
  ];
  expect((await check(met)).checks.map(({ outcome }) => outcome)).toEqual(met.map(() => 'met'));
  const missed: Assertion[] = [
    { kind: 'reaches', node: 'other' },
    { kind: 'avoids', node: 'mail' },
    { kind: 'leaves', node: 'split', port: 'b' },
    { kind: 'receives', text: 'goodbye' },
    { kind: 'receives-not' },
    { kind: 'ends', reason: 'Not greeted' },
    { kind: 'ends', withinMs: HOUR_MS - 1 },
    { kind: 'dealt', node: 'split', variant: 'b' },
  ];
  const result = await check(missed);
  expect(result.isPassed).toBe(false);
  expect(result.checks.map(({ outcome, found }) => [outcome, found])).toEqual([
    ['missed', undefined],
    ['missed', undefined],
    ['missed', 'a'],
    ['missed', '1'],
    ['missed', 'Hello'],
    ['missed', 'Greeted'],
    ['missed', undefined],
    ['missed', 'a'],
  ]);
});

it('a case says so when the node or the port that it names is gone, and says what it exercised', async () => {
  const result = await check([
    { kind: 'reaches', node: 'renamed' },
    { kind: 'leaves', node: 'split', port: 'z' },
  ]);
  expect(result.checks.map(({ outcome }) => outcome)).toEqual(['gone', 'gone']);
  expect(result).toMatchObject({ isPassed: false, covered: { split: ['a'], mail: ['next'], done: [] } });
  expect(result.covered).not.toHaveProperty('other');
});
