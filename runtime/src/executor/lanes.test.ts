import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { createBench, graphOf, makeProfiles, recount, START } from './executor.fixture.ts';
import { createLanes } from './lanes.ts';

const CODED = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
    ['tag', 'tag', { action: 'add', tags: ['met'], attribute: 'tags' }],
    ['code', 'code', { source: 'return {}', outputs: ['next'], timeoutMs: 50, memoryMiB: 16 }],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>tag', 'tag:next>code', 'code:next>end'],
);

const benchOf = async (options: { hasLanes: boolean }) => {
  const asked: number[] = [];
  const bench = await createBench({
    ...options,
    graph: CODED,
    profiles: makeProfiles(30),
    reads: {
      code: {
        run: async (_source, inputs) => {
          asked.push(inputs.length);
          return inputs.map(() => ({ isOk: true, value: {} }));
        },
      },
    },
  });
  const enrol = () =>
    bench.executor.enrol(
      bench.program,
      'start',
      [...bench.profiles.values()].map((profile) => ({ profile, entryKey: 'once' })),
    );
  const statuses = () => [...new Set([...bench.store.runs.values()].map(({ status, node }) => `${node} ${status}`))];
  return { ...bench, asked, enrol, statuses };
};

describe('runs of flows with code', () => {
  it('[CODE-8] stop in front of the code when they enter, and whoever enrols them does not wait for it', async () => {
    const bench = await benchOf({ hasLanes: true });
    expect((await bench.enrol()).size).toBe(30);
    expect(bench.asked).toEqual([]);
    expect(bench.statuses()).toEqual(['code waiting']);
    expect(bench.performed.size).toBe(30);
    expect(bench.kicked).toEqual(['flow']);
  });

  it('[CODE-8] are advanced by their lane and by nobody else, each step once', async () => {
    const bench = await benchOf({ hasLanes: true });
    await bench.enrol();
    expect(await bench.executor.drainDue(100)).toBe(0);
    expect(await bench.executor.drainLane('another')).toBe(0);
    expect(await bench.executor.drainLane('flow')).toBe(30);
    expect(bench.statuses()).toEqual(['end ended']);
    expect(bench.asked).toEqual([30]);
    expect(bench.counts).toMatchObject(recount(bench.store.runs.values()));
    expect([...bench.performed.values()].every((times) => times === 1)).toBe(true);
    expect(
      bench.store.runs
        .values()
        .next()
        .value?.path.map(({ node }) => node),
    ).toEqual(['start', 'tag', 'code', 'end']);
  });

  it('[RUN-8] go through at once where there are no lanes, by the same steps', async () => {
    const bench = await benchOf({ hasLanes: false });
    await bench.enrol();
    expect(bench.statuses()).toEqual(['end ended']);
  });

  it('[CODE-8] are found again by the store where the worker that took them in died before it told their lane', async () => {
    const bench = await benchOf({ hasLanes: true });
    bench.dieAt('tally');
    await expect(bench.enrol()).rejects.toThrow('tally');
    expect(bench.kicked).toEqual([]);
    bench.clock.pass(120_000);
    await bench.executor.recover();
    expect(await bench.store.dueLanes(new Date(START + 120_000))).toEqual(['flow']);
    await bench.executor.drainLane('flow');
    expect(bench.statuses()).toEqual(['end ended']);
    expect(bench.counts).toMatchObject(recount(bench.store.runs.values()));
  });
});

describe('lanes', () => {
  const log = pino({ level: 'silent' });
  /** Drains that end when they are told to. */
  const drains = () => {
    const open = new Map<string, (count: number) => void>();
    const begun: string[] = [];
    return {
      open,
      begun,
      drain: (lane: string) => {
        begun.push(lane);
        return new Promise<number>((resolve) => open.set(lane, resolve));
      },
    };
  };

  it('[CODE-8] a lane that takes long keeps no other waiting, and is drained once at a time', async () => {
    const { open, begun, drain } = drains();
    const lanes = createLanes({ drain, due: async () => [], log });
    for (const lane of ['slow', 'quick', 'slow', 'slow']) lanes.kick(lane);
    expect(begun).toEqual(['slow', 'quick']);
    open.get('quick')?.(0);
    open.get('slow')?.(0);
    // It was told of more meanwhile.
    await expect.poll(() => begun).toEqual(['slow', 'quick', 'slow']);
    const stopped = lanes.stop();
    open.get('slow')?.(500);
    await stopped;
    expect(begun).toHaveLength(3);
  });

  it('[CODE-8] what nobody told of is found by a look, and a failure leaves the lane to the next one', async () => {
    let fails = true;
    const drained: string[] = [];
    const lanes = createLanes({
      due: async () => ['a', 'b'],
      drain: async (lane) => {
        drained.push(lane);
        if (lane === 'a' && fails) throw new Error('The store does not answer');
        return 0;
      },
      log,
    });
    lanes.look();
    await expect.poll(() => drained).toEqual(['a', 'b']);
    fails = false;
    lanes.look();
    await expect.poll(() => drained).toEqual(['a', 'b', 'a', 'b']);
    await lanes.stop();
  });
});
