import { randomBytes } from 'node:crypto';
import { StoreError } from '../bson/index.ts';
import type { BatchSource } from './fill-batch.ts';

/** A cursor that a client may ask for more of. */
export interface OpenCursor extends BatchSource {
  id: bigint;
  namespace: string;
  isTimeoutOff: boolean;
  /** Whose documents it reads; the cursor ends with an error when that is dropped. */
  collectionId: number | undefined;
  usedAt: number;
}

export interface CursorRegistry {
  add(cursor: Omit<OpenCursor, 'id' | 'usedAt'>): OpenCursor;
  /** Throws CursorNotFound (43). */
  take(id: bigint, namespace: string): OpenCursor;
  remove(id: bigint): boolean;
  /** Closes cursors that nobody asked for since `idleMs`. */
  sweep(idleMs: number, now: number): void;
  size(): number;
  closeAll(): void;
}

export function createCursorRegistry(): CursorRegistry {
  const cursors = new Map<bigint, OpenCursor>();

  function remove(id: bigint): boolean {
    cursors.get(id)?.stream.close();
    return cursors.delete(id);
  }

  return {
    add: (opened) => {
      // A random positive int64: clients must not be able to guess one another's cursors.
      const id = randomBytes(8).readBigUInt64LE() >> 1n || 1n;
      const cursor = { ...opened, id, usedAt: Date.now() };
      cursors.set(id, cursor);
      return cursor;
    },
    take: (id, namespace) => {
      const cursor = cursors.get(id);
      if (!cursor) throw new StoreError(43, `cursor id ${id} not found`);
      if (cursor.namespace !== namespace) {
        throw new StoreError(
          13,
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        );
      }
      cursor.usedAt = Date.now();
      return cursor;
    },
    remove,
    sweep: (idleMs, now) => {
      for (const cursor of cursors.values()) {
        if (!cursor.isTimeoutOff && now - cursor.usedAt > idleMs) remove(cursor.id);
      }
    },
    size: () => cursors.size,
    closeAll: () => {
      for (const id of cursors.keys()) remove(id);
    },
  };
}
