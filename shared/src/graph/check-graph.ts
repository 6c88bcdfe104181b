import type { AnyManifest, CheckContext, ManifestIndex, PortSpec } from '../node-contract/manifest.ts';
import { checkCircles } from './check-circle.ts';
import { checkMeasurement, checkMetric } from './check-measurement.ts';
import { checkConditions } from './check-conditions.ts';
import { checkParams } from './check-params.ts';
import { checkEdges, checkIds, checkLoops, checkPorts, checkStrands } from './check-structure.ts';
import { passOf, portsFor } from './disable-node.ts';
import type { Graph, GraphNode, Problem } from './graph.ts';
import { indexGraph, reachableNodes } from './index-graph.ts';

/**
 * Everything that keeps a graph from being published, and what deserves a look (EDIT-3: the editor and publish ask the
 * same question). Pure and total: any graph that passes its schema gets an answer.
 *
 * Problems of a node that no trigger leads to are warnings, since no run can meet them: an operator may park half-done
 * nodes on the canvas and still publish. Edges and ids are errors everywhere.
 */
export function checkGraph(graph: Graph, manifests: ManifestIndex, context: CheckContext): Problem[] {
  const index = indexGraph(graph, manifests);
  const ports = new Map<string, readonly PortSpec[]>();
  /** The ways by which runs can leave: of a node that is switched off, one. */
  const ways = new Map<string, readonly PortSpec[]>();
  const ofNodes = graph.nodes.flatMap((node) =>
    node.isDisabled ? checkDisabled(node, manifests, ports, ways) : checkNode(node, graph, manifests, context, ports),
  );
  const portsOf = (nodeId: string) => ports.get(nodeId);

  const problems: Problem[] = [];
  if (index.triggers.length === 0) problems.push({ code: 'no-trigger', severity: 'error' });
  problems.push(...checkIds(graph));
  problems.push(...checkEdges(index, manifests, portsOf));

  const graded = [
    ...ofNodes,
    ...checkPorts(index, (nodeId) => ways.get(nodeId) ?? portsOf(nodeId)),
    ...checkLoops(index, manifests),
    ...checkStrands(index, manifests),
  ];
  // Without any trigger every node is unreachable: one sentence says it, and the rest keeps its weight.
  if (index.triggers.length === 0) return [...problems, ...graded, ...checkMeasurement(graph.measurement, context)];

  const reached = reachableNodes(index);
  for (const { id } of graph.nodes)
    if (!reached.has(id)) problems.push({ code: 'unreachable-node', severity: 'warning', node: id });
  for (const problem of graded)
    problems.push(
      problem.node === undefined || reached.has(problem.node) ? problem : { ...problem, severity: 'warning' },
    );
  // What a kind makes of its params may be asked of sound ones only.
  const unsound = new Set(ofNodes.flatMap(({ severity, node }) => (severity === 'error' ? (node ?? []) : [])));
  const isMet = ({ id }: GraphNode) => ports.has(id) && reached.has(id) && !unsound.has(id);
  problems.push(...checkCircles(graph, manifests, context, isMet));
  return [...problems, ...checkMeasurement(graph.measurement, context)];
}

/** Whether publishing is out of the question. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Nobody meets what is set in a node that is switched off: it need not be right, but runs must be able to pass. */
function checkDisabled(
  node: GraphNode,
  manifests: ManifestIndex,
  ports: Map<string, readonly PortSpec[]>,
  ways: Map<string, readonly PortSpec[]>,
): Problem[] {
  const manifest = manifests.get(node.kind);
  const unknown = checkKind(node, manifest);
  if (!manifest || unknown) return unknown ? [unknown] : [];
  ports.set(node.id, portsFor(manifest, node.params));
  const pass = passOf(manifest, node.params);
  if ('refusal' in pass) return [{ code: pass.refusal, severity: 'error', node: node.id }];
  ways.set(node.id, [{ id: pass.port }]);
  return [];
}

function checkKind(node: GraphNode, manifest: AnyManifest | undefined): Problem | undefined {
  if (manifest === undefined)
    return { code: 'unknown-kind', severity: 'error', node: node.id, values: { kind: node.kind } };
  if (manifest.version === node.kindVersion) return undefined;
  const values = { version: node.kindVersion, installed: manifest.version };
  return { code: 'unknown-kind-version', severity: 'error', node: node.id, values };
}

/** Problems of one node by itself; notes its ports where its params are sound enough to know them. */
function checkNode(
  node: GraphNode,
  { measurement }: Graph,
  manifests: ManifestIndex,
  context: CheckContext,
  ports: Map<string, readonly PortSpec[]>,
): Problem[] {
  const manifest = manifests.get(node.kind);
  const unknown = checkKind(node, manifest);
  if (!manifest || unknown) return unknown ? [unknown] : [];
  const problems = checkParams(node, manifest);
  if (problems.length > 0) return problems;
  ports.set(node.id, manifest.ports(node.params));
  const ofKind = (manifest.check?.(node.params, context) ?? []).map((problem) => ({ ...problem, node: node.id }));
  return [
    ...checkStanding(node, manifest),
    ...checkConditions(node, manifest, context),
    ...ofKind,
    ...checkMetric(node, manifest, measurement),
  ];
}

/** What has become of a published kind since the node was drawn: runs of one that is blocked would fail. */
function checkStanding(node: GraphNode, { standing }: AnyManifest): Problem[] {
  if (!standing) return [];
  const values = { note: standing.note ?? '' };
  const isBlocked = standing.state === 'blocked';
  const code = isBlocked ? 'kind-blocked' : 'kind-deprecated';
  return [{ code, severity: isBlocked ? 'error' : 'warning', node: node.id, values }];
}
