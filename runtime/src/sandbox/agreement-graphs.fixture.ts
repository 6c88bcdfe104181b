import type { Condition } from '@sluice/shared/condition';
import { checkGraph, type Graph, hasErrors } from '@sluice/shared/graph';
import type { Mock, MockReply } from '@sluice/shared/http-api';
import { HOUR_MS } from '@sluice/shared/time';
import { manifests } from '@sluice/templates/manifests';
import fc from 'fast-check';
import type { ActiveService } from '../calls/service-register.ts';
import { type Draft, EVENT_NAMES, growGraph, KEY_PROPERTY, steeringNode } from '../executor/graph.arbitrary.ts';

/** The manual audience that drawn graphs put people into and ask for. */
export const CLUB = 'club';
/** The flow that drawn graphs start; whoever plays them gives it a name of its own. */
export const INNER = 'inner';
const SERVICE = 'risk';
const RECEIVER = 'https://receiver.test';

const inClub: Condition = { op: 'audience', audience: CLUB, is: 'member' };
const spanMs = fc.constantFrom(2000, 60_000, HOUR_MS);

/** What acts on the world outside the run, and what follows from that. */
const reachingNode: fc.Arbitrary<Draft> = fc.oneof<fc.Arbitrary<Draft>[]>(
  fc.record({ waits: fc.boolean(), maxAttempts: fc.integer({ min: 1, max: 3 }) }).map((drawn) => ({
    kind: 'webhook',
    params: {
      method: 'POST',
      url: RECEIVER,
      format: 'json',
      body: '{"level": "{{ profile.level }}", "event": "{{ event.name }}"}',
      timeoutMs: 10_000,
      ...drawn,
    },
    ports: drawn.waits ? ['ok', 'failed'] : ['next'],
  })),
  fc.boolean().map((isKept) => ({
    kind: 'service',
    params: {
      service: SERVICE,
      cases: [{ key: 'a', name: 'A', is: { operator: 'equals', value: 'pass' } }],
      withinMs: 10_000,
      ...(isKept && { keep: [{ field: 'score', attribute: 'level' }] }),
    },
    ports: ['a', 'other', 'fallback'],
  })),
  fc.record({ isAwaited: fc.boolean(), timeoutMs: spanMs }).map((drawn) => ({
    kind: 'sub-flow',
    params: { flow: { id: INNER, name: 'Inner' }, ...drawn },
    ports: drawn.isAwaited ? ['next', 'timeout', 'failed'] : ['next'],
  })),
  fc
    .constantFrom(
      'return { set: { level: (profile.attributes.level ?? 0) + 1 } };',
      'return { port: profile.attributes.level > 1 ? "high" : "next", result: event && event.name };',
      'throw new Error("no " + profile.attributes.level);',
      'return { port: "nowhere" };',
    )
    .map((source) => ({
      kind: 'code',
      params: { source, outputs: ['next', 'high'], timeoutMs: 1000, memoryMiB: 16 },
      ports: ['next', 'high', 'failed'],
    })),
  fc.constantFrom('add', 'remove').map((change) => ({
    kind: 'audience-membership',
    params: { change, audience: CLUB },
    ports: ['next'],
  })),
  fc.constant({ kind: 'filter', params: { condition: inClub }, ports: ['yes', 'no'] }),
);

const everyone: Condition = { op: 'all', of: [] };
// A flow that starts itself anew without end would be played without end on one of the sides.
const reentry = fc.constantFrom('once', 'after-exit');

/** What may begin a flow; of an event those that its filter lets pass, and others. */
const anyTrigger: fc.Arbitrary<Draft> = fc.oneof<fc.Arbitrary<Draft>[]>(
  fc.record({ event: fc.constantFrom(...EVENT_NAMES), isFiltered: fc.boolean(), reentry }).map((drawn) => ({
    kind: 'event-trigger',
    params: {
      event: drawn.event,
      audience: everyone,
      reentry: drawn.reentry,
      ...(drawn.isFiltered && { where: [{ property: KEY_PROPERTY, is: { operator: 'equals', value: 'o1' } }] }),
    },
    ports: ['next'],
  })),
  fc.record({ change: fc.constantFrom('entered', 'left'), reentry }).map((drawn) => ({
    kind: 'audience-trigger',
    params: { audienceId: CLUB, audience: everyone, ...drawn },
    ports: ['next'],
  })),
  fc.constantFrom<Condition>(everyone, inClub).map((audience) => ({
    kind: 'call-trigger',
    params: { audience, reentry: 'unlimited' },
    ports: ['next'],
  })),
);

const FACTS = {
  attributes: new Map([['level', 'number' as const]]),
  events: new Set<string>(EVENT_NAMES),
  audiences: new Map([[CLUB, 'Club']]),
  manualAudiences: new Set([CLUB]),
};

/** Graphs that could be published, with calls, services, other flows, code and audiences in them, begun in any way. */
export const reachingGraph = growGraph(
  fc.oneof({ weight: 2, arbitrary: steeringNode }, { weight: 3, arbitrary: reachingNode }),
  anyTrigger,
).filter((graph) => !hasErrors(checkGraph(graph, manifests, FACTS)));

/**
 * Such a graph that starts no other flow: one that started itself twice would have a thousand runs before it ends. Its nodes
 * have names of their own, since mocks are told apart by nodes.
 */
export const innerGraph = reachingGraph
  .filter(({ nodes }) => nodes.every(({ kind }) => kind !== 'sub-flow'))
  .map(
    (graph): Graph => ({
      ...graph,
      nodes: graph.nodes.map((node) => ({ ...node, id: `in-${node.id}` })),
      edges: graph.edges.map((edge) => ({ ...edge, from: `in-${edge.from}`, to: `in-${edge.to}` })),
    }),
  );

/** Services by id, each with one text field by which it decides, at a path of the receiver that is called as it is. */
export function servicesAt(url: string): ReadonlyMap<string, ActiveService> {
  return new Map(
    [
      [SERVICE, 'decision'],
      ['recommender', 'product'],
    ].map(([id = '', decides = '']): [string, ActiveService] => [
      id,
      {
        id,
        definition: {
          name: id,
          kind: 'generic',
          request: {
            method: 'POST',
            url: `${url}/${id}`,
            headers: [],
            format: 'json',
            body: '{"user": "{{ user_id }}"}',
          },
          secretHeader: '',
          fields: [
            { name: decides, path: decides, type: 'string', isRequired: true },
            { name: 'score', path: 'score', type: 'number', isRequired: false },
          ],
          decides,
          timeoutMs: 10_000,
          maxAttempts: 2,
        },
        origin: new URL(url).origin,
        secret: undefined,
      },
    ]),
  );
}

/** The graph with its webhooks led to the receiver, a path for each, and its inner flow by its own name. */
export function settleGraph(graph: Graph, url: string, innerId: string): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const content = manifests.get(node.kind)?.call?.(node.params);
      if (content?.to === 'address') return { ...node, params: { ...node.params, url: `${url}/${node.id}` } };
      const { flow } = node.params as { flow?: { id?: string } };
      if (flow?.id === INNER) return { ...node, params: { ...node.params, flow: { id: innerId, name: 'Inner' } } };
      return node;
    }),
  };
}

/** Which path of the receiver a node calls; undefined for one that calls nobody. */
export function pathOf(node: Graph['nodes'][number]): string | undefined {
  const content = manifests.get(node.kind)?.call?.(node.params);
  if (!content) return undefined;
  return content.to === 'service' ? content.service : node.id;
}

export type Reply = Extract<MockReply, { kind: 'answer' }>;

/** How a receiver answers: as the contract says, against it, with a refusal, or turned down to the end. */
export const anyReply: fc.Arbitrary<Reply> = fc
  .constantFrom<[number, string]>(
    [200, '{"decision": "pass", "product": "tea", "score": 3}'],
    [200, '{"decision": "reject", "product": "tea"}'],
    [200, 'no JSON'],
    [404, '{}'],
    [503, ''],
  )
  .map(([status, body]) => ({ kind: 'answer', status, body, latencyMs: 0 }));

/** The same answers as mocks of the nodes that call. */
export function mocksOf(graph: Graph, replies: Readonly<Record<string, Reply>>): Mock[] {
  return graph.nodes.flatMap((node) => {
    const path = pathOf(node);
    const reply = path === undefined ? undefined : replies[path];
    return reply ? [{ node: node.id, isReal: false, rules: [{ reply }] }] : [];
  });
}
