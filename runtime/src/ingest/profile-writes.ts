import type { AnyBulkWriteOperation } from 'mongodb';
import type { ProfileRecord } from '../profiles/profile-record.ts';
import { NEW_PROFILE, type ProfileMark, type ProfileMarker } from '../profiles/profile-watch.ts';
import type { IngestCall } from './read-call.ts';

/** Ids of one person beyond this are noise (a shared test user); the latest are kept. */
const MAX_ANONYMOUS_IDS = 100;

/** What is to be known of a profile before calls about it are written. */
export type ProfileHead = Pick<ProfileRecord, '_id' | 'userId' | 'anonymousIds' | 'isKeptApart'>;

/**
 * The writes that bring profiles up to date with calls; each profile exists afterwards, `known` are those that do already. Their order does not matter:
 * attributes are last-write-wins by the time of the call, attribute by attribute, decided by the store itself, so that
 * two processes and a late call need no lock. Every value is a literal: a trait `"$name"` must not become a field path.
 */
export function toProfileWrites(
  calls: readonly IngestCall[],
  now: Date,
  {
    marker,
    known,
    sourced,
  }: {
    marker?: ProfileMarker | undefined;
    known?: ReadonlyMap<string, ProfileHead>;
    sourced?: ReadonlySet<string> | undefined;
  } = {},
): AnyBulkWriteOperation<ProfileRecord>[] {
  const writes: AnyBulkWriteOperation<ProfileRecord>[] = [];
  const seen = new Set<string>();
  for (const call of calls) {
    if (call.kind === 'identify') {
      writes.push(mergeInto(call, call.anonymousId, now, marker, { traits: call.traits, sourced }));
      continue;
    }
    const otherId = call.kind === 'alias' ? call.previousId : call.anonymousId;
    const key = `${call.profileId} ${otherId ?? ''}`;
    const head = known?.get(call.profileId);
    const isNoted = head !== undefined && (otherId === undefined || head.anonymousIds?.includes(otherId));
    if (seen.has(key) || isNoted) continue;
    seen.add(key);
    writes.push(otherId === undefined ? createIfMissing(call, now, marker) : mergeInto(call, otherId, now, marker));
  }
  return writes;
}

/** The cheap write for the usual call: an event of a user that mostly exists already. */
function createIfMissing(
  call: IngestCall,
  now: Date,
  marker: ProfileMarker | undefined,
): AnyBulkWriteOperation<ProfileRecord> {
  const unsettled = marker?.newMark();
  const created = {
    userId: call.userId,
    attributes: {},
    createdAt: now,
    updatedAt: now,
    ...(unsettled && { unsettled }),
  };
  return { updateOne: { filter: { _id: call.profileId }, update: { $setOnInsert: created }, upsert: true } };
}

/** `traits` undefined: nothing was said about the person but an id. */
function mergeInto(
  call: IngestCall,
  otherId: string | undefined,
  now: Date,
  marker: ProfileMarker | undefined,
  { traits, sourced }: { traits?: Readonly<Record<string, unknown>>; sourced?: ReadonlySet<string> | undefined } = {},
): AnyBulkWriteOperation<ProfileRecord> {
  const base: Record<string, unknown> = {
    userId: { $ifNull: ['$userId', literal(call.userId)] },
    attributes: { $ifNull: ['$attributes', literal({})] },
    createdAt: { $ifNull: ['$createdAt', now] },
    updatedAt: traits ? now : { $ifNull: ['$updatedAt', now] },
    ...(otherId === undefined ? {} : { anonymousIds: addToList('$anonymousIds', otherId) }),
    ...markOf(marker?.markOf(Object.keys(traits ?? {})), marker?.newMark()),
  };
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(traits ?? {})) {
    const isKept = { $gt: [`$attributesAt.${name}`, call.at] };
    changes[`attributes.${name}`] = { $cond: [isKept, `$attributes.${name}`, literal(value)] };
    if (sourced?.has(name)) changes[`attributesFrom.${name}`] = { $cond: [isKept, `$attributesFrom.${name}`, 'api'] };
    changes[`attributesAt.${name}`] = { $max: [`$attributesAt.${name}`, call.at] };
  }
  const stages = Object.keys(changes).length > 0 ? [{ $set: base }, { $set: changes }] : [{ $set: base }];
  return { updateOne: { filter: { _id: call.profileId }, update: stages, upsert: true } };
}

/** A profile that has no time of creation yet is being made by this very write. */
function markOf(changed: ProfileMark | undefined, created: ProfileMark | undefined): { unsettled?: object } {
  const version = changed?.version ?? created?.version;
  if (version === undefined) return {};
  const names = { $setUnion: [{ $ifNull: ['$unsettled.names', literal([])] }, literal(changed?.names ?? [])] };
  const marked = { version: literal(version), names };
  if (!created) return { unsettled: marked };
  const whenNew = { version: literal(version), names: literal([...(changed?.names ?? []), NEW_PROFILE]) };
  const whenKnown = changed ? marked : '$unsettled';
  return { unsettled: { $cond: [{ $eq: [{ $type: '$createdAt' }, 'missing'] }, whenNew, whenKnown] } };
}

function addToList(list: string, id: string): object {
  const present = { $ifNull: [list, literal([])] };
  const extended = { $slice: [{ $concatArrays: [present, literal([id])] }, -MAX_ANONYMOUS_IDS] };
  return { $cond: [{ $in: [literal(id), present] }, present, extended] };
}

function literal(value: unknown): object {
  return { $literal: value };
}
