import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFlowList } from './flow-list.ts';
import { flows } from './flow-record.ts';
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
});
afterAll(() => store.stop());
beforeEach(async () => {
  await store.database.db.collection(flows.name).deleteMany({});
  parts = createFlowParts(store.database, recordActivation());
});

async function createNamed(...names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push((await parts.drafts.create({ name, graph: soundGraph() }, OPERATOR))._id);
  return ids;
}
const namesOf = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name);

test('the flow changed last stands first', async () => {
  const [first] = await createNamed('A', 'B', 'C');
  await parts.drafts.save(first ?? '', { name: 'A', graph: soundGraph('new'), baseRevision: 1 }, OPERATOR);
  expect(namesOf(await parts.list.list({}))).toEqual(['A', 'C', 'B']);
});

test('pages follow each other without gap or repetition, also when flows changed at the same moment', async () => {
  await createNamed('A', 'B', 'C', 'D', 'E');
  await store.database.collection(flows).updateMany({}, { $set: { updatedAt: new Date(0) } });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await parts.list.list({ limit: 2, after });
    seen.push(...namesOf(page));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(['E', 'D', 'C', 'B', 'A']);
});

test('a search finds names that contain the text, whatever the case, and takes signs for themselves', async () => {
  await createNamed('Win back', 'welcome (new)', 'Price 50% off?', '召回老客');
  expect(namesOf(await parts.list.list({ search: 'W' }))).toEqual(['welcome (new)', 'Win back']);
  expect(namesOf(await parts.list.list({ search: '(NEW)' }))).toEqual(['welcome (new)']);
  expect(namesOf(await parts.list.list({ search: '.*' }))).toEqual([]);
  expect(namesOf(await parts.list.list({ search: '老客' }))).toEqual(['召回老客']);
});

test('a summary carries how many runs entered', async () => {
  const [flowId = ''] = await createNamed('A');
  const counted = createFlowList({
    database: store.database,
    totals: { entered: async (ids) => new Map(ids.map((id) => [id, 64_000])) },
  });
  expect((await counted.list({})).items).toMatchObject([{ id: flowId, entered: 64_000 }]);
  expect((await parts.list.list({})).items).toMatchObject([{ entered: 0 }]);
});

test('versions are listed newest first, page by page', async () => {
  const [flowId = ''] = await createNamed('A');
  for (const revision of [1, 2, 3]) {
    await parts.publisher.publish(flowId, { baseRevision: revision, note: `note ${revision}` }, OPERATOR);
    const graph = soundGraph(`${revision}`);
    await parts.drafts.save(flowId, { name: 'A', graph, baseRevision: revision }, OPERATOR);
  }
  const flow = await parts.drafts.get(flowId);
  const first = await parts.list.listVersions(flow, { limit: 2 });
  expect(first.items.map(({ version }) => version)).toEqual([3, 2]);
  const second = await parts.list.listVersions(flow, { limit: 2, after: first.next ?? undefined });
  expect(second.items.map(({ note }) => note)).toEqual(['note 1']);
  expect(second.next).toBeNull();
});
