import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createManualScheduler } from '../audiences/audiences.fixture.ts';
import { COLLECTIONS } from '../composition/collections.ts';
import { composeData } from '../composition/data.ts';
import { attributeDefinitions } from '../conditions/dictionary-record.ts';
import { profiles } from '../profiles/profile-record.ts';

const BY = { id: 'a', email: 'a@example.test', name: 'Ada', role: 'administrator' as const, createdAt: '' };
const time = { now: Date.UTC(2026, 2, 10, 8) };
const manual = createManualScheduler();
let opened: TestDatabase;
let data: ReturnType<typeof composeData>;

beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
  data = composeData(
    { database: opened.database, clock: { now: () => time.now }, log: pino({ level: 'silent' }) },
    { scheduler: manual.scheduler, timeZone: 'UTC', onEvents: () => {}, onRecognised: async () => {} },
  );
});
afterAll(async () => {
  await data.saved.stop();
  await data.dictionary.close();
  await opened.close();
});

test('[ATTR-2] values that were left when the process stopped are taken away after its restart', async () => {
  await data.ingest.accept([{ type: 'identify', userId: 'ada', traits: { tier: 'gold', kept: 1 } }]);
  await data.dictionary.flush();
  time.now += 1001;
  await data.derived.removal.remove('tier', BY, { isConfirmed: false });
  await manual.runJobs({ signal: AbortSignal.abort() });
  const attributes = async () => (await opened.database.collection(profiles).findOne({ userId: 'ada' }))?.attributes;
  expect(await attributes()).toEqual({ tier: 'gold', kept: 1 });
  await data.derived.removal.resume();
  await manual.runJobs();
  expect(await attributes()).toEqual({ kept: 1 });
  await data.derived.removal.resume();
  expect(await manual.runJobs()).toBe(0);
});

test('[ATTR-4] what arrived before an attribute was deleted and is noted late does not bring it back', async () => {
  await data.ingest.accept([{ type: 'identify', userId: 'bob', traits: { plan: 'a' } }]);
  await data.dictionary.flush();
  await data.ingest.accept([{ type: 'identify', userId: 'bob', traits: { plan: 'b' } }]);
  time.now += 1001;
  await data.derived.removal.remove('plan', BY, { isConfirmed: false });
  await data.dictionary.flush();
  const stored = opened.database.collection(attributeDefinitions);
  expect(await stored.findOne({ _id: 'plan' })).toMatchObject({ deleted: { by: 'Ada' } });
  time.now += 1001;
  await data.ingest.accept([{ type: 'identify', userId: 'bob', traits: { plan: 3 } }]);
  await data.dictionary.flush();
  expect(await stored.findOne({ _id: 'plan' })).toMatchObject({ type: 'number' });
  expect((await stored.findOne({ _id: 'plan' }))?.deleted).toBeUndefined();
});
