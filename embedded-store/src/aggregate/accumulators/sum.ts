import { Long } from 'bson';
import { addDecimals, type Decimal, decimalOfBigInt, divideDecimals, toDecimal128 } from '../../bson/decimal.ts';
import { fromDouble } from '../../bson/decode.ts';
import { Type } from '../../bson/element.ts';
import { type BsonNumber, fromBigInt, isNumberType, toBigInt, toDecimal, toDouble } from '../../bson/number.ts';
import { typeOf } from '../../bson/value.ts';
import type { Accumulator } from './accumulator.ts';

/**
 * A total over numbers of all types: whole numbers exactly, doubles with compensation (Neumaier's variant of Kahan's
 * summation, as rounding must not depend on the order of documents more than it has to), decimals as decimals.
 * Anything that is no number is passed over.
 */
export class Total {
  count = 0;
  #small = 0;
  #large = 0n;
  #double = 0;
  #compensation = 0;
  #decimal: Decimal | undefined;
  #hasDouble = false;
  #hasLong = false;

  add(value: unknown): void {
    if (typeof value === 'number') {
      this.count++;
      if ((value | 0) === value) this.#addSmall(value);
      else this.#addDouble(value);
      return;
    }
    const type = typeOf(value);
    if (!isNumberType(type)) return;
    this.count++;
    if (type === Type.int64) {
      this.#hasLong = true;
      this.#large += toBigInt(value as BsonNumber);
    } else if (type === Type.double) {
      this.#addDouble(toDouble(value as BsonNumber));
    } else if (type === Type.int32) {
      this.#addSmall(toDouble(value as BsonNumber));
    } else {
      this.#decimal = this.#decimal
        ? addDecimals(this.#decimal, toDecimal(value as BsonNumber))
        : toDecimal(value as BsonNumber);
    }
  }

  #addSmall(value: number): void {
    this.#small += value;
    if (this.#small > 4e15 || this.#small < -4e15) {
      this.#large += BigInt(this.#small);
      this.#small = 0;
    }
  }

  #addDouble(value: number): void {
    this.#hasDouble = true;
    const sum = this.#double + value;
    if (Number.isFinite(sum)) {
      this.#compensation +=
        Math.abs(this.#double) >= Math.abs(value) ? this.#double - sum + value : value - sum + this.#double;
    }
    this.#double = sum;
  }

  #whole(): bigint {
    return this.#large + BigInt(this.#small);
  }

  #asDouble(): number {
    const double = this.#double + this.#compensation;
    return this.#large === 0n ? double + this.#small : double + Number(this.#whole());
  }

  #asDecimal(decimal: Decimal): Decimal {
    const sum = addDecimals(decimal, decimalOfBigInt(this.#whole()));
    return this.#hasDouble ? addDecimals(sum, toDecimal(this.#double + this.#compensation)) : sum;
  }

  sum(): BsonNumber {
    if (this.#decimal) return toDecimal128(this.#asDecimal(this.#decimal));
    if (this.#hasDouble) return fromDouble(this.#asDouble());
    return fromBigInt(this.#whole(), this.#hasLong) ?? fromDouble(Number(this.#whole()));
  }

  average(): BsonNumber | null {
    if (this.count === 0) return null;
    if (this.#decimal) {
      return toDecimal128(divideDecimals(this.#asDecimal(this.#decimal), decimalOfBigInt(BigInt(this.count))));
    }
    return fromDouble(this.#asDouble() / this.count);
  }
}

export class Sum implements Accumulator {
  readonly #total = new Total();
  add(value: unknown): void {
    this.#total.add(value);
  }
  result(): unknown {
    return this.#total.sum();
  }
}

export class Average implements Accumulator {
  readonly #total = new Total();
  add(value: unknown): void {
    this.#total.add(value);
  }
  result(): unknown {
    return this.#total.average();
  }
}

export class Count implements Accumulator {
  #count = 0;
  add(): void {
    this.#count++;
  }
  result(): unknown {
    return (this.#count | 0) === this.#count ? this.#count : Long.fromNumber(this.#count);
  }
}

/** Standard deviation by Welford's method; a sample has one degree of freedom less. */
export class Deviation implements Accumulator {
  readonly #isSample: boolean;
  #count = 0;
  #mean = 0;
  #squares = 0;

  constructor(isSample: boolean) {
    this.#isSample = isSample;
  }

  add(value: unknown): void {
    if (!isNumberType(typeOf(value))) return;
    const number = toDouble(value as BsonNumber);
    this.#count++;
    const delta = number - this.#mean;
    this.#mean += delta / this.#count;
    this.#squares += delta * (number - this.#mean);
  }

  result(): unknown {
    const degrees = this.#isSample ? this.#count - 1 : this.#count;
    return degrees <= 0 ? null : fromDouble(Math.sqrt(this.#squares / degrees));
  }
}
