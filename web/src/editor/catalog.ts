import type { Locale } from '@sluice/shared/model';
import type { TemplateChange } from '@sluice/shared/node-template';
import type { GraphNode } from '@sluice/shared/graph';
import type { AnyManifest, PortSpec, Summary } from '@sluice/shared/node-contract';

/** The newest version of a published kind, for a node that has an older one. */
export interface KindUpgrade {
  kind: string;
  from: string;
  to: string;
  changes: readonly TemplateChange[];
  /** Something that the node uses may be gone. */
  isBreaking: boolean;
  /** What its developer says is new; may be empty. */
  news: Readonly<Record<Locale, string>>;
}

/** The node kinds that this editor offers; the templates package behind a port, so that tests bring their own kinds. */
export interface NodeCatalog {
  readonly kinds: readonly AnyManifest[];
  find(kind: string): AnyManifest | undefined;
  /** Absent where the kind has no newer version. */
  upgradeOf?(kind: string): KindUpgrade | undefined;
}

export function catalogOf(kinds: readonly AnyManifest[]): NodeCatalog {
  const byKind = new Map(kinds.map((manifest) => [manifest.kind, manifest]));
  return { kinds, find: (kind) => byKind.get(kind) };
}

export function isTrigger(catalog: NodeCatalog, node: GraphNode): boolean {
  return catalog.find(node.kind)?.category === 'trigger';
}

/**
 * A draft may hold params that fail their schema (half-typed), which a kind's functions never promised to take: what
 * throws is read from the defaults instead, so that the ports of a node do not vanish while its form is being filled in.
 */
function readParams<T>(manifest: AnyManifest, node: GraphNode, read: (params: Record<string, unknown>) => T): T {
  try {
    return read(node.params);
  } catch {
    return read(manifest.defaults as Record<string, unknown>);
  }
}

/** Output ports in order; none for a kind that is not known here. */
export function portsOf(catalog: NodeCatalog, node: GraphNode): readonly PortSpec[] {
  const manifest = catalog.find(node.kind);
  return manifest ? readParams(manifest, node, (params) => manifest.ports(params)) : [];
}

export function summaryOf(catalog: NodeCatalog, node: GraphNode): Summary | undefined {
  const manifest = catalog.find(node.kind);
  return manifest && readParams(manifest, node, (params) => manifest.summary(params));
}
