import { BSON } from 'mongodb';
import type { RowEdit } from '../datasets/write-rows.ts';
import type { StoredValue } from '../profiles/profile-record.ts';
import { type Database, declareCollection } from '../stores/database.ts';
import { insertNew } from '../stores/insert-new.ts';
import { UNDO_MS } from './import-record.ts';

/** Attributes that an import is about to change. A name that `before` lacks was absent. */
export interface AttributeChange {
  profileId: string;
  before: Record<string, StoredValue>;
  after: Record<string, StoredValue>;
}

/** What a batch is about to do, written before it does it: by this an import is taken back. */
export interface JournalEntry {
  /** Profiles that it makes. */
  created?: string[];
  changed?: AttributeChange[];
  /** Events by the numbers of their rows, both included. */
  events?: { from: number; to: number; count: number; touched: { profileId: string; name: string }[] };
  /** Rows of a dataset that it makes, and those that it changes. */
  newRows?: string[];
  rowEdits?: RowEdit[];
  /** Profiles that become members of the audience. */
  members?: string[];
}

export interface JournalPage extends JournalEntry {
  /** Import, first row of the batch, part: pages sort in the order in which they were written. */
  _id: string;
  createdAt: Date;
}

export const importJournal = declareCollection<JournalPage>('importJournal', [
  // A day longer than an import can be taken back.
  { key: { createdAt: 1 }, options: { expireAfterSeconds: UNDO_MS / 1000 + 86_400 } },
]);

/** The journal of one import. */
export interface ImportJournal {
  /**
   * Durable when it resolves. A batch that is done again finds its pages there; they stay as they are, for they say what was
   * before the first time.
   */
  note(firstRow: number, round: number, entry: JournalEntry): Promise<void>;
}

const PAGE_BYTES = 4 * 1024 * 1024;
const DIGITS = 12;

export function createImportJournal(database: Database, importId: string, startedAt: Date): ImportJournal {
  const collection = database.collection(importJournal);
  return {
    async note(firstRow, round, { changed = [], rowEdits = [], ...entry }) {
      // An import changes profiles or rows, never both.
      const parts = rowEdits.length > 0 ? splitBySize(rowEdits) : splitBySize(changed);
      const field = rowEdits.length > 0 ? 'rowEdits' : 'changed';
      const pages = (parts.length === 0 ? [[]] : parts).map(
        (part, index): JournalPage => ({
          _id: `${importId}:${pad(firstRow)}:${pad(round)}:${pad(index)}`,
          // The rest stands on the first page, which goes back last.
          ...(index === 0 && entry),
          ...(part.length > 0 && { [field]: part }),
          createdAt: startedAt,
        }),
      );
      await insertNew(
        collection,
        pages.filter((page) => Object.values(page).some((value) => typeof value === 'object' && !isEmpty(value))),
      );
    },
  };
}

/** The pages of an import. */
export function pagesOf(importId: string): { $gt: string; $lt: string } {
  return { $gt: `${importId}:`, $lt: `${importId};` };
}

function isEmpty(value: object): boolean {
  return value instanceof Date || (Array.isArray(value) && value.length === 0);
}

function splitBySize<T extends object>(changes: readonly T[]): T[][] {
  const parts: T[][] = [];
  let room = 0;
  for (const change of changes) {
    const bytes = BSON.calculateObjectSize(change);
    if (bytes > room || parts.length === 0) {
      parts.push([]);
      room = PAGE_BYTES;
    }
    parts.at(-1)?.push(change);
    room -= bytes;
  }
  return parts;
}

function pad(value: number): string {
  return String(value).padStart(DIGITS, '0');
}
