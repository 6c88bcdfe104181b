import { type Graph, type GraphIndex, type GraphNode, indexGraph, passOf } from '@sluice/shared/graph';
import type {
  AnyHandler,
  AnyManifest,
  CallContent,
  EventPattern,
  ManifestIndex,
  TriggerPlan,
  Variant,
  WinnerRule,
} from '@sluice/shared/node-contract';

/** The node kinds this process knows. */
export interface NodeKinds {
  manifests: ManifestIndex;
  handlers: ReadonlyMap<string, AnyHandler>;
}

/** A split whose arms are compared; `weights` is empty where chance does not deal. */
export interface Experiment {
  node: string;
  variants: readonly Variant[];
  weights: readonly number[];
  /** Of one that chooses its winner by itself. */
  rule?: WinnerRule;
}

/** A flow version made ready to run: look-ups instead of searches. */
export interface FlowProgram extends Pick<GraphIndex, 'graph' | 'node' | 'next' | 'triggers'> {
  readonly flowId: string;
  readonly version: number;
  handler(kind: string): AnyHandler | undefined;
  /** When and for whom a trigger starts runs; undefined for a node that is none. */
  planOf(trigger: string): TriggerPlan | undefined;
  /** Whom a node calls over HTTP; undefined for one that calls nobody. */
  callOf(node: string): CallContent | undefined;
  /** The way out by which runs pass a node that is switched off; undefined for one that is on. */
  passOf(node: string): string | undefined;
  /** Whether a visit of the node runs code of users. */
  runsCode(node: string): boolean;
  /** The lane of its runs, where some node runs code of users (CODE-8). */
  readonly lane?: string;
  /** Nodes to which such an event takes a run from wherever it stands. */
  readonly goals: readonly (EventPattern & { node: string })[];
  /** Splits whose arms are compared, in the order of the graph. */
  readonly experiments: readonly Experiment[];
}

/** Programs by version; versions never change, so they are kept. */
export interface FlowPrograms {
  get(flowId: string, version: number): Promise<FlowProgram | undefined>;
}

export function compileProgram(flowId: string, version: number, graph: Graph, kinds: NodeKinds): FlowProgram {
  const index = indexGraph(graph, kinds.manifests);
  const manifestOf = (nodeId: string): AnyManifest | undefined => kinds.manifests.get(index.node(nodeId)?.kind ?? '');
  const isOn = ({ isDisabled }: GraphNode) => isDisabled !== true;
  const nodes = graph.nodes.filter(isOn);
  const passes = new Map(
    graph.nodes.flatMap((node) => {
      const manifest = manifestOf(node.id);
      const pass = isOn(node) || !manifest ? undefined : passOf(manifest, node.params);
      return pass && 'port' in pass ? [[node.id, pass.port] as const] : [];
    }),
  );
  const coded = new Set(nodes.filter(({ id }) => manifestOf(id)?.runsCode).map(({ id }) => id));
  const calls = new Map(nodes.map(({ id, params }) => [id, manifestOf(id)?.call?.(params)]));
  return {
    ...index,
    flowId,
    version,
    handler: (kind) => kinds.handlers.get(kind),
    callOf: (node) => calls.get(node),
    planOf: (trigger) => manifestOf(trigger)?.trigger?.(index.node(trigger)?.params),
    passOf: (node) => passes.get(node),
    runsCode: (node) => coded.has(node),
    ...(coded.size > 0 && { lane: flowId }),
    goals: nodes.flatMap(({ id, params }) => {
      const pattern = manifestOf(id)?.goal?.(params);
      return pattern ? [{ node: id, ...pattern }] : [];
    }),
    experiments: nodes.flatMap(({ id, params }) => {
      const manifest = manifestOf(id);
      const variants = manifest?.experiment?.(params);
      if (!variants) return [];
      const rule = manifest?.winner?.(params);
      return [{ node: id, variants, weights: weightsOf(params, variants.length), ...(rule && { rule }) }];
    }),
  };
}

/** Weights are set up only where the split deals by chance; elsewhere there is no ratio to check. */
function weightsOf(params: Record<string, unknown>, count: number): number[] {
  const variants = params['variants'];
  const weights = Array.isArray(variants) ? variants.map((variant) => (variant as { weight?: unknown }).weight) : [];
  return weights.length === count && weights.every((weight) => typeof weight === 'number') ? (weights as number[]) : [];
}
