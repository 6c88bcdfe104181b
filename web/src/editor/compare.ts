import type { GraphNode, GraphNote } from '@sluice/shared/graph';
import Value from 'typebox/value';
import { diffDocuments } from './diff.ts';
import type { FlowDocument } from './flow-document.ts';

export type Difference = 'added' | 'changed' | 'removed';

export interface NodeDifference {
  readonly node: GraphNode;
  /** As it was; of a changed node. */
  readonly before?: GraphNode;
  readonly is: Difference;
  /** Params of a changed node that are not the same in both. */
  readonly params: readonly string[];
}

export interface Comparison {
  /** Everything of the later document, and what the earlier one had besides. */
  readonly document: FlowDocument;
  readonly nodes: readonly NodeDifference[];
  readonly edges: ReadonlyMap<string, Difference>;
  readonly isMeasurementChanged: boolean;
  /** Notes and frames that were added, removed, written or coloured; where they stand is no difference. */
  readonly notes: number;
}

/** What became of a flow from one document to another; where a node stands is no difference. */
export function compareDocuments(from: FlowDocument, to: FlowDocument): Comparison {
  const nodes: NodeDifference[] = [];
  const edges = new Map<string, Difference>();
  let isMeasurementChanged = false;
  let notes = 0;
  for (const change of diffDocuments(from, to)) {
    const is: Difference = !change.before ? 'added' : !change.after ? 'removed' : 'changed';
    if (change.of === 'measurement') isMeasurementChanged = true;
    else if (change.of === 'note') notes += Number(!areSameWords(change.before, change.after));
    else if (change.of === 'edge') edges.set(change.id, is);
    else if (change.of === 'node') {
      const { before, after } = change;
      const node = after ?? before;
      if (node && !(before && after && isMovedOnly(before, after)))
        nodes.push(
          before && after ? { node, is, before, params: changedParams(before, after) } : { node, is, params: [] },
        );
    }
  }
  return {
    document: {
      ...to,
      nodes: { ...from.nodes, ...to.nodes },
      // A port leads to one place: an edge that was led elsewhere is shown where it leads now.
      edges: { ...from.edges, ...to.edges },
      notes: { ...from.notes, ...to.notes },
    },
    nodes,
    edges,
    isMeasurementChanged,
    notes,
  };
}

function areSameWords(before: GraphNote | undefined, after: GraphNote | undefined): boolean {
  return before?.form === after?.form && before?.text === after?.text && before?.colour === after?.colour;
}

function isMovedOnly(before: GraphNode, after: GraphNode): boolean {
  return Value.Equal({ ...before, position: after.position }, after);
}

function changedParams(before: GraphNode, after: GraphNode): string[] {
  const names = new Set([...Object.keys(before.params), ...Object.keys(after.params)]);
  return [...names].filter((name) => !Value.Equal(before.params[name], after.params[name]));
}
