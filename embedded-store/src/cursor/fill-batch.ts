import type { Raw } from '../bson/index.ts';
import { maxDocumentBytes } from '../wire/limits.ts';
import type { DocumentStream } from './document-stream.ts';

/** Documents pulled at a time: at first, when nothing is known of their size, and at most. */
const firstPull = 16;
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
  const batch: Raw[] = source.pending.splice(0, count);
  return fill(source, count, { batch, bytes: batch.reduce((sum, document) => sum + document.length, 0) });
}

/** Stays synchronous as long as the stream answers at once: the usual case, a small batch that is ready. */
function fill(source: BatchSource, count: number, reply: Reply): Raw[] | Promise<Raw[]> {
  while (reply.batch.length < count && reply.bytes < maxDocumentBytes && !source.isDry) {
    const wanted = Math.min(count - reply.batch.length, pieceFor(reply));
    const pulled = source.stream.pull(wanted);
    if (!Array.isArray(pulled))
      return pulled.then((piece) => {
        add(source, reply, piece, wanted);
        return fill(source, count, reply);
      });
    add(source, reply, pulled, wanted);
  }
  return fitIntoReply(source, reply.batch);
}

interface Reply {
  batch: Raw[];
  bytes: number;
}

/** What does not fit into the reply waits in memory, so that large documents are not pulled by the thousand. */
function pieceFor({ batch, bytes }: Reply): number {
  if (batch.length === 0) return firstPull;
  const left = Math.ceil(((maxDocumentBytes - bytes) * batch.length) / bytes);
  return Math.min(pullSize, Math.max(1, left));
}

function add(source: BatchSource, reply: Reply, pulled: readonly Raw[], wanted: number): void {
  source.isDry = pulled.length < wanted;
  for (const document of pulled) {
    reply.batch.push(document);
    reply.bytes += document.length;
  }
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
