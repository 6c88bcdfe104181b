import { type Static, Type } from 'typebox';
import { AttributeValue, FieldName } from '../model/attribute.ts';

/** An instant relative to "today" in the stated zone (COND-3): T+N units; `day` and longer count from local midnight. */
export const RelativeDate = Type.Object(
  {
    relative: Type.Integer({ minimum: -36_500, maximum: 36_500 }),
    unit: Type.Union([Type.Literal('hour'), Type.Literal('day'), Type.Literal('week'), Type.Literal('month')]),
  },
  { additionalProperties: false },
);
export type RelativeDate = Static<typeof RelativeDate>;

const Operand = Type.Union([AttributeValue, RelativeDate]);

export const COMPARISON_OPERATORS = [
  'equals',
  'notEquals',
  'in',
  'notIn',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'greaterThan',
  'atLeast',
  'lessThan',
  'atMost',
  'between',
  'before',
  'after',
  'isTrue',
  'isFalse',
  'exists',
  'missing',
] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/** `value` is absent for isTrue, isFalse, exists, missing; an array for in and notIn; `[from, to]` (both included) for between. */
export const Comparison = Type.Object(
  {
    operator: Type.Union(COMPARISON_OPERATORS.map((operator) => Type.Literal(operator))),
    value: Type.Optional(Type.Union([Operand, Type.Array(Operand, { maxItems: 1000 })])),
  },
  { additionalProperties: false },
);
export type Comparison = {
  operator: ComparisonOperator;
  value?: AttributeValue | RelativeDate | (AttributeValue | RelativeDate)[];
};

export const PropertyFilter = Type.Object({ property: FieldName, is: Comparison }, { additionalProperties: false });
export type PropertyFilter = { property: string; is: Comparison };

const DateOperand = Type.Union([Type.String({ maxLength: 40 }), RelativeDate]);

/**
 * Which events count: all ever, those since this run entered its flow, those of the last N hours/days, or those between two
 * dates, both included, where a day is the whole local day (COND-3).
 */
export const EventWindow = Type.Union([
  Type.Object({ kind: Type.Literal('ever') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('this-run') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('last'), ms: Type.Integer({ minimum: 60_000 }) }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('between'), from: DateOperand, to: DateOperand }, { additionalProperties: false }),
]);
export type EventWindow = Static<typeof EventWindow>;

/** Another event that followed within `ms` of the one before, or did not; only the last step may be one that did not. */
export const EventStep = Type.Object(
  {
    is: Type.Union([Type.Literal('did'), Type.Literal('didNot')]),
    name: Type.String({ minLength: 1, maxLength: 128 }),
    where: Type.Optional(Type.Array(PropertyFilter, { maxItems: 20 })),
    ms: Type.Integer({ minimum: 60_000, maximum: 400 * 86_400_000 }),
  },
  { additionalProperties: false },
);
export type EventStep = { is: 'did' | 'didNot'; name: string; where?: PropertyFilter[]; ms: number };

/**
 * What is read of the events that count: how many, a numeric property added up (missing = 0), or a property of the first or the
 * last of them; without a property, when that one happened.
 */
export const EventMeasure = Type.Union([
  Type.Object({ kind: Type.Literal('count') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('sum'), property: FieldName }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Union([Type.Literal('first'), Type.Literal('last')]), property: Type.Optional(FieldName) },
    { additionalProperties: false },
  ),
]);
export type EventMeasure = Static<typeof EventMeasure>;

/** What is read of the rows that match: how many, or one column added up, its least or its greatest value. */
export const DatasetMeasure = Type.Union([
  Type.Object({ kind: Type.Literal('count') }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Union([Type.Literal('sum'), Type.Literal('min'), Type.Literal('max')]), column: FieldName },
    { additionalProperties: false },
  ),
]);
export type DatasetMeasure = Static<typeof DatasetMeasure>;

/** What a dataset is called in conditions, templates and addresses. */
export const DatasetName = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' });

/** The id of a saved audience. */
export const AudienceId = Type.String({ pattern: '^[0-9A-Za-z_-]{1,40}$' });

/** The one condition language (ARCHITECTURE section 4). An empty `all` is everyone, an empty `any` nobody. */
export type Condition =
  | { op: 'all'; of: Condition[] }
  | { op: 'any'; of: Condition[] }
  | { op: 'not'; of: Condition }
  | { op: 'attribute'; name: string; is: Comparison }
  | {
      op: 'event';
      name: string;
      where?: PropertyFilter[];
      /** A sequence: only events count that were followed like this. */
      followedBy?: EventStep[];
      measure: EventMeasure;
      window: EventWindow;
      is: Comparison;
    }
  | { op: 'dataset'; dataset: string; where?: PropertyFilter[]; measure: DatasetMeasure; is: Comparison }
  | { op: 'audience'; audience: string; is: 'member' | 'notMember' };

/** The schema of the same; its type is stated, since what TypeBox infers from a recursive union cannot be read. */
export const Condition = Type.Unsafe<Condition>(
  Type.Cyclic(
    {
      Condition: Type.Union([
        Type.Object(
          { op: Type.Literal('all'), of: Type.Array(Type.Ref('Condition'), { maxItems: 100 }) },
          { additionalProperties: false },
        ),
        Type.Object(
          { op: Type.Literal('any'), of: Type.Array(Type.Ref('Condition'), { maxItems: 100 }) },
          { additionalProperties: false },
        ),
        Type.Object({ op: Type.Literal('not'), of: Type.Ref('Condition') }, { additionalProperties: false }),
        Type.Object(
          { op: Type.Literal('attribute'), name: FieldName, is: Comparison },
          { additionalProperties: false },
        ),
        Type.Object(
          {
            op: Type.Literal('event'),
            name: Type.String({ minLength: 1, maxLength: 128 }),
            where: Type.Optional(Type.Array(PropertyFilter, { maxItems: 20 })),
            followedBy: Type.Optional(Type.Array(EventStep, { maxItems: 4 })),
            measure: EventMeasure,
            window: EventWindow,
            is: Comparison,
          },
          { additionalProperties: false },
        ),
        Type.Object(
          {
            op: Type.Literal('dataset'),
            dataset: DatasetName,
            where: Type.Optional(Type.Array(PropertyFilter, { maxItems: 20 })),
            measure: DatasetMeasure,
            is: Comparison,
          },
          { additionalProperties: false },
        ),
        Type.Object(
          {
            op: Type.Literal('audience'),
            audience: AudienceId,
            is: Type.Union([Type.Literal('member'), Type.Literal('notMember')]),
          },
          { additionalProperties: false },
        ),
      ]),
    },
    'Condition',
  ),
);

export const EVERYONE: Condition = { op: 'all', of: [] };
