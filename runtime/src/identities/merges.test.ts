import { createBucket } from '@sluice/shared/node-contract';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { audiences } from '../audiences/audience-record.ts';
import { memberships } from '../audiences/membership-record.ts';
import { newMembership } from '../audiences/write-memberships.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { createProfilePerformer } from '../effects/update-profiles.ts';
import type { EffectRequest } from '../effects/kind-performer.ts';
import { batches } from '../executor/batch-record.ts';
import { graphOf, KINDS, NO_READS } from '../executor/executor.fixture.ts';
import { createExecutor, type ExecutorDeps } from '../executor/executor.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { createMongoRunStore } from '../executor/mongo-run-store.ts';
import { runIdOf, runs } from '../executor/run-record.ts';
import { dyingDatabase } from '../flows/dying-database.fake.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { unmatchedEvents } from '../ingest/unmatched-record.ts';
import { createEventMatcher } from '../matching/event-matcher.ts';
import { createLookBack } from '../matching/wait-matcher.ts';
import { profiles } from '../profiles/profile-record.ts';
import { createProfileSource } from '../profiles/profile-source.ts';
import type { Database } from '../stores/database.ts';
import { createAliases } from './aliases.ts';
import { profileMerges } from './merge-record.ts';
import { createMerges, type Merges } from './merges.ts';

const COLLECTIONS = [profiles, events, runs, batches, deliveries, audiences, memberships, profileMerges] as const;
const MINUTE = 60_000;
const log = pino({ level: 'silent' });
const at = new Date('2026-03-02T08:00:00Z');
let opened: TestDatabase;
let now = 0;
const clock = { now: () => now };
beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
});
afterAll(() => opened.close());
beforeEach(async () => {
  now = at.getTime();
  for (const { name } of COLLECTIONS) await opened.database.db.collection(name).deleteMany({});
  await addPeople();
});

async function addPeople() {
  await opened.database.collection(profiles).insertMany([
    {
      _id: 'device',
      userId: null,
      anonymousIds: ['d'],
      attributes: { plan: 'pro', visits: 3 },
      appliedEffects: ['seen'],
      createdAt: at,
      updatedAt: at,
    },
    { _id: 'ann', userId: 'ann', attributes: { city: 'Graz' }, createdAt: at, updatedAt: at },
  ]);
}

function mergesOn(database: Database): Merges {
  return createMerges({ database, aliases: createAliases({ database }), clock, judgeAgain: async () => {} });
}

function eventOf(_id: string, profileId: string): EventRecord {
  return { _id, profileId, name: 'Ordered', properties: {}, at, receivedAt: new Date(now) };
}

const all = (name: string) => opened.database.db.collection(name).find({}).sort({ _id: 1 }).toArray();

/** What belongs to whom, and what is known of each. A size is left to the sweep that counts audiences. */
async function readWorld() {
  const { database } = opened;
  const people = await database.collection(profiles).find({}).sort({ _id: 1 }).toArray();
  const held = await database.collection(memberships).find({}).sort({ _id: 1 }).toArray();
  const owned = await Promise.all([events, runs, deliveries].map(({ name }) => all(name)));
  return {
    people: people.map(({ _id, userId, attributes, anonymousIds = [], appliedEffects = [] }) => ({
      _id,
      userId,
      attributes,
      anonymousIds,
      effects: appliedEffects.filter((id) => id === 'seen'),
    })),
    held: held.map(({ _id, isMember }) => [_id, isMember]),
    owners: owned.flat().map(({ _id, profileId }) => [_id, profileId]),
  };
}

/** That a profile knows of effects that were not its own is harmless. */
function withoutEffects(world: Awaited<ReturnType<typeof readWorld>>) {
  return { ...world, people: world.people.map((person) => ({ ...person, effects: [] })) };
}

async function wasKilled(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    if ((error as Error).message !== 'killed') throw error;
    return true;
  }
}

async function addBelongings() {
  const { database } = opened;
  await database.collection(events).insertMany([eventOf('e1', 'device'), eventOf('e2', 'ann')]);
  const run = { flowId: 'flow', version: 1, status: 'waiting', node: 'wait', path: [], variants: {}, enteredAt: at };
  await database.collection(runs).insertMany([
    { ...run, _id: 'r1', profileId: 'device', entryKey: 'once' },
    { ...run, _id: 'r2', profileId: 'ann', entryKey: 'once' },
  ] as never);
  await database.collection(deliveries).insertOne({ _id: 'x', profileId: 'device', at } as never);
  await database.collection(audiences).insertOne({ _id: 'vip', name: 'VIP', kind: 'manual', size: 1 } as never);
  await database
    .collection(memberships)
    .insertOne(newMembership('vip', 'device', { isMember: true, at, isAnnounced: false }));
}

describe('a process that dies while it merges', () => {
  it('[RUN-11] leaves a merge that another one finishes with the same result, wherever it died', async () => {
    await addBelongings();
    await mergesOn(opened.database).merge('device', 'ann', 'op');
    const expected = await readWorld();
    const worlds: Record<string, unknown> = {};
    const die = async (write: number, moment: 'before' | 'after') => {
      for (const { name } of COLLECTIONS) await opened.database.db.collection(name).deleteMany({});
      await addPeople();
      await addBelongings();
      const isDead = await wasKilled(
        mergesOn(dyingDatabase(opened.database, write, moment)).merge('device', 'ann', 'op'),
      );
      now += 3 * MINUTE;
      await mergesOn(opened.database).resume();
      await mergesOn(opened.database).merge('device', 'ann', 'op');
      worlds[`${moment} write ${write}`] = await readWorld();
      return isDead;
    };
    for (let write = 1; (await die(write, 'before')) && (await die(write, 'after')); write += 1);
    const deaths = Object.keys(worlds);
    expect(deaths.length).toBeGreaterThan(30);
    expect(worlds).toEqual(Object.fromEntries(deaths.map((death) => [death, expected])));
  });

  it('leaves an undoing that another one finishes, wherever it died', async () => {
    await addBelongings();
    const start = await readWorld();
    const worlds: unknown[] = [];
    for (let isDead = true; isDead; ) {
      const { _id } = await mergesOn(opened.database).merge('device', 'ann', 'op');
      isDead = await wasKilled(mergesOn(dyingDatabase(opened.database, worlds.length + 1, 'after')).undo(_id));
      now += 3 * MINUTE;
      await mergesOn(opened.database).undo(_id);
      worlds.push(withoutEffects(await readWorld()));
    }
    expect(worlds.length).toBeGreaterThan(8);
    expect(worlds).toEqual(worlds.map(() => withoutEffects(start)));
  });
});

describe('whoever had looked before the merge', () => {
  it('[RUN-11] applies an effect of a held run to the profile that goes on, once', async () => {
    const performer = createProfilePerformer(opened.database, log);
    const request = (effectId: string) =>
      ({
        effectId,
        effect: { kind: 'update-profile', increment: { visits: 1 } },
        run: { profileId: 'device' },
      }) as unknown as EffectRequest<'update-profile'>;
    await performer.perform([request('first')]);
    await mergesOn(opened.database).merge('device', 'ann', 'op');
    await performer.perform([request('first'), request('second')]);
    await performer.perform([request('second')]);
    expect((await opened.database.collection(profiles).findOne({ _id: 'ann' }))?.attributes.visits).toBe(5);
  });

  it('[RUN-11] writes to the absorbed profile late, and it is carried over', async () => {
    const merges = mergesOn(opened.database);
    await merges.merge('device', 'ann', 'op');
    const late = { _id: 'device', userId: null, attributes: { city: 'Linz', age: 30 }, createdAt: at, updatedAt: at };
    await opened.database.collection(profiles).insertOne(late);
    await opened.database.collection(events).insertOne(eventOf('late', 'device'));
    now += MINUTE;
    await merges.resume();
    expect(await all('profiles')).toMatchObject([
      { _id: 'ann', attributes: { city: 'Graz', plan: 'pro', visits: 3, age: 30 } },
    ]);
    expect(await all('events')).toMatchObject([{ _id: 'late', profileId: 'ann' }]);
    now += 11 * MINUTE;
    await merges.resume();
    expect(await all('profileMerges')).toMatchObject([{ status: 'done', absorbed: { attributes: { plan: 'pro' } } }]);
  });

  it('[RUN-11] tells an event again under the new id when its profile is merged while consumers look', async () => {
    const told: string[] = [];
    const matcher = createEventMatcher({
      database: opened.database,
      clock,
      log,
      consumers: [
        {
          consume: async (batch) => {
            told.push(...batch.map(({ profileId }) => profileId));
            if (told.length === 1) await mergesOn(opened.database).merge('device', 'ann', 'op');
          },
        },
      ],
    });
    const event = eventOf('e', 'device');
    await opened.database.collection(events).insertOne(event);
    const waiting = { _id: 'u', receivedAt: event.receivedAt, eventIds: ['e'] };
    await opened.database.collection(unmatchedEvents).insertOne(waiting);
    matcher.take([event], 'u');
    await matcher.idle();
    expect(told).toEqual(['device', 'ann']);
    expect(await opened.database.collection(unmatchedEvents).countDocuments()).toBe(0);
  });
});

describe('a run that is held while its profile is merged', () => {
  const program = compileProgram(
    'flow',
    1,
    graphOf(
      [
        ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
        ['delay', 'delay', { durationMs: MINUTE }],
        [
          'wait',
          'wait-for-event',
          { events: [{ key: 'a', name: 'A', on: { event: 'Ordered' } }], need: 'any', since: 'now', timeoutMs: MINUTE },
        ],
        ['end', 'exit', { reason: '' }],
        ['late', 'exit', { reason: '' }],
      ],
      ['start:next>delay', 'delay:next>wait', 'wait:a>end', 'wait:timeout>late'],
    ),
    KINDS,
  );

  const open = async (more: Partial<ExecutorDeps> = {}) => {
    const { database } = opened;
    return createExecutor({
      store: createMongoRunStore(database),
      programs: { get: async () => program },
      profiles: createProfileSource(database),
      reads: { ...NO_READS, bucket: await createBucket() },
      lookBack: createLookBack({ database, timeZone: 'UTC' }),
      effects: { perform: async () => ({ reached: [] }) },
      tally: { add: async () => {} },
      wakeUps: { schedule: async () => {} },
      clock,
      timeZone: 'UTC',
      log,
      ...more,
    });
  };
  const entries = [{ profile: { id: 'device', attributes: {} }, entryKey: 'once' }];

  it('[RUN-11] goes on with the other profile, and hears of an event that the merge moved', async () => {
    const { database } = opened;
    await (await open()).enrol(program, 'start', entries);
    now += MINUTE;
    const store = createMongoRunStore(database);
    const executor = await open({
      store: {
        ...store,
        async commit(batchId, advanced) {
          await mergesOn(database).merge('device', 'ann', 'op');
          await database.collection(events).insertOne({ ...eventOf('e', 'ann'), at: new Date(now) });
          return store.commit(batchId, advanced);
        },
      },
    });
    await executor.drainDue(10);
    now += 2 * MINUTE;
    await (await open()).drainDue(10);
    expect(await all('runs')).toMatchObject([{ profileId: 'ann', status: 'ended', node: 'end' }]);
  });

  it('[RUN-11] is not over because the profile it was read with is gone', async () => {
    const { database } = opened;
    await (await open()).enrol(program, 'start', entries);
    now += MINUTE;
    const store = createMongoRunStore(database);
    const executor = await open({
      store: {
        ...store,
        async hold(...held) {
          const found = await store.hold(...held);
          await mergesOn(database).merge('device', 'ann', 'op');
          return found;
        },
      },
    });
    await executor.drainDue(10);
    expect(await all('runs')).toMatchObject([{ profileId: 'ann', status: 'waiting', node: 'wait' }]);
  });

  it('[RUN-11] keeps its id when a dead worker had only announced it', async () => {
    const { database } = opened;
    const store = createMongoRunStore(database);
    const dying = await open({
      store: {
        ...store,
        insert: async () => {
          throw new Error('killed');
        },
      },
    });
    await expect(dying.enrol(program, 'start', entries)).rejects.toThrow('killed');
    await mergesOn(database).merge('device', 'ann', 'op');
    now += 60 * MINUTE;
    await (await open()).recover();
    expect(await all('runs')).toMatchObject([{ _id: runIdOf('flow', 'device', 'once'), profileId: 'ann' }]);
  });
});
