import type { Condition } from '@sluice/shared/condition';
import type { Account } from '@sluice/shared/http-api';
import { pino } from 'pino';
import { openTestDatabase } from '../../test/open-test-database.ts';
import { createReadLevels } from '../access/read-level.ts';
import { composeAudiences } from '../composition/audiences.ts';
import { createDictionary } from '../conditions/dictionary.ts';
import { attributeDefinitions, eventDefinitions } from '../conditions/dictionary-record.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import { events } from '../ingest/event-record.ts';
import { createEventLog } from '../ingest/event-log.ts';
import { createIngest } from '../ingest/ingest.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { createAudienceIndex } from './audience-index.ts';
import { audiences } from './audience-record.ts';
import type { SourceReaders } from './member-source.ts';
import type { MembershipFact } from './membership-facts.ts';
import { membershipIdOf, memberships } from './membership-record.ts';

export const START = Date.UTC(2026, 10, 22, 4, 30);
const BY: Account = { id: 'a', email: 'a@example.test', name: 'Ada', role: 'operator', createdAt: '' };

type Job = Parameters<Parameters<Scheduler['define']>[1]>[1];

/** Audiences on a real store, with a clock that a test moves and jobs that it runs. */
export async function openAudiences() {
  const opened = await openTestDatabase([
    profiles,
    events,
    audiences,
    memberships,
    attributeDefinitions,
    eventDefinitions,
  ]);
  const { database } = opened;
  const time = { now: START };
  const clock = { now: () => time.now };
  const log = pino({ level: 'silent' });
  const core = { database, clock, log };
  const manual = createManualScheduler();
  const index = createAudienceIndex(core);
  const dictionary = createDictionary(core);
  const stored = createMongoConditionReader({ database, dictionary });
  const asked: string[] = [];
  const reader: typeof stored = {
    ...stored,
    outlooks: (condition, facts, instant) => {
      asked.push(...facts.map(({ id }) => id));
      return stored.outlooks(condition, facts, instant);
    },
  };
  const parts = {
    index,
    reader,
    readLevels: createReadLevels({ dictionary }),
    scheduler: manual.scheduler,
    sources: {} as SourceReaders,
    timeZone: 'UTC',
  };
  const saved = composeAudiences(core, parts);
  const told: MembershipFact[] = [];
  saved.follow({ consume: async (facts) => void told.push(...facts) });
  const eventLog = createEventLog({ database, clock, onStored: (news) => void pending.push(...news) });
  const pending: { profileId: string; name: string }[] = [];
  const ingest = createIngest({ database, clock, eventLog, watch: saved.upkeep });

  /** Everything that has been stored is looked at, and everything that changed is told. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      await saved.upkeep.consumeEvents(pending.splice(0));
      saved.upkeep.wake();
      await saved.upkeep.idle();
      await saved.idle();
    }
  }

  return {
    database,
    saved,
    told,
    asked,
    ingest,
    settle,
    index,
    runJobs: manual.runJobs,
    /** Another process over the same store. */
    composeAnother: () => composeAudiences(core, { ...parts, index: createAudienceIndex(core) }),
    passTime: (ms: number) => {
      time.now += ms;
    },
    async create(name: string, condition: Condition, more: { kind?: 'snapshot'; isAnnounced?: boolean } = {}) {
      const audience = await saved.audiences.create({ name, kind: 'dynamic', condition, ...more }, BY);
      time.now += 1001;
      await manual.runJobs();
      return audience._id;
    },
    createManual: async (name: string) => {
      const audience = await saved.audiences.create({ name, kind: 'manual' }, BY);
      time.now += 1001;
      return audience._id;
    },
    async insertProfiles(people: Record<string, ProfileRecord['attributes']>) {
      const at = new Date(START);
      const records = Object.entries(people).map(([_id, attributes]) => ({
        _id,
        userId: _id,
        attributes,
        createdAt: at,
        updatedAt: at,
      }));
      for (let from = 0; from < records.length; from += 5000)
        await database.collection(profiles).insertMany(records.slice(from, from + 5000));
    },
    async membersOf(audience: string) {
      const found = await database
        .collection(memberships)
        .find({ audience, isMember: true })
        .sort({ _id: 1 })
        .toArray();
      return found.map(({ profileId }) => profileId);
    },
    membership: (audience: string, profileId: string) =>
      database.collection(memberships).findOne({ _id: membershipIdOf(audience, profileId) }),
    by: BY,
    async close() {
      await saved.stop();
      await dictionary.close();
      await opened.close();
    },
  };
}

/** Runs jobs when told to. */
export function createManualScheduler() {
  const runs = new Map<string, (payload: never, job: Job) => Promise<void>>();
  const due = new Map<string, { name: string; payload: object }>();
  const scheduler: Scheduler = {
    define: (name, run) => void runs.set(name, run as never),
    at: async (name, key, _runAt, payload) => void due.set(`${name} ${key}`, { name, payload }),
    every: async () => {},
    cancelPrefix: async () => {},
    start: async () => {},
    stop: async () => {},
  };
  async function runJobs(job: Partial<Job> = {}): Promise<number> {
    let count = 0;
    while (due.size > 0) {
      const jobs = [...due.values()];
      due.clear();
      count += jobs.length;
      for (const { name, payload } of jobs)
        await runs.get(name)?.(payload as never, {
          touch: async () => {},
          signal: new AbortController().signal,
          ...job,
        });
    }
    return count;
  }
  return { scheduler, runJobs };
}
