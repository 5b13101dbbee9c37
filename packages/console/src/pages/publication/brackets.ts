import type { DraftBracket, DraftPrice } from '../../api/publication-types.ts';
import { compareDecimal, isDecimal } from '../../format/decimal.ts';

/**
 * The ranges of a price (C16): `(from, to]` over whole numbers, one after the other without gap or overlap, the last one
 * open. Only the upper limits are typed; a lower limit is always the upper limit before it, so that no gap can arise.
 */
export type PriceMode = DraftPrice['mode'];

/** How a price depends on the quantity; the same for every combination in a column of the price table. */
export interface PriceShape {
  readonly mode: PriceMode;
  /** upper limits without the last, which is open; null while it is being typed */
  readonly limits: readonly (number | null)[];
}

export const mostBrackets = 20;

export const linear: PriceShape = { mode: 'LINEAR', limits: [] };

export function shapeOf({ mode, brackets }: Pick<DraftPrice, 'mode' | 'brackets'>): PriceShape {
  return { mode, limits: brackets.slice(0, -1).map(({ to }) => to) };
}

export function sameShape(left: PriceShape, right: PriceShape): boolean {
  return (
    left.mode === right.mode &&
    left.limits.length === right.limits.length &&
    left.limits.every((limit, index) => limit === right.limits[index])
  );
}

/** The brackets of `shape` with the unit prices there are; a new range begins with the price of the range before it. */
export function bracketsOf(shape: PriceShape, unitPrices: readonly string[]): DraftBracket[] {
  return [...shape.limits, null].map((to, index) => ({
    from: index === 0 ? 0 : (shape.limits[index - 1] ?? null),
    to,
    unitPrice: unitPrices[index] ?? unitPrices.at(-1) ?? '',
  }));
}

/** `price` in another shape, its unit prices kept where the ranges still exist. */
export function reshape<T extends DraftPrice>(price: T, shape: PriceShape): T {
  const unitPrices = price.brackets.map(({ unitPrice }) => unitPrice);
  return { ...price, mode: shape.mode, brackets: bracketsOf(shape, unitPrices) };
}

/** LINEAR has one price (C16); the others begin with two ranges that are cut at `cut`. */
export function withMode(shape: PriceShape, mode: PriceMode, cut = 10): PriceShape {
  if (mode === 'LINEAR') return linear;
  return { mode, limits: shape.limits.length === 0 ? [cut] : shape.limits };
}

/** One range more: cut above the last limit, as far from it as that one is from the limit before. */
export function addRange(shape: PriceShape): PriceShape {
  if (shape.mode === 'LINEAR' || shape.limits.length + 1 >= mostBrackets) return shape;
  const last = shape.limits.at(-1) ?? 0;
  const before = shape.limits.at(-2) ?? 0;
  return { ...shape, limits: [...shape.limits, last + Math.max(1, last - before)] };
}

/** Without the range at `index`: the range above it begins where this one began. The last range can not be taken away. */
export function removeRange(shape: PriceShape, index: number): PriceShape {
  const limits = shape.limits.filter((_, place) => place !== index);
  return limits.length === 0 ? linear : { ...shape, limits };
}

export function setLimit(shape: PriceShape, index: number, limit: number | null): PriceShape {
  return { ...shape, limits: shape.limits.map((one, place) => (place === index ? limit : one)) };
}

/** Places of limits that are missing or not above the limit before them: such a range would be empty. */
export function wrongLimits({ limits }: PriceShape): number[] {
  return limits.flatMap((limit, index) => {
    const before = index === 0 ? 0 : (limits[index - 1] ?? 0);
    return limit === null || limit <= before ? [index] : [];
  });
}

/** C17: a decimal with at most so many decimals, not negative. */
export function isPrice(text: string, decimals: number): boolean {
  return /^\d{1,12}(\.\d+)?$/.test(text) && (text.split('.')[1]?.length ?? 0) <= decimals;
}

/** A price as people type or paste it: `¥ 1,200.50` → `1200.50`; what is no price stays as it is, to be told. */
export function cleanPrice(text: string): string {
  const bare = text
    .normalize('NFKC')
    .trim()
    .replace(/^[¥$€]|^CNY|^USD|^EUR/i, '')
    .trim();
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
  return /^\d+\.$/.test(plain) ? plain.slice(0, -1) : plain;
}

/**
 * TIER may make more units cheaper than fewer (catalogue.md 4.1: allowed, the page only says so).
 * @returns the first quantity that costs less than one unit less of it; null = there is none
 */
export function cheaperAt({ mode, brackets }: Pick<DraftPrice, 'mode' | 'brackets'>): number | null {
  if (mode !== 'TIER') return null;
  for (const [index, { from, unitPrice }] of brackets.entries()) {
    const before = brackets[index - 1];
    if (before === undefined || from === null || !isDecimal(unitPrice) || !isDecimal(before.unitPrice)) continue;
    if (compareDecimal(times(unitPrice, from + 1), times(before.unitPrice, from)) < 0) return from + 1;
  }
  return null;
}

/** Exact: a decimal text times a whole number. */
function times(price: string, count: number): string {
  const [whole = '0', fraction = ''] = price.split('.');
  const scaled = (BigInt(whole + fraction) * BigInt(count)).toString().padStart(fraction.length + 1, '0');
  return fraction === '' ? scaled : `${scaled.slice(0, -fraction.length)}.${scaled.slice(-fraction.length)}`;
}
