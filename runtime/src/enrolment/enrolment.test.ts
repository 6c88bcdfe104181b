import { createBucket, type ProfileFacts, type TriggerPlan } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createTally, tallies } from '../analytics/tally.ts';
import { createDictionary } from '../conditions/dictionary.ts';
import { attributeDefinitions, eventDefinitions } from '../conditions/dictionary-record.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import { batches } from '../executor/batch-record.ts';
import { CAMPAIGN, KINDS, NO_READS } from '../executor/executor.fixture.ts';
import { createExecutor, type Executor } from '../executor/executor.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { createMongoRunStore } from '../executor/mongo-run-store.ts';
import { runs } from '../executor/run-record.ts';
import { toFacts } from '../profiles/profile-facts.ts';
import { profiles } from '../profiles/profile-record.ts';
import { createProfileSource } from '../profiles/profile-source.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { createActivation } from './activation.ts';
import { createAdmissions } from './admission.ts';
import { enrolAudience } from './enrol-audience.ts';
import { enrolments, firingId } from './enrolment-record.ts';
import { createAliases } from '../identities/aliases.ts';
import { createEnteredRuns } from './entered-runs.ts';
import { createCapBook } from './entry-cap.ts';
import { createLiveTriggers } from './live-triggers.ts';
import { createRefusalBook } from './refusals.ts';

const PROFILES = 5500;
const clock: Clock = { now: Date.now };
const log = pino({ level: 'silent' });
const program = compileProgram('flow', 1, CAMPAIGN, KINDS);
const plan = program.planOf('start') as TriggerPlan;
const firing = { flowId: 'flow', version: 1, trigger: 'start', program, plan };

let opened: TestDatabase;
let executor: Executor;
beforeAll(async () => {
  opened = await openTestDatabase([
    profiles,
    runs,
    batches,
    tallies,
    enrolments,
    attributeDefinitions,
    eventDefinitions,
  ]);
  const at = new Date();
  await opened.database.collection(profiles).insertMany(
    Array.from({ length: PROFILES }, (_, index) => ({
      _id: `p${String(index).padStart(5, '0')}`,
      userId: `u${index}`,
      attributes: {},
      createdAt: at,
      updatedAt: at,
    })),
  );
});
afterAll(() => opened.close());
beforeEach(async () => {
  const { database } = opened;
  for (const declaration of [runs, batches, tallies, enrolments] as const)
    await database.db.collection(declaration.name).deleteMany({});
  executor = createExecutor({
    store: createMongoRunStore(database),
    programs: { get: async () => program },
    profiles: createProfileSource(database),
    reads: { ...NO_READS, bucket: await createBucket() },
    lookBack: { signalsFor: async () => [] },
    effects: { perform: async () => ({ reached: [] }) },
    tally: createTally(database),
    wakeUps: { schedule: async () => {} },
    clock,
    timeZone: 'UTC',
    log,
  });
});

function createReader() {
  const { database } = opened;
  return createMongoConditionReader({ database, dictionary: createDictionary({ database, clock, log }) });
}

function depsWith(enrol: Executor['enrol']) {
  const { database } = opened;
  const reader = createReader();
  return {
    database,
    admissions: createAdmissions({
      executor: { enrol },
      reader,
      entered: createEnteredRuns({ database }),
      aliases: createAliases({ database }),
      profiles: createProfileSource(database),
      caps: createCapBook({ database, timeZone: 'UTC' }),
      refusals: createRefusalBook({ database, clock }),
      clock,
      timeZone: 'UTC',
    }),
    reader,
    clock,
    timeZone: 'UTC',
    toFacts,
  };
}

const job = { touch: async () => {}, signal: new AbortController().signal };

describe('taking an audience in', () => {
  it('enrols everyone once and says so', async () => {
    await enrolAudience(depsWith(executor.enrol), firing, job);
    expect(await opened.database.collection(runs).countDocuments({})).toBe(PROFILES);
    expect(await opened.database.collection(enrolments).findOne({})).toMatchObject({
      status: 'done',
      scanned: PROFILES,
    });
  });

  it('goes on behind the last batch that was done when one failed, and leaves nobody out', async () => {
    const seen: ProfileFacts[][] = [];
    const failing: Executor['enrol'] = (...args) => {
      seen.push(args[2].map(({ profile }) => profile));
      return seen.length === 3 ? Promise.reject(new Error('the store is away')) : executor.enrol(...args);
    };
    await expect(enrolAudience(depsWith(failing), firing, job)).rejects.toThrow('away');
    const checkpoint = await opened.database.collection(enrolments).findOne({});
    expect([checkpoint?.status, checkpoint?.afterId]).toEqual(['running', seen[1]?.at(-1)?.id]);
    await enrolAudience(depsWith(executor.enrol), firing, job);
    expect(await opened.database.collection(runs).countDocuments({})).toBe(PROFILES);
  });

  it('stops between batches when the process is asked to, and is taken up again', async () => {
    const stopping = new AbortController();
    const enrolThenStop: Executor['enrol'] = (...args) => {
      stopping.abort();
      return executor.enrol(...args);
    };
    await enrolAudience(depsWith(enrolThenStop), firing, { ...job, signal: stopping.signal });
    expect(await opened.database.collection(enrolments).findOne({})).toMatchObject({ status: 'running' });

    const asked: string[] = [];
    const scheduler = { define: () => {}, at: async (_name: string, key: string) => void asked.push(key) };
    const activation = createActivation({
      ...depsWith(executor.enrol),
      scheduler: scheduler as unknown as Scheduler,
      programs: { get: async () => program },
      triggers: createLiveTriggers({ database: opened.database, programs: { get: async () => program }, clock }),
      isLive: async () => true,
    });
    await activation.resume();
    expect(asked).toEqual(['flow:1:start']);
  });

  it('takes nobody in once a newer version has cancelled it', async () => {
    await opened.database.collection(enrolments).insertOne({
      _id: firingId(firing),
      flowId: 'flow',
      version: 1,
      trigger: 'start',
      status: 'cancelled',
      scanned: 0,
      startedAt: new Date(),
    });
    await enrolAudience(depsWith(executor.enrol), firing, job);
    expect(await opened.database.collection(runs).countDocuments({})).toBe(0);
  });
});
