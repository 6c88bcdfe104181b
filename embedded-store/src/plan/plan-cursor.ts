import type { Raw } from '../bson/index.ts';
import { documentKey } from '../index/entry-key.ts';
import { afterKey } from '../storage/key-bytes.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';
import type { Access, ByteRange } from './plan.ts';

export interface Matcher {
  test(raw: Raw): boolean;
}

/** Walks an access piece by piece. Between two pieces it holds a key and no iterator: LMDB can reuse its pages. */
export interface PlanCursor {
  /** Matching documents, at most `count`, fewer when `stopAt` (of performance.now) passes or nothing is left. */
  next(count: number, stopAt: number): Raw[];
  readonly isDone: boolean;
  readonly keysExamined: number;
  readonly documentsExamined: number;
}

/** Looking at the clock for every key would cost more than the key. */
const keysPerClockLook = 64;

export function openPlanCursor(
  store: OrderedStore,
  collectionId: number,
  access: Access,
  matcher: Matcher | undefined,
): PlanCursor {
  const parts = access.kind === 'union' ? access.parts : [access];
  // One document may stand under several keys of a multikey index and in several parts of a union.
  const seen = mayRepeat(access) ? new Set<string>() : undefined;
  let part = 0;
  let range = 0;
  let resume: Buffer | undefined;
  let keysExamined = 0;
  let documentsExamined = 0;

  function next(count: number, stopAt: number): Raw[] {
    const found: Raw[] = [];
    while (part < parts.length && found.length < count) {
      const current = parts[part] as Access;
      const ranges = rangesOf(current);
      const isReverse = current.kind !== 'nothing' && current.kind !== 'union' && current.reverse;
      const whole = ranges[isReverse ? ranges.length - 1 - range : range];
      if (!whole) {
        part++;
        range = 0;
        continue;
      }
      let isStopped = false;
      const visit = (key: Buffer, value: Buffer): boolean => {
        keysExamined++;
        const document = current.kind === 'index' ? readIndexed(value) : readScanned(key, value);
        if (document) found.push(document);
        if (found.length < count) {
          if (keysExamined % keysPerClockLook !== 0 || performance.now() < stopAt) return true;
        }
        isStopped = true;
        resume = isReverse ? Buffer.from(key) : afterKey(key);
        return false;
      };
      const space = current.kind === 'index' ? 'entries' : 'documents';
      if (current.kind === 'ids') readPoint(whole, visit);
      else store.scan(space, remaining(whole, isReverse), visit);
      if (!isStopped || current.kind === 'ids') {
        range++;
        resume = undefined;
      } else if (found.length < count) break;
    }
    return found;
  }

  function remaining(whole: ByteRange, isReverse: boolean): ByteRange & { reverse: boolean } {
    return {
      from: !isReverse && resume ? resume : whole.from,
      to: isReverse && resume ? resume : whole.to,
      reverse: isReverse,
    };
  }

  function readPoint({ from }: ByteRange, visit: (key: Buffer, value: Buffer) => boolean): void {
    const value = store.get('documents', from);
    if (value) visit(from, value);
  }

  function readIndexed(id: Buffer): Raw | undefined {
    if (seen && !isNew(seen, id.toString('latin1'))) return undefined;
    const document = store.get('documents', documentKey(collectionId, id));
    if (!document) return undefined;
    documentsExamined++;
    return !matcher || matcher.test(document) ? document : undefined;
  }

  function readScanned(key: Buffer, value: Buffer): Raw | undefined {
    documentsExamined++;
    if (matcher && !matcher.test(value)) return undefined;
    if (seen && !isNew(seen, key.toString('latin1', 4))) return undefined;
    return Buffer.from(value);
  }

  return {
    next,
    get isDone() {
      return part >= parts.length;
    },
    get keysExamined() {
      return keysExamined;
    },
    get documentsExamined() {
      return documentsExamined;
    },
  };
}

function rangesOf(access: Access): readonly ByteRange[] {
  return access.kind === 'nothing' || access.kind === 'union' ? [] : access.ranges;
}

function mayRepeat(access: Access): boolean {
  return access.kind === 'union' || (access.kind === 'index' && access.index.isMultikey);
}

function isNew(seen: Set<string>, id: string): boolean {
  const size = seen.size;
  return seen.add(id).size > size;
}

/** Counts the keys of an exact access without reading a document. */
export function countAccess(store: OrderedStore, access: Access): number {
  let count = 0;
  for (const range of rangesOf(access)) {
    store.scan(access.kind === 'index' ? 'entries' : 'documents', range, () => {
      count++;
      return true;
    });
  }
  return count;
}
