import type { Document, Long } from 'bson';
import { StoreError } from '../bson/index.ts';
import type { DocumentStream } from '../cursor/document-stream.ts';
import { type BatchSource, fillBatch, isExhausted } from '../cursor/fill-batch.ts';
import type { Engine } from '../server/engine.ts';
import { encodeCursorReply } from '../wire/cursor-reply.ts';
import { type CommandHandler, collectionNameOf, optionalArray, optionalCount } from './command.ts';
import type { Raw } from '../bson/index.ts';

/** MongoDB's size of a first batch when the client names none. */
const defaultFirstBatch = 101;

/** Answers a command with the first batch of a stream, and keeps the stream as a cursor when there is more. */
export function replyWithCursor(
  engine: Engine,
  namespace: string,
  stream: DocumentStream,
  options: { batchSize: number | undefined; isSingleBatch?: boolean; isTimeoutOff?: boolean; collectionId?: number },
): Buffer | Promise<Buffer> {
  const source: BatchSource = { stream, pending: [], isDry: false };
  const count = options.batchSize ?? defaultFirstBatch;
  const finish = (batch: Raw[]): Buffer => {
    if (options.isSingleBatch || isExhausted(source)) {
      stream.close();
      return encodeCursorReply('firstBatch', batch, 0n, namespace);
    }
    const cursor = engine.cursors.add({
      ...source,
      namespace,
      isTimeoutOff: options.isTimeoutOff ?? false,
      collectionId: options.collectionId,
    });
    return encodeCursorReply('firstBatch', batch, cursor.id, namespace);
  };
  const filled = fillBatch(source, count);
  return Array.isArray(filled) ? finish(filled) : filled.then(finish);
}

export const getMore: CommandHandler = async ({ engine, db, fields }) => {
  const collection = fields['collection'];
  if (typeof collection !== 'string') throw new StoreError(14, "BSON field 'getMore.collection' must be a string");
  const namespace = `${db}.${collection}`;
  const cursor = engine.cursors.take(idFrom(fields['getMore']), namespace);
  if (cursor.collectionId !== undefined && !engine.catalog.byId(cursor.collectionId)) {
    engine.cursors.remove(cursor.id);
    throw new StoreError(175, `collection dropped between getMore calls: ${namespace}`);
  }
  const count = optionalCount(fields, 'batchSize') || Number.POSITIVE_INFINITY;
  try {
    const batch = await fillBatch(cursor, count);
    const isOver = isExhausted(cursor);
    if (isOver) engine.cursors.remove(cursor.id);
    return encodeCursorReply('nextBatch', batch, isOver ? 0n : cursor.id, namespace);
  } catch (error) {
    engine.cursors.remove(cursor.id);
    throw error;
  }
};

export const killCursors: CommandHandler = (request): Document => {
  const { engine, fields } = request;
  collectionNameOf(request);
  const ids = (optionalArray(fields, 'cursors') ?? []) as Long[];
  const killed = ids.filter((id) => engine.cursors.remove(idFrom(id)));
  const missing = ids.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] };
};

function idFrom(value: unknown): bigint {
  try {
    return BigInt(String(value));
  } catch {
    throw new StoreError(14, "BSON field 'getMore.getMore' must be a long");
  }
}
