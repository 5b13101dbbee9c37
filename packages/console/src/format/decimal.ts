/** Exact arithmetic on the API's decimal strings; amounts never pass through a float (design.md 4.5). */

const decimal = /^-?\d+(\.\d+)?$/;

/** True for `12`, `12.50`, `-3.1`: what the API sends as an amount. */
export function isDecimal(value: string): value is `${number}` {
  return decimal.test(value);
}

/** `left - right`, with as many decimals as the longer of both. Throws a RangeError for anything but decimals. */
export function subtractDecimal(left: string, right: string): string {
  const digits = Math.max(fractionDigits(left), fractionDigits(right));
  return unscale(scale(left, digits) - scale(right, digits), digits);
}

/** `left + right`, with as many decimals as the longer of both. Throws a RangeError for anything but decimals. */
export function addDecimal(left: string, right: string): string {
  const digits = Math.max(fractionDigits(left), fractionDigits(right));
  return unscale(scale(left, digits) + scale(right, digits), digits);
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. */
export function compareDecimal(left: string, right: string): number {
  const digits = Math.max(fractionDigits(left), fractionDigits(right));
  const difference = scale(left, digits) - scale(right, digits);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Number of digits after the point. */
export function fractionDigits(value: string): number {
  return value.split('.')[1]?.length ?? 0;
}

function scale(value: string, digits: number): bigint {
  if (!isDecimal(value)) throw new RangeError(`not a decimal: ${value}`);
  const [whole = '0', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

function unscale(value: bigint, digits: number): string {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const sign = value < 0n ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
