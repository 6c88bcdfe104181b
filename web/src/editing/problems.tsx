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

/** What is known of them: that they are being looked for, that nobody can look for them here, or those that were found. */
export type Knowledge = 'looking' | 'unchecked' | 'known';

interface Found {
  readonly knowledge: Knowledge;
  readonly all: readonly ReadableProblem[];
  readonly byNode: ReadonlyMap<string, readonly ReadableProblem[]>;
}

const NO_PROBLEMS: Found = { knowledge: 'looking', all: [], byNode: new Map() };
const NONE: readonly ReadableProblem[] = [];
const ProblemsContext = createContext<Found>(NO_PROBLEMS);

interface ProblemsProviderProps {
  problems: readonly Problem[] | Exclude<Knowledge, 'known'>;
  graph: Graph;
  manifests: ManifestIndex;
  children: ReactNode;
}

export function ProblemsProvider({ problems, graph, manifests, children }: ProblemsProviderProps) {
  const language = useLanguage();
  const found = useMemo(() => {
    if (typeof problems === 'string') return { ...NO_PROBLEMS, knowledge: problems };
    const all = problems.map((problem) => ({
      ...problem,
      text: describeProblem(problem, graph, manifests, language),
    }));
    return { knowledge: 'known' as const, all, byNode: Map.groupBy(all, (problem) => problem.node ?? '') };
  }, [problems, graph, manifests, language]);
  return <ProblemsContext value={found}>{children}</ProblemsContext>;
}

export function useProblems(): readonly ReadableProblem[] {
  return useContext(ProblemsContext).all;
}

/** What there being none says. */
export function useKnowledgeOfProblems(): Knowledge {
  return useContext(ProblemsContext).knowledge;
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
