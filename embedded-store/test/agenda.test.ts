import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from './start-test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore({ isOnDisk: true });
});
afterAll(() => store.stop());

it('[STORE-20] runs Agenda jobs, each once, and recurring ones again', async () => {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: store.db }),
    processEvery: 100,
    maxConcurrency: 20,
    defaultConcurrency: 20,
    lockLimit: 100,
    defaultLockLimit: 40,
  });
  const ran: number[] = [];
  const ticks: Date[] = [];
  const failures: Error[] = [];
  let finish: () => void = () => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  const note = (): void => {
    if (ran.length >= 60 && ticks.length >= 2) finish();
  };
  agenda.on('error', (error: Error) => failures.push(error));
  agenda.define('once', async (job: { attrs: { data: { i: number } } }) => {
    ran.push(job.attrs.data.i);
    note();
  });
  agenda.define('tick', async () => {
    ticks.push(new Date());
    note();
  });
  await agenda.start();
  await agenda.every('1 second', 'tick');
  await Promise.all(Array.from({ length: 60 }, (_, i) => agenda.now('once', { i })));
  await done;
  // The last jobs may still be noting that they are done; a store closed under them would fail the run and name no test.
  await expect.poll(async () => (await agenda.getRunningStats()).runningJobs).toBe(0);
  await agenda.stop();
  expect(ran.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  expect(failures).toEqual([]);
  const indexes = await store.db.collection('agendaJobs').indexes();
  expect(indexes.map(({ name }) => name)).toContain('findAndLockNextJobIndex');
});
