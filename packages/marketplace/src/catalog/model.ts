/**
 * The price of an order line: one pure function with its derivation, the only place where a price is computed
 * (catalogue.md 4–5).
 */
import type { Decimal } from 'decimal.js';
import { decimal, type Money, money, plain, roundToCents } from '../platform/money.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { ChargingMode } from './access-types.ts';
import type { LinearAttribute, PriceItem } from './definition.ts';

export interface DerivationStep {
  readonly rule: string;
  readonly text: string;
  readonly value: string;
}

export interface QuoteInput {
  readonly priceItem: PriceItem;
  /** opening a pay-per-use service costs nothing; all other modes cost their price. Absent = by the price item */
  readonly chargingMode?: ChargingMode;
  readonly linearAttribute: LinearAttribute | null;
  /** quantity of the linear attribute; must be absent or 1 without one */
  readonly quantity: number | undefined;
  /** number of months or years; must be absent for one-time prices */
  readonly periodNumber: number | undefined;
  /** images priced per vCPU: of the flavour chosen (L34); absent = the price is not per vCPU */
  readonly vcpus?: number | undefined;
  /** the one best offer of this buyer (C53) */
  readonly discount?: Discount | undefined;
}

/** A private offer: what the buyer pays of the list price. */
export interface Discount {
  readonly offerId: string;
  /** 0 < rate ≤ 1, at most 4 decimals */
  readonly rate: string;
}

/** What was taken off the list price, and by what; Σ = listAmount − amount. */
export interface Deduction {
  readonly kind: 'OFFER' | 'VOUCHER';
  readonly id: string;
  readonly amount: Money;
}

export interface Quote {
  readonly priceItemId: string;
  readonly quantity: number;
  readonly periodType: 'month' | 'year' | null;
  readonly periodNumber: number | null;
  readonly listAmount: Money;
  /** what is to be paid: listAmount − Σ deductions */
  readonly amount: Money;
  readonly deductions: readonly Deduction[];
  readonly derivation: readonly DerivationStep[];
}

/** C19: 1 … 11 months, 1 … 5 years */
export const MOST_PERIODS = { month: 11, year: 5 } as const;

/**
 * linePrice = P(sku, periodType, q) × periodNumber × discount, rounded half-up to 2 decimals once per line (C17, C18, C20,
 * C21, C53). Refuses INVALID_QUANTITY (C13) and INVALID_PERIOD (C19) naming the bounds, INVALID_FLAVOUR (L34).
 */
export function quote(input: QuoteInput): Result<Quote> {
  const quantity = checkQuantity(input.quantity, input.linearAttribute);
  if (!quantity.ok) return quantity;
  if (input.chargingMode === 'ON_DEMAND' && input.periodNumber === undefined)
    return ok(opening(input.priceItem, quantity.value));
  const vcpus = input.vcpus ?? 1;
  if (!Number.isInteger(vcpus) || vcpus < 1 || vcpus > MOST_VCPUS)
    return refuse('INVALID_FLAVOUR', `L34: a flavour has 1 to ${MOST_VCPUS} vCPUs`, { vcpus: String(vcpus) });
  const listed = quotePeriods(input.priceItem, quantity.value, input.periodNumber, undefined, vcpus);
  return listed.ok && input.discount ? ok(discounted(listed.value, input.discount)) : listed;
}

/** the largest flavour that a cloud offers today has 416 */
const MOST_VCPUS = 1_024;

/** C53: offers are not added up; the discount is taken of the list amount and rounded with the line (C17). */
function discounted(listed: Quote, { offerId, rate }: Discount): Quote {
  const exact = decimal(listed.listAmount.amount).times(rate);
  const rounded = roundToCents(exact);
  const amount = money(rounded, listed.listAmount.currency);
  const off = money(decimal(listed.listAmount.amount).minus(rounded), listed.listAmount.currency);
  const derivation = [
    ...listed.derivation,
    { rule: 'C53', text: `${listed.listAmount.amount} × ${rate}`, value: plain(exact) },
  ];
  if (!rounded.equals(exact))
    derivation.push({ rule: 'C17', text: `${plain(exact)} ≈ ${rounded.toFixed(2)}`, value: rounded.toFixed(2) });
  return { ...listed, amount, deductions: [{ kind: 'OFFER', id: offerId, amount: off }], derivation };
}

/** Something that is paid together with whole periods and rounded with them. */
export interface Extra {
  readonly value: Decimal;
  readonly derivation: readonly DerivationStep[];
}

/** The price of whole periods of a quantity that is known to be good: a renewal keeps its quantity. Refuses INVALID_PERIOD. */
export function quotePeriods(
  priceItem: PriceItem,
  quantity: number,
  periodNumber: number | undefined,
  extra?: Extra,
  vcpus = 1,
): Result<Quote> {
  const type = priceItem.periodType;
  const periods = checkPeriods(periodNumber, type);
  if (!periods.ok) return periods;
  const derivation: DerivationStep[] = [];
  const units = priceOfQuantity(priceItem, quantity, derivation);
  const onePeriod = units.times(vcpus);
  if (vcpus > 1) derivation.push({ rule: 'L34', text: `${plain(units)} × ${vcpus} vCPU`, value: plain(onePeriod) });
  const whole = type === null ? onePeriod : onePeriod.times(periods.value);
  if (type !== null)
    derivation.push({
      rule: type === 'year' ? 'C20' : 'C18',
      text: `${plain(onePeriod)} × ${periods.value}`,
      value: plain(whole),
    });
  const exact = extra ? whole.plus(extra.value) : whole;
  if (extra)
    derivation.push(...extra.derivation, {
      rule: 'C18',
      text: `${plain(whole)} + ${plain(extra.value)}`,
      value: plain(exact),
    });
  const rounded = roundToCents(exact);
  if (!rounded.equals(exact))
    derivation.push({ rule: 'C17', text: `${plain(exact)} ≈ ${rounded.toFixed(2)}`, value: rounded.toFixed(2) });
  const amount = money(rounded, priceItem.currency);
  return ok({
    priceItemId: priceItem.priceItemId,
    quantity,
    periodType: type,
    periodNumber: type === null ? null : periods.value,
    listAmount: amount,
    amount,
    deductions: [],
    derivation,
  });
}

/** Pay-per-use is paid by what is used (C30). */
function opening(item: PriceItem, quantity: number): Quote {
  const nothing = money('0', item.currency);
  const derivation = [{ rule: 'C30', text: 'opening costs nothing; usage is billed', value: '0' }];
  const { priceItemId } = item;
  return {
    priceItemId,
    quantity,
    periodType: null,
    periodNumber: null,
    listAmount: nothing,
    amount: nothing,
    deductions: [],
    derivation,
  };
}

/** LINEAR u × q; TIER u(bracket of q) × q; STEP Σ slice × slice price (catalogue.md 4.1). */
export function priceOfQuantity(item: PriceItem, quantity: number, derivation: DerivationStep[] = []): Decimal {
  if (item.mode === 'STEP') return stepPrice(item, quantity, derivation);
  const bracket = bracketOf(item, quantity);
  const value = decimal(bracket.unitPrice).times(quantity);
  const where = item.mode === 'TIER' ? `, ${quantity} ∈ ${describe(bracket)}` : '';
  derivation.push({
    rule: `4.1 ${item.mode}`,
    text: `${bracket.unitPrice} × ${quantity}${where}`,
    value: plain(value),
  });
  return value;
}

/** u(bracket of q): what one unit costs in the bracket that the quantity falls into. */
export const unitPriceAt = (item: PriceItem, quantity: number): Decimal => decimal(bracketOf(item, quantity).unitPrice);

/** The brackets of a price end somewhere; a quantity of an older version may lie beyond. */
export const covers = (item: PriceItem, quantity: number): boolean =>
  item.brackets.some(({ to }) => to === null || quantity <= to);

function bracketOf(item: PriceItem, quantity: number): PriceItem['brackets'][number] {
  const bracket = item.brackets.find(({ from, to }) => quantity > from && (to === null || quantity <= to));
  if (!bracket) throw new RangeError(`${item.priceItemId} has no bracket for ${quantity}`);
  return bracket;
}

function stepPrice(item: PriceItem, quantity: number, derivation: DerivationStep[]): Decimal {
  const slices: Decimal[] = [];
  for (const bracket of item.brackets) {
    const slice = Math.min(quantity, bracket.to ?? quantity) - bracket.from;
    if (slice <= 0) break;
    const value = decimal(bracket.unitPrice).times(slice);
    slices.push(value);
    derivation.push({
      rule: '4.1 STEP',
      text: `${bracket.unitPrice} × ${slice} ∈ ${describe(bracket)}`,
      value: plain(value),
    });
  }
  const total = slices.reduce((sum, value) => sum.plus(value), decimal('0'));
  derivation.push({ rule: '4.1 STEP', text: slices.map(plain).join(' + '), value: plain(total) });
  return total;
}

const describe = ({ from, to }: { from: number; to: number | null }) =>
  to === null ? `(${from}, ∞)` : `(${from}, ${to}]`;

/** C13: integer, min ≤ q ≤ max, (q − min) mod step = 0. */
export function checkQuantity(quantity: number | undefined, linear: LinearAttribute | null): Result<number> {
  if (!linear) {
    return quantity === undefined || quantity === 1
      ? ok(1)
      : refuse('INVALID_QUANTITY', 'this specification has no quantity', { minimum: '1', maximum: '1', step: '1' });
  }
  const { minimum, maximum, step } = linear;
  if (
    quantity !== undefined &&
    Number.isInteger(quantity) &&
    quantity >= minimum &&
    quantity <= maximum &&
    (quantity - minimum) % step === 0
  )
    return ok(quantity);
  return refuse('INVALID_QUANTITY', `the quantity must be from ${minimum} to ${maximum} in steps of ${step}`, {
    minimum: String(minimum),
    maximum: String(maximum),
    step: String(step),
  });
}

function checkPeriods(count: number | undefined, type: 'month' | 'year' | null): Result<number> {
  if (type === null) return count === undefined ? ok(1) : refuse('INVALID_PERIOD', 'a one-time price has no duration');
  const most = MOST_PERIODS[type];
  if (count !== undefined && Number.isInteger(count) && count >= 1 && count <= most) return ok(count);
  return refuse('INVALID_PERIOD', `the duration must be 1 to ${most} ${type}s`, {
    minimum: '1',
    maximum: String(most),
  });
}
