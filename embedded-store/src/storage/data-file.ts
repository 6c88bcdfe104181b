import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * LMDB's file as lmdb 3 writes it (data version 2, little-endian): pages of one size, of which the first two each hold
 * a record of a commit, written in turn. A commit writes changed pages to free places, waits for the disk, then
 * overwrites the older record: until that one write is done the file says what it said before.
 */
export interface DataFile {
  pageSize: number;
  /** Whole pages that the file has. */
  pages: number;
  /** The first `length` bytes of a page. */
  read(page: number, length: number): Buffer;
  /** The records of the last two commits; undefined where one is torn. */
  records: readonly [CommitRecord | undefined, CommitRecord | undefined];
  close(): void;
}

export interface CommitRecord {
  slot: 0 | 1;
  commit: number;
  lastPage: number;
  /** The trees of free pages and of tables; undefined for an empty one. */
  roots: readonly [free: number | undefined, tables: number | undefined];
  /** Written after its pages reached the disk. LMDB itself takes back any other after the machine went down. */
  isSynced: boolean;
}

/** What cannot be part of a whole commit; the message ends a sentence. */
export class DamagedFile extends Error {}

const magic = 0xbeefc0de;
const dataVersion = 2;
const noPage = 0xffff_ffff_ffff_ffffn;
const pageHeader = 24;
/** Of a page: header, magic and version, then the record. */
export const recordBytes = 168;
const pageSizes = [4096, 8192, 16_384, 32_768, 65_536];
const entryHeader = 8;
const deepest = 32;
const branchFlag = 0x01;
const leafFlag = 0x02;
const overflowFlag = 0x04;
const recordFlag = 0x08;
const unsyncedFlag = 0x1000;
const bigValueFlag = 0x01;
const tableFlag = 0x02;

/** Opens a data file for reading; throws DamagedFile when nothing in it says how large its pages are. */
export function openDataFile(path: string): DataFile {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const readAt = (position: number, length: number): Buffer => {
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, readSync(fd, bytes, 0, length, position));
    };
    const readRecords = (pageSize: number): DataFile['records'] => [
      readRecord(readAt(0, recordBytes), 0, pageSize),
      readRecord(readAt(pageSize, recordBytes), 1, pageSize),
    ];
    const pageSize = pageSizes.find((candidate) => readRecords(candidate).some((record) => record));
    if (!pageSize) throw new DamagedFile('neither of its two records of a last commit can be read');
    return {
      pageSize,
      pages: Math.floor(size / pageSize),
      read: (page, length) => readAt(page * pageSize, length),
      records: readRecords(pageSize),
      close: () => closeSync(fd),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function readRecord(bytes: Buffer, slot: 0 | 1, pageSize: number): CommitRecord | undefined {
  if (bytes.length < recordBytes || (bytes.readUInt16LE(18) & recordFlag) === 0) return undefined;
  if (bytes.readUInt32LE(24) !== magic || (bytes.readUInt32LE(28) & 0xffff) !== dataVersion) return undefined;
  if (bytes.readUInt32LE(48) !== pageSize) return undefined;
  const lastPage = numberAt(bytes, 144);
  const commit = numberAt(bytes, 152);
  const roots = [rootAt(bytes, 48), rootAt(bytes, 96)] as const;
  const isPlausible = (root: number | undefined): boolean => root === undefined || (root >= 2 && root <= lastPage);
  // The record of commit n lies in place n mod 2.
  if (!roots.every(isPlausible) || (commit !== 0 && commit % 2 !== slot)) return undefined;
  return { slot, commit, lastPage, roots, isSynced: (bytes.readUInt16LE(52) & unsyncedFlag) === 0 };
}

const numberAt = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

function rootAt(bytes: Buffer, treeAt: number): number | undefined {
  return bytes.readBigUInt64LE(treeAt + 40) === noPage ? undefined : numberAt(bytes, treeAt + 40);
}

interface Walk {
  file: DataFile;
  record: CommitRecord;
  since: number;
  /** Pages that may still be looked at. */
  budget: number;
}

/**
 * The pages that make up what a record says, as far as they were written in or after commit `since`: a page is copied
 * when it changes, and so are all above it, hence what lies below an older page is older still. Ends early when
 * `budget` pages were looked at. Throws DamagedFile at a page that is not what the page above it says.
 */
export function* pagesOf(
  file: DataFile,
  record: CommitRecord,
  since: number,
  budget = Number.POSITIVE_INFINITY,
): Generator<number> {
  const walk: Walk = { file, record, since, budget };
  for (const root of record.roots) if (root !== undefined) yield* treePages(walk, root, 0);
}

function* treePages(walk: Walk, page: number, depth: number): Generator<number> {
  if (!isNew(walk, page, branchFlag | leafFlag)) return;
  yield page;
  const { pageSize } = walk.file;
  const bytes = walk.file.read(page, pageSize);
  const lower = bytes.readUInt16LE(20);
  const upper = bytes.readUInt16LE(22);
  if (depth > deepest || lower > upper || upper > pageSize - pageHeader) throw garbled(page);
  for (let at = pageHeader; at < pageHeader + lower; at += 2) {
    const entry = bytes.readUInt16LE(at) + pageHeader;
    if (entry < pageHeader + upper || entry + entryHeader > pageSize) throw garbled(page);
    yield* entryPages(walk, bytes, entry, depth);
  }
}

/** The pages that one entry of a page leads to. */
function* entryPages(walk: Walk, bytes: Buffer, entry: number, depth: number): Generator<number> {
  const size = bytes.readUInt32LE(entry);
  const flags = bytes.readUInt16LE(entry + 4);
  if (bytes.readUInt16LE(18) & branchFlag) {
    // Where a leaf's entry has a size and flags, a branch's has the number of a page.
    yield* treePages(walk, size + flags * 2 ** 32, depth + 1);
    return;
  }
  const value = entry + entryHeader + bytes.readUInt16LE(entry + 6);
  const isInline = (flags & (bigValueFlag | tableFlag)) === 0;
  if (value + (isInline ? size : 24) > bytes.length) throw garbled(numberAt(bytes, 0));
  if (flags & tableFlag) {
    const root = rootAt(bytes, value);
    if (root !== undefined) yield* treePages(walk, root, depth + 1);
  } else if (flags & bigValueFlag) {
    const first = numberAt(bytes, value);
    const end = first + numberAt(bytes, value + 16);
    if (end > walk.file.pages) throw new DamagedFile(`page ${walk.file.pages} is missing`);
    if (!isNew(walk, first, overflowFlag)) return;
    for (let page = first; page < end; page++) yield page;
  }
}

/** Whether a page belongs to the walk; its own number, commit and kind stand at its beginning. */
function isNew(walk: Walk, page: number, kinds: number): boolean {
  const { file, record, since } = walk;
  if (walk.budget-- <= 0) return false;
  if (page >= file.pages) throw new DamagedFile(`page ${page} is missing`);
  const header = file.read(page, pageHeader);
  const commit = numberAt(header, 8);
  const isWhole = numberAt(header, 0) === page && commit <= record.commit && page <= record.lastPage;
  if (!isWhole || (header.readUInt16LE(18) & kinds) === 0) throw garbled(page);
  return commit >= since;
}

const garbled = (page: number): DamagedFile => new DamagedFile(`page ${page} is not what was written there`);
