import type { Static, TObject } from 'typebox';
import type { Problem } from '../graph/graph.ts';

export type NodeCategory = 'trigger' | 'condition' | 'control' | 'action';

/** An output port. `label` is a catalogue key of the node (`ports.yes`), `text` the operator's own words (a variant's name). */
export interface PortSpec<Port extends string = string> {
  id: Port;
  label?: string;
  text?: string;
}

/** The one line on the node card, as a key of the node's texts (`summary.*`) and its values. */
export interface Summary {
  key: string;
  values?: Record<string, string | number>;
}

/** How the inspector shows one parameter; absent means "by its schema". Order of the form = order of the schema. */
export interface FieldHint {
  widget?:
    | 'text'
    | 'multiline'
    | 'number'
    | 'switch'
    | 'select'
    | 'duration'
    | 'datetime'
    | 'condition'
    | 'variants'
    | 'attribute'
    | 'attribute-value'
    | 'liquid'
    | 'mjml'
    | 'message';
  /** Folded under "Advanced". */
  isAdvanced?: boolean;
  /** Shown only while another parameter has one of these values. */
  showWhen?: { param: string; in: readonly (string | number | boolean)[] };
}

/** What `check` may look at besides the params; pure facts, gathered by the caller. */
export interface CheckContext {
  attributes: ReadonlyMap<string, string>;
  events: ReadonlySet<string>;
}

/**
 * A node kind as data and pure functions of its params: everything the canvas, the inspector, publish and the docs need.
 * `texts` live beside it in `i18n/`. A published template is this same shape as JSON.
 */
export interface NodeManifest<
  Kind extends string = string,
  Params extends TObject = TObject,
  Port extends string = string,
> {
  kind: Kind;
  version: number;
  category: NodeCategory;
  /** Name of an icon known to the canvas. */
  icon: string;
  params: Params;
  defaults: Static<Params>;
  hints?: { [K in keyof Static<Params>]?: FieldHint };
  /** Output ports of a node with these params; empty for an end. */
  ports: (params: Static<Params>) => readonly PortSpec<Port>[];
  summary: (params: Static<Params>) => Summary;
  /** Problems the schema cannot express. Never throws; sees only params that passed the schema. */
  check?: (params: Static<Params>, context: CheckContext) => Problem[];
  /** A visit may end by waiting: a cycle in the graph must pass through such a node. */
  canWait?: boolean;
}

// Methods of a manifest take the params contravariantly; the registry holds manifests of any params.
// biome-ignore lint/suspicious/noExplicitAny: variance of the registry
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyManifest = NodeManifest<string, any, string>;

export type ParamsOf<M> = M extends NodeManifest<string, infer P, string> ? Static<P> : never;
export type PortOf<M> = M extends { ports: (params: never) => readonly PortSpec<infer Port>[] } ? Port : never;

/** Declares a kind; the identity function whose types make a wrong default or hint a compile error. */
export function defineNode<const Kind extends string, Params extends TObject, const Port extends string>(
  manifest: NodeManifest<Kind, Params, Port>,
): NodeManifest<Kind, Params, Port> {
  return manifest;
}
