import { type Static, Type } from 'typebox';
import { defineRoute } from './route.ts';

/** One profile that became part of another. */
export const Merge = Type.Object({
  id: Type.String(),
  /** The id of the profile that was absorbed, and its user id. */
  from: Type.String(),
  fromUserId: Type.Union([Type.String(), Type.Null()]),
  /** The id of the one that goes on. */
  into: Type.String(),
  status: Type.Union([Type.Literal('under-way'), Type.Literal('done'), Type.Literal('undone')]),
  at: Type.String(),
  /** E-mail address of the account that asked for it; null when a call named both ids of one visitor. */
  by: Type.Union([Type.String(), Type.Null()]),
});
export type Merge = Static<typeof Merge>;

/** What goes with a profile when it is deleted. */
export const ProfileBelongings = Type.Object({
  events: Type.Integer(),
  /** Of datasets. */
  rows: Type.Integer(),
  /** Audiences of which it was a member. */
  audiences: Type.Integer(),
  /** Runs in flight. They end at once; one that is just being advanced ends at its next step. */
  runs: Type.Integer(),
});
export type ProfileBelongings = Static<typeof ProfileBelongings>;

const ProfileId = Type.String({ minLength: 1, maxLength: 64 });
const ProfileParam = Type.Object({ profileId: ProfileId });
const Editors = ['administrator', 'operator'] as const;

export const identityRoutes = {
  mergeProfiles: defineRoute({
    method: 'POST',
    path: '/api/profiles/merge',
    access: Editors,
    tag: 'data',
    summary: 'Make the profile `from` part of `into`; runs keep their positions, counts and caps',
    body: Type.Object({ from: ProfileId, into: ProfileId }, { additionalProperties: false }),
    reply: Merge,
  }),
  listMerges: defineRoute({
    method: 'GET',
    path: '/api/profiles/:profileId/merges',
    access: 'signed-in',
    tag: 'data',
    summary: 'Merges that the profile was part of, newest first',
    params: ProfileParam,
    reply: Type.Object({ items: Type.Array(Merge) }),
  }),
  undoMerge: defineRoute({
    method: 'POST',
    path: '/api/merges/:mergeId/undo',
    access: Editors,
    tag: 'data',
    summary: 'Part them again: what came with the absorbed profile goes back, what has come since stays',
    params: Type.Object({ mergeId: Type.String({ maxLength: 64 }) }),
    reply: Merge,
  }),
  profileBelongings: defineRoute({
    method: 'GET',
    path: '/api/profiles/:profileId/belongings',
    access: 'signed-in',
    tag: 'data',
    summary: 'What would go with the profile: events, rows, memberships, runs in flight',
    params: ProfileParam,
    reply: ProfileBelongings,
  }),
  deleteProfile: defineRoute({
    method: 'DELETE',
    path: '/api/profiles/:profileId',
    access: ['administrator'],
    tag: 'data',
    summary: 'Delete a profile with its events, rows and memberships, and end its runs; what was sent stays on record',
    params: ProfileParam,
    reply: ProfileBelongings,
  }),
};
