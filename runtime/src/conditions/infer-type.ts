import type { ValueType } from '@sluice/shared/model';
import { isInstantText } from '@sluice/shared/time';

/** The dictionary's type of a value, stored or as a fact; undefined for what says nothing: null, nested objects. */
export function inferType(value: unknown): ValueType | undefined {
  if (value instanceof Date) return 'date';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return isInstantText(value) ? 'date' : 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return undefined;
  }
}
