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
/** Batches under way: while one is being stored, the next one is computed. */
const BATCHES_AT_ONCE = 2;

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

  let scanned = record.scanned;
  let underWay: Promise<void>[] = [];
  const batches = deps.reader.stream(
    audience,
    { now: deps.clock.now(), timeZone: deps.timeZone },
    { batchSize: BATCH, ...(record.afterId !== undefined && { afterId: record.afterId }) },
  );
  let lastId: string | undefined;
  const checkpoint = async () => {
    await Promise.all(underWay);
    underWay = [];
    if (lastId === undefined) return true;
    const { matchedCount } = await collection.updateOne(
      { _id: firing.id, status: 'running' },
      { $set: { afterId: lastId, scanned } },
    );
    await job.touch();
    return matchedCount === 1;
  };
  try {
    for await (const batch of batches) {
      underWay.push(deps.executor.enrol(program, trigger, entryKey, batch.map(deps.toFacts)).then(() => undefined));
      lastId = batch.at(-1)?._id;
      scanned += batch.length;
      if (underWay.length < BATCHES_AT_ONCE) continue;
      if (!(await checkpoint()) || job.signal.aborted) return;
    }
    if (!(await checkpoint())) return;
  } finally {
    await Promise.allSettled(underWay);
  }
  await collection.updateOne(
    { _id: firing.id, status: 'running' },
    { $set: { status: 'done', finishedAt: new Date(deps.clock.now()) } },
  );
}
