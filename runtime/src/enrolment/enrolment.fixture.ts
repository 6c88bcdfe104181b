import type { Graph } from '@sluice/shared/graph';
import { createBucket } from '@sluice/shared/node-contract';
import { pino } from 'pino';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createTally, tallies } from '../analytics/tally.ts';
import { createDictionary } from '../conditions/dictionary.ts';
import { attributeDefinitions, eventDefinitions } from '../conditions/dictionary-record.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import { batches } from '../executor/batch-record.ts';
import { graphOf, KINDS, NO_READS } from '../executor/executor.fixture.ts';
import { createExecutor, type Executor } from '../executor/executor.ts';
import { compileProgram, type FlowProgram, type FlowPrograms } from '../executor/flow-program.ts';
import { createMongoRunStore } from '../executor/mongo-run-store.ts';
import { runs } from '../executor/run-record.ts';
import { flows, flowVersions, versionIdOf } from '../flows/flow-record.ts';
import { createAliases } from '../identities/aliases.ts';
import { profileMerges } from '../identities/merge-record.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { toFacts } from '../profiles/profile-facts.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import { createProfileSource } from '../profiles/profile-source.ts';
import { createAdmissions } from './admission.ts';
import { enrolments } from './enrolment-record.ts';
import { createEnteredRuns } from './entered-runs.ts';
import { createCapBook, entryCaps } from './entry-cap.ts';
import { createEventEntries } from './event-entries.ts';
import { createLiveTriggers, triggerChanges } from './live-triggers.ts';
import { createMembershipEntries } from './membership-entries.ts';
import { createRefusalBook, refusals } from './refusals.ts';

export const START = Date.parse('2026-03-02T08:00:00Z');
const COLLECTIONS = [
  profiles,
  profileMerges,
  events,
  runs,
  batches,
  tallies,
  enrolments,
  entryCaps,
  refusals,
  triggerChanges,
  flows,
  flowVersions,
  attributeDefinitions,
  eventDefinitions,
] as const;

export interface VirtualClock {
  now(): number;
  pass(ms: number): void;
  set(at: number): void;
}

/** Trigger → end, or trigger → wait of an hour → end. */
export function flowWith(kind: string, params: object, options: { waitMs?: number } = {}): Graph {
  const { waitMs } = options;
  const all = { audience: { op: 'all', of: [] }, ...params };
  return waitMs === undefined
    ? graphOf(
        [
          ['start', kind, all],
          ['end', 'exit', { reason: '' }],
        ],
        ['start:next>end'],
      )
    : graphOf(
        [
          ['start', kind, all],
          ['wait', 'delay', { durationMs: waitMs }],
          ['end', 'exit', { reason: '' }],
        ],
        ['start:next>wait', 'wait:next>end'],
      );
}

export interface EntryBench {
  database: TestDatabase['database'];
  clock: VirtualClock;
  programs: FlowPrograms;
  /** Publishes a graph as the next version of a flow, without telling anybody. */
  publish(flowId: string, graph: Graph): Promise<FlowProgram>;
  setStatus(flowId: string, status: 'live' | 'paused' | 'archived'): Promise<void>;
  addProfiles(...records: (Partial<ProfileRecord> & { _id: string })[]): Promise<void>;
  runCount(flowId?: string): Promise<number>;
  /** Another process on the same store; `wrapEnrol` lets it die. */
  process(wrapEnrol?: (enrol: Executor['enrol']) => Executor['enrol']): Promise<EntryProcess>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export type EntryProcess = Awaited<ReturnType<typeof createProcess>>;

export async function openEntryBench(): Promise<EntryBench> {
  const opened = await openTestDatabase(COLLECTIONS);
  const { database } = opened;
  let now = START;
  const clock: VirtualClock = {
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    set: (at) => {
      now = at;
    },
  };
  const graphs = new Map<string, Graph>();
  const programs: FlowPrograms = {
    async get(flowId, version) {
      const graph = graphs.get(versionIdOf(flowId, version));
      return graph && compileProgram(flowId, version, graph, KINDS);
    },
  };
  const storedFlows = database.collection(flows);
  return {
    database,
    clock,
    programs,
    async publish(flowId, graph) {
      const version = ((await storedFlows.findOne({ _id: flowId }))?.liveVersion ?? 0) + 1;
      graphs.set(versionIdOf(flowId, version), graph);
      await database.collection(flowVersions).insertOne({
        _id: versionIdOf(flowId, version),
        flowId,
        version,
        publishedAt: new Date(now),
      } as never);
      await storedFlows.updateOne(
        { _id: flowId },
        { $set: { status: 'live', liveVersion: version } },
        { upsert: true },
      );
      return (await programs.get(flowId, version)) as FlowProgram;
    },
    async setStatus(flowId, status) {
      await storedFlows.updateOne({ _id: flowId }, { $set: { status } });
    },
    async addProfiles(...records) {
      const at = new Date(START);
      await database
        .collection(profiles)
        .insertMany(
          records.map((record) => ({ userId: record._id, attributes: {}, createdAt: at, updatedAt: at, ...record })),
        );
    },
    runCount: (flowId) => database.collection(runs).countDocuments(flowId === undefined ? {} : { flowId }),
    process: (wrapEnrol = (enrol) => enrol) => createProcess({ database, clock, programs }, wrapEnrol),
    async clear() {
      for (const { name } of COLLECTIONS) await database.db.collection(name).deleteMany({});
      graphs.clear();
      now = START;
    },
    close: () => opened.close(),
  };
}

async function createProcess(
  { database, clock, programs }: Pick<EntryBench, 'database' | 'clock' | 'programs'>,
  wrapEnrol: (enrol: Executor['enrol']) => Executor['enrol'],
) {
  const log = pino({ level: 'silent' });
  const timeZone = 'UTC';
  const core = { database, clock, log, timeZone };
  const reader = createMongoConditionReader({ database, dictionary: createDictionary(core) });
  const executor = createExecutor({
    ...core,
    store: createMongoRunStore(database),
    programs,
    profiles: createProfileSource(database),
    reads: { ...NO_READS, bucket: await createBucket() },
    lookBack: { signalsFor: async () => [] },
    effects: { perform: async () => ({ reached: [] }) },
    tally: createTally(database),
    wakeUps: { schedule: async () => {} },
  });
  const book = createRefusalBook(core);
  const admissions = createAdmissions({
    ...core,
    executor: { enrol: wrapEnrol(executor.enrol) },
    reader,
    entered: createEnteredRuns(core),
    aliases: createAliases(core),
    profiles: createProfileSource(database),
    caps: createCapBook(core),
    refusals: book,
  });
  const triggers = createLiveTriggers({ ...core, programs });
  const entries = { ...core, triggers, admissions, profiles: createProfileSource(database), refusals: book };
  return {
    ...core,
    executor,
    reader,
    admissions,
    triggers,
    refusals: book,
    toFacts,
    programs,
    events: createEventEntries(entries),
    memberships: createMembershipEntries(entries),
  };
}

let nextEvent = 0;

/** An event of a profile that happened and was received now, unless said otherwise. */
export function eventOf(
  clock: VirtualClock,
  profileId: string,
  event: Partial<EventRecord> & { name?: string } = {},
): EventRecord {
  const at = new Date(clock.now());
  return {
    _id: `event-${++nextEvent}`,
    profileId,
    name: 'Order Completed',
    properties: {},
    at,
    receivedAt: at,
    ...event,
  };
}
