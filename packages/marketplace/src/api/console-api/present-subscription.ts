/** Running subscriptions and refunds → what the console API shows. */

import type { z } from 'zod';
import type { RefundQuote } from '../../instances/index.ts';
import type { CodeAddress } from '../../notification/index.ts';
import { type BackShown, holdsUntil, isLarge, type Refund } from '../../ordering/index.ts';
import { decimal, type Money } from '../../platform/money.ts';
import type { Names } from './present.ts';
import type * as schemas from './subscription-schemas.ts';

type View<S extends z.ZodType> = z.infer<S>;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** @param contact only when the buyer agreed and somebody else looks */
export function presentRefund(
  refund: Refund,
  names: Names,
  contact: { phone: string; email: string } | null,
  may: { withdraw: boolean; decide: boolean; operator: boolean; buyer: boolean },
): View<typeof schemas.refund> {
  // The seller decides on a negotiated one, the operator on a large one (7.9).
  const turn = refund.state === (may.operator ? 'LARGE_REVIEW' : 'SELLER_REVIEW');
  return {
    refundId: refund.refundId,
    kind: refund.kind,
    state: refund.state,
    resourceId: refund.resourceId,
    orderId: refund.orderId,
    refundOrderId: refund.unsubscribeOrderId,
    productName: refund.productName,
    buyerId: refund.buyerId,
    buyerName: names.buyer(refund.buyerId),
    sellerId: refund.sellerId,
    sellerName: names.seller(refund.sellerId),
    paid: refund.paid,
    amount: refund.amount,
    consumption: refund.consumption,
    reason: refund.reason,
    contact,
    createdAt: refund.requestedAt.toISOString(),
    decidedAt: iso(refund.decidedAt),
    comment: refund.comment,
    approvedAt: refund.state === 'LARGE_REVIEW' ? iso(refund.approveAt) : null,
    proofs: [...refund.proofs],
    goods: refund.goods,
    returned: refund.returned,
    deadlineAt: iso(refund.deadlineAt),
    may: {
      withdraw: may.withdraw && (refund.state === 'SELLER_REVIEW' || refund.state === 'WAIT_RETURN'),
      decide: may.decide && turn,
      sendBack: may.withdraw && may.buyer && refund.state === 'WAIT_RETURN',
      inspect: may.decide && !may.operator && refund.state === 'WAIT_INSPECTION',
    },
  };
}

/** @param codeTo where the code that confirms it goes; null = none is asked */
export function presentRefundQuote(
  { path, accessType, partOnly, paid, amount, consumption, quota, lines }: RefundQuote,
  back: readonly BackShown[],
  vouchers: Money,
  codeTo: CodeAddress | null,
): View<typeof schemas.refundQuote> {
  return {
    kind: path.kind,
    accessType,
    paid,
    amount,
    partOnly,
    selfService: path.decidedBy === 'SELF',
    quota: { ...quota },
    usesQuota: path.usesQuota,
    consumption,
    holdsUntil: consumption && holdsUntil(consumption).toISOString(),
    vouchers:
      path.decidedBy === 'SELLER' || decimal(vouchers.amount).isZero()
        ? null
        : { amount: vouchers, returned: path.kind !== 'LATE' },
    large: isLarge(amount),
    lines: lines.map((line) => ({ orderLineId: line.orderLineId, orderId: line.orderId, amount: line.amount })),
    back: [...back],
    codeTo: codeTo && presentCodeTo(codeTo),
  };
}

/** Enough to know which mailbox or phone it is. */
export function presentCodeTo({ channel, address }: CodeAddress) {
  const [name = '', domain] = address.split('@');
  const hidden = domain === undefined ? `${'*'.repeat(6)}${address.slice(-4)}` : `${name.slice(0, 1)}***@${domain}`;
  return { channel, address: hidden };
}
