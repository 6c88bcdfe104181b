import { type Static, Type } from 'typebox';
import { DatasetName, PropertyFilter, type PropertyFilter as Filter } from '../condition/ast.ts';
import { FieldName, ValueType } from './attribute.ts';
import { MaskKind, Sensitivity } from './sensitivity.ts';

const CLOSED = { additionalProperties: false } as const;
const DisplayName = Type.String({ maxLength: 120 });

export const DatasetColumn = Type.Object(
  {
    name: FieldName,
    displayName: Type.Optional(DisplayName),
    type: ValueType,
    /** Of a column that is joined in, its attribute decides. */
    sensitivity: Sensitivity,
    /** Absent: by the form of the value. */
    maskAs: Type.Optional(MaskKind),
    /** The attribute of the profile that stands here; it is written with the row and whenever it changes. */
    joined: Type.Optional(FieldName),
  },
  CLOSED,
);
export type DatasetColumn = Static<typeof DatasetColumn>;

/** The most rows that a look-up hands to one message. */
export const MOST_LOOKED_UP = 50;

/** Rows of a profile that messages can name, such as its policies up for renewal: `related.<dataset>.<look-up>`. */
export const Lookup = Type.Object(
  {
    name: DatasetName,
    /** What the message gets of each row. */
    columns: Type.Array(FieldName, { minItems: 1, maxItems: 50, uniqueItems: true }),
    where: Type.Array(Type.Unsafe<Filter>(PropertyFilter), { maxItems: 20 }),
    sortBy: Type.Optional(FieldName),
    isDescending: Type.Optional(Type.Boolean()),
    limit: Type.Integer({ minimum: 1, maximum: MOST_LOOKED_UP }),
  },
  CLOSED,
);
export type Lookup = Static<typeof Lookup>;

/** What people say of a dataset. */
export const DatasetDeclaration = Type.Object(
  {
    displayName: DisplayName,
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    columns: Type.Array(DatasetColumn, { minItems: 1, maxItems: 200 }),
    /** The column that holds the user id of the row's owner. */
    userColumn: FieldName,
    /** The columns that together tell one row from another; a row that comes again is the same one. */
    keyColumns: Type.Array(FieldName, { minItems: 1, maxItems: 5, uniqueItems: true }),
    lookups: Type.Array(Lookup, { maxItems: 20 }),
  },
  CLOSED,
);
export type DatasetDeclaration = Static<typeof DatasetDeclaration>;
