import type { Graph } from '@sluice/shared/graph';
import { DAY_MS } from '@sluice/shared/time';
import { readyFlows } from '@sluice/templates/flows';
import { beforeAll, expect, it } from 'vitest';
import { graphOf, KINDS } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import type { DryRunContext } from './dry-run.ts';
import { createContext, play, scenarioOf } from './sandbox.fixture.ts';
import { suggestPersona } from './suggest-persona.ts';

let context: DryRunContext;
beforeAll(async () => {
  context = await createContext();
});

const waysOf = (graph: Graph) =>
  graph.nodes.flatMap((node) =>
    (KINDS.manifests.get(node.kind)?.ports(node.params) ?? []).map(({ id }) => ({ node: node.id, port: id })),
  );

/** The ways for which nothing is found; each that is found is run again, to see that it is taken. */
async function unfound(graph: Graph): Promise<string[]> {
  const program = compileProgram('flow', 1, graph, KINDS);
  const missing: string[] = [];
  for (const way of waysOf(graph)) {
    const { scenario } = await suggestPersona(program, scenarioOf({ persona: { attributes: {} } }), way, context);
    const trace = scenario && (await play(graph, scenario, context));
    const isTaken = trace?.entries.some(
      (entry) => entry.kind === 'visit' && entry.node === way.node && entry.ports.includes(way.port),
    );
    if (!isTaken) missing.push(`${way.node}:${way.port}`);
  }
  return missing;
}

const READY = readyFlows.filter(({ id }) => id === 'win-back' || id === 'cart-reminder');

it.each(READY.map(({ id, graph }) => [id, graph['en-US']] as const))(
  'a persona is found for every way out of the ready-made flow %s',
  async (_id, graph) => {
    expect(await unfound(graph)).toEqual([]);
  },
);

it('a persona is found behind conditions, splits, waits, calls and filters of the trigger; where none can be, it says where it stuck', async () => {
  const over = (name: string, value: number) => ({ op: 'attribute', name, is: { operator: 'greaterThan', value } });
  const paid = { event: 'Order Paid', where: [{ property: 'total', is: { operator: 'atLeast', value: 50 } }] };
  const graph = graphOf(
    [
      [
        'start',
        'event-trigger',
        {
          event: 'Cart Filled',
          where: [{ property: 'kind', is: { operator: 'in', value: ['shoes', 'hats'] } }],
          audience: over('age', 17),
          reentry: 'unlimited',
        },
      ],
      [
        'which',
        'switch',
        {
          cases: [
            { key: 'a', name: 'A', condition: over('history', 500) },
            {
              key: 'b',
              name: 'B',
              condition: {
                op: 'not',
                of: { op: 'attribute', name: 'city', is: { operator: 'equals', value: 'Wuhan' } },
              },
            },
          ],
        },
      ],
      [
        'split',
        'ab-split',
        {
          variants: [
            { key: 'x', name: 'X', weight: 99, isHoldOut: false },
            { key: 'y', name: 'Y', weight: 1, isHoldOut: false },
          ],
        },
      ],
      [
        'wait',
        'wait-for-event',
        { events: [{ key: 'paid', name: 'Paid', on: paid }], need: 'any', since: 'now', timeoutMs: DAY_MS },
      ],
      [
        'hook',
        'webhook',
        {
          method: 'POST',
          url: 'https://shop.example.com/',
          headers: [],
          format: 'json',
          body: '{}',
          waits: true,
          timeoutMs: 5000,
          maxAttempts: 1,
        },
      ],
      [
        'odd',
        'filter',
        {
          condition: {
            op: 'all',
            of: [over('age', 100), { op: 'attribute', name: 'age', is: { operator: 'lessThan', value: 50 } }],
          },
        },
      ],
    ],
    ['start:next>which', 'which:a>split', 'which:b>odd', 'split:y>wait', 'wait:paid>hook'],
  );
  expect(await unfound(graph)).toEqual(['odd:yes']);
  const program = compileProgram('flow', 1, graph, KINDS);
  const none = await suggestPersona(program, scenarioOf(), { node: 'odd', port: 'yes' }, context);
  expect(none).toMatchObject({ scenario: null, stuckAt: 'odd' });
});

it('a persona gets the rows that a condition on a dataset asks for, and none where it asks for none', async () => {
  const rows = (measure: object, is: object, where: object[] = []) => ({
    op: 'dataset',
    dataset: 'policies',
    measure,
    is,
    where,
  });
  const soon = [{ property: 'expires_on', is: { operator: 'between', value: [inDays(0), inDays(30)] } }];
  const conditions = [
    rows({ kind: 'count' }, { operator: 'atLeast', value: 2 }, soon),
    rows({ kind: 'sum', column: 'premium' }, { operator: 'greaterThan', value: 500 }),
    rows({ kind: 'max', column: 'expires_on' }, { operator: 'before', value: inDays(60) }),
  ];
  for (const condition of conditions) expect(await unfound(filterOn(condition))).toEqual([]);
});

it('a persona has done for the first or the last time, when and as a condition asks, what it asks about', async () => {
  const order = (measure: object, is: object, more: object = {}) => ({
    op: 'event',
    name: 'Order',
    measure,
    window: { kind: 'ever' },
    is,
    ...more,
  });
  const conditions = [
    order({ kind: 'first' }, { operator: 'before', value: inDays(-30) }),
    order({ kind: 'last' }, { operator: 'after', value: inDays(-3) }),
    order({ kind: 'first', property: 'channel' }, { operator: 'equals', value: 'web' }),
    order(
      { kind: 'last', property: 'amount' },
      { operator: 'atMost', value: 5 },
      { window: { kind: 'last', ms: DAY_MS } },
    ),
    order(
      { kind: 'last' },
      { operator: 'before', value: inDays(-1) },
      { followedBy: [{ is: 'did', name: 'Refund', ms: DAY_MS }] },
    ),
  ];
  for (const condition of conditions) expect(await unfound(filterOn(condition))).toEqual([]);
});

function filterOn(condition: object) {
  return graphOf(
    [
      ['start', 'call-trigger', { audience: { op: 'all', of: [] }, reentry: 'unlimited' }],
      ['has', 'filter', { condition }],
    ],
    ['start:next>has'],
  );
}

function inDays(relative: number) {
  return { relative, unit: 'day' };
}
