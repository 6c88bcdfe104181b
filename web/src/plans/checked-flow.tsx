import type { ReactNode } from 'react';
import { ProblemsProvider } from '../editing/problems.tsx';
import { manifests } from './node-kinds.ts';
import { useFlowProblems } from './use-flow-problems.ts';

/** What is inside knows the problems of the flow that is edited. */
export function CheckedFlow({ children }: { children: ReactNode }) {
  const { graph, problems } = useFlowProblems();
  return (
    <ProblemsProvider problems={problems} graph={graph} manifests={manifests}>
      {children}
    </ProblemsProvider>
  );
}
