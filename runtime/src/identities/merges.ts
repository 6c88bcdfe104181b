import { AppError, type Words } from '@sluice/shared/errors';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import type { Dictionary } from '../conditions/dictionary.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { insertNew } from '../stores/insert-new.ts';
import { absorbProfile } from './absorb-profile.ts';
import type { Aliases } from './aliases.ts';
import { dropMemberships, joinQuietly, membershipsOf } from './carry-memberships.ts';
import { type MergeRecord, profileMerges } from './merge-record.ts';
import { AT_ONCE, BUILT_UPON, CIRCLE, ELSEWHERE, ITSELF, REVERSED, refuse, UNDER_WAY } from './merge-refusals.ts';
import type { MergeRules } from './merge-values.ts';
import { moveRecords, returnRecords } from './move-records.ts';
import { restoreProfiles } from './undo-merge.ts';

/** Merges of two profiles into one (RUN-11). */
export interface Merges {
  /**
   * Makes `from` part of `into`, or of the profile that `into` was merged into. Asked again it answers the merge there is.
   * Throws `not-found` and `merge-refused`.
   */
  merge(from: string, into: string, by: string): Promise<MergeRecord>;
  /**
   * Asks for merges that nobody waits for: durable when it resolves, carried out soon after. A pair of which one is being
   * merged already is left out.
   */
  join(pairs: readonly Pair[]): Promise<void>;
  /** Parts them again: what came with the absorbed profile goes back, what has come since stays. Throws `merge-refused`. */
  undo(mergeId: string): Promise<MergeRecord>;
  /** Of a profile, whichever part it had, newest first. */
  history(profileId: string): Promise<MergeRecord[]>;
  /** Finishes what a crash left, and carries over what late writers have left. */
  resume(): Promise<void>;
  /** Resolves when nothing that was asked for by `join` is being carried out. */
  idle(): Promise<void>;
}

export interface Pair {
  from: string;
  into: string;
}

/** A worker that is silent for so long is taken for dead. */
const HOLD_MS = 2 * 60_000;
/** Longer than any call or batch that had looked a profile up before it was merged is under way. */
const SETTLE_MS = 10 * 60_000;
/** After which share of its time a settled merge is looked at again: late writes come early or never. */
const LOOKS = [0.03, 0.1, 0.3, 1];
const HISTORY_LIMIT = 200;

export function createMerges(deps: {
  database: Database;
  aliases: Aliases;
  clock: Clock;
  log?: Pick<Logger, 'error'>;
  /** Which of two values stays; absent, no attribute has a rule. */
  dictionary?: Pick<Dictionary, 'mergeRules'>;
  /** Brings dynamic audiences up to date with profiles that are not what they were. */
  judgeAgain(profileIds: readonly string[]): Promise<void>;
}): Merges {
  const { database, aliases } = deps;
  const stored = database.collection(profileMerges);
  const now = () => new Date(deps.clock.now());
  let carrying: Promise<unknown> | undefined;
  let isAskedAgain = false;

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
    const isBrought = (await absorbProfile(database, merge, now())) || merge.status === 'moving';
    const isMoved = (await moveRecords(database, from, merge.into)) || isBrought;
    const left = await membershipsOf(database, from);
    const memberOf = left.flatMap(({ audience, isMember }) => (isMember ? [audience] : []));
    if (left.length > 0) await stored.updateOne({ _id }, { $addToSet: { memberOf: { $each: memberOf } } });
    const lent = await joinQuietly(database, into, memberOf, now());
    if (lent.length > 0) await stored.updateOne({ _id }, { $addToSet: { lent: { $each: lent } } });
    await dropMemberships(database, left);
    const { settlesUntil = new Date(deps.clock.now() + SETTLE_MS) } = merge;
    const isLast = settlesUntil <= now();
    // The last look judges in any case: a process may have died between what it carried over and this.
    if (isMoved || left.length > 0 || isLast) await deps.judgeAgain([from, into]);
    if (!isLast)
      return advance(merge, merge.status, { status: 'settling', settlesUntil, lookAt: nextLook(settlesUntil, now()) });
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
      const merge = newMerge({ from, into }, { at, by, rules: await rulesNow() });
      try {
        await stored.insertOne(merge);
      } catch (error) {
        if (isDuplicateKey(error)) return refuse(AT_ONCE);
        throw error;
      }
      return held(merge._id, carryOut);
    },

    async join(pairs) {
      const at = now();
      const rules = await rulesNow();
      const merges = pairs
        .filter(({ from, into }) => from !== into)
        .map((pair) => newMerge(pair, { at, by: null, rules }));
      if (merges.length === 0) return;
      await insertNew(stored, merges);
      wake();
    },

    async undo(mergeId) {
      const result = await held(mergeId, async (merge) => {
        if (merge.status === 'undone') return merge;
        if (merge.status === 'asked' || merge.status === 'moving') return merge;
        if (merge.status !== 'undoing') {
          if (await stored.findOne({ from: merge.into, isInForce: true })) return release(merge, BUILT_UPON);
          await stored.updateOne(
            { _id: mergeId },
            { $set: { status: 'undoing', isUnderWay: true }, $unset: { lookAt: true } },
          );
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

    resume: carryOn,
    async idle() {
      await carrying;
    },
  };

  async function rulesNow(): Promise<MergeRules> {
    return Object.fromEntries((await deps.dictionary?.mergeRules()) ?? []);
  }

  async function carryOn(): Promise<void> {
    const due = { isUnderWay: true as const, $or: [{ lookAt: { $exists: false } }, { lookAt: { $lte: now() } }] };
    for await (const merge of stored.find(due).sort({ at: 1 })) await resumeOne(merge);
  }

  /** One round at a time; whatever is asked for during one has another. What fails is left to the sweep. */
  function wake(): void {
    isAskedAgain = true;
    carrying ??= (async () => {
      while (isAskedAgain) {
        isAskedAgain = false;
        await carryOn();
      }
    })()
      .catch((error: unknown) => deps.log?.error({ err: error }, 'merges were asked for and not carried out yet'))
      .finally(() => (carrying = undefined));
  }

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

function newMerge(
  { from, into }: Pair,
  { at, by, rules }: Pick<MergeRecord, 'at' | 'by'> & { rules: MergeRules },
): MergeRecord {
  return {
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
}

function nextLook(settlesUntil: Date, now: Date): Date {
  const begin = settlesUntil.getTime() - SETTLE_MS;
  const looks = LOOKS.map((share) => begin + share * SETTLE_MS);
  return new Date(looks.find((look) => look > now.getTime()) ?? settlesUntil);
}
