import { deserialize, type Document, serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../storage/memory-store.ts';
import { dispatch } from './dispatch.ts';
import { createEngine, type Engine } from './engine.ts';

async function ask(engine: Engine, body: Uint8Array, sequences: [string, Buffer[]][] = []): Promise<Document> {
  const request = { requestId: 1, isLegacyQuery: false, isUnanswered: false };
  return deserialize(await dispatch(engine, { ...request, body: Buffer.from(body), sequences: new Map(sequences) }, 1));
}

/** A document whose string claims to be far longer than the document. */
function brokenDocument(): Buffer {
  const broken = Buffer.from(serialize({ text: 'abc' }));
  broken.writeInt32LE(0x7fff_ffff, 10);
  return broken;
}

describe('the dispatcher', () => {
  it('[STORE-2] refuses a broken document of an insert and stores the whole ones beside it', async () => {
    const engine = createEngine(openMemoryStore());
    const insert = serialize({ insert: 'things', $db: 'test', ordered: false });
    const documents = [Buffer.from(serialize({ _id: 1 })), brokenDocument()];
    const reply = await ask(engine, insert, [['documents', documents]]);
    expect(reply).toMatchObject({ ok: 1, n: 1, writeErrors: [{ index: 1, code: 22 }] });
    expect(engine.catalog.find('test', 'things')?.count).toBe(1);
  });

  it.each([
    ['update', 'updates'],
    ['delete', 'deletes'],
  ])('[STORE-2] refuses a broken statement of %s', async (command, list) => {
    const body = serialize({ [command]: 'things', $db: 'test' });
    expect(await ask(createEngine(openMemoryStore()), body, [[list, [brokenDocument()]]])).toMatchObject({
      ok: 0,
      code: 22,
    });
  });

  it('[STORE-2] refuses a command whose body is broken', async () => {
    expect(await ask(createEngine(openMemoryStore()), brokenDocument())).toMatchObject({ ok: 0, code: 22 });
  });
});
