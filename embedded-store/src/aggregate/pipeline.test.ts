import { type Document, EJSON, Long, serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import { decodeDocument, type Raw, StoreError } from '../bson/index.ts';
import { compilePipeline } from './index.ts';
import { inventory, pipelineCases, sales } from './pipeline.cases.ts';
import type { Batches, PipelineContext } from './stages/stage.ts';

const show = (value: unknown): string => EJSON.stringify(value as object, { relaxed: false });
const now = new Date('2026-05-01T00:00:00Z');

// Batches of two, so that every stage meets the border between batches.
async function* batchesOf(documents: readonly Document[]): Batches {
  for (let i = 0; i < documents.length; i += 2) yield documents.slice(i, i + 2).map((document) => serialize(document));
}

const context: PipelineContext = {
  now,
  lookup: (collection, stages, variables = {}) => {
    const wrapped = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { $literal: value }]));
    const documents = collection === 'inventory' ? inventory : [];
    return compilePipeline(stages, { ...context, let: wrapped }).run(batchesOf(documents));
  },
};

async function run(stages: Document[], input: readonly Document[] = sales): Promise<Document[]> {
  const found: Raw[] = [];
  for await (const batch of compilePipeline(stages, context).run(batchesOf(input))) found.push(...batch);
  return found.map((raw) => decodeDocument(raw));
}

async function outcome(stages: Document[], input?: readonly Document[]): Promise<string> {
  try {
    return show(await run(stages, input));
  } catch (error) {
    if (error instanceof StoreError) return `error ${error.code}`;
    throw error;
  }
}

describe('compilePipeline', () => {
  for (const [section, cases] of pipelineCases) {
    for (const [i, { stages, result, input }] of cases.entries()) {
      it(`${section}, case ${i + 1}: ${show(stages)}`, async () => {
        const expected =
          typeof result === 'number' ? `error ${result}` : show(result.map((one) => decodeDocument(serialize(one))));
        expect(await outcome(stages, input)).toBe(expected);
      });
    }
  }

  it('chooses a sample of the wanted size among all documents', async () => {
    const chosen = await run([{ $sample: { size: 3 } }]);
    expect(new Set(chosen.map(({ _id }) => Number(_id))).size).toBe(3);
    expect(await run([{ $sample: { size: 99 } }])).toHaveLength(sales.length);
  });

  it('[STORE-7] refuses a sort that takes more than 100 MB of memory, with what would help', async () => {
    const inflate = { $set: { text: 'x'.repeat(6_000_000) } };
    const input = Array.from({ length: 20 }, (_, _id) => ({ _id }));
    await expect(run([inflate, { $sort: { _id: -1 } }], input)).rejects.toMatchObject({
      code: 292,
      message: expect.stringContaining('Add an index'),
    });
  });

  it('tells the planner what it begins with', () => {
    const pipeline = compilePipeline(
      [{ $match: { a: 1 } }, { $match: { b: 2 } }, { $sort: { c: 1 } }, { $skip: Long.fromNumber(2) }, { $limit: 3 }],
      context,
    );
    expect(pipeline).toMatchObject({
      leadingMatch: { $and: [{ a: 1 }, { b: 2 }] },
      leadingSort: { c: 1 },
      leadingLimit: 5,
      neededFields: 'all',
    });
  });

  it('tells which fields a group needs', () => {
    const stages = [
      { $match: { $comment: 'x', a: 1, $or: [{ 'b.c': 1 }] } },
      { $group: { _id: '$d.e', n: { $sum: '$f' } } },
    ];
    expect(compilePipeline(stages, context).neededFields).toEqual(new Set(['a', 'b', 'd', 'f']));
    const all = [{ $group: { _id: 1, docs: { $push: '$$ROOT' } } }];
    expect(compilePipeline(all, context).neededFields).toBe('all');
  });

  it('leaves out what the planner has done already', async () => {
    const pipeline = compilePipeline([{ $match: { _id: 99 } }, { $sort: { _id: -1 } }], context);
    const found: Raw[] = [];
    for await (const batch of pipeline.run(batchesOf(sales), { isMatched: true, isSorted: true })) found.push(...batch);
    expect(found.map((raw) => Number(decodeDocument(raw)['_id']))).toEqual([1, 2, 3, 4, 5]);
  });

  it('describes where $out and $merge write', () => {
    expect(compilePipeline([{ $out: { db: 'd', coll: 'c' } }], context).writesTo).toEqual({
      kind: '$out',
      database: 'd',
      collection: 'c',
    });
    expect(
      compilePipeline([{ $merge: { into: 'c', on: 'k', whenMatched: 'replace' } }], context).writesTo,
    ).toMatchObject({
      kind: '$merge',
      collection: 'c',
      on: ['k'],
      whenMatched: 'replace',
      whenNotMatched: 'insert',
    });
  });

  it('stops reading when a limit is reached', async () => {
    let batches = 0;
    async function* endless(): Batches {
      for (;;) {
        batches++;
        yield [serialize({ a: 1 })];
      }
    }
    const found: Raw[] = [];
    for await (const batch of compilePipeline([{ $limit: 3 }], context).run(endless())) found.push(...batch);
    expect(found).toHaveLength(3);
    expect(batches).toBe(3);
  });
});
