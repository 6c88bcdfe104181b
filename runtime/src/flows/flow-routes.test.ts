import type { FlowVersion, RouteContract } from '@sluice/shared/http-api';
import { api } from '@sluice/shared/http-api';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RouteInput, Serve } from '../http/serve.ts';
import { registerFlowRoutes } from './flow-routes.ts';
import {
  createFlowParts,
  type FlowStore,
  OPERATOR,
  openFlowStore,
  recordActivation,
  soundGraph,
} from './flows.fixture.ts';

let store: FlowStore;
/** Calls the handler of a contract and holds its answer against the contract. */
let ask: <T>(route: RouteContract, input: object, caller?: object) => Promise<T>;

beforeAll(async () => {
  store = await openFlowStore();
  const handlers = new Map<unknown, (input: RouteInput<never>) => Promise<unknown>>();
  const serve: Serve = (route, handle) => {
    handlers.set(route, handle as never);
  };
  registerFlowRoutes(serve, {
    ...store,
    ...createFlowParts(store.database, recordActivation()),
    recent: { note: async () => {} },
  });
  ask = async (route, input, caller: object = { kind: 'account', account: OPERATOR, by: 'session' }) => {
    const reply = await handlers.get(route)?.({ params: {}, query: {}, body: {}, caller, ...input } as never);
    const misfits = [...Value.Errors(route.reply, reply)];
    if (misfits.length > 0) throw new Error(`${route.path} breaks its contract: ${JSON.stringify(misfits)}`);
    return reply as never;
  };
});
afterAll(() => store.stop());

test('a flow goes from creation to its published version, and each answer fits its contract', async () => {
  const { id: flowId, revision } = await ask<{ id: string; revision: number }>(api.flows.createFlow, {
    body: { name: 'Flow', graph: soundGraph() },
  });
  const params = { flowId };
  await ask(api.flows.saveDraft, { params, body: { name: 'Renamed', graph: soundGraph('x'), baseRevision: revision } });
  expect(await ask(api.flows.checkFlow, { params, body: { graph: soundGraph() } })).toEqual({ problems: [] });
  expect(await ask(api.flows.publishFlow, { params, body: { baseRevision: 2, note: '' } })).toEqual({ version: 1 });
  expect(await ask(api.flows.getFlow, { params })).toMatchObject({ name: 'Renamed', status: 'live' });
  expect(await ask(api.flows.listVersions, { params })).toMatchObject({ items: [{ publishedBy: OPERATOR.name }] });
  expect(await ask(api.flows.listFlows, {})).toMatchObject({ items: [{ name: 'Renamed', liveVersion: 1 }] });
  await ask(api.flows.archiveFlow, { params });
  expect(await ask(api.flows.getFlow, { params })).toMatchObject({ status: 'archived' });
});

test('a version is named when it is published, named anew, and nameless again; nothing else of it changes', async () => {
  const { id: flowId, revision } = await ask<{ id: string; revision: number }>(api.flows.createFlow, {
    body: { name: 'Flow', graph: soundGraph() },
  });
  const body = { baseRevision: revision, note: 'n', name: ' Spring ' };
  await ask(api.flows.publishFlow, { params: { flowId }, body });
  const listed = async () =>
    (await ask<{ items: FlowVersion[] }>(api.flows.listVersions, { params: { flowId } })).items;
  const [first] = await listed();
  expect(first).toMatchObject({ version: 1, name: 'Spring', note: 'n' });
  const params = { flowId, version: 1 };
  const renamed = await ask(api.flows.nameVersion, { params, body: { name: 'Autumn' } });
  expect(renamed).toEqual({ ...first, name: 'Autumn' });
  expect(await listed()).toEqual([renamed]);
  await ask(api.flows.nameVersion, { params, body: { name: '  ' } });
  expect((await listed())[0]).not.toHaveProperty('name');
});

test('a version that was never published cannot be named', async () => {
  const { id: flowId } = await ask<{ id: string }>(api.flows.createFlow, { body: { name: 'Flow' } });
  const named = ask(api.flows.nameVersion, { params: { flowId, version: 1 }, body: { name: 'x' } });
  await expect(named).rejects.toMatchObject({ code: 'not-found' });
});

test('nobody creates a flow without an account', async () => {
  const created = ask(api.flows.createFlow, { body: { name: 'Flow' } }, { kind: 'public' });
  await expect(created).rejects.toMatchObject({ code: 'not-signed-in' });
});

test('checking a graph for a flow that does not exist is refused', async () => {
  const checked = ask(api.flows.checkFlow, { params: { flowId: 'nowhere' }, body: { graph: soundGraph() } });
  await expect(checked).rejects.toMatchObject({ code: 'not-found' });
});
