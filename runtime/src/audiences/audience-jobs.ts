import { ulid } from 'ulid';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { type AudienceIndex, FRESH_MS } from './audience-index.ts';
import { type AudienceRecord, audiences, type ExtractionRecord } from './audience-record.ts';
import { type ExtractDeps, extractMembers } from './extract-members.ts';
import { type FillDeps, fillAudience } from './fill-audience.ts';
import { memberships, rangeOf } from './membership-record.ts';

/** The long work of audiences; every job may be told twice. */
export interface AudienceJobs {
  /** An extraction as it is stored with the audience, before `schedule`. */
  begin(isAnnounced: boolean): ExtractionRecord;
  schedule(audience: Pick<AudienceRecord, '_id' | 'extraction'>): Promise<void>;
  /** Takes the people of the audience's list in. */
  fill(audienceId: string): Promise<void>;
  /** Removes the members of a deleted audience, then its record. */
  forget(audienceId: string): Promise<void>;
  /** Takes up what stopped on the way, and goes through dynamic audiences that nobody went through for long. */
  resume(): Promise<void>;
}

const EXTRACT_JOB = 'audiences:extract';
const FORGET_JOB = 'audiences:forget';
const FILL_JOB = 'audiences:fill';
/** Upkeep misses nothing it is told of; going through everything now and then makes up for what nobody could tell. */
const SWEEP_AFTER_MS = 12 * 3_600_000;
const FORGET_BATCH = 5000;

/** Defines its jobs, so it is called before the scheduler starts. */
export function createAudienceJobs(
  deps: ExtractDeps & FillDeps & { scheduler: Scheduler; index: AudienceIndex },
): AudienceJobs {
  const { database, scheduler, clock } = deps;
  const collection = database.collection(audiences);

  scheduler.define<{ audienceId: string; extractionId: string }>(EXTRACT_JOB, async (payload, job) => {
    const isDone = await extractMembers(deps, payload.audienceId, payload.extractionId, job);
    if (isDone) await extractReaders(payload.audienceId);
  });

  scheduler.define<{ audienceId: string }>(FILL_JOB, ({ audienceId }, job) => fillAudience(deps, audienceId, job));

  scheduler.define<{ audienceId: string }>(FORGET_JOB, async ({ audienceId }, job) => {
    for (;;) {
      const ids = await database
        .collection(memberships)
        .find({ _id: rangeOf(audienceId) })
        .project<{ _id: string }>({ _id: 1 })
        .sort({ _id: 1 })
        .limit(FORGET_BATCH)
        .toArray();
      if (ids.length === 0) break;
      await database.collection(memberships).deleteMany({ _id: { $in: ids.map(({ _id }) => _id) } });
      await job.touch();
      if (job.signal.aborted) return;
    }
    await collection.deleteOne({ _id: audienceId, isDeleted: true });
  });

  const fill = (audienceId: string) => scheduler.at(FILL_JOB, audienceId, clock.now() + FRESH_MS, { audienceId });

  const begin = (isAnnounced: boolean): ExtractionRecord => ({
    id: ulid(clock.now()),
    status: 'running',
    isAnnounced,
    entered: 0,
    left: 0,
    startedAt: new Date(clock.now()),
    finishedAt: null,
  });

  // Later than any process may still work by the conditions of before: from then on each change is followed or surveyed.
  const schedule: AudienceJobs['schedule'] = async ({ _id: audienceId, extraction }) => {
    if (!extraction) return;
    const key = `${audienceId}/${extraction.id}`;
    await scheduler.at(EXTRACT_JOB, key, clock.now() + FRESH_MS, { audienceId, extractionId: extraction.id });
  };

  /** What was not announced, no audience that contains this one has heard of. */
  async function extractReaders(audienceId: string): Promise<void> {
    const source = await collection.findOne({ _id: audienceId });
    if (!source?.extraction || source.extraction.isAnnounced) return;
    if (source.extraction.entered + source.extraction.left === 0) return;
    const { byAudience } = await deps.index.current();
    for (const { id } of byAudience.get(audienceId) ?? []) await extractAgain(id, false);
  }

  async function extractAgain(audienceId: string, isAnnounced: boolean, more: object = {}): Promise<void> {
    const started = await collection.findOneAndUpdate(
      { _id: audienceId, isDeleted: { $exists: false }, ...more },
      { $set: { extraction: begin(isAnnounced) } },
      { returnDocument: 'after' },
    );
    if (started) await schedule(started);
  }

  return {
    begin,
    schedule,
    fill,
    forget: (audienceId) => scheduler.at(FORGET_JOB, audienceId, clock.now(), { audienceId }),
    async resume() {
      const stopped = await collection.find({ 'extraction.status': 'running' }).toArray();
      for (const audience of stopped.filter(({ isDeleted }) => !isDeleted)) await schedule(audience);
      for await (const { _id } of collection.find({ filling: { $exists: true }, isDeleted: { $exists: false } }))
        await fill(_id);
      for await (const { _id: audienceId } of collection.find({ isDeleted: true }))
        await scheduler.at(FORGET_JOB, audienceId, clock.now(), { audienceId });
      const stale = { refreshedAt: { $lt: new Date(clock.now() - SWEEP_AFTER_MS) } };
      const idle = { kind: 'dynamic' as const, 'extraction.status': { $ne: 'running' as const }, ...stale };
      const due = await collection.find(idle).sort({ refreshedAt: 1 }).limit(1).toArray();
      for (const { _id } of due) await extractAgain(_id, true, idle);
    },
  };
}
