/** Free trials (C33; consoles-and-processes.md 1.6): an order of price zero, once per account and specification. */
import { checkQuantity, skuOffers, trialFor } from '../catalog/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { type Result, refuse } from '../platform/result.ts';
import { claimTrial, trialOrder } from './claims.ts';
import { type Parameter, parameterFault, place } from './placing.ts';
import { purchases } from './purchases.ts';
import { soldAs } from './sold-as.ts';
import type { Order } from './store.ts';

export interface PlaceTrial {
  readonly buyerId: string;
  readonly userId: string;
  readonly skuCode: string;
  /** absent = the smallest that the specification has */
  readonly quantity?: number | undefined;
  readonly parameters: readonly Parameter[];
  readonly traceId: string;
}

/**
 * Places a trial order; it is paid with 0 like any other order. Refuses in the order of catalogue.md 13.1: NOT_FOUND,
 * NOT_ON_SALE (also: no trial is offered), NOT_IN_REGION, REAL_NAME_REQUIRED, NOT_TARGET_CUSTOMER (sale object, white
 * list), TRIAL_USED, INVALID_QUANTITY. An unpaid trial order counts; one that was cancelled or could not be delivered
 * does not.
 */
export async function placeTrial(platform: Platform, tx: Tx, input: PlaceTrial, now: Date): Promise<Result<Order>> {
  const offer = (await skuOffers(tx, [input.skuCode])).get(input.skuCode);
  if (!offer) return refuse('NOT_FOUND', `there is no SKU ${input.skuCode}`, { skuCode: input.skuCode });
  const { row, content, current } = offer;
  const facts = { skuCode: input.skuCode, goodsId: row.goods_id };
  if (!row.on_sale || !current) return refuse('NOT_ON_SALE', 'this product or specification is not on sale', facts);
  const { specification, sku } = current;
  const { linearAttribute } = specification;
  const asking = { executor: tx, purchases, buyerId: input.buyerId, now };
  const trial = await trialFor(asking, row.goods_id, content, specification);
  if (!trial) return refuse('NOT_ON_SALE', 'C33: this specification has no free trial', facts);
  if (trial.blockedBy) return { ok: false, refusal: trial.blockedBy };
  const [item] = sku.prices.toSorted((a) => (a.periodType === 'month' ? -1 : 1));
  if (!item) throw new Error(`SKU ${sku.skuCode} has no price`);
  const nothing = money('0', item.currency);
  const { specificationId } = specification;
  const used = trial.repeatable ? null : await trialOrder(tx, input.buyerId, specificationId);
  if (used !== null) return trialUsed(used);
  const quantity = checkQuantity(input.quantity ?? linearAttribute?.minimum, linearAttribute);
  if (!quantity.ok) return quantity;
  const fault = parameterFault(content.orderParameters, input.parameters);
  if (fault) return fault;
  const draft = {
    orderType: 'TRIAL' as const,
    buyerId: input.buyerId,
    placedBy: input.userId,
    site: row.site,
    amount: nothing,
    traceId: input.traceId,
    lines: [
      {
        scene: null,
        sellerId: row.seller_id,
        goodsId: row.goods_id,
        version: row.version,
        specificationId,
        skuCode: sku.skuCode,
        // A trial has no price item of its own; the monthly one stands for it where there is one [chosen].
        priceItemId: item.priceItemId,
        chargingMode: specification.chargingMode,
        periodType: null,
        periodNumber: null,
        quantity: quantity.value,
        listAmount: nothing,
        amount: nothing,
        effectiveFrom: null,
        expireAt: null,
        snapshot: {
          productName: content.name,
          specificationName: specification.name,
          linearAttribute,
          derivation: [{ rule: 'C33', text: `${trial.days} days of trial`, value: '0' }],
          parameters: [...input.parameters],
          trialDays: trial.days,
          package: null,
          autoRenew: false,
          ...soldAs(content, specification),
        },
      },
    ],
  };
  return place(platform, tx, draft, now, async ({ orderId }) => {
    // Two sessions may both have seen no trial: the key decides.
    const earlier = await claimTrial(tx, { buyerId: input.buyerId, specificationId, orderId });
    return earlier === null || trial.repeatable ? null : trialUsed(earlier);
  });
}

const trialUsed = (orderId: string) =>
  refuse('TRIAL_USED', `B-51: order ${orderId} was the trial of this specification`, { orderId });
