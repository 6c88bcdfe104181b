import { readsOf, type Condition } from '@sluice/shared/condition';
import type { GraphNode } from '@sluice/shared/graph';
import type { NodeCatalog } from '../editor/catalog.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { nodesInReadingOrder } from '../editor/neighbour.ts';
import { type ParamSchema, widgetOf } from './param-schema.ts';

/** What settings name: attributes of the person, and events. */
export interface Mentions {
  readonly attributes: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
}

/** `profile.city`, `profile["first name"]` in Liquid and code alike. */
const PROFILE_PLACE = /\bprofile(?:\.attributes)?(?:\.([A-Za-z_][\w-]*)|\[\s*["']([^"']+)["']\s*\])/g;

/** Of a value with its schema, at any depth; what is half-typed names nothing. */
export function mentionsOf(schema: ParamSchema, value: unknown): Mentions {
  const found = { attributes: new Set<string>(), events: new Set<string>() };
  collect(schema, value, found);
  return found;
}

function collect(schema: ParamSchema, value: unknown, found: { attributes: Set<string>; events: Set<string> }): void {
  if (value === undefined || value === null) return;
  if (schema.$defs !== undefined) return collectCondition(value as Condition, found);
  if (typeof value === 'string') {
    if (value === '') return;
    if (schema.means === 'event') found.events.add(value);
    else if (widgetOf(schema) === 'attribute') found.attributes.add(value);
    else for (const [, plain, quoted] of value.matchAll(PROFILE_PLACE)) found.attributes.add(plain ?? quoted ?? '');
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) collect(schema.items ?? {}, item, found);
    return;
  }
  if (typeof value !== 'object') return;
  const whole = (schema.anyOf ?? []).find((one) => one.properties !== undefined && fits(one, value));
  const properties = schema.properties ?? whole?.properties ?? {};
  for (const [name, part] of Object.entries(value)) collect(properties[name] ?? {}, part, found);
}

/** Of several forms, the one whose fields the value has. */
function fits(schema: ParamSchema, value: object): boolean {
  return Object.keys(value).every((name) => schema.properties?.[name] !== undefined);
}

function collectCondition(condition: Condition, found: { attributes: Set<string>; events: Set<string> }): void {
  try {
    const { attributes, events } = readsOf(condition);
    for (const name of attributes) found.attributes.add(name);
    for (const name of events) found.events.add(name);
  } catch {
    // Written as JSON by hand, it may be no condition at all; the checks of the flow name that.
  }
}

export interface Usage {
  readonly of: 'attribute' | 'event';
  readonly name: string;
  /** Other nodes that name it, in reading order. */
  readonly nodes: readonly string[];
}

/** Where else in the flow stands what this node names. */
export function usagesOf(document: FlowDocument, catalog: NodeCatalog, node: GraphNode): Usage[] {
  const own = mentionsOfNode(catalog, node);
  const others = nodesInReadingOrder(document).flatMap((id) => {
    const other = document.nodes[id];
    return other && id !== node.id ? [{ id, mentions: mentionsOfNode(catalog, other) }] : [];
  });
  const usage = (of: Usage['of'], names: 'attributes' | 'events') =>
    [...own[names]].map(
      (name): Usage => ({
        of,
        name,
        nodes: others.filter(({ mentions }) => mentions[names].has(name)).map(({ id }) => id),
      }),
    );
  return [...usage('attribute', 'attributes'), ...usage('event', 'events')].filter(({ nodes }) => nodes.length > 0);
}

const known = new WeakMap<GraphNode, Mentions>();

/** A node is another object once it is changed, so what was found of it stays true. */
export function mentionsOfNode(catalog: NodeCatalog, node: GraphNode): Mentions {
  const before = known.get(node);
  if (before) return before;
  const manifest = catalog.find(node.kind);
  const found = mentionsOf((manifest?.params ?? {}) as ParamSchema, node.params);
  known.set(node, found);
  return found;
}
