import { Binary, BSONRegExp, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';

const edgeNumbers = fc.constantFrom<unknown>(
  0,
  -0,
  1,
  -1,
  0.1,
  -0.1,
  Number.NaN,
  Infinity,
  -Infinity,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  2147483647,
  -2147483648,
  2147483648,
  9007199254740992,
  new Double(3),
  new Double(0),
  Long.MAX_VALUE,
  Long.MIN_VALUE,
  Long.fromString('9007199254740993'),
  Long.fromNumber(3),
  Long.fromNumber(0),
  ...[
    '0',
    '-0',
    '3.00',
    '0.1',
    '-0.1',
    '1E+6000',
    '-1E+6000',
    '1E-6000',
    'NaN',
    'Infinity',
    '-Infinity',
    '9007199254740992.5',
    '9007199254740993',
    '0.1000000000000000055511151231257827',
    '1.79769313486231580E+308',
  ].map((text) => Decimal128.fromString(text)),
);

export const anyNumber: fc.Arbitrary<unknown> = fc.oneof(
  edgeNumbers,
  fc.integer({ min: -5, max: 5 }),
  fc.integer(),
  fc.double(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
    .map(([coefficient, exponent]) => Decimal128.fromString(`${coefficient}E${exponent}`)),
);

/** Strings that often share a beginning, hold NUL, or differ in a surrogate. */
export const anyString = fc.oneof(
  fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', '\0', 'é', '\uffee', '😀', '渠') }),
  fc.string({ maxLength: 8 }),
);

export const anyScalar: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: anyNumber, weight: 3 },
  { arbitrary: anyString, weight: 2 },
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: -1e12, max: 1e12 }).map((ms) => new Date(ms)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 3 }), fc.constantFrom(0, 2, 4, 128))
    .map(([bytes, subtype]) => new Binary(bytes, subtype)),
  fc.tuple(fc.nat(9), fc.nat(9)).map(([t, i]) => new Timestamp({ t, i })),
  fc.tuple(fc.constantFrom('a', 'ab', 'b'), fc.constantFrom('', 'i')).map(([p, f]) => new BSONRegExp(p, f)),
  fc.constantFrom(new MinKey(), new MaxKey()),
);

/** Any BSON value: scalars, and documents and arrays of them to a small depth. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { arbitrary: anyScalar, weight: 4 },
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'x1'), tie('value'), { maxKeys: 3 }),
  ),
})).value;
