import type { AnyBulkWriteOperation } from 'mongodb';
import type { ProfileRecord } from '../profiles/profile-record.ts';
import type { IngestCall } from './read-call.ts';

/** Ids of one person beyond this are noise (a shared test user); the latest are kept. */
const MAX_ANONYMOUS_IDS = 100;

/**
 * The writes that bring profiles up to date with calls; each profile exists afterwards. Their order does not matter:
 * attributes are last-write-wins by the time of the call, attribute by attribute, decided by the store itself, so that
 * two processes and a late call need no lock. Every value is a literal: a trait `"$name"` must not become a field path.
 */
export function toProfileWrites(calls: readonly IngestCall[], now: Date): AnyBulkWriteOperation<ProfileRecord>[] {
  const writes: AnyBulkWriteOperation<ProfileRecord>[] = [];
  const seen = new Set<string>();
  for (const call of calls) {
    if (call.kind === 'identify') {
      writes.push(mergeInto(call, call.anonymousId, now, call.traits));
      continue;
    }
    const otherId = call.kind === 'alias' ? call.previousId : call.anonymousId;
    const key = `${call.profileId} ${otherId ?? ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    writes.push(otherId === undefined ? createIfMissing(call, now) : mergeInto(call, otherId, now));
  }
  return writes;
}

/** The cheap write for the usual call: an event of a user that mostly exists already. */
function createIfMissing(call: IngestCall, now: Date): AnyBulkWriteOperation<ProfileRecord> {
  const created = { userId: call.userId, attributes: {}, createdAt: now, updatedAt: now };
  return { updateOne: { filter: { _id: call.profileId }, update: { $setOnInsert: created }, upsert: true } };
}

/** `traits` undefined: nothing was said about the person but an id. */
function mergeInto(
  call: IngestCall,
  otherId: string | undefined,
  now: Date,
  traits?: Readonly<Record<string, unknown>>,
): AnyBulkWriteOperation<ProfileRecord> {
  const base: Record<string, unknown> = {
    userId: { $ifNull: ['$userId', literal(call.userId)] },
    attributes: { $ifNull: ['$attributes', literal({})] },
    createdAt: { $ifNull: ['$createdAt', now] },
    updatedAt: traits ? now : { $ifNull: ['$updatedAt', now] },
    ...(otherId === undefined ? {} : { anonymousIds: addToList('$anonymousIds', otherId) }),
  };
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(traits ?? {})) {
    const isKept = { $gt: [`$attributesAt.${name}`, call.at] };
    changes[`attributes.${name}`] = { $cond: [isKept, `$attributes.${name}`, literal(value)] };
    changes[`attributesAt.${name}`] = { $max: [`$attributesAt.${name}`, call.at] };
  }
  const stages = Object.keys(changes).length > 0 ? [{ $set: base }, { $set: changes }] : [{ $set: base }];
  return { updateOne: { filter: { _id: call.profileId }, update: stages, upsert: true } };
}

function addToList(list: string, id: string): object {
  const present = { $ifNull: [list, literal([])] };
  const extended = { $slice: [{ $concatArrays: [present, literal([id])] }, -MAX_ANONYMOUS_IDS] };
  return { $cond: [{ $in: [literal(id), present] }, present, extended] };
}

function literal(value: unknown): object {
  return { $literal: value };
}
