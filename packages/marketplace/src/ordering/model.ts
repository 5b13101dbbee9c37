/**
 * Orders and their lines: states and what follows from them (consoles-and-processes.md 7.1, 7.2). Pure.
 *
 * An order waits for payment, is processed while its lines are delivered, and ends completed (at least one line
 * fulfilled), refunded (all lines refunded) or cancelled (never paid).
 */
import { type Random, randomText, UPPER_ALPHANUMERIC } from '../platform/random.ts';
import { orderIdTime } from '../platform/site.ts';
import type { Transitions } from '../platform/state-machine.ts';

export type OrderType = 'NEW' | 'TRIAL' | 'TRIAL_TO_FORMAL' | 'RENEW' | 'CHANGE' | 'UNSUBSCRIBE';
export type OrderState =
  | 'PENDING_APPROVAL'
  | 'PENDING_PAYMENT'
  | 'PROCESSING'
  | 'REFUNDING'
  | 'REFUNDED'
  | 'COMPLETED'
  | 'CANCELLED';
export type LineState =
  | 'WAITING'
  | 'CALLING'
  | 'QUERYING'
  | 'SUPERVISING'
  | 'FULFILLED'
  | 'FAILED'
  | 'REFUNDED'
  | 'CLOSED';

export const orderTransitions: Transitions<OrderState> = {
  PENDING_APPROVAL: ['PENDING_PAYMENT', 'CANCELLED'],
  PENDING_PAYMENT: ['PROCESSING', 'CANCELLED'],
  PROCESSING: ['COMPLETED', 'REFUNDING'],
  REFUNDING: ['REFUNDED'],
  REFUNDED: [],
  COMPLETED: [],
  CANCELLED: [],
};

export const lineTransitions: Transitions<LineState> = {
  WAITING: ['CLOSED', 'CALLING', 'SUPERVISING'],
  CALLING: ['QUERYING', 'FULFILLED', 'FAILED'],
  QUERYING: ['SUPERVISING', 'FULFILLED', 'FAILED'],
  SUPERVISING: ['CALLING', 'FULFILLED', 'REFUNDED'],
  FULFILLED: ['REFUNDED'],
  FAILED: ['REFUNDED'],
  REFUNDED: [],
  CLOSED: [],
};

/** How a line was sold to be delivered (C41). */
interface SoldDelivery {
  readonly accessType: string;
  readonly licenseVariant: string | null;
  readonly supervised: boolean;
  readonly opening: string;
}
const isPurchase = (type: OrderType): boolean => type === 'NEW' || type === 'TRIAL';

/**
 * Where the payment takes a line (7.2). Under supervision it waits for delivery and acceptance, unless its seller is
 * asked to open it first: SaaS that opens on purchase (B-41), licences that are provisioned online (section 5).
 */
export function stateAtPayment(orderType: OrderType, sold: SoldDelivery): 'SUPERVISING' | 'CALLING' {
  return isPurchase(orderType) && sold.supervised && !opensOnPurchase(sold) ? 'SUPERVISING' : 'CALLING';
}
const opensOnPurchase = ({ accessType, licenseVariant, opening }: SoldDelivery): boolean =>
  (accessType === 'SAAS' && opening === 'ON_PURCHASE') || licenseVariant === 'PROVISIONED';

/**
 * Where a success takes a line. What was opened before its acceptance is supervised on (QUERYING → SUPERVISING); what
 * was accepted before it was opened, and everything unsupervised, is done.
 */
export function stateAfterSuccess(
  orderType: OrderType,
  state: LineState,
  sold: SoldDelivery,
): 'SUPERVISING' | 'FULFILLED' {
  const openedFirst = sold.supervised && !(sold.accessType === 'SAAS' && sold.opening === 'AFTER_ACCEPTANCE');
  return isPurchase(orderType) && state === 'QUERYING' && openedFirst ? 'SUPERVISING' : 'FULFILLED';
}

/**
 * Where a paid order stands, told from its lines: done when each line is FULFILLED or REFUNDED and at least one is
 * FULFILLED; REFUNDED when all are (7.1).
 */
export function orderAfterLines(lines: readonly LineState[]): 'PROCESSING' | 'COMPLETED' | 'REFUNDED' {
  if (lines.length > 0 && lines.every((state) => state === 'REFUNDED')) return 'REFUNDED';
  return lines.every((state) => state === 'FULFILLED' || state === 'REFUNDED') ? 'COMPLETED' : 'PROCESSING';
}

/** `CS` + yyMMddHHmm in Beijing time + 5 upper-case letters or digits (openapi.md 5.1); the caller repeats on a clash. */
export function newOrderId(now: Date, random: Random): string {
  return `CS${orderIdTime(now)}${randomText(random, 5, UPPER_ALPHANUMERIC)}`;
}

/** `{orderId}-000001` … */
export const lineId = (orderId: string, place: number): string => `${orderId}-${String(place).padStart(6, '0')}`;
/** And back: the order of a line. */
export const orderIdOf = (orderLineId: string): string => orderLineId.slice(0, orderLineId.lastIndexOf('-'));
