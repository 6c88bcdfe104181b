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
export const BatchBody = Type.Object({
  batch: Type.Array(
    Type.Object({
      ...Fields,
      type: Type.String({ maxLength: 20 }),
      event: Type.Optional(Type.String({ maxLength: 128 })),
      traits: Bag,
      properties: Bag,
    }),
    { maxItems: 2500 },
  ),
  sentAt: Type.Optional(Type.String({ maxLength: 64 })),
  context: Fields.context,
});
export type IdentifyBody = Static<typeof IdentifyBody>;
export type TrackBody = Static<typeof TrackBody>;
export type BatchBody = Static<typeof BatchBody>;

const Accepted = Type.Object({
  accepted: Type.Integer(),
  duplicates: Type.Integer(),
  rejected: Type.Array(Type.Object({ index: Type.Integer(), code: Type.String(), message: Type.String() })),
});

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
