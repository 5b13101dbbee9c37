/** How routes about one delivery answer: looked up, audited, presented to this reader. */
import { contentsOf } from '../../catalog/index.ts';
import { type Delivery, newestImagesOf } from '../../delivery/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { presentDelivery } from './delivery-present.ts';
import { namesFor } from './names.ts';
import type { Call } from './route.ts';

export const deliveryId = ({ params }: Call): string => params.deliveryId ?? '';
/** What a station is asked with. */
export const deliveryOf = (call: Call) => ({
  deliveryId: deliveryId(call),
  scope: call.scope,
  userId: call.principal.userId,
});

export const auditDelivery = (call: Call, tx: Tx, what: string, delivery: Delivery): Promise<void> =>
  auditDone(call, tx, {
    action: `delivery.${what}`,
    object: `delivery:${delivery.deliveryId}`,
    traceId: delivery.traceId,
  });

export async function deliveryDone(call: Call, tx: Tx, what: string, work: Promise<Result<Delivery>>) {
  const result = await work;
  if (result.ok) await auditDelivery(call, tx, what, result.value);
  return presentOne(call, tx, result);
}

export async function presentOne(call: Call, executor: Executor, result: Result<Delivery>) {
  if (!result.ok) return result;
  const [shown] = await presentDeliveries(call, executor, [result.value]);
  return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such delivery');
}

export async function presentDeliveries({ principal, now }: Call, executor: Executor, deliveries: readonly Delivery[]) {
  const people = deliveries.map(({ buyerId, sellerId }) => ({ buyerIds: [buyerId], sellerIds: [sellerId] }));
  const names = await namesFor(executor, people);
  const contents = await contentsOf(executor, deliveries);
  const newestImage = await newestImagesOf(executor, deliveries);
  return deliveries.map((delivery, place) =>
    presentDelivery(delivery, principal, {
      ...{ names, now },
      template: contents[place]?.deliveryTemplate ?? null,
      newestImage: newestImage(delivery),
    }),
  );
}
