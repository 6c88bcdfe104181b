import { type Static, Type } from 'typebox';
import { AttributeValue, FieldName } from '../model/attribute.ts';
import type { Effect } from './handler.ts';

const CLOSED = { additionalProperties: false } as const;

/** The shape of every effect, for what cannot be trusted to the compiler: nothing else may leave a handler. */
export const EffectSchema = Type.Union([
  Type.Object(
    { kind: Type.Literal('send-message'), channel: Type.Literal('email'), contentNode: Type.String() },
    CLOSED,
  ),
  Type.Object(
    {
      kind: Type.Literal('update-profile'),
      set: Type.Optional(Type.Record(FieldName, AttributeValue)),
      unset: Type.Optional(Type.Array(FieldName)),
      increment: Type.Optional(Type.Record(FieldName, Type.Number())),
    },
    CLOSED,
  ),
  Type.Object(
    {
      kind: Type.Literal('record-exposure'),
      experiment: Type.String(),
      variant: Type.String(),
      isHoldOut: Type.Boolean(),
    },
    CLOSED,
  ),
]);

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** An effect added to the type but not to the schema, or the other way round, does not compile. */
export const SCHEMA_IS_COMPLETE: Same<Static<typeof EffectSchema>['kind'], Effect['kind']> = true;
