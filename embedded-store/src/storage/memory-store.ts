import type { KeyRange, OrderedStore, Space, Visit } from './ordered-store.ts';

interface Entry {
  key: Buffer;
  value: Buffer;
}
type Undo = () => void;

const blockSize = 256;

/** A sorted map in blocks, so that an insertion moves at most one block and not the whole array. */
class SortedEntries {
  blocks: Entry[][] = [];

  /** The block that holds or would hold `key`, and the position inside it. */
  locate(key: Uint8Array): { block: number; at: number; found: boolean } {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.blocks[middle]?.at(-1);
      if (last && Buffer.compare(last.key, key) < 0) low = middle + 1;
      else high = middle;
    }
    const entries = this.blocks[low] ?? [];
    let from = 0;
    let to = entries.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const order = Buffer.compare((entries[middle] as Entry).key, key);
      if (order === 0) return { block: low, at: middle, found: true };
      if (order < 0) from = middle + 1;
      else to = middle;
    }
    return { block: low, at: from, found: false };
  }

  get(key: Uint8Array): Buffer | undefined {
    const { block, at, found } = this.locate(key);
    return found ? this.blocks[block]?.[at]?.value : undefined;
  }

  put(key: Buffer, value: Buffer): void {
    const { block, at, found } = this.locate(key);
    const entries = this.blocks[block];
    if (!entries) this.blocks.push([{ key, value }]);
    else if (found) entries[at] = { key, value };
    else {
      entries.splice(at, 0, { key, value });
      if (entries.length > blockSize) this.blocks.splice(block + 1, 0, entries.splice(blockSize >> 1));
    }
  }

  remove(key: Uint8Array): void {
    const { block, at, found } = this.locate(key);
    const entries = this.blocks[block];
    if (!found || !entries) return;
    entries.splice(at, 1);
    if (entries.length === 0) this.blocks.splice(block, 1);
  }

  scan({ from, to, reverse }: KeyRange, visit: Visit): void {
    let { block, at } = this.locate(reverse ? to : from);
    const step = reverse ? -1 : 1;
    if (reverse) at--;
    for (;;) {
      const entries = this.blocks[block];
      if (!entries) return;
      const entry = entries[at];
      if (!entry) {
        block += step;
        at = reverse ? (this.blocks[block]?.length ?? 0) - 1 : 0;
        continue;
      }
      if (reverse ? Buffer.compare(entry.key, from) < 0 : Buffer.compare(entry.key, to) >= 0) return;
      if (!visit(entry.key, entry.value)) return;
      at += step;
    }
  }
}

/** Opens the in-memory twin of the LMDB store: same contract, nothing durable, for tests. */
export function openMemoryStore(): OrderedStore {
  const spaces: Record<Space, SortedEntries> = {
    meta: new SortedEntries(),
    documents: new SortedEntries(),
    entries: new SortedEntries(),
  };
  let undo: Undo[] | undefined;

  function change(space: Space, key: Uint8Array, value: Uint8Array | undefined): void {
    if (!undo) throw new Error('A write came outside a transaction: wrap it in write().');
    const entries = spaces[space];
    const before = entries.get(key);
    const ownKey = Buffer.from(key);
    undo.push(() => (before ? entries.put(ownKey, before) : entries.remove(ownKey)));
    if (value) entries.put(ownKey, Buffer.from(value));
    else entries.remove(ownKey);
  }

  return {
    get: (space, key) => {
      const value = spaces[space].get(key);
      return value && Buffer.from(value);
    },
    has: (space, key) => spaces[space].get(key) !== undefined,
    scan: (space, range, visit) => spaces[space].scan(range, visit),
    write: (body) => {
      undo = [];
      try {
        return body();
      } catch (error) {
        for (const restore of undo.reverse()) restore();
        throw error;
      } finally {
        undo = undefined;
      }
    },
    put: change,
    remove: (space, key) => change(space, key, undefined),
    copyTo: () => Promise.reject(new Error('An in-memory store has no files to copy: start it with a folder.')),
    sizeOnDisk: () => 0,
    close: () => Promise.resolve(),
  };
}
