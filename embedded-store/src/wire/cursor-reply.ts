import type { Raw } from '../bson/index.ts';

const indexNames: Buffer[] = [];

function elementHead(index: number): Buffer {
  let head = indexNames[index];
  if (!head) {
    head = Buffer.from(`\x03${index}\0`, 'latin1');
    if (index < 100_000) indexNames[index] = head;
  }
  return head;
}

/**
 * The reply `{cursor: {firstBatch|nextBatch: documents, id, ns}, ok: 1}`, put together from the documents' own bytes:
 * a find without projection never decodes what it returns.
 */
export function encodeCursorReply(
  batchName: 'firstBatch' | 'nextBatch',
  documents: readonly Raw[],
  id: bigint,
  namespace: string,
): Buffer {
  let arrayBytes = 5;
  for (let i = 0; i < documents.length; i++) arrayBytes += elementHead(i).length + (documents[i] as Raw).length;
  const name = Buffer.from(`\x04${batchName}\0`, 'latin1');
  const ns = Buffer.from(namespace);
  // cursor document: length, batch element, id element (1 + 3 + 8), ns element (1 + 3 + 4 + bytes + 1), end
  const cursorBytes = 4 + name.length + arrayBytes + 12 + 9 + ns.length + 1;
  const total = 4 + 8 + cursorBytes + 12 + 1;
  const reply = Buffer.allocUnsafe(total);
  let at = reply.writeInt32LE(total, 0);
  at += reply.write('\x03cursor\0', at, 'latin1');
  at = reply.writeInt32LE(cursorBytes, at);
  at += name.copy(reply, at);
  at = reply.writeInt32LE(arrayBytes, at);
  for (let i = 0; i < documents.length; i++) {
    at += elementHead(i).copy(reply, at);
    reply.set(documents[i] as Raw, at);
    at += (documents[i] as Raw).length;
  }
  reply[at++] = 0;
  at += reply.write('\x12id\0', at, 'latin1');
  at = reply.writeBigInt64LE(id, at);
  at += reply.write('\x02ns\0', at, 'latin1');
  at = reply.writeInt32LE(ns.length + 1, at);
  at += ns.copy(reply, at);
  reply[at++] = 0;
  reply[at++] = 0;
  at += reply.write('\x01ok\0', at, 'latin1');
  at = reply.writeDoubleLE(1, at);
  reply[at] = 0;
  return reply;
}
