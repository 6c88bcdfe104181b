import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../stores/database.ts';
import { openTestDatabase } from '../../test/open-test-database.ts';
import { agendaJobs, createAgendaScheduler } from './agenda-scheduler.ts';
import type { Scheduler } from './scheduler.ts';

let opened: { database: Database; close(): Promise<void> };
let schedulers: Scheduler[];
beforeEach(async () => {
  opened = await openTestDatabase([agendaJobs]);
  schedulers = [];
});
afterEach(async () => {
  await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
  await opened.close();
});

function open(lookEveryMs?: number): Scheduler {
  const scheduler = createAgendaScheduler(opened.database, pino({ level: 'silent' }), lookEveryMs);
  schedulers.push(scheduler);
  return scheduler;
}

/** Resolves with the payloads once `count` jobs have run. */
function collect(scheduler: Scheduler, name: string, count: number): Promise<unknown[]> {
  const seen: unknown[] = [];
  return new Promise((resolve) => {
    scheduler.define(name, async (payload) => {
      seen.push(payload);
      if (seen.length === count) resolve(seen);
    });
  });
}

describe('the Agenda scheduler', () => {
  it('runs a due job with its payload and forgets it', async () => {
    const scheduler = open();
    const ran = collect(scheduler, 'greet', 1);
    await scheduler.at('greet', 'a', Date.now(), { name: 'Ada' });
    await scheduler.start();
    expect(await ran).toEqual([{ name: 'Ada' }]);
    await scheduler.stop();
    expect(await opened.database.collection(agendaJobs).countDocuments({})).toBe(0);
  });

  it('does not wait for its next look to begin what its own process asks for', async () => {
    const scheduler = open(3_600_000);
    const ran = collect(scheduler, 'greet', 2);
    await scheduler.start();
    for (const name of ['Ada', 'Lin']) await scheduler.at('greet', name, Date.now(), { name });
    expect(await ran).toEqual([{ name: 'Ada' }, { name: 'Lin' }]);
  });

  it('keeps one job per name and key, also when two processes ask at once', async () => {
    const [one, other] = [open(), open()];
    await Promise.all([
      ...Array.from({ length: 5 }, () => one.at('greet', 'a', Date.now() + 60_000, {})),
      ...Array.from({ length: 5 }, () => other.at('greet', 'a', Date.now() + 60_000, {})),
      one.at('greet', 'b', Date.now() + 60_000, {}),
    ]);
    expect(await opened.database.collection(agendaJobs).countDocuments({})).toBe(2);
  });

  it('cancels by the beginning of the key', async () => {
    const scheduler = open();
    for (const key of ['flow-1:2', 'flow-1:3', 'flow-10:1']) await scheduler.at('fire', key, Date.now() + 60_000, {});
    await scheduler.cancelPrefix('fire', 'flow-1:');
    const left = await opened.database.collection(agendaJobs).find().toArray();
    expect(left.map((job) => job.data.key)).toEqual(['flow-10:1']);
  });

  it('plans the next run of a series as far ahead as it was told', async () => {
    const scheduler = open();
    const ran = collect(scheduler, 'sweep', 1);
    await scheduler.every('sweep', 'all', 90_500);
    await scheduler.start();
    await ran;
    await scheduler.stop();
    const [job] = await opened.database.db.collection('agendaJobs').find().toArray();
    expect(job?.['nextRunAt'].getTime() - job?.['lastRunAt'].getTime()).toBe(90_500);
  });

  it('runs a job again that failed', async () => {
    const scheduler = open();
    let tries = 0;
    const succeeded = new Promise<void>((resolve) => {
      scheduler.define('flaky', async () => {
        tries++;
        if (tries === 1) throw new Error('not yet');
        resolve();
      });
    });
    await scheduler.at('flaky', 'a', Date.now(), {});
    await scheduler.start();
    await succeeded;
    expect(tries).toBe(2);
  });
});
