import { checkGraph, type Graph, type Problem } from '@sluice/shared/graph';
import type { CheckContext } from '@sluice/shared/node-contract';
import { type FlowDocument, graphOf } from '../editor/flow-document.ts';
import { manifests } from './node-kinds.ts';

export interface Checked {
  readonly graph: Graph;
  readonly problems: readonly Problem[];
}

export type Checker = (document: FlowDocument, context: CheckContext) => Checked;

/** Whether both say the same, wherever their nodes stand: then they have the same problems. */
function saysTheSame(a: FlowDocument, b: FlowDocument): boolean {
  if (a.edges !== b.edges || a.measurement !== b.measurement) return false;
  const ids = Object.keys(a.nodes);
  if (ids.length !== Object.keys(b.nodes).length) return false;
  return ids.every((id) => {
    const [one, other] = [a.nodes[id], b.nodes[id]];
    if (one === other) return true;
    const isSame = one?.params === other?.params && one?.name === other?.name && one?.kind === other?.kind;
    return isSame && one?.isDisabled === other?.isDisabled;
  });
}

/** Checks a document unless only positions changed since the last time: a drag would otherwise check at every step. */
export function createChecker(): Checker {
  let last: { document: FlowDocument; context: CheckContext; checked: Checked } | undefined;
  return (document, context) => {
    if (last && last.context === context && saysTheSame(last.document, document)) return last.checked;
    const graph = graphOf(document);
    const checked = { graph, problems: checkGraph(graph, manifests, context) };
    last = { document, context, checked };
    return checked;
  };
}
