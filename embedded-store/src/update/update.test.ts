import { type Document, EJSON, ObjectId, serialize } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBson, decodeDocument, encodeDocument, readField } from '../bson/index.ts';
import { outcomeOf } from '../bson/golden-outcome.ts';
import { anyValue } from '../bson/value.arbitrary.ts';
import { buildUpsert, compileUpdate } from './index.ts';
import { updateCases } from './update.cases.ts';

const show = (value: unknown): string => EJSON.stringify(value as object, { relaxed: false });
const now = new Date(1000);

function update(
  document: Document,
  spec: Document | Document[],
  rest: { filter?: Document; arrayFilters?: Document[] } = {},
) {
  const raw = serialize(document);
  return { raw, result: compileUpdate(spec, { filter: {}, now, ...rest }).apply(raw) };
}

describe('compileUpdate', () => {
  for (const [section, cases] of updateCases) {
    for (const [i, { update: spec, before, after, ...rest }] of cases.entries()) {
      it(`${section}, case ${i + 1}: ${show(spec)} on ${show(before)}`, () => {
        const expected = typeof after === 'number' ? `error ${after}` : show(decodeDocument(serialize(after)));
        expect(outcomeOf(() => show(decodeDocument(update(before, spec, rest).result)))).toBe(expected);
      });
    }
  }

  it('answers with the very same bytes when nothing changes', () => {
    for (const spec of [
      { $set: { a: 1 } },
      { $inc: { a: 0 } },
      { $unset: { x: 1 } },
      { $addToSet: { l: 1 } },
      [{ $set: { a: 1 } }],
    ]) {
      const { raw, result } = update({ _id: 1, a: 1, l: [1] }, spec);
      expect(result).toBe(raw);
    }
  });

  it('keeps the order of fields named like integers', () => {
    const raw = encodeDocument(
      new Map([
        ['9', 1],
        ['1', 2],
      ]),
    );
    const result = compileUpdate({ $set: { x: 1 } }, { filter: {} }).apply(raw);
    expect([...(decodeDocument(result) as Map<string, unknown>).keys()]).toEqual(['9', '1', 'x']);
  });

  it('says which paths it may touch', () => {
    const set = { 'a.b': 1, 'l.0.x': 1, 'm.$[].y': 1 };
    const { touched } = compileUpdate({ $set: set, $rename: { c: 'd.e' } }, { filter: {} });
    expect(touched).toEqual(new Set(['a.b', 'l', 'm', 'c', 'd.e']));
    expect(compileUpdate({ a: 1 }, { filter: {} })).toMatchObject({ touched: 'all', isReplacement: true });
  });

  it('names the conflict and the field in the messages of MongoDB', () => {
    expect(() => update({}, { $set: { a: 1, 'a.b': 2 } })).toThrow(
      "Updating the path 'a.b' would create a conflict at 'a'",
    );
    expect(() => update({ _id: 1, a: 5 }, { $set: { 'a.b': 2 } })).toThrow("Cannot create field 'b' in element {a: 5}");
    expect(() => update({ _id: 1, a: 'x' }, { $inc: { a: 1 } })).toThrow(
      "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string",
    );
  });
});

describe('update algebra', () => {
  const field = fc.constantFrom('a', 'b', 'c', 'a.x', 'b.y');
  const document = fc.record({ a: fc.record({ x: anyValue }), b: fc.record({ y: anyValue }) }, { requiredKeys: [] });

  it('gives back what $set has set, and leaves every other field as it was', () => {
    fc.assert(
      fc.property(document, field, anyValue, (before, path, value) => {
        const { result } = update(before, { $set: { [path]: value ?? null } });
        const again = compileUpdate({ $set: { [path]: value ?? null } }, { filter: {} });
        expect(again.apply(result)).toBe(result);
        const top = path.split('.')[0];
        for (const other of ['a', 'b'].filter((name) => name !== top)) {
          const [was, is] = [readField(serialize(before), other), readField(result, other)];
          expect(is && result.subarray(is.start, is.end)).toEqual(
            was && serialize(before).subarray(was.start, was.end),
          );
        }
      }),
    );
  });

  it('makes $unset undo a $set of a new field', () => {
    fc.assert(
      fc.property(document, anyValue, (before, value) => {
        const { raw, result } = update(before, { $set: { fresh: value ?? null } });
        expect(compileUpdate({ $unset: { fresh: 1 } }, { filter: {} }).apply(result)).toEqual(Buffer.from(raw));
      }),
    );
  });

  it('adds up $inc in int32 and int64 exactly', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer(), { maxLength: 6 }), (start, steps) => {
        let raw: Uint8Array = serialize({ n: start });
        for (const n of steps) raw = compileUpdate({ $inc: { n } }, { filter: {} }).apply(raw);
        expect(Number(decodeDocument(raw)['n'])).toBe(steps.reduce((sum, step) => sum + step, start));
      }),
    );
  });

  it('agrees with compareBson on what $min and $max keep', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (x, y) => {
        const [old, other] = [x ?? null, y ?? null];
        const kept = (operator: string): unknown =>
          decodeDocument(update({ n: old }, { [operator]: { n: other } }).result)['n'];
        const order = compareBson(other, old);
        expect(compareBson(kept('$max'), order > 0 ? other : old)).toBe(0);
        expect(compareBson(kept('$min'), order < 0 ? other : old)).toBe(0);
      }),
    );
  });
});

describe('buildUpsert', () => {
  const upsert = (filter: Document, spec: Document): Document =>
    decodeDocument(buildUpsert(filter, compileUpdate(spec, { filter, now })));

  it.each<[string, Document, Document, Document]>([
    [
      'takes equality fields from the filter',
      { _id: 1, a: 2, 'b.c': 3 },
      { $set: { d: 4 } },
      { _id: 1, a: 2, b: { c: 3 }, d: 4 },
    ],
    [
      'looks into $and, $eq and a single $in',
      { _id: 1, $and: [{ a: { $eq: 2 } }, { b: { $in: [3] } }] },
      { $set: {} },
      { _id: 1, a: 2, b: 3 },
    ],
    [
      'leaves ranges and alternatives alone',
      { _id: 1, a: { $gt: 2 }, $or: [{ b: 1 }, { b: 2 }] },
      { $inc: { n: 1 } },
      { _id: 1, n: 1 },
    ],
    ['applies $setOnInsert', { _id: 1 }, { $setOnInsert: { a: 1 }, $set: { b: 2 } }, { _id: 1, a: 1, b: 2 }],
    ['takes only _id for a replacement', { _id: 1, a: 2 }, { b: 3 }, { _id: 1, b: 3 }],
    ['puts _id first', { a: 2 }, { $set: { _id: 7 } }, { _id: 7, a: 2 }],
    ['keeps a whole document that the filter equals', { _id: { x: 1 } }, { $set: { a: 1 } }, { _id: { x: 1 }, a: 1 }],
  ])('%s', (_name, filter, spec, expected) => {
    expect(show(upsert(filter, spec))).toBe(show(decodeDocument(serialize(expected))));
  });

  it('makes an ObjectId when nothing gives an _id', () => {
    const document = upsert({ a: 1 }, { $set: { b: 1 } });
    expect(Object.keys(document)).toEqual(['_id', 'a', 'b']);
    expect(document['_id']).toBeInstanceOf(ObjectId);
  });

  it.each<[Document, Document, number]>([
    [{ a: 1, $and: [{ a: 2 }] }, { $set: { b: 1 } }, 54],
    [{ a: 1, 'a.b': 2 }, { $set: { b: 1 } }, 54],
    [{ _id: 1 }, { $set: { _id: 2 } }, 66],
    [{ _id: 1 }, { _id: 2 }, 66],
  ])('refuses filter %j with update %j by %i', (filter, spec, code) => {
    expect(() => upsert(filter, spec)).toThrow(expect.objectContaining({ code }));
  });
});
