/**
 * Leaving the marketplace (settlement.md S4-7): what still hinders a seller, and the states of its application. Pure.
 *
 * An application is PENDING until the operator decides (APPROVED: the account is closed for good, REJECTED: with a reason) or the
 * seller takes it back (WITHDRAWN). It is made, and approved, only while nothing hinders.
 */
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { Transitions } from '../../platform/state-machine.ts';
import type { ProductClass } from '../facts.ts';

export const LEAVING_STATES = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;
export type LeavingState = (typeof LEAVING_STATES)[number];
export const leavingTransitions: Transitions<LeavingState> = {
  PENDING: ['APPROVED', 'REJECTED', 'WITHDRAWN'],
  APPROVED: [],
  REJECTED: [],
  WITHDRAWN: [],
};

/** In the order in which they are solved. */
export const HINDRANCES = [
  // all products withdrawn
  'PRODUCTS',
  // no order in progress: unpaid, being delivered or accepted, failed and not given back; refunds that are open; metered services, which go on being charged
  'ORDERS',
  'REFUNDS',
  'METERED',
  // no unsettled order: lines in no bill yet; bills that are not paid; sums held below the minimum (S4-4), and sums owed (S4-6)
  'UNBILLED',
  'UNPAID',
  'BELOW_MINIMUM',
  'OWED',
  // no un-invoiced order, or proof that the buyer needs none; invoices that were asked for and are not there
  'UNINVOICED',
  'INVOICES',
  // no outstanding platform-fee invoice: to be asked for, or asked for
  'FEE',
] as const;
export type HindranceKind = (typeof HINDRANCES)[number];
export interface Hindrance {
  readonly kind: HindranceKind;
  readonly count: number;
  /** of what is money; null = it is not */
  readonly amount: string | null;
}

/** What is known of a seller, counted. */
export interface Standing {
  readonly products: number;
  readonly orders: number;
  readonly refunds: number;
  readonly metered: number;
  readonly unbilled: number;
  /** all but the paid ones */
  readonly bills: readonly StandingBill[];
  readonly uninvoiced: { readonly count: number; readonly amount: string };
  readonly invoices: number;
  readonly fee: {
    /** of paid requisitions that are on no invoice; negative ones are taken along (S3-29) */
    readonly fees: readonly string[];
    readonly asked: number;
  };
}
export interface StandingBill {
  readonly class: ProductClass;
  readonly total: string;
  /** it is in a requisition */
  readonly released: boolean;
  /** the operator keeps it back */
  readonly kept: boolean;
}

export function hindrancesOf(standing: Standing): Hindrance[] {
  const { bills, uninvoiced, fee } = standing;
  const classes = [...new Set(bills.map((bill) => bill.class))];
  const held = classes.map((name) => {
    const own = bills.filter((bill) => bill.class === name && !bill.released && !bill.kept);
    return { count: own.length, sum: sumOf(own.map(({ total }) => total)) };
  });
  const unpaid = bills.filter(({ released, kept }) => released || kept);
  const below = held.filter(({ sum }) => sum.greaterThan(0));
  const owed = held.filter(({ sum }) => sum.lessThan(0));
  const fees = sumOf(fee.fees);
  const found: Readonly<Record<HindranceKind, readonly [count: number, amount: Decimal | null]>> = {
    PRODUCTS: [standing.products, null],
    ORDERS: [standing.orders, null],
    REFUNDS: [standing.refunds, null],
    METERED: [standing.metered, null],
    UNBILLED: [standing.unbilled, null],
    UNPAID: [unpaid.length, sumOf(unpaid.map(({ total }) => total))],
    BELOW_MINIMUM: together(below),
    // what adds up to nothing is settled
    OWED: together(owed),
    UNINVOICED: [uninvoiced.count, decimal(uninvoiced.amount)],
    INVOICES: [standing.invoices, null],
    // fees that add up to nothing or less can be asked for by nobody (S3-29)
    FEE: [fee.asked + (fees.greaterThan(0) ? fee.fees.length : 0), fees.greaterThan(0) ? fees : null],
  };
  return HINDRANCES.flatMap((kind): Hindrance[] => {
    const [count, amount] = found[kind];
    return count > 0 ? [{ kind, count, amount: amount?.toFixed(2) ?? null }] : [];
  });
}

const sumOf = (amounts: readonly string[]): Decimal => amounts.reduce((sum, amount) => sum.plus(amount), decimal('0'));
const together = (held: readonly { readonly count: number; readonly sum: Decimal }[]): readonly [number, Decimal] => [
  held.reduce((count, each) => count + each.count, 0),
  held.reduce((sum, each) => sum.plus(each.sum), decimal('0')),
];

/**
 * S4-4 holds a sum below the minimum until more comes. When nothing more comes, since there is nothing on sale, in progress
 * or unbilled, the seller may have it sent on as it is.
 */
export const mayTakeTheRest = (hindrances: readonly Hindrance[]): boolean =>
  hindrances.some(({ kind }) => kind === 'BELOW_MINIMUM') && !hindrances.some(({ kind }) => COMING.includes(kind));
const COMING: readonly HindranceKind[] = ['PRODUCTS', 'ORDERS', 'REFUNDS', 'METERED', 'UNBILLED'];
