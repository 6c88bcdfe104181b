import type { Account } from '@sluice/shared/http-api';
import type { Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyIndexes, type CollectionDeclaration } from '../stores/database.ts';
import { createFlowParts, type FlowStore, OPERATOR, openFlowStore, recordActivation } from './flows.fixture.ts';
import { createFlowPresence, type FlowPresence, presences } from './presence.ts';

const WEI: Account = { ...OPERATOR, id: 'account-2', name: 'Wei', role: 'analyst' };

let store: FlowStore;
let presence: FlowPresence;
let flowId: string;
let now = Date.UTC(2026, 10, 22);
beforeAll(async () => {
  store = await openFlowStore();
  await applyIndexes(store.database, [presences] as unknown as CollectionDeclaration<Document>[]);
  presence = createFlowPresence({ database: store.database, clock: { now: () => now } });
  const { drafts } = createFlowParts(store.database, recordActivation());
  flowId = (await drafts.create({ name: 'Open' }, OPERATOR))._id;
});
afterAll(() => store.stop());

const tab = (visit: string, node: string | null = null) => ({ visit, node, isEditing: true });

test('everybody who has the draft open hears of the others, where they are, and of the stored revision', async () => {
  expect(await presence.show(flowId, tab('one', 'delay'), OPERATOR)).toEqual({
    others: [],
    draft: { revision: 1, savedBy: OPERATOR.name },
  });
  const { others } = await presence.show(flowId, { ...tab('two'), isEditing: false }, WEI);
  expect(others).toMatchObject([{ name: OPERATOR.name, node: 'delay', isYou: false, isEditing: true }]);
  const again = await presence.show(flowId, tab('three'), OPERATOR);
  expect(again.others.map(({ visit, isYou }) => [visit, isYou])).toEqual([
    ['one', true],
    ['two', false],
  ]);
});

test('who leaves is gone at once, who falls silent after a while, and nobody speaks for another account', async () => {
  await presence.show(flowId, { ...tab('one'), isLeaving: true }, WEI);
  expect((await presence.show(flowId, tab('two'), WEI)).others.map(({ visit }) => visit)).toContain('one');
  await presence.show(flowId, { ...tab('one'), isLeaving: true }, OPERATOR);
  expect((await presence.show(flowId, tab('two'), WEI)).others.map(({ visit }) => visit)).toEqual(['three']);
  now += 21_000;
  expect((await presence.show(flowId, tab('two'), WEI)).others).toEqual([]);
});

test('a flow that does not exist has no visitors', async () => {
  await expect(presence.show('nowhere', tab('one'), WEI)).rejects.toMatchObject({ code: 'not-found' });
});
