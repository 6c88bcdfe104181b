import { type Static, Type } from 'typebox';
import { DatasetName } from '../condition/ast.ts';
import { AttributeValue, FieldName } from '../model/attribute.ts';
import { DatasetColumn, DatasetDeclaration } from '../model/dataset.ts';
import { AttributeRights } from '../model/sensitivity.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

export const Dataset = Type.Object({
  name: Type.String(),
  ...DatasetDeclaration.properties,
  /** Hidden ones are left out; `rights` are those of the one who asks. */
  columns: Type.Array(Type.Object({ ...DatasetColumn.properties, rights: AttributeRights })),
  rows: Type.Integer(),
  /** Joined columns are being brought into the rows. */
  isFilling: Type.Boolean(),
  updatedAt: Type.String(),
});
export type Dataset = Static<typeof Dataset>;

const Cells = Type.Record(FieldName, AttributeValue);
export const DatasetRowView = Type.Object({
  id: Type.String(),
  profileId: Type.String(),
  values: Cells,
  /** Columns whose values are shown in their masked form. */
  masked: Type.Optional(Type.Array(Type.String())),
  writtenAt: Type.String(),
});
export type DatasetRowView = Static<typeof DatasetRowView>;

/** What names a dataset. */
export const DatasetUses = Type.Object({
  audiences: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  flows: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
});
export type DatasetUses = Static<typeof DatasetUses>;

export const RowsWritten = Type.Object({
  written: Type.Integer(),
  /** By their places in the call; `code` has a text `rejections.<code>`. */
  rejected: Type.Array(
    Type.Object({
      index: Type.Integer(),
      code: Type.String(),
      column: Type.String(),
      value: Type.String(),
      message: Type.String(),
    }),
  ),
});
export type RowsWritten = Static<typeof RowsWritten>;

const Param = Type.Object({ dataset: DatasetName });
const Developers = ['administrator', 'developer'] as const;
const Rows = (cells: typeof Cells) => Type.Array(cells, { minItems: 1, maxItems: 1000 });

export const datasetRoutes = {
  listDatasets: defineRoute({
    method: 'GET',
    path: '/api/datasets',
    access: 'signed-in',
    tag: 'datasets',
    summary: 'Datasets with their columns',
    reply: Type.Object({ items: Type.Array(Dataset) }),
  }),
  getDataset: defineRoute({
    method: 'GET',
    path: '/api/datasets/:dataset',
    access: 'signed-in',
    tag: 'datasets',
    summary: 'One dataset',
    params: Param,
    reply: Dataset,
  }),
  declareDataset: defineRoute({
    method: 'PUT',
    path: '/api/datasets/:dataset',
    access: Developers,
    tag: 'datasets',
    summary: 'Declare a dataset or change it; types, keys and the user column stay as they were declared',
    params: Param,
    query: Type.Object({ isNew: Type.Optional(Type.Boolean()) }),
    body: DatasetDeclaration,
    reply: Dataset,
  }),
  datasetUses: defineRoute({
    method: 'GET',
    path: '/api/datasets/:dataset/uses',
    access: 'signed-in',
    tag: 'datasets',
    summary: 'The audiences and flows that name it',
    params: Param,
    reply: DatasetUses,
  }),
  deleteDataset: defineRoute({
    method: 'DELETE',
    path: '/api/datasets/:dataset',
    access: ['administrator'],
    tag: 'datasets',
    summary: 'Delete a dataset with all its rows; refused while something names it',
    params: Param,
  }),
  listRows: defineRoute({
    method: 'GET',
    path: '/api/datasets/:dataset/rows',
    access: 'signed-in',
    tag: 'datasets',
    summary: 'Rows of a dataset, of one user or one profile where that is asked',
    params: Param,
    query: Type.Object({
      ...PageQuery,
      userId: Type.Optional(Type.String({ maxLength: 255 })),
      profileId: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    reply: pageOf(DatasetRowView),
  }),
  upsertRows: defineRoute({
    method: 'POST',
    path: '/v1/datasets/:dataset/rows',
    access: 'write-key',
    tag: 'datasets',
    summary: 'Write up to 1,000 rows by their business keys; a bad row is rejected alone',
    params: Param,
    body: Type.Object({ rows: Rows(Cells) }, { additionalProperties: false }),
    reply: RowsWritten,
  }),
  deleteRows: defineRoute({
    method: 'POST',
    path: '/v1/datasets/:dataset/rows/delete',
    access: 'write-key',
    tag: 'datasets',
    summary: 'Delete up to 1,000 rows by the columns of their business keys',
    params: Param,
    body: Type.Object({ keys: Rows(Cells) }, { additionalProperties: false }),
    reply: Type.Object({ deleted: Type.Integer() }),
  }),
};
