/**
 * Exact decimals for very many small numbers: a whole number and how many of its digits are decimals. Prices and shares fit
 * a JavaScript number, so that an operation is one multiplication or addition, some ten times as quick as decimal.js;
 * what does not fit is a BigInt. Results are those of `decimal()` in money.ts to the last digit, forty significant ones.
 */
import type { Decimal as LargeDecimal } from 'decimal.js';

/** as money.ts: results keep this many significant digits, half up */
const PRECISION = 40;
const POWERS = Array.from({ length: 16 }, (_, power) => 10 ** power);

export type DecimalValue = Decimal | LargeDecimal | string | number;

export class Decimal {
  /** `digits × 10^−decimals`; a BigInt only where a number is not safe */
  readonly digits: number | bigint;
  readonly decimals: number;
  /** once it was asked for: prices and shares are written again and again */
  #text = '';

  constructor(digits: number | bigint, decimals: number) {
    this.digits = digits;
    this.decimals = decimals;
  }

  plus(value: DecimalValue): Decimal {
    return added(this, decimal(value), 1);
  }
  minus(value: DecimalValue): Decimal {
    return added(this, decimal(value), -1);
  }

  times(value: DecimalValue): Decimal {
    const other = decimal(value);
    const decimals = this.decimals + other.decimals;
    if (typeof this.digits === 'number' && typeof other.digits === 'number') {
      const product = this.digits * other.digits;
      if (Number.isSafeInteger(product)) return new Decimal(product === 0 ? 0 : product, product === 0 ? 0 : decimals);
    }
    return fitted(BigInt(this.digits) * BigInt(other.digits), decimals);
  }

  /** To forty significant digits, half up. @throws RangeError for a division by zero */
  dividedBy(value: DecimalValue): Decimal {
    const other = decimal(value);
    if (other.isZero()) throw new RangeError('division by zero');
    if (this.isZero()) return new Decimal(0, 0);
    const [one, two] = [BigInt(this.digits), BigInt(other.digits)];
    // two digits more than are kept; a last one that says whether something is left, so that half is half
    const more = Math.max(0, PRECISION + 2 - (lengthOf(one) - lengthOf(two)));
    const dividend = one * 10n ** BigInt(more);
    const quotient = dividend / two;
    const left = dividend % two === 0n ? 0n : one < 0n === two < 0n ? 1n : -1n;
    return fitted(quotient * 10n + left, this.decimals - other.decimals + more + 1);
  }

  negated(): Decimal {
    return this.digits === 0 ? this : new Decimal(-this.digits, this.decimals);
  }
  abs(): Decimal {
    return this.isNegative() ? this.negated() : this;
  }

  isZero(): boolean {
    return this.digits === 0 || this.digits === 0n;
  }
  isNegative(): boolean {
    return this.digits < 0;
  }

  /** Negative, zero or positive: less, equal, more. */
  comparedTo(value: DecimalValue): number {
    const other = decimal(value);
    if (this.decimals === other.decimals) return this.digits < other.digits ? -1 : this.digits > other.digits ? 1 : 0;
    const { digits } = added(this, other, -1);
    return digits < 0 ? -1 : digits > 0 ? 1 : 0;
  }
  equals(value: DecimalValue): boolean {
    return this.comparedTo(value) === 0;
  }
  lessThan(value: DecimalValue): boolean {
    return this.comparedTo(value) < 0;
  }
  lessThanOrEqualTo(value: DecimalValue): boolean {
    return this.comparedTo(value) <= 0;
  }
  greaterThan(value: DecimalValue): boolean {
    return this.comparedTo(value) > 0;
  }
  greaterThanOrEqualTo(value: DecimalValue): boolean {
    return this.comparedTo(value) >= 0;
  }

  /** @param rounding half up (away from zero), or cut */
  toDecimalPlaces(decimals: number, rounding: 'HALF_UP' | 'TRUNCATE' = 'HALF_UP'): Decimal {
    if (this.decimals <= decimals) return this;
    return shortened(cutTo(BigInt(this.digits), this.decimals - decimals, rounding), decimals);
  }

  /** As text without exponent: with exactly so many decimals, or with no more than it has. */
  toFixed(decimals?: number): string {
    if (decimals === undefined) {
      if (this.#text === '') this.#text = writtenShort(this.digits, this.decimals);
      return this.#text;
    }
    return written(scaledTo(this.toDecimalPlaces(decimals), decimals), decimals);
  }
  toString(): string {
    return this.toFixed();
  }
  toJSON(): string {
    return this.toFixed();
  }
}

/** A plain decimal number as text, a whole number, or a decimal. @throws RangeError for anything else */
export function decimal(value: DecimalValue): Decimal {
  if (value instanceof Decimal) return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? new Decimal(value, 0) : decimal(String(value));
  const text = typeof value === 'string' ? value : value.toFixed();
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`not a decimal: ${text}`);
  const point = text.indexOf('.');
  const decimals = point < 0 ? 0 : text.length - point - 1;
  const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1);
  const small = Number(digits);
  if (Number.isSafeInteger(small)) return new Decimal(small === 0 ? 0 : small, small === 0 ? 0 : decimals);
  return shortened(BigInt(digits), decimals);
}

/** @param sign of `other` */
function added(one: Decimal, other: Decimal, sign: 1 | -1): Decimal {
  const [first, second] = [one.digits, other.digits];
  if (typeof first === 'number' && typeof second === 'number') {
    const more = one.decimals - other.decimals;
    const power = POWERS[more < 0 ? -more : more];
    if (power !== undefined) {
      const [own, its] = more < 0 ? [first * power, second] : [first, second * power];
      const sum = own + sign * its;
      if (Number.isSafeInteger(own) && Number.isSafeInteger(its) && Number.isSafeInteger(sum))
        return new Decimal(sum === 0 ? 0 : sum, more < 0 ? other.decimals : one.decimals);
    }
  }
  const decimals = Math.max(one.decimals, other.decimals);
  return fitted(scaledTo(one, decimals) + BigInt(sign) * scaledTo(other, decimals), decimals);
}

function scaledTo({ digits, decimals }: Decimal, more: number): bigint {
  return more === decimals ? BigInt(digits) : BigInt(digits) * 10n ** BigInt(more - decimals);
}

/** To forty significant digits; as a number again where it is safe. */
function fitted(digits: bigint, decimals: number): Decimal {
  const surplus = lengthOf(digits) - PRECISION;
  if (surplus <= 0) return shortened(digits, decimals);
  const kept = cutTo(digits, surplus, 'HALF_UP');
  if (surplus <= decimals) return shortened(kept, decimals - surplus);
  return new Decimal(kept * 10n ** BigInt(surplus - decimals), 0);
}

function cutTo(digits: bigint, places: number, rounding: 'HALF_UP' | 'TRUNCATE'): bigint {
  const unit = 10n ** BigInt(places);
  const whole = digits / unit;
  if (rounding === 'TRUNCATE') return whole;
  const rest = digits % unit;
  return 2n * (rest < 0n ? -rest : rest) < unit ? whole : whole + (digits < 0n ? -1n : 1n);
}

/** Without zeros at the end of the decimals, and a number where it is safe. */
function shortened(digits: bigint, decimals: number): Decimal {
  let [fewer, places] = [digits, digits === 0n ? 0 : decimals];
  while (places > 0 && fewer % 10n === 0n) {
    fewer /= 10n;
    places -= 1;
  }
  const small = Number(fewer);
  return new Decimal(Number.isSafeInteger(small) ? small : fewer, places);
}

function writtenShort(digits: number | bigint, decimals: number): string {
  if (typeof digits === 'bigint') {
    const short = shortened(digits, decimals);
    return written(short.digits, short.decimals);
  }
  let [fewer, places] = [digits, digits === 0 ? 0 : decimals];
  for (let tenth = fewer / 10; places > 0 && Number.isInteger(tenth); tenth = fewer / 10) {
    fewer = tenth;
    places -= 1;
  }
  return written(fewer, places);
}

function written(digits: number | bigint, decimals: number): string {
  const negative = digits < 0;
  const text = String(negative ? -digits : digits);
  if (decimals === 0) return negative ? `-${text}` : text;
  const padded = text.length > decimals ? text : text.padStart(decimals + 1, '0');
  const point = padded.length - decimals;
  return `${negative ? '-' : ''}${padded.slice(0, point)}.${padded.slice(point)}`;
}

const lengthOf = (digits: bigint): number => String(digits < 0n ? -digits : digits).length;
