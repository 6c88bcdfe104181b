import { DEFAULT_MEASUREMENT, type Graph } from '@sluice/shared/graph';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dyingDatabase } from './dying-database.fake.ts';
import { flows, flowVersions, readGraph } from './flow-record.ts';
import {
  createFlowParts,
  type FlowParts,
  type FlowStore,
  OPERATOR,
  openFlowStore,
  type RecordedActivation,
  recordActivation,
  soundGraph,
} from './flows.fixture.ts';

let store: FlowStore;
let parts: FlowParts;
let activation: RecordedActivation;
beforeAll(async () => {
  store = await openFlowStore();
});
afterAll(() => store.stop());
beforeEach(async () => {
  for (const declaration of [flows, flowVersions]) await store.database.db.collection(declaration.name).deleteMany({});
  activation = recordActivation();
  parts = createFlowParts(store.database, activation);
});

async function createFlow(graph: Graph = soundGraph()): Promise<string> {
  return (await parts.drafts.create({ name: 'Flow', graph }, OPERATOR))._id;
}
const publish = (flowId: string, baseRevision: number, note = '') =>
  parts.publisher.publish(flowId, { baseRevision, note }, OPERATOR);
const versionsOf = async (flowId: string) => (await parts.list.listVersions(await parts.drafts.get(flowId), {})).items;

test('publishing freezes the draft as version 1, makes the flow live and tells the triggers', async () => {
  const flowId = await createFlow();
  expect(await publish(flowId, 1, 'first')).toEqual({ version: 1 });
  expect(await parts.list.describe(await parts.drafts.get(flowId))).toMatchObject({
    status: 'live',
    liveVersion: 1,
    hasUnpublishedChanges: false,
  });
  expect(await versionsOf(flowId)).toMatchObject([
    { version: 1, note: 'first', publishedBy: 'Lin', graph: soundGraph() },
  ]);
  expect(activation.told).toEqual([`published ${flowId}:1`]);
});

test('a version stays as it was when the draft goes on', async () => {
  const flowId = await createFlow(soundGraph('one'));
  await publish(flowId, 1);
  await parts.drafts.save(flowId, { name: 'Flow', graph: soundGraph('two'), baseRevision: 1 }, OPERATOR);
  expect(await parts.list.describe(await parts.drafts.get(flowId))).toMatchObject({ hasUnpublishedChanges: true });
  expect((await parts.versions.get(flowId, 1))?.graph).toEqual(soundGraph('one'));
  expect(await publish(flowId, 2)).toEqual({ version: 2 });
  expect((await parts.versions.get(flowId, 1))?.graph).toEqual(soundGraph('one'));
  expect((await parts.versions.get(flowId, 2))?.graph).toEqual(soundGraph('two'));
});

test('a draft with errors is refused with all its problems, and nothing is published', async () => {
  const graph = soundGraph();
  const flowId = await createFlow({ ...graph, edges: [] });
  await expect(publish(flowId, 1)).rejects.toMatchObject({
    code: 'flow-has-problems',
    details: { problems: expect.arrayContaining([expect.objectContaining({ code: 'open-port', node: 'start' })]) },
  });
  expect(await parts.drafts.get(flowId)).toMatchObject({ status: 'draft', liveVersion: null });
  expect(activation.told).toEqual([]);
});

test('a draft that has moved on since it was looked at is not published', async () => {
  const flowId = await createFlow();
  await parts.drafts.save(flowId, { name: 'Flow', graph: soundGraph('newer'), baseRevision: 1 }, OPERATOR);
  await expect(publish(flowId, 1)).rejects.toMatchObject({
    code: 'draft-conflict',
    details: { draft: { revision: 2 } },
  });
});

test('publishing what is live already answers with its version and starts nothing again', async () => {
  const flowId = await createFlow();
  await publish(flowId, 1);
  expect(await publish(flowId, 1)).toEqual({ version: 1 });
  expect(activation.told).toEqual([`published ${flowId}:1`]);
});

test('publishing twice at the same moment makes one version', async () => {
  const flowId = await createFlow();
  expect(await Promise.all([publish(flowId, 1), publish(flowId, 1), publish(flowId, 1)])).toEqual(
    [1, 1, 1].map((version) => ({ version })),
  );
  expect(await versionsOf(flowId)).toHaveLength(1);
});

test('archiving stops the triggers and keeps the versions; publishing again brings the flow back as the next version', async () => {
  const flowId = await createFlow();
  await publish(flowId, 1);
  await parts.publisher.archive(flowId, OPERATOR);
  expect(await parts.drafts.get(flowId)).toMatchObject({ status: 'archived', liveVersion: 1 });
  expect(await parts.versions.isLive(flowId, 1)).toBe(false);
  expect((await parts.versions.newest(flowId))?.version).toBe(1);
  expect(await publish(flowId, 1)).toEqual({ version: 2 });
  expect(activation.told).toEqual([`published ${flowId}:1`, `archived ${flowId}`, `published ${flowId}:2`]);
});

test('archiving a flow that does not exist is said so', async () => {
  await expect(parts.publisher.archive('nowhere', OPERATOR)).rejects.toMatchObject({ code: 'not-found' });
});

// Publishing writes four times: the claim, the version, the flow, the mark. `dead before n` dies instead of the n-th write,
// `dead after n` right behind it.
test.each(
  [1, 2, 3, 4].flatMap((write) => [
    { write, moment: 'before' as const },
    { write, moment: 'after' as const },
  ]),
)(
  'a kill $moment write $write of publishing leaves the old state or the new one, and the triggers are told in the end',
  async ({ write, moment }) => {
    const flowId = await createFlow(soundGraph('one'));
    await publish(flowId, 1);
    await parts.drafts.save(flowId, { name: 'Flow', graph: soundGraph('two'), baseRevision: 1 }, OPERATOR);

    const doomed = createFlowParts(dyingDatabase(store.database, write, moment), recordActivation());
    await expect(doomed.publisher.publish(flowId, { baseRevision: 2, note: '' }, OPERATOR)).rejects.toThrow('killed');

    const { liveVersion } = await parts.drafts.get(flowId);
    expect((await versionsOf(flowId)).map(({ version }) => version)).toEqual(liveVersion === 2 ? [2, 1] : [1]);

    activation.told.length = 0;
    await parts.settling.settleAll();
    expect(await publish(flowId, 2)).toEqual({ version: 2 });
    expect((await parts.versions.newest(flowId))?.graph).toEqual(soundGraph('two'));
    expect(await versionsOf(flowId)).toHaveLength(2);
    const isToldBeforeTheKill = write === 4 && moment === 'after';
    expect(activation.told).toEqual(isToldBeforeTheKill ? [] : [`published ${flowId}:2`]);
    expect(await store.database.collection(flows).countDocuments({ isUnsettled: true })).toBe(0);
  },
);

test('a version left behind by a kill gives way to the draft that is published instead', async () => {
  const flowId = await createFlow(soundGraph('left behind'));
  const doomed = createFlowParts(dyingDatabase(store.database, 2, 'after'), recordActivation());
  await expect(doomed.publisher.publish(flowId, { baseRevision: 1, note: '' }, OPERATOR)).rejects.toThrow('killed');
  await parts.drafts.save(flowId, { name: 'Flow', graph: soundGraph('instead'), baseRevision: 1 }, OPERATOR);
  expect(await publish(flowId, 2)).toEqual({ version: 1 });
  expect((await parts.versions.get(flowId, 1))?.graph).toEqual(soundGraph('instead'));
});

test('triggers that could not be told are told by the next start', async () => {
  const flowId = await createFlow();
  const deaf = createFlowParts(store.database, {
    ...recordActivation(),
    published: () => Promise.reject(new Error('the scheduler is down')),
  });
  await expect(deaf.publisher.publish(flowId, { baseRevision: 1, note: '' }, OPERATOR)).rejects.toThrow('scheduler');
  await parts.settling.settleAll();
  expect(activation.told).toEqual([`published ${flowId}:1`]);
  await parts.settling.settleAll();
  expect(activation.told).toHaveLength(1);
});

test('a flow that is archived while its publishing is being told ends with its triggers stopped', async () => {
  const flowId = await createFlow();
  const told: string[] = [];
  const slow = createFlowParts(store.database, {
    published: async ({ version }) => {
      if (told.length === 0) await parts.publisher.archive(flowId, OPERATOR);
      told.push(`published ${version}`);
    },
    paused: async () => {},
    archived: async () => {
      told.push('archived');
    },
  });
  await slow.publisher.publish(flowId, { baseRevision: 1, note: '' }, OPERATOR);
  expect(told).toEqual(['published 1', 'archived']);
  expect(await parts.drafts.get(flowId)).toMatchObject({ status: 'archived' });
});

test('every version listens to events, old ones too; one without a measurement to clicks on its own links', async () => {
  const measurement = { conversionEvent: 'Order Completed', windowMs: 86_400_000 };
  const flowId = await createFlow({ ...soundGraph(), measurement });
  await publish(flowId, 1);
  await parts.drafts.save(flowId, { name: 'Flow', graph: soundGraph('unmeasured'), baseRevision: 1 }, OPERATOR);
  await publish(flowId, 2);
  const listening = [
    { flowId, version: 1, measurement },
    { flowId, version: 2, measurement: DEFAULT_MEASUREMENT },
  ];
  expect(await parts.versions.listeners()).toEqual(listening);
  expect(await parts.versions.listeners()).toEqual(listening);
});

test('a draft never loses its own words by being published', async () => {
  const flowId = await createFlow();
  await publish(flowId, 1);
  expect(readGraph(await parts.drafts.get(flowId))).toEqual(soundGraph());
});
