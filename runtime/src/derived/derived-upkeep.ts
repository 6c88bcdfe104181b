import type { EventRecord } from '../ingest/event-record.ts';
import { type ProfileWatch, markUpdate } from '../profiles/profile-watch.ts';
import type { DerivedIndex, Definition } from './derived-index.ts';
import { derivedDue } from './derived-record.ts';
import { type Touched, touch, workOut, type WorkOutDeps } from './work-out.ts';

/** Keeps derived attributes current as events arrive and time passes. */
export interface DerivedUpkeep {
  /** Events that are stored; twice is harmless. */
  consume(events: readonly Pick<EventRecord, 'profileId' | 'name'>[]): Promise<void>;
  /** Works out what time may have changed. */
  sweep(): Promise<void>;
  /** Works out everything of these profiles anew; twice is harmless. */
  workOutAgain(profileIds: readonly string[]): Promise<void>;
}

const BATCH = 1000;

export function createDerivedUpkeep(deps: WorkOutDeps & { index: DerivedIndex; watch: ProfileWatch }): DerivedUpkeep {
  const due = deps.database.collection(derivedDue);

  async function work(touched: Touched): Promise<void> {
    if (touched.size === 0) return;
    const marker = await deps.watch.marker();
    const changed = await workOut(deps, touched, (names) => markUpdate(marker.markOf(names)));
    if (changed.size > 0) deps.watch.wake();
  }

  return {
    async consume(events) {
      const { byEvent } = await deps.index.current();
      const touched: Touched = new Map();
      for (const { name, profileId } of events) touch(touched, byEvent.get(name), profileId);
      await work(touched);
    },

    async sweep() {
      for (;;) {
        const now = new Date(deps.clock.now());
        const found = await due
          .find({ recheckAt: { $lte: now } })
          .sort({ recheckAt: 1 })
          .limit(BATCH)
          .toArray();
        if (found.length === 0) return;
        const { byName, cases } = await deps.index.current();
        const touched: Touched = new Map();
        for (const { name, profileId } of found) touch(touched, definitionsOf(byName.get(name)), profileId);
        await work(inOrder(touched, cases));
        // Working out has written the next instant over those that have one.
        const ids = found.map(({ _id }) => _id);
        await due.deleteMany({ _id: { $in: ids }, recheckAt: { $lte: now } });
        if (found.length < BATCH) return;
      }
    },

    async workOutAgain(profileIds) {
      const { byName, cases } = await deps.index.current();
      const touched: Touched = new Map();
      for (const profileId of profileIds) touch(touched, [...byName.values()], profileId);
      await work(inOrder(touched, cases));
    },
  };
}

function definitionsOf(definition: Definition | undefined): Definition[] {
  return definition ? [definition] : [];
}

/** Those that read events first, then cases, each behind those that it reads. */
function inOrder(touched: Touched, cases: readonly Definition[]): Touched {
  const rank = new Map(cases.map((definition, index) => [definition, index + 1]));
  return new Map([...touched].toSorted(([one], [other]) => (rank.get(one) ?? 0) - (rank.get(other) ?? 0)));
}
