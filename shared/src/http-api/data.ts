import { type Static, Type } from 'typebox';
import { Condition } from '../condition/ast.ts';
import { Attributes, AttributeValue, FieldName, ValueType } from '../model/attribute.ts';
import { AttributeDeclaration, AttributeDefinition, EventDefinition } from '../model/attribute-definition.ts';
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
  profileId: Type.String(),
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

/** How one column becomes an attribute. `skip` leaves it out. */
export const ColumnMapping = Type.Object(
  { column: Type.String(), attribute: FieldName, type: ValueType, skip: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
/** Where the user id comes from: a column, or the number of the row after the header (1-based) behind a prefix. */
export const IdentitySource = Type.Union([
  Type.Object({ kind: Type.Literal('column'), column: Type.String() }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('row-number'), prefix: Type.String({ maxLength: 40 }) },
    { additionalProperties: false },
  ),
]);
/** An attribute filled from a Liquid expression over the row: `{{row}}` is its number, every column is a variable. */
export const ComputedColumn = Type.Object(
  { attribute: FieldName, liquid: Type.String({ maxLength: 1000 }), type: ValueType },
  { additionalProperties: false },
);
export const ImportMapping = Type.Object(
  {
    identity: IdentitySource,
    columns: Type.Array(ColumnMapping, { maxItems: 500 }),
    computed: Type.Array(ComputedColumn, { maxItems: 50 }),
  },
  { additionalProperties: false },
);
export type ImportMapping = Static<typeof ImportMapping>;

export const ImportPreview = Type.Object({
  encoding: Type.String(),
  delimiter: Type.String(),
  columns: Type.Array(Type.Object({ name: Type.String(), type: ValueType, samples: Type.Array(Type.String()) })),
  rows: Type.Array(Type.Array(Type.String())),
});
export type ImportPreview = Static<typeof ImportPreview>;

export const ImportJob = Type.Object({
  id: Type.String(),
  fileName: Type.String(),
  bytes: Type.Integer(),
  status: Type.Union([
    Type.Literal('uploaded'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ]),
  preview: Type.Union([ImportPreview, Type.Null()]),
  mapping: Type.Union([ImportMapping, Type.Null()]),
  rowsRead: Type.Integer(),
  rowsImported: Type.Integer(),
  rowsRejected: Type.Integer(),
  /** 0..1 by bytes read. */
  progress: Type.Number(),
  /** An error code of the table when failed. */
  failure: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String(),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
});
export type ImportJob = Static<typeof ImportJob>;

/** `code` has a text `rejections.<code>` in both languages. Lines count from 1 and include the header. */
export const Rejection = Type.Object({
  line: Type.Integer(),
  code: Type.String(),
  column: Type.Union([Type.String(), Type.Null()]),
  value: Type.String(),
  raw: Type.String(),
});
export type Rejection = Static<typeof Rejection>;

const ImportParam = Type.Object({ importId: Type.String({ maxLength: 64 }) });
const ProfileParam = Type.Object({ profileId: Type.String({ maxLength: 64 }) });
const Editors = ['administrator', 'operator', 'developer'] as const;

export const dataRoutes = {
  listProfiles: defineRoute({
    method: 'GET',
    path: '/api/profiles',
    access: 'signed-in',
    tag: 'data',
    summary: 'Profiles, newest first; `search` matches the start of a user id or e-mail',
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
    query: Type.Object({ ...PageQuery, profileId: Type.Optional(Type.String({ maxLength: 64 })) }),
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
    reply: pageOf(AttributeDefinition),
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
    summary: 'Upload a CSV or TSV file (multipart, field `file`); answers with a preview',
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
      profiles: Type.Array(Type.Object({ userId: Type.String(), attributes: Attributes })),
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
    summary: 'Live count and sample of a condition',
    body: Type.Object({ condition: Condition }),
    reply: Type.Object({
      count: Type.Integer(),
      total: Type.Integer(),
      sample: Type.Array(Profile),
      sentence: Type.Object({ 'zh-CN': Type.String(), 'en-US': Type.String() }),
    }),
  }),
};
