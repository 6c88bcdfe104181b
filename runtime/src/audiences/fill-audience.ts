import { randomUUID } from 'node:crypto';
import type { PeopleList } from '@sluice/shared/http-api';
import type { Role } from '@sluice/shared/model';
import type { Database } from '../stores/database.ts';
import { audiences } from './audience-record.ts';
import type { MemberChanger } from './change-members.ts';

type ListOf<K extends PeopleList['kind']> = Extract<PeopleList, { kind: K }>;

/** Reads one page of a list behind `after`, as the role may search it; without a `next` it was the last. */
type Walk<K extends PeopleList['kind']> = (
  list: ListOf<K>,
  page: { after: string | null; limit: number; role: Role },
) => Promise<{ profileIds: string[]; next: string | null }>;

export interface FillDeps {
  database: Database;
  changer: MemberChanger;
  walks: { [K in PeopleList['kind']]: Walk<K> };
}

const BATCH = 1000;

/**
 * Takes the people of an audience's list in, page by page. It resumes behind its checkpoint; a page done twice changes
 * nothing, also where somebody was taken out again by hand meanwhile.
 */
export async function fillAudience(
  deps: FillDeps,
  audience: string,
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<void> {
  const collection = deps.database.collection(audiences);
  const fence = randomUUID();
  const held = { _id: audience, 'filling.fence': fence };
  const record = await collection.findOneAndUpdate(
    { _id: audience, filling: { $exists: true }, isDeleted: { $exists: false } },
    { $set: { 'filling.fence': fence } },
    { returnDocument: 'after' },
  );
  if (!record?.filling) return;
  const { list, role } = record.filling;
  let { after } = record.filling;
  const walk = deps.walks[list.kind] as Walk<PeopleList['kind']>;
  for (;;) {
    if (job.signal.aborted) return;
    const { profileIds, next } = await walk(list, { after, limit: BATCH, role });
    await deps.changer.apply(
      [...new Set(profileIds)].map((profileId) => ({ audience, profileId, change: 'add', effectId: 'filling' })),
    );
    const update = next === null ? { $unset: { filling: true as const } } : { $set: { 'filling.after': next } };
    const kept = await collection.updateOne(held, update);
    if (kept.matchedCount === 0 || next === null) return;
    after = next;
    await job.touch();
  }
}
