import type { Condition, PropertyFilter } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import fc from 'fast-check';

/** Few names and values, so that what happens often is what somebody waits for. */
export const EVENT_NAMES = ['Order Placed', 'Order Paid', 'Page Viewed'] as const;
export const KEY_PROPERTY = 'orderId';
const KEYS = ['o1', 'o2'] as const;

export interface DrawnNode {
  id: string;
  kind: string;
  params: Record<string, unknown>;
  ports: string[];
}

const spanMs = fc.constantFrom(1000, 60_000, 3_600_000);
const condition: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { op: 'all', of: [] },
  { op: 'any', of: [] },
  { op: 'attribute', name: 'level', is: { operator: 'greaterThan', value: 1 } },
);
const where: fc.Arbitrary<PropertyFilter[] | undefined> = fc.option(
  fc
    .constantFrom(...KEYS)
    .map((value): PropertyFilter[] => [{ property: KEY_PROPERTY, is: { operator: 'equals', value } }]),
  { nil: undefined },
);
const pattern = fc
  .record({ event: fc.constantFrom(...EVENT_NAMES), where })
  .map((one) => (one.where === undefined ? { event: one.event } : { event: one.event, where: one.where }));
const branch = (count: number) => ['a', 'b', 'c', 'd'].slice(0, count).map((key) => ({ key, name: key.toUpperCase() }));

export type Draft = Omit<DrawnNode, 'id'>;

/** The kinds that steer a run, and some that act. */
export const steeringNode: fc.Arbitrary<Draft> = fc.oneof<fc.Arbitrary<Draft>[]>(
  spanMs.map((durationMs) => ({ kind: 'delay', params: { durationMs }, ports: ['next'] })),
  condition.map((one) => ({ kind: 'filter', params: { condition: one }, ports: ['yes', 'no'] })),
  fc.tuple(condition, condition).map(([first, second]) => ({
    kind: 'switch',
    params: {
      cases: [
        { key: 'a', name: 'A', condition: first },
        { key: 'b', name: 'B', condition: second },
      ],
    },
    ports: ['a', 'b', 'else'],
  })),
  fc.constant({
    kind: 'ab-split',
    params: { variants: branch(2).map((one) => ({ ...one, weight: 50, isHoldOut: false })) },
    ports: ['a', 'b'],
  }),
  fc
    .record({
      patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
      need: fc.constantFrom('any', 'all'),
      since: fc.constantFrom('now', 'entry'),
      timeoutMs: spanMs,
      isKeyed: fc.boolean(),
    })
    .map(({ patterns, need, since, timeoutMs, isKeyed }) => ({
      kind: 'wait-for-event',
      params: {
        events: patterns.map((on, index) => ({
          ...(branch(4)[index] as { key: string; name: string }),
          on: isKeyed ? { ...on, same: { property: KEY_PROPERTY, of: KEY_PROPERTY } } : on,
        })),
        need,
        since,
        timeoutMs,
      },
      ports: [...(need === 'all' ? ['all'] : branch(patterns.length).map(({ key }) => key)), 'timeout'],
    })),
  fc.integer({ min: 2, max: 3 }).map((count) => ({
    kind: 'parallel',
    params: { branches: branch(count) },
    ports: branch(count).map(({ key }) => key),
  })),
  fc.constantFrom('all', 'any').map((need) => ({ kind: 'join', params: { need }, ports: ['next'] })),
  fc.record({ on: pattern, timeoutMs: spanMs, isEnd: fc.boolean() }).map((params) => ({
    kind: 'goal',
    params,
    ports: params.isEnd ? ['missed'] : ['reached', 'missed'],
  })),
  fc.integer({ min: 1, max: 3 }).map((times) => ({ kind: 'go-to', params: { times }, ports: ['again', 'done'] })),
  fc.constant({ kind: 'throttle', params: { perMinute: 60 }, ports: ['next'] }),
  fc.integer({ min: -1, max: 2 }).map((value) => ({
    kind: 'update-attribute',
    params: { changes: [{ attribute: 'level', action: 'increment', value }] },
    ports: ['next'],
  })),
  fc
    .constantFrom(...EVENT_NAMES)
    .map((event) => ({ kind: 'emit-event', params: { event, properties: [] }, ports: ['next'] })),
  fc.constant({ kind: 'email', params: { to: 'email', subject: 'Hello', body: '' }, ports: ['next'] }),
  fc.constantFrom('', 'done').map((reason) => ({ kind: 'exit', params: { reason }, ports: [] })),
);

const everyoneAtOnce: Draft = {
  kind: 'schedule',
  params: { when: 'now', audience: { op: 'all', of: [] } },
  ports: ['next'],
};

/** Any graph over the kinds that steer a run. */
export const anyGraph: fc.Arbitrary<Graph> = growGraph(steeringNode, fc.constant(everyoneAtOnce));

/**
 * A tree grown from the trigger with edges that meet again, and ways back that the second port of a go-back node limits. Most
 * pass their checks; whoever needs those that do filters them.
 */
export function growGraph(node: fc.Arbitrary<Draft>, trigger: fc.Arbitrary<Draft>): fc.Arbitrary<Graph> {
  return fc
    .record({
      first: trigger,
      drafts: fc.array(node, { minLength: 1, maxLength: 12 }),
      targets: fc.array(fc.nat(), { minLength: 64, maxLength: 64 }),
      backs: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
    })
    .map(({ first, drafts, targets, backs }): Graph => {
      const drawn: DrawnNode[] = [
        { ...first, id: 'start' },
        ...drafts.map((one, index) => ({ ...one, id: `n${index}` })),
        { id: 'end', kind: 'exit', params: { reason: '' }, ports: [] },
      ];
      let taken = 0;
      const edges = drawn.flatMap(({ id: from, kind, ports }, index) =>
        ports.map((port) => {
          const isBack = kind === 'go-to' && port === 'again' && index > 1;
          // The next node mostly, so that no node is left out; a later one sometimes, so that ways meet.
          const skip = (targets[taken++ % targets.length] as number) % 4;
          const to = isBack
            ? 1 + ((backs[index % backs.length] as number) % (index - 1))
            : Math.min(index + 1 + (skip === 3 ? 2 : skip === 2 ? 1 : 0), drawn.length - 1);
          return { id: `e${index}-${port}`, from, port, to: (drawn[to] as DrawnNode).id };
        }),
      );
      return {
        schema: 1,
        nodes: drawn.map(({ id, kind, params }, index) => ({
          id,
          kind,
          kindVersion: 1,
          params,
          position: { x: index * 280, y: 0 },
        })),
        edges,
      };
    });
}

/** What happens while runs are under way: time passes, a profile does something, a worker drains or dies. */
export type Happening =
  | { kind: 'pass'; ms: number }
  | { kind: 'event'; profile: number; name: (typeof EVENT_NAMES)[number]; key: string }
  | { kind: 'drain'; limit: number }
  | { kind: 'die'; place: 'perform' | 'tally' | 'schedule' };

export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('pass' as const),
        ms: fc.constantFrom(1, 1000, 59_999, 60_000, 3_600_000),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('event' as const),
        profile: fc.nat({ max: 2 }),
        name: fc.constantFrom(...EVENT_NAMES),
        key: fc.constantFrom(...KEYS),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('drain' as const), limit: fc.constantFrom(1, 10) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('die' as const),
        place: fc.constantFrom('perform' as const, 'tally' as const, 'schedule' as const),
      }),
    },
  ),
  { maxLength: 20 },
);
