import { deserialize, serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import { encodeCursorReply } from './cursor-reply.ts';
import { assertValidBson } from '../bson/validate.ts';
import { decodeCommandBody } from './command-body.ts';
import { opcode, parseMessage } from './message.ts';

function opMsg(flags: number, sections: Uint8Array[], trailer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(20);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opcode.message, 12);
  header.writeUInt32LE(flags, 16);
  const message = Buffer.concat([header, ...sections, trailer]);
  message.writeInt32LE(message.length, 0);
  return message;
}

const body = (document: object): Buffer => Buffer.concat([Buffer.from([0]), serialize(document)]);

function sequence(name: string, documents: object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((document) => serialize(document))]);
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

describe('OP_MSG', () => {
  it('[STORE-1] joins the body with its document sequences, checksum or not', () => {
    const sections = [sequence('documents', [{ a: 1 }, { a: 2 }]), body({ insert: 'c', $db: 'd' })];
    for (const message of [opMsg(0, sections), opMsg(1, sections, Buffer.alloc(4))]) {
      const request = parseMessage(message);
      expect(request.requestId).toBe(7);
      const { name, fields } = decodeCommandBody(request.body, request.sequences);
      expect(name).toBe('insert');
      expect(fields['$db']).toBe('d');
      expect((fields['documents'] as Buffer[]).map((raw) => deserialize(raw))).toEqual([{ a: 1 }, { a: 2 }]);
    }
  });

  it('[STORE-1] with moreToCome wants no answer', () => {
    expect(parseMessage(opMsg(2, [body({ ping: 1 })])).isUnanswered).toBe(true);
  });

  it.each([
    ['unknown required flags', opMsg(8, [body({ ping: 1 })])],
    ['no body', opMsg(0, [])],
    ['two bodies', opMsg(0, [body({ ping: 1 }), body({ ping: 1 })])],
    ['a section that runs past the end', opMsg(0, [Buffer.from([0, 99, 0, 0, 0])])],
  ])('[STORE-1] refuses %s', (_what, message) => {
    expect(() => parseMessage(message)).toThrow(expect.objectContaining({ code: 17 }));
  });

  it('[STORE-1] refuses compression with a sentence', () => {
    const message = opMsg(0, [body({ ping: 1 })]);
    message.writeInt32LE(opcode.compressed, 12);
    expect(() => parseMessage(message)).toThrow('connect without compressors');
  });
});

describe('replies and documents', () => {
  it('puts a cursor reply together that reads as one document', () => {
    const documents = Array.from({ length: 12 }, (_, i) => serialize({ _id: i, text: 'x'.repeat(i) }));
    const reply = deserialize(encodeCursorReply('nextBatch', documents, 77n, 'd.c'), { useBigInt64: true });
    expect(reply).toEqual({
      cursor: { nextBatch: documents.map((raw) => deserialize(raw)), id: 77n, ns: 'd.c' },
      ok: 1,
    });
  });

  it('[STORE-2] refuses bytes that are no document', () => {
    const good = serialize({ a: { b: [1, 'two', null] } });
    expect(() => assertValidBson(good)).not.toThrow();
    for (let i = 0; i < 4; i++) {
      const broken = Buffer.from(good);
      broken[i] = (broken[i] ?? 0) + 1;
      expect(() => assertValidBson(broken)).toThrow(expect.objectContaining({ code: 22 }));
    }
  });

  it('[STORE-2] refuses a document nested too deeply', () => {
    let deep: object = {};
    for (let i = 0; i < 250; i++) deep = { a: deep };
    expect(() => assertValidBson(serialize(deep))).toThrow(expect.objectContaining({ code: 15 }));
  });
});
