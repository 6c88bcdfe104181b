import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import { toFacts } from '../profiles/profile-facts.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import type { DynamicAudience } from './audience-index.ts';
import { audiences } from './audience-record.ts';
import { type MembershipRecord, membershipIdOf, memberships } from './membership-record.ts';
import { type SeenMembership, writeMemberships } from './write-memberships.ts';

/** Which profiles are to be judged again by which conditions. */
export type Touched = Map<DynamicAudience, Set<string>>;

export interface JudgeDeps {
  database: Database;
  reader: ConditionReader;
  clock: Clock;
  timeZone: string;
}

/** By profile, how many starts by flows led to what it is judged for; those that nobody else led to are absent. */
export type Depths = ReadonlyMap<string, number>;

const NO_FLOW: Depths = new Map();

/** Somebody else wrote between looking and writing; so often in a row does not happen by chance. */
const MOST_TRIES = 10;

export function touch(touched: Touched, readers: readonly DynamicAudience[] | undefined, profileId: string): void {
  for (const audience of readers ?? []) {
    const ids = touched.get(audience);
    if (ids) ids.add(profileId);
    else touched.set(audience, new Set([profileId]));
  }
}

/**
 * Judges profiles anew and writes what changed: one query for all memberships, one for all profiles, and per audience what
 * its condition needs. Memberships are read before the facts, so a verdict is never older than what it is compared with.
 * Returns how many changes it wrote.
 */
export async function judgeMembers(deps: JudgeDeps, touched: Touched, depths = NO_FLOW): Promise<number> {
  let open = touched;
  let changes = 0;
  for (let attempt = 0; open.size > 0; attempt += 1) {
    if (attempt === MOST_TRIES) throw new Error(`Memberships changed under ${MOST_TRIES} tries to write them`);
    const seen = await readSeen(deps.database, open);
    const read = await readFacts(deps.database, new Set([...open.values()].flatMap((ids) => [...ids])), depths);
    const missed: Touched = new Map();
    for (const [audience, ids] of open) {
      const written = await judgeOne(deps, audience, [...ids], read, seen);
      changes += written.entered + written.left;
      if (written.missed.length > 0) missed.set(audience, new Set(written.missed));
    }
    open = missed;
  }
  return changes;
}

async function judgeOne(
  deps: JudgeDeps,
  audience: DynamicAudience,
  ids: readonly string[],
  { facts, depths }: { facts: ReadonlyMap<string, ProfileFacts>; depths: Depths },
  seen: ReadonlyMap<string, SeenMembership>,
) {
  const collection = deps.database.collection(memberships);
  const now = deps.clock.now();
  const known = ids.flatMap((id) => facts.get(id) ?? []);
  const outlooks = await deps.reader.outlooks(audience.condition, known, { now, timeZone: deps.timeZone });
  const wanted = [
    ...outlooks.map(({ isMatch, until }, index) => ({ profileId: known[index]?.id ?? '', isMember: isMatch, until })),
    // A profile that was deleted is a member of nothing.
    ...ids.filter((id) => !facts.has(id)).map((profileId) => ({ profileId, isMember: false })),
  ];
  const own = new Map(
    ids.flatMap((id) => {
      const membership = seen.get(membershipIdOf(audience.id, id));
      return membership ? [[id, membership] as const] : [];
    }),
  );
  const caused = wanted.map((each) => ({ ...each, depth: depths.get(each.profileId) }));
  const options = { at: new Date(now), isAnnounced: true };
  const written = await writeMemberships(collection, audience.id, own, caused, options);
  await addToSize(deps.database, audience.id, written.entered - written.left);
  return written;
}

/** Not one update with the memberships: a kill in between leaves the size wrong until it is counted again. */
export async function addToSize(database: Database, audience: string, difference: number): Promise<void> {
  if (difference !== 0)
    await database.collection(audiences).updateOne({ _id: audience }, { $inc: { size: difference } });
}

async function readSeen(database: Database, touched: Touched): Promise<Map<string, SeenMembership>> {
  const ids = [...touched].flatMap(([{ id }, profileIds]) => [...profileIds].map((each) => membershipIdOf(id, each)));
  const found = await database
    .collection(memberships)
    .find({ _id: { $in: ids } })
    .project<SeenMembership & Pick<MembershipRecord, '_id'>>({ isMember: 1, changes: 1, recheckAt: 1 })
    .toArray();
  return new Map(found.map((membership) => [membership._id, membership]));
}

/** With the depth of changes that are not settled yet: what is read may be newer than what it is judged for. */
async function readFacts(
  database: Database,
  ids: ReadonlySet<string>,
  depths: Depths,
): Promise<{ facts: Map<string, ProfileFacts>; depths: Depths }> {
  const found = await database
    .collection(profiles)
    .find({ _id: { $in: [...ids] } })
    .toArray();
  const deepest = new Map(depths);
  for (const { _id, unsettled } of found)
    if (unsettled?.depth !== undefined) deepest.set(_id, Math.max(unsettled.depth, depths.get(_id) ?? 0));
  return { facts: new Map(found.map((record) => [record._id, toFacts(record)])), depths: deepest };
}
