import { AppError } from '@sluice/shared/errors';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { Dictionary } from '../conditions/dictionary.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { absorbProfile } from './absorb-profile.ts';
import type { Aliases } from './aliases.ts';
import { dropMemberships, joinQuietly, membershipsOf } from './carry-memberships.ts';
import { type MergeRecord, profileMerges } from './merge-record.ts';
import { moveRecords, returnRecords } from './move-records.ts';
import { restoreProfiles } from './undo-merge.ts';

/** Merges of two profiles into one (RUN-11). */
export interface Merges {
  /**
   * Makes `from` part of `into`, or of the profile that `into` was merged into. Asked again it answers the merge there is.
   * Throws `not-found` and `merge-refused`.
   */
  merge(from: string, into: string, by: string): Promise<MergeRecord>;
  /** Parts them again: what came with the absorbed profile goes back, what has come since stays. Throws `merge-refused`. */
  undo(mergeId: string): Promise<MergeRecord>;
  /** Of a profile, whichever part it had, newest first. */
  history(profileId: string): Promise<MergeRecord[]>;
  /** Finishes what a crash left, and carries over what late writers have left. */
  resume(): Promise<void>;
}

/** A worker that is silent for so long is taken for dead. */
const HOLD_MS = 2 * 60_000;
/** Longer than any call or batch that had looked a profile up before it was merged is under way. */
const SETTLE_MS = 10 * 60_000;
const HISTORY_LIMIT = 200;

export function createMerges(deps: {
  database: Database;
  aliases: Aliases;
  clock: Clock;
  /** Which of two values stays; absent, no attribute has a rule. */
  dictionary?: Pick<Dictionary, 'mergeRules'>;
  /** Brings dynamic audiences up to date with profiles that are not what they were. */
  judgeAgain(profileIds: readonly string[]): Promise<void>;
}): Merges {
  const { database, aliases } = deps;
  const stored = database.collection(profileMerges);
  const now = () => new Date(deps.clock.now());

  const advance = async (merge: MergeRecord, from: MergeRecord['status'], change: Partial<MergeRecord>) => {
    await stored.updateOne({ _id: merge._id, status: from }, { $set: change });
    return reread(merge._id);
  };

  const reread = async (id: string): Promise<MergeRecord> => {
    const found = await stored.findOne({ _id: id });
    if (!found) throw new AppError('not-found', `There is no merge ${id}`, { details: { what: 'merge', id } });
    return found;
  };

  /** One worker at a time: a merge that is carried on while it is undone would take the profile away again. */
  const held = async (id: string, work: (merge: MergeRecord) => Promise<MergeRecord>): Promise<MergeRecord> => {
    const heldUntil = new Date(deps.clock.now() + HOLD_MS);
    const merge = await stored.findOneAndUpdate(
      { _id: id, $or: [{ heldUntil: { $exists: false } }, { heldUntil: { $lt: now() } }] },
      { $set: { heldUntil } },
      { returnDocument: 'after' },
    );
    if (!merge) return reread(id);
    await work(merge);
    await stored.updateOne({ _id: id, heldUntil }, { $unset: { heldUntil: true } });
    return reread(id);
  };

  /** From the first step to the last, whichever were done before: each of them changes nothing the second time. */
  const carryOut = async (asked: MergeRecord): Promise<MergeRecord> => {
    const merge = asked.status === 'asked' ? await begin(asked) : asked;
    if (merge.status !== 'moving' && merge.status !== 'settling') return merge;
    const { _id, from } = merge;
    const into = (await aliases.of([merge.into])).get(merge.into) ?? merge.into;
    await absorbProfile(database, merge, now());
    await moveRecords(database, from, merge.into);
    const left = await membershipsOf(database, from);
    const memberOf = left.flatMap(({ audience, isMember }) => (isMember ? [audience] : []));
    if (left.length > 0) await stored.updateOne({ _id }, { $addToSet: { memberOf: { $each: memberOf } } });
    const lent = await joinQuietly(database, into, memberOf, now());
    if (lent.length > 0) await stored.updateOne({ _id }, { $addToSet: { lent: { $each: lent } } });
    await dropMemberships(database, left);
    await deps.judgeAgain([from, into]);
    if (merge.status === 'moving') {
      const settlesUntil = new Date(deps.clock.now() + SETTLE_MS);
      return advance(merge, 'moving', { status: 'settling', settlesUntil });
    }
    if (merge.settlesUntil && merge.settlesUntil > now()) return merge;
    await stored.updateOne({ _id, status: 'settling' }, { $set: { status: 'done' }, $unset: { isUnderWay: true } });
    return reread(_id);
  };

  /** Two merges asked for at once could close a circle; whoever sees the other steps back, before anything has changed. */
  const begin = async (merge: MergeRecord): Promise<MergeRecord> => {
    const { _id, from, into } = merge;
    const seen = new Set([from]);
    for (let next: string | undefined = into; next !== undefined; ) {
      if (seen.has(next)) {
        await stored.deleteOne({ _id, status: 'asked' });
        return refuse(CIRCLE);
      }
      seen.add(next);
      next = (await stored.findOne({ from: next, isInForce: true }))?.into;
    }
    return advance(merge, 'asked', { status: 'moving' });
  };

  const takeApart = async (merge: MergeRecord): Promise<MergeRecord> => {
    const { _id, from, into, memberOf = [], lent = [] } = merge;
    await restoreProfiles(database, merge, now());
    await returnRecords(database, from, into);
    await joinQuietly(database, from, memberOf, now());
    const joined = await membershipsOf(database, into);
    await dropMemberships(
      database,
      joined.filter(({ audience }) => lent.includes(audience)),
    );
    await deps.judgeAgain([from, into]);
    await stored.updateOne(
      { _id, status: 'undoing' },
      { $set: { status: 'undone' }, $unset: { isUnderWay: true, isInForce: true } },
    );
    return reread(_id);
  };

  return {
    async merge(from, wanted, by) {
      if (from === wanted) return refuse(ITSELF);
      const standsFor = await aliases.of([from, wanted]);
      const into = standsFor.get(wanted) ?? wanted;
      if (into === from) return refuse(REVERSED);
      const existing = await stored.findOne({ from, isInForce: true });
      if (existing) {
        if (existing.into !== wanted && standsFor.get(from) !== into) return refuse(ELSEWHERE);
        return existing.isUnderWay ? held(existing._id, carryOut) : existing;
      }
      const known = await database
        .collection(profiles)
        .find({ _id: { $in: [from, into] } })
        .project({ _id: 1 })
        .toArray();
      if (known.length < 2)
        throw new AppError('not-found', 'There is no such profile', { details: { what: 'profile' } });
      const at = now();
      const rules = Object.fromEntries((await deps.dictionary?.mergeRules()) ?? []);
      const merge: MergeRecord = {
        _id: ulid(at.getTime()),
        from,
        into,
        status: 'asked',
        isInForce: true,
        isUnderWay: true,
        at,
        by,
        ...(Object.keys(rules).length > 0 && { rules }),
        pieces: 0,
      };
      try {
        await stored.insertOne(merge);
      } catch (error) {
        if (isDuplicateKey(error)) return refuse(AT_ONCE);
        throw error;
      }
      return held(merge._id, carryOut);
    },

    async undo(mergeId) {
      const result = await held(mergeId, async (merge) => {
        if (merge.status === 'undone') return merge;
        if (merge.status === 'asked' || merge.status === 'moving') return merge;
        if (merge.status !== 'undoing') {
          if (await stored.findOne({ from: merge.into, isInForce: true })) return release(merge, BUILT_UPON);
          await stored.updateOne({ _id: mergeId }, { $set: { status: 'undoing', isUnderWay: true } });
        }
        return takeApart(merge);
      });
      return result.status === 'undone' ? result : refuse(UNDER_WAY);
    },

    history: (profileId) =>
      Promise.all(
        [{ into: profileId }, { from: profileId, isInForce: true as const }].map((filter) =>
          stored.find(filter).sort({ at: -1 }).limit(HISTORY_LIMIT).toArray(),
        ),
      ).then((lists) => lists.flat().sort((one, other) => other.at.getTime() - one.at.getTime())),

    async resume() {
      for (const merge of await stored.find({ isUnderWay: true }).sort({ at: 1 }).toArray()) await resumeOne(merge);
    },
  };

  async function release(merge: MergeRecord, problem: Words): Promise<never> {
    await stored.updateOne({ _id: merge._id }, { $unset: { heldUntil: true } });
    return refuse(problem);
  }

  /** One that is found to close a circle is gone, and nobody waits for the answer. */
  async function resumeOne(merge: MergeRecord): Promise<void> {
    try {
      await held(merge._id, (current) => (current.status === 'undoing' ? takeApart(current) : carryOut(current)));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'merge-refused')) throw error;
    }
  }
}

interface Words {
  'en-US': string;
  'zh-CN': string;
}
const ITSELF: Words = { 'en-US': 'A profile cannot be merged into itself.', 'zh-CN': '不能将用户档案合并到自身。' };
const REVERSED: Words = {
  'en-US': 'That profile has been merged into this one.',
  'zh-CN': '目标用户档案此前已合并到当前档案。',
};
const ELSEWHERE: Words = {
  'en-US': 'It has been merged into another profile already.',
  'zh-CN': '该用户档案已合并到其他档案。',
};
const AT_ONCE: Words = { 'en-US': 'It is being merged at this moment.', 'zh-CN': '该用户档案正在合并中。' };
const CIRCLE: Words = { 'en-US': 'Each of the two would be part of the other.', 'zh-CN': '两个用户档案会互相包含。' };
const BUILT_UPON: Words = {
  'en-US': 'The profile that it went into has been merged since; undo that first.',
  'zh-CN': '合并后的档案又合并到了其他档案，请先撤销那次合并。',
};
const UNDER_WAY: Words = {
  'en-US': 'It is still under way; try again in a moment.',
  'zh-CN': '合并或撤销尚未完成，请稍后重试。',
};

function refuse(problem: Words): never {
  throw new AppError('merge-refused', problem['en-US'], { details: { problem } });
}
