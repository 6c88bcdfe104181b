import { type Static, Type } from 'typebox';
import { ValueType } from './attribute.ts';

/** What happens to a value that breaks a rule. A fix that is impossible sets the value aside. */
export const OnBreach = Type.Union([Type.Literal('keep'), Type.Literal('fix'), Type.Literal('quarantine')]);
export type OnBreach = Static<typeof OnBreach>;

/** What values of an attribute must be like; applied to every write. Bounds are included. */
export const AttributeRule = Type.Object(
  {
    type: Type.Optional(ValueType),
    /** Of a number; of a date as ISO-8601. */
    min: Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 40 })])),
    max: Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 40 })])),
    /** The only texts there may be, or entries of a list. */
    options: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { minItems: 1, maxItems: 500 })),
    /** RE2 syntax; somewhere in the text, unless it begins with ^ and ends with $. */
    pattern: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** Null and empty text break the rule. */
    required: Type.Optional(Type.Boolean()),
    onBreach: OnBreach,
  },
  { additionalProperties: false },
);
export type AttributeRule = Static<typeof AttributeRule>;

/** Which part of the rule a value breaks; texts `dictionary.breaches.<code>`. */
export const BreachCode = Type.Union([
  Type.Literal('required'),
  Type.Literal('type'),
  Type.Literal('range'),
  Type.Literal('options'),
  Type.Literal('pattern'),
  /** The attribute is worked out by the product; what others send for it is not written. */
  Type.Literal('derived'),
]);
export type BreachCode = Static<typeof BreachCode>;

/** By which way a value came. */
export const WriteSource = Type.Union([Type.Literal('api'), Type.Literal('import'), Type.Literal('flow')]);
export type WriteSource = Static<typeof WriteSource>;
