/** How a refund application ends without money, is refused, and is told. */
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Result, refuse } from '../platform/result.ts';
import { releaseRefund } from './claims.ts';
import type { Refund } from './refund-model.ts';
import { giveQuotaBack, saveRefund } from './refund-store.ts';

/** The resource is free for others, the quota is not used. */
export async function close(tx: Tx, refund: Refund): Promise<Refund> {
  await saveRefund(tx, refund);
  await releaseRefund(tx, refund.resourceId, refund.refundId);
  if (refund.quotaYear !== null) await giveQuotaBack(tx, refund.buyerId, refund.quotaYear);
  return refund;
}

export const wrongState = ({ state }: Refund): Result<never> =>
  refuse('REFUND_STATE', `the application is ${state}`, { state });

export function tell(
  platform: Platform,
  tx: Tx,
  what: 'requested' | 'decided' | 'withdrawn' | 'return-asked' | 'returned',
  refund: Refund,
  more: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<void> {
  const { refundId, buyerId, sellerId, resourceId, amount, productName, traceId } = refund;
  const payload = { refundId, buyerId, sellerId, resourceId, amount, productName, ...more };
  return platform.events.publish(
    tx,
    [{ type: `ordering.refund-${what}`, aggregate: `refund:${refundId}`, payload, traceId }],
    now,
  );
}
