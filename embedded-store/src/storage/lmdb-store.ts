import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import type { KeyRange, OrderedStore, Space, Visit } from './ordered-store.ts';
import { describeStorageFailure } from './storage-failure.ts';

/** The one data file inside a store's folder. */
export const fileName = 'store.mdb';

/** `lastSize` is how much of its reused buffer the last `getBinaryFast` filled. */
type Table = Database<Buffer, Uint8Array> & { lastSize: number };

/**
 * lmdb-js copies every value into a new buffer unless a decoder that copies is set. This one hands out a view of
 * the shared buffer: a scan that keeps one document in a hundred then copies one in a hundred.
 */
const viewingDecoder = { decode: (bytes: Buffer, size: number): Buffer => bytes.subarray(0, size) };

function openTable(root: RootDatabase<Buffer, Uint8Array>, name: Space): Table {
  const table = root.openDB<Buffer, Uint8Array>({ name, encoding: 'binary', keyEncoding: 'binary' });
  return Object.assign(table, { decoder: viewingDecoder, decoderCopies: true, lastSize: 0 });
}

/**
 * How many free pages lmdb-js keeps at hand. It sorts them and writes them again with each commit, so that its own 50,000
 * take half of the time of a small commit to a file with many free pages; with a tenth of them, a large one runs out of them.
 */
const freePages = { maxFreeSpaceToLoad: 20_000, maxFreeSpaceToRetain: 30_000 };

/**
 * Opens the LMDB file of a folder, creating both when missing.
 * Default sync mode: `write` returns after the data reached the disk.
 */
export function openLmdbStore(folder: string): OrderedStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, fileName);
  const root = open<Buffer, Uint8Array>({ path, encoding: 'binary', keyEncoding: 'binary', maxDbs: 4, ...freePages });
  const tables: Record<Space, Table> = {
    meta: openTable(root, 'meta'),
    documents: openTable(root, 'documents'),
    entries: openTable(root, 'entries'),
  };

  function scan(space: Space, { from, to, reverse }: KeyRange, visit: Visit): void {
    // Upwards LMDB takes [start, end), downwards it starts at the greatest key <= start: `to` itself is skipped below.
    const range = tables[space].getRange(
      reverse ? { start: to, end: from, reverse: true, inclusiveEnd: true } : { start: from, end: to },
    );
    const iterator = range[Symbol.iterator]();
    for (let step = iterator.next(); !step.done; step = iterator.next()) {
      const { key, value } = step.value;
      if (reverse && Buffer.compare(key, to) >= 0) continue;
      if (!visit(key as Buffer, value)) {
        iterator.return?.();
        return;
      }
    }
  }

  /**
   * `getBinary` of lmdb-js gives each value an ArrayBuffer of its own, which costs more than reading it: the copy is
   * made into Node's buffer pool instead.
   */
  function get(space: Space, key: Uint8Array): Buffer | undefined {
    const table = tables[space];
    const shared = table.getBinaryFast(key);
    if (!shared) return undefined;
    const copy = Buffer.allocUnsafe(table.lastSize);
    shared.copy(copy, 0, 0, copy.length);
    return copy;
  }

  return {
    get,
    has: (space, key) => tables[space].doesExist(key),
    scan,
    write: (body) => {
      try {
        return root.transactionSync(body);
      } catch (error) {
        throw describeStorageFailure(error, folder);
      }
    },
    put: (space, key, value) => tables[space].putSync(key, value as Buffer),
    remove: (space, key) => {
      tables[space].removeSync(key);
    },
    copyTo: async (target) => {
      mkdirSync(target, { recursive: true, mode: 0o700 });
      await root.backup(join(target, fileName), false);
    },
    sizeOnDisk: () => statSync(path).size,
    close: () => root.close(),
  };
}
