import { type Document, serialize } from 'bson';
import fc from 'fast-check';
import { Query } from 'mingo';
import { describe, expect, it } from 'vitest';
import { compileFilter } from './index.ts';

/*
 * mingo is another author's reading of the manual. It is asked where it is known to agree with MongoDB: plain numbers,
 * strings and booleans, flat fields and one array level; no Long, Decimal128, NaN, sub-document equality or null, and
 * no $all, which it refuses on a value that is no array.
 */
const scalar = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('a', 'b', 'ab'), fc.boolean());
const field = fc.constantFrom('a', 'b', 'c.d');
const document = fc.record(
  { a: scalar, b: fc.array(scalar, { maxLength: 3 }), c: fc.record({ d: scalar }) },
  { requiredKeys: [] },
);
const test: fc.Arbitrary<Document> = fc.oneof(
  fc.tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), scalar).map(([op, value]) => ({ [op]: value })),
  fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(scalar, { maxLength: 4 })).map(([op, list]) => ({ [op]: list })),
  fc.boolean().map((isWanted) => ({ $exists: isWanted })),
  fc.nat(3).map((size) => ({ $size: size })),
  fc.constantFrom('^a', 'b$', 'A').map((pattern) => ({ $regex: pattern })),
);
const filter: fc.Arbitrary<Document> = fc.oneof(
  fc.tuple(field, test).map(([path, condition]) => ({ [path]: condition })),
  fc
    .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(fc.tuple(field, test), { minLength: 1, maxLength: 3 }))
    .map(([key, parts]) => ({ [key]: parts.map(([path, condition]) => ({ [path]: condition })) })),
);

describe('compileFilter', () => {
  it('agrees with mingo where mingo agrees with MongoDB', () => {
    fc.assert(
      fc.property(filter, document, (spec, value) => {
        expect(compileFilter(spec).test(serialize(value))).toBe(new Query(spec).test(value));
      }),
      { numRuns: 2000 },
    );
  });
});
