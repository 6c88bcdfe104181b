import { type Static, Type } from 'typebox';
import { Attributes, AttributeValue, FieldName } from '../model/attribute.ts';
import { CallMethod } from '../model/http-call.ts';

const CLOSED = { additionalProperties: false } as const;
const Texts = Type.Record(FieldName, Type.Array(Type.String({ maxLength: 1024 }), { maxItems: 100 }));

/** A request that is ready to be made, but for what each attempt adds. */
export const WrittenRequest = Type.Object(
  {
    method: CallMethod,
    url: Type.String({ maxLength: 2000 }),
    headers: Type.Unsafe<Record<string, string>>(Type.Record(Type.String(), Type.String({ maxLength: 2000 }))),
    body: Type.Optional(Type.String({ maxLength: 64 * 1024 })),
  },
  CLOSED,
);
export type WrittenRequest = Static<typeof WrittenRequest>;

/**
 * What a step asks the world to do, as data (RUN-3). The schema also judges what cannot be trusted to the compiler: nothing
 * else may leave a handler. A message or a call refers to the node whose params hold its content, so that a run carries a
 * name and not the words.
 */
export const Effect = Type.Union([
  Type.Object(
    { kind: Type.Literal('send-message'), channel: Type.Literal('email'), contentNode: Type.String() },
    CLOSED,
  ),
  Type.Object(
    {
      kind: Type.Literal('update-profile'),
      set: Type.Optional(Type.Unsafe<Attributes>(Type.Record(FieldName, AttributeValue))),
      unset: Type.Optional(Type.Array(FieldName)),
      increment: Type.Optional(Type.Record(FieldName, Type.Number())),
      addToList: Type.Optional(Texts),
      removeFromList: Type.Optional(Texts),
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
  /** Recorded as an event of the profile, with the effect's id as its message id. */
  Type.Object(
    {
      kind: Type.Literal('emit-event'),
      name: Type.String({ minLength: 1, maxLength: 128 }),
      properties: Type.Unsafe<Attributes>(Attributes),
    },
    CLOSED,
  ),
  Type.Object(
    {
      kind: Type.Literal('change-membership'),
      audience: Type.String(),
      change: Type.Union([Type.Literal('add'), Type.Literal('remove')]),
    },
    CLOSED,
  ),
  /** `isAwaited`: the step waits for the answer, which comes back as its `result`. */
  Type.Object(
    {
      kind: Type.Literal('call-http'),
      requestNode: Type.String(),
      isAwaited: Type.Boolean(),
      /** Written out by the step itself, where its node has no request of its own. */
      request: Type.Optional(WrittenRequest),
    },
    CLOSED,
  ),
  /** Starts the profile in the live version of another flow. */
  Type.Object({ kind: Type.Literal('start-run'), flow: Type.String(), isAwaited: Type.Boolean() }, CLOSED),
]);
export type Effect = Static<typeof Effect>;
export type EffectKind = Effect['kind'];
/** One kind of effect. */
export type EffectOf<K extends EffectKind> = Extract<Effect, { kind: K }>;

/** What became of an effect that a step waits for. `value` is small JSON; `code` says why it failed. */
export interface EffectResult {
  isOk: boolean;
  code?: string;
  value?: unknown;
}
