import type { LookBack, Executor } from '../executor/executor.ts';
import type { FlowPrograms } from '../executor/flow-program.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import type { RunSignal } from '../executor/run-store.ts';
import { createAliases } from '../identities/aliases.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import type { Database } from '../stores/database.ts';
import { type EventConsumer, isTimely, toEventFacts } from './event-consumer.ts';
import { type ArrivedEvent, signalsOf, type WaitingRun } from './match-awaits.ts';

const READ = {
  flowId: 1,
  version: 1,
  profileId: 1,
  enteredAt: 1,
  positions: 1,
  path: 1,
  'event.id': 1,
} as const;

interface WaitMatcherDeps {
  executor: Pick<Executor, 'signal'>;
  programs: FlowPrograms;
  timeZone: string;
}

/** Finds the runs of these profiles that wait for an event of one of these names. */
export type FindWaiting = (profileIds: readonly string[], names: readonly string[]) => Promise<WaitingRun[]>;

/** Brings events to the runs that wait for them (RUN-6): one query per batch of events. */
export function createWaitMatcher({ database, ...deps }: WaitMatcherDeps & { database: Database }): EventConsumer {
  const stored = database.collection(runs);
  return matchWaits(deps, (profileIds, names) =>
    stored
      .find({ profileId: { $in: [...profileIds] }, awaiting: { $in: [...names] } })
      .project<WaitingRun>(READ)
      .toArray(),
  );
}

/** The same over any store of runs. */
export function matchWaits(deps: WaitMatcherDeps, findWaiting: FindWaiting): EventConsumer {
  return {
    async consume(batch) {
      const timely = batch.filter(isTimely);
      if (timely.length === 0) return;
      const waiting = await findWaiting(
        [...new Set(timely.map(({ profileId }) => profileId))],
        [...new Set(timely.map(({ name }) => name))],
      );
      if (waiting.length === 0) return;
      const runsOf = Map.groupBy(waiting, ({ profileId }) => profileId);
      const signals: RunSignal[] = [];
      for (const event of timely)
        for (const run of runsOf.get(event.profileId) ?? []) {
          const program = await deps.programs.get(run.flowId, run.version);
          signals.push(...signalsOf(toArrived(event), run, program?.goals ?? [], deps.timeZone));
        }
      await deps.executor.signal(signals);
    },
  };
}

/**
 * An event may be stored and matched between the moment a run began to wait and the commit that shows it waiting. Whoever
 * commits looks back for those; the matcher sees all that comes later.
 */
export function createLookBack(deps: { database: Database; timeZone: string }): LookBack {
  const stored = deps.database.collection(events);
  const aliases = createAliases(deps);
  return {
    async signalsFor(program, committed, since) {
      const waiting = committed.filter((run): run is RunRecord => run.awaiting !== undefined);
      if (waiting.length === 0) return [];
      const names = [...new Set(waiting.flatMap(({ awaiting = [] }) => awaiting))];
      const read = async (profileIds: Iterable<string>) => {
        const filter = { profileId: { $in: [...profileIds] }, name: { $in: names }, receivedAt: { $gte: since } };
        return (await stored.find(filter).toArray()).filter(isTimely);
      };
      const own = new Set(waiting.map(({ profileId }) => profileId));
      const found = await read(own);
      // Asked behind the events: those that a merge moved before they were read are found where it moved them (RUN-11).
      const merged = await aliases.of(own);
      if (merged.size > 0) found.push(...(await read(new Set(merged.values()))));
      const eventsOf = Map.groupBy(found, ({ profileId }) => profileId);
      const allOf = ({ profileId }: RunRecord) =>
        [profileId, merged.get(profileId)].flatMap((id) => (id === undefined ? [] : (eventsOf.get(id) ?? [])));
      return waiting.flatMap((run) =>
        allOf(run).flatMap((event) => signalsOf(toArrived(event), run, program.goals, deps.timeZone)),
      );
    },
  };
}

/** An event with what matching needs of its record. */
export function toArrived(event: EventRecord): ArrivedEvent {
  return { ...toEventFacts(event), receivedAt: event.receivedAt.getTime() };
}
