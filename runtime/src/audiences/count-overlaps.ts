import type { Overlap } from '@sluice/shared/http-api';
import type { Database } from '../stores/database.ts';
import { audiences } from './audience-record.ts';
import { ID_ALPHABET, membershipIdOf, memberships } from './membership-record.ts';

/** An operator waits for this. */
const LIMIT_MS = 15_000;
/** So many memberships the store groups at a time. */
const GROUPED = 50_000;

/**
 * How many people belong to exactly which of the audiences. Ids of profiles are digests, spread evenly: the store counts
 * one stretch of them after the other, each a range of the primary key per audience, so what it holds in memory is bounded
 * however large the audiences are. Throws `query-too-slow`.
 */
export async function countOverlaps(database: Database, audienceIds: readonly string[]): Promise<Overlap[]> {
  const known = await database
    .collection(audiences)
    .find({ _id: { $in: [...audienceIds] } })
    .project<{ size: number }>({ size: 1 })
    .toArray();
  const total = known.reduce((sum, { size }) => sum + size, 0);
  const deadline = Date.now() + LIMIT_MS;
  const counts = new Map<number, number>();
  for (const stretch of stretches(total)) {
    const found = await database
      .collection(memberships)
      .aggregate<{ _id: number; count: number }>(
        [
          { $match: { $or: audienceIds.map((id) => ({ _id: within(id, stretch), isMember: true })) } },
          { $group: { _id: '$profileId', in: { $sum: bitOf(audienceIds) } } },
          { $group: { _id: '$in', count: { $sum: 1 } } },
        ],
        { maxTimeMS: Math.max(1, deadline - Date.now()) },
      )
      .toArray();
    for (const { _id, count } of found) counts.set(_id, (counts.get(_id) ?? 0) + count);
  }
  return [...counts]
    .map(([bits, count]) => ({ audiences: audienceIds.filter((_id, at) => bits & (1 << at)), count }))
    .sort((a, b) => b.count - a.count);
}

interface Stretch {
  from: string;
  /** Absent: to the end. */
  to?: string;
}

/** The one stretch of all ids, or one per first character. */
function stretches(total: number): Stretch[] {
  if (total <= GROUPED) return [{ from: '' }];
  const first = [...ID_ALPHABET];
  return first.map((from, at): Stretch => {
    const to = first[at + 1];
    return to === undefined ? { from } : { from: at === 0 ? '' : from, to };
  });
}

function within(audience: string, { from, to }: Stretch) {
  return {
    $gte: membershipIdOf(audience, from),
    $lt: to === undefined ? `${audience};` : membershipIdOf(audience, to),
  };
}

/** Each audience is one bit of the sum; a profile has at most one membership in each. */
function bitOf(audienceIds: readonly string[]): object {
  return { $pow: [2, { $indexOfArray: [audienceIds, '$audience'] }] };
}
