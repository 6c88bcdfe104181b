import { describe, expect, it } from 'vitest';
import { maxDocumentBytes } from '../wire/limits.ts';
import type { DocumentStream } from './document-stream.ts';
import { type BatchSource, fillBatch } from './fill-batch.ts';

const CHUNK = Buffer.alloc(255 * 1024);

/** Documents without end, pulled at once or later. */
function sourceOf(document: Buffer, isLate: boolean): BatchSource {
  const stream: DocumentStream = {
    pull: (count) => {
      const pulled = Array.from({ length: count }, () => document);
      return isLate ? Promise.resolve(pulled) : pulled;
    },
    isDone: () => false,
    close: () => {},
  };
  return { stream, pending: [], isDry: false };
}

describe.each([
  ['at once', false],
  ['later', true],
])('a reply of documents that come %s', (_when, isLate) => {
  it.each([101, 1000, Number.POSITIVE_INFINITY])(
    '[STORE-9] is full, and leaves at most another one of large documents in memory, when %d are asked for',
    async (count) => {
      const source = sourceOf(CHUNK, isLate);
      for (let reply = 0; reply < 5; reply += 1) {
        const batch = await fillBatch(source, count);
        expect(batch).toHaveLength(Math.min(count, Math.floor(maxDocumentBytes / CHUNK.length)));
        expect(source.pending.length * CHUNK.length).toBeLessThan(maxDocumentBytes);
      }
    },
  );

  it('[STORE-9] holds as many small documents as are asked for', async () => {
    const source = sourceOf(Buffer.alloc(100), isLate);
    expect(await fillBatch(source, 101)).toHaveLength(101);
    expect(await fillBatch(source, 2500)).toHaveLength(2500);
    expect(source.pending).toEqual([]);
  });
});
