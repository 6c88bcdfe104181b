import type { RunRecord } from './run-record.ts';

/** A goal attracts a run once: who has been there, by whatever way, is not sent back to it. */
export function isVisited({ path = [] }: Partial<Pick<RunRecord, 'path'>>, node: string): boolean {
  return path.some((step) => step.node === node);
}
