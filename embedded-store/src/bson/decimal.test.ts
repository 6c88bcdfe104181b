import { Decimal128 } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareFinite,
  type Decimal,
  divideDecimals,
  exactDecimalOfDouble,
  finite,
  multiplyDecimals,
  parseDecimal,
  remainderOfDecimals,
  roundDecimal,
  toDecimal128,
} from './decimal.ts';

const parse = (text: string): Decimal => parseDecimal(Decimal128.fromString(text));
const print = (value: Decimal): string => toDecimal128(value).toString();

const coefficient = fc.bigInt({ min: 0n, max: 10n ** 34n - 1n });
const anyFinite = fc
  .tuple(fc.boolean(), coefficient, fc.integer({ min: -6176, max: 6111 }))
  .map(([negative, digits, exponent]) => finite(negative, digits, exponent));
const moderate = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: -10, max: 10 }))
  .map(([negative, digits, exponent]) => finite(negative, digits, exponent));

describe('decimal numbers', () => {
  it('survive their 16 bytes, with the quantum kept', () => {
    fc.assert(
      fc.property(anyFinite, (value) => {
        expect(parseDecimal(toDecimal128(value))).toEqual(value);
      }),
    );
  });

  it('read and write as the official package does', () => {
    fc.assert(
      fc.property(anyFinite, (value) => {
        const text = print(value);
        expect(Buffer.from(toDecimal128(parse(text)).bytes)).toEqual(Buffer.from(Decimal128.fromString(text).bytes));
      }),
    );
  });

  it.each([
    ['1.10', '2.2', '3.30'],
    ['0.1', '-0.1', '0.0'],
    ['9999999999999999999999999999999999', '1', '1.000000000000000000000000000000000E+34'],
    ['1E+6111', '1E-6176', '1.000000000000000000000000000000000E+6111'],
    ['Infinity', '-Infinity', 'NaN'],
    ['9.999999999999999999999999999999999E+6144', '9E+6144', 'Infinity'],
  ])('%s + %s = %s', (a, b, sum) => {
    expect(print(addDecimals(parse(a), parse(b)))).toBe(sum);
  });

  it.each([
    ['1.10', '3', '3.30'],
    ['-2', '0.5', '-1.0'],
    ['1E-6000', '1E-6000', '0E-6176'],
    ['Infinity', '0', 'NaN'],
  ])('%s × %s = %s', (a, b, product) => {
    expect(print(multiplyDecimals(parse(a), parse(b)))).toBe(product);
  });

  it.each([
    ['1', '3', '0.3333333333333333333333333333333333'],
    ['2', '3', '0.6666666666666666666666666666666667'],
    ['6', '2', '3'],
    ['2.40', '2', '1.20'],
    ['1', '8', '0.125'],
    ['1', 'Infinity', '0E-6176'],
  ])('%s ÷ %s = %s', (a, b, quotient) => {
    expect(print(divideDecimals(parse(a), parse(b)))).toBe(quotient);
  });

  it.each([
    ['2.5', 0, 'half-even', '2'],
    ['3.5', 0, 'half-even', '4'],
    ['-2.5', 0, 'floor', '-3'],
    ['-2.5', 0, 'ceiling', '-2'],
    ['2.678', 2, 'toward-zero', '2.67'],
    ['1234', -2, 'half-even', '1.2E+3'],
  ] as const)('%s rounded to %i places (%s) is %s', (value, places, rounding, result) => {
    expect(print(roundDecimal(parse(value), places, rounding))).toBe(result);
  });

  it('add and multiply in any order, and a remainder is smaller than its divisor', () => {
    fc.assert(
      fc.property(moderate, moderate, (a, b) => {
        expect(print(addDecimals(a, b))).toBe(print(addDecimals(b, a)));
        expect(print(multiplyDecimals(a, b))).toBe(print(multiplyDecimals(b, a)));
        fc.pre(b.coefficient !== 0n);
        const rest = remainderOfDecimals(a, b);
        const size =
          rest.kind === 'finite' ? compareFinite({ ...rest, negative: false }, { ...b, negative: false }) : 1;
        expect(size).toBe(-1);
      }),
    );
  });

  it('hold every finite double exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const exact = exactDecimalOfDouble(value);
        expect(Number(`${exact.negative ? '-' : ''}${exact.coefficient}e${exact.exponent}`)).toBe(value);
      }),
    );
  });
});
