import { describe, expect, it } from 'vitest';
import { BATCH_LEASE_MS } from './batch-record.ts';
import {
  type Bench,
  CAMPAIGN,
  createBench,
  DELAY_MS,
  Death,
  graphOf,
  makeProfiles,
  recount,
} from './executor.fixture.ts';
import { runIdOf } from './run-record.ts';

const everyProfile = (bench: Bench) => [...bench.profiles.values()];
const enrolAll = async (bench: Bench, entryKey = 'once') => {
  const entries = everyProfile(bench).map((profile) => ({ profile, entryKey }));
  return (await bench.executor.enrol(bench.program, 'start', entries)).size;
};
const ended = (bench: Bench) => [...bench.store.runs.values()].filter((run) => run.status === 'ended');
const nodeCounts = (bench: Bench) =>
  Object.fromEntries(
    Object.entries(bench.counts).filter(([key]) => key.startsWith('entered') || key.startsWith('left')),
  );

describe('the executor', () => {
  it('walks every profile to its wait and, when that is over, to the end with a reason [RUN-10]', async () => {
    const bench = await createBench();
    expect(await enrolAll(bench)).toBe(20);
    expect([...bench.store.runs.values()].every((run) => run.status === 'waiting' && run.node === 'wait')).toBe(true);
    expect(await bench.executor.drainDue(100)).toBe(0);
    bench.clock.pass(DELAY_MS);
    expect(await bench.executor.drainDue(100)).toBe(20);
    expect(ended(bench)).toHaveLength(20);
    expect(ended(bench).every((run) => run.endReason?.code === 'exit:end')).toBe(true);
    expect(nodeCounts(bench)).toEqual(recount(bench.store.runs.values()));
    expect(bench.store.batches.size).toBe(0);
  });

  it('lets runs of a version that is missing wait, and does not say that it has advanced them', async () => {
    const bench = await createBench();
    await enrolAll(bench);
    const [lost] = bench.store.runs.values();
    if (lost) bench.store.runs.set(lost._id, { ...lost, version: 7 });
    bench.clock.pass(DELAY_MS);
    expect(await bench.executor.drainDue(100)).toBe(19);
    expect(await bench.executor.drainDue(100)).toBe(0);
    expect(bench.store.runs.get(lost?._id ?? '')).toMatchObject({ status: 'waiting', version: 7 });
    expect(bench.store.batches.size).toBe(0);
  });

  it('[RUN-4] enrols a profile once per entry key, however often it is asked', async () => {
    const bench = await createBench();
    await enrolAll(bench);
    expect(await enrolAll(bench)).toBe(0);
    expect(await enrolAll(bench, 'again')).toBe(20);
    expect(runIdOf('flow', 'p1', 'once')).toBe(runIdOf('flow', 'p1', 'once'));
    expect(bench.counts['runs']).toBe(40);
  });

  it('[RUN-7] sends a profile the same way on every machine and at every time', async () => {
    const [one, other] = await Promise.all([createBench(), createBench()]);
    other.clock.pass(12_345_678);
    await Promise.all([enrolAll(one), enrolAll(other)]);
    const variants = (bench: Bench) =>
      everyProfile(bench).map(({ id }) => bench.store.runs.get(runIdOf('flow', id, 'once'))?.variants['split']);
    expect(variants(one)).toEqual(variants(other));
    expect(new Set(variants(one)).size).toBe(2);
  });

  it('[RUN-1] lets a run be advanced by one of two workers that find it due at the same moment', async () => {
    const bench = await createBench({ profiles: makeProfiles(200) });
    await enrolAll(bench);
    bench.clock.pass(DELAY_MS);
    const second = await bench.secondWorker();
    const drained = await Promise.all([bench.executor.drainDue(200), second.drainDue(200)]);
    expect(drained[0] + drained[1]).toBe(200);
    expect([...bench.performed.values()].every((times) => times === 1)).toBe(true);
    expect(nodeCounts(bench)).toEqual(recount(bench.store.runs.values()));
  });

  it('[RUN-1] ignores the commit of a worker whose batch was taken over while it slept', async () => {
    let sleep = () => Promise.resolve();
    const bench = await createBench({
      wrapStore: (store) => ({ ...store, commit: async (...args) => (await sleep(), store.commit(...args)) }),
    });
    await enrolAll(bench);
    bench.clock.pass(DELAY_MS);
    let wakeSleeper = () => {};
    const asleep = new Promise<void>((fellAsleep) => {
      sleep = () =>
        new Promise((wake) => {
          wakeSleeper = wake;
          fellAsleep();
        });
    });
    const sleeper = bench.executor.drainDue(100);
    await asleep;
    bench.clock.pass(BATCH_LEASE_MS + 1);
    const second = await bench.secondWorker();
    expect(await second.recover()).toBe(1);
    expect(await second.drainDue(100)).toBe(20);
    wakeSleeper();
    await sleeper;
    expect(ended(bench)).toHaveLength(20);
    expect([...bench.performed.values()].every((times) => times === 1)).toBe(true);
    expect(nodeCounts(bench)).toEqual(recount(bench.store.runs.values()));
  });

  it.each(['perform', 'tally', 'schedule'] as const)(
    '[RUN-3] finishes a batch whose worker died before "%s" and counts it once',
    async (place) => {
      const bench = await createBench();
      bench.dieAt(place);
      await expect(enrolAll(bench)).rejects.toThrow(Death);
      expect(await bench.executor.drainDue(100)).toBe(0);
      bench.clock.pass(BATCH_LEASE_MS + 1);
      expect(await bench.executor.recover()).toBe(1);
      bench.clock.pass(DELAY_MS);
      bench.dieAt(place);
      await expect(bench.executor.drainDue(100)).rejects.toThrow(Death);
      bench.clock.pass(BATCH_LEASE_MS + 1);
      expect(await bench.executor.recover()).toBe(1);
      await bench.executor.drainDue(100);
      expect(ended(bench)).toHaveLength(20);
      expect(nodeCounts(bench)).toEqual(recount(bench.store.runs.values()));
      expect(bench.performed.size).toBe(20 + ended(bench).filter((run) => run.variants['split'] === 'mail').length);
      expect(bench.store.batches.size).toBe(0);
    },
  );

  it('[RUN-3] performs nothing that is not committed', async () => {
    const bench = await createBench({
      wrapStore: (store) => ({ ...store, insert: () => Promise.reject(new Death('insert')) }),
    });
    await expect(enrolAll(bench)).rejects.toThrow(Death);
    expect(bench.performed.size).toBe(0);
    bench.clock.pass(BATCH_LEASE_MS + 1);
    const second = await bench.secondWorker();
    expect(await second.recover()).toBe(1);
    expect(bench.store.runs.size).toBe(20);
    expect(bench.counts['runs']).toBe(20);
  });

  it('[RUN-10] parks a run whose step fails, keeps what earlier steps decided, and leaves the others alone', async () => {
    const profiles = makeProfiles(3);
    profiles[1] = { ...profiles[1], id: 'p1', attributes: { visits: 'many' } };
    const graph = graphOf(
      [
        ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
        ['mail', 'email', { to: 'email', subject: 'Hello', body: '' }],
        ['count', 'update-attribute', { changes: [{ attribute: 'visits', action: 'increment', value: 1 }] }],
        ['end', 'exit', { reason: '' }],
      ],
      ['start:next>mail', 'mail:next>count', 'count:next>end'],
    );
    const bench = await createBench({ graph, profiles });
    await enrolAll(bench);
    const failed = [...bench.store.runs.values()].filter((run) => run.status === 'failed');
    expect(failed.map((run) => [run.profileId, run.node])).toEqual([['p1', 'count']]);
    expect(failed[0]?.failure?.message).toContain('visits');
    expect(ended(bench)).toHaveLength(2);
    expect(bench.performed.has(`${failed[0]?._id}/1/0`)).toBe(true);
  });

  it('[RUN-10] ends the run of a profile that is gone, and says so', async () => {
    const bench = await createBench();
    await enrolAll(bench);
    bench.profiles.delete('p3');
    bench.clock.pass(DELAY_MS);
    await bench.executor.drainDue(100);
    expect(bench.store.runs.get(runIdOf('flow', 'p3', 'once'))?.endReason).toEqual({ code: 'profile-gone' });
  });

  it('[RUN-2] stores position, path, wake time and effects of a visit in one document', async () => {
    const bench = await createBench();
    bench.dieAt('perform');
    await expect(enrolAll(bench)).rejects.toThrow(Death);
    for (const run of bench.store.runs.values()) {
      expect(run.node).toBe(run.path.at(-1)?.node);
      expect(run.wakeAt?.getTime()).toBe(bench.clock.now() + DELAY_MS);
      expect(run.effects?.length ?? 0).toBe(run.variants['split'] === 'mail' ? 1 : 0);
    }
    expect(CAMPAIGN.nodes).toHaveLength(6);
  });
});
