import type { Collection } from 'mongodb';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { type MergeRecord, profileMerges } from './merge-record.ts';
import { chosenValue, compareTrust, type MergeRules, sourceOf } from './merge-values.ts';

const MAX_ANONYMOUS_IDS = 100;
/** Of both profiles: an effect that one of them has seen must not be applied to the other again (RUN-3). */
const REMEMBERED_EFFECTS = 40;

/**
 * Takes the absorbed profile out and puts what it had into the other one, each exactly once however often this is done
 * again. The profile is marked with the number of the piece before the piece is stored and before it goes, so that whoever
 * comes back knows whether a stored piece has left its profile. Late writes make the profile anew: a further piece. Answers whether there was any.
 */
export async function absorbProfile(database: Database, merge: MergeRecord, now: Date): Promise<boolean> {
  const stored = database.collection(profiles);
  const merges = database.collection(profileMerges);
  const { _id, from, into } = merge;
  let { pieces, piece } = merge;
  for (;;) {
    const mark = `${_id}/${pieces}`;
    if (piece && !(await stored.findOne({ _id: from, absorbedAs: mark }))) {
      await stored.updateOne({ _id: into, appliedEffects: { $ne: mark } }, toAbsorption(piece, mark, now, merge.rules));
      pieces += 1;
      piece = undefined;
      await merges.updateOne({ _id }, { $set: { pieces }, $unset: { piece: true } });
      continue;
    }
    const found = await stored.findOneAndUpdate(
      { _id: from },
      { $set: { absorbedAs: mark } },
      { returnDocument: 'after' },
    );
    if (!found) return pieces > merge.pieces;
    const before = pieces === 0 ? await stored.findOne({ _id: into }) : undefined;
    piece = found;
    await merges.updateOne(
      { _id },
      { $set: { piece, ...(pieces === 0 && { absorbed: piece, ...(before && { before }) }) } },
    );
    await removeUnchanged(stored, piece);
  }
}

/** Whatever was written since it was read keeps it there; it is read again then. */
async function removeUnchanged(stored: Collection<ProfileRecord>, seen: ProfileRecord): Promise<void> {
  await stored.deleteOne({
    _id: seen._id,
    updatedAt: seen.updatedAt,
    attributes: seen.attributes,
    anonymousIds: seen.anonymousIds ?? { $exists: false },
    appliedEffects: seen.appliedEffects ?? { $exists: false },
  } as object);
}

/**
 * What the profile that goes on has stays, unless a rule says otherwise; what it lacks is taken over. Where both were told an attribute by `identify` calls,
 * the later call wins, as it would have for one profile.
 */
export function toAbsorption(piece: ProfileRecord, mark: string, now: Date, rules: MergeRules = {}): object[] {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(piece.attributes)) {
    const own = `$attributes.${name}`;
    const ownAt = `$attributesAt.${name}`;
    const at = piece.attributesAt?.[name];
    const isMissing = { $eq: [{ $type: own }, 'missing'] };
    const isLater = at && { $and: [{ $eq: [{ $type: ownAt }, 'date'] }, { $lt: [ownAt, at] }] };
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule && !Array.isArray(rule)) {
      values[`attributes.${name}`] = { $cond: [isMissing, literal(value), chosenValue(rule, own, value)] };
      if (at) values[`attributesAt.${name}`] = { $max: [ownAt, at] };
      continue;
    }
    const reasons: object[] = [isMissing];
    if (rule) {
      const { isMore, isSame } = compareTrust(rule, name, sourceOf(piece, name));
      reasons.push(isMore);
      if (isLater) reasons.push({ $and: [isSame, isLater] });
    } else if (isLater) reasons.push(isLater);
    const isTaken = { $or: reasons };
    const source = sourceOf(piece, name);
    if (source && (rule || piece.attributesFrom?.[name]))
      values[`attributesFrom.${name}`] = { $cond: [isTaken, source, `$attributesFrom.${name}`] };
    values[`attributes.${name}`] = { $cond: [isTaken, literal(value), own] };
    if (at) values[`attributesAt.${name}`] = { $cond: [isTaken, { $max: [ownAt, at] }, ownAt] };
  }
  const { anonymousIds = [], appliedEffects = [] } = piece;
  const base = {
    userId: { $ifNull: ['$userId', literal(piece.userId)] },
    createdAt: { $min: ['$createdAt', piece.createdAt] },
    updatedAt: now,
    anonymousIds: { $slice: [{ $setUnion: [listOf('$anonymousIds'), literal(anonymousIds)] }, -MAX_ANONYMOUS_IDS] },
    appliedEffects: {
      $slice: [
        { $concatArrays: [literal(appliedEffects), listOf('$appliedEffects'), literal([mark])] },
        -REMEMBERED_EFFECTS,
      ],
    },
  };
  // The values first: they ask for the times that the profile had before.
  return [...(Object.keys(values).length > 0 ? [{ $set: values }] : []), { $set: base }];
}

function listOf(path: string): object {
  return { $ifNull: [path, literal([])] };
}

function literal(value: unknown): object {
  return { $literal: value };
}
