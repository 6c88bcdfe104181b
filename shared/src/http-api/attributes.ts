import { type Static, Type } from 'typebox';
import { FieldName } from '../model/attribute.ts';
import { defineRoute } from './route.ts';

const Users = Type.Array(Type.Object({ id: Type.String(), name: Type.String() }));

/** What looks at an attribute. Of templates those that were made here: nobody can change the ready-made ones. */
export const AttributeUses = Type.Object({
  audiences: Users,
  flows: Users,
  datasets: Users,
  /** Derived ones, whose cases look at it. */
  attributes: Users,
  models: Users,
  templates: Users,
});
export type AttributeUses = Static<typeof AttributeUses>;

const Params = Type.Object({ name: FieldName });

export const attributeRoutes = {
  attributeUses: defineRoute({
    method: 'GET',
    path: '/api/attributes/:name/uses',
    access: 'signed-in',
    tag: 'data',
    summary: 'The audiences, flows, datasets, derived attributes, models and templates that look at an attribute',
    params: Params,
    reply: AttributeUses,
  }),
  deleteAttribute: defineRoute({
    method: 'DELETE',
    path: '/api/attributes/:name',
    access: ['administrator', 'developer'],
    tag: 'data',
    summary:
      'Delete an attribute with its values; one in use only with `confirm=yes`. It comes back when it is sent again',
    params: Params,
    query: Type.Object({ confirm: Type.Optional(Type.Literal('yes')) }),
  }),
};
