import { declareCollection } from '../stores/database.ts';

/** What fires: a trigger of a version, at one of its occurrences or because somebody asked. Unix milliseconds. */
export interface Firing {
  flowId: string;
  version: number;
  trigger: string;
  /** Of a trigger that fires again and again. */
  occurrence?: number;
  /** Id of the request of whoever started it by hand. */
  request?: string;
}

/** One firing: how far through its profiles it has come. `afterId` is a checkpoint, never ahead. */
export interface EnrolmentRecord extends Firing {
  /** See `firingId`. */
  _id: string;
  /** `held`: its flow is paused, and it goes on where it stands when that is resumed. */
  status: 'running' | 'held' | 'done' | 'cancelled';
  afterId?: string;
  scanned: number;
  startedAt: Date;
  finishedAt?: Date;
}

export const enrolments = declareCollection<EnrolmentRecord>('enrolments', [
  { key: { flowId: 1, version: 1 } },
  { key: { status: 1 }, options: { name: 'under_way', partialFilterExpression: { status: 'running' } } },
]);

/** The same firing has the same id in every process. */
export function firingId({ flowId, version, trigger, occurrence, request }: Firing): string {
  const of = occurrence === undefined ? [] : [new Date(occurrence).toISOString()];
  return [flowId, version, trigger, ...of, ...(request === undefined ? [] : [request])].join(':');
}
