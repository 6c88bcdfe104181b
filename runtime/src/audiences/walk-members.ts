import type { Database } from '../stores/database.ts';
import { memberships, rangeOf, SHOWN } from './membership-record.ts';

/** The members of an audience, or those who left it, page by page in the order of profile ids. */
export function walkMembers({ database }: { database: Database }) {
  const stored = database.collection(memberships);
  return async (
    { audienceId, show }: { audienceId: string; show: keyof typeof SHOWN },
    { after, limit }: { after: string | null; limit: number },
  ) => {
    const rows = await stored
      .find({ _id: rangeOf(audienceId, after ?? undefined), ...SHOWN[show] })
      .project<{ profileId: string }>({ profileId: 1 })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    const profileIds = rows.map(({ profileId }) => profileId);
    return { profileIds, next: rows.length < limit ? null : (profileIds.at(-1) ?? null) };
  };
}
