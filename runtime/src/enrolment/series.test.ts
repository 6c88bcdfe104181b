import { DAY_MS, HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runs } from '../executor/run-record.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { createActivation } from './activation.ts';
import { type EntryBench, flowWith, openEntryBench, START } from './enrolment.fixture.ts';
import { enrolments } from './enrolment-record.ts';

let bench: EntryBench;
beforeAll(async () => {
  bench = await openEntryBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.clear();
  await bench.addProfiles({ _id: 'ann' }, { _id: 'bob' });
});

type Job = { name: string; key: string; runAt: number; payload: object };

/** Agenda's promise without its polling: one job per name and key, due ones run in order when asked to. */
function createVirtualScheduler() {
  const jobs = new Map<string, Job>();
  const handlers = new Map<string, (payload: never, job: never) => Promise<void>>();
  const scheduler: Pick<Scheduler, 'define' | 'at' | 'cancelPrefix'> = {
    define: (name, run) => void handlers.set(name, run as never),
    async at(name, key, runAt, payload) {
      if (!jobs.has(`${name} ${key}`)) jobs.set(`${name} ${key}`, { name, key, runAt, payload });
    },
    async cancelPrefix(name, prefix) {
      for (const [id, job] of jobs) if (job.name === name && job.key.startsWith(prefix)) jobs.delete(id);
    },
  };
  return {
    scheduler: scheduler as Scheduler,
    jobs,
    async runDue(now: number, die?: (name: string) => boolean) {
      for (;;) {
        const due = [...jobs].filter(([, { runAt }]) => runAt <= now).sort(([, a], [, b]) => a.runAt - b.runAt)[0];
        if (!due) return;
        const [id, { name, payload }] = due;
        await handlers.get(name)?.(
          payload as never,
          { touch: async () => {}, signal: new AbortController().signal } as never,
        );
        if (die?.(name)) return;
        jobs.delete(id);
      }
    },
  };
}

async function start(status: () => boolean = () => true) {
  const process = await bench.process();
  const clockwork = createVirtualScheduler();
  const activation = createActivation({ ...process, scheduler: clockwork.scheduler, isLive: async () => status() });
  return { process, activation, ...clockwork };
}

const daily = (params: object = {}) =>
  flowWith('schedule', {
    when: 'recurring',
    recurrence: { repeat: { kind: 'daily', at: '09:00' }, timeZone: 'Europe/Berlin' },
    reentry: 'unlimited',
    ...params,
  });
const firings = async () =>
  (await bench.database.collection(enrolments).find({}).sort({ occurrence: 1 }).toArray()).map(({ occurrence }) =>
    new Date(occurrence ?? 0).toISOString(),
  );

describe('a schedule that repeats', () => {
  it('[ENT-7] takes its audience in at each occurrence and plans the next', async () => {
    const { activation, jobs, runDue } = await start();
    await bench.publish('flow', daily());
    await activation.published({ flowId: 'flow', version: 1 });
    // 09:00 in Berlin is 08:00 UTC in winter; START is that very moment, so the first is tomorrow.
    for (const day of [0, 1, 2]) {
      bench.clock.set(START + day * DAY_MS + 1000);
      await runDue(bench.clock.now());
    }
    expect(await firings()).toEqual(['2026-03-03T08:00:00.000Z', '2026-03-04T08:00:00.000Z']);
    expect(await bench.runCount()).toBe(4);
    expect([...jobs.values()].map(({ runAt }) => new Date(runAt).toISOString())).toEqual(['2026-03-05T08:00:00.000Z']);
  });

  it('goes by the wall clock of its zone when clocks are put forward', async () => {
    const { activation, runDue } = await start();
    await bench.publish('flow', daily());
    bench.clock.set(Date.parse('2026-03-28T07:00:00Z'));
    await activation.published({ flowId: 'flow', version: 1 });
    for (let hour = 0; hour < 50; hour++) {
      bench.clock.pass(HOUR_MS);
      await runDue(bench.clock.now());
    }
    expect(await firings()).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
  });

  it('[ENT-7] makes up for the latest missed occurrence only, once', async () => {
    const { activation, runDue } = await start();
    await bench.publish('flow', daily());
    await activation.published({ flowId: 'flow', version: 1 });
    bench.clock.set(START + 10 * DAY_MS + HOUR_MS);
    await runDue(bench.clock.now());
    await activation.resume();
    await runDue(bench.clock.now());
    expect(await firings()).toEqual(['2026-03-12T08:00:00.000Z']);
    expect(await bench.runCount()).toBe(2);
  });

  it('[ENT-7] loses and doubles nothing when the process dies behind any job', async () => {
    for (const fatal of ['trigger:series', 'trigger:fire']) {
      await bench.clear();
      await bench.addProfiles({ _id: 'ann' }, { _id: 'bob' });
      const { activation, runDue } = await start();
      await bench.publish('flow', daily());
      await activation.published({ flowId: 'flow', version: 1 });
      for (const day of [1, 2, 3]) {
        bench.clock.set(START + day * DAY_MS + 1000);
        await runDue(bench.clock.now(), (name) => name === fatal);
        await runDue(bench.clock.now());
      }
      expect(await bench.runCount()).toBe(6);
    }
  });

  it('[ENT-2] lets a daily schedule in again under a period of a day, however late each one is', async () => {
    const { activation, runDue } = await start();
    await bench.publish('flow', daily({ reentry: 'period', reentryMs: DAY_MS }));
    await activation.published({ flowId: 'flow', version: 1 });
    for (const [day, lateMs] of [
      [1, 40_000],
      [2, 1000],
      [3, 20_000],
    ] as const) {
      bench.clock.set(START + day * DAY_MS + lateMs);
      await runDue(bench.clock.now());
    }
    expect(await bench.runCount()).toBe(6);
  });

  it('honours start and end, and ends with its flow', async () => {
    const repeat = { kind: 'cron', expression: '0 * * * *' };
    const recurrence = {
      repeat,
      timeZone: 'UTC',
      startAt: '2026-03-02T10:00:00.000Z',
      endAt: '2026-03-02T12:00:00.000Z',
    };
    const state = { isLive: true };
    const { activation, jobs, runDue } = await start(() => state.isLive);
    await bench.publish('flow', daily({ recurrence }));
    await bench.publish('other', daily({ recurrence: { repeat, timeZone: 'UTC' } }));
    await activation.published({ flowId: 'flow', version: 1 });
    for (let minutes = 0; minutes < 300; minutes += 30) {
      bench.clock.pass(30 * MINUTE_MS);
      await runDue(bench.clock.now());
    }
    expect(await firings()).toEqual([
      '2026-03-02T10:00:00.000Z',
      '2026-03-02T11:00:00.000Z',
      '2026-03-02T12:00:00.000Z',
    ]);
    expect(jobs.size).toBe(0);
    await activation.published({ flowId: 'other', version: 1 });
    state.isLive = false;
    bench.clock.pass(HOUR_MS);
    await runDue(bench.clock.now());
    expect([jobs.size, await bench.runCount('other')]).toEqual([0, 0]);
    await activation.published({ flowId: 'other', version: 1 });
    await activation.archived('other');
    expect(jobs.size).toBe(0);
  });

  it('is planned again when its plan was lost', async () => {
    const { activation, jobs } = await start();
    await bench.publish('flow', daily());
    await activation.resume();
    expect([...jobs.keys()]).toEqual(['trigger:series flow:1:start:2026-03-03T08:00:00.000Z']);
  });
});

describe('the date of an attribute', () => {
  const dated = (params: object = {}) =>
    flowWith('date-trigger', {
      attribute: 'birthday',
      repeat: 'yearly',
      offsetDays: 0,
      at: '09:00',
      timeZone: 'Asia/Shanghai',
      reentry: 'unlimited',
      ...params,
    });
  const enteredBy = async (flowId = 'flow') =>
    (await bench.database.collection(runs).find({ flowId }).sort({ profileId: 1, enteredAt: 1 }).toArray()).map(
      ({ profileId, enteredAt }) => `${profileId} ${enteredAt.toISOString().slice(0, 10)}`,
    );

  async function walkDays(from: string, days: number, params: object = {}, stepDays = 1) {
    const { activation, runDue } = await start();
    bench.clock.set(Date.parse(from));
    await bench.publish('flow', dated(params));
    await activation.published({ flowId: 'flow', version: 1 });
    for (let day = 0; day < days; day += stepDays) {
      bench.clock.pass(stepDays * DAY_MS);
      await runDue(bench.clock.now());
    }
    return enteredBy();
  }

  beforeEach(() =>
    bench.addProfiles(
      { _id: 'cai', attributes: { birthday: new Date('1990-03-05') } },
      { _id: 'dan', attributes: { birthday: '1985-03-05' } },
      // 5 March in Shanghai, 4 March in UTC.
      { _id: 'eve', attributes: { birthday: new Date('1999-03-04T20:30:00Z') } },
      { _id: 'fay', attributes: { birthday: new Date('2000-03-06') } },
      { _id: 'gil', attributes: { birthday: 'soon' } },
      { _id: 'hal', attributes: { birthday: new Date('1996-02-29') } },
    ),
  );

  it('[ENT-8] starts those whose month and day it is, each year again', async () => {
    const entered = await walkDays('2026-03-03T02:00:00Z', 4);
    expect(entered).toEqual(['cai 2026-03-05', 'dan 2026-03-05', 'eve 2026-03-05', 'fay 2026-03-06']);
  });

  it('[ENT-8] takes 29 February for the 28th in a year without it', async () => {
    expect(await walkDays('2026-02-26T02:00:00Z', 4)).toEqual(['hal 2026-02-28']);
    await bench.clear();
    await bench.addProfiles({ _id: 'hal', attributes: { birthday: new Date('1996-02-29') } });
    expect(await walkDays('2028-02-26T02:00:00Z', 5)).toEqual(['hal 2028-02-29']);
  });

  it('counts days before and after the date, and a date once', async () => {
    expect(await walkDays('2026-03-01T02:00:00Z', 3, { offsetDays: -3 })).toEqual([
      'cai 2026-03-02',
      'dan 2026-03-02',
      'eve 2026-03-02',
      'fay 2026-03-03',
    ]);
    await bench.clear();
    await bench.addProfiles(
      { _id: 'ivy', attributes: { birthday: new Date('2026-03-05') } },
      { _id: 'jon', attributes: { birthday: '2026-03-05' } },
      { _id: 'kim', attributes: { birthday: new Date('2025-03-05') } },
    );
    expect(await walkDays('2026-03-05T02:00:00Z', 5, { repeat: 'once', offsetDays: 2 })).toEqual([
      'ivy 2026-03-07',
      'jon 2026-03-07',
    ]);
  });

  it('[ENT-7] makes up for missed days, and asks the condition of the trigger', async () => {
    const audience = { op: 'attribute', name: 'birthday', is: { operator: 'exists' } };
    const entered = await walkDays('2026-03-03T02:00:00Z', 4, { audience }, 4);
    expect(entered).toEqual(['cai 2026-03-07', 'dan 2026-03-07', 'eve 2026-03-07', 'fay 2026-03-07']);
  });
});
