import type { PublishPolicy } from '@sluice/shared/model';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dyingDatabase } from './dying-database.fake.ts';
import { createFlowPauses, endResumption } from './flow-pauses.ts';
import { flows, flowVersions } from './flow-record.ts';
import {
  createFlowParts,
  type FlowParts,
  type FlowStore,
  OPERATOR,
  openFlowStore,
  type RecordedActivation,
  recordActivation,
  recordChanges,
  soundGraph,
} from './flows.fixture.ts';
import { readInFlight } from './in-flight.ts';

let store: FlowStore;
let parts: FlowParts;
let activation: RecordedActivation;
let changes: ReturnType<typeof recordChanges>;
let flowId: string;
beforeAll(async () => {
  store = await openFlowStore();
});
afterAll(() => store.stop());

/** Version 1 has the reason "one", version 2 "two"; the draft goes on with "three". */
beforeEach(async () => {
  for (const { name } of [flows, flowVersions]) await store.database.db.collection(name).deleteMany({});
  activation = recordActivation();
  changes = recordChanges();
  parts = createFlowParts(store.database, activation, changes);
  flowId = (await parts.drafts.create({ name: 'Flow', graph: soundGraph('one') }, OPERATOR))._id;
  await publish(1);
  await save('two', 1);
  await publish(2);
  await save('three', 2);
  activation.told.length = 0;
});

const save = (reason: string, baseRevision: number) =>
  parts.drafts.save(flowId, { name: 'Flow', graph: soundGraph(reason), baseRevision }, OPERATOR);
const publish = (baseRevision: number, policy?: PublishPolicy) =>
  parts.publisher.publish(flowId, { baseRevision, note: '', policy }, OPERATOR);
const rollBack = (version: number, policy?: PublishPolicy) =>
  parts.publisher.rollBack(flowId, { version, note: 'back', policy }, OPERATOR);
const stateOf = async () => {
  const { status, liveVersion } = await parts.drafts.get(flowId);
  return { status, liveVersion };
};

test('[RUN-5] the policy is stored with the version, and its bulk change begins once, for older versions alone', async () => {
  const policy: PublishPolicy = { kind: 'move', gone: [{ node: 'wait', fate: 'end' }] };
  expect(await publish(3, policy)).toEqual({ version: 3 });
  await parts.settling.settle(flowId);
  expect(changes.begun).toEqual([
    { id: `${flowId}:3:move`, flowId, order: { ...policy, to: 3 }, upToVersion: 2, by: 'Lin' },
  ]);
});

test('[RUN-5] runs stay in their version where the operator says nothing', async () => {
  await publish(3);
  expect(changes.begun).toEqual([]);
});

test('[RUN-5] a policy that would put runs where they cannot be is refused, and nothing is published', async () => {
  for (const target of ['nowhere', 'start']) {
    const policy: PublishPolicy = { kind: 'move', gone: [{ node: 'wait', fate: 'move', target }] };
    await expect(publish(3, policy)).rejects.toMatchObject({ code: 'request-invalid' });
  }
  expect(await stateOf()).toEqual({ status: 'live', liveVersion: 2 });
});

test('[RUN-5] where runs stand is held against the draft, or against the version to roll back to', async () => {
  const standing = async () => [
    { version: 1, node: 'end', waiting: 2, failed: 0 },
    { version: 2, node: 'end', waiting: 3, failed: 1 },
  ];
  await parts.drafts.save(
    flowId,
    { name: 'Flow', graph: { schema: 1, nodes: [], edges: [] }, baseRevision: 3 },
    OPERATOR,
  );
  const deps = { ...parts, standing };
  expect(await readInFlight(deps, flowId, undefined)).toEqual({
    total: 6,
    nodes: [{ node: 'end', kind: 'exit', waiting: 5, failed: 1, fits: false }],
  });
  expect(await readInFlight(deps, flowId, 1)).toMatchObject({ nodes: [{ fits: true }] });
});

test('[RUN-5] rolling back publishes the older graph as the next version and leaves the draft as it is', async () => {
  expect(await rollBack(1, { kind: 'end' })).toEqual({ version: 3 });
  expect((await parts.versions.newest(flowId))?.graph).toEqual(soundGraph('one'));
  const [newest] = (await parts.list.listVersions(await parts.drafts.get(flowId), {})).items;
  expect(newest).toMatchObject({ version: 3, note: 'back', rolledBackTo: 1 });
  expect(await parts.list.describe(await parts.drafts.get(flowId))).toMatchObject({
    graph: soundGraph('three'),
    revision: 3,
    hasUnpublishedChanges: true,
  });
  expect(changes.begun).toMatchObject([{ order: { kind: 'end', to: 3 }, upToVersion: 2 }]);
  expect(await publish(3)).toEqual({ version: 4 });
});

test('rolling back twice makes one version, and to a version that never was is refused', async () => {
  expect(await Promise.all([rollBack(1), rollBack(1)])).toEqual([{ version: 3 }, { version: 3 }]);
  expect(await rollBack(1)).toEqual({ version: 3 });
  await expect(rollBack(9)).rejects.toMatchObject({ code: 'not-found' });
});

test.each(
  [1, 2, 3, 4].flatMap((write) => [
    { write, moment: 'before' as const },
    { write, moment: 'after' as const },
  ]),
)(
  '[RUN-5] after a kill $moment write $write of a roll-back the draft can be published, and no version is another than it was',
  async ({ write, moment }) => {
    const doomed = createFlowParts(dyingDatabase(store.database, write, moment), recordActivation(), changes);
    await expect(
      doomed.publisher.rollBack(flowId, { version: 1, note: '', policy: { kind: 'end' } }, OPERATOR),
    ).rejects.toThrow('killed');
    await parts.settling.settleAll();
    const isRolledBack = (await stateOf()).liveVersion === 3;
    const third = isRolledBack ? (await parts.versions.get(flowId, 3))?.graph : soundGraph('one');
    expect(third).toEqual(soundGraph('one'));
    expect(changes.begun.map(({ id }) => id)).toEqual(isRolledBack ? [`${flowId}:3:move`] : []);
    const { version } = await publish(3);
    expect(version).toBe(isRolledBack ? 4 : 3);
    expect((await parts.versions.get(flowId, version))?.graph).toEqual(soundGraph('three'));
    expect(await store.database.collection(flows).countDocuments({ isUnsettled: true })).toBe(0);
  },
);

test('a publish and a roll-back at the same moment make one version each, with the graph that each was asked for', async () => {
  const [published, rolledBack] = await Promise.all([publish(3), rollBack(1)]);
  expect([published.version, rolledBack.version].sort()).toEqual([3, 4]);
  expect((await parts.versions.get(flowId, published.version))?.graph).toEqual(soundGraph('three'));
  expect((await parts.versions.get(flowId, rolledBack.version))?.graph).toEqual(soundGraph('one'));
});

test('[RUN-9] pausing stops the triggers, resuming starts them and lets go what the pause held', async () => {
  await parts.publisher.pause(flowId, OPERATOR);
  await parts.publisher.pause(flowId, OPERATOR);
  expect(await stateOf()).toEqual({ status: 'paused', liveVersion: 2 });
  expect(await parts.versions.isLive(flowId, 2)).toBe(false);
  const pauses = createFlowPauses(store);
  expect(await pauses.paused([flowId, 'other'])).toEqual(new Set([flowId]));

  const how = { kind: 'spread' as const, overMs: 3_600_000 };
  await parts.publisher.resume(flowId, how, OPERATOR);
  await parts.publisher.resume(flowId, how, OPERATOR);
  expect(await pauses.paused([flowId])).toEqual(new Set());
  expect(await pauses.holding([flowId])).toEqual(new Set([flowId]));
  expect(new Set(activation.told)).toEqual(new Set([`paused ${flowId}`, `published ${flowId}:2`]));
  expect(changes.begun).toMatchObject([{ flowId, order: { kind: 'resume', how }, upToVersion: 2 }]);
  await endResumption(store.database, flowId, changes.begun[0]?.id ?? '');
  expect(await pauses.holding([flowId])).toEqual(new Set());
});

test('[RUN-9] a paused flow that is published stays paused, and goes on in its new version when it is resumed', async () => {
  await parts.publisher.pause(flowId, OPERATOR);
  expect(await publish(3, { kind: 'end' })).toEqual({ version: 3 });
  expect(await publish(3)).toEqual({ version: 3 });
  expect(await stateOf()).toEqual({ status: 'paused', liveVersion: 3 });
  await parts.publisher.resume(flowId, { kind: 'go-on' }, OPERATOR);
  expect(activation.told.at(-1)).toBe(`published ${flowId}:3`);
  expect(changes.begun.map(({ order }) => order.kind)).toEqual(['end', 'resume']);
});

test('[RUN-9] putting a paused flow away lets its runs go on to their end', async () => {
  await parts.publisher.pause(flowId, OPERATOR);
  await parts.publisher.archive(flowId, OPERATOR);
  expect(await stateOf()).toMatchObject({ status: 'archived' });
  expect(changes.begun).toMatchObject([{ order: { kind: 'resume', how: { kind: 'go-on' } } }]);
});

test('[RUN-9] only a live flow can be paused, and only a paused one resumed', async () => {
  const draft = (await parts.drafts.create({ name: 'Draft', graph: soundGraph() }, OPERATOR))._id;
  await expect(parts.publisher.pause(draft, OPERATOR)).rejects.toMatchObject({ code: 'flow-not-live' });
  await expect(parts.publisher.resume(draft, { kind: 'go-on' }, OPERATOR)).rejects.toMatchObject({
    code: 'flow-not-live',
  });
  await expect(parts.publisher.pause('nowhere', OPERATOR)).rejects.toMatchObject({ code: 'not-found' });
});

test.each(['before', 'after'] as const)(
  '[RUN-9] a kill right %s the write of a resumption leaves the flow paused or resumed as it was asked',
  async (moment) => {
    await parts.publisher.pause(flowId, OPERATOR);
    const doomed = createFlowParts(dyingDatabase(store.database, 1, moment), recordActivation(), changes);
    await expect(doomed.publisher.resume(flowId, { kind: 'skip-overdue' }, OPERATOR)).rejects.toThrow('killed');
    await parts.settling.settleAll();
    expect((await stateOf()).status).toBe(moment === 'before' ? 'paused' : 'live');
    expect(changes.begun.map(({ order }) => order)).toEqual(
      moment === 'before' ? [] : [{ kind: 'resume', how: { kind: 'skip-overdue' } }],
    );
  },
);
