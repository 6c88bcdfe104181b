import { type Static, Type } from 'typebox';
import { AttributeValue, FieldName } from '../model/attribute.ts';
import { BreachCode, WriteSource } from '../model/attribute-rule.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

/** A value that broke the rule of its attribute and was not written. */
export const QuarantinedValue = Type.Object({
  id: Type.String(),
  attribute: Type.String(),
  profileId: Type.String(),
  userId: Type.Union([Type.String(), Type.Null()]),
  /** As the caller may see it, like `current`: what the profile has now. */
  value: AttributeValue,
  current: AttributeValue,
  breach: BreachCode,
  source: WriteSource,
  at: Type.String(),
});
export type QuarantinedValue = Static<typeof QuarantinedValue>;

/** These values, or all of an attribute. */
export const QuarantineChoice = Type.Union([
  Type.Object(
    { ids: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 1000 }) },
    { additionalProperties: false },
  ),
  Type.Object({ attribute: FieldName }, { additionalProperties: false }),
]);

/** One call decides a bounded number; it is repeated while any are left. */
export const Decided = Type.Object({ done: Type.Integer(), isAnyLeft: Type.Boolean() });

const Editors = ['administrator', 'operator', 'developer'] as const;

export const qualityRoutes = {
  listQuarantine: defineRoute({
    method: 'GET',
    path: '/api/quarantine',
    access: 'signed-in',
    tag: 'quality',
    summary: 'Values that were set aside, latest first',
    query: Type.Object({ ...PageQuery, attribute: Type.Optional(FieldName) }),
    reply: pageOf(QuarantinedValue),
  }),
  countQuarantine: defineRoute({
    method: 'GET',
    path: '/api/quarantine/counts',
    access: 'signed-in',
    tag: 'quality',
    summary: 'How many values are set aside, by attribute',
    reply: Type.Object({ items: Type.Array(Type.Object({ attribute: Type.String(), count: Type.Integer() })) }),
  }),
  releaseQuarantine: defineRoute({
    method: 'POST',
    path: '/api/quarantine/release',
    access: Editors,
    tag: 'quality',
    summary: 'Write values to their profiles as they are; a later value stays',
    body: QuarantineChoice,
    reply: Decided,
  }),
  dropQuarantine: defineRoute({
    method: 'POST',
    path: '/api/quarantine/drop',
    access: Editors,
    tag: 'quality',
    summary: 'Forget values for good',
    body: QuarantineChoice,
    reply: Decided,
  }),
};
