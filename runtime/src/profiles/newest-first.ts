import { Type } from 'typebox';
import type { Collection, Filter, WithId } from 'mongodb';
import { readCursor, writeCursor } from './page-cursor.ts';

export interface Paging {
  after?: string | undefined;
  limit?: number | undefined;
}

const DEFAULT_LIMIT = 50;

/**
 * A page of a log whose ids rise with time, the newest first. What is undefined in `having` does not narrow it. Throws
 * `request-invalid` for a cursor of another list.
 */
export async function readNewestFirst<R extends { _id: string }>(
  stored: Collection<R>,
  having: { [K in keyof R]?: R[K] | undefined },
  { after, limit = DEFAULT_LIMIT }: Paging,
): Promise<{ rows: WithId<R>[]; next: string | null }> {
  const [before] = after === undefined ? [] : readCursor(after, Type.String());
  const filter = {
    ...Object.fromEntries(Object.entries(having).filter(([, value]) => value !== undefined)),
    ...(before !== undefined && { _id: { $lt: before } }),
  } as Filter<R>;
  const found = await stored
    .find(filter)
    .sort({ _id: -1 })
    .limit(limit + 1)
    .toArray();
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? writeCursor([last._id]) : null };
}
