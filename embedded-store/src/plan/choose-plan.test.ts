import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Collection, Document } from 'mongodb';
import { startTestStore, type TestStore } from '../../test/start-test-store.ts';

describe('explain', () => {
  let store: TestStore;
  let users: Collection<Document>;
  beforeAll(async () => {
    store = await startTestStore();
    users = store.db.collection('users');
    await users.createIndexes([
      { key: { country: 1, score: -1 }, name: 'country_score' },
      { key: { email: 1 }, name: 'email', unique: true },
      { key: { tags: 1 }, name: 'tags' },
      { key: { paidAt: 1 }, name: 'paid', partialFilterExpression: { plan: 'paid' } },
      { key: { nick: 1 }, name: 'nick', sparse: true },
    ]);
    const made = Array.from({ length: 200 }, (_, i) => ({
      _id: i as never,
      country: `C${i % 4}`,
      score: i,
      email: `e${i}`,
      tags: ['x', `t${i % 9}`],
      plan: i % 2 ? 'paid' : 'free',
      paidAt: new Date(i),
      ...(i % 3 === 0 && { nick: `n${i}` }),
    }));
    await users.insertMany(made);
  });
  afterAll(() => store.stop());

  async function planOf(filter: Document, sort: Document = {}): Promise<Document> {
    const explained = await users
      .find(filter)
      .sort(sort as never)
      .explain();
    return { ...explained['queryPlanner'].winningPlan, examined: explained['executionStats'].totalDocsExamined };
  }

  it('[STORE-7] names the index that gives equality, range and sort without a sort in memory', async () => {
    const plan = await planOf({ country: 'C1', score: { $gte: 100 } }, { score: -1 });
    expect(plan['inputStage']).toMatchObject({ stage: 'IXSCAN', indexName: 'country_score', direction: 'forward' });
    expect(plan['stage']).toBe('FETCH');
    expect(plan['examined']).toBe(25);
  });

  it('[STORE-7] walks an index backwards for the opposite order', async () => {
    const plan = await planOf({ country: 'C1' }, { score: 1 });
    expect(plan['inputStage']).toMatchObject({ stage: 'IXSCAN', direction: 'backward' });
  });

  it('[STORE-7] sorts in memory when a point list stands before the sort field', async () => {
    const plan = await planOf({ country: { $in: ['C1', 'C2'] } }, { score: 1 });
    expect(plan['stage']).toBe('SORT');
  });

  it('[STORE-7] goes straight to a document by _id', async () => {
    expect(await planOf({ _id: 5 })).toMatchObject({ stage: 'IDHACK', examined: 1 });
  });

  it('[STORE-7] looks up thousands of values one by one, unless the collection has fewer documents', async () => {
    const many = store.db.collection('many');
    await many.createIndex({ who: 1, at: 1 });
    await many.insertMany(Array.from({ length: 3000 }, (_, i) => ({ who: `w${i}`, at: i })));
    const filter = { who: { $in: Array.from({ length: 2500 }, (_, i) => `w${i}`) }, at: { $gte: 2000 } };
    const { queryPlanner, executionStats } = await many.find(filter).explain();
    expect(queryPlanner.winningPlan.inputStage).toMatchObject({ stage: 'IXSCAN', indexName: 'who_1_at_1' });
    expect(executionStats).toMatchObject({ nReturned: 500, totalDocsExamined: 500 });
    expect(await planOf({ email: filter.who })).toMatchObject({ stage: 'COLLSCAN' });
  });

  it('[STORE-7] answers $or by the index of each branch', async () => {
    const plan = await planOf({ $or: [{ email: 'e7' }, { country: 'C2', score: 6 }] });
    expect(plan['inputStage'].inputStages.map((part: Document) => part['inputStage'].indexName)).toEqual([
      'email',
      'country_score',
    ]);
    expect(plan['examined']).toBe(2);
  });

  it('[STORE-7] uses a partial index only where the query implies its filter', async () => {
    expect((await planOf({ plan: 'paid', paidAt: { $gt: new Date(100) } }))['inputStage']).toMatchObject({
      indexName: 'paid',
    });
    expect(await planOf({ paidAt: { $gt: new Date(100) } })).toMatchObject({ stage: 'COLLSCAN' });
  });

  it('[STORE-7] uses a sparse index only where the query rules out a missing field', async () => {
    expect((await planOf({ nick: 'n3' }))['inputStage']).toMatchObject({ indexName: 'nick' });
    expect(await planOf({ nick: null })).toMatchObject({ stage: 'COLLSCAN' });
  });

  it('[STORE-7] walks a sparse or partial index where its field only has to be there', async () => {
    const plan = await planOf({ nick: { $exists: true } });
    expect(plan['inputStage']).toMatchObject({ indexName: 'nick' });
    expect(plan['examined']).toBe(67);
    expect(await planOf({ score: { $exists: true } })).toMatchObject({ stage: 'COLLSCAN' });
    expect(await planOf({ nick: { $exists: false } })).toMatchObject({ stage: 'COLLSCAN' });
  });

  it('[STORE-7] never sorts by a multikey index', async () => {
    expect((await planOf({ tags: { $gte: 't' } }, { tags: 1 }))['stage']).toBe('SORT');
  });

  it('[STORE-7] follows a hint and refuses one that names no index', async () => {
    const explained = await users.find({ country: 'C1' }).hint('email').explain();
    expect(explained['queryPlanner'].winningPlan.inputStage.indexName).toBe('email');
    await expect(users.find({}).hint('nope').toArray()).rejects.toMatchObject({ code: 2 });
  });

  it('[STORE-7] picks the more selective of two indexes', async () => {
    const plan = await planOf({ country: 'C1', email: 'e5' });
    expect(plan['inputStage']).toMatchObject({ indexName: 'email' });
  });
});
