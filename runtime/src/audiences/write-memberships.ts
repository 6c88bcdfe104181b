import type { AnyBulkWriteOperation, Collection, UpdateFilter } from 'mongodb';
import { insertNew } from '../stores/insert-new.ts';
import { type MembershipChange, type MembershipRecord, membershipIdOf } from './membership-record.ts';

/** What a membership was when its writer looked, before it judged. */
export type SeenMembership = Pick<MembershipRecord, 'isMember' | 'changes' | 'recheckAt' | 'isUntold'>;

export interface WantedMembership {
  profileId: string;
  isMember: boolean;
  /** Unix milliseconds; infinite or absent for never. */
  until?: number;
  /** How many starts by flows led to what made it so; absent where no flow did. */
  depth?: number | undefined;
}

interface Target {
  isMember: boolean;
  recheckAt?: Date | undefined;
  at: Date;
  depth?: number | undefined;
  isAnnounced: boolean;
}

export interface Written {
  entered: number;
  left: number;
  /** Profiles about which somebody else wrote meanwhile: to be looked at and judged again. */
  missed: string[];
}

const REMEMBERED_CHANGES = 20;
export const REMEMBERED_EFFECTS = 20;

/**
 * Writes what differs from what was seen, and only if it is still so. A change and the mark that it is untold are one
 * update of one document, so none is lost to a crash.
 */
export async function writeMemberships(
  memberships: Collection<MembershipRecord>,
  audience: string,
  seen: ReadonlyMap<string, SeenMembership>,
  wanted: readonly WantedMembership[],
  { at, isAnnounced }: { at: Date; isAnnounced: boolean },
): Promise<Written> {
  const inserts: MembershipRecord[] = [];
  const changes: AnyBulkWriteOperation<MembershipRecord>[] = [];
  const changed: string[] = [];
  let entered = 0;
  let left = 0;
  for (const { profileId, isMember, until, depth } of wanted) {
    const old = seen.get(profileId);
    const recheckAt = until !== undefined && Number.isFinite(until) ? new Date(until) : undefined;
    if (!old) {
      const isWorthKeeping = isMember || recheckAt !== undefined;
      if (isWorthKeeping)
        inserts.push(newMembership(audience, profileId, { isMember, recheckAt, at, depth, isAnnounced }));
      continue;
    }
    if (old.isMember === isMember && old.recheckAt?.getTime() === recheckAt?.getTime()) continue;
    if (old.isMember !== isMember) {
      if (isMember) entered += 1;
      else left += 1;
    }
    changed.push(profileId);
    changes.push({
      updateOne: {
        filter: { _id: membershipIdOf(audience, profileId), changes: old.changes },
        update: changeOf(old, { isMember, recheckAt, at, depth, isAnnounced }),
      },
    });
  }
  const known = await insertNew(memberships, inserts);
  entered += inserts.filter(({ _id, isMember }) => isMember && !known.has(_id)).length;
  const matched = changes.length > 0 ? (await memberships.bulkWrite(changes, { ordered: false })).matchedCount : 0;
  const missed = inserts.filter(({ _id }) => known.has(_id)).map(({ profileId }) => profileId);
  // Which ones is not told; judging all of them again costs little and happens seldom.
  if (matched < changes.length) missed.push(...changed);
  return { entered, left, missed };
}

export function newMembership(audience: string, profileId: string, to: Target): MembershipRecord {
  return {
    _id: membershipIdOf(audience, profileId),
    audience,
    profileId,
    isMember: to.isMember,
    since: to.at,
    changes: to.isMember ? 1 : 0,
    history: to.isMember ? [changeTo(to, 1)] : [],
    ...(to.recheckAt && { recheckAt: to.recheckAt }),
    ...(to.isMember && to.isAnnounced && { isUntold: true, untoldFrom: 1 }),
  };
}

export function changeOf(
  old: Pick<MembershipRecord, 'isMember' | 'changes'>,
  to: Target,
): UpdateFilter<MembershipRecord> {
  const recheck = to.recheckAt ? { recheckAt: to.recheckAt } : {};
  const unset = to.recheckAt ? {} : { $unset: { recheckAt: true as const } };
  if (old.isMember === to.isMember) return { ...(to.recheckAt && { $set: recheck }), ...unset };
  const n = old.changes + 1;
  const change = changeTo(to, n);
  return {
    $set: { isMember: to.isMember, since: to.at, changes: n, ...recheck, ...(to.isAnnounced && { isUntold: true }) },
    $push: { history: { $each: [change], $slice: -REMEMBERED_CHANGES } },
    ...(to.isAnnounced && { $min: { untoldFrom: n } }),
    ...unset,
  };
}

function changeTo({ isMember, at, depth }: Target, n: number): MembershipChange {
  return { n, change: isMember ? 'entered' : 'left', at, ...(depth !== undefined && { depth }) };
}
