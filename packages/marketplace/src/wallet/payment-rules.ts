/**
 * How a payment is composed, frozen with the line it pays, and given back (B-32, B-33, S1-4, S7-4, table 7.3). Pure:
 * coupons first, then cards, then exactly one of balance, credit or online payment; split over the lines by their amounts.
 */
import type { Decimal } from 'decimal.js';
import { decimal } from '../platform/money.ts';
import { type Instrument, type PurseKind, type RestKind, RULES } from './kinds.ts';
import { divide } from './shares.ts';

export interface Purse {
  readonly purseId: string;
  readonly kind: PurseKind;
  readonly leftOver: string;
  readonly validTo: Date | null;
}

/** What one instrument pays. */
export interface Part {
  readonly instrument: Instrument;
  /** of a coupon or card */
  readonly purseId: string | null;
  readonly amount: string;
}

/** The same of one order line, with what came back of it. */
export interface LinePart extends Part {
  /** post-paid: the month that it is repaid with, `YYYYMM` */
  readonly month: string | null;
  readonly given: string;
}

/** In the order of deduction; of several coupons the one that ends first. What is left over is for `rest`. */
export function planPayment(amount: Decimal, purses: readonly Purse[], rest: RestKind): Part[] {
  let left = amount;
  const parts: Part[] = [];
  for (const { purseId, kind, leftOver } of purses.toSorted(inOrder)) {
    const used = left.lessThan(leftOver) ? left : decimal(leftOver);
    if (used.isZero()) continue;
    parts.push({ instrument: kind, purseId, amount: used.toFixed(2) });
    left = left.minus(used);
  }
  return left.isZero() ? parts : [...parts, { instrument: rest, purseId: null, amount: left.toFixed(2) }];
}

/** What a buyer has to pay with, when nobody chooses (B-63). */
export interface Means {
  readonly purses: readonly Purse[];
  readonly balance: Decimal;
  /** what may still be bought on credit */
  readonly credit: Decimal;
}

/**
 * The same where nobody chooses: all coupons and cards that may be used, then the balance where it is enough for the
 * rest, else credit where that is (B-33: one of them, never both).
 * @param allowed what the seller takes (S2-9)
 * @returns what pays, and what is left to pay with; or what is missing on the balance
 */
export function planAlone(
  amount: Decimal,
  { purses, balance, credit }: Means,
  allowed: { readonly coupon: boolean; readonly limit: boolean },
): { readonly parts: readonly Part[]; readonly left: Means } | { readonly missing: Decimal } {
  const usable = purses.filter(({ kind }) => kind !== 'CREDIT_COUPON' || allowed.coupon);
  const planned = planPayment(amount, usable, 'BALANCE');
  const rest = decimal(planned.find(({ instrument }) => instrument === 'BALANCE')?.amount ?? '0');
  const onCredit = rest.greaterThan(balance);
  if (onCredit && !(allowed.limit && rest.lessThanOrEqualTo(credit))) return { missing: rest.minus(balance) };
  const parts = onCredit
    ? planned.map((part) => (part.instrument === 'BALANCE' ? { ...part, instrument: 'CREDIT' as const } : part))
    : planned;
  const taken = new Map(parts.map(({ purseId, amount: used }) => [purseId, used]));
  const left = purses.map((purse) => {
    const used = taken.get(purse.purseId) ?? '0';
    return { ...purse, leftOver: decimal(purse.leftOver).minus(used).toFixed(2) };
  });
  const none = decimal('0');
  const after = { balance: balance.minus(onCredit ? none : rest), credit: credit.minus(onCredit ? rest : none) };
  return { parts, left: { purses: left, ...after } };
}

const isCard = ({ kind }: Purse): number => (kind === 'CARD' ? 1 : 0);
const endOf = ({ validTo }: Purse): number => validTo?.getTime() ?? Number.MAX_SAFE_INTEGER;
const inOrder = (one: Purse, other: Purse): number =>
  isCard(one) - isCard(other) || endOf(one) - endOf(other) || (one.purseId < other.purseId ? -1 : 1);

/**
 * Each instrument in proportion to what the lines still need: per line and per instrument the sums are exact.
 * @param lines what each costs; together the sum of the parts
 */
export function spread(parts: readonly Part[], lines: readonly Decimal[], month: string): LinePart[][] {
  const needed = [...lines];
  const shares = lines.map((): LinePart[] => []);
  for (const part of parts) {
    for (const [place, amount] of divide(decimal(part.amount), needed).entries()) {
      if (amount.isZero()) continue;
      needed[place] = (needed[place] ?? decimal('0')).minus(amount);
      const due = RULES[part.instrument].postPaid ? month : null;
      shares[place]?.push({ ...part, amount: amount.toFixed(2), month: due, given: '0.00' });
    }
  }
  return shares;
}

/** What of a line goes back to which instrument: in proportion to what is not given back yet (7.3, "partly"). */
export function giveBack(
  parts: readonly LinePart[],
  amount: Decimal,
): { readonly back: readonly LinePart[]; readonly parts: readonly LinePart[] } {
  const left = parts.map((part) => decimal(part.amount).minus(part.given));
  const back = divide(amount, left);
  return {
    back: parts.flatMap((part, place) => {
      const given = back[place];
      return given === undefined || given.isZero() ? [] : [{ ...part, amount: given.toFixed(2) }];
    }),
    parts: parts.map((part, place) => ({
      ...part,
      given: decimal(part.given)
        .plus(back[place] ?? '0')
        .toFixed(2),
    })),
  };
}

/** S1-4: what of it is no cash consumption. */
export const nonCashOf = (parts: readonly Part[]): Decimal =>
  parts.reduce((sum, { instrument, amount }) => (RULES[instrument].cash ? sum : sum.plus(amount)), decimal('0'));

/** S2-3: paid once the buyer has repaid. */
export const isPostPaid = (parts: readonly Part[]): boolean =>
  parts.some(({ instrument }) => RULES[instrument].postPaid);

/** What several lines give back, instrument by instrument. */
export function added(parts: readonly LinePart[]): LinePart[] {
  const sums = new Map<string, LinePart>();
  for (const part of parts) {
    const key = `${part.instrument} ${part.purseId ?? ''} ${part.month ?? ''}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, amount: decimal(known.amount).plus(part.amount).toFixed(2) } : part);
  }
  return [...sums.values()];
}
