import { type Static, Type } from 'typebox';
import { defineRoute } from './route.ts';

/**
 * Bodies of the Segment spec (identify, track, page, screen, group, alias). Unknown fields are accepted and dropped, as
 * that spec asks; `messageId` makes a call idempotent.
 */
const Fields = {
  messageId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  userId: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Integer(), Type.Null()])),
  anonymousId: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
  timestamp: Type.Optional(Type.String({ maxLength: 64 })),
  sentAt: Type.Optional(Type.String({ maxLength: 64 })),
  context: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  integrations: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
};
const Bag = Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]));

export const IdentifyBody = Type.Object({ ...Fields, traits: Bag });
export const TrackBody = Type.Object({
  ...Fields,
  event: Type.String({ minLength: 1, maxLength: 128 }),
  properties: Bag,
});
/** One call inside a batch: the fields of all kinds together; which are needed depends on `type`. */
export const BatchItem = Type.Object({
  ...Fields,
  type: Type.String({ maxLength: 20 }),
  event: Type.Optional(Type.String({ maxLength: 128 })),
  /** Of page and screen. */
  name: Type.Optional(Type.Union([Type.String({ maxLength: 1024 }), Type.Null()])),
  category: Type.Optional(Type.Union([Type.String({ maxLength: 1024 }), Type.Null()])),
  groupId: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Integer(), Type.Null()])),
  previousId: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Integer(), Type.Null()])),
  traits: Bag,
  properties: Bag,
});
export type BatchItem = Static<typeof BatchItem>;

/** Items are checked one by one, so that a bad one is rejected alone. */
export const BatchBody = Type.Object({
  batch: Type.Array(
    Type.Unknown({ description: 'A call with its `type`: identify, track, page, screen, group, alias' }),
    {
      maxItems: 2500,
    },
  ),
  sentAt: Type.Optional(Type.String({ maxLength: 64 })),
  context: Fields.context,
});
export type IdentifyBody = Static<typeof IdentifyBody>;
export type TrackBody = Static<typeof TrackBody>;
export type BatchBody = Static<typeof BatchBody>;

/** Of page, screen, group and alias calls sent alone; the address says the type. */
export const CallBody = Type.Omit(BatchItem, ['type']);
export type CallBody = Static<typeof CallBody>;

export const Accepted = Type.Object({
  /** Calls whose effect is stored now. */
  accepted: Type.Integer(),
  /** Events left out because their messageId was seen before. */
  duplicates: Type.Integer(),
  rejected: Type.Array(Type.Object({ index: Type.Integer(), code: Type.String(), message: Type.String() })),
});
export type Accepted = Static<typeof Accepted>;

export const ingestRoutes = {
  identify: defineRoute({
    method: 'POST',
    path: '/v1/identify',
    access: 'write-key',
    tag: 'ingest',
    summary: 'Create or update a profile',
    body: IdentifyBody,
    reply: Accepted,
  }),
  track: defineRoute({
    method: 'POST',
    path: '/v1/track',
    access: 'write-key',
    tag: 'ingest',
    summary: 'Record an event',
    body: TrackBody,
    reply: Accepted,
  }),
  page: defineRoute({
    method: 'POST',
    path: '/v1/page',
    access: 'write-key',
    tag: 'ingest',
    summary: 'A page was viewed; stored as the event `Page Viewed`',
    body: CallBody,
    reply: Accepted,
  }),
  screen: defineRoute({
    method: 'POST',
    path: '/v1/screen',
    access: 'write-key',
    tag: 'ingest',
    summary: 'A screen of an app was viewed; stored as the event `Screen Viewed`',
    body: CallBody,
    reply: Accepted,
  }),
  group: defineRoute({
    method: 'POST',
    path: '/v1/group',
    access: 'write-key',
    tag: 'ingest',
    summary: 'A user joined a group; stored as the event `Group Joined` with the group id and its traits',
    body: CallBody,
    reply: Accepted,
  }),
  alias: defineRoute({
    method: 'POST',
    path: '/v1/alias',
    access: 'write-key',
    tag: 'ingest',
    summary:
      'Two ids are one person; the earlier id is noted on the profile, events already stored stay where they are',
    body: CallBody,
    reply: Accepted,
  }),
  batch: defineRoute({
    method: 'POST',
    path: '/v1/batch',
    access: 'write-key',
    tag: 'ingest',
    summary: 'Several calls at once, at most 500 KB; a bad item is rejected alone',
    body: BatchBody,
    reply: Accepted,
  }),
};
