import type { TriggerPlan } from '@sluice/shared/node-contract';
import { useMemo } from 'react';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useProblems } from '../editing/problems.tsx';

/** When and for whom the flow starts, for each trigger whose settings are sound. */
export function useTriggerPlans(): { node: string; plan: TriggerPlan }[] {
  const { catalog } = useEditor();
  const document = useEditorState((state) => state.document);
  const problems = useProblems();
  return useMemo(() => {
    const broken = new Set(problems.flatMap(({ node, severity }) => (severity === 'error' && node ? [node] : [])));
    return Object.values(document.nodes).flatMap((node) => {
      const trigger = catalog.find(node.kind)?.trigger;
      return trigger && !broken.has(node.id) ? [{ node: node.id, plan: trigger(node.params) }] : [];
    });
  }, [catalog, document, problems]);
}
