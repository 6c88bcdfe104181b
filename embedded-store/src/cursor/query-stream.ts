import { type Raw, StoreError } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Sort } from '../match/index.ts';
import type { Plan } from '../plan/plan.ts';
import { type Matcher, openPlanCursor, type PlanCursor } from '../plan/plan-cursor.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';
import { type DocumentStream, giveWay, sliceMs, type TimeLimit } from './document-stream.ts';

/** A sort that no index gives holds its documents in memory: at most this much, as MongoDB. */
export const maxSortBytes = 100 * 1024 * 1024;

export interface QueryRequest {
  collection: Collection;
  plan: Plan;
  matcher: Matcher | undefined;
  /** Given when the plan does not bring the order itself. */
  sort?: Pick<Sort, 'key'> | undefined;
  skip: number;
  /** 0 is no limit. */
  limit: number;
  project?: ((raw: Raw) => Raw) | undefined;
  timeLimit: TimeLimit;
  /** Sees the plan cursor when it is opened, for explain. */
  onOpen?: (cursor: PlanCursor) => void;
}

interface Keyed {
  key: Buffer;
  raw: Raw;
}

const byKey = (a: Keyed, b: Keyed): number => Buffer.compare(a.key, b.key);
const pieces = 1_000;

/** Runs a planned query: match, sort, skip, limit, project. */
export function openQueryStream(store: OrderedStore, request: QueryRequest): DocumentStream {
  const { collection, plan, sort, limit, project, timeLimit } = request;
  const cursor = openPlanCursor(store, collection.id, plan.access, request.matcher);
  request.onOpen?.(cursor);
  let toSkip = request.skip;
  let sent = 0;
  let sorted: Raw[] | undefined;
  let sortedAt = 0;

  function pull(count: number): Raw[] | Promise<Raw[]> {
    const wanted = limit > 0 ? Math.min(count, limit - sent) : count;
    if (wanted <= 0) return [];
    if (sort)
      return sorted ? takeSorted(sorted, wanted) : sortAll(sort).then((all) => takeSorted((sorted = all), wanted));
    const found = cursor.next(wanted + toSkip, performance.now() + sliceMs);
    timeLimit.check();
    if (cursor.isDone || found.length >= wanted + toSkip) return deliver(found);
    return continuePull(found, wanted);
  }

  async function continuePull(found: Raw[], wanted: number): Promise<Raw[]> {
    let all = found;
    while (!cursor.isDone && all.length < wanted + toSkip) {
      await giveWay();
      timeLimit.check();
      all = all.concat(cursor.next(wanted + toSkip - all.length, performance.now() + sliceMs));
    }
    return deliver(all);
  }

  function deliver(found: Raw[]): Raw[] {
    const skipped = Math.min(toSkip, found.length);
    toSkip -= skipped;
    const batch = skipped > 0 ? found.slice(skipped) : found;
    sent += batch.length;
    return project ? batch.map(project) : batch;
  }

  function takeSorted(all: Raw[], wanted: number): Raw[] {
    const batch = all.slice(sortedAt, sortedAt + wanted);
    sortedAt += batch.length;
    sent += batch.length;
    return project ? batch.map(project) : batch;
  }

  async function sortAll({ key }: Pick<Sort, 'key'>): Promise<Raw[]> {
    const keep = limit > 0 ? request.skip + limit : Number.POSITIVE_INFINITY;
    let all: Keyed[] = [];
    let bytes = 0;
    while (!cursor.isDone) {
      for (const raw of cursor.next(pieces, performance.now() + sliceMs)) {
        all.push({ key: key(raw), raw });
        bytes += raw.length;
      }
      timeLimit.check();
      // With a limit only the first so many can come out, so the rest is let go again and again.
      if (all.length > 2 * keep + pieces) {
        all = all.sort(byKey).slice(0, keep);
        bytes = all.reduce((sum, { raw }) => sum + raw.length, 0);
      }
      if (bytes > maxSortBytes) throw sortTooLarge();
      if (!cursor.isDone) await giveWay();
    }
    return all
      .sort(byKey)
      .slice(request.skip, keep)
      .map(({ raw }) => raw);
  }

  function isDone(): boolean {
    if (limit > 0 && sent >= limit) return true;
    return sorted ? sortedAt >= sorted.length : !sort && cursor.isDone;
  }

  return { pull, isDone, close: () => (sorted = []) };
}

function sortTooLarge(): StoreError {
  return new StoreError(
    292,
    `Executor error during find command :: caused by :: Sort exceeded memory limit of ${maxSortBytes} bytes, but did ` +
      'not opt in to external sorting. Add an index that brings this order, or a limit.',
  );
}
