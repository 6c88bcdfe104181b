import type { Logger } from 'pino';
import { ulid } from 'ulid';
import type { RowKeeper } from '../datasets/settle-rows.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import { type Deriver, NEW_PROFILE, type ProfileMark, type ProfileWatch } from '../profiles/profile-watch.ts';
import type { AudienceIndex, AudienceMap } from './audience-index.ts';
import { type Depths, type JudgeDeps, judgeMembers, type Touched, touch } from './judge-members.ts';
import type { MembershipConsumer } from './membership-facts.ts';
import { type MembershipRecord, memberships } from './membership-record.ts';

/** Keeps dynamic audiences current: as events and attributes arrive, as other audiences change, and as time passes. */
export interface AudienceUpkeep extends ProfileWatch, MembershipConsumer {
  /** Events that are stored; twice is harmless. */
  consumeEvents(events: readonly Pick<EventRecord, 'profileId' | 'name' | 'depth'>[]): Promise<void>;
  /** Judges profiles by every condition anew; twice is harmless. */
  judgeAgain(profileIds: readonly string[]): Promise<void>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
  /** Looks from now on, once a second, for what is due and for what a crash left. */
  start(): void;
  stop(): Promise<void>;
}

interface Marked {
  _id: string;
  unsettled: ProfileMark;
}

const BATCH = 1000;
const LOOK_EVERY_MS = 1000;

export function createAudienceUpkeep(
  deps: JudgeDeps & { index: AudienceIndex; log: Logger; deriver?: Deriver; rows?: RowKeeper; onChanged(): void },
): AudienceUpkeep {
  const storedProfiles = deps.database.collection(profiles);
  const storedMemberships = deps.database.collection(memberships);
  const state = {
    work: undefined as Promise<void> | undefined,
    isAskedAgain: false,
    isStopped: false,
    timer: undefined as NodeJS.Timeout | undefined,
  };

  async function judge(touched: Touched, depths?: Depths): Promise<void> {
    if (touched.size > 0 && (await judgeMembers(deps, touched, depths)) > 0) deps.onChanged();
  }

  /** Profiles whose mark somebody else replaced and removed meanwhile are judged once more: both saw only their own part. */
  async function settleMarked(): Promise<number> {
    const batch = await storedProfiles
      .find({ 'unsettled.version': { $exists: true } })
      .project<Marked>({ unsettled: 1 })
      .sort({ 'unsettled.version': 1 })
      .limit(BATCH)
      .toArray();
    if (batch.length === 0) return 0;
    const derived = await deps.deriver?.derive(batch);
    await deps.rows?.join(withDerived(batch, derived));
    const touched = touchedBy(await deps.index.current(), batch, derived);
    const depths = depthsOf(batch.map(({ _id, unsettled }) => ({ profileId: _id, depth: unsettled.depth })));
    await judge(touched, depths);
    const { matchedCount } = await storedProfiles.bulkWrite(
      batch.map(({ _id, unsettled }) => ({
        updateOne: {
          filter: { _id, 'unsettled.version': unsettled.version },
          update: { $unset: { unsettled: true as const } },
        },
      })),
      { ordered: false },
    );
    if (matchedCount < batch.length) {
      const again = await deps.deriver?.derive(batch);
      await deps.rows?.join(withDerived(batch, again));
      await judge(touchedBy(await deps.index.current(), batch, again), depths);
    }
    return batch.length;
  }

  /** Profiles whose rows have changed, by the audiences that look into the dataset. */
  async function settleRows(): Promise<number> {
    const settled = await deps.rows?.settle(async (changes) => {
      const { byDataset } = await deps.index.current();
      const touched: Touched = new Map();
      for (const { dataset, profileId } of changes) touch(touched, byDataset.get(dataset), profileId);
      await judge(touched);
    });
    return settled ?? 0;
  }

  async function judgeDue(): Promise<number> {
    const due = await storedMemberships
      .find({ recheckAt: { $lte: new Date(deps.clock.now()) } })
      .project<Pick<MembershipRecord, '_id' | 'audience' | 'profileId' | 'recheckAt'>>({ audience: 1, profileId: 1 })
      .sort({ recheckAt: 1 })
      .limit(BATCH)
      .toArray();
    if (due.length === 0) return 0;
    const { dynamic } = await deps.index.current();
    const touched: Touched = new Map();
    const orphans: string[] = [];
    for (const { _id, audience, profileId } of due) {
      const follower = dynamic.get(audience);
      if (follower) touch(touched, [follower], profileId);
      else orphans.push(_id);
    }
    await judge(touched);
    if (orphans.length > 0)
      await storedMemberships.updateMany({ _id: { $in: orphans } }, { $unset: { recheckAt: true } });
    return due.length;
  }

  async function drain(): Promise<void> {
    do {
      state.isAskedAgain = false;
      while (!state.isStopped && (await settleMarked()) > 0);
      while (!state.isStopped && (await settleRows()) > 0);
      while (!state.isStopped && (await judgeDue()) > 0);
    } while (state.isAskedAgain && !state.isStopped);
  }

  function wake(): void {
    state.isAskedAgain = true;
    if (state.work || state.isStopped) return;
    state.work = drain()
      .catch((error: unknown) => {
        // Marks and due instants stay; the next look tries again.
        deps.log.error({ err: error }, 'audiences could not be brought up to date');
      })
      .finally(() => {
        state.work = undefined;
      });
  }

  return {
    async marker() {
      const map = await deps.index.current();
      const derived = await deps.deriver?.followed();
      const joined = await deps.rows?.attributes();
      const version = ulid(deps.clock.now());
      return {
        markOf(names) {
          const followed = [...names].filter(
            (name) => map.byAttribute.has(name) || derived?.names.has(name) || joined?.has(name),
          );
          return followed.length > 0 ? { version, names: followed } : undefined;
        },
        newMark: () =>
          map.forNewcomers.length > 0 || derived?.isForNewcomers ? { version, names: [NEW_PROFILE] } : undefined,
      };
    },
    wake,
    async consumeEvents(events) {
      const { byEvent } = await deps.index.current();
      const touched: Touched = new Map();
      for (const { name, profileId } of events) touch(touched, byEvent.get(name), profileId);
      await judge(touched, depthsOf(events));
    },
    async judgeAgain(profileIds) {
      const { dynamic } = await deps.index.current();
      const touched: Touched = new Map();
      for (const profileId of profileIds) touch(touched, [...dynamic.values()], profileId);
      await judge(touched);
    },
    async consume(facts) {
      const { byAudience } = await deps.index.current();
      const touched: Touched = new Map();
      for (const { audience, profileId } of facts) touch(touched, byAudience.get(audience), profileId);
      await judge(touched, depthsOf(facts));
    },
    async idle() {
      while (state.work) await state.work;
    },
    start() {
      state.timer = setInterval(wake, LOOK_EVERY_MS);
    },
    async stop() {
      clearInterval(state.timer);
      state.isStopped = true;
      await state.work;
    },
  };
}

/** Where several things happened to a profile, what most flows led to counts: a circle is rather ended too early than never. */
function depthsOf(causes: readonly { profileId: string; depth?: number | undefined }[]): Depths {
  const depths = new Map<string, number>();
  for (const { profileId, depth } of causes)
    if (depth !== undefined) depths.set(profileId, Math.max(depth, depths.get(profileId) ?? 0));
  return depths;
}

/** What follows from the changes has changed as well. */
function withDerived(marked: readonly Marked[], derived: ReadonlyMap<string, readonly string[]> = new Map()): Marked[] {
  return marked.map(({ _id, unsettled }) => ({
    _id,
    unsettled: { ...unsettled, names: [...unsettled.names, ...(derived.get(_id) ?? [])] },
  }));
}

function touchedBy(
  map: AudienceMap,
  marked: readonly Marked[],
  derived: ReadonlyMap<string, readonly string[]> = new Map(),
): Touched {
  const touched: Touched = new Map();
  for (const { _id, unsettled } of marked)
    for (const name of [...unsettled.names, ...(derived.get(_id) ?? [])])
      touch(touched, name === NEW_PROFILE ? map.forNewcomers : map.byAttribute.get(name), _id);
  return touched;
}
