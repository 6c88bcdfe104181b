import { checkGraph, EMPTY_GRAPH, type Graph, type Problem } from '@sluice/shared/graph';
import type { CheckContext } from '@sluice/shared/node-contract';
import { manifests } from '@sluice/templates/manifests';
import { useDeferredValue, useMemo, useState } from 'react';
import { isWholeList, useAudiences } from '../audiences/use-audience-names.ts';
import { useEditorState } from '../editing/editor-context.tsx';
import { documentOf, type FlowDocument, graphOf } from '../editor/flow-document.ts';
import { useDictionary } from '../inspector/use-dictionary.ts';
import { useNow } from '../ui/use-now.ts';

interface Checked {
  readonly graph: Graph;
  readonly problems: readonly Problem[];
}

const NOTHING_YET: FlowDocument = documentOf('', EMPTY_GRAPH);
const UNCHECKED: Checked = { graph: EMPTY_GRAPH, problems: [] };

/** Whether both say the same, wherever their nodes stand: then they have the same problems. */
function saysTheSame(a: FlowDocument, b: FlowDocument): boolean {
  if (a.edges !== b.edges || a.measurement !== b.measurement) return false;
  const ids = Object.keys(a.nodes);
  if (ids.length !== Object.keys(b.nodes).length) return false;
  return ids.every((id) => {
    const [one, other] = [a.nodes[id], b.nodes[id]];
    return one === other || (one?.params === other?.params && one?.name === other?.name && one?.kind === other?.kind);
  });
}

/** Checks a document unless only positions changed since the last time: a drag would otherwise check at every step. */
export function createChecker(): (document: FlowDocument, context: CheckContext) => Checked {
  let last: { document: FlowDocument; context: CheckContext; checked: Checked } | undefined;
  return (document, context) => {
    if (last && last.context === context && saysTheSame(last.document, document)) return last.checked;
    const graph = graphOf(document);
    const checked = { graph, problems: checkGraph(graph, manifests, context) };
    last = { document, context, checked };
    return checked;
  };
}

/** The problems of the draft as publish would find them, found again after each edit when there is time. */
export function useFlowProblems(): Checked {
  // Not before the flow is on the screen: a large one takes longer to check than to draw.
  const document = useDeferredValue(
    useEditorState((state) => state.document),
    NOTHING_YET,
  );
  const { attributes, events } = useDictionary();
  const audiences = useAudiences();
  const nowMs = useNow();
  const [check] = useState(createChecker);
  const context = useMemo(
    () => ({
      attributes: new Map(attributes.map(({ name, type }) => [name, type])),
      events: new Set(events.map(({ name }) => name)),
      now: nowMs,
      // One page of them: whoever has more is not told that an older one is gone; publish knows them all.
      ...(audiences &&
        isWholeList(audiences) && {
          audiences: new Map(audiences.map(({ id, name }) => [id, name])),
          manualAudiences: new Set(audiences.flatMap(({ id, kind }) => (kind === 'manual' ? [id] : []))),
        }),
    }),
    [attributes, events, audiences, nowMs],
  );
  return useMemo(() => (document === NOTHING_YET ? UNCHECKED : check(document, context)), [check, document, context]);
}
