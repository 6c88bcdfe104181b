import { createBucket, defineNode, type NodeHandler } from '@sluice/shared/node-contract';
import { handlers } from '@sluice/templates/handlers';
import { manifests } from '@sluice/templates/manifests';
import pino from 'pino';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { batches } from '../executor/batch-record.ts';
import { graphOf, NO_READS } from '../executor/executor.fixture.ts';
import { createExecutor, type Executor, type ExecutorDeps } from '../executor/executor.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { createMongoRunStore } from '../executor/mongo-run-store.ts';
import { runs } from '../executor/run-record.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { createLookBack, createWaitMatcher } from './wait-matcher.ts';

const HOUR = 3_600_000;
const NO_TEXTS = { title: '', description: '', ports: {}, params: {}, summary: {}, problems: {}, reasons: {} };
const TEXTS = { 'en-US': NO_TEXTS, 'zh-CN': NO_TEXTS };
const NO_PARAMS = Type.Object({}, { additionalProperties: false });
const awaitOrder = defineNode({
  kind: 'await-order',
  version: 1,
  category: 'control',
  icon: 'clock',
  params: NO_PARAMS,
  defaults: {},
  ports: () => [{ id: 'happened' }, { id: 'timed-out' }],
  summary: () => ({ key: 'x' }),
  texts: TEXTS,
});
const awaitOrderHandler: NodeHandler = {
  enter: ({ now }) => ({
    kind: 'wait',
    untilAt: now + HOUR,
    awaits: [
      {
        id: 'order',
        kind: 'event',
        event: 'Order',
        where: [{ property: 'amount', is: { operator: 'greaterThan', value: 10 } }],
      },
    ],
  }),
  resume: (_context, signal) => ({ kind: 'advance', port: signal.kind === 'event' ? 'happened' : 'timed-out' }),
};
const bought = defineNode({
  kind: 'bought',
  version: 1,
  category: 'control',
  icon: 'flag',
  params: NO_PARAMS,
  defaults: {},
  ports: () => [{ id: 'next' }],
  summary: () => ({ key: 'x' }),
  goal: () => ({ event: 'Bought' }),
  texts: TEXTS,
});
const boughtHandler: NodeHandler = {
  enter: () => ({ kind: 'exit', reason: { code: 'passed' } }),
  resume: (_context, signal) => ({ kind: 'exit', reason: { code: `by-${signal.kind}` } }),
};
const program = compileProgram(
  'flow',
  1,
  graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
      ['wait', 'await-order'],
      ['again', 'await-order'],
      ['end', 'exit', { reason: '' }],
      ['goal', 'bought'],
    ],
    ['start:next>wait', 'wait:happened>again', 'wait:timed-out>end', 'again:happened>end', 'again:timed-out>end'],
  ),
  {
    manifests: new Map([...manifests, ['await-order', awaitOrder], ['bought', bought]]),
    handlers: new Map([...handlers, ['await-order', awaitOrderHandler], ['bought', boughtHandler]]),
  },
);

let opened: TestDatabase;
let now = 0;
beforeAll(async () => {
  opened = await openTestDatabase([runs, batches, events]);
});
afterAll(() => opened.close());
beforeEach(async () => {
  now = Date.parse('2026-03-02T08:00:00Z');
  for (const { name } of [runs, batches, events]) await opened.database.db.collection(name).deleteMany({});
});

async function open(more: Partial<ExecutorDeps> = {}): Promise<{
  executor: Executor;
  arrive(...events: EventRecord[]): Promise<void>;
}> {
  const { database } = opened;
  const programs = { get: async () => program };
  const executor = createExecutor({
    store: createMongoRunStore(database),
    programs,
    profiles: { facts: async (ids) => new Map(ids.map((id) => [id, { id, attributes: {} }])) },
    reads: { ...NO_READS, bucket: await createBucket() },
    lookBack: createLookBack({ database, timeZone: 'UTC' }),
    effects: { perform: async () => ({ reached: [] }) },
    tally: { add: async () => {} },
    wakeUps: { schedule: async () => {} },
    clock: { now: () => now },
    timeZone: 'UTC',
    log: pino({ level: 'silent' }),
    ...more,
  });
  const matcher = createWaitMatcher({ database, executor, programs, timeZone: 'UTC' });
  return {
    executor,
    async arrive(...news) {
      await database.collection(events).insertMany(news);
      await matcher.consume(news);
    },
  };
}

const enrolOne = (executor: Executor) =>
  executor.enrol(program, 'start', [{ profile: { id: 'p', attributes: {} }, entryKey: 'once' }]);
const theRun = () => opened.database.collection(runs).findOne({});
const pathOf = (run: Awaited<ReturnType<typeof theRun>>) => run?.path.map(({ node, port }) => `${node}:${port ?? ''}`);

function eventOf(id: string, name: string, properties: Record<string, unknown> = {}): EventRecord {
  const at = new Date(now);
  return { _id: id, profileId: 'p', name, properties, at, receivedAt: at };
}

describe('an event that a run waits for', () => {
  it('[RUN-6] lets it go on at once, and is what the run carries on with', async () => {
    const { executor, arrive } = await open();
    await enrolOne(executor);
    now += 1000;
    await arrive(eventOf('small', 'Order', { amount: 5 }), eventOf('big', 'Order', { amount: 50 }));
    const run = await theRun();
    expect(pathOf(run)).toEqual(['start:next', 'wait:happened', 'again:']);
    expect([run?.event?.id, run?.signals, run?.hold]).toEqual(['big', undefined, undefined]);
  });

  it('[RUN-6] told twice does not also end the next wait for the like', async () => {
    const { executor, arrive } = await open();
    await enrolOne(executor);
    now += 1000;
    const order = eventOf('big', 'Order', { amount: 50 });
    await arrive(order);
    const { database } = opened;
    const matcher = createWaitMatcher({ database, executor, programs: { get: async () => program }, timeZone: 'UTC' });
    await matcher.consume([order]);
    expect(pathOf(await theRun())).toEqual(['start:next', 'wait:happened', 'again:']);
    now += 1000;
    await arrive(eventOf('next', 'Order', { amount: 60 }));
    expect((await theRun())?.status).toBe('ended');
  });

  it('[RUN-6] is void once the timer was first, even if nobody had got to the timer yet', async () => {
    const { executor, arrive } = await open();
    await enrolOne(executor);
    now += HOUR + 1000;
    await arrive(eventOf('late', 'Order', { amount: 50 }));
    expect(pathOf(await theRun())).toEqual(['start:next', 'wait:timed-out', 'end:']);
  });

  it('is found by looking back when it was matched before the wait was committed', async () => {
    const order = eventOf('early', 'Order', { amount: 50 });
    const { database } = opened;
    const store = createMongoRunStore(database);
    const { executor } = await open({
      store: {
        ...store,
        async insert(batchId, fresh) {
          // Stored and matched by another process while this one has yet to commit: its matcher finds nobody waiting.
          await database.collection(events).insertOne(order);
          return store.insert(batchId, fresh);
        },
      },
    });
    await enrolOne(executor);
    await executor.drainDue(10);
    expect(pathOf(await theRun())).toEqual(['start:next', 'wait:happened', 'again:']);
  });

  it('takes a run to its goal from wherever it stands', async () => {
    const { executor, arrive } = await open();
    await enrolOne(executor);
    now += 1000;
    await arrive(eventOf('paid', 'Bought'));
    const run = await theRun();
    expect(pathOf(run)).toEqual(['start:next', 'wait:', 'goal:']);
    expect([run?.status, run?.endReason?.code, run?.path[1]?.reason?.code]).toEqual([
      'ended',
      'by-event',
      'goal-reached',
    ]);
  });

  it('of somebody else changes nothing', async () => {
    const { executor, arrive } = await open();
    await enrolOne(executor);
    now += 1000;
    await arrive({ ...eventOf('other', 'Bought'), profileId: 'q' });
    expect((await theRun())?.status).toBe('waiting');
  });
});
