/**
 * An invoice to a buyer (consoles-and-processes.md 7.7, settlement.md 5.3): asked for, accepted or refused by its issuer,
 * issued: electronic ones are done then, paper is received first (confirmed, or 90 days). What is issued may be returned,
 * with a red invoice. CANCELLED, REFUSED and RETURNED amounts can be invoiced again. The same machine for invoices of
 * sellers and of the marketplace. Pure.
 */
import type { LocalizedText } from '../../../catalog/index.ts';
import type { KeptFile } from '../../../platform/files/index.ts';
import { decimal } from '../../../platform/money.ts';
import { ok, type Result, refuse } from '../../../platform/result.ts';
import { move, type Transitions } from '../../../platform/state-machine.ts';
import type { Day, Period } from '../../calendar.ts';
import type { TaxedAmount } from '../amounts.ts';
import { type InvoiceKind, type InvoiceReceiver, type InvoiceTitle, isPaper } from '../titles.ts';

export const BUYER_INVOICE_STATES = [
  'IN_REVIEW',
  'REFUSED',
  'ISSUING',
  'CANCELLING',
  'CANCELLED',
  'TO_RECEIVE',
  'ISSUED',
  'RETURNING',
  'RETURNED',
] as const;
export type BuyerInvoiceState = (typeof BUYER_INVOICE_STATES)[number];

export const buyerInvoiceTransitions: Transitions<BuyerInvoiceState> = {
  IN_REVIEW: ['REFUSED', 'CANCELLED', 'ISSUING'],
  ISSUING: ['CANCELLING', 'ISSUED', 'TO_RECEIVE'],
  CANCELLING: ['CANCELLED', 'ISSUING'],
  TO_RECEIVE: ['ISSUED'],
  ISSUED: ['RETURNING'],
  RETURNING: ['ISSUED', 'RETURNED'],
  REFUSED: [],
  CANCELLED: [],
  RETURNED: [],
};
/** the amounts are free again */
export const isOver = (state: BuyerInvoiceState): boolean => buyerInvoiceTransitions[state].length === 0;

/** S5-15 */
export const ISSUE_DAYS = 7;
/** S5-19 */
export const RECEIPT_DAYS = 90;
/** S5-21 */
export const LETTER_MONTHS = 6;

export interface InvoicedLine {
  readonly orderId: string;
  readonly orderLineId: string;
  /** usage of this month; null = what the order cost */
  readonly period: Period | null;
  readonly productName: LocalizedText;
  readonly amount: string;
}
export interface Courier {
  readonly carrier: string;
  readonly trackingNo: string;
}
export interface Issued {
  readonly number: string;
  readonly code: string | null;
  readonly issuedOn: Day;
  /** of paper none is needed */
  readonly file: KeptFile | null;
}
/** S-64: deducted (已抵扣认证): reason and attachments; not deducted: of paper courier and number */
export interface Returned {
  readonly deducted: boolean;
  readonly reason: string;
  readonly files: readonly KeptFile[];
  readonly courier: Courier | null;
  /** the red invoice that takes it back */
  readonly red: Issued | null;
}

export interface BuyerInvoice extends TaxedAmount {
  readonly invoiceId: string;
  /** those of several rates that were asked for together */
  readonly requestId: string;
  readonly issuer: 'SELLER' | 'PLATFORM';
  readonly sellerId: string | null;
  readonly buyerId: string;
  readonly kind: InvoiceKind;
  readonly title: InvoiceTitle;
  readonly receiver: InvoiceReceiver;
  readonly note: string;
  readonly currency: string;
  readonly lines: readonly InvoicedLine[];
  readonly orderIds: readonly string[];
  readonly state: BuyerInvoiceState;
  readonly cancelRefused: boolean;
  readonly returnRefused: boolean;
  readonly reason: string | null;
  readonly issued: Issued | null;
  readonly courier: Courier | null;
  readonly returned: Returned | null;
  readonly letter: { readonly number: string; readonly validUntil: Day } | null;
  readonly requestedAt: Date;
  readonly requestedBy: string;
  /** by when it is to be issued (S5-15), or reviewed by the marketplace (B-102) */
  readonly dueAt: Date;
  readonly sentAt: Date | null;
  readonly traceId: string;
}

export type InvoiceStep =
  | { readonly step: 'accept' }
  | { readonly step: 'refuse'; readonly reason: string }
  | { readonly step: 'issue'; readonly issued: Issued; readonly courier: Courier | null }
  | { readonly step: 'cancel' }
  | { readonly step: 'answer-cancel'; readonly agree: boolean; readonly reason: string }
  | { readonly step: 'receive' }
  | { readonly step: 'return'; readonly returned: Returned }
  | { readonly step: 'answer-return'; readonly agree: true; readonly red: Issued }
  | { readonly step: 'answer-return'; readonly agree: false; readonly reason: string };
export type StepName = InvoiceStep['step'];

/** Who does what. The system confirms the receipt too (S5-19). */
export const STEPS_OF: Readonly<Record<'BUYER' | 'ISSUER', readonly StepName[]>> = {
  BUYER: ['cancel', 'receive', 'return'],
  ISSUER: ['accept', 'refuse', 'issue', 'answer-cancel', 'answer-return'],
};

/** Refuses INVOICE_STATE (not from where it stands), INVOICE_FILE, INVOICE_COURIER, INVOICE_RETURN. */
export function stepped(invoice: BuyerInvoice, step: InvoiceStep, now: Date): Result<BuyerInvoice> {
  const { state: from, kind } = invoice;
  const paper = isPaper(kind);
  if (!STEP_STATES[step.step].includes(from))
    return refuse('INVOICE_STATE', `7.7: an invoice that is ${from} knows no step ${step.step}`, { state: from });
  const to = (state: BuyerInvoiceState, more: Partial<BuyerInvoice> = {}): Result<BuyerInvoice> =>
    ok({ ...invoice, ...more, state: move(buyerInvoiceTransitions, from, state) });
  switch (step.step) {
    case 'accept':
      return to('ISSUING');
    case 'refuse':
      return to('REFUSED', { reason: step.reason });
    case 'issue':
      return issue(invoice, step, now);
    case 'cancel':
      // S-64, 7.7: what is being issued is only stopped while it is paper
      if (from === 'ISSUING' && !paper)
        return refuse('INVOICE_STATE', '7.7: an electronic invoice that is being issued is not cancelled');
      return to(from === 'ISSUING' ? 'CANCELLING' : 'CANCELLED', { cancelRefused: false });
    case 'answer-cancel':
      return step.agree ? to('CANCELLED') : to('ISSUING', { cancelRefused: true, reason: step.reason });
    case 'receive':
      return to('ISSUED');
    case 'return':
      return returnFault(step.returned, paper) ?? to('RETURNING', { returned: step.returned, returnRefused: false });
    case 'answer-return':
      if (!step.agree) return to('ISSUED', { returnRefused: true, reason: step.reason });
      return to('RETURNED', { returned: invoice.returned && { ...invoice.returned, red: step.red } });
  }
}

/** From the review at once too: accepted and issued in one act. */
function issue(
  invoice: BuyerInvoice,
  { issued, courier }: Extract<InvoiceStep, { step: 'issue' }>,
  now: Date,
): Result<BuyerInvoice> {
  const paper = isPaper(invoice.kind);
  if (!paper && issued.file === null) return refuse('INVOICE_FILE', 'B-101: an electronic invoice comes with its file');
  if (paper && courier === null)
    return refuse('INVOICE_COURIER', 'S5-16: a paper invoice comes with carrier and number');
  const state = paper ? 'TO_RECEIVE' : 'ISSUED';
  return ok({ ...invoice, state, issued, courier: paper ? courier : null, sentAt: now, reason: null });
}

function returnFault({ deducted, files, courier }: Returned, paper: boolean): Result<never> | null {
  if (deducted && files.length === 0)
    return refuse('INVOICE_RETURN', 'S-64: an invoice that was deducted is returned with its proofs', {
      member: 'files',
    });
  if (!deducted && paper && courier === null)
    return refuse('INVOICE_RETURN', 'S-64: a paper invoice is sent back: carrier and number', { member: 'courier' });
  return null;
}

const STEP_STATES: Readonly<Record<StepName, readonly BuyerInvoiceState[]>> = {
  accept: ['IN_REVIEW'],
  refuse: ['IN_REVIEW'],
  issue: ['IN_REVIEW', 'ISSUING'],
  cancel: ['IN_REVIEW', 'ISSUING'],
  'answer-cancel': ['CANCELLING'],
  receive: ['TO_RECEIVE'],
  return: ['ISSUED'],
  'answer-return': ['RETURNING'],
};
/** What somebody may do with an invoice now. */
export const nextSteps = ({ state, kind }: Pick<BuyerInvoice, 'state' | 'kind'>, who: 'BUYER' | 'ISSUER'): StepName[] =>
  STEPS_OF[who].filter(
    (step) => STEP_STATES[step].includes(state) && (step !== 'cancel' || state !== 'ISSUING' || isPaper(kind)),
  );

/** S5-16: below CNY 100 the buyer pays the courier of a paper invoice; null = nothing is sent by courier */
export function courierPaidBy({ kind, gross, currency }: Pick<BuyerInvoice, 'kind' | 'gross' | 'currency'>) {
  if (!isPaper(kind)) return null;
  return currency === 'CNY' && decimal(gross).lessThan(100) ? ('BUYER' as const) : ('SELLER' as const);
}
