import type { Graph } from '@sluice/shared/graph';
import { describe, expect, it } from 'vitest';
import { incrementsByVersion } from '../analytics/tally-increments.ts';
import { type Bench, createBench, graphOf, recount } from './executor.fixture.ts';
import type { RunRecord } from './run-record.ts';

const HOUR = 3_600_000;
const start: [string, string, object] = ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }];
const fork = (id: string, ...keys: string[]): [string, string, object] => [
  id,
  'parallel',
  { branches: keys.map((key) => ({ key, name: key })) },
];
const join = (id: string, need = 'all'): [string, string, object] => [id, 'join', { need }];
const hours = (id: string, count: number): [string, string, object] => [id, 'delay', { durationMs: count * HOUR }];
const exit = (id: string): [string, string, object] => [id, 'exit', { reason: id }];
const count = (id: string): [string, string, object] => [
  id,
  'update-attribute',
  { changes: [{ attribute: 'count', action: 'increment', value: 1 }] },
];

async function enter(graph: Graph, attributes: Record<string, string | number> = {}) {
  const bench = await createBench({ graph, profiles: [{ id: 'p0', attributes }] });
  const profile = { id: 'p0', attributes };
  await bench.executor.enrol(bench.program, 'start', [{ profile, entryKey: 'once' }]);
  const run = () => [...bench.store.runs.values()][0] as RunRecord;
  const pass = async (ms: number) => {
    bench.clock.pass(ms);
    while ((await bench.executor.drainDue(10)) > 0);
  };
  return { bench, run, pass };
}

const standing = ({ positions = [] }: RunRecord) => positions.map(({ node }) => node).sort();
const visits = ({ path }: RunRecord, node: string) => path.filter((step) => step.node === node).length;
const reasonsAt = ({ path }: RunRecord, node: string) =>
  path.filter((step) => step.node === node).map(({ reason, port }) => port ?? reason?.code);
const expectCounts = ({ counts, store }: Bench) =>
  expect(
    Object.entries(counts)
      .filter(([key]) => /^(entered|left)/.test(key))
      .sort(),
  ).toEqual(Object.entries(recount(store.runs.values())).sort());

describe('strands', () => {
  it('wait at a join for all others, and go on as one', async () => {
    const graph = graphOf(
      [start, fork('fork', 'a', 'b', 'c'), hours('one', 1), hours('two', 2), join('join'), count('count'), exit('end')],
      [
        'start:next>fork',
        'fork:a>one',
        'fork:b>two',
        'fork:c>join',
        'one:next>join',
        'two:next>join',
        'join:next>count',
        'count:next>end',
      ],
    );
    const { bench, run, pass } = await enter(graph);
    expect(standing(run())).toEqual(['join', 'one', 'two']);
    await pass(HOUR);
    expect(standing(run())).toEqual(['join', 'join', 'two']);
    await pass(HOUR);
    expect(run()).toMatchObject({ status: 'ended', endReason: { values: { reason: 'end' } } });
    expect([visits(run(), 'join'), visits(run(), 'count'), bench.performed.size]).toEqual([3, 1, 1]);
    expectCounts(bench);
  });

  it('[RUN-7] go on with the first where any is enough; the others end where they stand', async () => {
    const graph = graphOf(
      [start, fork('fork', 'a', 'b'), hours('one', 1), hours('two', 2), join('join', 'any'), exit('end')],
      ['start:next>fork', 'fork:a>one', 'fork:b>two', 'one:next>join', 'two:next>join', 'join:next>end'],
    );
    const { bench, run, pass } = await enter(graph);
    await pass(HOUR);
    expect(run()).toMatchObject({ status: 'ended' });
    expect(reasonsAt(run(), 'two')).toEqual(['strand-overtaken']);
    expect(visits(run(), 'end')).toBe(1);
    expectCounts(bench);
  });

  it('do not wait for one that has left the flow, whether by an exit or by an open port', async () => {
    const graph = graphOf(
      [start, fork('fork', 'a', 'b', 'c'), exit('gone'), count('open'), hours('one', 1), join('join'), exit('end')],
      ['start:next>fork', 'fork:a>gone', 'fork:b>open', 'fork:c>one', 'one:next>join', 'join:next>end'],
    );
    const { bench, run, pass } = await enter(graph);
    expect(run().status).toBe('waiting');
    await pass(HOUR);
    expect(run()).toMatchObject({ status: 'ended', endReason: { values: { reason: 'end' } } });
    expectCounts(bench);
  });

  it('end the run with the last of them where nothing joins them', async () => {
    const graph = graphOf(
      [start, fork('fork', 'a', 'b'), exit('first'), hours('one', 1), exit('last')],
      ['start:next>fork', 'fork:a>first', 'fork:b>one', 'one:next>last'],
    );
    const { run, pass } = await enter(graph);
    expect(run().status).toBe('waiting');
    await pass(HOUR);
    expect(run()).toMatchObject({ status: 'ended', endReason: { values: { reason: 'last' } } });
  });

  it('of a fork within a fork join first among themselves', async () => {
    const graph = graphOf(
      [
        start,
        fork('outer', 'a', 'b'),
        fork('inner', 'a', 'b'),
        hours('one', 1),
        hours('two', 2),
        join('inner-join'),
        join('outer-join'),
        exit('end'),
      ],
      [
        'start:next>outer',
        'outer:a>inner',
        'outer:b>outer-join',
        'inner:a>one',
        'inner:b>two',
        'one:next>inner-join',
        'two:next>inner-join',
        'inner-join:next>outer-join',
        'outer-join:next>end',
      ],
    );
    const { bench, run, pass } = await enter(graph);
    await pass(HOUR);
    expect(standing(run())).toEqual(['inner-join', 'outer-join', 'two']);
    await pass(HOUR);
    expect([run().status, visits(run(), 'outer-join'), visits(run(), 'end')]).toEqual(['ended', 2, 1]);
    expectCounts(bench);
  });

  it('of an outer fork are overtaken together with all that forked from them', async () => {
    const graph = graphOf(
      [
        start,
        fork('outer', 'a', 'b'),
        fork('inner', 'a', 'b'),
        hours('two', 2),
        hours('three', 3),
        hours('one', 1),
        join('join', 'any'),
        exit('end'),
      ],
      [
        'start:next>outer',
        'outer:a>inner',
        'outer:b>one',
        'inner:a>two',
        'inner:b>three',
        'one:next>join',
        'two:next>join',
        'three:next>join',
        'join:next>end',
      ],
    );
    const { run, pass } = await enter(graph);
    await pass(HOUR);
    expect(run().status).toBe('ended');
    expect([...reasonsAt(run(), 'two'), ...reasonsAt(run(), 'three')]).toEqual([
      'strand-overtaken',
      'strand-overtaken',
    ]);
  });

  it('that come to different joins do not wait for each other for ever', async () => {
    const graph = graphOf(
      [start, fork('fork', 'a', 'b'), join('left'), join('right'), exit('end-left'), exit('end-right')],
      ['start:next>fork', 'fork:a>left', 'fork:b>right', 'left:next>end-left', 'right:next>end-right'],
    );
    const { run } = await enter(graph);
    expect(run().status).toBe('ended');
    expect([visits(run(), 'end-left'), visits(run(), 'end-right')]).toEqual([1, 1]);
  });

  it('pass a join that no fork leads to', async () => {
    const graph = graphOf([start, join('join'), exit('end')], ['start:next>join', 'join:next>end']);
    expect((await enter(graph)).run()).toMatchObject({ status: 'ended', endReason: { values: { reason: 'end' } } });
  });

  it('[RUN-10] stay where they are while one of them has failed, and join it once it was retried', async () => {
    const graph = graphOf(
      [start, fork('fork', 'a', 'b'), count('count'), hours('one', 1), join('join'), exit('end')],
      ['start:next>fork', 'fork:a>count', 'fork:b>one', 'count:next>join', 'one:next>join', 'join:next>end'],
    );
    const { bench, run, pass } = await enter(graph, { count: 'many' });
    expect([run().status, run().node, standing(run())]).toEqual(['failed', 'count', ['count', 'one']]);
    await pass(2 * HOUR);
    expect(run().status).toBe('failed');
    bench.profiles.set('p0', { id: 'p0', attributes: { count: 1 } });
    Object.assign(run(), { status: 'waiting', wakeAt: new Date(bench.clock.now()), rescue: { kind: 'retry' } });
    delete run().failure;
    await pass(0);
    expect([run().status, visits(run(), 'join'), visits(run(), 'count')]).toEqual(['ended', 2, 1]);
    expect([...bench.performed.values()]).toEqual([1]);
  });

  it('are counted at every way that a fork sends them', () => {
    const path = [{ node: 'fork', enteredAt: 0, leftAt: 0, port: 'b', ports: ['a', 'b'] }];
    const run = { path, hold: { batch: 'b', from: 0 } } as unknown as RunRecord;
    expect(incrementsByVersion([run])[0]?.counts).toMatchObject({
      'left.fork.a': 1,
      'left.fork.b': 1,
      'entered.fork': 1,
    });
  });
});

describe('events and goals', () => {
  const waitAll: [string, string, object] = [
    'wait',
    'wait-for-event',
    {
      events: ['A', 'B'].map((event) => ({ key: event.toLowerCase(), name: event, on: { event } })),
      need: 'all',
      since: 'now',
      timeoutMs: 24 * HOUR,
    },
  ];
  const happened = (bench: Bench, name: string, at = bench.clock.now()) => ({
    id: `e-${name}`,
    name,
    properties: {},
    at,
  });
  const signalTo = (bench: Bench, run: RunRecord, awaited: string, name: string) => ({
    runId: run._id,
    seq: run.positions?.[0]?.seq ?? 0,
    await: awaited,
    id: `e-${name}/x`,
    at: new Date(bench.clock.now()),
    event: happened(bench, name),
  });

  it('[RUN-6] answers every signal of a step that goes on waiting, also those told at once', async () => {
    const graph = graphOf(
      [start, waitAll, exit('all'), exit('late')],
      ['start:next>wait', 'wait:all>all', 'wait:timeout>late'],
    );
    const { bench, run } = await enter(graph);
    bench.clock.pass(1000);
    await bench.executor.signal([signalTo(bench, run(), 'a', 'A'), signalTo(bench, run(), 'b', 'B')]);
    expect(run()).toMatchObject({ status: 'ended', endReason: { values: { reason: 'all' } } });
    expect([run().event?.name, run().firstEvent?.name]).toEqual(['B', 'A']);
  });

  it('takes a run to its goal once, from wherever it stands, and ends its other strands', async () => {
    const goal: [string, string, object] = ['goal', 'goal', { on: { event: 'A' }, timeoutMs: HOUR, isEnd: false }];
    const graph = graphOf(
      [start, fork('fork', 'a', 'b'), hours('one', 1), hours('two', 2), goal, hours('after', 1), exit('end')],
      [
        'start:next>fork',
        'fork:a>one',
        'fork:b>two',
        'one:next>end',
        'two:next>end',
        'goal:reached>after',
        'goal:missed>end',
        'after:next>end',
      ],
    );
    const { bench, run, pass } = await enter(graph);
    const goalSignal = (id: string) => ({
      runId: run()._id,
      seq: -1,
      await: 'goal',
      goal: 'goal',
      id,
      at: new Date(bench.clock.now()),
      event: { ...happened(bench, 'A'), id },
    });
    expect(run().awaiting).toEqual(['A']);
    bench.clock.pass(1000);
    await bench.executor.signal([goalSignal('e1')]);
    expect([standing(run()), run().awaiting]).toEqual([['after'], undefined]);
    expect([...reasonsAt(run(), 'one'), ...reasonsAt(run(), 'two')]).toEqual(['goal-reached', 'goal-reached']);
    await bench.executor.signal([goalSignal('e2')]);
    expect([standing(run()), visits(run(), 'goal')]).toEqual([['after'], 1]);
    await pass(HOUR);
    expect(run().status).toBe('ended');
  });

  it('[RUN-6] does not send a run that was waiting at its goal there a second time by the same event', async () => {
    const goal: [string, string, object] = ['goal', 'goal', { on: { event: 'A' }, timeoutMs: HOUR, isEnd: false }];
    const graph = graphOf(
      [start, goal, hours('after', 1), exit('end')],
      ['start:next>goal', 'goal:reached>after', 'goal:missed>end', 'after:next>end'],
    );
    const { bench, run } = await enter(graph);
    bench.clock.pass(1000);
    const own = signalTo(bench, run(), 'goal', 'A');
    await bench.executor.signal([own, { ...own, seq: -1, goal: 'goal', id: 'e-A/goal' }]);
    expect([standing(run()), visits(run(), 'goal')]).toEqual([['after'], 1]);
  });
});
