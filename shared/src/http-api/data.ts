import { type Static, Type } from 'typebox';
import { Condition } from '../condition/ast.ts';
import { Attributes, AttributeValue, FieldName } from '../model/attribute.ts';
import { AttributeDeclaration, AttributeDefinition, EventDefinition } from '../model/attribute-definition.ts';
import { FileReading, ImportJob, ImportMapping, Rejection } from './import-job.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

export const Profile = Type.Object({
  id: Type.String(),
  userId: Type.Union([Type.String(), Type.Null()]),
  attributes: Attributes,
  /** Attributes whose values are shown in their masked form. */
  masked: Type.Optional(Type.Array(Type.String())),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
export type Profile = Static<typeof Profile>;

/** One look at a masked value. */
export const Reveal = Type.Object({
  id: Type.String(),
  at: Type.String(),
  by: Type.String(),
  accountId: Type.String(),
  profileId: Type.String(),
  /** Null of a visitor, and of a profile that is gone. */
  userId: Type.Union([Type.String(), Type.Null()]),
  attribute: Type.String(),
  purpose: Type.String(),
});
export type Reveal = Static<typeof Reveal>;

export const EventRecord = Type.Object({
  id: Type.String(),
  name: Type.String(),
  properties: Type.Record(Type.String(), Type.Unknown()),
  at: Type.String(),
});
export type EventRecord = Static<typeof EventRecord>;

const ImportParam = Type.Object({ importId: Type.String({ maxLength: 64 }) });
const ProfileParam = Type.Object({ profileId: Type.String({ maxLength: 64 }) });
const Editors = ['administrator', 'operator', 'developer'] as const;

export const dataRoutes = {
  listProfiles: defineRoute({
    method: 'GET',
    path: '/api/profiles',
    access: 'signed-in',
    tag: 'data',
    summary:
      'Profiles, newest first; `search` matches the start of a user id or e-mail, or the whole of a phone number or profile id',
    query: Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: pageOf(Profile),
  }),
  getProfile: defineRoute({
    method: 'GET',
    path: '/api/profiles/:profileId',
    access: 'signed-in',
    tag: 'data',
    summary: 'One profile',
    params: ProfileParam,
    reply: Profile,
  }),
  listProfileEvents: defineRoute({
    method: 'GET',
    path: '/api/profiles/:profileId/events',
    access: 'signed-in',
    tag: 'data',
    summary: 'Its events, newest first',
    params: ProfileParam,
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(EventRecord),
  }),
  /** One value at a time, on purpose: a list of people is never revealed. */
  revealAttribute: defineRoute({
    method: 'POST',
    path: '/api/profiles/:profileId/reveal',
    access: ['administrator', 'operator'],
    tag: 'data',
    summary: 'Look at one masked value; who looked, when and what for is recorded',
    params: ProfileParam,
    body: Type.Object(
      { attribute: FieldName, purpose: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }) },
      { additionalProperties: false },
    ),
    reply: Type.Object({ value: AttributeValue }),
  }),
  listReveals: defineRoute({
    method: 'GET',
    path: '/api/reveals',
    access: ['administrator'],
    tag: 'data',
    summary: 'Who looked at masked values, newest first',
    query: Type.Object({
      ...PageQuery,
      profileId: Type.Optional(Type.String({ maxLength: 64 })),
      accountId: Type.Optional(Type.String({ maxLength: 64 })),
      attribute: Type.Optional(FieldName),
    }),
    reply: pageOf(Reveal),
  }),
  describeAttribute: defineRoute({
    method: 'PUT',
    path: '/api/attributes/:name',
    access: ['administrator', 'developer'],
    tag: 'data',
    summary: 'Say what an attribute is: its name on screen, owner, sensitivity, and what its values must be like',
    params: Type.Object({ name: FieldName }),
    body: AttributeDeclaration,
  }),
  listAttributes: defineRoute({
    method: 'GET',
    path: '/api/attributes',
    access: 'signed-in',
    tag: 'data',
    summary: 'Attributes of the data dictionary',
    reply: Type.Object({
      ...pageOf(AttributeDefinition).properties,
      /** Names of those that were deleted and have not come back since. */
      deleted: Type.Optional(Type.Array(Type.String())),
    }),
  }),
  listEvents: defineRoute({
    method: 'GET',
    path: '/api/events',
    access: 'signed-in',
    tag: 'data',
    summary: 'Event names seen, with their properties and volume',
    reply: pageOf(EventDefinition),
  }),
  /** Body is multipart with one file; handled outside the schema. */
  uploadImport: defineRoute({
    method: 'POST',
    path: '/api/imports',
    access: Editors,
    tag: 'imports',
    summary: 'Upload a CSV, TSV, XLSX or NDJSON file (multipart, field `file`); answers with a preview',
    reply: ImportJob,
  }),
  listImports: defineRoute({
    method: 'GET',
    path: '/api/imports',
    access: 'signed-in',
    tag: 'imports',
    summary: 'Imports, newest first',
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(ImportJob),
  }),
  getImport: defineRoute({
    method: 'GET',
    path: '/api/imports/:importId',
    access: 'signed-in',
    tag: 'imports',
    summary: 'One import with its progress',
    params: ImportParam,
    reply: ImportJob,
  }),
  /** Before it starts. */
  readImport: defineRoute({
    method: 'POST',
    path: '/api/imports/:importId/read',
    access: Editors,
    tag: 'imports',
    summary: 'Read the uploaded file with another encoding, separator, header or sheet',
    params: ImportParam,
    body: FileReading,
    reply: ImportJob,
  }),
  /** What the first rows become under a mapping, nothing stored. */
  tryImport: defineRoute({
    method: 'POST',
    path: '/api/imports/:importId/try',
    access: Editors,
    tag: 'imports',
    summary: 'Dry run of a mapping on the first 20 rows',
    params: ImportParam,
    body: ImportMapping,
    reply: Type.Object({
      /** Of an event, `attributes` are its properties. */
      profiles: Type.Array(
        Type.Object({
          userId: Type.String(),
          attributes: Attributes,
          event: Type.Optional(Type.Object({ name: Type.String(), at: Type.String() })),
        }),
      ),
      rejections: Type.Array(Rejection),
    }),
  }),
  startImport: defineRoute({
    method: 'POST',
    path: '/api/imports/:importId/start',
    access: Editors,
    tag: 'imports',
    summary: 'Import with this mapping',
    params: ImportParam,
    body: ImportMapping,
    reply: ImportJob,
  }),
  cancelImport: defineRoute({
    method: 'POST',
    path: '/api/imports/:importId/cancel',
    access: Editors,
    tag: 'imports',
    summary: 'Stop; rows already imported stay',
    params: ImportParam,
    reply: ImportJob,
  }),
  undoImport: defineRoute({
    method: 'POST',
    path: '/api/imports/:importId/undo',
    access: Editors,
    tag: 'imports',
    summary: 'Take a whole import back: profiles it made, attributes it changed, its events, its members',
    params: ImportParam,
    reply: ImportJob,
  }),
  listRejections: defineRoute({
    method: 'GET',
    path: '/api/imports/:importId/rejections',
    access: 'signed-in',
    tag: 'imports',
    summary: 'Rejected rows with reasons',
    params: ImportParam,
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(Rejection),
  }),
  /** How many profiles match now, with a sample; `asOf` of the count is the answer's time. */
  countAudience: defineRoute({
    method: 'POST',
    path: '/api/audiences/count',
    access: 'signed-in',
    tag: 'audiences',
    summary:
      'Live count and sample of a condition; one that took long stands for a minute, unless a fresh one is asked for',
    body: Type.Object({ condition: Condition, isFresh: Type.Optional(Type.Boolean()) }),
    reply: Type.Object({
      count: Type.Integer(),
      /** Present where `count` is an estimate: the true number is at most so far away, in 19 of 20 cases. */
      margin: Type.Optional(Type.Integer()),
      total: Type.Integer(),
      /** Present where the count is one of a little earlier. */
      asOf: Type.Optional(Type.String()),
      sample: Type.Array(Profile),
      sentence: Type.Object({ 'zh-CN': Type.String(), 'en-US': Type.String() }),
    }),
  }),
};
