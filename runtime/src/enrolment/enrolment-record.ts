import { declareCollection } from '../stores/database.ts';

/** One firing of a scheduled trigger: how far through the audience it has come. `afterId` is a checkpoint, never ahead. */
export interface EnrolmentRecord {
  /** flowId:version:trigger:occurrence */
  _id: string;
  flowId: string;
  version: number;
  trigger: string;
  status: 'running' | 'done' | 'cancelled';
  afterId?: string;
  scanned: number;
  startedAt: Date;
  finishedAt?: Date;
}

export const enrolments = declareCollection<EnrolmentRecord>('enrolments', [
  { key: { flowId: 1, version: 1 } },
  { key: { status: 1 }, options: { name: 'under_way', partialFilterExpression: { status: 'running' } } },
]);
