import { randomUUID } from 'node:crypto';
import type { ImportUndo } from '@sluice/shared/http-api';
import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';
import { audiences } from '../audiences/audience-record.ts';
import { addToSize } from '../audiences/judge-members.ts';
import { membershipIdOf, memberships } from '../audiences/membership-record.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { runs } from '../executor/run-record.ts';
import { undoRows } from '../datasets/undo-rows.ts';
import { datasetRows } from '../datasets/dataset-record.ts';
import { createAliases } from '../identities/aliases.ts';
import { events } from '../ingest/event-record.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { followEvents } from './follow-events.ts';
import { type AttributeChange, importJournal, type JournalPage, pagesOf } from './import-journal.ts';
import { type ImportRecord, imports } from './import-record.ts';
import type { TargetDeps } from './import-target.ts';
import type { Job } from './run-import.ts';
import { eventIdOfRow } from './write-events.ts';

/** Memberships changed at a time. */
const CHANGES = 1000;

/**
 * Takes an import back, page by page of its journal and the last one first (IMP-3). A page taken back twice is the same as
 * once. Returns early, changing nothing more, when another worker took it over or the process stops.
 */
export async function undoImport(deps: TargetDeps, importId: string, job: Job): Promise<void> {
  const collection = deps.database.collection(imports);
  const journal = deps.database.collection(importJournal);
  const fence = randomUUID();
  const mine = { _id: importId, status: 'undoing' as const, fence };
  const record = await collection.findOneAndUpdate(
    { _id: importId, status: 'undoing' },
    { $set: { fence } },
    { returnDocument: 'after' },
  );
  if (!record) return;
  for (;;) {
    if (job.signal.aborted) return;
    const [page] = await journal
      .find({ _id: pagesOf(importId) })
      .sort({ _id: -1 })
      .limit(1)
      .toArray();
    if (!page) break;
    const done = await takeBack(deps, record, page);
    const kept = await collection.updateOne(
      { ...mine, undoneTo: { $ne: page._id } },
      {
        $set: { undoneTo: page._id },
        $inc: Object.fromEntries(Object.entries(done).map(([name, count]) => [`undo.${name}`, count])),
      },
    );
    // Counted before, and a crash kept the page: it goes now.
    if (kept.matchedCount === 0 && (await collection.countDocuments(mine)) === 0) return;
    await journal.deleteOne({ _id: page._id });
    await job.touch();
  }
  await collection.updateOne(mine, {
    $set: { status: 'undone', finishedAt: new Date(deps.clock.now()) },
    $unset: { fence: true, undoneTo: true },
  });
}

async function takeBack(deps: TargetDeps, record: ImportRecord, page: JournalPage): Promise<ImportUndo> {
  const { members = [], changed = [], created = [], newRows = [], rowEdits = [] } = page;
  const audience = record.mapping?.members?.audience;
  if (audience !== undefined)
    for (let from = 0; from < members.length; from += CHANGES)
      await deps.changer.apply(
        members.slice(from, from + CHANGES).map((profileId) => ({
          audience,
          profileId,
          change: 'remove' as const,
          isFromFile: true as const,
        })),
      );
  if (page.events) await removeEvents(deps, record._id, page.events);
  if (changed.length > 0) await restore(deps, record._id, changed);
  const rows = await undoRows(deps, record, { newRows, rowEdits });
  const removed = created.length > 0 ? await removeCreated(deps, record, created) : 0;
  return {
    removed,
    kept: created.length - removed,
    restored: changed.length,
    events: page.events?.count ?? 0,
    members: members.length,
    ...(rows > 0 && { rows }),
  };
}

async function removeEvents(
  deps: TargetDeps,
  importId: string,
  { from, to, touched }: NonNullable<JournalPage['events']>,
): Promise<void> {
  const ids = Array.from({ length: to - from + 1 }, (_, index) => eventIdOfRow(importId, from + index));
  await deps.database.collection(events).deleteMany({ _id: { $in: ids } });
  // Whom the journal names, not whom the store still holds: what a crash removed is judged again too.
  await followEvents(deps, touched);
}

/** Each attribute goes back unless something else has changed it since. */
async function restore(deps: TargetDeps, importId: string, changed: readonly AttributeChange[]): Promise<void> {
  const now = new Date(deps.clock.now());
  const sourced = await deps.gate.sourced();
  const statements = changed.map(({ profileId, before, after }): AnyBulkWriteOperation<ProfileRecord> => {
    const values = Object.entries(after).flatMap(([name, value]) => {
      const path = `$attributes.${name}`;
      const from = `$attributesFrom.${name}`;
      const earlier = Object.hasOwn(before, name) ? { $literal: before[name] } : '$$REMOVE';
      const isOwn = { $eq: [path, { $literal: value }] };
      return [
        [`attributes.${name}`, { $cond: [isOwn, earlier, path] }],
        ...(sourced.has(name) ? [[`attributesFrom.${name}`, { $cond: [isOwn, '$$REMOVE', from] }]] : []),
      ];
    });
    // A profile that this import has made is not touched by taking back what it did to it later.
    const updatedAt = { $cond: [{ $eq: ['$importId', { $literal: importId }] }, '$updatedAt', now] };
    return {
      updateOne: { filter: { _id: profileId }, update: [{ $set: { ...Object.fromEntries(values), updatedAt } }] },
    };
  });
  await deps.database.collection(profiles).bulkWrite(statements, { ordered: false });
  await deps.judgeAgain(changed.map(({ profileId }) => profileId));
}

/**
 * Deletes the profiles that this import has made and that nothing else has come to: no other write, no event, run or message
 * of theirs. Answers how many of them are gone.
 */
async function removeCreated(deps: TargetDeps, record: ImportRecord, created: readonly string[]): Promise<number> {
  const { database } = deps;
  const stored = database.collection(profiles);
  const own = { importId: record._id };
  const untouched = { ...own, updatedAt: record.startedAt as Date, anonymousIds: { $exists: false } };
  const found = await stored
    .find({ _id: { $in: [...created] }, ...untouched })
    .project<{ _id: string }>({ _id: 1 })
    .toArray();
  const ids = found.map(({ _id }) => _id);
  const inUse = new Set<string>();
  for (const belongings of [events, datasetRows, runs, deliveries])
    for (const id of await ownersOf(database.db.collection(belongings.name), ids)) inUse.add(id);
  const free = ids.filter((id) => !inUse.has(id));
  // The profile first: who looks at its membership meanwhile finds that it is gone.
  await stored.deleteMany({ _id: { $in: free }, ...untouched });
  const left = await stored
    .find({ _id: { $in: [...created] } })
    .project<{ _id: string; importId?: string }>({ importId: 1 })
    .toArray();
  const present = new Set(left.map(({ _id }) => _id));
  const merged = await createAliases(deps).of(created);
  // Not only of those deleted just now: a crash may have come in between.
  await dropMembershipsOf(
    database,
    created.filter((id) => !present.has(id) && !merged.has(id)),
  );
  return created.length - left.filter(({ importId }) => importId === record._id).length;
}

/** Tells nobody: they were never there. */
async function dropMembershipsOf(database: Database, profileIds: readonly string[]): Promise<void> {
  if (profileIds.length === 0) return;
  const stored = database.collection(memberships);
  const known = await database.collection(audiences).find({}).project<{ _id: string }>({ _id: 1 }).toArray();
  for (const { _id: audience } of known) {
    const held = { _id: { $in: profileIds.map((id) => membershipIdOf(audience, id)) } };
    const { deletedCount } = await stored.deleteMany({ ...held, isMember: true });
    await addToSize(database, audience, -deletedCount);
    await stored.deleteMany(held);
  }
}

async function ownersOf(collection: Collection<Document>, profileIds: readonly string[]): Promise<string[]> {
  return collection.distinct('profileId', { profileId: { $in: [...profileIds] } });
}
