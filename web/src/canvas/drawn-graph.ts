import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { GraphEdge, GraphNode } from '@sluice/shared/graph';
import type { NodeWords } from '../editing/use-node-words.ts';
import { isTrigger, type NodeCatalog, portsOf } from '../editor/catalog.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import type { Selection } from '../editor/history.ts';
import { outlineOf } from '../editor/outline.ts';
import { heightOf, NODE_WIDTH, portOffset } from '../editor/placement.ts';
import { HANDLE_SIZE } from './edge-path.ts';

export type CardNode = Node<{ node: GraphNode }, 'card'>;
export type FlowEdge = Edge<{ edge: GraphEdge }, 'flow'>;

/** The one way into a node, as the drawing calls it. */
export const INPUT = 'in';

interface Drawn<Part> {
  isSelected: boolean;
  words: NodeWords;
  /** Cards have no ports when seen from afar; they must be told anew when they get them. */
  isDistant: boolean;
  part: Part;
}

/**
 * The document as React Flow wants it. Sizes and handles are known beforehand, so nothing has to be measured; what has
 * not changed, in itself or in its words, is the same object as before, so it is not drawn again.
 */
export function createDrawing(catalog: NodeCatalog) {
  const nodes = new WeakMap<GraphNode, Drawn<CardNode>>();
  const edges = new WeakMap<GraphEdge, Drawn<FlowEdge>>();

  function drawNode(node: GraphNode, isSelected: boolean, words: NodeWords, isDistant: boolean): CardNode {
    const known = nodes.get(node);
    const isLike = known?.isSelected === isSelected && known.isDistant === isDistant;
    if (isLike && known.words === words) return known.part;
    const ariaLabel = `${words.titleOf(node)}. ${words.stateOf(node)}${words.summaryOf(node)}`;
    if (isLike && known.part.ariaLabel === ariaLabel) return keep(nodes, node, { ...known, words });
    const height = heightOf(catalog, node);
    const part: CardNode = {
      id: node.id,
      type: 'card',
      position: node.position,
      // Places instead of shifts: every shifted card is a layer of its own, and each frame would sort through hundreds.
      style: { left: node.position.x, top: node.position.y, transform: 'none' },
      data: { node },
      selected: isSelected,
      width: NODE_WIDTH,
      height,
      measured: { width: NODE_WIDTH, height },
      handles: handlesOf(catalog, node),
      ariaLabel,
    };
    return keep(nodes, node, { isSelected, words, isDistant, part });
  }

  function drawEdge(edge: GraphEdge, document: FlowDocument, isSelected: boolean, words: NodeWords): FlowEdge {
    const known = edges.get(edge);
    const isLike = known?.isSelected === isSelected;
    if (isLike && known.words === words) return known.part;
    const ariaLabel = `${words.titleOf(document.nodes[edge.from])} → ${words.titleOf(document.nodes[edge.to])}`;
    if (isLike && known.part.ariaLabel === ariaLabel) return keep(edges, edge, { ...known, words });
    const part: FlowEdge = {
      id: edge.id,
      type: 'flow',
      source: edge.from,
      sourceHandle: edge.port,
      target: edge.to,
      targetHandle: INPUT,
      data: { edge },
      selected: isSelected,
      ariaLabel,
    };
    return keep(edges, edge, { isSelected, words, isDistant: false, part });
  }

  return {
    /** In the order of the outline, which is then the order of the Tab key. */
    nodesOf(document: FlowDocument, selection: Selection, words: NodeWords, isDistant: boolean): CardNode[] {
      const selected = new Set(selection.nodes);
      const order = outlineOf(document, catalog).flatMap((line) => (line.kind === 'node' ? [line.node] : []));
      return order.flatMap((id) => {
        const node = document.nodes[id];
        return node ? [drawNode(node, selected.has(id), words, isDistant)] : [];
      });
    },
    edgesOf(document: FlowDocument, selection: Selection, words: NodeWords): FlowEdge[] {
      const selected = new Set(selection.edges);
      return Object.values(document.edges).map((edge) => drawEdge(edge, document, selected.has(edge.id), words));
    },
  };
}

function keep<Of extends object, Part>(drawn: WeakMap<Of, Drawn<Part>>, of: Of, known: Drawn<Part>): Part {
  drawn.set(of, known);
  return known.part;
}

function handlesOf(catalog: NodeCatalog, node: GraphNode): NodeHandle[] {
  const size = { width: HANDLE_SIZE, height: HANDLE_SIZE };
  const ports = portsOf(catalog, node);
  const outputs = ports.map(
    (port, index): NodeHandle => ({
      id: port.id,
      type: 'source',
      position: Position.Right,
      x: NODE_WIDTH - HANDLE_SIZE / 2,
      y: portOffset(ports, index) - HANDLE_SIZE / 2,
      ...size,
    }),
  );
  if (isTrigger(catalog, node)) return outputs;
  const y = portOffset([], 0) - HANDLE_SIZE / 2;
  return [{ id: INPUT, type: 'target', position: Position.Left, x: -HANDLE_SIZE / 2, y, ...size }, ...outputs];
}
