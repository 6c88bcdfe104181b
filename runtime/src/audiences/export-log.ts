import type { Account, ExportProtection, ExportStatus, MemberExport } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { AttributeLens } from '../access/read-level.ts';
import { type Paging, readNewestFirst } from '../profiles/newest-first.ts';
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

export const memberExports = declareCollection<ExportRecord>('memberExports', [
  { key: { audienceId: 1, _id: -1 } },
  { key: { accountId: 1, _id: -1 } },
  { key: { protection: 1, _id: -1 } },
]);

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
    query: Paging & {
      audienceId?: string | undefined;
      accountId?: string | undefined;
      protection?: ExportProtection | undefined;
    },
    lens: Pick<AttributeLens, 'readLevel'>,
  ): Promise<{ items: MemberExport[]; next: string | null }>;
}

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
    async list({ audienceId, accountId, protection, ...page }, lens) {
      const { rows, next } = await readNewestFirst(stored, { audienceId, accountId, protection }, page);
      return { items: rows.map((record) => toReply(record, lens)), next };
    },
  };
}

function toReply(record: ExportRecord, lens: Pick<AttributeLens, 'readLevel'>): MemberExport {
  const {
    _id: id,
    at,
    accountId,
    accountName: by,
    audienceId,
    audienceName,
    attributes,
    protection,
    status,
    members,
  } = record;
  const known = attributes.filter((name) => lens.readLevel(name) !== 'hidden');
  return {
    id,
    at: at.toISOString(),
    by,
    accountId,
    audience: { id: audienceId, name: audienceName },
    attributes: known,
    hidden: attributes.length - known.length,
    protection,
    status,
    members,
  };
}
