import type { ApprovalState } from '@sluice/shared/http-api';
import type { PublishPolicy } from '@sluice/shared/model';
import { declareCollection } from '../stores/database.ts';

/** One request; see the states in SPEC.md. */
export interface ApprovalRecord {
  /** ULID: later ones sort behind earlier ones. */
  _id: string;
  flowId: string;
  /** Of the draft; with the flow it names the very graph. */
  revision: number;
  graphText: string;
  /** What was live when it was asked for. */
  baseVersion: number | null;
  note: string;
  name?: string;
  policy?: PublishPolicy;
  cases: { name: string; isPassed: boolean }[];
  requestedBy: { id: string; name: string };
  requestedAt: Date;
  state: ApprovalState;
  decision?: Decision;
  /** The version it became. */
  version?: number;
  /** Agreed to, and not known to be published: what a kill left so is found by this. */
  isUnfinished?: true;
  /** What people have not been told yet: those who may decide, or whoever asked. */
  untold?: 'asked' | 'decided';
}

export interface Decision {
  by: { id: string; name: string };
  at: Date;
  comment: string;
  ignoreCases?: true;
}

export const approvals = declareCollection<ApprovalRecord>('approvals', [
  { key: { flowId: 1, _id: -1 } },
  { key: { state: 1, _id: -1 } },
  { key: { untold: 1 }, options: { partialFilterExpression: { untold: { $exists: true } } } },
  { key: { isUnfinished: 1 }, options: { partialFilterExpression: { isUnfinished: true } } },
]);
