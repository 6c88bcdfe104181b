import { declareCollection } from '../stores/database.ts';
import type { Arm, Finding } from './judge-look.ts';

/** What was found at one instant, with the figures it was judged by. */
export interface LookRecord extends Finding {
  at: Date;
  arms: Pick<Arm, 'variant' | 'people' | 'results'>[];
}

/**
 * One split of one version that chooses its winner. A look and what it decides are one update, guarded by the instant that
 * the look was planned for: of two processes that look at once, one records.
 */
export interface ExperimentRecord {
  /** `flowId:version:node`: another version may say something else, and begins anew. */
  _id: string;
  flowId: string;
  version: number;
  node: string;
  /** When it was first seen that somebody had been dealt. */
  startedAt?: Date;
  /** Before the start: when to look whether somebody has come. Absent once it is decided. */
  nextLookAt?: Date;
  looks: LookRecord[];
  decidedAt?: Date;
  /** Null: the last look found none. */
  winner?: string | null;
}

export const experimentDecisions = declareCollection<ExperimentRecord>('experimentDecisions', [
  { key: { nextLookAt: 1 }, options: { partialFilterExpression: { nextLookAt: { $exists: true } } } },
]);

export function experimentIdOf(flowId: string, version: number, node: string): string {
  return `${flowId}:${version}:${node}`;
}
