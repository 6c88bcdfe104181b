import { type TSchema, Type } from 'typebox';

const CLOSED = { additionalProperties: false } as const;

/** A name that is a property in JavaScript, a field in a document and a part of a pointer. */
export const ParamName = Type.String({ pattern: '^(?!constructor$|prototype$)[a-z][A-Za-z0-9]{0,39}$' });

/** What a handler names its reasons and their values by. */
export const ReasonKey = Type.String({ pattern: '^(?!constructor$|prototype$)[a-z][A-Za-z0-9_-]{0,39}$' });

const Choice = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,39}$' });

/** A text; `event` is the name of an event, offered from the data dictionary. */
const TextParam = Type.Object(
  {
    type: Type.Literal('string'),
    minLength: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
    maxLength: Type.Integer({ minimum: 1, maximum: 10_000 }),
    means: Type.Optional(Type.Literal('event')),
  },
  CLOSED,
);
/** One of a few values; each has a label in the texts. */
const ChoiceParam = Type.Object(
  { type: Type.Literal('string'), enum: Type.Array(Choice, { minItems: 1, maxItems: 50, uniqueItems: true }) },
  CLOSED,
);
/** `duration` is in milliseconds. */
const NumberParam = Type.Object(
  {
    type: Type.Union([Type.Literal('integer'), Type.Literal('number')]),
    minimum: Type.Number(),
    maximum: Type.Number(),
    means: Type.Optional(Type.Literal('duration')),
  },
  CLOSED,
);
const SwitchParam = Type.Object({ type: Type.Literal('boolean') }, CLOSED);
/** A condition over the person; the step gets its verdict. Only at the top level. */
const ConditionParam = Type.Object({ means: Type.Literal('condition') }, CLOSED);

const Scalar = Type.Union([TextParam, ChoiceParam, NumberParam, SwitchParam]);
const groupOf = (field: TSchema) =>
  Type.Object(
    {
      type: Type.Literal('object'),
      properties: Type.Record(ParamName, field, { ...CLOSED, minProperties: 1, maxProperties: 30 }),
      required: Type.Optional(Type.Array(ParamName, { maxItems: 30 })),
    },
    CLOSED,
  );
const listOf = (item: TSchema) =>
  Type.Object(
    {
      type: Type.Literal('array'),
      items: item,
      minItems: Type.Optional(Type.Integer({ minimum: 0, maximum: 200 })),
      maxItems: Type.Integer({ minimum: 1, maximum: 200 }),
    },
    CLOSED,
  );

/**
 * The part of JSON Schema in which the params of a template are written: no deeper than a list of groups, and without
 * patterns, which would run in the pages and the server of everybody.
 */
export const TemplateParam = Type.Union([
  Scalar,
  ConditionParam,
  listOf(Scalar),
  listOf(groupOf(Scalar)),
  groupOf(Type.Union([Scalar, listOf(Scalar)])),
]);

/** One param as it is written; read loosely, since its schema above has been kept. */
export interface TemplateParam {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
  means?: 'event' | 'duration' | 'condition';
  enum?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: TemplateParam;
  properties?: Record<string, TemplateParam>;
  required?: string[];
}
