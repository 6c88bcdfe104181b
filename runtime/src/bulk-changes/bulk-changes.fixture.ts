import type { Graph } from '@sluice/shared/graph';
import type { FlowCounts } from '@sluice/shared/http-api';
import { createBucket, type ProfileFacts } from '@sluice/shared/node-contract';
import pino from 'pino';
import { countFlow } from '../analytics/count-flow.ts';
import { createTally, tallies } from '../analytics/tally.ts';
import { enrolments } from '../enrolment/enrolment-record.ts';
import { batches } from '../executor/batch-record.ts';
import { graphOf, KINDS, NO_READS } from '../executor/executor.fixture.ts';
import { createExecutor, type Executor } from '../executor/executor.ts';
import type { FlowPauses } from '../executor/pausing.ts';
import { compileProgram, type FlowProgram } from '../executor/flow-program.ts';
import { createMongoRunStore } from '../executor/mongo-run-store.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { flows } from '../flows/flow-record.ts';
import type { Database } from '../stores/database.ts';
import { bulkChanges } from './bulk-change-record.ts';
import { type BulkChanges, createBulkChanges } from './bulk-changes.ts';

export const COLLECTIONS = [runs, batches, tallies, enrolments, flows, bulkChanges] as const;
export const HOUR = 3_600_000;

const AUDIENCE = { when: 'now', audience: { op: 'all', of: [] } };
const WAYS = {
  variants: ['a', 'b', 'c'].map((key) => ({ key, name: key, weight: key === 'a' ? 34 : 33, isHoldOut: false })),
};

/** Everyone is dealt to one of three waits. */
export const OLD = graphOf(
  [
    ['start', 'schedule', AUDIENCE],
    ['split', 'ab-split', WAYS],
    ['kept', 'delay', { durationMs: HOUR }],
    ['gone', 'delay', { durationMs: HOUR }],
    ['other', 'delay', { durationMs: HOUR }],
    ['end', 'exit', { reason: '' }],
  ],
  [
    'start:next>split',
    'split:a>kept',
    'split:b>gone',
    'split:c>other',
    'kept:next>end',
    'gone:next>end',
    'other:next>end',
  ],
);

/** The second wait is gone, the third is another kind, and behind the first there is something to do. */
export const NEW = graphOf(
  [
    ['start', 'schedule', AUDIENCE],
    ['kept', 'delay', { durationMs: 2 * HOUR }],
    ['other', 'update-attribute', { changes: [{ attribute: 'seen', action: 'set', value: true }] }],
    ['count', 'update-attribute', { changes: [{ attribute: 'visits', action: 'increment', value: 1 }] }],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>kept', 'kept:next>count', 'count:next>end', 'other:next>end'],
);

export interface Plant {
  executor: Executor;
  changes: BulkChanges;
  clock: { now(): number; pass(ms: number): void };
  programs: Map<number, FlowProgram>;
  profiles: Map<string, ProfileFacts>;
  /** Effect id → times performed. */
  performed: Map<string, number>;
  paused: Set<string>;
  /** Called once behind the next look at which flows are paused. */
  pausedLater?: () => void;
  resuming: Set<string>;
  finished: string[];
  /** Another process over the same store, or over one that dies. */
  process(database: Database): { executor: Executor; changes: BulkChanges };
}

/** The executor and bulk changes over a real store, with published versions by number and a clock by hand. */
export async function createPlant(database: Database, graphs: readonly Graph[], count: number): Promise<Plant> {
  let now = Date.parse('2026-03-02T08:00:00Z');
  const clock = { now: () => now, pass: (ms: number) => void (now += ms) };
  const bucket = await createBucket();
  const programs = new Map(graphs.map((graph, index) => [index + 1, compileProgram('flow', index + 1, graph, KINDS)]));
  const profiles = new Map(
    Array.from({ length: count }, (_, index) => [`p${index}`, { id: `p${index}`, attributes: {} } as ProfileFacts]),
  );
  const performed = new Map<string, number>();
  const [paused, resuming, finished] = [new Set<string>(), new Set<string>(), [] as string[]];
  const plant: Partial<Plant> = {};
  const pauses: FlowPauses = {
    paused: async () => {
      const seen = new Set(paused);
      plant.pausedLater?.();
      return seen;
    },
    holding: async () => new Set([...paused, ...resuming]),
  };
  const source = { get: async (_flowId: string, version: number) => programs.get(version) };
  const process = (over: Database) => {
    const executor = createExecutor({
      store: createMongoRunStore(over),
      programs: source,
      profiles: {
        facts: async (ids) =>
          new Map(ids.flatMap((id) => (profiles.has(id) ? [[id, profiles.get(id) as ProfileFacts]] : []))),
      },
      reads: { ...NO_READS, bucket },
      lookBack: { signalsFor: async () => [] },
      effects: {
        perform: async (_program, committed) => {
          for (const run of committed)
            for (const { seq, index } of run.effects ?? []) {
              const id = `${run._id}/${seq}/${index}`;
              performed.set(id, (performed.get(id) ?? 0) + 1);
            }
          return { reached: [] };
        },
      },
      tally: createTally(over),
      wakeUps: { schedule: async () => {} },
      pauses,
      clock,
      timeZone: 'UTC',
      log: pino({ level: 'silent' }),
    });
    const changes = createBulkChanges({
      database: over,
      executor,
      programs: source,
      clock,
      scheduler: { define: () => {}, at: async () => {} },
      onDone: async ({ _id }) => void finished.push(_id),
    });
    return { executor, changes };
  };
  const parts = { clock, programs, profiles, performed, paused, resuming, finished, process };
  return Object.assign(plant, process(database), parts);
}

export const JOB = { touch: async () => {}, signal: new AbortController().signal };

export async function enrolAll(plant: Plant, version = 1): Promise<void> {
  const entries = [...plant.profiles.values()].map((profile) => ({ profile, entryKey: 'once' }));
  const program = plant.programs.get(version) as FlowProgram;
  for (let from = 0; from < entries.length; from += 500)
    await plant.executor.enrol(program, 'start', entries.slice(from, from + 500));
}

export async function allRuns(database: Database): Promise<RunRecord[]> {
  return database.collection(runs).find({}).sort({ _id: 1 }).toArray();
}

export interface Recounted {
  runs: number;
  nodes: Record<string, Omit<FlowCounts['nodes'][string], 'left'> & { left: Record<string, number> }>;
}

/** What `countFlow` says of a version, recomputed from the run records alone: each step belongs to the version it was taken in. */
export function recountVersion(all: readonly RunRecord[], version: number): Recounted {
  const result: Recounted = { runs: 0, nodes: {} };
  const of = (node: string) => (result.nodes[node] ??= { entered: 0, waiting: 0, failed: 0, ended: 0, left: {} });
  for (const run of all) {
    const moves = run.moves ?? [];
    const enteredIn = (seq: number) => moves.find((move) => seq < move.seq)?.from ?? run.version;
    const leftIn = (seq: number) =>
      moves.find(({ dropped }) => dropped.includes(seq))?.from ??
      moves.findLast(({ kept }) => kept.includes(seq))?.to ??
      enteredIn(seq);
    if (run.version === version) result.runs++;
    for (const [seq, step] of run.path.entries()) {
      if (enteredIn(seq) === version) of(step.node).entered++;
      if (step.leftAt === undefined || leftIn(seq) !== version) continue;
      if (step.port === undefined) of(step.node).ended++;
      else of(step.node).left[step.port] = (of(step.node).left[step.port] ?? 0) + 1;
    }
    for (const { from, to, kept } of moves)
      for (const seq of kept) {
        const counts = of(run.path[seq]?.node ?? '');
        if (from === version) counts.movedOut = (counts.movedOut ?? 0) + 1;
        if (to === version) counts.movedIn = (counts.movedIn ?? 0) + 1;
      }
    if (run.version !== version) continue;
    for (const { node, isFailed } of run.positions ?? []) of(node)[isFailed ? 'failed' : 'waiting']++;
  }
  return result;
}

/** The live counts of a version in the same form. */
export async function counted(database: Database, version: number): Promise<Recounted> {
  const { runs, nodes } = await countFlow(database, 'flow', version, 0);
  return { runs, nodes };
}
