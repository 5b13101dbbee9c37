/** One running subscription as a page needs it: where it stands, what can be done, what it would cost from. */
import type { z } from 'zod';
import { contentOf, MOST_PERIODS, priceOfQuantity } from '../../catalog/index.ts';
import { levelsOf } from '../../directory/index.ts';
import {
  afterExpiry,
  type Instance,
  isLiving,
  nextRenewalAt,
  type Option,
  type Options,
  optionsOf,
  periodState,
  periodsOf,
  resourceOf,
} from '../../instances/index.ts';
import { type ChangeTarget, changeTargets } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { money } from '../../platform/money.ts';
import { namesFor } from './names.ts';
import { presentInstance } from './present.ts';
import type { Call } from './route.ts';
import type * as schemas from './subscription-schemas.ts';

type View = z.infer<typeof schemas.subscription>;

/** @param call whose: for anybody but the buyer nothing can be done, so nothing is offered */
export async function subscriptionOf(call: Call, executor: Executor, instance: Instance): Promise<View> {
  const { platform, principal, scope, now } = call;
  const own = principal.buyerId === instance.buyerId;
  const toSeller = scope.kind === 'seller';
  const { openOrderId, ...options } = own
    ? await optionsOf(platform, executor, instance, now)
    : { ...NOTHING, openOrderId: null };
  const names = await namesFor(executor, [{ buyerIds: [instance.buyerId], sellerIds: [instance.sellerId] }]);
  const periods = await periodsOf(executor, [instance.resourceId]);
  const end = await endOf(executor, instance);
  const living = own && isLiving(instance.state);
  return {
    instance: presentInstance(instance, names),
    trial: instance.trial,
    expiryPolicy: toSeller ? null : instance.expiryPolicy,
    freezeAt: iso(end.freezeAt),
    releaseAt: iso(end.releaseAt),
    renewDays: toSeller ? null : instance.renewDays,
    autoRenewAt: toSeller ? null : iso(nextRenewalAt(instance)),
    violation: instance.violation && {
      ...instance.violation,
      references: [...instance.violation.references],
      at: instance.violation.at.toISOString(),
    },
    options,
    renewalPrices: living ? await renewalPrices(executor, instance) : [],
    changeTargets: living
      ? (await changeTargets(executor, resourceOf(instance))).map((target) => presentTarget(target, instance))
      : [],
    periods: periods.map((period) => ({
      orderId: period.orderId,
      orderLineId: period.orderLineId,
      from: period.from.toISOString(),
      to: iso(period.to),
      quantity: period.quantity,
      skuCode: period.skuCode,
      state: periodState(period, now),
    })),
    openOrderId,
  };
}

/** Until it has ended the dates are a forecast: the customer's level may change (S7-14a). */
async function endOf(
  executor: Executor,
  instance: Instance,
): Promise<{ freezeAt: Date | null; releaseAt: Date | null }> {
  if (instance.freezeAt !== null || instance.expireAt === null || !isLiving(instance.state)) return instance;
  const level = (await levelsOf(executor, [instance.buyerId])).get(instance.buyerId) ?? 'V0';
  return afterExpiry(instance, instance.expireAt, level);
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const no: Option = { allowed: false, code: 'NOT_A_BUYER', message: 'only the buyer can do this' };
const NOTHING: Options = {
  renew: no,
  convert: no,
  change: no,
  renewWithChange: no,
  unsubscribe: no,
  cancelRenewal: no,
  autoRenew: no,
};

/** Prices of one more period for what runs now: what a renewal costs is told by its quote. */
async function renewalPrices(executor: Executor, instance: Instance): Promise<View['renewalPrices']> {
  if (instance.chargingMode !== 'PERIOD') return [];
  const content = await contentOf(executor, instance.goodsId, instance.version);
  const skus = content.specifications.flatMap((specification) => specification.skus);
  const prices = skus.find((sku) => sku.skuCode === instance.skuCode)?.prices ?? [];
  return prices.flatMap((item) =>
    item.periodType === null
      ? []
      : [
          {
            periodType: item.periodType,
            mostPeriods: MOST_PERIODS[item.periodType],
            unitPriceFrom: money(priceOfQuantity(item, instance.quantity), item.currency),
          },
        ],
  );
}

function presentTarget(target: ChangeTarget, instance: Instance): View['changeTargets'][number] {
  const linear = instance.linearAttribute;
  return {
    skuCode: target.skuCode,
    attributes: target.attributes.map((attribute) => ({ ...attribute })),
    current: target.skuCode === instance.skuCode,
    linearAttribute: linear && {
      ...linear,
      minimum: target.quantityMinimum,
      maximum: target.quantityMaximum,
      step: target.quantityStep,
    },
  };
}
