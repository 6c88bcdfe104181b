import fc from 'fast-check';
import type { AttributeValue } from '../model/attribute.ts';
import {
  COMPARISON_OPERATORS,
  type Comparison,
  type Condition,
  type EventStep,
  type EventWindow,
  type PropertyFilter,
  type RelativeDate,
} from './ast.ts';
import type { DatasetRow } from './dataset-measure.ts';
import type { EvaluationInstant, Operand } from './date-span.ts';
import type { PastEvent } from './event-measure.ts';

/** Few names, few values and texts that are parts of each other, so that random conditions decide both ways. */
export const ATTRIBUTE_NAMES = ['history', 'channel', 'newbie', 'joinedAt', 'tags'] as const;
export const AUDIENCE_IDS = ['loyal', 'blocked'] as const;
export const EVENT_NAMES = ['Order Completed', 'Page Viewed'] as const;
export const DATASET_NAMES = ['policies', 'orders'] as const;
const PROPERTY_NAMES = ['amount', 'sku', 'at', 'items'] as const;

/** 2026-11-22 04:30 UTC: half past noon in Shanghai, before midnight of the day before in New York. */
export const NOW = 1_795_321_800_000;
const TEXTS = [
  '',
  'Web',
  'We',
  'b',
  'Phone',
  '（电话）',
  'a.b*c',
  'x\ny\n',
  '$^|[]{}\\/',
  '2026-11-22',
  '🙂W',
] as const;
const INSTANTS = [
  '2026-11-21T16:00:00.000Z',
  '2026-11-21T15:59:59.999Z',
  '2026-11-22T00:00:00.000Z',
  '2026-11-22T04:30:00.000Z',
  '2026-10-01T10:00:00.000Z',
  '2027-01-01T00:00:00.000Z',
] as const;

const text = fc.constantFrom(...TEXTS);
const instantText = fc.constantFrom(...INSTANTS);
const number = fc.constantFrom(-1, 0, 1, 1.5, 2, 3, 100, 100.25);
const scalar = fc.oneof(text, number, fc.boolean());

export const attributeValue: fc.Arbitrary<AttributeValue> = fc.oneof(
  scalar,
  instantText,
  fc.constant(null),
  fc.array(scalar, { maxLength: 3 }),
);

const relative: fc.Arbitrary<Operand> = fc.record({
  relative: fc.integer({ min: -3, max: 3 }),
  unit: fc.constantFrom('hour', 'day', 'week', 'month'),
});
const operand: fc.Arbitrary<Operand> = fc.oneof(scalar, instantText, relative, fc.constant('2026-11-22T12:30'));

/** Any operator with any operand, fitting or not: the readings agree on nonsense too. */
export const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ operator: fc.constantFrom(...COMPARISON_OPERATORS), value: operand }),
  fc.record({
    operator: fc.constantFrom('in' as const, 'notIn' as const, 'between' as const),
    value: fc.array(operand, { minLength: 0, maxLength: 3 }),
  }),
  fc.record({ operator: fc.constant('between' as const), value: fc.tuple(number, number) }),
  fc.record({
    operator: fc.constantFrom('exists' as const, 'missing' as const, 'isTrue' as const, 'isFalse' as const),
  }),
  fc.record({ operator: fc.constant('matches' as const), value: fc.constantFrom('^W', 'b$', '[0-9]+', '(', '电.') }),
);

// Patterns do not run over event properties: the check refuses them there.
const propertyComparison = comparison.filter(({ operator }) => operator !== 'matches');
const filter: fc.Arbitrary<PropertyFilter> = fc.record({
  property: fc.constantFrom(...PROPERTY_NAMES),
  is: propertyComparison,
});
const measureComparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    operator: fc.constantFrom(
      'atLeast' as const,
      'greaterThan' as const,
      'equals' as const,
      'notEquals' as const,
      'lessThan' as const,
      'atMost' as const,
    ),
    value: fc.constantFrom(0, 1, 2, 3.5),
  }),
  fc.record({ operator: fc.constant('between' as const), value: fc.tuple(fc.constant(1), fc.constant(2)) }),
);

const attributeLeaf: fc.Arbitrary<Condition> = fc.record({
  op: fc.constant('attribute' as const),
  name: fc.constantFrom(...ATTRIBUTE_NAMES),
  is: comparison,
});
const date: fc.Arbitrary<Extract<EventWindow, { kind: 'between' }>['from']> = fc.oneof(
  instantText,
  fc.constantFrom('2026-11-22', '2026-10-13', 'yesterday'),
  relative as fc.Arbitrary<RelativeDate>,
);
const step: fc.Arbitrary<EventStep> = fc.record({
  is: fc.constantFrom('did' as const, 'didNot' as const),
  name: fc.constantFrom(...EVENT_NAMES),
  where: fc.array(filter, { maxLength: 1 }),
  ms: fc.constantFrom(60_000, 3_600_000, 86_400_000 * 40),
});
const eventLeaf: fc.Arbitrary<Condition> = fc.record({
  op: fc.constant('event' as const),
  name: fc.constantFrom(...EVENT_NAMES),
  where: fc.array(filter, { maxLength: 1 }),
  followedBy: fc.oneof(fc.constant<EventStep[]>([]), fc.array(step, { maxLength: 2 })),
  measure: fc.oneof(
    fc.constant({ kind: 'count' as const }),
    fc.record({ kind: fc.constant('sum' as const), property: fc.constantFrom(...PROPERTY_NAMES) }),
    fc.record(
      { kind: fc.constantFrom('first' as const, 'last' as const), property: fc.constantFrom(...PROPERTY_NAMES) },
      { requiredKeys: ['kind'] },
    ),
  ),
  window: fc.oneof(
    fc.constant({ kind: 'ever' as const }),
    fc.constant({ kind: 'this-run' as const }),
    fc.record({ kind: fc.constant('last' as const), ms: fc.constantFrom(60_000, 3_600_000, 86_400_000 * 30) }),
    fc.record({ kind: fc.constant('between' as const), from: date, to: date }),
  ),
  is: fc.oneof(measureComparison, comparison),
});

const datasetLeaf: fc.Arbitrary<Condition> = fc.record({
  op: fc.constant('dataset' as const),
  dataset: fc.constantFrom(...DATASET_NAMES),
  where: fc.array(filter, { maxLength: 2 }),
  measure: fc.oneof(
    fc.constant({ kind: 'count' as const }),
    fc.record({
      kind: fc.constantFrom('sum' as const, 'min' as const, 'max' as const),
      column: fc.constantFrom(...PROPERTY_NAMES),
    }),
  ),
  is: fc.oneof(measureComparison, propertyComparison),
});

const audienceLeaf: fc.Arbitrary<Condition> = fc.record({
  op: fc.constant('audience' as const),
  audience: fc.constantFrom(...AUDIENCE_IDS),
  is: fc.constantFrom('member' as const, 'notMember' as const),
});

export const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    attributeLeaf,
    eventLeaf,
    datasetLeaf,
    audienceLeaf,
    fc.record({ op: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ op: fc.constant('not' as const), of: tie('tree') }),
  ),
})).tree;

export const attributes: fc.Arbitrary<Record<string, AttributeValue>> = fc.dictionary(
  fc.constantFrom(...ATTRIBUTE_NAMES),
  attributeValue,
  { noNullPrototype: true },
);

export const datasetRow: fc.Arbitrary<DatasetRow> = fc.record({
  dataset: fc.constantFrom(...DATASET_NAMES),
  values: fc.dictionary(fc.constantFrom(...PROPERTY_NAMES), attributeValue, { noNullPrototype: true }),
});

export const pastEvent: fc.Arbitrary<PastEvent> = fc.record({
  name: fc.constantFrom(...EVENT_NAMES),
  at: fc.constantFrom(NOW - 86_400_000 * 40, NOW - 3_600_000, NOW - 60_000, NOW - 59_999, NOW, NOW + 1),
  properties: fc.dictionary(fc.constantFrom(...PROPERTY_NAMES), attributeValue, { noNullPrototype: true }),
});

export const instant: fc.Arbitrary<EvaluationInstant> = fc.record({
  now: fc.constant(NOW),
  timeZone: fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York'),
});
