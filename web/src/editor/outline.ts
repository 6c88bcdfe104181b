import type { PortSpec } from '@sluice/shared/node-contract';
import { isTrigger, type NodeCatalog, portsOf } from './catalog.ts';
import { edgeAtPort } from './edge-index.ts';
import type { FlowDocument } from './flow-document.ts';
import { nodesInReadingOrder } from './neighbour.ts';

/** One line of the flow read as text. */
export type OutlineLine =
  | { readonly kind: 'node'; readonly node: string; readonly depth: number }
  /** A way out of a node with several, above what it leads to. */
  | { readonly kind: 'port'; readonly node: string; readonly port: PortSpec; readonly depth: number }
  /** The way goes on at a node that stands elsewhere in the text. */
  | { readonly kind: 'continue'; readonly node: string; readonly depth: number }
  | { readonly kind: 'open'; readonly node: string; readonly port: PortSpec; readonly depth: number };

/**
 * The flow as an indented text: only a fork indents, so that a long straight way stays readable. What no trigger leads to
 * comes last, so that every node stands in it exactly once (EDIT-4).
 */
export function outlineOf(document: FlowDocument, catalog: NodeCatalog): OutlineLine[] {
  const lines: OutlineLine[] = [];
  const told = new Set<string>();

  const tell = (start: string, depth: number): void => {
    let id: string | undefined = start;
    while (id !== undefined) {
      const node: FlowDocument['nodes'][string] | undefined = document.nodes[id];
      if (!node) return;
      if (told.has(id)) {
        lines.push({ kind: 'continue', node: id, depth });
        return;
      }
      told.add(id);
      lines.push({ kind: 'node', node: id, depth });
      const ports = portsOf(catalog, node);
      const [only] = ports;
      if (ports.length !== 1 || !only) {
        for (const port of ports) tellPort(id, port, depth + 1);
        return;
      }
      const next: string | undefined = edgeAtPort(document, id, only.id)?.to;
      if (next === undefined) lines.push({ kind: 'open', node: id, port: only, depth: depth + 1 });
      id = next;
    }
  };
  const tellPort = (node: string, port: PortSpec, depth: number): void => {
    lines.push({ kind: 'port', node, port, depth });
    const to = edgeAtPort(document, node, port.id)?.to;
    if (to === undefined) lines.push({ kind: 'open', node, port, depth: depth + 1 });
    else tell(to, depth + 1);
  };

  const order = nodesInReadingOrder(document);
  const nodeAt = (id: string) => document.nodes[id];
  const triggers = order.filter((id) => {
    const node = nodeAt(id);
    return node !== undefined && isTrigger(catalog, node);
  });
  const targets = new Set(Object.values(document.edges).map((edge) => edge.to));
  for (const id of [...triggers, ...order.filter((id) => !targets.has(id)), ...order]) if (!told.has(id)) tell(id, 0);
  return lines;
}
