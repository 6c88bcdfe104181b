import { addToSize } from '../audiences/judge-members.ts';
import { audiences } from '../audiences/audience-record.ts';
import { type MembershipRecord, membershipIdOf, memberships } from '../audiences/membership-record.ts';
import { writeMemberships } from '../audiences/write-memberships.ts';
import type { Database } from '../stores/database.ts';

/** What is known of a profile in audiences: points of the primary key, one per audience. */
export async function membershipsOf(database: Database, profileId: string): Promise<MembershipRecord[]> {
  const known = await database.collection(audiences).find({}).project<{ _id: string }>({ _id: 1 }).toArray();
  return database
    .collection(memberships)
    .find({ _id: { $in: known.map(({ _id }) => membershipIdOf(_id, profileId)) } })
    .toArray();
}

/**
 * Makes a profile a member of audiences without telling anybody: the person is no newcomer there. Answers those that it was
 * not a member of.
 */
export async function joinQuietly(
  database: Database,
  profileId: string,
  audienceIds: readonly string[],
  at: Date,
): Promise<string[]> {
  const stored = database.collection(memberships);
  const joined: string[] = [];
  for (const audience of audienceIds) {
    for (let isMissed = true; isMissed; ) {
      const old = await stored.findOne({ _id: membershipIdOf(audience, profileId) });
      const seen = new Map(old ? [[profileId, old]] : []);
      const wanted = [{ profileId, isMember: true, ...(old?.recheckAt && { until: old.recheckAt.getTime() }) }];
      const { entered, missed } = await writeMemberships(stored, audience, seen, wanted, { at, isAnnounced: false });
      isMissed = missed.length > 0;
      if (entered === 0) continue;
      joined.push(audience);
      await addToSize(database, audience, entered);
    }
  }
  return joined;
}

/** Removes memberships with their history; answers how many of them made it a member. */
export async function dropMemberships(database: Database, held: readonly MembershipRecord[]): Promise<number> {
  const stored = database.collection(memberships);
  let left = 0;
  for (const { _id, audience, isMember } of held) {
    const { deletedCount } = await stored.deleteOne({ _id });
    if (deletedCount === 0 || !isMember) continue;
    left += 1;
    await addToSize(database, audience, -1);
  }
  return left;
}
