/** Upgrade and scale-out of a running subscription: what may be chosen, and the difference to pay (catalogue.md 6.1). */
import {
  contentOf,
  type Fee,
  monthlyPrice,
  restMonths,
  type SkuOffer,
  scaleOutFee,
  skuOffers,
  upgradeFee,
} from '../catalog/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { SITES } from '../platform/site.ts';
import { type ChangeTarget, changeFault, isCheaper, targetFault } from './change-rules.ts';
import { claimsOf, heldBy } from './claims.ts';
import { monthsOf } from './renewal.ts';
import type { QuotedLine, Resource, Target } from './resource.ts';

/** Refuses CHANGE_NOT_ALLOWED with the rule in its message, INVALID_QUANTITY. The expiry does not move. */
export async function quoteChange(
  executor: Executor,
  { resource, target }: { readonly resource: Resource; readonly target: Target },
  now: Date,
): Promise<Result<QuotedLine>> {
  const [holder] = await claimsOf(executor, [resource.resourceId]);
  if (holder) return heldBy('CHANGE_NOT_ALLOWED', holder);
  const offers = await skuOffers(executor, [resource.skuCode, target.skuCode]);
  const [source, chosen] = [offers.get(resource.skuCode), offers.get(target.skuCode)];
  const fault = changeFault(resource, { source, target: chosen }, target, now);
  if (fault) return fault;
  const priced = source && chosen ? changeFee(resource, source, chosen, target, now) : null;
  if (!chosen?.current || !priced) return refuse('CHANGE_NOT_ALLOWED', 'C26: there is no price to compare');
  return ok({
    resource,
    orderType: 'CHANGE',
    scene: null,
    priceItemId: priced.priceItemId,
    skuCode: target.skuCode,
    specificationId: resource.specificationId,
    version: chosen.row.version,
    quantity: target.quantity,
    periodType: resource.periodType,
    periodNumber: resource.periodNumber,
    effectiveFrom: null,
    expireAt: resource.expireAt,
    listAmount: priced.fee.amount,
    amount: priced.fee.amount,
    derivation: priced.fee.derivation,
  });
}

/** Pure. The new price is matched by the remaining duration, the old one by the purchased duration. */
function changeFee(
  resource: Resource,
  source: SkuOffer,
  chosen: SkuOffer,
  target: Target,
  now: Date,
): { readonly fee: Fee; readonly priceItemId: string } | null {
  const { periodType, periodNumber, expireAt, quantity } = resource;
  if (!expireAt || !periodType || !periodNumber) return null;
  const rest = restMonths(now, expireAt, SITES[resource.site].timeZone);
  const prices = chosen.current?.sku.prices ?? [];
  const oldPrice = monthlyPrice(source.current?.sku.prices ?? [], monthsOf(periodType, periodNumber));
  const newPrice = monthlyPrice(prices, rest.months);
  if (!oldPrice || !newPrice) return null;
  const sides = {
    from: { price: oldPrice, quantity },
    to: { price: newPrice, quantity: target.quantity },
    rest: rest.months,
  };
  const fee = target.skuCode === resource.skuCode ? scaleOutFee({ ...sides, ordered: now }) : upgradeFee(sides);
  // The period type stays, so the price item is the one of that type where the target has it.
  const item = prices.find((price) => price.periodType === periodType) ?? newPrice.item;
  return {
    fee: { amount: fee.amount, derivation: [...rest.derivation, ...fee.derivation] },
    priceItemId: item.priceItemId,
  };
}

/** SKUs of the same specification that a change or a renewal with change may choose; none when the seller offers no changes. */
export async function changeTargets(executor: Executor, resource: Resource): Promise<ChangeTarget[]> {
  const own = (await skuOffers(executor, [resource.skuCode])).get(resource.skuCode);
  if (!own) return [];
  const content = await contentOf(executor, resource.goodsId, own.row.version);
  const specification = content.specifications.find((each) => each.specificationId === resource.specificationId);
  if (!specification) return [];
  const offers = await skuOffers(
    executor,
    specification.skus.map((sku) => sku.skuCode),
  );
  const linear = specification.linearAttribute;
  return specification.skus.flatMap((sku): ChangeTarget[] => {
    const offer = offers.get(sku.skuCode);
    if (targetFault(resource, offer)) return [];
    const step = linear?.step ?? 1;
    const same = sku.skuCode === resource.skuCode;
    return [
      {
        skuCode: sku.skuCode,
        attributes: sku.attributes,
        quantityMinimum: same ? resource.quantity + step : resource.quantity,
        quantityMaximum: linear?.maximum ?? 1,
        quantityStep: step,
        renewalMinimum: linear?.minimum ?? 1,
        running:
          own.row.on_sale &&
          !isCheaper(resource, own, offer) &&
          (!same || resource.quantity + step <= (linear?.maximum ?? 1)),
      },
    ];
  });
}
