import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createMongoSlotBook, slotQueues } from './mongo-slot-book.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase([slotQueues]);
});
afterAll(() => opened.close());

describe('the queue and the gate of a throttle', () => {
  it('gives several processes different places of one line, a gap apart', async () => {
    const books = Array.from({ length: 4 }, () => createMongoSlotBook(opened));
    const places = (await Promise.all(books.map((book) => book.reserve('f:line', 60, 25, NOW))))
      .flat()
      .sort((a, b) => a - b);
    expect(new Set(places).size).toBe(100);
    expect(places[0]).toBe(NOW);
    const gaps = places.slice(1).map((at, index) => at - (places[index] as number));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  });

  it('never lets more than so many pass in a minute, whoever asks how often', async () => {
    const books = Array.from({ length: 2 }, () => createMongoSlotBook(opened));
    const passed: { at: number; count: number }[] = [];
    for (let at = NOW; at < NOW + 120_000; at += 1000) {
      const counts = await Promise.all(books.map((book) => book.pass('f:gate', 40, 30, at)));
      passed.push({ at, count: counts.reduce((sum, count) => sum + count, 0) });
    }
    for (const { at } of passed) {
      const minute = passed.filter((one) => one.at >= at && one.at < at + 60_000);
      expect(minute.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(40);
    }
    const all = passed.reduce((sum, { count }) => sum + count, 0);
    expect(all).toBeGreaterThan(75);
  });

  it('keeps the queues of two nodes apart', async () => {
    const book = createMongoSlotBook(opened);
    expect(await book.pass('f:one', 1, 5, NOW)).toBe(1);
    expect(await book.pass('f:one', 1, 5, NOW)).toBe(0);
    expect(await book.pass('f:two', 1, 5, NOW)).toBe(1);
  });
});
