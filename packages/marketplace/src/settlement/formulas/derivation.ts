/** Numbers of a derivation as people write them, and the exact decimals they stand for. */
import { type Decimal, decimal } from '../../platform/exact.ts';

/** what a line's amount keeps (S1-11): at least 10 decimals, only the bill total is rounded to 2 */
export const LINE_DECIMALS = 10;

export const exact = (value: Decimal): Decimal => value.toDecimalPlaces(LINE_DECIMALS);
/** an amount in a derivation or a bill line, with no more decimals than it has */
export const text = (value: Decimal): string => exact(value).toFixed();
/** in a product or sum: a negative number in brackets */
export const term = (value: Decimal): string => (value.isNegative() ? `(${text(value)})` : text(value));
export const ZERO = decimal('0');
export const ONE = decimal('1');
