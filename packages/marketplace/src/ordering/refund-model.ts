/**
 * A refund application (consoles-and-processes.md 7.9): the seller's review for negotiated ones, the operator's for large
 * ones and for parcels on their way, then executed; a self-service refund starts behind the reviews. Received hardware
 * is sent back and inspected first (settlement.md 7.4). EXECUTING is passed through in one transaction. Pure.
 */
import type { LocalizedText } from '../catalog/index.ts';
import { decimal, type Money } from '../platform/money.ts';
import type { Site } from '../platform/site.ts';
import type { Transitions } from '../platform/state-machine.ts';
import type { Consumption } from './late-refund.ts';

/** LATE: an image after its five days or beyond the quota (S7-12) */
export const REFUND_KINDS = ['FIVE_DAY', 'LATE', 'NEGOTIATED', 'RENEWAL'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];
/** B-81: what deletes a service by the buyer's word alone is confirmed with a code */
export const isCoded = (kind: RefundKind): boolean => kind === 'FIVE_DAY' || kind === 'LATE';
export type RefundState =
  | 'SELLER_REVIEW'
  | 'LARGE_REVIEW'
  | 'WAIT_RETURN'
  | 'WAIT_INSPECTION'
  | 'EXECUTING'
  | 'DONE'
  | 'REJECTED'
  | 'WITHDRAWN';

export const refundTransitions: Transitions<RefundState> = {
  SELLER_REVIEW: ['WITHDRAWN', 'REJECTED', 'LARGE_REVIEW', 'WAIT_RETURN', 'EXECUTING'],
  LARGE_REVIEW: ['REJECTED', 'WAIT_RETURN', 'EXECUTING'],
  WAIT_RETURN: ['WITHDRAWN', 'WAIT_INSPECTION'],
  WAIT_INSPECTION: ['REJECTED', 'EXECUTING'],
  EXECUTING: ['DONE'],
  DONE: [],
  REJECTED: [],
  WITHDRAWN: [],
};

/** Where hardware is when its refund is asked for (7.4); NONE = no parcel belongs to it, or it was not sent yet. */
export type GoodsAt = 'NONE' | 'IN_TRANSIT' | 'RECEIVED';

/** The way back of received hardware. */
export interface ReturnParcel {
  readonly carrier: string;
  readonly trackingNo: string;
  readonly at: string;
}
export interface RefundFile {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly mediaType: string;
}

export interface Refund {
  readonly refundId: string;
  readonly kind: RefundKind;
  readonly state: RefundState;
  readonly resourceId: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly goodsId: string;
  readonly site: Site;
  /** order of the first refunded line */
  readonly orderId: string;
  readonly lineIds: readonly string[];
  readonly amount: Money;
  /** what was paid for the lines */
  readonly paid: Money;
  /** LATE: what is kept and why; as it was when the refund was asked for, a review takes nothing more (S7-12) */
  readonly consumption: Consumption | null;
  readonly reason: string;
  /** the buyer's contact data may be shown to the seller (B-82) */
  readonly contactConsent: boolean;
  readonly productName: LocalizedText;
  /** the year whose quota it used (S7-3); null = none */
  readonly quotaYear: number | null;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** when a large refund is approved by itself (S7-9) */
  readonly approveAt: Date | null;
  readonly decidedBy: 'SELLER' | 'OPERATOR' | 'SYSTEM' | null;
  readonly decidedAt: Date | null;
  readonly comment: string | null;
  /** what the seller's answer rests on (7.4) */
  readonly proofs: readonly RefundFile[];
  readonly goods: GoodsAt;
  readonly returned: ReturnParcel | null;
  /** WAIT_RETURN: counts as withdrawn then; WAIT_INSPECTION: accepted then (7.4) */
  readonly deadlineAt: Date | null;
  readonly unsubscribeOrderId: string | null;
  readonly traceId: string;
}

export interface RefundQuota {
  readonly used: number;
  readonly limit: number;
  readonly left: number;
}

/** S7-3: refunds without a reason per account and natural year */
export const REFUNDS_A_YEAR = 10;
/** S7-9: a large refund that nobody decided is approved after this long */
export const LARGE_REVIEW_HOURS = 24;
/** 7.4: received hardware is sent back within this, or the application counts as withdrawn */
export const RETURN_DAYS = 10;
/** 7.4: and inspected within this, or it counts as accepted */
export const INSPECTION_DAYS = 15;
const LARGE_AMOUNT = '50000';

/** More than CNY 50 000 (S7-9). Other currencies have no published figure, so nothing is large there [chosen]. */
export function isLarge(amount: Money): boolean {
  return amount.currency === 'CNY' && decimal(amount.amount).greaterThan(LARGE_AMOUNT);
}
