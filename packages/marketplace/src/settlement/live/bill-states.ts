/**
 * Bill states (settlement.md 4.4): a bill is under review until the operator sends it; countersigned, requisitioned,
 * invoiced where the seller invoices the marketplace, reviewed, paid. Bills of one requisition move together (S4-5).
 * Those of distributors are confirmed by them before (4.6), and always invoiced.
 */
import type { Site } from '../../platform/site.ts';
import type { Transitions } from '../../platform/state-machine.ts';
import type { ProductClass } from '../facts.ts';

export const BILL_STATES = [
  'UNDER_REVIEW',
  'TO_CONFIRM',
  'TO_COUNTERSIGN',
  'COUNTERSIGNING',
  'COUNTERSIGN_REJECTED',
  'REQUISITION_PENDING',
  'REQUISITION_FAILED',
  'TO_INVOICE',
  'INVOICE_REVIEW',
  'REQUISITION_REVIEW',
  'PAYING',
  'PAID',
] as const;
export type BillState = (typeof BILL_STATES)[number];

export const billTransitions: Transitions<BillState> = {
  UNDER_REVIEW: ['TO_COUNTERSIGN', 'TO_CONFIRM'],
  // its distributor confirms or rejects it (4.6)
  TO_CONFIRM: ['TO_COUNTERSIGN', 'UNDER_REVIEW'],
  TO_COUNTERSIGN: ['COUNTERSIGNING'],
  COUNTERSIGNING: ['REQUISITION_PENDING', 'COUNTERSIGN_REJECTED'],
  COUNTERSIGN_REJECTED: ['COUNTERSIGNING'],
  REQUISITION_PENDING: ['TO_INVOICE', 'REQUISITION_REVIEW', 'REQUISITION_FAILED'],
  REQUISITION_FAILED: ['REQUISITION_PENDING'],
  TO_INVOICE: ['INVOICE_REVIEW'],
  INVOICE_REVIEW: ['REQUISITION_REVIEW', 'TO_INVOICE'],
  REQUISITION_REVIEW: ['PAYING'],
  // the bank did not pay, or the money came back [R]
  PAYING: ['PAID', 'REQUISITION_REVIEW'],
  PAID: ['REQUISITION_REVIEW'],
};

/** General products of the China site are not invoiced by the seller; all others are (1.2, 4.2, 4.3), and commissions (4.6). */
export const invoicesMarketplace = (productClass: ProductClass | null, site: Site): boolean =>
  productClass !== 'GENERAL' || site !== 'CN';

export interface Movable {
  readonly state: BillState;
  /** null = of a distributor */
  readonly class: ProductClass | null;
  readonly site: Site;
  /** it is in a requisition: neither below the minimum nor kept back */
  readonly released: boolean;
}
/** From here on a pay-out run moves the bill, which a second person approves (O-7), and then the bank. */
const OF_PAYOUT = new Set<BillState>(['PAYING', 'PAID']);

/**
 * Where an operator may move a bill from where it stands. S4-2: since 2024-12-24 a seller confirms no bill; a distributor
 * still does (4.6), and nobody in its place.
 */
export function nextStates({ state, class: productClass, site, released }: Movable): readonly BillState[] {
  if (!released || OF_PAYOUT.has(state) || state === 'TO_CONFIRM') return [];
  if (state === 'UNDER_REVIEW') return [productClass === null ? 'TO_CONFIRM' : 'TO_COUNTERSIGN'];
  const skipped: BillState = invoicesMarketplace(productClass, site) ? 'REQUISITION_REVIEW' : 'TO_INVOICE';
  return billTransitions[state].filter(
    (to) => !OF_PAYOUT.has(to) && (state !== 'REQUISITION_PENDING' || to !== skipped),
  );
}
