import type { ProfileFacts, TriggerPlan } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { ProfileRecord } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import type { Admissions } from './admission.ts';
import { streamDated } from './dated-profiles.ts';
import { type EnrolmentRecord, enrolments, type Firing, firingId } from './enrolment-record.ts';

/** Profiles walked through the flow at once. */
const BATCH = 2000;
/** Batches under way: the store commits what arrives together at once, so waiting for one commit lets others through. */
const BATCHES_AT_ONCE = 6;

export interface EnrolmentDeps {
  database: Database;
  admissions: Admissions;
  reader: Pick<ConditionReader, 'stream'>;
  clock: Clock;
  timeZone: string;
  toFacts(profile: ProfileRecord): ProfileFacts;
}

/** Profiles of a firing in the order of their ids; `lastId` is how far the walk has come, also where nobody matched. */
interface Batch {
  lastId: string;
  profiles: ProfileRecord[];
}

/**
 * Takes all profiles of a firing into a flow, resuming where an earlier try stopped. A batch taken twice is harmless
 * (RUN-4), so the checkpoint is moved only behind batches that are done.
 */
export async function enrolAudience(
  deps: EnrolmentDeps,
  firing: Firing & { program: FlowProgram; plan: TriggerPlan },
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<void> {
  const { program, plan, ...what } = firing;
  const { trigger } = what;
  const id = firingId(what);
  const collection = deps.database.collection(enrolments);
  const record = await collection.findOneAndUpdate(
    { _id: id },
    { $setOnInsert: { ...what, status: 'running', scanned: 0, startedAt: new Date(deps.clock.now()) } },
    { upsert: true, returnDocument: 'after' },
  );
  if (!record || record.status !== 'running') return;
  const occasion = occasionOf(record, plan);

  const underWay: { lastId: string; scanned: number; done: Promise<unknown> }[] = [];
  let scanned = record.scanned;
  /** Waits for the oldest batch; the checkpoint never passes one that is not done. Answers whether to go on. */
  const settleOldest = async () => {
    const oldest = underWay[0];
    if (!oldest) return true;
    await oldest.done;
    underWay.shift();
    const { matchedCount } = await collection.updateOne(
      { _id: id, status: 'running' },
      { $set: { afterId: oldest.lastId, scanned: oldest.scanned } },
    );
    await job.touch();
    return matchedCount === 1 && !job.signal.aborted;
  };
  try {
    for await (const { lastId, profiles } of batchesOf(deps, record, plan)) {
      scanned += profiles.length;
      const candidates = profiles.map((profile) => ({ profile: deps.toFacts(profile), occasion }));
      const done = deps.admissions.admit({ program, trigger, plan }, candidates, {
        hasPassed: plan.start.kind !== 'date' || record.request !== undefined,
      });
      // A failure is dealt with when its turn comes, not before: until then it must not count as unhandled.
      done.catch(() => undefined);
      underWay.push({ lastId, scanned, done });
      if (underWay.length >= BATCHES_AT_ONCE && !(await settleOldest())) return;
    }
    while (underWay.length > 0) if (!(await settleOldest())) return;
  } finally {
    await Promise.allSettled(underWay.map(({ done }) => done));
  }
  await collection.updateOne(
    { _id: id, status: 'running' },
    { $set: { status: 'done', finishedAt: new Date(deps.clock.now()) } },
  );
}

async function* batchesOf(deps: EnrolmentDeps, record: EnrolmentRecord, plan: TriggerPlan): AsyncGenerator<Batch> {
  const { afterId, occurrence, request } = record;
  const options = { batchSize: BATCH, ...(afterId !== undefined && { afterId }) };
  if (plan.start.kind === 'date' && occurrence !== undefined && request === undefined) {
    yield* streamDated(
      deps.database,
      { ...plan.start, timeZone: plan.start.timeZone ?? deps.timeZone },
      occurrence,
      options,
    );
    return;
  }
  const instant = { now: deps.clock.now(), timeZone: deps.timeZone };
  for await (const profiles of deps.reader.stream(plan.audience, instant, options)) {
    const last = profiles.at(-1);
    if (last) yield { lastId: last._id, profiles };
  }
}

/** The same for every try at a firing; two versions of a flow that fire for one occurrence mean the same. */
function occasionOf({ trigger, version, occurrence, request, startedAt }: EnrolmentRecord, { start }: TriggerPlan) {
  const toldAt = startedAt.getTime();
  if (request !== undefined) return { id: `${trigger}:${request}`, at: toldAt };
  if (start.kind === 'at') return { id: `${trigger}:${start.at}`, at: Math.min(Date.parse(start.at), toldAt), toldAt };
  if (occurrence === undefined) return { id: `${trigger}:v${version}`, at: toldAt };
  return { id: `${trigger}:${new Date(occurrence).toISOString()}`, at: occurrence, toldAt };
}
