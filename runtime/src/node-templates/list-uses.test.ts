import type { Graph } from '@sluice/shared/graph';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createFlowParts,
  type FlowParts,
  type FlowStore,
  OPERATOR,
  openFlowStore,
  recordActivation,
  soundGraph,
} from '../flows/flows.fixture.ts';
import { createVersionFreezer } from '../flows/freeze-version.ts';
import { listUses } from './list-uses.ts';

let store: FlowStore;
let parts: FlowParts;
beforeAll(async () => {
  store = await openFlowStore();
  parts = createFlowParts(store.database, recordActivation());
});
afterAll(() => store.stop());

const KINDS = ['tier@1.0.0', 'tier@1.1.0'];

function graphWith(kind: string): Graph {
  const graph = soundGraph();
  const step = { id: 'step', kind, kindVersion: 1, params: {}, position: { x: 0, y: 0 } };
  return { ...graph, nodes: [...graph.nodes, step] };
}

/** Publishes the draft as it is; what its kinds would say of it is not the matter here. */
async function publish(flowId: string): Promise<void> {
  const freeze = createVersionFreezer({ ...store, clock: { now: () => Date.parse('2026-11-22T09:00:00.000Z') } });
  const flow = await parts.drafts.get(flowId);
  await freeze(flow, { graphText: flow.graphText, digest: flow.digest, note: '', by: 'Lin' });
}

test('a template is found where it stands: by its version, in drafts, in versions and live', async () => {
  const { _id: flowId } = await parts.drafts.create({ name: 'Spring', graph: graphWith('tier@1.0.0') }, OPERATOR);
  await parts.drafts.create({ name: 'Autumn', graph: graphWith('tier@1.1.0') }, OPERATOR);
  await parts.drafts.create({ name: 'Without', graph: soundGraph() }, OPERATOR);
  await publish(flowId);
  const save = (graph: Graph, baseRevision: number) =>
    parts.drafts.save(flowId, { name: 'Spring', graph, baseRevision }, OPERATOR);
  await save(graphWith('tier@1.1.0'), 1);
  await publish(flowId);
  await save(soundGraph('without it'), 2);

  const { items, isCut } = await listUses(store.database, KINDS);
  expect(isCut).toBe(false);
  const { isInDraft, ...published } = { flowName: 'Spring', flowId, status: 'live', isInDraft: false };
  expect(items).toEqual([
    { ...published, isInDraft, version: '1.1.0', flowVersions: [2], isLive: true },
    expect.objectContaining({ flowName: 'Autumn', version: '1.1.0', isInDraft: true, flowVersions: [], isLive: false }),
    { ...published, isInDraft, version: '1.0.0', flowVersions: [1], isLive: false },
  ]);
});
