import { createBucket } from '@sluice/shared/node-contract';
import { DAY_MS } from '@sluice/shared/time';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase } from '../../test/open-test-database.ts';
import { createAudienceIndex } from '../audiences/audience-index.ts';
import { audiences } from '../audiences/audience-record.ts';
import { memberships } from '../audiences/membership-record.ts';
import { type DeliveryRecord, deliveries } from '../channels/delivery-record.ts';
import { graphOf, KINDS } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { START } from './forecast.fixture.ts';
import { type ForecastRecord, forecasts } from './forecast-record.ts';
import { basisOf } from './prepare-forecast.ts';
import { type RunForecastDeps, runForecast } from './run-forecast.ts';

const PEOPLE = 2500;
const MAIL = { to: 'email', subject: 'Hi', body: '' };
const graph = graphOf(
  [
    [
      'start',
      'event-trigger',
      { event: 'Cart Filled', where: [], audience: { op: 'all', of: [] }, reentry: 'unlimited' },
    ],
    ['mail', 'email', MAIL],
    ['wait', 'delay', { durationMs: DAY_MS }],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>mail', 'mail:next>wait', 'wait:next>end'],
);
const idOf = (index: number) => `p${String(index).padStart(5, '0')}`;

let database: Database;
let close: () => Promise<void>;
let deps: RunForecastDeps;

beforeAll(async () => {
  ({ database, close } = await openTestDatabase([
    profiles,
    events,
    runs,
    deliveries,
    forecasts,
    audiences,
    memberships,
  ]));
  const clock = { now: () => START };
  deps = {
    database,
    clock,
    kinds: KINDS,
    ensure: async () => {},
    timeZone: 'UTC',
    log: pino({ level: 'silent' }),
    index: createAudienceIndex({ database, clock }),
    services: { active: async () => new Map() },
    decisions: { winner: async () => undefined },
    liveProgram: async () => undefined,
  };
  const at = new Date(START - 90 * DAY_MS);
  await database.collection(profiles).insertMany(
    Array.from({ length: PEOPLE }, (_, index) => ({
      _id: idOf(index),
      userId: null,
      attributes: { email: `${idOf(index)}@shop.example` },
      createdAt: at,
      updatedAt: at,
    })),
  );
  // A tenth filled a cart ten days ago; another tenth so long ago that it is not replayed.
  const bucket = await createBucket();
  await database.collection(events).insertMany(
    Array.from({ length: PEOPLE }, (_, index) => index)
      .filter((index) => index % 5 === 0)
      .map((index) => {
        const happened = new Date(START - (index % 10 === 0 ? 10 : 60) * DAY_MS);
        return {
          _id: `e${index}`,
          profileId: idOf(index),
          name: 'Cart Filled',
          properties: {},
          at: happened,
          receivedAt: happened,
        };
      }),
  );
  // What was sent by another flow: one in four opened it, most of them within hours.
  const sentAt = new Date(START - 5 * DAY_MS);
  const sent = Array.from({ length: 400 }, (_, index) => index);
  await database.collection(deliveries).insertMany(
    sent.map(
      (index): DeliveryRecord => ({
        _id: `d${index}`,
        runId: `r${index}`,
        flowId: 'other',
        version: 1,
        nodeId: 'mail',
        profileId: idOf(index),
        channel: 'email',
        provider: 'outbox',
        status: index % 20 === 0 ? 'failed' : 'sent',
        to: '',
        subject: '',
        at: sentAt,
      }),
    ),
  );
  await database.collection(events).insertMany(
    sent
      .filter((index) => index % 4 === 1)
      .map((index) => {
        const opened = new Date(sentAt.getTime() + Math.round(bucket('f', 'n', idOf(index), 's') * DAY_MS));
        const properties = { deliveryId: `d${index}` };
        return {
          _id: `o${index}`,
          profileId: idOf(index),
          name: 'Link Clicked',
          properties,
          at: opened,
          receivedAt: opened,
        };
      }),
  );
});
afterAll(() => close());

function record(id: string, change: Partial<ForecastRecord> = {}): ForecastRecord {
  return {
    _id: id,
    flowId: 'flow',
    version: null,
    graph,
    settings: { days: 14, seed: 3, rates: [], arrivals: [], answers: [], channels: [], nodes: [], currency: 'CNY' },
    startAt: new Date(START),
    status: 'running',
    phase: 'history',
    progress: 0,
    profiles: 0,
    tries: 0,
    startedAt: new Date(START),
    finishedAt: null,
    createdBy: '',
    problem: null,
    basis: null,
    result: null,
    ...change,
  };
}

const quietly = () => ({ touch: async () => {}, signal: new AbortController().signal });
const read = async (_id: string) => (await database.collection(forecasts).findOne({ _id })) as ForecastRecord;
const bare = ({ result }: ForecastRecord) => ({ ...result, tookMs: 0 });

it('replays who came to an event trigger in the same days of weeks before, and answers messages as history did', async () => {
  await database.collection(forecasts).insertOne(record('plain'));
  await runForecast(deps, 'plain', quietly());
  const { status, result, basis } = await read('plain');
  expect(status).toBe('done');
  expect(result).toMatchObject({ profiles: PEOPLE, runs: PEOPLE / 10, entered: PEOPLE / 10 });
  expect(basis?.rates.find(({ node }) => node === 'mail')).toMatchObject({ source: { kind: 'workspace', count: 380 } });
  expect(basis?.channels).toEqual([
    { channel: 'email', deliveredShare: 0.95, source: { kind: 'workspace', count: 400 } },
  ]);
  const expected = (PEOPLE / 10) * 0.95 * (100 / 380);
  expect(Math.abs((result?.clicked ?? 0) - expected)).toBeLessThan(3 * Math.sqrt(expected));
});

it('[FC-3] one that was cut off is made again and comes to the same; a worker that lost it changes nothing', async () => {
  const cut = new AbortController();
  await database.collection(forecasts).insertOne(record('cut'));
  await runForecast(deps, 'cut', { touch: async () => cut.abort(), signal: cut.signal });
  expect(await read('cut')).toMatchObject({ status: 'running', result: null, tries: 1 });
  // Two at once: the one that comes second takes it over, and only its result counts.
  await Promise.all([runForecast(deps, 'cut', quietly()), runForecast(deps, 'cut', quietly())]);
  const again = await read('cut');
  expect(again.status).toBe('done');
  expect(bare(again)).toEqual(bare(await read('plain')));
});

it('[FC-3] one that is cut off each time fails in the end and says so', async () => {
  await database.collection(forecasts).insertOne(record('doomed', { tries: 3 }));
  await runForecast(deps, 'doomed', quietly());
  expect(await read('doomed')).toMatchObject({ status: 'failed', finishedAt: new Date(START) });
  expect((await read('doomed')).problem?.['zh-CN']).toContain('中断');
});

it('one that is cancelled on the way stays cancelled', async () => {
  await database.collection(forecasts).insertOne(record('stopped'));
  const cancel = () => database.collection(forecasts).updateOne({ _id: 'stopped' }, { $set: { status: 'cancelled' } });
  await runForecast(deps, 'stopped', {
    touch: async () => void (await cancel()),
    signal: new AbortController().signal,
  });
  expect(await read('stopped')).toMatchObject({ status: 'cancelled', result: null });
});

it('who had a run before is turned away by the rule of re-entry', async () => {
  const enteredAt = new Date(START - DAY_MS);
  const trigger = graph.nodes[0] as (typeof graph.nodes)[number];
  const once = {
    ...graph,
    nodes: [{ ...trigger, params: { ...trigger.params, reentry: 'once' } }, ...graph.nodes.slice(1)],
  };
  const entered = { version: 1, status: 'ended', node: 'end', entryKey: 'once', path: [], variants: {} } as const;
  const { runIdOf } = await import('../executor/run-record.ts');
  await database.collection(runs).insertMany(
    [0, 10, 20].map((index) => ({
      ...entered,
      _id: runIdOf('entered', idOf(index), 'once'),
      flowId: 'entered',
      profileId: idOf(index),
      enteredAt,
      path: [],
    })),
  );
  await database.collection(forecasts).insertOne(record('once', { flowId: 'entered', graph: once }));
  await runForecast(deps, 'once', quietly());
  const { result } = await read('once');
  expect(result?.runs).toBe(PEOPLE / 10 - 3);
  expect(result?.refused).toEqual([{ trigger: 'start', reason: 'already-entered', count: 3 }]);
});

it('reads the rates of a node from its own messages once there are enough', async () => {
  const { basis } = await basisOf(deps, { flowId: 'other', graph, days: 14, now: START });
  const rate = basis.rates.find(({ node }) => node === 'mail');
  expect(rate).toMatchObject({ source: { kind: 'node', count: 380 }, share: 100 / 380 });
  expect(basis.arrivals).toMatchObject([{ trigger: 'start', source: { kind: 'people', count: 250 } }]);
});
