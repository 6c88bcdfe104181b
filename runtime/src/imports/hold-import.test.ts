import { MINUTE_MS } from '@sluice/shared/time';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { holdImport } from './hold-import.ts';
import { imports } from './import-record.ts';

const START = Date.UTC(2026, 2, 10, 8);
let opened: TestDatabase;
const state = { now: START, touches: 0 };
beforeEach(async () => {
  opened = await openTestDatabase([imports]);
  Object.assign(state, { now: START, touches: 0 });
  const record = { _id: 'i', status: 'running', fence: 'mine', heldAt: new Date(START) };
  await opened.database.collection(imports).insertOne(record as never);
});
afterEach(() => opened.close());

function hold() {
  const collection = opened.database.collection(imports);
  const touch = async () => void (state.touches += 1);
  return holdImport({ collection, clock: { now: () => state.now } }, { importId: 'i', fence: 'mine' }, { touch });
}

it('[IMP-2] a worker that takes long over what it reads keeps its import and its job', async () => {
  const mine = hold();
  state.now += MINUTE_MS;
  await mine.beat();
  mine.release();
  expect(mine.signal.aborted).toBe(false);
  expect(state.touches).toBe(1);
  expect(await opened.database.collection(imports).findOne()).toMatchObject({ heldAt: new Date(START + MINUTE_MS) });
});

it('[IMP-2] a worker whose import another one has stops, and leaves the job to it', async () => {
  const mine = hold();
  await opened.database.collection(imports).updateOne({ _id: 'i' }, { $set: { fence: 'another' } });
  await mine.beat();
  mine.release();
  expect(mine.signal.aborted).toBe(true);
  expect(state.touches).toBe(0);
});
