import { attributeNames, type Condition } from '@sluice/shared/condition';
import type { Graph, GraphNode } from '@sluice/shared/graph';
import type { Happening, Scenario } from '@sluice/shared/http-api';
import type { AttributeDefinition, Attributes, AttributeValue } from '@sluice/shared/model';
import { HOUR_MS } from '@sluice/shared/time';
import type { NodeCatalog } from '../editor/catalog.ts';

const START_ATTRIBUTES: Attributes = { email: 'someone@example.com' };

/** A scenario to begin with: a persona that has a value for whatever the flow looks at. */
export function blankScenario(
  graph: Graph,
  catalog: NodeCatalog,
  dictionary: readonly AttributeDefinition[],
  facts: { startAt: string; personaId: string },
): Scenario {
  const types = new Map(dictionary.map((one) => [one.name, one]));
  const read = new Set(graph.nodes.flatMap(({ params }) => attributesRead(params)));
  const attributes: Attributes = { ...START_ATTRIBUTES };
  for (const name of read) attributes[name] ??= exampleOf(types.get(name));
  const trigger = triggersOf(graph, catalog)[0];
  return {
    subject: { kind: 'persona', persona: { id: facts.personaId, name: '', attributes, audiences: [], events: [] } },
    startAt: facts.startAt,
    ...(trigger && { trigger: trigger.id, ...startEventOf(trigger, catalog) }),
    isForced: false,
    happenings: [],
    mocks: [],
    arms: {},
    days: 90,
  };
}

export function triggersOf(graph: Graph, catalog: NodeCatalog): GraphNode[] {
  return graph.nodes.filter(({ kind }) => catalog.find(kind)?.category === 'trigger');
}

/** Nodes whose receivers can be mocked. */
export function callersOf(graph: Graph, catalog: NodeCatalog): GraphNode[] {
  return graph.nodes.filter(({ kind }) => catalog.find(kind)?.call !== undefined);
}

/** The event with which a trigger begins, filled in so that its own filters let it pass; none for one that needs none. */
export function startEventOf(node: GraphNode, catalog: NodeCatalog): Pick<Scenario, 'event'> {
  const start = planOf(node, catalog)?.start;
  if (start?.kind === 'call') return { event: { properties: {} } };
  if (start?.kind !== 'event') return {};
  const properties: Attributes = {};
  for (const { property, is } of start.where ?? [])
    if (is.operator === 'equals' && isSimple(is.value)) properties[property] = is.value;
  if (start.key !== undefined) properties[start.key] ??= '1';
  return { event: { name: start.event, properties } };
}

export function planOf(node: GraphNode, catalog: NodeCatalog) {
  return catalog.find(node.kind)?.trigger?.(node.params);
}

export function blankHappening(afterMs: number = HOUR_MS): Happening {
  return { kind: 'event', afterMs, name: '', properties: {} };
}

/** A scenario that can be run: what has not been filled in yet is left out. */
export function runnable(scenario: Scenario): Scenario {
  const { subject } = scenario;
  return {
    ...scenario,
    ...(subject.kind === 'persona' && {
      subject: {
        kind: 'persona',
        persona: {
          ...subject.persona,
          attributes: named(subject.persona.attributes),
          events: subject.persona.events
            .filter(({ name }) => name !== '')
            .map((event) => ({ ...event, properties: named(event.properties) })),
          ...(subject.persona.rows && {
            rows: subject.persona.rows
              .filter(({ dataset }) => dataset !== '')
              .map((row) => ({ ...row, values: named(row.values) })),
          }),
        },
      },
    }),
    ...(scenario.event && { event: { ...scenario.event, properties: named(scenario.event.properties) } }),
    happenings: scenario.happenings
      .filter((one) => (one.kind === 'event' ? one.name !== '' : one.kind !== 'membership' || one.audience !== ''))
      .map(filled),
  };
}

function filled(happening: Happening): Happening {
  if (happening.kind === 'event') return { ...happening, properties: named(happening.properties) };
  return happening.kind === 'attributes' ? { ...happening, set: named(happening.set) } : happening;
}

function named(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== ''));
}

/** Attributes that conditions among the params look at, and those that params name. */
function attributesRead(params: Record<string, unknown>): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isCondition(value)) found.push(...attributeNames(value));
    else for (const inner of Object.values(value)) look(inner);
  };
  look(params);
  if (typeof params['attribute'] === 'string' && params['attribute'] !== '') found.push(params['attribute']);
  return found;
}

function isCondition(value: object): value is Condition {
  return 'op' in value && typeof value.op === 'string';
}

function exampleOf(definition: AttributeDefinition | undefined): AttributeValue {
  const sample = definition?.samples[0];
  switch (definition?.type) {
    case 'number':
      return Number(sample ?? 0);
    case 'boolean':
      return sample !== 'false';
    case 'list':
      return sample === undefined ? [] : [sample];
    default:
      return sample ?? '';
  }
}

function isSimple(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
