import type { BulkOrder } from '@sluice/shared/model';
import { declareCollection } from '../stores/database.ts';

/**
 * Something done to many runs of a flow in the background, version by version and page by page, in passes: who is being
 * advanced when its page is looked at is found by the next pass. Done is what a whole pass found nothing left to do for.
 */
export interface BulkChangeRecord {
  _id: string;
  flowId: string;
  order: BulkOrder;
  status: 'running' | 'done' | 'cancelled';
  /** Runs of the versions from this (1 when absent) to that. */
  fromVersion?: number;
  upToVersion: number;
  /** Where the pass stands: behind this run of this version. */
  cursor: { version: number; afterId: string };
  /** What this pass has changed so far, and whom it could not. */
  pass: { changed: number; missed: number };
  /** Rises with each page noted: of two processes at the same page one notes it, and the other stops. */
  step: number;
  looked: number;
  changed: number;
  startedAt: Date;
  startedBy: string;
  finishedAt?: Date;
}

export const bulkChanges = declareCollection<BulkChangeRecord>('bulkChanges', [
  { key: { flowId: 1, startedAt: -1 } },
  { key: { status: 1 }, options: { name: 'under_way', partialFilterExpression: { status: 'running' } } },
]);
