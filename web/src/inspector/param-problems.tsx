import { createContext, useContext } from 'react';
import type { ReadableProblem } from '../editing/problems.tsx';

const ParamProblems = createContext<readonly ReadableProblem[]>([]);

/** The problems of the node whose form is shown. */
export const ParamProblemsProvider = ParamProblems;

/** Problems of exactly this place, and those further in, which fields of their own show. */
export function useParamProblems(pointer: string): { own: readonly ReadableProblem[]; hasInner: boolean } {
  const problems = useContext(ParamProblems);
  return {
    own: problems.filter(({ param }) => param === pointer),
    hasInner: problems.some(({ param }) => param?.startsWith(`${pointer}/`)),
  };
}
