/** An instance as ordering asks for it. */
import type { Resource } from '../ordering/index.ts';
import type { Instance } from './row.ts';

/** As it runs now; for a renewal, as it will run at its expiry: a change that waits for that day counts. */
export function resourceOf(instance: Instance, at: 'NOW' | 'EXPIRY' = 'NOW'): Resource {
  const plan = at === 'EXPIRY' && instance.pending ? instance.pending.plan : instance;
  return {
    resourceId: instance.resourceId,
    buyerId: instance.buyerId,
    sellerId: instance.sellerId,
    goodsId: instance.goodsId,
    version: plan.version,
    specificationId: plan.specificationId,
    skuCode: plan.skuCode,
    quantity: plan.quantity,
    chargingMode: instance.chargingMode,
    site: instance.site,
    periodType: plan.periodType,
    periodNumber: plan.periodNumber,
    expireAt: instance.expireAt,
    trial: instance.trial,
    orderId: instance.orderId,
    traceId: instance.traceId,
  };
}
