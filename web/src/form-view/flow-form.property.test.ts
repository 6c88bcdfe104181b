import { checkGraph, EMPTY_GRAPH, type Graph } from '@sluice/shared/graph';
import { readyFlows } from '@sluice/templates/flows';
import { manifests } from '@sluice/templates/manifests';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKinds } from '../plans/node-kinds.ts';
import {
  addStep,
  addTest,
  type ChainPlace,
  changeTrigger,
  emptyForm,
  type FormEditing,
  moveStep,
  removeStep,
  removeTest,
  stepsAt,
} from './edit-form.ts';
import { type FlowForm, nodesOf } from './flow-form.ts';
import { readForm } from './read-form.ts';
import { writeForm } from './write-form.ts';

const editing = (): FormEditing => {
  let next = 0;
  return { catalog: nodeKinds, createId: (prefix) => `${prefix}-${(next += 1)}` };
};
const formOf = (graph: Graph): FlowForm => {
  const read = readForm(graph, nodeKinds);
  if ('refusal' in read) throw new Error(`No form: ${JSON.stringify(read.refusal)}`);
  return read.form;
};

/** Nodes that no trigger leads to, and a note: what a form must not touch. */
const PARKED: Graph = {
  ...EMPTY_GRAPH,
  nodes: ['parked-1', 'parked-2'].map((id, index) => ({
    id,
    kind: index === 0 ? 'delay' : 'exit',
    kindVersion: 1,
    params: index === 0 ? { durationMs: 1000 } : { reason: 'parked' },
    position: { x: -500, y: 900 },
  })),
  edges: [{ id: 'parked-e', from: 'parked-1', port: 'next', to: 'parked-2' }],
  notes: [{ id: 'n1', form: 'note', text: 'Keep me', position: { x: 1, y: 2 }, size: { width: 80, height: 80 } }],
};

const KINDS = ['email', 'delay', 'tag', 'filter', 'wait-for-event', 'until', 'sending-window', 'exit'] as const;
const edit = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      kind: fc.constantFrom(...KINDS),
      at: fc.nat(6),
      arm: fc.nat(3),
    }),
  },
  fc.record({ do: fc.constantFrom('remove' as const, 'up' as const, 'down' as const), at: fc.nat(6), arm: fc.nat(3) }),
  fc.constantFrom({ do: 'test' as const }, { do: 'no-test' as const }),
  fc.record({
    do: fc.constant('trigger' as const),
    kind: fc.constantFrom('schedule', 'event-trigger', 'date-trigger'),
  }),
);

function play(edits: readonly Parameters<typeof apply>[1][], tools: FormEditing): FlowForm {
  return edits.reduce((form, one) => apply(form, one, tools), emptyForm('schedule', tools));
}

function apply(
  form: FlowForm,
  one: typeof edit extends fc.Arbitrary<infer E> ? E : never,
  tools: FormEditing,
): FlowForm {
  const placeOf = (arm: number): ChainPlace => {
    const arms = form.split?.arms ?? [];
    const port = arms[arm % (arms.length + 1)]?.port;
    return port === undefined ? { at: 'before' } : { at: 'arm', port };
  };
  if (one.do === 'test' || one.do === 'no-test')
    return one.do === 'test' ? addTest(form, 'ab-split', tools) : removeTest(form, tools);
  if (one.do === 'trigger') return changeTrigger(form, one.kind, tools);
  const place = placeOf(one.arm);
  const index = one.at % (stepsAt(form, place).length + 1);
  if (one.do === 'add') return addStep(form, place, index, one.kind, tools);
  if (one.do === 'remove') return removeStep(form, place, index, tools);
  return moveStep(form, place, index, one.do === 'up' ? -1 : 1, tools);
}

describe('[FORM-1] form and graph', () => {
  test('a form that is written is read as the same form, and what is beside it stays as it was', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 14 }), (edits) => {
        const tools = editing();
        const form = play(edits, tools);
        const graph = writeForm(form, PARKED, nodeKinds, tools.createId);
        expect(formOf(graph)).toEqual(form);
        const ids = nodesOf(form);
        expect(graph.nodes.filter(({ id }) => !ids.has(id))).toEqual(PARKED.nodes);
        expect(graph.edges.filter(({ from }) => !ids.has(from))).toEqual(PARKED.edges);
        expect(graph.notes).toBe(PARKED.notes);
        // Over itself, another form leaves what is beside it alone, too.
        const next = addStep(form, { at: 'before' }, 0, 'email', tools);
        const again = writeForm(next, graph, nodeKinds, tools.createId);
        expect(formOf(again)).toEqual(next);
        expect(again.nodes.filter(({ id }) => id.startsWith('parked'))).toEqual(PARKED.nodes);
      }),
    );
  });

  test('a graph that is read and written back is the same graph, to the ids of its edges', () => {
    const readable = readyFlows.filter(({ graph }) => 'form' in readForm(graph['en-US'], nodeKinds));
    expect(readable.map(({ id }) => id)).toEqual([
      'welcome',
      'first-order',
      'checkout-follow-up',
      'cart-reminder',
      'birthday',
      'price-drop',
      'renewal-reminder',
      'hillstrom-split',
    ]);
    for (const { graph } of readable)
      expect(writeForm(formOf(graph['en-US']), graph['en-US'], nodeKinds, () => 'new')).toEqual(graph['en-US']);
  });

  test('what a form makes lacks nothing but what its nodes want to be told', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 10 }), (edits) => {
        const tools = editing();
        const graph = writeForm(play(edits, tools), EMPTY_GRAPH, nodeKinds, tools.createId);
        const problems = checkGraph(graph, manifests, { attributes: new Map(), events: new Set() });
        expect(problems.filter(({ severity, param }) => severity === 'error' && param === undefined)).toEqual([]);
      }),
    );
  });
});

describe('[FORM-2] a graph that is no form', () => {
  const refusalOf = (graph: Graph) => {
    const read = readForm(graph, nodeKinds);
    return 'refusal' in read ? read.refusal : undefined;
  };
  const graphOf = (id: string) => readyFlows.find((flow) => flow.id === id)?.graph['en-US'] ?? EMPTY_GRAPH;

  test('says why, and where to look', () => {
    expect(refusalOf(EMPTY_GRAPH)).toEqual({ reason: 'no-trigger' });
    expect(refusalOf(graphOf('survey'))).toEqual({ reason: 'branches', node: 'answer' });
    const [first] = graphOf('birthday').nodes;
    const twice = {
      ...graphOf('birthday'),
      nodes: [...graphOf('birthday').nodes, { ...first, id: 'second' }],
    } as Graph;
    expect(refusalOf(twice)).toEqual({ reason: 'triggers', node: 'second' });
    const loop: Graph = {
      ...graphOf('birthday'),
      edges: graphOf('birthday').edges.map((edge) => (edge.from === 'wish' ? { ...edge, to: 'gift' } : edge)),
    };
    expect(refusalOf(loop)).toMatchObject({ reason: 'loop' });
  });

  test('a trigger of another kind keeps whom it is for', () => {
    const tools = editing();
    const form = emptyForm('schedule', tools);
    const audience = { op: 'any', of: [] };
    const own = { ...form, trigger: { ...form.trigger, params: { ...form.trigger.params, audience } } };
    const changed = changeTrigger(own, 'event-trigger', tools).trigger;
    expect(changed).toMatchObject({ id: form.trigger.id, kind: 'event-trigger', params: { audience } });
  });
});
