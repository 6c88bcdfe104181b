import type { BreachCode, WriteSource } from '@sluice/shared/model';
import type { StoredValue } from '../profiles/profile-record.ts';
import { declareCollection } from '../stores/database.ts';

/** A value that was set aside. Of one attribute of one profile the latest is kept, as it would have been on the profile. */
export interface QuarantineRecord {
  /** `quarantineIdOf`: the same value arriving again is the same record. */
  _id: string;
  attribute: string;
  profileId: string;
  value: StoredValue;
  breach: BreachCode;
  source: WriteSource;
  /** When the value was said; decides whether a later one stands already. */
  at: Date;
}

export const quarantine = declareCollection<QuarantineRecord>('quarantine', [
  { key: { attribute: 1, at: -1, _id: -1 } },
  { key: { at: -1, _id: -1 } },
  { key: { profileId: 1 } },
]);

export function quarantineIdOf(attribute: string, profileId: string): string {
  return `${profileId}/${attribute}`;
}
