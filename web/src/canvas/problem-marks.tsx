import type { Problem } from '@sluice/shared/graph';
import { createContext, useContext } from 'react';

export interface ProblemMark {
  readonly count: number;
  readonly isError: boolean;
}

const ProblemMarks = createContext<ReadonlyMap<string, ProblemMark>>(new Map());

export const ProblemMarksProvider = ProblemMarks;

/** How many problems each node has, and whether any of them keeps the flow from being published. */
export function marksOf(problems: readonly Problem[]): Map<string, ProblemMark> {
  const marks = new Map<string, ProblemMark>();
  for (const { node, severity } of problems) {
    if (node === undefined) continue;
    const { count, isError } = marks.get(node) ?? { count: 0, isError: false };
    marks.set(node, { count: count + 1, isError: isError || severity === 'error' });
  }
  return marks;
}

export function useProblemMark(node: string): ProblemMark | undefined {
  return useContext(ProblemMarks).get(node);
}
