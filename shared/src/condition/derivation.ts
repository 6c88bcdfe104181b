import { type Static, Type } from 'typebox';
import { FieldName } from '../model/attribute.ts';
import { Condition, EventWindow, PropertyFilter } from './ast.ts';

const EventName = Type.String({ minLength: 1, maxLength: 128 });
const Where = Type.Optional(Type.Array(PropertyFilter, { maxItems: 20 }));
const Value = Type.Union([Type.String({ minLength: 1, maxLength: 256 }), Type.Number(), Type.Boolean()]);

/** What is read of the events within the window. `first` and `last` without a property: when that event happened. */
export const AggregateMeasure = Type.Union([
  Type.Object({ kind: Type.Literal('count') }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Union([
        Type.Literal('sum'),
        Type.Literal('average'),
        Type.Literal('least'),
        Type.Literal('most'),
        Type.Literal('distinct'),
      ]),
      property: FieldName,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Union([Type.Literal('first'), Type.Literal('last')]), property: Type.Optional(FieldName) },
    { additionalProperties: false },
  ),
]);
export type AggregateMeasure = Static<typeof AggregateMeasure>;

/** How an attribute follows from what is known otherwise. */
export type Derivation =
  | {
      kind: 'aggregate';
      event: string;
      where?: PropertyFilter[];
      measure: AggregateMeasure;
      window: EventWindow;
    }
  | {
      kind: 'cases';
      cases: { when: Condition; value: string | number | boolean }[];
      otherwise?: string | number | boolean;
    }
  | { kind: 'rfm'; event: string; amount: string; days: number };

export const Derivation = Type.Unsafe<Derivation>(
  Type.Union([
    /** A number or value of events; missing while there has been no such event. */
    Type.Object(
      {
        kind: Type.Literal('aggregate'),
        event: EventName,
        where: Where,
        measure: AggregateMeasure,
        window: EventWindow,
      },
      { additionalProperties: false },
    ),
    /** The value of the first case that holds; conditions over attributes only. */
    Type.Object(
      {
        kind: Type.Literal('cases'),
        cases: Type.Array(Type.Object({ when: Condition, value: Value }, { additionalProperties: false }), {
          minItems: 1,
          maxItems: 50,
        }),
        otherwise: Type.Optional(Value),
      },
      { additionalProperties: false },
    ),
    /** Recency, frequency and monetary value of orders, scored among all who ordered, and a named segment. */
    Type.Object(
      {
        kind: Type.Literal('rfm'),
        event: EventName,
        amount: FieldName,
        days: Type.Integer({ minimum: 7, maximum: 3650 }),
      },
      { additionalProperties: false },
    ),
  ]),
);

/** From the best customers to those who are gone; each is a value of the segment's attribute. */
export const RFM_SEGMENTS = [
  'champions',
  'loyal',
  'potential',
  'new',
  'attention',
  'about-to-sleep',
  'at-risk',
  'hibernating',
  'lost',
] as const;
export type RfmSegment = (typeof RFM_SEGMENTS)[number];

const RFM_PARTS = ['recency', 'frequency', 'monetary', 'r', 'f', 'm', 'segment'] as const;
export type RfmPart = (typeof RFM_PARTS)[number];

export function rfmAttribute(name: string, part: RfmPart): string {
  return `${name}_${part}`;
}

/** The attributes that a derivation of this name fills. */
export function attributesOf(name: string, derivation: Derivation): string[] {
  return derivation.kind === 'rfm' ? RFM_PARTS.map((part) => rfmAttribute(name, part)) : [name];
}
