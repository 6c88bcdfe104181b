import type { WinnerRule } from '@sluice/shared/node-contract';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTally, tallies } from '../analytics/tally.ts';
import { graphOf, KINDS } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { dyingDatabase } from '../flows/dying-database.fake.ts';
import { connectDatabase, type Database } from '../stores/database.ts';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { experimentDecisions } from './experiment-record.ts';
import { createExperiments } from './experiments.ts';

const START = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;
const rule: WinnerRule = {
  metric: 'click',
  everyMs: HOUR,
  looks: 2,
  minimumPerArm: 100,
  confidence: 0.95,
  afterwards: 'all-to-winner',
};
const VERSION = { flowId: 'flow', version: 1 };
const JOB = { touch: async () => {}, signal: new AbortController().signal };

const graph = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
    [
      'split',
      'ab-split',
      {
        variants: [
          { key: 'a', name: 'A', weight: 40, isHoldOut: false },
          { key: 'b', name: 'B', weight: 40, isHoldOut: false },
          { key: 'none', name: 'None', weight: 20, isHoldOut: true },
        ],
        winner: rule,
      },
    ],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>split', 'split:a>end', 'split:b>end', 'split:none>end'],
);
const program = compileProgram('flow', 1, graph, KINDS);

let opened: TestDatabase;
let database: Database;
let now: number;
beforeEach(async () => {
  opened = await openTestDatabase([runs, tallies, experimentDecisions]);
  database = opened.database;
  now = START;
});
afterEach(() => opened.close());

/** One process; each has its own connection where `over` is one. */
function open(over: Database = database) {
  return createExperiments({
    database: over,
    clock: { now: () => now },
    log: pino({ level: 'silent' }),
    programs: { get: async () => program },
  });
}

let made = 0;
function runsOf(variant: string, people: number, clicked: number, more: Partial<RunRecord> = {}): RunRecord[] {
  return Array.from({ length: people }, (_, index) => {
    const id = `${variant}-${made++}`;
    return {
      _id: id,
      ...VERSION,
      profileId: `p-${id}`,
      entryKey: 'once',
      status: 'ended',
      node: 'end',
      enteredAt: new Date(now),
      path: [
        { node: 'start', enteredAt: now, leftAt: now, port: 'next' },
        { node: 'split', enteredAt: now, leftAt: now, port: variant },
      ],
      variants: { split: variant },
      hold: { batch: 'b', isCommitted: true, from: 0 },
      ...(index < clicked && { clickedAt: new Date(now) }),
      ...more,
    };
  });
}

async function enter(...entered: RunRecord[][]): Promise<void> {
  await database.collection(runs).insertMany(entered.flat());
  await createTally(database).add(`b${made}`, new Date(now), entered.flat());
}

const stored = () => database.collection(experimentDecisions).findOne({ _id: 'flow:1:split' });
const winner = () => open().winner('flow', 1, 'split');

async function begun() {
  const experiments = open();
  await experiments.begin(VERSION);
  return experiments;
}

/** Begun, with people, an hour after the first of them was seen. */
async function dueWith(...entered: RunRecord[][]) {
  const experiments = await begun();
  await enter(...entered);
  await experiments.lookAtDue(JOB);
  now += HOUR;
  return experiments;
}

describe('a split that chooses its winner', () => {
  it('counts its time from the first profile that it deals', async () => {
    const experiments = await begun();
    now += 30 * HOUR;
    await experiments.lookAtDue(JOB);
    expect(await experiments.decisionOf(program, 'split')).toMatchObject({ startedAt: null, nextLookAt: null });
    await enter(runsOf('a', 1, 0));
    await experiments.lookAtDue(JOB);
    expect(await experiments.decisionOf(program, 'split')).toMatchObject({
      startedAt: new Date(now).toISOString(),
      nextLookAt: new Date(now + HOUR).toISOString(),
      looks: [],
    });
  });

  it('looks when its time has come, not before, and sends everyone to the variant that won', async () => {
    const experiments = await dueWith(runsOf('a', 300, 20), runsOf('b', 300, 45), runsOf('none', 150, 149));
    now -= 1;
    await experiments.lookAtDue(JOB);
    expect(await winner()).toBeUndefined();
    now += 1;
    await experiments.lookAtDue(JOB);
    expect(await winner()).toBe('b');
    expect(await experiments.decisionOf(program, 'split')).toMatchObject({
      rule,
      decidedAt: new Date(now).toISOString(),
      nextLookAt: null,
      winner: 'b',
      looks: [
        {
          outcome: 'won',
          leader: 'b',
          arms: [
            { variant: 'a', people: 300, results: 20 },
            { variant: 'b', people: 300, results: 45 },
            { variant: 'none', people: 150, results: 149 },
          ],
          comparisons: [{ variant: 'a' }],
        },
      ],
    });
  });

  it('keeps the shares when the last look finds no winner, and looks no more', async () => {
    const experiments = await dueWith(runsOf('a', 300, 30), runsOf('b', 300, 31), runsOf('none', 150, 1));
    await experiments.lookAtDue(JOB);
    expect(await stored()).toMatchObject({ looks: [{ outcome: 'open' }], nextLookAt: new Date(now + HOUR) });
    now += HOUR;
    await experiments.lookAtDue(JOB);
    expect(await stored()).toMatchObject({ winner: null, decidedAt: new Date(now) });
    await enter(runsOf('b', 300, 300), runsOf('a', 300, 0));
    now += 5 * HOUR;
    await experiments.lookAtDue(JOB);
    expect((await stored())?.looks).toHaveLength(2);
    expect(await winner()).toBeUndefined();
  });

  it('looks once after a standstill, however many looks that has missed', async () => {
    const experiments = await dueWith(runsOf('a', 300, 30), runsOf('b', 300, 31), runsOf('none', 150, 1));
    now += 40 * HOUR;
    await experiments.lookAtDue(JOB);
    await experiments.lookAtDue(JOB);
    expect(await stored()).toMatchObject({ winner: null, looks: [{ outcome: 'open' }] });
  });

  it('counts people, not runs, and leaves out whom another version has dealt', async () => {
    const experiments = await dueWith(
      runsOf('a', 300, 20),
      runsOf('b', 120, 12),
      runsOf('b', 180, 0, { profileId: 'comes-again' }),
      runsOf('b', 200, 200, {
        moves: [{ at: new Date(now), from: 1, to: 2, seq: 0, kept: [], dropped: [] }],
      }),
    );
    await experiments.lookAtDue(JOB);
    expect((await stored())?.looks[0]?.arms).toEqual([
      { variant: 'a', people: 300, results: 20 },
      { variant: 'b', people: 121, results: 12 },
      { variant: 'none', people: 0, results: 0 },
    ]);
  });

  it('is looked at once by two processes that find it due at the same moment', async () => {
    await dueWith(runsOf('a', 300, 20), runsOf('b', 300, 45), runsOf('none', 150, 1));
    const second = await connectDatabase(opened.url, { databaseName: database.db.databaseName });
    try {
      const processes = [open(), open(second), open(), open(second)];
      await Promise.all(processes.map((one) => one.lookAtDue(JOB)));
      await Promise.all(processes.map((one) => one.begin(VERSION)));
    } finally {
      await second.close();
    }
    expect(await stored()).toMatchObject({ winner: 'b', looks: [{ outcome: 'won' }] });
  });

  it.each([1, 2, 3])('is decided the same, with as many looks, when a process is killed at write %i', async (write) => {
    for (const moment of ['before', 'after'] as const) {
      await database.collection(experimentDecisions).deleteMany({});
      await database.collection(runs).deleteMany({});
      now = START;
      const dying = open(dyingDatabase(database, write, moment));
      await dying.begin(VERSION).catch(() => open().begin(VERSION));
      await enter(runsOf('a', 300, 20), runsOf('b', 300, 45), runsOf('none', 150, 1));
      await dying.lookAtDue(JOB);
      await open().lookAtDue(JOB);
      now += HOUR;
      await dying.lookAtDue(JOB);
      await open().lookAtDue(JOB);
      expect(await stored()).toMatchObject({ winner: 'b', looks: [{ outcome: 'won' }] });
    }
  });

  it('that cannot be looked at keeps no other waiting', async () => {
    const experiments = await dueWith(runsOf('a', 300, 20), runsOf('b', 300, 45), runsOf('none', 150, 1));
    const broken = { flowId: 'flow', version: 1, node: 'gone', nextLookAt: new Date(START), looks: [] };
    await database.collection(experimentDecisions).insertOne({ _id: 'flow:1:gone', ...broken });
    await experiments.lookAtDue(JOB);
    expect(await winner()).toBe('b');
  });
});
