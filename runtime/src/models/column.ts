import type { ValueType } from '@sluice/shared/model';
import type { StoredValue } from '../profiles/profile-record.ts';

/** One attribute of many profiles. Numbers, dates (days) and truth values are numbers, NaN where missing; the rest texts. */
export type Column =
  | { kind: 'number'; values: Float64Array }
  | { kind: 'texts'; values: (readonly string[] | undefined)[] };

/** An attribute as a model reads it. */
export interface FeatureSource {
  attribute: string;
  type: ValueType;
}

/** Texts of one profile beyond these are not looked at. */
const MOST_TEXTS = 20;
const DAY_MS = 86_400_000;

/**
 * A number, a truth value as 0 or 1, or a date as days before `now`. NaN for what is missing or of another type: the
 * dictionary says what an attribute is, not what every profile holds.
 */
export function toNumber(value: StoredValue | undefined, type: ValueType, now: number): number {
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;
  if (type === 'boolean') return typeof value === 'boolean' ? Number(value) : Number.NaN;
  return value instanceof Date ? (now - value.getTime()) / DAY_MS : Number.NaN;
}

/** Undefined where nothing is said; an empty list is something. */
export function toTexts(value: StoredValue | undefined, type: ValueType): readonly string[] | undefined {
  if (type === 'list') return Array.isArray(value) ? [...new Set(value.slice(0, MOST_TEXTS).map(String))] : undefined;
  return typeof value === 'string' ? [value] : undefined;
}

export function isNumeric(type: ValueType): boolean {
  return type === 'number' || type === 'boolean' || type === 'date';
}
