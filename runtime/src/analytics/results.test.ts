import type { Decision } from '@sluice/shared/http-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enrolments } from '../enrolment/enrolment-record.ts';
import { runs } from '../executor/run-record.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { openTestDatabase } from '../../test/open-test-database.ts';
import { createAttribution } from './attribute-events.ts';
import { countFlow } from './count-flow.ts';
import { readFunnel } from './funnel.ts';
import { listRuns } from './list-runs.ts';
import { AT, DAY, measurement, program, runOf } from './results.fixture.ts';
import { createTally, tallies } from './tally.ts';

function eventOf(id: string, name: string, run: string, atMs: number, properties = {}): EventRecord {
  return {
    _id: id,
    profileId: `p-${run}`,
    name,
    properties,
    at: new Date(atMs),
    receivedAt: new Date(AT),
  };
}

let opened: { database: Database; close(): Promise<void> };
let database: Database;
beforeAll(async () => {
  opened = await openTestDatabase([runs, events, tallies, enrolments, profiles]);
  database = opened.database;
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const declaration of [runs, events, tallies] as const)
    await database.db.collection(declaration.name).deleteMany({});
});

function startAttribution() {
  return createAttribution({
    database,
    measurements: { listeners: async () => [{ flowId: 'flow', version: 1, measurement }] },
  });
}

async function attribute(...news: EventRecord[]): Promise<void> {
  await startAttribution().consume(news);
}

describe('results of a flow', () => {
  it('count targeted, reached, clicked, converted and value per variant, the hold-out too', async () => {
    await database
      .collection(runs)
      .insertMany([
        runOf('a', 'mail', { reachedAt: new Date(AT) }),
        runOf('b', 'mail', { reachedAt: new Date(AT) }),
        runOf('c', 'none'),
      ]);
    await attribute(
      eventOf('e1', 'visit', 'a', AT + DAY),
      eventOf('e2', 'order', 'a', AT + DAY, { amount: 12.34 }),
      eventOf('e3', 'order', 'a', AT + 2 * DAY, { amount: 0.66 }),
      eventOf('e4', 'visit', 'c', AT + DAY),
      eventOf('e5', 'unrelated', 'b', AT + DAY),
    );
    const funnel = await readFunnel(database, program, undefined, async () => null);
    expect(
      funnel.rows.map(({ variant, targeted, reached, clicked, converted, value }) => [
        variant,
        targeted,
        reached,
        clicked,
        converted,
        value,
      ]),
    ).toEqual([
      ['mail', 2, 2, 1, 1, 13],
      ['none', 1, 0, 1, 0, 0],
    ]);
    expect(funnel.total).toMatchObject({ targeted: 3, converted: 1, value: 13 });
  });

  it('check the shares by those whom chance has dealt, once everyone goes to a winner', async () => {
    await database
      .collection(runs)
      .insertMany(Array.from({ length: 200 }, (_, index) => runOf(`r${index}`, index < 190 ? 'mail' : 'none')));
    const rule = {
      metric: 'click',
      everyMs: DAY,
      looks: 1,
      minimumPerArm: 20,
      confidence: 0.95,
      afterwards: 'all-to-winner',
    } as const;
    const arms = [
      { variant: 'none', people: 48, results: 1 },
      { variant: 'mail', people: 52, results: 30 },
    ];
    const at = new Date(AT).toISOString();
    const decision: Decision = {
      rule,
      startedAt: at,
      nextLookAt: null,
      decidedAt: at,
      winner: 'mail',
      looks: [{ at, outcome: 'won', leader: 'mail', threshold: 0.05, arms, comparisons: [] }],
    };
    const suspect = async (given: Decision | null) =>
      (await readFunnel(database, program, undefined, async () => given)).sampleRatio?.isSuspect;
    expect(await suspect(decision)).toBe(false);
    expect(await suspect(null)).toBe(true);
    expect(await suspect({ ...decision, winner: null })).toBe(true);
    expect(await suspect({ ...decision, rule: { ...rule, afterwards: 'keep' } })).toBe(true);
  });

  it('count an event once, however often a crash makes it be matched again', async () => {
    await database.collection(runs).insertOne(runOf('a', 'mail'));
    await attribute(eventOf('e1', 'order', 'a', AT + DAY, { amount: 5 }));
    await attribute(eventOf('e1', 'order', 'a', AT + DAY, { amount: 5 }));
    expect(await database.collection(runs).findOne({ _id: 'a' })).toMatchObject({
      valueMinor: 500,
      conversions: [{ event: 'e1' }],
    });
  });

  it('leave out what came before the run or after the window', async () => {
    await database.collection(runs).insertOne(runOf('a', 'mail'));
    await attribute(
      eventOf('e1', 'order', 'a', AT - 1),
      eventOf('e2', 'order', 'a', AT + 15 * DAY),
      eventOf('e3', 'visit', 'a', AT - 5),
    );
    const run = await database.collection(runs).findOne({ _id: 'a' });
    expect([run?.convertedAt, run?.clickedAt, run?.valueMinor]).toEqual([undefined, undefined, undefined]);
  });

  it('[RUN-3] tally a batch once, however often it is told', async () => {
    const tally = createTally(database);
    const batch = [runOf('a', 'mail'), runOf('b', 'none')];
    await tally.add('b', new Date(AT), batch);
    await tally.add('b', new Date(AT), batch);
    await tally.add('b2', new Date(AT), [
      runOf('c', 'mail', {
        status: 'waiting',
        node: 'split',
        path: [
          { node: 'start', enteredAt: AT, leftAt: AT, port: 'next' },
          { node: 'split', enteredAt: AT },
        ],
      }),
    ]);
    const counts = await countFlow(database, 'flow', 1, AT);
    expect(counts.runs).toBe(3);
    expect(counts.nodes['split']).toEqual({ entered: 3, waiting: 1, failed: 0, ended: 0, left: { mail: 1, none: 1 } });
    expect(counts.nodes['end']).toMatchObject({ entered: 2, ended: 2, waiting: 0 });
    expect([counts.waiting, counts.ended]).toEqual([1, 2]);
  });

  it('tell of a period what happened in it, and of now who waits; each number opens as many runs', async () => {
    const later = AT + 3 * 3_600_000;
    const late = { enteredAt: later, leftAt: later };
    const early = runOf('early', 'mail', {
      status: 'waiting',
      node: 'split',
      path: [
        { node: 'start', enteredAt: AT, leftAt: AT, port: 'next' },
        { node: 'split', enteredAt: AT },
      ],
    });
    const after = runOf('after', 'mail', {
      enteredAt: new Date(later),
      endedAt: new Date(later),
      path: [
        { node: 'start', ...late, port: 'next' },
        { node: 'split', ...late, port: 'mail' },
        { node: 'end', ...late },
      ],
    });
    const tally = createTally(database);
    await tally.add('b', new Date(AT), [early]);
    await tally.add('b', new Date(later), [after]);
    await database.collection(runs).insertMany([early, after]);
    const from = Math.floor(later / 3_600_000) * 3_600_000;
    const counts = await countFlow(database, 'flow', 1, later, { period: { from } });
    expect(counts.nodes['split']).toEqual({ entered: 1, waiting: 1, failed: 0, ended: 0, left: { mail: 1 } });
    expect([counts.runs, counts.waiting, counts.ended]).toEqual([1, 1, 1]);
    const query = { from: new Date(from).toISOString() };
    const names = async () => new Map([['flow', 'Flow']]);
    for (const place of [{ node: 'split' }, { node: 'split', port: 'mail' }, { status: 'ended' as const }, {}]) {
      const { items } = await listRuns(database, names, 'flow', 1, { ...query, ...place });
      expect(items.map(({ id }) => id)).toEqual(['after']);
    }
  });

  it('open the people behind each number, page by page', async () => {
    await database
      .collection(runs)
      .insertMany([runOf('a', 'mail', { convertedAt: new Date(AT) }), runOf('b', 'none'), runOf('c', 'mail')]);
    const ids = async (query: object) =>
      (await listRuns(database, async () => new Map([['flow', 'Spring']]), 'flow', 1, query)).items.map(
        (run) => run.id,
      );
    expect(await ids({ node: 'split', port: 'mail' })).toEqual(['a', 'c']);
    expect(await ids({ experiment: 'split', variant: 'none' })).toEqual(['b']);
    expect(await ids({ stage: 'converted' })).toEqual(['a']);
    expect(await ids({ at: 'end' })).toEqual([]);
    const page = await listRuns(database, async () => new Map([['flow', 'Spring']]), 'flow', 1, { limit: 2 });
    expect(page.items.map((run) => run.flowName)).toEqual(['Spring', 'Spring']);
    expect(await ids({ after: page.next })).toEqual(['c']);
  });
});
