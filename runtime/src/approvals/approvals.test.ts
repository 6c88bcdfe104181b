import type { Account } from '@sluice/shared/http-api';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dyingDatabase } from '../flows/dying-database.fake.ts';
import {
  createFlowParts,
  type FlowStore,
  OPERATOR,
  openFlowStore,
  recordActivation,
  soundGraph,
} from '../flows/flows.fixture.ts';
import type { Database } from '../stores/database.ts';
import { createApprovalNotices } from './approval-notices.ts';
import { approvals } from './approval-record.ts';
import { createApprovals } from './approvals.ts';

const SECOND: Account = { ...OPERATOR, id: 'account-2', name: 'Mo' };
let store: FlowStore;
beforeAll(async () => {
  store = await openFlowStore();
});
afterAll(() => store.stop());

function partsOver(database: Database, cases: { name: string; isPassed: boolean }[] = []) {
  const required = { isRequired: async () => true };
  const parts = createFlowParts(database, recordActivation(), undefined, { run: async () => cases }, required);
  const clock = { now: () => Date.parse('2026-11-22T09:00:00.000Z') };
  const accounts = { get: async (id: string) => (id === SECOND.id ? SECOND : undefined) };
  return { ...parts, approvals: createApprovals({ ...parts, database, clock, accounts }) };
}

/** A flow whose draft was sent for approval. */
async function requested(cases: { name: string; isPassed: boolean }[] = []) {
  const parts = partsOver(store.database, cases);
  const { _id: flowId } = await parts.drafts.create({ name: 'Flow', graph: soundGraph() }, OPERATOR);
  const wanted = { baseRevision: 1, note: '', ignoreCases: true };
  const { _id: id } = await parts.approvals.request(flowId, wanted, OPERATOR);
  return { ...parts, flowId, id };
}

const MOMENTS = ['before', 'after'] as const;
test.each(MOMENTS)(
  '[APPR-5] a kill %s any write of an approval leaves one version and one decision',
  async (moment) => {
    for (let write = 1; ; write += 1) {
      const { flowId, id, ...parts } = await requested();
      const dying = dyingDatabase(store.database, write, moment);
      const isDone = await partsOver(dying)
        .approvals.approve(id, {}, SECOND)
        .then(
          () => true,
          () => false,
        );
      await parts.approvals.resume();
      const request = await parts.approvals.get(id);
      const { liveVersion } = await parts.drafts.get(flowId);
      // Before the decision was written nothing has happened; after it, everything.
      const approved = { state: 'approved', version: 1, liveVersion: 1 };
      const { state, version } = request;
      expect({ state, version, liveVersion }).toMatchObject(state === 'open' ? { liveVersion: null } : approved);
      expect(await store.database.collection(approvals).countDocuments({ isUnfinished: true })).toBe(0);
      if (isDone) break;
      expect(write).toBeLessThan(20);
    }
  },
);

test('[APPR-4] what publishing refuses leaves the request open, to be decided anew', async () => {
  const { id, ...parts } = await requested([{ name: 'quiet hours', isPassed: false }]);
  await expect(parts.approvals.approve(id, {}, SECOND)).rejects.toMatchObject({ code: 'cases-failing' });
  expect(await parts.approvals.get(id)).toMatchObject({ state: 'open', cases: [{ isPassed: false }] });
  // Failing cases are passed over by an administrator alone.
  await expect(parts.approvals.approve(id, { ignoreCases: true }, SECOND)).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const administrator: Account = { ...SECOND, role: 'administrator' };
  expect(await parts.approvals.approve(id, { ignoreCases: true }, administrator)).toEqual({ version: 1 });
});

test('[APPR-6] a version that was published before a kill keeps its request, though the draft has moved on', async () => {
  const { flowId, id, ...parts } = await requested();
  await parts.approvals.approve(id, {}, SECOND);
  await store.database
    .collection(approvals)
    .updateOne({ _id: id }, { $set: { isUnfinished: true }, $unset: { version: true } });
  await parts.drafts.save(flowId, { name: 'Flow', graph: soundGraph('later'), baseRevision: 1 }, OPERATOR);
  await parts.approvals.resume();
  expect(await parts.approvals.get(id)).toMatchObject({ state: 'approved', version: 1 });
});

test('[APPR-7] who may decide hears of a request, and whoever asked of the decision, each once', async () => {
  const heard: string[] = [];
  const { id, drafts, ...parts } = await requested();
  await store.database.collection(approvals).updateMany({ _id: { $ne: id } }, { $unset: { untold: true } });
  const developer: Account = { ...OPERATOR, id: 'account-3', email: 'dev@example.test', role: 'developer' };
  const notices = createApprovalNotices({
    database: store.database,
    log: pino({ level: 'silent' }),
    drafts,
    publicUrl: 'https://sluice.example',
    accounts: { list: async () => [OPERATOR, { ...SECOND, email: 'mo@example.test' }, developer] },
    sender: {
      send: async (to, words) => {
        heard.push(`${to}: ${words?.text.split('\n')[0]}`);
        return { isSent: to.startsWith('lin'), detail: '' };
      },
    },
  });
  await notices.tell();
  await notices.tell();
  expect(heard).toEqual(['mo@example.test: “Flow” waits for approval; Lin asks.']);
  await parts.approvals.sendBack(id, 'Whom does it reach?', SECOND);
  await notices.tell();
  await notices.tell();
  expect(heard.slice(1)).toEqual(['lin@example.test: “Flow” was sent back.']);
});
