import { checkGraph, type Graph, type Problem } from '@sluice/shared/graph';
import { manifests } from '@sluice/templates/manifests';
import { useDeferredValue, useMemo } from 'react';
import { useEditorState } from '../editing/editor-context.tsx';
import { graphOf } from '../editor/flow-document.ts';
import { useDictionary } from '../inspector/use-dictionary.ts';
import { useNow } from '../ui/use-now.ts';

/** The problems of the draft as publish would find them, found again after each edit when there is time. */
export function useFlowProblems(): { graph: Graph; problems: readonly Problem[] } {
  const document = useDeferredValue(useEditorState((state) => state.document));
  const { attributes, events } = useDictionary();
  const nowMs = useNow();
  const graph = useMemo(() => graphOf(document), [document]);
  return useMemo(() => {
    const context = {
      attributes: new Map(attributes.map(({ name, type }) => [name, type])),
      events: new Set(events.map(({ name }) => name)),
      now: nowMs,
    };
    return { graph, problems: checkGraph(graph, manifests, context) };
  }, [graph, attributes, events, nowMs]);
}
