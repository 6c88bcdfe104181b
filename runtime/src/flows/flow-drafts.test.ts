import { EMPTY_GRAPH } from '@sluice/shared/graph';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGraph } from './flow-record.ts';
import {
  createFlowParts,
  type FlowParts,
  type FlowStore,
  OPERATOR,
  openFlowStore,
  recordActivation,
  soundGraph,
} from './flows.fixture.ts';

let store: FlowStore;
let parts: FlowParts;
beforeAll(async () => {
  store = await openFlowStore();
  parts = createFlowParts(store.database, recordActivation());
});
afterAll(() => store.stop());

const OTHER = { ...OPERATOR, id: 'account-2', name: 'Wei' };

test('a flow begins empty or with a graph, at revision 1', async () => {
  const empty = await parts.drafts.create({ name: 'Empty' }, OPERATOR);
  expect(await parts.list.describe(empty)).toMatchObject({
    name: 'Empty',
    status: 'draft',
    graph: EMPTY_GRAPH,
    revision: 1,
    liveVersion: null,
    hasUnpublishedChanges: true,
  });
  const filled = await parts.drafts.create({ name: 'Filled', graph: soundGraph() }, OPERATOR);
  expect(readGraph(await parts.drafts.get(filled._id))).toEqual(soundGraph());
});

test('a graph comes back exactly, with keys and values that a store could take for its own', async () => {
  const graph = soundGraph();
  const [node] = graph.nodes;
  if (!node) throw new Error('the graph has nodes');
  node.params = { $where: 1, 'a.b': { $gt: '' }, whole: 1, half: 0.5, big: 2 ** 53, nothing: null, 属性: ['值'] };
  const { _id } = await parts.drafts.create({ name: 'Odd', graph }, OPERATOR);
  expect(readGraph(await parts.drafts.get(_id))).toEqual(graph);
});

test('a save from the stored revision is taken and raises it', async () => {
  const { _id } = await parts.drafts.create({ name: 'A' }, OPERATOR);
  const saved = await parts.drafts.save(_id, { name: 'B', graph: soundGraph(), baseRevision: 1 }, OPERATOR);
  expect(saved.revision).toBe(2);
  const flow = await parts.drafts.get(_id);
  expect(flow).toMatchObject({ name: 'B', revision: 2 });
  expect(saved.savedAt).toBe(flow.updatedAt.toISOString());
});

test('[EDIT-2] a save over a newer draft is refused, carries that draft and changes nothing', async () => {
  const { _id } = await parts.drafts.create({ name: 'Mine' }, OPERATOR);
  await parts.drafts.save(_id, { name: 'Theirs', graph: soundGraph('theirs'), baseRevision: 1 }, OTHER);
  const late = parts.drafts.save(_id, { name: 'Mine', graph: soundGraph('mine'), baseRevision: 1 }, OPERATOR);
  await expect(late).rejects.toMatchObject({
    code: 'draft-conflict',
    details: { draft: { name: 'Theirs', graph: soundGraph('theirs'), revision: 2, updatedBy: 'Wei' } },
  });
  expect(await parts.drafts.get(_id)).toMatchObject({ name: 'Theirs', revision: 2 });
});

test('[EDIT-2] of two saves at the same moment exactly one is taken', async () => {
  const { _id } = await parts.drafts.create({ name: 'Race' }, OPERATOR);
  const saves = ['one', 'two', 'three'].map((reason) =>
    parts.drafts.save(_id, { name: 'Race', graph: soundGraph(reason), baseRevision: 1 }, OPERATOR),
  );
  const outcomes = await Promise.allSettled(saves);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await parts.drafts.get(_id)).toMatchObject({ revision: 2 });
});

test('a save whose answer was lost can be repeated', async () => {
  const { _id } = await parts.drafts.create({ name: 'A' }, OPERATOR);
  const draft = { name: 'A', graph: soundGraph(), baseRevision: 1 };
  const first = await parts.drafts.save(_id, draft, OPERATOR);
  expect(await parts.drafts.save(_id, draft, OPERATOR)).toEqual(first);
});

test('a flow that does not exist is said so, for reading and for saving', async () => {
  await expect(parts.drafts.get('nowhere')).rejects.toMatchObject({ code: 'not-found' });
  const save = parts.drafts.save('nowhere', { name: 'A', graph: EMPTY_GRAPH, baseRevision: 1 }, OPERATOR);
  await expect(save).rejects.toMatchObject({ code: 'not-found' });
});
