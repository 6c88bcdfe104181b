import { type Document, serialize } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBson, indexKeys, type Raw } from '../bson/index.ts';
import { anyValue } from '../bson/value.arbitrary.ts';
import { compileFilter, compileSort, describeFilter, type FilterDescription, type Sargable } from './index.ts';
import { smallDocument, smallFilter } from './filter.arbitrary.ts';
import { matchesNaively } from './naive-matcher.ts';

const rank = Math.sign;

/** Whether some index entry of the document lies where a planner would look for the condition. */
function isInIndex(raw: Raw, { path, op, value }: Sargable): boolean {
  const entries = indexKeys(raw, { fields: [[path, 1]] }).keys.map(([entry]) => entry);
  return entries.some((entry) => {
    const order = compareBson(entry, value);
    switch (op) {
      case '$eq':
        return order === 0;
      case '$in':
        return (value as unknown[]).some((item) => compareBson(entry, item) === 0);
      case '$gt':
        return order > 0;
      case '$gte':
        return order >= 0;
      case '$lt':
        return order < 0;
      case '$lte':
        return order <= 0;
      case '$exists':
        return value === true || entry === null;
      default:
        return true;
    }
  });
}

function isImplied(raw: Raw, description: FilterDescription): boolean {
  return (
    description.and.every((condition) => isInIndex(raw, condition)) &&
    (description.or ?? []).every((branches) => branches.some((branch) => isImplied(raw, branch)))
  );
}

describe('the matcher over bytes', () => {
  it('agrees with a naive matcher over decoded documents', () => {
    fc.assert(
      fc.property(smallFilter, smallDocument, (filter, document) => {
        expect(compileFilter(filter).test(serialize(document))).toBe(matchesNaively(filter, document));
      }),
      { numRuns: 5000 },
    );
  });

  it('finds every match of a filter among the index entries that its description asks for', () => {
    fc.assert(
      fc.property(smallFilter, fc.array(smallDocument, { minLength: 1, maxLength: 8 }), (filter, documents) => {
        const { test } = compileFilter(filter);
        const description = describeFilter(filter);
        for (const raw of documents.map((document) => serialize(document)).filter(test)) {
          expect(isImplied(raw, description)).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('needs no recheck where a description is exact and no array is met', () => {
    const hasNoArray = (document: Document): boolean => !JSON.stringify(document).includes('[');
    const isExact = (filter: Document): boolean => describeFilter(filter).exact;
    fc.assert(
      fc.property(smallFilter.filter(isExact), smallDocument.filter(hasNoArray), (filter, document) => {
        const raw = serialize(document);
        const { and } = describeFilter(filter);
        const byDescription = and.every(({ path, op, value }) => compileFilter({ [path]: { [op]: value } }).test(raw));
        expect(compileFilter(filter).test(raw)).toBe(byDescription);
      }),
    );
  });
});

describe('compileSort', () => {
  it('orders by keys as by comparison, and a descending sort is the mirror of a plain value', () => {
    const document = fc.record({ a: fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.boolean()) });
    fc.assert(
      fc.property(document, document, (x, y) => {
        const [left, right] = [serialize(x), serialize(y)];
        const up = compileSort({ a: 1 });
        expect(rank(Buffer.compare(up.key(left), up.key(right)))).toBe(rank(compareBson(x.a, y.a)));
        expect(rank(compileSort({ a: -1 }).compare(left, right))).toBe(-rank(up.compare(left, right)) + 0);
      }),
    );
  });

  /** With every type there is, so that orders within a type and between types are tried. */
  const anyDocument: fc.Arbitrary<Document> = fc.oneof(
    smallDocument,
    fc.dictionary(
      fc.constantFrom('a', 'b'),
      fc.oneof(
        anyValue,
        fc.dictionary(fc.constantFrom('a', 'b'), anyValue),
        fc.array(fc.dictionary(fc.constantFrom('a', 'b'), anyValue), { maxLength: 3 }),
      ),
      { maxKeys: 2 },
    ),
  );

  it('sorts any two documents consistently with the index over the same fields', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (x, y) => {
        const sort = compileSort({ 'a.b': 1 });
        // Not by `Array.prototype.sort`, which puts undefined last unasked: that is the key of an empty array, and the least.
        const least = (document: Document): unknown =>
          indexKeys(serialize(document), { fields: [['a.b', 1]] })
            .keys.map(([key]) => key)
            .reduce((first, key) => (compareBson(key, first) < 0 ? key : first));
        expect(rank(sort.compare(serialize(x), serialize(y)))).toBe(rank(compareBson(least(x), least(y))));
      }),
      { examples: [[{ a: [{ b: [] }, []] }, {}]] },
    );
  });
});
