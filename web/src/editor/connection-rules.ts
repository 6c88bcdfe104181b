import { isTrigger, type NodeCatalog, portsOf } from './catalog.ts';
import { edgeAtPort, edgesFrom } from './edge-index.ts';
import type { FlowDocument } from './flow-document.ts';

export type ConnectionRefusal =
  | 'missing-node'
  | 'missing-port'
  | 'to-trigger'
  | 'to-itself'
  | 'already'
  | 'endless-loop';

/**
 * Why an edge may not be drawn, or undefined when it may; what passes here, publish accepts (EDIT-3). A port that is
 * taken is no refusal: the new edge takes the place of the old.
 */
export function refuseConnection(
  document: FlowDocument,
  catalog: NodeCatalog,
  from: string,
  port: string,
  to: string,
): ConnectionRefusal | undefined {
  const source = document.nodes[from];
  const target = document.nodes[to];
  if (!source || !target) return 'missing-node';
  if (!portsOf(catalog, source).some((candidate) => candidate.id === port)) return 'missing-port';
  if (isTrigger(catalog, target)) return 'to-trigger';
  if (from === to) return 'to-itself';
  if (edgeAtPort(document, from, port)?.to === to) return 'already';
  return closesEndlessLoop(document, catalog, from, to) ? 'endless-loop' : undefined;
}

/** A loop is sound only when it waits somewhere: look for a way back from `to` to `from` over nodes that never wait. */
function closesEndlessLoop(document: FlowDocument, catalog: NodeCatalog, from: string, to: string): boolean {
  const canWait = (id: string) => {
    const node = document.nodes[id];
    return node?.isDisabled !== true && catalog.find(node?.kind ?? '')?.canWait === true;
  };
  const seen = new Set<string>();
  const open = [to];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id) || canWait(id)) continue;
    if (id === from) return true;
    seen.add(id);
    open.push(...edgesFrom(document, id).map((edge) => edge.to));
  }
  return false;
}
