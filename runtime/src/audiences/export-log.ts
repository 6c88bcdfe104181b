import type { Account, ExportProtection, ExportStatus, MemberExport } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { Type } from 'typebox';
import { ulid } from 'ulid';
import type { AttributeLens } from '../access/read-level.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import { type Database, declareCollection } from '../stores/database.ts';

/** begun → complete | broken; one that stays `begun` was cut off together with its process. */
export interface ExportRecord {
  /** Rises with time. */
  _id: string;
  at: Date;
  accountId: string;
  accountName: string;
  audienceId: string;
  /** As it was called then. */
  audienceName: string;
  attributes: string[];
  protection: ExportProtection;
  status: ExportStatus;
  members: number | null;
}

export const memberExports = declareCollection<ExportRecord>('memberExports', [{ key: { audienceId: 1, _id: -1 } }]);

/** What is taken away of whom, and how it is kept from other eyes. */
export type ExportOrder = Pick<ExportRecord, 'audienceId' | 'audienceName' | 'attributes' | 'protection'>;

/** Who took the members of which audience away. A record is ended once, and never changed or removed otherwise (AUD-9). */
export interface ExportLog {
  /**
   * The file, with a record that is durable ahead of its first character. `write` tells how many members each piece adds; a
   * file that nobody reads leaves no record.
   */
  recorded(
    order: ExportOrder,
    by: Account,
    write: (count: (members: number) => void) => AsyncIterable<string>,
  ): AsyncGenerator<string>;
  /** Newest first; names of attributes as the reader may know them. */
  list(
    query: { audienceId?: string | undefined; after?: string | undefined; limit?: number | undefined },
    lens: Pick<AttributeLens, 'readLevel'>,
  ): Promise<{ items: MemberExport[]; next: string | null }>;
}

const DEFAULT_LIMIT = 50;

export function createExportLog({ database, clock }: { database: Database; clock: Clock }): ExportLog {
  const stored = database.collection(memberExports);
  return {
    async *recorded(order, by, write) {
      const now = clock.now();
      const _id = ulid(now);
      const account = { accountId: by.id, accountName: by.name };
      await stored.insertOne({ _id, at: new Date(now), ...account, ...order, status: 'begun', members: null });
      let members = 0;
      let status: ExportStatus = 'broken';
      try {
        yield* write((more) => {
          members += more;
        });
        status = 'complete';
      } finally {
        // Also where the reader goes away on the way.
        await stored.updateOne({ _id }, { $set: { status, members } });
      }
    },
    async list({ audienceId, after, limit = DEFAULT_LIMIT }, lens) {
      const [before] = after ? readCursor(after, Type.String()) : [];
      const rows = await stored
        .find({
          ...(audienceId !== undefined && { audienceId }),
          ...(before !== undefined && { _id: { $lt: before } }),
        })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      const items = rows.slice(0, limit).map((record) => toReply(record, lens));
      const last = items.at(-1);
      return { items, next: rows.length > limit && last ? writeCursor([last.id]) : null };
    },
  };
}

function toReply(record: ExportRecord, lens: Pick<AttributeLens, 'readLevel'>): MemberExport {
  const { _id: id, at, accountName: by, audienceId, audienceName, attributes, protection, status, members } = record;
  const known = attributes.filter((name) => lens.readLevel(name) !== 'hidden');
  return {
    id,
    at: at.toISOString(),
    by,
    audience: { id: audienceId, name: audienceName },
    attributes: known,
    hidden: attributes.length - known.length,
    protection,
    status,
    members,
  };
}
