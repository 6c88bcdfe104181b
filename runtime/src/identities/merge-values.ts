import type { MergeRule } from '@sluice/shared/model';
import type { StoredValue } from '../profiles/profile-record.ts';

/** How values of a merge are chosen, as it was when the merge was asked for: done again, it chooses the same. */
export type MergeRules = Readonly<Record<string, MergeRule>>;

const TYPES: readonly [string, (value: StoredValue) => boolean][] = [
  ['string', (value) => typeof value === 'string'],
  ['date', (value) => value instanceof Date],
  ['array', (value) => Array.isArray(value)],
  ['bool', (value) => typeof value === 'boolean'],
];

/** The value that stays, worked out by the store itself: `own` is the path of the profile's own value, which is there. */
export function chosenValue(rule: MergeRule, own: string, absorbed: StoredValue): object | string {
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

function isOfType(path: string, value: StoredValue): object {
  const type = TYPES.find(([, holds]) => holds(value))?.[0];
  // The store knows several kinds of numbers, the product one.
  return type ? { $eq: [{ $type: path }, type] } : { $in: [{ $type: path }, ['int', 'long', 'double']] };
}
