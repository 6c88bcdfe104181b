import { isNumber, toDouble } from '../../bson/number.ts';

/** The value as a condition: false, null, missing and zero are false, all else is true. */
export function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return isNumber(value) ? toDouble(value) !== 0 : true;
}
