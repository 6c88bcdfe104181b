import type { Graph } from '@sluice/shared/graph';
import { manifests } from '@sluice/templates/manifests';
import { expect, test } from 'vitest';
import { createCallCheck } from '../calls/check-call.ts';
import { createRequestFiller } from '../calls/fill-request.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import { createReadLevels } from '../access/read-level.ts';
import { createDraftCheck, type DraftCheckDeps } from './check-draft.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { soundGraph } from './flows.fixture.ts';

const deps: DraftCheckDeps = {
  datasetIndex: { current: async () => ({ byName: new Map(), byAttribute: new Map() }) },
  readLevels: createReadLevels({ dictionary: { handling: async () => new Map() } }),
  manifests,
  dictionary: { checkingFacts: async () => ({ attributes: new Map(), events: new Set<string>() }) },
  compiler: createEmailCompiler({ timeZone: 'UTC' }),
  calls: createCallCheck({
    filler: createRequestFiller('UTC'),
    services: { exists: async (id) => id === 'risk' },
  }),
  clock: { now: () => Date.parse('2026-11-22T08:00:00.000Z') },
};
const check = createDraftCheck(deps);

function withEmail(params: Record<string, unknown>, isConnected = true): Graph {
  const graph = soundGraph();
  const email = { to: 'email', subject: 'Hi', body: '<mjml><mj-body></mj-body></mjml>', ...params };
  return {
    ...graph,
    nodes: [...graph.nodes, { id: 'mail', kind: 'email', kindVersion: 1, params: email, position: { x: 0, y: 0 } }],
    edges: isConnected
      ? [
          { id: 'e1', from: 'start', port: 'next', to: 'mail' },
          { id: 'e2', from: 'mail', port: 'next', to: 'end' },
        ]
      : [...graph.edges, { id: 'e2', from: 'mail', port: 'next', to: 'end' }],
  };
}

test('[EDIT-3] a sound draft has no problems', async () => {
  expect(await check.problemsOf(withEmail({}), 'operator')).toEqual([]);
});

test('[EDIT-3] words that sending would stumble over are an error at their place, with the line', async () => {
  expect(await check.problemsOf(withEmail({ subject: '{% if %}' }), 'operator')).toMatchObject([
    { code: 'content-invalid', severity: 'error', node: 'mail', param: '/subject', values: { line: 1 } },
  ]);
  const body = '<mjml><mj-body>\n<mj-section>\n</mj-body></mjml>';
  expect(await check.problemsOf(withEmail({ body }), 'operator')).toMatchObject([
    { code: 'content-invalid', node: 'mail', param: '/body', values: { line: 3 } },
  ]);
});

test('[ATTR-3] a deleted attribute is an error in a condition, and a warning where a message says it', async () => {
  const facts = { attributes: new Map(), deletedAttributes: new Set(['tier', 'city']), events: new Set<string>() };
  const gone = createDraftCheck({ ...deps, dictionary: { checkingFacts: async () => facts } });
  const graph = withEmail({ subject: 'Hello {{ profile.tier }} from {{ profile.city }}, {{ profile.name }}' });
  expect(await gone.problemsOf(graph, 'operator')).toMatchObject([
    { code: 'attribute-deleted', severity: 'warning', node: 'mail', values: { names: 'tier, city' } },
  ]);
  const [start] = graph.nodes;
  if (!start) throw new Error('the graph has nodes');
  start.params = {
    ...start.params,
    audience: { op: 'attribute', name: 'tier', is: { operator: 'equals', value: 'gold' } },
  };
  expect(await gone.problemsOf(graph, 'operator')).toContainEqual(
    expect.objectContaining({ code: 'condition:attribute-deleted', severity: 'error', node: start.id }),
  );
});

test('words of a node that nobody reaches are worth a warning only', async () => {
  const problems = await check.problemsOf(withEmail({ subject: '{% if %}' }, false), 'operator');
  expect(problems).toContainEqual(expect.objectContaining({ code: 'content-invalid', severity: 'warning' }));
});

test('params that do not fit the schema are said once, not again by the content', async () => {
  const problems = await check.problemsOf(withEmail({ subject: 5 }), 'operator');
  expect(problems.map(({ code, node }) => [code, node])).toEqual([['param-type', 'mail']]);
});

test('the start of a schedule is held against the clock', async () => {
  const graph = soundGraph();
  const [start] = graph.nodes;
  if (!start) throw new Error('the graph has nodes');
  start.params = { ...start.params, when: 'at', at: '2026-11-22T07:59:00.000Z' };
  expect(await check.problemsOf(graph, 'operator')).toMatchObject([{ code: 'schedule:at-past', severity: 'warning' }]);
});

const PORTS = { webhook: ['next'], service: ['other', 'fallback'], code: ['next', 'failed'] };

function withCall(kind: keyof typeof PORTS, params: Record<string, unknown>): Graph {
  const graph = soundGraph();
  const ports = PORTS[kind];
  const defaults = manifests.get(kind)?.defaults as object;
  return {
    ...graph,
    nodes: [
      ...graph.nodes,
      { id: 'call', kind, kindVersion: 1, params: { ...defaults, ...params }, position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: 'e1', from: 'start', port: 'next', to: 'call' },
      ...ports.map((port) => ({ id: port, from: 'call', port, to: 'end' })),
    ],
  };
}

test('[EDIT-3] a call that could never be filled in is an error at its place, with the line', async () => {
  expect(await check.problemsOf(withCall('webhook', { url: 'https://shop.test/{{ user_id }}' }), 'operator')).toEqual(
    [],
  );
  expect(
    await check.problemsOf(withCall('webhook', { url: 'https://shop.test/{{ x | oops }}' }), 'operator'),
  ).toMatchObject([{ code: 'content-invalid', severity: 'error', node: 'call', param: '/url', values: { line: 1 } }]);
});

test('[EDIT-3] a service that is not registered is an error, one that is not chosen is said once', async () => {
  expect(await check.problemsOf(withCall('service', { service: 'risk' }), 'operator')).toEqual([]);
  expect(await check.problemsOf(withCall('service', { service: 'gone' }), 'operator')).toMatchObject([
    { code: 'service-missing', severity: 'error', node: 'call', param: '/service' },
  ]);
  expect(await check.problemsOf(withCall('service', {}), 'operator')).toMatchObject([{ code: 'service:none' }]);
});

test('[EDIT-3] code that cannot be read, or is more than the body of a function, is an error before it is published', async () => {
  expect(await check.problemsOf(withCall('code', { source: 'return { port: "next" };' }), 'operator')).toEqual([]);
  for (const source of ['return {', 'return 1; } fetch("/"); {'])
    expect(await check.problemsOf(withCall('code', { source }), 'operator')).toMatchObject([
      {
        code: 'code-invalid',
        severity: 'error',
        node: 'call',
        param: '/source',
        values: { reason: expect.stringContaining('Unexpected') },
      },
    ]);
});

test('[ENT-10] a flow that its own steps may start again for the same person is warned of at its trigger', async () => {
  const warnings = async (trigger: [kind: string, params: object], ...steps: [kind: string, params: object][]) => {
    const everyone = { audience: { op: 'all', of: [] } };
    const nodes = steps.map(([kind, params], index): [string, string, object] => [`step${index}`, kind, params]);
    const ids = ['start', ...nodes.map(([id]) => id), 'end'];
    const graph = graphOf(
      [['start', trigger[0], { ...everyone, ...trigger[1] }], ...nodes, ['end', 'exit', { reason: '' }]],
      ids.slice(1).map((id, index) => `${ids[index]}:next>${id}`),
    );
    const problems = await check.problemsOf(graph, 'operator');
    return problems.flatMap(({ code, node, severity }) => (code.startsWith('starts') ? [[code, node, severity]] : []));
  };
  const onEvent = (reentry: string): [string, object] => ['event-trigger', { event: 'A', where: [], reentry }];
  const emit = (event: string): [string, object] => ['emit-event', { event, properties: [] }];
  expect(await warnings(onEvent('unlimited'), emit('A'))).toEqual([['starts-itself-event', 'start', 'warning']]);
  expect(await warnings(onEvent('unlimited'), emit('B'))).toEqual([]);
  expect(await warnings(onEvent('once'), emit('A'))).toEqual([]);
  const onEntry: [string, object] = [
    'audience-trigger',
    { audienceId: 'vip', change: 'entered', reentry: 'unlimited' },
  ];
  const put = (change: string): [string, object] => ['audience-membership', { change, audience: 'vip' }];
  expect(await warnings(onEntry, put('remove'), put('add'))).toEqual([['starts-itself-audience', 'start', 'warning']]);
  expect(await warnings(onEntry, put('remove'))).toEqual([]);
  // A trigger that is not filled in yet has problems of its own, and must not keep the draft from being checked.
  expect(await warnings(['schedule', { when: 'at' }], put('remove'))).toEqual([]);
});
