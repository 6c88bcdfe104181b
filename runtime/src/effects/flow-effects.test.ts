import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBucket } from '@sluice/shared/node-contract';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { batches } from '../executor/batch-record.ts';
import { graphOf, KINDS, NO_READS, START } from '../executor/executor.fixture.ts';
import { createExecutor, type Executor } from '../executor/executor.ts';
import { compileProgram, type FlowProgram } from '../executor/flow-program.ts';
import { createMongoRunStore } from '../executor/mongo-run-store.ts';
import { runs } from '../executor/run-record.ts';
import { createEventLog } from '../ingest/event-log.ts';
import { events } from '../ingest/event-record.ts';
import { toEventFacts } from '../matching/event-consumer.ts';
import { createEventPerformer } from './emit-events.ts';
import { createEffectPerformer } from './perform-effects.ts';
import { MAX_CHAIN_DEPTH } from '../executor/chain-depth.ts';
import { createRunPerformer } from './start-runs.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase([runs, batches, events]);
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const { name } of [runs, batches, events]) await opened.database.db.collection(name).deleteMany({});
});

const audience = { op: 'all', of: [] };
const trigger: [string, string, object] = ['start', 'schedule', { when: 'now', audience }];
const call = (flow: string, isAwaited = true) => ({ flow: { id: flow, name: flow }, isAwaited, timeoutMs: 86_400_000 });

/** Calls `child` and waits for its end. */
const parent = graphOf(
  [
    trigger,
    ['sub', 'sub-flow', call('child')],
    ['good', 'exit', { reason: 'good' }],
    ['late', 'exit', { reason: 'late' }],
    ['bad', 'exit', { reason: 'bad' }],
  ],
  ['start:next>sub', 'sub:next>good', 'sub:timeout>late', 'sub:failed>bad'],
);
/** An hour, then an event. */
const child = graphOf(
  [
    trigger,
    ['hour', 'delay', { durationMs: 3_600_000 }],
    ['tell', 'emit-event', { event: 'Through', properties: [] }],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>hour', 'hour:next>tell', 'tell:next>end'],
);
/** Calls itself for ever. */
const circle = graphOf(
  [trigger, ['sub', 'sub-flow', call('circle')], ['end', 'exit', { reason: '' }], ['bad', 'exit', { reason: 'bad' }]],
  ['start:next>sub', 'sub:next>end', 'sub:timeout>end', 'sub:failed>bad'],
);

async function open(live: Record<string, FlowProgram>) {
  const { database } = opened;
  const clock = { at: START, now: () => clock.at };
  const bucket = await createBucket();
  const programs = { get: async (flowId: string) => live[flowId] };
  const executor: Executor = createExecutor({
    store: createMongoRunStore(database),
    programs,
    profiles: { facts: async (ids) => new Map(ids.map((id) => [id, { id, attributes: {} }])) },
    reads: { ...NO_READS, bucket },
    lookBack: { signalsFor: async () => [] },
    effects: createEffectPerformer({
      clock,
      performers: [
        createEventPerformer({ eventLog: createEventLog({ database, clock }), clock }),
        createRunPerformer({
          executor: { enrol: (...entry) => executor.enrol(...entry) },
          liveProgram: async (flowId) => live[flowId],
        }),
      ],
    }),
    tally: { add: async () => {} },
    wakeUps: { schedule: async () => {} },
    clock,
    timeZone: 'UTC',
    log: pino({ level: 'silent' }),
  });
  const enter = (flow: string, count = 3) =>
    executor.enrol(
      live[flow] as FlowProgram,
      'start',
      Array.from({ length: count }, (_, index) => ({ profile: { id: `p${index}`, attributes: {} }, entryKey: 'once' })),
    );
  const drain = async () => {
    while ((await executor.drainDue(500)) > 0);
  };
  const found = (flowId: string) => database.collection(runs).find({ flowId }).toArray();
  return { executor, clock, enter, drain, found };
}

const compile = (id: string, graph: typeof parent) => compileProgram(id, 1, graph, KINDS);

describe('flows that start and tell each other', () => {
  it('waits for the end of the other flow and goes on when it is there', async () => {
    const bench = await open({ parent: compile('parent', parent), child: compile('child', child) });
    await bench.enter('parent');
    expect((await bench.found('child')).map(({ status, node }) => [status, node])).toEqual(
      Array.from({ length: 3 }, () => ['waiting', 'hour']),
    );
    bench.clock.at += 3_600_000;
    await bench.drain();
    const ended = await bench.found('parent');
    expect(ended.map(({ endReason }) => endReason?.values?.['reason'])).toEqual(['good', 'good', 'good']);
  });

  it('[RUN-4] starts one run for one effect, however often it is performed', async () => {
    const live = { parent: compile('parent', parent), child: compile('child', child) };
    const bench = await open(live);
    await bench.enter('parent', 1);
    const [run] = await bench.found('parent');
    if (!run) throw new Error('a run');
    const performer = createRunPerformer({
      executor: bench.executor,
      liveProgram: async () => live.child,
    });
    const effect = { kind: 'start-run', flow: 'child', isAwaited: true } as const;
    const effectId = `${run._id}/1/0`;
    const profile = { id: 'p0', attributes: {} };
    await performer.perform([{ effectId, effect, run, program: live.parent, profile }]);
    expect(await bench.found('child')).toHaveLength(1);
  });

  it('leaves by failed where the other flow is not live', async () => {
    const bench = await open({ parent: compile('parent', parent) });
    await bench.enter('parent');
    await bench.drain();
    const ended = await bench.found('parent');
    expect(ended.map(({ endReason }) => endReason?.values?.['reason'])).toEqual(['bad', 'bad', 'bad']);
    expect(ended[0]?.path[1]?.reason?.code).toBe('sub-flow:not-live');
  });

  it('stops flows that start each other for ever', async () => {
    const bench = await open({ circle: compile('circle', circle) });
    await bench.enter('circle', 1);
    await bench.drain();
    const all = await bench.found('circle');
    expect(all).toHaveLength(MAX_CHAIN_DEPTH + 1);
    expect(all.every(({ status }) => status === 'ended')).toBe(true);
    expect(all.filter(({ endReason }) => endReason?.values?.['reason'] === 'bad')).toHaveLength(1);
  });

  it('records an event once per effect, one deeper than the event that led to it', async () => {
    const program = compile('child', child);
    const { clock, found } = await open({ child: program });
    const stored = opened.database.collection(events);
    const performer = createEventPerformer({ eventLog: createEventLog({ database: opened.database, clock }), clock });
    const effect = { kind: 'emit-event', name: 'Through', properties: { city: 'Paris' } } as const;
    const bench = await open({ child: program });
    await bench.enter('child', 1);
    const [run] = await found('child');
    if (!run) throw new Error('a run');
    const request = { effectId: 'r/2/0', effect, program, run };
    const answering = { ...run, event: { id: 'e', name: 'E', properties: {}, at: 0, depth: 4 } };
    await performer.perform([request, { ...request, effectId: 'r/3/0', run: answering }]);
    await performer.perform([request]);
    const recorded = await stored.find({}).sort({ depth: 1 }).toArray();
    expect(recorded.map(toEventFacts)).toMatchObject([
      { name: 'Through', properties: { city: 'Paris' }, depth: 1 },
      { depth: 5 },
    ]);
  });
});
