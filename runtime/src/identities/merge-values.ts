import type { MergeRule, SourceOrder, WriteSource } from '@sluice/shared/model';
import type { ProfileRecord, StoredValue } from '../profiles/profile-record.ts';

/** How values of a merge are chosen, as it was when the merge was asked for: done again, it chooses the same. */
export type MergeRules = Readonly<Record<string, MergeRule>>;

const TYPES: readonly [string, (value: StoredValue) => boolean][] = [
  ['string', (value) => typeof value === 'string'],
  ['date', (value) => value instanceof Date],
  ['array', (value) => Array.isArray(value)],
  ['bool', (value) => typeof value === 'boolean'],
];

/** The value that stays, worked out by the store itself: `own` is the path of the profile's own value, which is there. */
export function chosenValue(
  rule: Exclude<MergeRule, SourceOrder>,
  own: string,
  absorbed: StoredValue,
): object | string {
  const other = { $literal: absorbed };
  if (rule === 'kept') return own;
  if (rule === 'absorbed') return other;
  const isComparable = isOfType(own, absorbed);
  if (rule === 'together')
    return Array.isArray(absorbed) ? { $cond: [isComparable, { $setUnion: [own, other] }, own] } : own;
  const isTaken = { [rule === 'least' ? '$lt' : '$gt']: [other, own] };
  return { $cond: [{ $and: [isComparable, isTaken] }, other, own] };
}

/** Which filter a value passes that is still what the merge made of it. */
export function asChosen(
  rule: MergeRule | undefined,
  earlier: StoredValue | undefined,
  absorbed: StoredValue,
): object | StoredValue {
  const isBoth = rule === 'together' && Array.isArray(earlier) && Array.isArray(absorbed);
  if (!isBoth) return absorbed;
  const all = [...new Set([...earlier, ...absorbed])];
  return { $all: all, $size: all.length };
}

/**
 * Who wrote an attribute last. Where nobody noted it, what an `identify` call said came from one, and what a profile of an
 * import has came with that.
 */
export function sourceOf(record: ProfileRecord, name: string): WriteSource | undefined {
  const noted = record.attributesFrom?.[name];
  if (noted) return noted;
  if (record.attributesAt?.[name]) return 'api';
  return record.importId === undefined ? undefined : 'import';
}

/** Whether a source is believed before that of the profile's own value, the same, or less: worked out by the store itself. */
export function compareTrust(order: SourceOrder, name: string, other: WriteSource | undefined) {
  const own = {
    $ifNull: [
      `$attributesFrom.${name}`,
      {
        $cond: [
          { $eq: [{ $type: `$attributesAt.${name}` }, 'date'] },
          'api',
          { $cond: [{ $eq: [{ $type: '$importId' }, 'missing'] }, '', 'import'] },
        ],
      },
    ],
  };
  const named = { $indexOfArray: [{ $literal: order }, own] };
  const rank = { $cond: [{ $eq: [named, -1] }, order.length, named] };
  const place = other === undefined ? -1 : order.indexOf(other);
  const otherRank = place === -1 ? order.length : place;
  return { isMore: { $lt: [otherRank, rank] }, isSame: { $eq: [otherRank, rank] } };
}

function isOfType(path: string, value: StoredValue): object {
  const type = TYPES.find(([, holds]) => holds(value))?.[0];
  // The store knows several kinds of numbers, the product one.
  return type ? { $eq: [{ $type: path }, type] } : { $in: [{ $type: path }, ['int', 'long', 'double']] };
}
