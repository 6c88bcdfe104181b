import { type Static, Type } from 'typebox';

/** What a profile attribute or an event property may hold. Instants are ISO-8601 strings in UTC on the wire and in conditions. */
export const AttributeValue = Type.Union([
  Type.String({ maxLength: 8192 }),
  Type.Number(),
  Type.Boolean(),
  Type.Null(),
  Type.Array(Type.Union([Type.String({ maxLength: 1024 }), Type.Number(), Type.Boolean()]), { maxItems: 1000 }),
]);
export type AttributeValue = Static<typeof AttributeValue>;

/** The value types of the data dictionary; comparison operators follow them (COND-2). */
export const ValueType = Type.Union([
  Type.Literal('string'),
  Type.Literal('number'),
  Type.Literal('boolean'),
  Type.Literal('date'),
  Type.Literal('list'),
]);
export type ValueType = Static<typeof ValueType>;

/** A key that may be stored as a document field: no `$`, no dot, no prototype name. */
export const FieldName = Type.String({
  minLength: 1,
  maxLength: 128,
  pattern: '^(?!__proto__$|constructor$|prototype$)[^$.\\u0000][^.\\u0000]*$',
});

export const Attributes = Type.Record(FieldName, AttributeValue);
export type Attributes = Record<string, AttributeValue>;
