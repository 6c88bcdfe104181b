import { describeProblem, type Graph, type Problem } from '@sluice/shared/graph';
import type { ManifestIndex } from '@sluice/shared/node-contract';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useLanguage } from '../i18n/locale-provider.tsx';

/** A problem with its sentence in the language on screen. */
export interface ReadableProblem extends Problem {
  readonly text: string;
}

export interface ProblemMark {
  readonly count: number;
  readonly isError: boolean;
}

interface Found {
  /** False until they have been looked for. */
  readonly isKnown: boolean;
  readonly all: readonly ReadableProblem[];
  readonly byNode: ReadonlyMap<string, readonly ReadableProblem[]>;
}

const NO_PROBLEMS: Found = { isKnown: false, all: [], byNode: new Map() };
const NONE: readonly ReadableProblem[] = [];
const ProblemsContext = createContext<Found>(NO_PROBLEMS);

interface ProblemsProviderProps {
  /** Undefined until they have been looked for. */
  problems: readonly Problem[] | undefined;
  graph: Graph;
  manifests: ManifestIndex;
  children: ReactNode;
}

export function ProblemsProvider({ problems, graph, manifests, children }: ProblemsProviderProps) {
  const language = useLanguage();
  const found = useMemo(() => {
    const all = (problems ?? []).map((problem) => ({
      ...problem,
      text: describeProblem(problem, graph, manifests, language),
    }));
    return { isKnown: problems !== undefined, all, byNode: Map.groupBy(all, (problem) => problem.node ?? '') };
  }, [problems, graph, manifests, language]);
  return <ProblemsContext value={found}>{children}</ProblemsContext>;
}

export function useProblems(): readonly ReadableProblem[] {
  return useContext(ProblemsContext).all;
}

/** Whether problems have been looked for: before that there being none says nothing. */
export function useAreProblemsKnown(): boolean {
  return useContext(ProblemsContext).isKnown;
}

export function useNodeProblems(node: string): readonly ReadableProblem[] {
  return useContext(ProblemsContext).byNode.get(node) ?? NONE;
}

/** How many problems a node has, and whether any of them keeps the flow from being published. */
export function useProblemMark(node: string): ProblemMark | undefined {
  const problems = useNodeProblems(node);
  if (problems.length === 0) return undefined;
  return { count: problems.length, isError: problems.some(({ severity }) => severity === 'error') };
}
