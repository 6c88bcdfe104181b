import type { Collection } from 'mongodb';
import { type MembershipRecord, membershipIdOf } from '../audiences/membership-record.ts';

/** Whether a profile is a member of an audience now. */
export type MembershipTest = (profileId: string, audience: string) => boolean;

/** One query for all profiles and audiences asked about. */
export async function readMemberships(
  memberships: Collection<MembershipRecord>,
  audiences: readonly string[],
  profileIds: readonly string[],
  options: { maxTimeMs?: number } = {},
): Promise<MembershipTest> {
  if (audiences.length === 0 || profileIds.length === 0) return () => false;
  const ids = audiences.flatMap((audience) => profileIds.map((profileId) => membershipIdOf(audience, profileId)));
  const found = await memberships
    .find({ _id: { $in: [...new Set(ids)] }, isMember: true })
    .project<{ _id: string }>({ _id: 1 })
    .maxTimeMS(options.maxTimeMs ?? 0)
    .toArray();
  const held = new Set(found.map(({ _id }) => _id));
  return (profileId, audience) => held.has(membershipIdOf(audience, profileId));
}
