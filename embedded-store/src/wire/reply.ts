import { opcode } from './message.ts';

let nextReplyId = 1;

function writeHeader(target: Buffer, responseTo: number, code: number): void {
  target.writeInt32LE(target.length, 0);
  target.writeInt32LE(nextReplyId, 4);
  nextReplyId = (nextReplyId + 1) & 0x7fffffff;
  target.writeInt32LE(responseTo, 8);
  target.writeInt32LE(code, 12);
}

/** Frames a BSON document as the OP_MSG answer to a request. */
export function frameOpMsgReply(responseTo: number, body: Uint8Array): Buffer {
  const reply = Buffer.allocUnsafe(21 + body.length);
  writeHeader(reply, responseTo, opcode.message);
  reply.writeUInt32LE(0, 16);
  reply[20] = 0;
  reply.set(body, 21);
  return reply;
}

/** Frames a BSON document as the OP_REPLY that a legacy OP_QUERY hello expects. */
export function frameLegacyReply(responseTo: number, body: Uint8Array): Buffer {
  const reply = Buffer.alloc(36 + body.length);
  writeHeader(reply, responseTo, opcode.reply);
  reply.writeInt32LE(8, 16); // AwaitCapable, as every server since 2.0 says
  reply.writeInt32LE(1, 32);
  reply.set(body, 36);
  return reply;
}
