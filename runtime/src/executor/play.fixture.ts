import { evaluate } from '@sluice/shared/condition';
import { checkGraph, type Graph, hasErrors } from '@sluice/shared/graph';
import type { EventFacts, ProfileFacts } from '@sluice/shared/node-contract';
import { type ArrivedEvent, matchesWhere, signalsOf } from '../matching/match-awaits.ts';
import { BATCH_LEASE_MS } from './batch-record.ts';
import { type Bench, createBench, Death, KINDS, makeProfiles, recount } from './executor.fixture.ts';
import { anyGraph, EVENT_NAMES, type Happening, KEY_PROPERTY } from './graph.arbitrary.ts';
import { applyToFacts } from './live-profile.ts';
import { createMemorySlotBook } from './memory-slot-book.ts';
import { portsOf, type RunRecord } from './run-record.ts';
import type { RunStore } from './run-store.ts';

const HOUR_MS = 3_600_000;
/** Longer than any way through a small graph with its loops. */
const MOST_ROUNDS = 400;
/** Kinds of which each visit that goes on decides one effect. */
const ACTING = new Set(['email', 'update-attribute', 'emit-event']);

/** A run store and a way to look into it. */
export interface PlayedStore {
  store: RunStore;
  read(): Promise<RunRecord[]>;
}

/** What has come of a graph and what happened: every run, by id, and what is wrong with them. */
export interface Play {
  runs: RunRecord[];
  faults: string[];
}

const FACTS = { attributes: new Map([['level', 'number']]), events: new Set<string>(EVENT_NAMES) };
/** Graphs that could be published. */
export const soundGraph = anyGraph.filter((graph) => !hasErrors(checkGraph(graph, KINDS.manifests, FACTS)));

/**
 * Plays what happens to profiles in a flow on a virtual clock, then lets all time-outs pass. `open` gives another store
 * than the one in memory; who of several that are due together comes first is the store's own affair, so that stores are
 * compared by one profile. Pure: the same graph and happenings give the same runs (RUN-7).
 */
export async function play(
  graph: Graph,
  happenings: readonly Happening[],
  { profiles = 3, open }: { profiles?: number; open?: () => Promise<PlayedStore> } = {},
): Promise<Play> {
  const opened = await open?.();
  const events: (ArrivedEvent & { profileId: string })[] = [];
  const untold: (ArrivedEvent & { profileId: string })[] = [];
  const record = (
    profileId: string,
    id: string,
    name: string,
    properties: EventFacts['properties'],
    depth?: number,
  ) => {
    const at = bench.clock.now();
    const event = { id, name, properties, at, receivedAt: at, profileId, ...(depth !== undefined && { depth }) };
    events.push(event);
    untold.push(event);
  };
  const bench: Bench = await createBench({
    graph,
    profiles: makeProfiles(profiles),
    ...(opened && { wrapStore: () => opened.store }),
    reads: {
      reader: {
        verdicts: async (condition, subjects, instant) =>
          subjects.map(({ profile }) => evaluate(condition, { attributes: profile.attributes }, instant)),
      },
      history: {
        latest: async (name, where, asked, instant) =>
          asked.map(({ profileId, since, same }) =>
            events.findLast(
              (event) =>
                event.profileId === profileId &&
                event.name === name &&
                event.at >= since &&
                (!same || event.properties[same.property] === same.value) &&
                matchesWhere(where, event.properties, instant),
            ),
          ),
      },
      slots: createMemorySlotBook(),
    },
    onEffect: (effect, run, id) => {
      if (effect.kind === 'update-profile') {
        const profile = bench.profiles.get(run.profileId) as ProfileFacts;
        bench.profiles.set(run.profileId, applyToFacts(profile, effect));
      }
      if (effect.kind === 'emit-event')
        record(run.profileId, id, effect.name, effect.properties, (run.event?.depth ?? 0) + 1);
    },
  });
  const read = opened?.read ?? (async () => [...bench.store.runs.values()]);

  /** A process that dies is followed by one that finishes what it left. */
  const survive = async (step: () => Promise<unknown>) => {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Death)) throw error;
      bench.clock.pass(BATCH_LEASE_MS + 1);
      await bench.executor.recover();
    }
  };
  const tell = async () => {
    for (let event = untold.shift(); event; event = untold.shift()) {
      const { profileId, ...arrived } = event;
      const waiting = (await read()).filter(
        (run) => run.profileId === profileId && run.awaiting?.includes(arrived.name),
      );
      const signals = waiting.flatMap((run) => signalsOf(arrived, run, bench.program.goals, 'UTC'));
      await survive(() => bench.executor.signal(signals));
    }
  };
  const drain = async (limit: number) => {
    await survive(() => bench.executor.drainDue(limit));
    await tell();
  };

  await survive(() =>
    bench.executor.enrol(
      bench.program,
      'start',
      [...bench.profiles.values()].map((profile) => ({
        profile,
        entryKey: 'once',
        event: {
          id: `start-${profile.id}`,
          name: 'Order Placed',
          properties: { [KEY_PROPERTY]: 'o1' },
          at: bench.clock.now(),
        },
      })),
    ),
  );
  await tell();
  let count = 0;
  for (const one of happenings) {
    if (one.kind === 'pass') bench.clock.pass(one.ms);
    else if (one.kind === 'drain') await drain(one.limit);
    else if (one.kind === 'die') bench.dieAt(one.place);
    else {
      bench.clock.pass(1);
      record(`p${one.profile}`, `e${count++}`, one.name, { [KEY_PROPERTY]: one.key });
      await tell();
    }
  }
  bench.dieAt(undefined);
  let rounds = 0;
  for (; rounds < MOST_ROUNDS && (await read()).some(({ status }) => status === 'waiting'); rounds += 1) {
    bench.clock.pass(HOUR_MS);
    await bench.executor.recover();
    while ((await bench.executor.drainDue(100)) > 0);
    await tell();
  }
  const runs = (await read()).sort((a, b) => (a._id < b._id ? -1 : 1));
  const faults = [...runs.flatMap((run) => faultsOf(run, bench)), ...sumFaults(runs, bench)];
  return { runs: runs.map(withoutBatchName), faults };
}

/** Batches are named by chance; all else of two plays must be alike. */
function withoutBatchName(run: RunRecord): RunRecord {
  return run.hold ? { ...run, hold: { ...run.hold, batch: '' } } : run;
}

/** What is wrong with a run that has come to rest. */
function faultsOf(run: RunRecord, { program }: Bench): string[] {
  const faults: string[] = [];
  const say = (text: string) => faults.push(`${run._id}: ${text}`);
  if (run.status !== 'ended' && run.status !== 'failed') say(`is ${run.status} after all time-outs`);
  if (run.hold && run.status !== 'ended') say('is still held');
  const open = run.path.flatMap(({ leftAt }, seq) => (leftAt === undefined ? [seq] : []));
  const standing = (run.positions ?? []).map(({ seq }) => seq).sort((a, b) => a - b);
  if (JSON.stringify(open) !== JSON.stringify(standing)) say(`stands at ${standing}, but has not left ${open}`);
  // Every way that was taken leads to one step; besides these there are only the first and the jump to a goal.
  const entered = new Map<string, number>();
  for (const { node } of run.path.slice(1)) entered.set(node, (entered.get(node) ?? 0) + 1);
  for (const step of run.path)
    for (const port of portsOf(step)) {
      const next = program.next(step.node, port);
      if (next !== undefined) entered.set(next, (entered.get(next) ?? 0) - 1);
    }
  const goals = new Set(program.goals.map(({ node }) => node));
  for (const [node, surplus] of entered)
    if (surplus !== 0 && !(goals.has(node) && surplus === 1))
      say(`entered ${node} ${surplus} times more than ways lead there`);
  return faults;
}

/** What is wrong with effects and counts of all runs together. */
function sumFaults(runs: readonly RunRecord[], { program, performed, counts }: Bench): string[] {
  const due = runs.flatMap(({ _id, path }) =>
    path.flatMap(({ node, port }, seq) =>
      port !== undefined && ACTING.has(program.node(node)?.kind ?? '') ? [`${_id}/${seq}/0`] : [],
    ),
  );
  const faults: string[] = [];
  const done = [...performed.keys()].sort();
  if (JSON.stringify(done) !== JSON.stringify(due.sort()))
    faults.push(`effects ${done} were performed, ${due} were due`);
  const shown = Object.entries(counts).filter(([key]) => key.startsWith('entered') || key.startsWith('left'));
  const wanted = recount(runs);
  for (const [key, value] of shown)
    if (wanted[key] !== value) faults.push(`${key} counts ${value}, not ${wanted[key]}`);
  if (shown.length !== Object.keys(wanted).length) faults.push('a node or edge is not counted');
  return faults;
}
