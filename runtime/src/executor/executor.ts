import type { Clock } from '@sluice/shared/time';
import type { ProfileFacts, Signal } from '@sluice/shared/node-contract';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import { advanceRun } from './advance-run.ts';
import { BATCH_LEASE_MS, type BatchRecord } from './batch-record.ts';
import type { FlowProgram, FlowPrograms } from './flow-program.ts';
import { type RunRecord, runIdOf } from './run-record.ts';
import type { RunStore } from './run-store.ts';
import { type Bucket, createWorld } from './world.ts';

/** Reads the profiles of a batch at once. */
export interface ProfileSource {
  facts(profileIds: readonly string[]): Promise<Map<string, ProfileFacts>>;
}

/** Performs what committed steps decided; every effect has its id, twice is harmless. Answers runs that were sent something. */
export interface EffectPerformer {
  perform(
    program: FlowProgram,
    runs: readonly RunRecord[],
    profiles: ReadonlyMap<string, ProfileFacts>,
  ): Promise<{ reached: string[] }>;
}

/** Counts what a committed batch did to nodes and edges, once per batch id however often it is told. */
export interface Tally {
  add(batchId: string, startedAt: Date, runs: readonly RunRecord[]): Promise<void>;
}

/** Makes sure that somebody drains the runs due at these instants. */
export interface WakeUps {
  schedule(instants: readonly Date[]): Promise<void>;
}

export interface ExecutorDeps {
  store: RunStore;
  programs: FlowPrograms;
  profiles: ProfileSource;
  reader: ConditionReader;
  effects: EffectPerformer;
  tally: Tally;
  wakeUps: WakeUps;
  clock: Clock;
  bucket: Bucket;
  timeZone: string;
  log: Logger;
}

export interface Executor {
  /** Enrols profiles and walks them to their first wait; answers how many were new (RUN-4). */
  enrol(program: FlowProgram, trigger: string, entryKey: string, profiles: readonly ProfileFacts[]): Promise<number>;
  /** Advances runs that are due, one batch; answers how many. */
  drainDue(limit: number): Promise<number>;
  /** Finishes what a dead worker left; answers how many batches. */
  recover(): Promise<number>;
}

export function createExecutor(deps: ExecutorDeps): Executor {
  const { store, clock } = deps;

  const begin = async (batch: Omit<BatchRecord, '_id' | 'startedAt' | 'until'>): Promise<BatchRecord> => {
    const now = clock.now();
    const record = { ...batch, _id: ulid(now), startedAt: new Date(now), until: new Date(now + BATCH_LEASE_MS) };
    await store.beginBatch(record);
    return record;
  };

  /** Everything behind the commit; told twice, it changes nothing the second time. */
  const settle = async (
    batch: BatchRecord,
    program: FlowProgram,
    committed: readonly RunRecord[],
    profiles: ReadonlyMap<string, ProfileFacts>,
  ) => {
    if (committed.length === 0) return;
    const [{ reached }] = await Promise.all([
      deps.effects.perform(program, committed, profiles),
      deps.tally.add(batch._id, batch.startedAt, committed),
      deps.wakeUps.schedule(committed.flatMap((run) => (run.wakeAt ? [run.wakeAt] : []))),
    ]);
    await store.confirm(
      batch._id,
      committed.map((run) => run._id),
      reached,
      new Date(clock.now()),
    );
  };

  const advanceAll = (
    stored: readonly RunRecord[],
    program: FlowProgram,
    profiles: ReadonlyMap<string, ProfileFacts>,
    now: number,
    signal?: Signal,
  ) => {
    const world = createWorld({ now, timeZone: deps.timeZone, reader: deps.reader, bucket: deps.bucket });
    return Promise.all(
      stored.map((run) =>
        advanceRun(run, program, profiles.get(run.profileId), world, run.isRetry ? undefined : signal),
      ),
    );
  };

  const enrol: Executor['enrol'] = async (program, trigger, entryKey, profiles) => {
    if (profiles.length === 0) return 0;
    const now = clock.now();
    const { flowId, version } = program;
    const fresh = profiles.map(
      (profile): RunRecord => ({
        _id: runIdOf(flowId, profile.id, entryKey),
        flowId,
        version,
        profileId: profile.id,
        entryKey,
        status: 'running',
        node: trigger,
        enteredAt: new Date(now),
        path: [],
        variants: {},
      }),
    );
    const facts = new Map(profiles.map((profile) => [profile.id, profile]));
    const batch = await begin({
      kind: 'enrol',
      runIds: fresh.map((run) => run._id),
      enrol: { flowId, version, trigger, entryKey, profileIds: profiles.map((profile) => profile.id) },
    });
    const advanced = await advanceAll(fresh, program, facts, now);
    const inserted = await store.insert(batch._id, advanced);
    const mine = advanced
      .filter((run) => inserted.has(run._id))
      .map((run) => ({ ...run, hold: { batch: batch._id, isCommitted: true, from: 0 } }));
    await settle(batch, program, mine, facts);
    await store.endBatch(batch._id);
    return inserted.size;
  };

  const drainDue: Executor['drainDue'] = async (limit) => {
    const now = clock.now();
    const due = await store.dueIds(new Date(now), limit);
    if (due.length === 0) return 0;
    const batch = await begin({ kind: 'wake', runIds: due });
    const held = await store.hold(batch._id, due, new Date(now));
    for (const group of groupByVersion(held)) {
      const first = group[0] as RunRecord;
      const program = await deps.programs.get(first.flowId, first.version);
      if (!program) {
        deps.log.error(
          { flowId: first.flowId, version: first.version, runs: group.length },
          'runs of a missing version',
        );
        continue;
      }
      const profiles = await deps.profiles.facts(group.map((run) => run.profileId));
      const advanced = (await advanceAll(group, program, profiles, now, { kind: 'timer' })).map((run, index) => ({
        ...run,
        hold: { batch: batch._id, isCommitted: true, ...resumePoint(group[index] as RunRecord) },
      }));
      const kept = await store.commit(batch._id, advanced);
      await settle(
        batch,
        program,
        advanced.filter((run) => kept.has(run._id)),
        profiles,
      );
    }
    await store.release(batch._id, due);
    await store.endBatch(batch._id);
    return held.length;
  };

  const recover: Executor['recover'] = async () => {
    let finished = 0;
    for (;;) {
      const batch = await store.takeOverBatch(new Date(clock.now()), BATCH_LEASE_MS);
      if (!batch) return finished;
      deps.log.warn(
        { batch: batch._id, kind: batch.kind, runs: batch.runIds.length },
        'finishing a batch that was left',
      );
      await store.release(batch._id, batch.runIds);
      if (batch.enrol) {
        const { flowId, version, trigger, entryKey, profileIds } = batch.enrol;
        const program = await deps.programs.get(flowId, version);
        // Once every run id of the batch exists, a late insert of the dead worker meets only duplicates.
        if (program) await enrol(program, trigger, entryKey, [...(await deps.profiles.facts(profileIds)).values()]);
      }
      for (const group of groupByVersion(await store.committedRuns(batch._id, batch.runIds))) {
        const first = group[0] as RunRecord;
        const program = await deps.programs.get(first.flowId, first.version);
        if (program) await settle(batch, program, group, await deps.profiles.facts(group.map((run) => run.profileId)));
      }
      await store.endBatch(batch._id);
      finished++;
    }
  };

  return { enrol, drainDue, recover };
}

/** Which steps a woken run's batch will change: the one it stands at, which it had entered before, and all behind it. */
function resumePoint(stored: RunRecord): { from: number; isResumed?: boolean } {
  return stored.path.length === 0 ? { from: 0 } : { from: stored.path.length - 1, isResumed: true };
}

function groupByVersion(runs: readonly RunRecord[]): RunRecord[][] {
  return [...Map.groupBy(runs, (run) => `${run.flowId}:${run.version}`).values()];
}
