import { createHash } from 'node:crypto';
import type { DatasetDeclaration } from '@sluice/shared/model';
import type { StoredValue } from '../profiles/profile-record.ts';
import { declareCollection } from '../stores/database.ts';

/** One wide table. */
export interface DatasetRecord extends DatasetDeclaration {
  /** Its name in conditions, templates and addresses. */
  _id: string;
  /** Goes up with each change. */
  revision: number;
  /** Joined columns are being brought into the rows behind this one; set with the change that asks for it. */
  fillsBehind?: string;
  createdAt: Date;
  updatedAt: Date;
}

/** One row of one dataset. Every reader goes through `rowsOf`. */
export interface RowRecord {
  /** Dataset and business key: see `rowIdOf`. */
  _id: string;
  dataset: string;
  profileId: string;
  /** Own and joined columns alike, so that a query over rows needs no join. */
  values: Record<string, StoredValue>;
  writtenAt: Date;
  /** The import that made it. */
  importId?: string;
  mergedFrom?: string[];
  /** Set until the audiences that look into the dataset have looked at these profiles again. */
  unsettled?: { version: string; profileIds: string[] };
  /** Deleted, but not yet settled. */
  isLeaving?: true;
}

export const datasets = declareCollection<DatasetRecord>('datasets');
export const datasetRows = declareCollection<RowRecord>('datasetRows', [
  { key: { profileId: 1, dataset: 1 } },
  {
    key: { 'unsettled.version': 1 },
    options: { partialFilterExpression: { 'unsettled.version': { $exists: true } } },
  },
]);

/** Derived, so that a row that comes again needs no look-up and twice is harmless. */
export function rowIdOf(dataset: string, key: readonly StoredValue[]): string {
  const spelled = JSON.stringify(key);
  return `${dataset}:${createHash('sha256').update(spelled).digest('base64url').slice(0, 22)}`;
}

/** The rows of a dataset lie together. */
export function idsOf(dataset: string, afterId?: string): { $gt: string; $lt: string } {
  return { $gt: afterId ?? `${dataset}:`, $lt: `${dataset};` };
}

/** Which rows are there for whoever asks about profiles. */
export function rowsOf(dataset: string, profileIds: readonly string[]) {
  return { profileId: { $in: [...profileIds] }, dataset, isLeaving: { $exists: false } };
}
