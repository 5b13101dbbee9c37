/** What it costs to go on after a trial (C34; consoles-and-processes.md B-52). */
import { checkQuantity, quotePeriods, skuOffers } from '../catalog/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { PeriodType } from '../platform/site.ts';
import { claimsOf, heldBy } from './claims.ts';
import { noPricePer } from './renewal.ts';
import type { QuotedLine, Resource } from './resource.ts';

export interface ConversionRequest {
  readonly resource: Resource;
  readonly periodType: PeriodType;
  readonly periodNumber: number;
}

/**
 * A trial becomes a subscription; its period begins at payment (C34). It is a first purchase, so the specification must
 * be on sale. Refuses RENEWAL_NOT_ALLOWED, NOT_ON_SALE, INVALID_PERIOD, INVALID_QUANTITY.
 */
export async function quoteConversion(
  executor: Executor,
  { resource, periodType, periodNumber }: ConversionRequest,
  _now: Date,
): Promise<Result<QuotedLine>> {
  if (!resource.trial) return refuse('RENEWAL_NOT_ALLOWED', 'C34: only a trial is converted');
  const [holder] = await claimsOf(executor, [resource.resourceId]);
  if (holder) return heldBy('RENEWAL_NOT_ALLOWED', holder);
  const offer = (await skuOffers(executor, [resource.skuCode])).get(resource.skuCode);
  if (!offer?.row.on_sale || !offer.current)
    return refuse('NOT_ON_SALE', 'C29: this product or specification is not sold any more', {
      goodsId: resource.goodsId,
    });
  const { specification, sku } = offer.current;
  const item = sku.prices.find((price) => price.periodType === periodType);
  if (!item) return noPricePer(periodType);
  const quantity = checkQuantity(resource.quantity, specification.linearAttribute);
  if (!quantity.ok) return quantity;
  const quoted = quotePeriods(item, quantity.value, periodNumber);
  if (!quoted.ok) return quoted;
  return ok({
    resource,
    orderType: 'TRIAL_TO_FORMAL',
    scene: null,
    priceItemId: item.priceItemId,
    skuCode: resource.skuCode,
    specificationId: specification.specificationId,
    version: offer.row.version,
    quantity: quantity.value,
    periodType,
    periodNumber,
    effectiveFrom: null,
    expireAt: null,
    listAmount: quoted.value.listAmount,
    amount: quoted.value.amount,
    derivation: quoted.value.derivation,
  });
}
