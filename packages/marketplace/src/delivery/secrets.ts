/** What lies sealed with a delivery, in clear: the caller writes each look into the audit log (L8). */
import type { Scope } from '../directory/index.ts';
import { type Receiver, receiverOf } from '../ordering/index.ts';
import type { Executor } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Delivery } from './definition.ts';
import { isHad } from './model.ts';
import { SEALED_PURPOSE } from './schema.ts';
import { deliveryById } from './store.ts';

export interface Shown<T> {
  readonly delivery: Delivery;
  readonly value: T;
}

/** Licence text or the secret of an app, for the buyer of the order alone, while it has it (L8). */
export async function showSecret(
  platform: Platform,
  executor: Executor,
  asked: { readonly deliveryId: string; readonly scope: Scope },
): Promise<Result<Shown<string>>> {
  const delivery = asked.scope.kind === 'buyer' ? await deliveryById(executor, asked.deliveryId, asked) : null;
  if (!delivery) return refuse('NOT_FOUND', 'there is no such delivery');
  if (delivery.sealed === null) return refuse('DELIVERY_NOT_ALLOWED', 'L8: this delivery has no secret');
  if (!isHad(delivery))
    return refuse('DELIVERY_STATE', `a delivery that is ${delivery.status} shows no secret`, {
      status: delivery.status,
    });
  return ok({ delivery, value: platform.keys.open(delivery.sealed, SEALED_PURPOSE) });
}

/** L37: to whom the seller sends the parcel. */
export async function showReceiver(
  platform: Platform,
  executor: Executor,
  asked: { readonly deliveryId: string; readonly scope: Scope },
): Promise<Result<Shown<Receiver>>> {
  const delivery = await deliveryById(executor, asked.deliveryId, asked);
  if (!delivery) return refuse('NOT_FOUND', 'there is no such delivery');
  const value = delivery.payload.kind === 'PARCEL' ? await receiverOf(platform, executor, delivery.orderId) : null;
  return value ? ok({ delivery, value }) : refuse('DELIVERY_NOT_ALLOWED', 'L37: no receiver was given');
}
