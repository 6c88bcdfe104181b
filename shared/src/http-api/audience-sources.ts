import { type Static, Type } from 'typebox';
import { AudienceId } from '../condition/ast.ts';
import { Audience } from './audiences.ts';
import { flowRoutes } from './flows.ts';
import { defineRoute } from './route.ts';

const Editors = ['administrator', 'operator', 'developer'] as const;
const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' });
const { after: _after, limit: _limit, ...RunFilter } = flowRoutes.listRuns.query.properties;

/** A list of people as a page shows it: profiles found by a search, or the runs behind a number of a flow. */
export const PeopleList = Type.Union([
  Type.Object(
    { kind: Type.Literal('profiles'), search: Type.Optional(Type.String({ maxLength: 200 })) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('runs'),
      flowId: Type.String({ maxLength: 40 }),
      filter: Type.Object({ ...RunFilter, version: Type.Integer() }, { additionalProperties: false }),
    },
    { additionalProperties: false },
  ),
  /** Those who are in an audience now, or have left it. */
  Type.Object(
    {
      kind: Type.Literal('members'),
      audienceId: AudienceId,
      show: Type.Union([Type.Literal('members'), Type.Literal('left')]),
    },
    { additionalProperties: false },
  ),
]);
export type PeopleList = Static<typeof PeopleList>;

/** How many profiles are members of exactly these audiences among those that are compared. */
export const Overlap = Type.Object({ audiences: Type.Array(Type.String()), count: Type.Integer() });
export type Overlap = Static<typeof Overlap>;

/** Audiences that come from elsewhere than a condition, and what they share. */
export const audienceSourceRoutes = {
  createFromList: defineRoute({
    method: 'POST',
    path: '/api/audiences/from-list',
    access: Editors,
    tag: 'audiences',
    summary: 'Save a list of people as a manual audience; it is filled in the background',
    body: Type.Object(
      { name: Name, description: Type.Optional(Type.String({ maxLength: 1000 })), list: PeopleList },
      { additionalProperties: false },
    ),
    reply: Audience,
  }),
  /** The largest parts first; what is in none of them is not counted. */
  overlaps: defineRoute({
    method: 'POST',
    path: '/api/audiences/overlaps',
    access: 'signed-in',
    tag: 'audiences',
    summary: 'How many people two to six audiences share, part by part',
    body: Type.Object(
      { audienceIds: Type.Array(AudienceId, { minItems: 2, maxItems: 6, uniqueItems: true }) },
      { additionalProperties: false },
    ),
    reply: Type.Object({ overlaps: Type.Array(Overlap) }),
  }),
};
