import { type Static, Type } from 'typebox';
import { Derivation } from '../condition/derivation.ts';
import { FieldName } from '../model/attribute.ts';
import { AttributeUses } from './attributes.ts';
import { defineRoute } from './route.ts';

/** An attribute that follows from what is known otherwise; of RFM several, whose names begin with this one. */
export const DerivedAttribute = Type.Object({
  name: Type.String(),
  description: Type.String(),
  derivation: Derivation,
  /** The attributes that it fills. */
  attributes: Type.Array(Type.String()),
  fill: Type.Object({
    status: Type.Union([Type.Literal('running'), Type.Literal('done')]),
    /** 0 to 1. */
    progress: Type.Number(),
    /** Profiles looked at. */
    done: Type.Integer(),
    startedAt: Type.String(),
    finishedAt: Type.Union([Type.String(), Type.Null()]),
  }),
  /** Of RFM, as of the last time all were scored; null before the first. */
  rfm: Type.Union([
    Type.Null(),
    Type.Object({
      customers: Type.Integer(),
      segments: Type.Array(Type.Object({ segment: Type.String(), size: Type.Integer() })),
      at: Type.String(),
    }),
  ]),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
});
export type DerivedAttribute = Static<typeof DerivedAttribute>;

const Editors = ['administrator', 'operator', 'developer'] as const;
// Room for the parts that RFM adds.
const Name = Type.Object({ name: Type.String({ ...FieldName, maxLength: 100 }) });

export const derivedRoutes = {
  listDerived: defineRoute({
    method: 'GET',
    path: '/api/derived-attributes',
    access: 'signed-in',
    tag: 'data',
    summary: 'Attributes that are worked out, with the progress of working them out for everyone',
    reply: Type.Object({ items: Type.Array(DerivedAttribute) }),
  }),
  saveDerived: defineRoute({
    method: 'PUT',
    path: '/api/derived-attributes/:name',
    access: Editors,
    tag: 'data',
    summary:
      'Say how an attribute follows from others or from events; it is worked out for everyone, then kept current',
    params: Name,
    body: Type.Object(
      { description: Type.Optional(Type.String({ maxLength: 1000 })), derivation: Derivation },
      { additionalProperties: false },
    ),
    reply: DerivedAttribute,
  }),
  fillDerived: defineRoute({
    method: 'POST',
    path: '/api/derived-attributes/:name/fill',
    access: Editors,
    tag: 'data',
    summary: 'Work it out for everyone once more',
    params: Name,
    reply: DerivedAttribute,
  }),
  derivedUses: defineRoute({
    method: 'GET',
    path: '/api/derived-attributes/:name/uses',
    access: 'signed-in',
    tag: 'data',
    summary: 'What looks at the attributes that it fills',
    params: Name,
    reply: AttributeUses,
  }),
  deleteDerived: defineRoute({
    method: 'DELETE',
    path: '/api/derived-attributes/:name',
    access: Editors,
    tag: 'data',
    summary: 'Delete it with its values; refused while something looks at it',
    params: Name,
  }),
};
