import { randomUUID } from 'node:crypto';
import { attributesOf, type Derivation, RFM_SEGMENTS, type RfmSegment } from '@sluice/shared/condition';
import { attributeDefinitions } from '../conditions/dictionary-record.ts';
import { events } from '../ingest/event-record.ts';
import { markUpdate, type ProfileWatch } from '../profiles/profile-watch.ts';
import { clearAttributes } from './clear-attributes.ts';
import { derivedAttributes, derivedDue, type DerivedRecord, type RfmFigures } from './derived-record.ts';
import { idsBehind } from './profile-ids.ts';
import { readOrders } from './read-events.ts';
import { boundsOf, type Orders, scoreRfm } from './score-rfm.ts';
import { workOut, type WorkOutDeps } from './work-out.ts';

export interface FillDeps extends WorkOutDeps {
  watch: ProfileWatch;
}

type Job = { touch(): Promise<void>; signal: AbortSignal };

/**
 * Goes through all profiles in the order of their ids and works one derivation out. It resumes behind its checkpoint; a
 * batch done twice changes nothing. Changing nothing more, it ends when it was replaced or taken over, or the process stops.
 */
export async function fillDerived(deps: FillDeps, name: string, fillId: string, job: Job): Promise<void> {
  const stored = deps.database.collection(derivedAttributes);
  const fence = randomUUID();
  const running = { _id: name, 'fill.id': fillId, 'fill.status': 'running' as const };
  const found = await stored.findOneAndUpdate(running, { $set: { 'fill.fence': fence } }, { returnDocument: 'after' });
  if (!found) return;
  const mine = { ...running, 'fill.fence': fence };
  const { derivation, fill } = found;
  let { rfm } = found;
  if (derivation.kind === 'rfm' && !(rfm && rfm.at >= fill.startedAt)) {
    rfm = await measureRfm(deps, derivation, job);
    if (!rfm || (await stored.updateOne(mine, { $set: { rfm } })).matchedCount === 0) return;
  }
  const marker = await deps.watch.marker();
  for await (const ids of idsBehind(deps.database, fill.afterId)) {
    if (job.signal.aborted) return;
    const touched = new Map([[{ name, derivation, rfm }, new Set(ids)]]);
    await workOut(deps, touched, (names) => markUpdate(marker.markOf(names)));
    deps.watch.wake();
    const kept = await stored.updateOne(mine, {
      $set: { 'fill.afterId': ids.at(-1) as string },
      $inc: { 'fill.done': ids.length },
    });
    if (kept.matchedCount === 0) return;
    await job.touch();
  }
  await stored.updateOne(mine, {
    $set: { 'fill.status': 'done', 'fill.finishedAt': new Date(deps.clock.now()) },
    $unset: { 'fill.fence': true, 'fill.afterId': true },
  });
}

/** Takes the values of a deleted derivation away, and then its record: until then the name is not free. */
export async function clearDerived(deps: FillDeps, record: DerivedRecord, job: Job): Promise<void> {
  const { _id: name, derivation } = record;
  const names = attributesOf(name, derivation);
  if (!(await clearAttributes(deps, names, job))) return;
  await deps.database.collection(derivedDue).deleteMany({ _id: { $gte: `${name}/`, $lt: `${name}0` } });
  await deps.database.collection(attributeDefinitions).deleteMany({ _id: { $in: names } });
  await deps.database.collection(derivedAttributes).deleteOne({ _id: name, isDeleted: true });
}

/** Three numbers a customer are held in memory: 24 MB for a million. Undefined when the process stops. */
async function measureRfm(
  deps: FillDeps,
  derivation: Extract<Derivation, { kind: 'rfm' }>,
  job: Job,
): Promise<RfmFigures | undefined> {
  const instant = { now: deps.clock.now(), timeZone: deps.timeZone };
  const customers = { lastAt: [] as number[], count: [] as number[], amount: [] as number[] };
  for await (const ids of idsBehind(deps.database, undefined)) {
    if (job.signal.aborted) return undefined;
    for (const { lastAt, count, amount } of (
      await readOrders(deps.database.collection(events), derivation, ids, instant)
    ).values()) {
      customers.lastAt.push(lastAt);
      customers.count.push(count);
      customers.amount.push(amount);
    }
    await job.touch();
  }
  const bounds = boundsOf(customers);
  const segments = Object.fromEntries(RFM_SEGMENTS.map((segment) => [segment, 0])) as Record<RfmSegment, number>;
  for (const [index, lastAt] of customers.lastAt.entries()) {
    const orders: Orders = { lastAt, count: customers.count[index] ?? 0, amount: customers.amount[index] ?? 0 };
    segments[scoreRfm(orders, bounds, instant.now).segment] += 1;
  }
  return { bounds, customers: customers.lastAt.length, segments, at: new Date(instant.now) };
}
