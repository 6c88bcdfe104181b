import { describe, expect, it } from 'vitest';
import { openCatalog } from '../catalog/catalog.ts';
import { StoreError } from '../bson/index.ts';
import { openMemoryStore } from '../storage/memory-store.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A queue, and how many bodies each of its transactions held. */
function startQueue(patience: { slowSyncMs: number; patienceMs: number }): { queue: WriteQueue; sizes: number[] } {
  const store = openMemoryStore();
  const sizes: number[] = [];
  let bodies = 0;
  const counting = {
    ...store,
    write: <T>(body: () => T): T => {
      bodies = 0;
      const result = store.write(body);
      sizes.push(bodies);
      return result;
    },
  };
  const queue = createWriteQueue(counting, openCatalog(store), patience);
  return { queue: { ...queue, run: (body) => queue.run(() => (bodies++, body())) }, sizes };
}

describe('the write queue', () => {
  const patient = { slowSyncMs: 0, patienceMs: 60_000 };

  it('[STORE-23] makes one transaction of what one turn brings', async () => {
    const { queue, sizes } = startQueue(patient);
    expect(await Promise.all([queue.run(() => 1), queue.run(() => 2), queue.run(() => 3)])).toEqual([1, 2, 3]);
    expect(sizes).toEqual([3]);
  });

  it('[STORE-23] lets those who waited during a slow commit wait for those whom it answered', async () => {
    const { queue, sizes } = startQueue(patient);
    await Promise.all([queue.run(() => 1), queue.run(() => 2)]);
    const waiting = queue.run(() => 3);
    await turn();
    await turn();
    expect(sizes).toEqual([2]);
    await Promise.all([waiting, queue.run(() => 4), queue.run(() => 5)]);
    expect(sizes).toEqual([2, 3]);
  });

  it('[STORE-23] waits for nobody longer than a moment', async () => {
    const { queue, sizes } = startQueue({ slowSyncMs: 0, patienceMs: 1 });
    await queue.run(() => 1);
    await queue.run(() => 2);
    expect(sizes).toEqual([1, 1]);
  });

  it.each([
    ['a lone writer does not wait', patient, true],
    ['on a quick disk nobody waits', { slowSyncMs: Number.POSITIVE_INFINITY, patienceMs: 60_000 }, false],
  ])('[STORE-23] %s', async (_name, patience, isLate) => {
    const { queue, sizes } = startQueue(patience);
    for (let i = 0; i < 3; i++) {
      await queue.run(() => i);
      // A client that was answered asks again a turn or more later.
      if (isLate) await turn();
    }
    expect(sizes).toEqual([1, 1, 1]);
  });

  it('[STORE-11] runs the others again when one body breaks their transaction', async () => {
    const { queue } = startQueue(patient);
    const outcomes = await Promise.allSettled([
      queue.run(() => 1),
      queue.run(() => {
        throw new Error('broken');
      }),
      queue.run(() => {
        throw new StoreError(2, 'refused');
      }),
      queue.run(() => 4),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });

  it('has nothing left when it is drained, however long it would have waited', async () => {
    const { queue, sizes } = startQueue({ slowSyncMs: 0, patienceMs: 20 });
    await queue.run(() => 1);
    const last = queue.run(() => 2);
    await queue.drain();
    expect(sizes).toEqual([1, 1]);
    expect(await last).toBe(2);
  });
});
