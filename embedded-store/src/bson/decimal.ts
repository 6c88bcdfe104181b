import { Decimal128 } from 'bson';

/**
 * A decimal number (IEEE 754-2008 decimal128): coefficient × 10^exponent, with the quantum (trailing zeros) kept.
 * Layout of the 16 bytes: binary integer significand encoding, IEEE 754-2008 section 3.5.2.
 */
export type Decimal =
  | { kind: 'finite'; negative: boolean; coefficient: bigint; exponent: number }
  | { kind: 'infinite'; negative: boolean }
  | { kind: 'nan' };

type Finite = Extract<Decimal, { kind: 'finite' }>;

const BIAS = 6176;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;
const PRECISION = 34;
const MAX_COEFFICIENT = 10n ** 34n - 1n;

export function finite(negative: boolean, coefficient: bigint, exponent: number): Finite {
  return { kind: 'finite', negative, coefficient, exponent };
}

export function digitCount(value: bigint): number {
  return value === 0n ? 1 : value.toString().length;
}

export function parseDecimal(value: Decimal128): Decimal {
  const view = new DataView(value.bytes.buffer, value.bytes.byteOffset, 16);
  const high = view.getBigUint64(8, true);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 31n);
  if (combination === 31) return { kind: 'nan' };
  if (combination === 30) return { kind: 'infinite', negative };
  // A significand that begins with binary 100 would exceed 34 digits: the standard reads it as zero.
  if (((high >> 61n) & 3n) === 3n) return finite(negative, 0n, Number((high >> 47n) & 0x3fffn) - BIAS);
  const coefficient = ((high & 0x1ffffffffffffn) << 64n) | view.getBigUint64(0, true);
  const exponent = Number((high >> 49n) & 0x3fffn) - BIAS;
  return finite(negative, coefficient > MAX_COEFFICIENT ? 0n : coefficient, exponent);
}

function divideHalfEven(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const twice = (value % divisor) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

/** Brings a decimal into range: 34 digits, rounded half to even, overflow to infinity. */
function fit(value: Finite): Decimal {
  let { coefficient, exponent } = value;
  const surplus = Math.max(digitCount(coefficient) - PRECISION, MIN_EXPONENT - exponent);
  if (surplus > 0) {
    coefficient = divideHalfEven(coefficient, 10n ** BigInt(surplus));
    exponent += surplus;
    if (coefficient > MAX_COEFFICIENT) {
      coefficient /= 10n;
      exponent += 1;
    }
  }
  if (exponent > MAX_EXPONENT) {
    if (coefficient === 0n) return finite(value.negative, 0n, MAX_EXPONENT);
    const pad = exponent - MAX_EXPONENT;
    if (digitCount(coefficient) + pad > PRECISION) return { kind: 'infinite', negative: value.negative };
    coefficient *= 10n ** BigInt(pad);
    exponent = MAX_EXPONENT;
  }
  return finite(value.negative, coefficient, exponent);
}

export function toDecimal128(value: Decimal): Decimal128 {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  if (value.kind === 'nan') {
    view.setBigUint64(8, 31n << 58n, true);
    return new Decimal128(bytes);
  }
  const sign = value.negative ? 1n << 63n : 0n;
  const fitted = value.kind === 'finite' ? fit(value) : value;
  if (fitted.kind !== 'finite') {
    view.setBigUint64(8, sign | (30n << 58n), true);
    return new Decimal128(bytes);
  }
  view.setBigUint64(0, fitted.coefficient & 0xffffffffffffffffn, true);
  view.setBigUint64(8, sign | (BigInt(fitted.exponent + BIAS) << 49n) | (fitted.coefficient >> 64n), true);
  return new Decimal128(bytes);
}

export function decimalOfBigInt(value: bigint): Finite {
  return finite(value < 0n, value < 0n ? -value : value, 0);
}

/** A double as MongoDB turns it into a decimal: its 15 significant digits. */
export function decimalOfDouble(value: number): Decimal {
  if (Number.isNaN(value)) return { kind: 'nan' };
  if (!Number.isFinite(value)) return { kind: 'infinite', negative: value < 0 };
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential(14).split('e');
  const digits = mantissa.replace('.', '');
  return finite(value < 0 || Object.is(value, -0), BigInt(digits), Number(exponent) - 14);
}

/** A finite double without any loss: every binary fraction is a finite decimal. */
export function exactDecimalOfDouble(value: number): Finite {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  const negative = bits >> 63n === 1n;
  if (power >= 0) return finite(negative, mantissa << BigInt(power), 0);
  return finite(negative, mantissa * 5n ** BigInt(-power), power);
}

function signed(value: Finite): bigint {
  return value.negative ? -value.coefficient : value.coefficient;
}

function align(a: Finite, b: Finite): { left: bigint; right: bigint; exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  return {
    left: signed(a) * 10n ** BigInt(a.exponent - exponent),
    right: signed(b) * 10n ** BigInt(b.exponent - exponent),
    exponent,
  };
}

export function compareFinite(a: Finite, b: Finite): number {
  if (a.coefficient === 0n || b.coefficient === 0n || a.negative !== b.negative) {
    const left = a.coefficient === 0n ? 0 : a.negative ? -1 : 1;
    const right = b.coefficient === 0n ? 0 : b.negative ? -1 : 1;
    return Math.sign(left - right);
  }
  const magnitude = digitCount(a.coefficient) + a.exponent - digitCount(b.coefficient) - b.exponent;
  if (magnitude !== 0) return Math.sign(magnitude) * (a.negative ? -1 : 1);
  const { left, right } = align(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === 'nan' || b.kind === 'nan') return { kind: 'nan' };
  if (a.kind === 'infinite') return b.kind === 'infinite' && a.negative !== b.negative ? { kind: 'nan' } : a;
  if (b.kind === 'infinite') return b;
  if (a.coefficient === 0n && b.coefficient !== 0n && a.exponent > b.exponent) return b;
  const { left, right, exponent } = align(a, b);
  const sum = left + right;
  return fit(finite(sum < 0n || (sum === 0n && a.negative && b.negative), sum < 0n ? -sum : sum, exponent));
}

export function negateDecimal(a: Decimal): Decimal {
  return a.kind === 'nan' ? a : { ...a, negative: !a.negative };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === 'nan' || b.kind === 'nan') return { kind: 'nan' };
  const negative = a.negative !== b.negative;
  if (a.kind === 'infinite' || b.kind === 'infinite') {
    const zero = (a.kind === 'finite' && a.coefficient === 0n) || (b.kind === 'finite' && b.coefficient === 0n);
    return zero ? { kind: 'nan' } : { kind: 'infinite', negative };
  }
  return fit(finite(negative, a.coefficient * b.coefficient, a.exponent + b.exponent));
}

/** a ÷ b; the caller has refused b = 0. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === 'nan' || b.kind === 'nan') return { kind: 'nan' };
  const negative = a.negative !== b.negative;
  if (a.kind === 'infinite') return b.kind === 'infinite' ? { kind: 'nan' } : { kind: 'infinite', negative };
  if (b.kind === 'infinite') return finite(negative, 0n, MIN_EXPONENT);
  const ideal = a.exponent - b.exponent;
  if (a.coefficient === 0n) return fit(finite(negative, 0n, ideal));
  // One digit past the precision and a sticky bit make the final rounding correct.
  const scale = Math.max(0, PRECISION + 2 + digitCount(b.coefficient) - digitCount(a.coefficient));
  const dividend = a.coefficient * 10n ** BigInt(scale);
  let coefficient = dividend / b.coefficient;
  let exponent = ideal - scale;
  if (dividend % b.coefficient !== 0n) {
    return fit(finite(negative, coefficient * 10n + 1n, exponent - 1));
  }
  while (exponent < ideal && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return fit(finite(negative, coefficient, exponent));
}

/** The remainder with the sign of the dividend, as C's fmod. */
export function remainderOfDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind !== 'finite' || b.kind === 'nan') return { kind: 'nan' };
  if (b.kind === 'infinite') return a;
  const { left, right, exponent } = align(a, b);
  const rest = left % right;
  return fit(finite(a.negative, rest < 0n ? -rest : rest, exponent));
}

export type Rounding = 'half-even' | 'toward-zero' | 'floor' | 'ceiling';

/** Rounds to `places` digits after the point (negative: before it). */
export function roundDecimal(value: Decimal, places: number, rounding: Rounding): Decimal {
  if (value.kind !== 'finite' || -places <= value.exponent) return value;
  const divisor = 10n ** BigInt(-places - value.exponent);
  let quotient = value.coefficient / divisor;
  const isExact = value.coefficient % divisor === 0n;
  if (rounding === 'half-even') quotient = divideHalfEven(value.coefficient, divisor);
  else if (!isExact && rounding === (value.negative ? 'floor' : 'ceiling')) quotient += 1n;
  return fit(finite(value.negative, quotient, -places));
}

export function doubleOfDecimal(value: Decimal): number {
  if (value.kind === 'nan') return Number.NaN;
  if (value.kind === 'infinite') return value.negative ? -Infinity : Infinity;
  return Number(`${value.negative ? '-' : ''}${value.coefficient}e${value.exponent}`);
}
