/** 1,000 stored profiles through a flow of 90 days, one dry run each with its whole trace and rendered messages, against no more than reading the same profiles. */
import { graphOf } from '@sluice/e2e/graph-of';
import { openDryRuns } from '@sluice/runtime/sandbox/measuring';
import { DAY_MS } from '@sluice/shared/time';
import { makeCustomers } from './fixture/customers.ts';
import { median } from './fixture/median.ts';

const RUNS = Number(process.env['RUNS'] ?? 1000);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
/** A dry run reads its subject by four queries; playing it, with every message rendered, may cost three times that and no more. */
const TARGET_RATIO = 4;

const BODY =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ profile.userId }}</mj-text></mj-column></mj-section></mj-body></mjml>';
const mail = (subject: string) => ({ to: 'email', subject, body: BODY });
const variant = (key: string) => ({ key, name: key, weight: 50, isHoldOut: false });
const graph = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
    ['split', 'ab-split', { variants: [variant('a'), variant('b')] }],
    ['first', 'email', mail('First')],
    [
      'opened',
      'wait-for-event',
      {
        events: [{ key: 'yes', name: 'Opened', on: { event: 'Email Opened' } }],
        need: 'any',
        since: 'now',
        timeoutMs: 10 * DAY_MS,
      },
    ],
    ['second', 'email', mail('Second')],
    ['month', 'delay', { durationMs: 30 * DAY_MS }],
    ['rich', 'filter', { condition: { op: 'attribute', name: 'history', is: { operator: 'atLeast', value: 50 } } }],
    ['mark', 'update-attribute', { changes: [{ attribute: 'stage', action: 'set', value: 'late' }] }],
    ['rest', 'delay', { durationMs: 50 * DAY_MS }],
    ['end', 'exit', { reason: '' }],
  ],
  [
    'start:next>split',
    'split:a>first',
    'split:b>opened',
    'first:next>opened',
    'opened:yes>month',
    'opened:timeout>second',
    'second:next>month',
    'month:next>rich',
    'rich:yes>mark',
    'rich:no>rest',
    'mark:next>rest',
    'rest:next>end',
  ],
);

const people = [...makeCustomers(RUNS, RUNS)].flat();
const measured = await openDryRuns(graph, people as never);
const rounds: { readSeconds: number; seconds: number; steps: number; days: number }[] = [];
try {
  await measured.run();
  for (let round = 0; round < ROUNDS; round++) {
    const readSeconds = await measured.read();
    const played = await measured.run();
    rounds.push({ readSeconds, ...played });
    console.log(
      `round ${round + 1}: ${played.seconds.toFixed(2)} s for ${RUNS} dry runs of ${played.days} days, ${readSeconds.toFixed(2)} s to read the same profiles`,
    );
  }
} finally {
  await measured.close();
}

const seconds = median(rounds.map((round) => round.seconds));
const ratio = median(rounds.map((round) => round.seconds / round.readSeconds));
const days = Math.min(...rounds.map((round) => round.days));
const passed = ratio <= TARGET_RATIO && days >= 90;
console.log(
  JSON.stringify({
    name: 'dry-run',
    passed,
    runs: RUNS,
    days,
    seconds,
    msEach: (1000 * seconds) / RUNS,
    readSeconds: median(rounds.map((round) => round.readSeconds)),
    steps: rounds[0]?.steps,
    ratio,
    targetRatio: TARGET_RATIO,
  }),
);
process.exitCode = passed ? 0 : 1;
