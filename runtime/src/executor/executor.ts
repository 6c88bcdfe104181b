import type { Clock } from '@sluice/shared/time';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import { advanceRun } from './advance-run.ts';
import { BATCH_LEASE_MS, type BatchRecord } from './batch-record.ts';
import type { FlowProgram, FlowPrograms } from './flow-program.ts';
import type { Entry } from './entry.ts';
import { keepWhile, type Lanes } from './lanes.ts';
import { createPausing, type FlowPauses } from './pausing.ts';
import { type Hold, type RunRecord, runIdOf } from './run-record.ts';
import type { RunSignal, RunStore } from './run-store.ts';
import { createWorld, type WorldReads } from './world.ts';

/** Reads the profiles of a batch at once. */
export interface ProfileSource {
  facts(profileIds: readonly string[]): Promise<Map<string, ProfileFacts>>;
}

/** Performs what committed steps decided; every effect has its id, twice is harmless. */
export interface EffectPerformer {
  perform(
    program: FlowProgram,
    runs: readonly RunRecord[],
    profiles: ReadonlyMap<string, ProfileFacts>,
  ): Promise<EffectOutcome>;
}

export interface EffectOutcome {
  /** Runs that were sent something. */
  reached: string[];
  /** What awaited effects came to, as far as it is known at once. */
  signals?: RunSignal[];
}

/** Counts what committed runs of a batch did to nodes and edges, once per mark however often it is told. */
export interface Tally {
  add(mark: string, startedAt: Date, runs: readonly RunRecord[]): Promise<void>;
}

/** Finds what had happened for runs before their waits were committed: whoever matched those events did not see the waits. */
export interface LookBack {
  signalsFor(program: FlowProgram, runs: readonly RunRecord[], since: Date): Promise<RunSignal[]>;
}

/** Makes sure that somebody drains the runs due at these instants. */
export interface WakeUps {
  schedule(instants: readonly Date[]): Promise<void>;
}

/** What becomes of a resting run without a visit; undefined: it stays as it is. Not pure only in that it is told `now`. */
export type RunEdit = (run: RunRecord, now: number) => RunRecord | undefined;

export interface ExecutorDeps {
  store: RunStore;
  programs: FlowPrograms;
  profiles: ProfileSource;
  reads: WorldReads;
  effects: EffectPerformer;
  tally: Tally;
  lookBack: LookBack;
  wakeUps: WakeUps;
  /** Absent where no flow is ever paused, as in the sandbox. */
  pauses?: FlowPauses;
  /** Absent where nobody else waits, as in the sandbox: there are no lanes then. */
  lanes?: Lanes;
  clock: Clock;
  timeZone: string;
  log: Logger;
}

export interface Executor {
  /** Enrols profiles and walks them to their first wait; answers the ids of the runs that were new (RUN-4). */
  enrol(program: FlowProgram, trigger: string, entries: readonly Entry[]): Promise<ReadonlySet<string>>;
  /** Advances runs that are due, a few batches of at most `batchSize` side by side; answers how many. */
  drainDue(batchSize: number): Promise<number>;
  /** The same for the runs of one lane, which may take long. */
  drainLane(lane: string): Promise<number>;
  /** Tells waiting runs what they wait for and advances them. Durable when it resolves; twice is harmless. */
  signal(signals: readonly RunSignal[]): Promise<void>;
  /**
   * Changes resting runs of one version in batches, each run in one commit, counted like any other step; answers how many.
   * One that is advanced at the moment, or is told something, stays as it is.
   */
  change(runIds: readonly string[], edit: RunEdit): Promise<number>;
  /** Finishes what a dead worker left; answers how many batches. */
  recover(): Promise<number>;
}

/** Runs that a signal advances together. */
const BATCH = 500;
/** Batches under way: the store commits what arrives together at once, so waiting for one commit lets others through. */
const BATCHES_AT_ONCE = 4;
/** Of a lane: while one batch waits for its code, another is written. */
const LANE_BATCH = 500;
const LANE_BATCHES_AT_ONCE = 2;

export function createExecutor(deps: ExecutorDeps): Executor {
  const { store, clock } = deps;
  const pausing = createPausing(deps);

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
    const [{ reached, signals = [] }, past] = await Promise.all([
      deps.effects.perform(program, committed, profiles),
      deps.lookBack.signalsFor(program, committed, batch.startedAt),
      // By version: a move counts in two, and what else the batch did may count in one of them, too.
      deps.tally.add(`${batch._id}/${program.version}`, batch.startedAt, committed),
      deps.wakeUps.schedule(committed.flatMap((run) => (run.wakeAt ? [run.wakeAt] : []))),
    ]);
    // Before the runs are freed: a worker that dies here leaves them to one that finds and tells the same again.
    await tell([...signals, ...past, ...endsOf(committed, clock.now())]);
    const reachedIds = new Set(reached);
    // A run that has ended needs no freeing: nobody advances it, and the end of the batch says that its effects are done.
    const toFree = committed.filter(({ _id, status }) => status !== 'ended' || reachedIds.has(_id));
    await store.confirm(
      batch._id,
      toFree.map(({ _id }) => _id),
      reached,
      new Date(clock.now()),
    );
  };

  const tell = async (signals: readonly RunSignal[]) => {
    if (signals.length === 0) return;
    const now = new Date(clock.now());
    await store.signal(signals, now);
    await deps.wakeUps.schedule([now]);
  };

  const advanceAll = (
    stored: readonly RunRecord[],
    program: FlowProgram,
    profiles: ReadonlyMap<string, ProfileFacts>,
    now: number,
    putsOffCode = false,
  ) => {
    const world = { ...createWorld(deps.reads, now, deps.timeZone), putsOffCode };
    return Promise.all(stored.map((run) => advanceRun(run, program, profiles.get(run.profileId), world)));
  };

  const enrol: Executor['enrol'] = async (program, trigger, entries) => {
    if (entries.length === 0) return new Set();
    const now = clock.now();
    const { flowId, version } = program;
    const lane = deps.lanes && program.lane;
    const fresh = entries.map((entry) => {
      const run = toRun(entry, program, trigger, now);
      return lane === undefined ? run : { ...run, lane };
    });
    const facts = new Map(entries.map(({ profile }) => [profile.id, profile]));
    const batch = await begin({
      kind: 'enrol',
      runIds: fresh.map((run) => run._id),
      enrol: {
        flowId,
        version,
        trigger,
        entries: entries.map(({ profile, ...entry }) => ({ ...entry, profileId: profile.id })),
      },
    });
    const advanced = await advanceAll(fresh, program, facts, now, lane !== undefined);
    const inserted = await store.insert(batch._id, advanced);
    const mine = advanced
      .filter((run) => inserted.has(run._id))
      .map((run) => ({ ...run, hold: { batch: batch._id, isCommitted: true, from: 0 } }));
    await settle(batch, program, mine, facts);
    await store.endBatch(batch._id);
    if (lane !== undefined) deps.lanes?.kick(lane);
    return inserted;
  };

  /** Advances those of the runs that are due and free; answers how many. */
  const advance = async (runIds: readonly string[], now: number, lane?: string): Promise<number> => {
    const batch = await begin({ kind: 'wake', runIds: [...runIds] });
    if (lane === undefined) return work(batch, now);
    return keepWhile(
      () => store.keepBatch(batch._id, new Date(clock.now() + BATCH_LEASE_MS)),
      () => work(batch, now, lane),
    );
  };

  const work = async (batch: BatchRecord, now: number, lane?: string): Promise<number> => {
    const { runIds } = batch;
    const held = await store.hold(batch._id, runIds, new Date(now), lane);
    const parking = await pausing.park(batch._id, held);
    let left = 0;
    for (const group of groupByVersion(held.filter(({ flowId }) => !parking.has(flowId)))) {
      const first = group[0] as RunRecord;
      const program = await deps.programs.get(first.flowId, first.version);
      if (!program) {
        deps.log.error(
          { flowId: first.flowId, version: first.version, runs: group.length },
          'runs of a missing version',
        );
        left += group.length;
        continue;
      }
      const profiles = await deps.profiles.facts(group.map((run) => run.profileId));
      const advanced = (await advanceAll(group, program, profiles, now)).map((run, index) => ({
        ...run,
        hold: { batch: batch._id, isCommitted: true, ...changedSteps(group[index] as RunRecord, run) },
      }));
      const kept = await store.commit(batch._id, advanced);
      await settle(
        batch,
        program,
        advanced.filter((run) => kept.has(run._id)),
        profiles,
      );
    }
    await store.release(batch._id, runIds);
    await store.endBatch(batch._id);
    return held.length - left;
  };

  const change: Executor['change'] = async (runIds, edit) => {
    let changed = 0;
    for (let from = 0; from < runIds.length; from += BATCH) {
      const ids = runIds.slice(from, from + BATCH);
      const now = clock.now();
      const batch = await begin({ kind: 'change', runIds: ids });
      const held = await store.holdResting(batch._id, ids);
      const edited = held.flatMap((run) => {
        const after = edit(run, now);
        return after ? [{ ...after, hold: { batch: batch._id, isCommitted: true, ...changedSteps(run, after) } }] : [];
      });
      const kept = await store.commit(batch._id, edited);
      for (const group of groupByVersion(edited.filter(({ _id }) => kept.has(_id)))) await settleGroup(batch, group);
      await store.release(batch._id, ids);
      await store.endBatch(batch._id);
      changed += kept.size;
    }
    return changed;
  };

  /** What is left to do for committed runs of one version. */
  const settleGroup = async (batch: BatchRecord, group: readonly RunRecord[]) => {
    const first = group[0] as RunRecord;
    const program = await deps.programs.get(first.flowId, first.version);
    if (!program) return;
    const acting = group.filter(({ effects }) => effects !== undefined).map(({ profileId }) => profileId);
    await settle(batch, program, group, acting.length > 0 ? await deps.profiles.facts(acting) : new Map());
  };

  const drain = async (batchSize: number, batchesAtOnce: number, lane?: string): Promise<number> => {
    const now = clock.now();
    const due = await store.dueIds(new Date(now), batchSize * batchesAtOnce, lane);
    const advanced = await Promise.all(chunk(due, batchSize).map((runIds) => advance(runIds, now, lane)));
    return advanced.reduce((sum, count) => sum + count, 0);
  };

  const signal: Executor['signal'] = async (signals) => {
    await tell(signals);
    const runIds = [...new Set(signals.map(({ runId }) => runId))];
    for (const batch of chunk(runIds, BATCH)) await advance(batch, clock.now());
    if (runIds.length > 0) deps.lanes?.look();
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
        const { flowId, version, trigger, entries } = batch.enrol;
        const program = await deps.programs.get(flowId, version);
        const facts = await deps.profiles.facts(entries.map(({ profileId }) => profileId));
        const again = entries.flatMap(({ profileId, ...entry }) => {
          const profile = facts.get(profileId);
          if (!profile) return [];
          // Merged since: under another id the dead worker's late insert would be a second run (RUN-4, RUN-11).
          return [{ ...entry, profile, ...(profile.id !== profileId && { namedBy: entry.namedBy ?? profileId }) }];
        });
        // Once every run id of the batch exists, a late insert of the dead worker meets only duplicates.
        if (program) await enrol(program, trigger, again);
      }
      for (const group of groupByVersion(await store.committedRuns(batch._id, batch.runIds)))
        await settleGroup(batch, group);
      if (batch.kind === 'wake') await pausing.letGoOfResumed(batch.runIds);
      await store.endBatch(batch._id);
      finished++;
    }
  };

  return {
    enrol,
    drainDue: (batchSize) => drain(batchSize, BATCHES_AT_ONCE),
    drainLane: (lane) => drain(LANE_BATCH, LANE_BATCHES_AT_ONCE, lane),
    signal,
    change,
    recover,
  };
}

/** A run that is about to enter by a trigger. */
export function toRun(
  { profile, entryKey, namedBy = profile.id, ...entry }: Entry,
  program: FlowProgram,
  trigger: string,
  now: number,
  id = runIdOf(program.flowId, namedBy, entryKey),
): RunRecord {
  const { flowId, version } = program;
  return {
    _id: id,
    flowId,
    version,
    profileId: profile.id,
    entryKey,
    ...entry,
    status: 'running',
    node: trigger,
    enteredAt: new Date(now),
    path: [],
    variants: {},
  };
}

/** The end of a run that another waits for, as a signal to it. */
export function endsOf(committed: readonly RunRecord[], now: number): RunSignal[] {
  return committed.flatMap(({ _id, parent, status, endReason }) =>
    parent && status === 'ended'
      ? [{ ...parent, id: `${_id}/end`, at: new Date(now), result: { isOk: true, value: endReason?.code ?? null } }]
      : [],
  );
}

/** What a batch did to a run: the steps it entered, the earlier ones it left, and the version it left for another. */
function changedSteps(before: RunRecord, after: RunRecord): Pick<Hold, 'from' | 'closed' | 'move'> {
  const closed = before.path.flatMap(({ leftAt }, seq) =>
    leftAt === undefined && after.path[seq]?.leftAt !== undefined ? [seq] : [],
  );
  const move = after.version === before.version ? undefined : after.moves?.at(-1);
  return { from: before.path.length, closed, ...(move && { move }) };
}

function groupByVersion(runs: readonly RunRecord[]): RunRecord[][] {
  return [...Map.groupBy(runs, (run) => `${run.flowId}:${run.version}`).values()];
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
