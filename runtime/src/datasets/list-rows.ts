import { columnKey } from '@sluice/shared/condition';
import type { DatasetRowView } from '@sluice/shared/http-api';
import { Type } from 'typebox';
import type { AttributeLens } from '../access/read-level.ts';
import { createAliases } from '../identities/aliases.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import { profileIdOf } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { type DatasetRecord, datasetRows, idsOf, type RowRecord, rowsOf } from './dataset-record.ts';

const DEFAULT_LIMIT = 50;

export interface RowQuery {
  userId?: string | undefined;
  profileId?: string | undefined;
  after?: string | undefined;
  limit?: number | undefined;
}

/** Rows in the order of their ids, as the holder of the lens may see them (DS-5). */
export async function listRows(database: Database, dataset: DatasetRecord, query: RowQuery, lens: AttributeLens) {
  const { limit = DEFAULT_LIMIT } = query;
  const [afterId] = query.after === undefined ? [] : readCursor(query.after, Type.String());
  const own = query.profileId ?? (query.userId === undefined ? undefined : profileIdOf({ userId: query.userId }));
  const owner = own === undefined ? undefined : ((await createAliases({ database }).of([own])).get(own) ?? own);
  const filter = {
    ...(owner === undefined ? { isLeaving: { $exists: false } } : rowsOf(dataset._id, [owner])),
    _id: idsOf(dataset._id, afterId),
  };
  const rows = await database
    .collection(datasetRows)
    .find(filter)
    .sort({ _id: 1 })
    .limit(limit + 1)
    .toArray();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => toView(row, dataset, lens)),
    next: rows.length > limit && last ? writeCursor([last._id]) : null,
  };
}

function toView(
  { _id, profileId, values, writtenAt }: RowRecord,
  dataset: DatasetRecord,
  lens: AttributeLens,
): DatasetRowView {
  const declared = new Set(dataset.columns.map(({ name }) => name));
  const shown = Object.entries(toAttributes(values)).filter(([name]) => declared.has(name));
  const keyed = Object.fromEntries(shown.map(([name, value]) => [columnKey(dataset._id, name), value]));
  const { attributes, masked } = lens.view(keyed);
  const bare = (key: string) => key.slice(dataset._id.length + 1);
  return {
    id: _id,
    profileId,
    values: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [bare(key), value])),
    ...(masked.length > 0 && { masked: masked.map(bare) }),
    writtenAt: writtenAt.toISOString(),
  };
}
