import { BSON, Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import type { Document } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, startTestStore, type TestStore } from '../../test/start-test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore({ isOnDisk: true });
});
afterAll(() => store.stop());
beforeEach(async () => {
  await store.db.dropDatabase();
});

const things = () => store.db.collection<Document>('things');

describe('writes', () => {
  it('[STORE-3] keep every BSON type as it came', async () => {
    const given = {
      _id: new ObjectId(),
      int: new Int32(1),
      long: Long.fromString('9007199254740993'),
      double: new Double(1),
      decimal: Decimal128.fromString('0.10'),
      date: new Date(-1),
      negativeZero: new Double(-0),
      bytes: Buffer.from([1, 2, 3]),
      text: 'déjà vu',
      nothing: null,
      nested: { list: [1, { deep: true }] },
    };
    await things().insertOne(given);
    const [raw] = await things().find({}, { raw: true }).toArray();
    expect(Buffer.from(raw as never).equals(BSON.serialize(given))).toBe(true);
    await things().updateOne({ _id: given._id }, { $set: { other: 1 } });
    const [after] = await things()
      .find({}, { raw: true, projection: { other: 0 } })
      .toArray();
    expect(BSON.deserialize(after as never, { promoteValues: false })['double']).toBeInstanceOf(Double);
  });

  it('[STORE-3] put _id first and make one where there is none', async () => {
    const command = await store.db.command({ insert: 'things', documents: [{ a: 1, _id: 5 }, { b: 2 }] });
    expect(command['n']).toBe(2);
    const [first, second] = await things().find().toArray();
    expect(Object.keys(first ?? {})).toEqual(['_id', 'a']);
    expect(second?.['_id']).toBeInstanceOf(ObjectId);
  });

  it('[STORE-5] name the index, the pattern and the value of a duplicate', async () => {
    await things().createIndex({ 'address.zip': 1, name: -1 }, { unique: true });
    await things().insertOne({ _id: 1 as never, name: 'a', address: { zip: 'z' } });
    const again = await errorOf(things().insertOne({ name: 'a', address: { zip: 'z' } }));
    expect(again).toMatchObject({
      code: 11000,
      message:
        'E11000 duplicate key error collection: test.things index: address.zip_1_name_-1 dup key: { address.zip: "z", name: "a" }',
      keyPattern: { 'address.zip': 1, name: -1 },
      keyValue: { 'address.zip': 'z', name: 'a' },
    });
    expect(await errorOf(things().insertOne({ _id: 1 as never }))).toMatchObject({
      code: 11000,
      message: 'E11000 duplicate key error collection: test.things index: _id_ dup key: { _id: 1 }',
    });
    expect(await things().countDocuments()).toBe(1);
  });

  it('[STORE-5] refuse a duplicate that an update would make, and change nothing', async () => {
    await things().createIndex({ email: 1 }, { unique: true });
    await things().insertMany([
      { _id: 1 as never, email: 'a' },
      { _id: 2 as never, email: 'b' },
    ]);
    expect(await errorOf(things().updateOne({ _id: 2 as never }, { $set: { email: 'a', x: 1 } }))).toMatchObject({
      code: 11000,
    });
    expect(await things().findOne({ _id: 2 as never })).toEqual({ _id: 2, email: 'b' });
  });

  it('[STORE-5] refuse a unique index over duplicates and leave no trace of it', async () => {
    await things().insertMany([{ email: 'a' }, { email: 'a' }]);
    expect(await errorOf(things().createIndex({ email: 1 }, { unique: true }))).toMatchObject({ code: 11000 });
    expect(await things().indexes()).toHaveLength(1);
    await things().createIndex({ email: 1 });
    expect((await store.db.command({ validate: 'things' }))['valid']).toBe(true);
  });

  it('[STORE-4] stop at the first error when ordered, go on when not', async () => {
    const documents = [{ _id: 1 as never }, { _id: 1 as never }, { _id: 2 as never }];
    await errorOf(things().insertMany(documents));
    expect(await things().countDocuments()).toBe(1);
    await errorOf(things().insertMany(documents, { ordered: false }));
    expect(await things().countDocuments()).toBe(2);
  });

  it('[STORE-4] never let two concurrent upserts of one key make two documents', async () => {
    await things().createIndex({ key: 1 }, { unique: true });
    const upserts = Array.from({ length: 40 }, () =>
      things().updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true }),
    );
    await Promise.all(upserts);
    expect(
      await things()
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).toEqual([{ key: 'k', n: 40 }]);
  });

  it('[STORE-4] visit each document once even when an update moves it along the index', async () => {
    await things().createIndex({ n: 1 });
    await things().insertMany(Array.from({ length: 50 }, (_, n) => ({ n })));
    expect((await things().updateMany({ n: { $gte: 0 } }, { $inc: { n: 10 } })).modifiedCount).toBe(50);
    expect(
      await things()
        .find()
        .sort({ n: 1 })
        .map(({ n }) => n)
        .toArray(),
    ).toEqual(Array.from({ length: 50 }, (_, i) => i + 10));
  });

  it('[STORE-4] reach any number of documents, in order with the statements around them', async () => {
    await things().createIndex({ n: 1 });
    await things().insertMany(Array.from({ length: 3_500 }, (_, n) => ({ _id: n as never, n })));
    const outcome = await things().bulkWrite([
      { updateOne: { filter: { _id: 0 as never }, update: { $set: { n: 5_000 } } } },
      { updateMany: { filter: { n: { $gte: 1 } }, update: { $inc: { n: 1 } } } },
      { updateOne: { filter: { _id: 1 as never }, update: { $mul: { n: 10 } } } },
      { deleteMany: { filter: { n: { $gt: 100 } } } },
      { updateMany: { filter: { n: -1 }, update: { $set: { made: true } }, upsert: true } },
    ]);
    expect(outcome).toMatchObject({ modifiedCount: 3_502, deletedCount: 3_401, upsertedCount: 1 });
    expect(await things().countDocuments()).toBe(100);
    expect((await things().findOne({ _id: 1 as never }))?.['n']).toBe(20);
    expect((await store.db.command({ validate: 'things' }))['errors']).toEqual([]);
  });

  it('[STORE-2] refuse a document above 16 MiB', async () => {
    await things().insertOne({ _id: 1 as never, half: 'x'.repeat(9_000_000) });
    const grown = things().updateOne({ _id: 1 as never }, { $set: { other: 'x'.repeat(9_000_000) } });
    expect(await errorOf(grown)).toMatchObject({ code: 10334 });
    expect(await errorOf(things().insertOne({ all: 'x'.repeat(16_777_216) }))).toMatchObject({ code: 10334 });
  });

  it('[STORE-2] take a document that an update makes exactly 16 MiB, and refuse one byte more', async () => {
    await things().insertOne({ _id: 1 as never, text: '' });
    const room = 16_777_216 - BSON.calculateObjectSize({ _id: 1, text: '' });
    const grow = (bytes: number) => things().updateOne({ _id: 1 as never }, { $set: { text: 'x'.repeat(bytes) } });
    expect(await errorOf(grow(room + 1))).toMatchObject({ code: 17419 });
    expect((await grow(room)).modifiedCount).toBe(1);
    expect((await things().findOne())?.['text']).toHaveLength(room);
  });

  it('[STORE-6] keep keys longer than LMDB takes, and find by them', async () => {
    await things().createIndex({ text: 1 }, { unique: true });
    const long = 'x'.repeat(5000);
    await things().insertMany([
      { text: `${long}a` },
      { text: `${long}b` },
      { _id: `${long}id` as never, text: 'short' },
    ]);
    expect(await things().countDocuments({ text: `${long}b` })).toBe(1);
    expect(await things().countDocuments({ text: { $gt: `${long}a` } })).toBe(1);
    expect(await errorOf(things().insertOne({ text: `${long}a` }))).toMatchObject({ code: 11000 });
    expect((await things().findOne({ _id: `${long}id` as never }))?.['text']).toBe('short');
    expect((await things().find().sort({ text: -1 }).toArray()).map(({ text }) => text.at(-1))).toEqual([
      'b',
      'a',
      't',
    ]);
    expect((await store.db.command({ validate: 'things' }))['errors']).toEqual([]);
  });
});

describe('cursors', () => {
  it('[STORE-9] give everything in batches and are gone at the end', async () => {
    await things().insertMany(Array.from({ length: 250 }, (_, i) => ({ _id: i as never })));
    const found = await things().find().batchSize(100).toArray();
    expect(found.map(({ _id }) => _id)).toEqual(Array.from({ length: 250 }, (_, i) => i));
    expect(store.server.engine.cursors.size()).toBe(0);
  });

  it('[STORE-9] keep batches within 16 MiB', async () => {
    await things().insertMany(Array.from({ length: 30 }, (_, i) => ({ _id: i as never, text: 'x'.repeat(1_000_000) })));
    expect(await things().find().toArray()).toHaveLength(30);
  });

  it('[STORE-9] go on from their place while documents come and go', async () => {
    await things().insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: (i * 2) as never })));
    const cursor = things().find().batchSize(5);
    const first = [
      await cursor.next(),
      await cursor.next(),
      await cursor.next(),
      await cursor.next(),
      await cursor.next(),
    ];
    await things().deleteMany({ _id: { $in: [0, 8, 10, 12] } } as never);
    await things().insertOne({ _id: 11 as never });
    const rest = await cursor.toArray();
    expect([...first, ...rest].map((found) => found?.['_id'])).toEqual([
      0, 2, 4, 6, 8, 11, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38,
    ]);
  });

  it('[STORE-9] end with CursorNotFound after they were killed, and with QueryPlanKilled after a drop', async () => {
    await things().insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: i as never })));
    const open = await store.db.command({ find: 'things', batchSize: 2 });
    await store.db.command({ killCursors: 'things', cursors: [open['cursor'].id] });
    expect(await errorOf(store.db.command({ getMore: open['cursor'].id, collection: 'things' }))).toMatchObject({
      code: 43,
    });
    const other = await store.db.command({ find: 'things', batchSize: 2 });
    await things().drop();
    expect(await errorOf(store.db.command({ getMore: other['cursor'].id, collection: 'things' }))).toMatchObject({
      code: 175,
    });
  });

  it('[STORE-9] that nobody asks for are closed after a while', async () => {
    await things().insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: i as never })));
    const open = await store.db.command({ find: 'things', batchSize: 2 });
    store.server.engine.cursors.sweep(600_000, Date.now() + 600_001);
    expect(await errorOf(store.db.command({ getMore: open['cursor'].id, collection: 'things' }))).toMatchObject({
      code: 43,
    });
  });
});

/** The code that a command ends in, be it the command's own or that of its first statement. */
async function codeOf(work: Promise<Document>): Promise<unknown> {
  const reply = await work.catch((error: Document) => error);
  return reply['writeErrors']?.[0]?.code ?? reply['code'];
}

describe('what is not offered', () => {
  it.each<[string, Document, number]>([
    ['an unknown command', { mapReduce: 'things' }, 59],
    ['an unknown field', { find: 'things', fancy: true }, 40415],
    [
      'a transaction',
      { insert: 'things', documents: [{}], txnNumber: Long.ONE, autocommit: false, startTransaction: true },
      20,
    ],
    ['a change stream', { aggregate: 'things', pipeline: [{ $changeStream: {} }], cursor: {} }, 40573],
    ['an unknown stage', { aggregate: 'things', pipeline: [{ $fancy: {} }], cursor: {} }, 40324],
    ['a collation', { find: 'things', collation: { locale: 'en' } }, 238],
    [
      'a collation of a statement',
      { update: 'things', updates: [{ q: {}, u: { $set: { a: 1 } }, collation: { locale: 'en' } }] },
      238,
    ],
    ['a text index', { createIndexes: 'things', indexes: [{ key: { a: 'text' }, name: 't' }] }, 67],
    ['a view', { create: 'view', viewOn: 'things', pipeline: [] }, 238],
    ['a capped collection', { create: 'capped', capped: true, size: 1000 }, 238],
    ['validation', { create: 'checked', validator: { a: 1 } }, 238],
    ['$where', { find: 'things', filter: { $where: '1' } }, 2],
    ['a name with a dollar', { insert: 'a$b', documents: [{}] }, 73],
    ['an empty batch', { insert: 'things', documents: [] }, 16],
    ['an index that is not there', { dropIndexes: 'things', index: 'nope' }, 27],
    ['a second collection of a name', { create: 'things' }, 48],
    ['a negative skip', { find: 'things', skip: -1 }, 51024],
    ['a wrong type', { find: 'things', filter: 1 }, 14],
    ['an index of the collection that is not there', { dropIndexes: 'nope', index: 'nope' }, 26],
    ['the end of the _id index', { dropIndexes: 'things', index: '_id_' }, 72],
    [
      'an index of another name for the same key',
      { createIndexes: 'things', indexes: [{ key: { a: 1 }, name: 'b' }] },
      85,
    ],
    [
      'an index of the same name with another key',
      { createIndexes: 'things', indexes: [{ key: { b: 1 }, name: 'a' }] },
      86,
    ],
    ['an index of two arrays', { insert: 'things', documents: [{ a: [1], c: [2] }] }, 171],
    ['a collection renamed to itself', { renameCollection: 'test.things', to: 'test.things' }, 20],
  ])("[STORE-10] is refused with MongoDB's code: %s", async (_what, command, code) => {
    await things().createIndexes([
      { key: { a: 1 }, name: 'a' },
      { key: { a: 1, c: 1 }, name: 'both' },
    ]);
    const base = 'renameCollection' in command ? store.client.db('admin') : store.db;
    expect(await codeOf(base.command(command))).toBe(code);
  });

  it('[STORE-10] names the real server as the way out', async () => {
    expect((await errorOf(store.db.command({ mapReduce: 'x' }))).message).toContain('MONGODB_URL');
  });
});

describe('time', () => {
  it('[STORE-9] runs out for a read that takes longer than maxTimeMS', async () => {
    await things().insertMany(Array.from({ length: 20_000 }, (_, i) => ({ _id: i as never, text: `${i}` })));
    const slow = things()
      .find({ $expr: { $eq: [{ $concat: ['$text', 'x'] }, 'never'] } }, { maxTimeMS: 1 })
      .toArray();
    expect(await errorOf(slow)).toMatchObject({ code: 50 });
  });
});

it('counts the commands it has answered, as MongoDB does', async () => {
  const finds = async () => Number((await store.db.admin().serverStatus())['metrics'].commands.find?.total ?? 0);
  const before = await finds();
  await things().find({}).toArray();
  await things().findOne({});
  expect((await finds()) - before).toBe(2);
});
