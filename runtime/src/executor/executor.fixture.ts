import type { Graph, GraphEdge, GraphNode } from '@sluice/shared/graph';
import { createBucket, type Effect, type ProfileFacts } from '@sluice/shared/node-contract';
import { handlers } from '@sluice/templates/handlers';
import { manifests } from '@sluice/templates/manifests';
import pino from 'pino';
import { incrementsByVersion } from '../analytics/tally-increments.ts';
import { createExecutor, type Executor } from './executor.ts';
import { compileProgram, type FlowProgram, type NodeKinds } from './flow-program.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import type { RunRecord } from './run-record.ts';
import type { RunStore } from './run-store.ts';
import type { WorldReads } from './world.ts';

export const KINDS: NodeKinds = { manifests, handlers };
export const START = Date.parse('2026-03-02T08:00:00Z');

/** A graph in a line or a tree: `[id, kind, params]` and edges `from:port>to`. */
export function graphOf(
  nodes: readonly [id: string, kind: string, params?: object][],
  edges: readonly string[],
): Graph {
  return {
    schema: 1,
    nodes: nodes.map(
      ([id, kind, params = {}], index): GraphNode => ({
        id,
        kind,
        kindVersion: 1,
        params: params as Record<string, unknown>,
        position: { x: index * 280, y: 0 },
      }),
    ),
    edges: edges.map((text, index): GraphEdge => {
      const [from = '', port = '', to = ''] = text.split(/[:>]/);
      return { id: `e${index}`, from, port, to };
    }),
  };
}

export const DELAY_MS = 3_600_000;

/** Trigger → split in two → mail or nothing → one hour → attribute → end. */
export const CAMPAIGN = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
    [
      'split',
      'ab-split',
      {
        variants: [
          { key: 'mail', name: 'Mail', weight: 50, isHoldOut: false },
          { key: 'none', name: 'None', weight: 50, isHoldOut: true },
        ],
      },
    ],
    ['mail', 'email', { to: 'email', subject: 'Hello', body: '' }],
    ['wait', 'delay', { durationMs: DELAY_MS }],
    ['count', 'update-attribute', { changes: [{ attribute: 'visits', action: 'increment', value: 1 }] }],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>split', 'split:mail>mail', 'split:none>wait', 'mail:next>wait', 'wait:next>count', 'count:next>end'],
);

/** Everyone matches, nothing has happened before, every place is free; each of these has its own tests. */
export const NO_READS: Omit<WorldReads, 'bucket'> = {
  reader: { verdicts: async (_condition, subjects) => subjects.map(() => ({ isMatch: true })) },
  history: { latest: async (_name, _where, asked) => asked.map(() => undefined) },
  slots: {
    reserve: async (_key, _perMinute, count, now) => Array.from({ length: count }, () => now),
    pass: async (_key, _perMinute, count) => count,
  },
  decisions: { winner: async () => undefined },
  code: { run: async (_source, inputs) => inputs.map(() => ({ isOk: true, value: null })) },
};

export interface Bench {
  executor: Executor;
  store: ReturnType<typeof createMemoryRunStore>;
  program: FlowProgram;
  clock: { now(): number; pass(ms: number): void };
  /** Times each effect id was performed; inside our own store the second time must change nothing. */
  performed: Map<string, number>;
  counts: Record<string, number>;
  profiles: Map<string, ProfileFacts>;
  /** The lanes that were kicked, where `hasLanes`. */
  kicked: string[];
  /** Another worker on the same store, as another process would be. */
  secondWorker(store?: RunStore): Promise<Executor>;
  /** Throws once, at the place named, as a process that dies there. */
  dieAt(place: 'perform' | 'tally' | 'schedule' | undefined): void;
}

export class Death extends Error {}

export async function createBench(
  options: {
    graph?: Graph;
    profiles?: readonly ProfileFacts[];
    wrapStore?: (store: RunStore) => RunStore;
    reads?: Partial<WorldReads>;
    /** Runs of flows with code are advanced apart, as they are live. */
    hasLanes?: boolean;
    /** Told of each effect once. */
    onEffect?: (effect: Effect, run: RunRecord, effectId: string) => void;
  } = {},
): Promise<Bench> {
  let now = START;
  let death: string | undefined;
  const dieIf = (place: string) => {
    if (death !== place) return;
    death = undefined;
    throw new Death(place);
  };
  const store = createMemoryRunStore();
  const program = compileProgram('flow', 1, options.graph ?? CAMPAIGN, KINDS);
  const profiles = new Map((options.profiles ?? makeProfiles(20)).map((profile) => [profile.id, profile]));
  const performed = new Map<string, number>();
  const counts: Record<string, number> = {};
  const counted = new Set<string>();
  const kicked: string[] = [];
  const bucket = await createBucket();
  const clock = {
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
  };
  const worker = (runStore: RunStore) =>
    createExecutor({
      store: runStore,
      ...(options.hasLanes && { lanes: { kick: (lane) => void kicked.push(lane), look: () => undefined } }),
      clock,
      reads: { ...NO_READS, ...options.reads, bucket },
      lookBack: { signalsFor: async () => [] },
      timeZone: 'UTC',
      log: pino({ level: 'silent' }),
      programs: { get: async (_flowId, version) => (version === program.version ? program : undefined) },
      profiles: {
        facts: async (ids) =>
          new Map(ids.flatMap((id) => (profiles.has(id) ? [[id, profiles.get(id) as ProfileFacts]] : []))),
      },
      effects: {
        perform: async (_program, runs) => {
          dieIf('perform');
          const reached: string[] = [];
          for (const run of runs)
            for (const { seq, index, effect } of run.effects ?? []) {
              const id = `${run._id}/${seq}/${index}`;
              if (!performed.has(id)) options.onEffect?.(effect, run, id);
              performed.set(id, (performed.get(id) ?? 0) + 1);
              if (effect.kind === 'send-message') reached.push(run._id);
            }
          return { reached };
        },
      },
      tally: {
        add: async (batchId, _startedAt, runs) => {
          dieIf('tally');
          if (counted.has(batchId)) return;
          counted.add(batchId);
          for (const { counts: news } of incrementsByVersion(runs))
            for (const [path, by] of Object.entries(news)) counts[path] = (counts[path] ?? 0) + by;
        },
      },
      wakeUps: {
        schedule: async () => dieIf('schedule'),
      },
    });
  return {
    executor: worker(options.wrapStore?.(store) ?? store),
    store,
    program,
    clock,
    performed,
    counts,
    profiles,
    kicked,
    secondWorker: async (other) => worker(other ?? store),
    dieAt: (place) => {
      death = place;
    },
  };
}

export function makeProfiles(count: number): ProfileFacts[] {
  return Array.from({ length: count }, (_, index) => ({ id: `p${index}`, userId: `u${index}`, attributes: {} }));
}

/** What the tally should say, recomputed from the run records alone. */
export function recount(
  runs: Iterable<{ path: readonly { node: string; port?: string; ports?: string[]; leftAt?: number }[] }>,
): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (key: string) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  for (const { path } of runs)
    for (const step of path) {
      add(`entered.${step.node}`);
      for (const port of step.ports ?? (step.port === undefined ? [] : [step.port])) add(`left.${step.node}.${port}`);
    }
  return counts;
}
