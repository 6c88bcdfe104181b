import { randomUUID } from 'node:crypto';
import type { Condition } from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import type { Judgement } from '../conditions/condition-reader.ts';
import { type AudienceRecord, audiences, MAX_SIZES } from './audience-record.ts';
import { judgeMembers, type JudgeDeps } from './judge-members.ts';
import { type SourceReaders, surveySource, wordProblem } from './member-source.ts';
import { type MembershipRecord, memberships, rangeOf } from './membership-record.ts';
import { readAhead } from '../stores/read-ahead.ts';
import { type SeenMembership, type WantedMembership, writeMemberships } from './write-memberships.ts';

export interface ExtractDeps extends JudgeDeps {
  sources: SourceReaders;
  /** Told once changes that are announced have been written. */
  onAnnounced(): void;
}

/** What a record without condition and source would mean; there is none. */
const NOBODY: Condition = { op: 'any', of: [] };
/** Profiles judged, compared and written together; what a crash repeats. */
const BATCH = 5000;

/**
 * Walks all profiles in the order of their ids beside the memberships in the same order and writes the differences. It
 * resumes behind its checkpoint; a batch done twice changes nothing. Returns false, changing nothing more, when it was
 * cancelled, replaced or taken over, or the process stops.
 */
export async function extractMembers(
  deps: ExtractDeps,
  audienceId: string,
  extractionId: string,
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<boolean> {
  const collection = deps.database.collection(audiences);
  const fence = randomUUID();
  const mine = { _id: audienceId, 'extraction.id': extractionId, 'extraction.status': 'running' as const };
  const audience = await collection.findOneAndUpdate(
    mine,
    { $set: { 'extraction.fence': fence } },
    { returnDocument: 'after' },
  );
  if (!audience?.extraction) return false;
  const held = { ...mine, 'extraction.fence': fence };
  try {
    return await walk(deps, audience, held, job);
  } catch (error) {
    // What the operator can mend ends the extraction with a reason; anything else is tried again from the checkpoint.
    if (!(error instanceof AppError) || error.kind !== 'user') throw error;
    await collection.updateOne(held, {
      $set: {
        'extraction.status': 'failed',
        'extraction.problem': wordProblem(error),
        'extraction.finishedAt': new Date(deps.clock.now()),
      },
      $unset: { 'extraction.fence': true },
    });
    return false;
  }
}

async function walk(
  deps: ExtractDeps,
  audience: AudienceRecord,
  mine: { _id: string; 'extraction.fence': string },
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<boolean> {
  const { extraction, condition, source } = audience;
  if (!extraction || !(condition || source) || source?.kind === 'file') return false;
  const collection = deps.database.collection(audiences);
  const audienceId = audience._id;
  const { isAnnounced } = extraction;
  const instant = { now: deps.clock.now(), timeZone: deps.timeZone };
  let afterId = extraction.afterId;

  /** Undefined when it is to stop; else where it stands now, none at the end of all memberships. */
  const settle = async (upToId: string | undefined, judged: readonly Judgement[], readAt: number) => {
    const written = await writeDifferences(deps, audience, { afterId, upToId }, judged, { readAt, isAnnounced });
    if (isAnnounced && written.entered + written.left > 0) deps.onAnnounced();
    const checkpoint = written.upToId === undefined ? {} : { 'extraction.afterId': written.upToId };
    const kept = await collection.updateOne(mine, {
      $set: checkpoint,
      $inc: {
        'extraction.entered': written.entered,
        'extraction.left': written.left,
        size: written.entered - written.left,
      },
    });
    await job.touch();
    afterId = written.upToId;
    return kept.matchedCount === 1 && !job.signal.aborted ? { isEnd: afterId === undefined } : undefined;
  };

  const options = { batchSize: BATCH, ...(afterId !== undefined && { afterId }) };
  const survey = source
    ? surveySource(deps.sources, source, {
        ...options,
        instant,
        plan: extraction.plan,
        touch: () => job.touch(),
        keep: async (plan) => {
          await collection.updateOne(mine, { $set: { 'extraction.plan': plan } });
          await job.touch();
        },
      })
    : deps.reader.survey(condition ?? NOBODY, instant, { ...options, isFrozen: audience.kind === 'snapshot' });
  for await (const { value, readAt } of readAhead(survey, deps.clock))
    if (!(await settle(value.upToId, value.judged, readAt))) return false;
  // Members behind the last profile that could match.
  for (;;) {
    const standing = await settle(undefined, [], deps.clock.now());
    if (!standing) return false;
    if (standing.isEnd) return finish(deps, audienceId, mine);
  }
}

/** Compares a stretch of profiles; without `upToId` it is the next batch of memberships, whose end is answered. */
async function writeDifferences(
  deps: ExtractDeps,
  audience: AudienceRecord,
  stretch: { afterId: string | undefined; upToId: string | undefined },
  judged: readonly Judgement[],
  { readAt, isAnnounced }: { readAt: number; isAnnounced: boolean },
) {
  const collection = deps.database.collection(memberships);
  const { _id: id, condition } = audience;
  const held = await collection
    .find({ _id: rangeOf(id, stretch.afterId, stretch.upToId) })
    .project<SeenMembership & Pick<MembershipRecord, 'profileId' | 'since'>>({
      _id: 0,
      profileId: 1,
      isMember: 1,
      changes: 1,
      recheckAt: 1,
      since: 1,
    })
    .sort({ _id: 1 })
    .limit(stretch.upToId === undefined ? BATCH : 0)
    .toArray();
  const seen = new Map<string, SeenMembership>(held.map((membership) => [membership.profileId, membership]));
  // Whoever wrote since these profiles were read knew more.
  const newer = new Set(held.filter(({ since }) => since.getTime() >= readAt).map(({ profileId }) => profileId));
  const wanted: WantedMembership[] = judged
    .filter(({ profileId }) => !newer.has(profileId))
    .map(({ profileId, isMatch, until }) => ({ profileId, isMember: isMatch, until }));
  const named = new Set(judged.map(({ profileId }) => profileId));
  for (const { profileId } of held)
    if (!named.has(profileId) && !newer.has(profileId)) wanted.push({ profileId, isMember: false });
  const options = { at: new Date(deps.clock.now()), isAnnounced };
  const written = await writeMemberships(collection, id, seen, wanted, options);
  if (written.missed.length > 0 && condition)
    await judgeMembers(deps, new Map([[{ id, condition }, new Set(written.missed)]]));
  const isLast = stretch.upToId === undefined && held.length < BATCH;
  return { ...written, upToId: isLast ? undefined : (stretch.upToId ?? held.at(-1)?.profileId) };
}

async function finish(deps: ExtractDeps, audienceId: string, mine: object): Promise<boolean> {
  const size = await countMembers(deps.database, audienceId);
  const at = new Date(deps.clock.now());
  const ended = await deps.database.collection(audiences).updateOne(mine, {
    $set: { 'extraction.status': 'done', 'extraction.finishedAt': at, refreshedAt: at, size },
    $push: { sizes: { $each: [{ at, size }], $slice: -MAX_SIZES } },
    $unset: { 'extraction.fence': true, 'extraction.afterId': true, 'extraction.plan': true },
  });
  return ended.matchedCount === 1;
}

export function countMembers(database: ExtractDeps['database'], audienceId: string): Promise<number> {
  return database.collection(memberships).countDocuments({ _id: rangeOf(audienceId), isMember: true });
}
