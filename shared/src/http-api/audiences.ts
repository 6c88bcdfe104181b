import { type Static, Type } from 'typebox';
import { AudienceId, Condition } from '../condition/ast.ts';
import { Profile } from './data.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

/** dynamic: follows its condition by itself; snapshot: frozen when it was extracted; manual: people and flows put members in. */
export const AudienceKind = Type.Union([Type.Literal('dynamic'), Type.Literal('snapshot'), Type.Literal('manual')]);
export type AudienceKind = Static<typeof AudienceKind>;

/** Who of those that a model scores: the best so many, the best share (0 to 1), or all from a score on. */
export const MemberSelection = Type.Union([
  Type.Object({ kind: Type.Literal('count'), count: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('share'), share: Type.Number({ exclusiveMinimum: 0, maximum: 1 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('score'), from: Type.Number({ minimum: 0, maximum: 1 }) },
    { additionalProperties: false },
  ),
]);
export type MemberSelection = Static<typeof MemberSelection>;

/** An upload that fills a snapshot once: no other import, person or flow changes its members. */
export const FileSource = Type.Object(
  { kind: Type.Literal('file'), importId: Type.String({ maxLength: 40 }), fileName: Type.String({ maxLength: 400 }) },
  { additionalProperties: false },
);

/** Where the members of a snapshot come from that has no condition. */
export const MemberSource = Type.Union([
  Type.Object({
    kind: Type.Literal('model'),
    model: Type.String(),
    /** The model's name when the audience was made. */
    name: Type.String(),
    selection: MemberSelection,
    /** Leaves out who meets the label already. */
    isWithoutLabelled: Type.Boolean(),
  }),
  Type.Object({ kind: Type.Literal('sql'), statement: Type.String() }),
  FileSource,
]);
export type MemberSource = Static<typeof MemberSource>;

const Instant = Type.String();
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/** One bringing of the members up to the condition. */
export const Extraction = Type.Object({
  status: Type.Union([
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('cancelled'),
    Type.Literal('failed'),
  ]),
  /** Why it failed, in both languages. */
  problem: OrNull(Type.Object({ 'zh-CN': Type.String(), 'en-US': Type.String() })),
  /** Whether flows that start on entry or exit hear of its changes. */
  isAnnounced: Type.Boolean(),
  entered: Type.Integer(),
  left: Type.Integer(),
  /** 0 to 1. */
  progress: Type.Number(),
  startedAt: Instant,
  finishedAt: OrNull(Instant),
});
export type Extraction = Static<typeof Extraction>;

export const AudienceSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  kind: AudienceKind,
  /** Members now. */
  size: Type.Integer(),
  /** When the whole condition was last gone through; null before the first time and for a manual audience. */
  refreshedAt: OrNull(Instant),
  extraction: OrNull(Extraction),
  /** A manual audience takes in the people of a list. */
  isFilling: Type.Boolean(),
  createdAt: Instant,
  createdBy: Type.String(),
  updatedAt: Instant,
  /** What is wrong with the condition as it stands, in both languages, such as an attribute that was deleted since. */
  problems: Type.Optional(Type.Array(Type.Object({ 'zh-CN': Type.String(), 'en-US': Type.String() }))),
});
export type AudienceSummary = Static<typeof AudienceSummary>;

export const Audience = Type.Object({
  ...AudienceSummary.properties,
  /** Null for a manual audience, and for a snapshot of another source. */
  condition: OrNull(Condition),
  source: OrNull(MemberSource),
  /** The condition in words; null where there is none. */
  sentence: OrNull(Type.Object({ 'zh-CN': Type.String(), 'en-US': Type.String() })),
  /** Rises with each change of name, description or condition; a change must name the one it started from. */
  revision: Type.Integer(),
  /** Its size at earlier times, oldest first. */
  sizes: Type.Array(Type.Object({ at: Instant, size: Type.Integer() })),
});
export type Audience = Static<typeof Audience>;

export const Member = Type.Object({
  profile: Profile,
  isMember: Type.Boolean(),
  /** When it entered, or left. */
  since: Instant,
});
export type Member = Static<typeof Member>;

/** What a profile has been to one audience; `history` oldest first, the last 20 changes. */
export const Membership = Type.Object({
  audience: Type.Object({ id: Type.String(), name: Type.String(), kind: AudienceKind }),
  isMember: Type.Boolean(),
  since: Instant,
  history: Type.Array(
    Type.Object({ change: Type.Union([Type.Literal('entered'), Type.Literal('left')]), at: Instant }),
  ),
});
export type Membership = Static<typeof Membership>;

/** Where an audience is used: what would break without it. */
export const AudienceUses = Type.Object({
  flows: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), isLive: Type.Boolean() })),
  audiences: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
});
export type AudienceUses = Static<typeof AudienceUses>;

const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' });
const Description = Type.String({ maxLength: 1000 });
const AudienceParam = Type.Object({ audienceId: AudienceId });
const Editors = ['administrator', 'operator', 'developer'] as const;

export const audienceRoutes = {
  listAudiences: defineRoute({
    method: 'GET',
    path: '/api/audiences',
    access: 'signed-in',
    tag: 'audiences',
    summary: 'Saved audiences, last changed first; `search` matches any part of a name',
    query: Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: pageOf(AudienceSummary),
  }),
  createAudience: defineRoute({
    method: 'POST',
    path: '/api/audiences',
    access: Editors,
    tag: 'audiences',
    summary: 'Save an audience; its members are extracted in the background',
    body: Type.Object(
      {
        name: Name,
        description: Type.Optional(Description),
        kind: AudienceKind,
        /** Of a dynamic or a snapshot audience. */
        condition: Type.Optional(Condition),
        /** Of a snapshot, instead of a condition: the import that is then started with it brings the members. */
        source: Type.Optional(FileSource),
        /** Whether the first members count as having entered, for flows that start on entry. */
        isAnnounced: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    reply: Audience,
  }),
  getAudience: defineRoute({
    method: 'GET',
    path: '/api/audiences/:audienceId',
    access: 'signed-in',
    tag: 'audiences',
    summary: 'One audience with its condition and its progress',
    params: AudienceParam,
    reply: Audience,
  }),
  changeAudience: defineRoute({
    method: 'PATCH',
    path: '/api/audiences/:audienceId',
    access: Editors,
    tag: 'audiences',
    summary: 'Change name, description or condition; another condition extracts the members anew',
    params: AudienceParam,
    body: Type.Object(
      {
        name: Type.Optional(Name),
        description: Type.Optional(Description),
        condition: Type.Optional(Condition),
        isAnnounced: Type.Optional(Type.Boolean()),
        baseRevision: Type.Integer(),
      },
      { additionalProperties: false },
    ),
    reply: Audience,
  }),
  deleteAudience: defineRoute({
    method: 'DELETE',
    path: '/api/audiences/:audienceId',
    access: Editors,
    tag: 'audiences',
    summary: 'Delete an audience with its members; one in use only with `confirm=yes`',
    params: AudienceParam,
    query: Type.Object({ confirm: Type.Optional(Type.Literal('yes')) }),
  }),
  audienceUses: defineRoute({
    method: 'GET',
    path: '/api/audiences/:audienceId/uses',
    access: 'signed-in',
    tag: 'audiences',
    summary: 'Flows and audiences that use it',
    params: AudienceParam,
    reply: AudienceUses,
  }),
  extractAudience: defineRoute({
    method: 'POST',
    path: '/api/audiences/:audienceId/extract',
    access: Editors,
    tag: 'audiences',
    summary: 'Bring the members up to the condition as it holds now',
    params: AudienceParam,
    body: Type.Object({ isAnnounced: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
    reply: Audience,
  }),
  cancelExtraction: defineRoute({
    method: 'POST',
    path: '/api/audiences/:audienceId/cancel',
    access: Editors,
    tag: 'audiences',
    summary: 'Stop an extraction; members written so far stay',
    params: AudienceParam,
    reply: Audience,
  }),
  listMembers: defineRoute({
    method: 'GET',
    path: '/api/audiences/:audienceId/members',
    access: 'signed-in',
    tag: 'audiences',
    summary: 'Its members, or those who left, in the order of profile ids',
    params: AudienceParam,
    query: Type.Object({
      ...PageQuery,
      show: Type.Optional(Type.Union([Type.Literal('members'), Type.Literal('left')])),
    }),
    reply: pageOf(Member),
  }),
  /** Only of a manual audience. */
  changeMembers: defineRoute({
    method: 'POST',
    path: '/api/audiences/:audienceId/members',
    access: Editors,
    tag: 'audiences',
    summary: 'Add people to a manual audience, or remove them, by user id',
    params: AudienceParam,
    body: Type.Object(
      {
        change: Type.Union([Type.Literal('add'), Type.Literal('remove')]),
        userIds: Type.Array(Type.String({ minLength: 1, maxLength: 512 }), { minItems: 1, maxItems: 10_000 }),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      matched: Type.Integer(),
      /** Ids that no profile has; the first hundred by name. */
      unmatched: Type.Integer(),
      unmatchedIds: Type.Array(Type.String()),
      duplicates: Type.Integer(),
    }),
  }),
  listMemberships: defineRoute({
    method: 'GET',
    path: '/api/profiles/:profileId/audiences',
    access: 'signed-in',
    tag: 'audiences',
    summary: 'The audiences a profile is or was in, with its history in each',
    params: Type.Object({ profileId: Type.String({ maxLength: 64 }) }),
    reply: Type.Object({ items: Type.Array(Membership) }),
  }),
};
