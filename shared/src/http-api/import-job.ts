import { type Static, Type } from 'typebox';
import { AudienceId, DatasetName } from '../condition/ast.ts';
import { FieldName, ValueType } from '../model/attribute.ts';

const InstantText = Type.String({
  maxLength: 40,
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$',
});

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
/** Makes each row an event of its user; the mapped columns become its properties. */
export const EventSource = Type.Object(
  {
    name: Type.Union([
      Type.Object({ kind: Type.Literal('column'), column: Type.String() }, { additionalProperties: false }),
      Type.Object(
        { kind: Type.Literal('fixed'), name: Type.String({ minLength: 1, maxLength: 128 }) },
        { additionalProperties: false },
      ),
    ]),
    at: Type.Object(
      {
        column: Type.String(),
        format: Type.Union([Type.Literal('date'), Type.Literal('unix-seconds'), Type.Literal('unix-milliseconds')]),
      },
      { additionalProperties: false },
    ),
    /** Instants from `from` on and before `to`; an event outside has a wrong clock and is rejected. */
    period: Type.Optional(
      Type.Object(
        { from: Type.Optional(InstantText), to: Type.Optional(InstantText) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type EventSource = Static<typeof EventSource>;
/** Makes the person of each row a member of a manual audience, or of the snapshot that is made for this import. `by`: the attribute that the identity is; absent, the user id. */
export const ImportedMembers = Type.Object(
  { audience: AudienceId, by: Type.Optional(FieldName) },
  { additionalProperties: false },
);
/** Rows become profiles, or with `event` events, with `members` members of an audience, with `dataset` rows of a dataset. */
export const ImportMapping = Type.Object(
  {
    identity: IdentitySource,
    columns: Type.Array(ColumnMapping, { maxItems: 500 }),
    computed: Type.Array(ComputedColumn, { maxItems: 50 }),
    event: Type.Optional(EventSource),
    members: Type.Optional(ImportedMembers),
    /** The mapped columns are its columns; the identity fills its user column. */
    dataset: Type.Optional(DatasetName),
  },
  { additionalProperties: false },
);
export type ImportMapping = Static<typeof ImportMapping>;

/** How to read a file, where what was found in it is wrong; what is absent is found. */
export const FileReading = Type.Object(
  {
    format: Type.Optional(Type.Union([Type.Literal('text'), Type.Literal('ndjson')])),
    encoding: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    delimiter: Type.Optional(Type.String({ pattern: '^[^"\\r\\n]$' })),
    hasHeader: Type.Optional(Type.Boolean()),
    sheet: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);
export type FileReading = Static<typeof FileReading>;

export const ImportPreview = Type.Object({
  /** text: cells between delimiters (CSV, TSV); xlsx: a sheet of a workbook; ndjson: one JSON object per line. */
  format: Type.Union([Type.Literal('text'), Type.Literal('xlsx'), Type.Literal('ndjson')]),
  /** Null where the format knows none. */
  encoding: Type.Union([Type.String(), Type.Null()]),
  delimiter: Type.Union([Type.String(), Type.Null()]),
  hasHeader: Type.Union([Type.Boolean(), Type.Null()]),
  /** The sheet that is read, among those of the workbook. */
  sheet: Type.Union([Type.String(), Type.Null()]),
  sheets: Type.Array(Type.String()),
  columns: Type.Array(Type.Object({ name: Type.String(), type: ValueType, samples: Type.Array(Type.String()) })),
  rows: Type.Array(Type.Array(Type.String())),
});
export type ImportPreview = Static<typeof ImportPreview>;

/** What taking an import back has done so far. */
export const ImportUndo = Type.Object({
  /** Profiles that it had made and that are gone again. */
  removed: Type.Integer(),
  /** Profiles that it had made and that stay, because something else has come to them since. */
  kept: Type.Integer(),
  /** Profiles whose attributes went back, except those that have changed since. */
  restored: Type.Integer(),
  events: Type.Integer(),
  members: Type.Integer(),
  /** Rows of a dataset that it had made and that are gone again, or that went back. */
  rows: Type.Optional(Type.Integer()),
});
export type ImportUndo = Static<typeof ImportUndo>;

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
    Type.Literal('undoing'),
    Type.Literal('undone'),
  ]),
  preview: Type.Union([ImportPreview, Type.Null()]),
  mapping: Type.Union([ImportMapping, Type.Null()]),
  rowsRead: Type.Integer(),
  rowsImported: Type.Integer(),
  rowsRejected: Type.Integer(),
  /** Rejected rows by reason. */
  rejectedBy: Type.Record(Type.String(), Type.Integer()),
  /** 0..1 by bytes read. */
  progress: Type.Number(),
  /** An error code of the table when failed. */
  failure: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String(),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
  /** Until when it can be taken back as a whole; null before it starts and once that has begun. */
  undoUntil: Type.Union([Type.String(), Type.Null()]),
  undo: Type.Union([ImportUndo, Type.Null()]),
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
