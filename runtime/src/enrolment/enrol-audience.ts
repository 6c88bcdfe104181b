import type { Condition } from '@sluice/shared/condition';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Executor } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { ProfileRecord } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { enrolments } from './enrolment-record.ts';

/** Profiles walked through the flow at once. */
const BATCH = 1000;
/** Batches under way: the store commits what arrives together at once, so waiting for one commit lets others through. */
const BATCHES_AT_ONCE = 4;

export interface EnrolmentDeps {
  database: Database;
  executor: Executor;
  reader: ConditionReader;
  clock: Clock;
  timeZone: string;
  toFacts(profile: ProfileRecord): ProfileFacts;
}

/**
 * Takes a whole audience into a flow, resuming where an earlier try stopped. A batch taken twice is harmless (RUN-4), so
 * the checkpoint is moved only behind batches that are done.
 */
export async function enrolAudience(
  deps: EnrolmentDeps,
  firing: { id: string; program: FlowProgram; trigger: string; entryKey: string; audience: Condition },
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<void> {
  const { program, trigger, entryKey, audience } = firing;
  const collection = deps.database.collection(enrolments);
  const record = await collection.findOneAndUpdate(
    { _id: firing.id },
    {
      $setOnInsert: {
        flowId: program.flowId,
        version: program.version,
        trigger,
        status: 'running',
        scanned: 0,
        startedAt: new Date(deps.clock.now()),
      },
    },
    { upsert: true, returnDocument: 'after' },
  );
  if (!record || record.status !== 'running') return;

  const underWay: { lastId: string; scanned: number; done: Promise<unknown> }[] = [];
  let scanned = record.scanned;
  /** Waits for the oldest batch; the checkpoint never passes one that is not done. Answers whether to go on. */
  const settleOldest = async () => {
    const oldest = underWay[0];
    if (!oldest) return true;
    await oldest.done;
    underWay.shift();
    const { matchedCount } = await collection.updateOne(
      { _id: firing.id, status: 'running' },
      { $set: { afterId: oldest.lastId, scanned: oldest.scanned } },
    );
    await job.touch();
    return matchedCount === 1 && !job.signal.aborted;
  };
  const batches = deps.reader.stream(
    audience,
    { now: deps.clock.now(), timeZone: deps.timeZone },
    { batchSize: BATCH, ...(record.afterId !== undefined && { afterId: record.afterId }) },
  );
  try {
    for await (const batch of batches) {
      const last = batch.at(-1);
      if (!last) continue;
      scanned += batch.length;
      const done = deps.executor.enrol(
        program,
        trigger,
        batch.map((profile) => ({ profile: deps.toFacts(profile), entryKey })),
      );
      // A failure is dealt with when its turn comes, not before: until then it must not count as unhandled.
      done.catch(() => undefined);
      underWay.push({ lastId: last._id, scanned, done });
      if (underWay.length >= BATCHES_AT_ONCE && !(await settleOldest())) return;
    }
    while (underWay.length > 0) if (!(await settleOldest())) return;
  } finally {
    await Promise.allSettled(underWay.map(({ done }) => done));
  }
  await collection.updateOne(
    { _id: firing.id, status: 'running' },
    { $set: { status: 'done', finishedAt: new Date(deps.clock.now()) } },
  );
}
