import { Decimal128, type Document, Double, Long, MaxKey, MinKey } from 'bson';
import fc from 'fast-check';

// Few names and few values, so that filters and documents meet often.
const name = fc.constantFrom('a', 'b', '0', '1');
const smallScalar = fc.constantFrom<unknown>(
  0,
  1,
  2,
  -1,
  0.5,
  new Double(1),
  Long.fromNumber(2),
  Decimal128.fromString('1.0'),
  Number.NaN,
  'a',
  'b',
  '',
  null,
  true,
  false,
  new Date(0),
  new Date(1),
  new MinKey(),
  new MaxKey(),
);

const nested = fc.letrec<{ value: unknown; document: Document }>((tie) => ({
  document: fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2 }),
  value: fc.oneof(
    { maxDepth: 3 },
    { arbitrary: smallScalar, weight: 3 },
    fc.array(tie('value'), { maxLength: 3 }),
    tie('document'),
  ),
}));

/** Small documents, with arrays and documents within each other. */
export const smallDocument: fc.Arbitrary<Document> = fc.dictionary(fc.constantFrom('a', 'b'), nested.value, {
  maxKeys: 2,
});

export const smallPath: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('a', 'b'), fc.array(name, { maxLength: 2 }))
  .map(([first, rest]) => [first, ...rest].join('.'));

const comparison = fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne');
const list = fc.array(nested.value, { maxLength: 10 });

const elementTest = fc
  .tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte'), nested.value)
  .map(([op, v]) => ({ [op]: v }));

const operator: fc.Arbitrary<Document> = fc.oneof(
  { arbitrary: fc.tuple(comparison, nested.value).map(([op, value]) => ({ [op]: value })), weight: 4 },
  fc.tuple(fc.constantFrom('$in', '$nin'), list).map(([op, values]) => ({ [op]: values })),
  fc.array(nested.value, { minLength: 1, maxLength: 2 }).map((values) => ({ $all: values })),
  fc.boolean().map((isWanted) => ({ $exists: isWanted })),
  fc.constantFrom(1, 2, 3, 4, 10, 16).map((type) => ({ $type: type })),
  fc.nat(3).map((size) => ({ $size: size })),
  elementTest.map((test) => ({ $elemMatch: test })),
  fc.tuple(smallPath, elementTest).map(([path, test]) => ({ $elemMatch: { [path]: test } })),
);

const condition: fc.Arbitrary<Document> = fc.oneof(
  { arbitrary: operator, weight: 4 },
  fc.tuple(operator, operator).map(([first, second]) => ({ ...first, ...second })),
  operator.map((inner) => ({ $not: inner })),
);

/** Filters over such documents, with every path as `{path: {$op: ...}}`. */
export const smallFilter: fc.Arbitrary<Document> = fc.letrec<{ filter: Document }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 2 },
    { arbitrary: fc.tuple(smallPath, condition).map(([path, test]) => ({ [path]: test })), weight: 4 },
    fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(tie('filter'), { minLength: 1, maxLength: 3 }))
      .map(([key, branches]) => ({ [key]: branches })),
  ),
})).filter;
