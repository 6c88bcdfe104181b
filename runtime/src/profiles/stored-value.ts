import type { AttributeValue } from '@sluice/shared/model';
import { isInstantText } from '@sluice/shared/time';
import type { StoredValue } from './profile-record.ts';

/**
 * A fact as it is stored; the inverse of `toAttributes`. Text in the one spelling of an instant becomes a date whatever
 * the dictionary says: were it stored as text, the store and the reference would read it differently (COND-1). Texts
 * inside a list stay texts.
 */
export function toStoredValue(value: AttributeValue): StoredValue {
  return typeof value === 'string' && isInstantText(value) ? new Date(value) : value;
}
