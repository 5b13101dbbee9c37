import type { Tx } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Delivery } from './definition.ts';
import { deliveryOf, makeDueAgain } from './delivery-store.ts';
import { endpointOf } from './endpoint-store.ts';

export const unknownDelivery = refuse('NOT_FOUND', 'there is no such delivery');

/**
 * Sends a delivery once more, with the same id, so that a receiver knows what it has seen. Refuses NOT_FOUND, WEBHOOK_OFF
 * (the endpoint gets nothing), WEBHOOK_BUSY (it is on its way).
 */
export async function resend(
  tx: Tx,
  { sellerId, deliveryId }: { readonly sellerId: string; readonly deliveryId: string },
  now: Date,
): Promise<Result<Delivery>> {
  const found = isUuid(deliveryId) ? await deliveryOf(tx, sellerId, deliveryId) : null;
  if (!found) return unknownDelivery;
  const endpoint = await endpointOf(tx, sellerId, found.endpointId);
  if (endpoint?.state !== 'ACTIVE')
    return refuse('WEBHOOK_OFF', 'the endpoint is paused or switched off: activate it first');
  if (!(await makeDueAgain(tx, deliveryId, now))) return refuse('WEBHOOK_BUSY', 'this delivery is on its way just now');
  const again = await deliveryOf(tx, sellerId, deliveryId);
  return again ? ok(again) : unknownDelivery;
}
