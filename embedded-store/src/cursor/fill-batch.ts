import type { Raw } from '../bson/index.ts';
import { maxDocumentBytes } from '../wire/limits.ts';
import type { DocumentStream } from './document-stream.ts';

/** Documents pulled at a time when the client leaves the number to the server. */
const pullSize = 1_000;

/** A stream with the documents that were pulled and did not fit into the last reply. */
export interface BatchSource {
  stream: DocumentStream;
  pending: Raw[];
  /** The stream gave fewer than asked for: nothing is left in it. */
  isDry: boolean;
}

export function isExhausted({ stream, pending, isDry }: BatchSource): boolean {
  return pending.length === 0 && (isDry || stream.isDone());
}

/** One reply's worth of documents: at most `count`, at most 16 MiB, at least one when there is one. */
export function fillBatch(source: BatchSource, count: number): Raw[] | Promise<Raw[]> {
  if (count === 0) return [];
  // The usual case, a small batch that is ready at once, stays synchronous.
  if (source.pending.length === 0 && count <= pullSize) {
    const pulled = source.stream.pull(count);
    return Array.isArray(pulled) ? take(source, pulled, count) : pulled.then((batch) => take(source, batch, count));
  }
  return fillInPieces(source, count);
}

async function fillInPieces(source: BatchSource, count: number): Promise<Raw[]> {
  const batch: Raw[] = source.pending.splice(0, count);
  let bytes = batch.reduce((sum, document) => sum + document.length, 0);
  while (batch.length < count && bytes < maxDocumentBytes && !source.isDry) {
    const wanted = Math.min(pullSize, count - batch.length);
    const pulled = await source.stream.pull(wanted);
    source.isDry = pulled.length < wanted;
    for (const document of pulled) {
      batch.push(document);
      bytes += document.length;
    }
  }
  return fitIntoReply(source, batch);
}

function take(source: BatchSource, pulled: Raw[], wanted: number): Raw[] {
  source.isDry = pulled.length < wanted;
  return fitIntoReply(source, pulled);
}

function fitIntoReply(source: BatchSource, batch: Raw[]): Raw[] {
  let bytes = 0;
  for (let i = 0; i < batch.length; i++) {
    bytes += (batch[i] as Raw).length;
    if (bytes > maxDocumentBytes && i > 0) {
      source.pending = [...batch.splice(i), ...source.pending];
      break;
    }
  }
  return batch;
}
