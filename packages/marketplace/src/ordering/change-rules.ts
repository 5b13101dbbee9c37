/** What a subscription may be changed to (C25, C26, C28; consoles-and-processes.md B-70 … B-70c). Pure. */
import { checkQuantity, type LocalizedText, monthlyPrice, priceOfQuantity, type SkuOffer } from '../catalog/index.ts';
import { decimal } from '../platform/money.ts';
import { type Result, refuse } from '../platform/result.ts';
import type { Resource, Target } from './resource.ts';

const no = (text: string, facts?: Record<string, string>) => refuse('CHANGE_NOT_ALLOWED', text, facts);

/** Rules of the target that hold for a running order and for a renewal with change alike. */
export function targetFault(resource: Resource, target: SkuOffer | undefined): Result<never> | null {
  if (resource.chargingMode !== 'PERIOD') return no('C25: only yearly and monthly subscriptions are changed');
  if (resource.trial) return no('C25: a trial is converted before it is changed');
  if (!target) return no('C25: there is no such SKU');
  if (target.row.specification_id !== resource.specificationId)
    return no('C25: the target must be of the same specification', { specificationId: target.row.specification_id });
  if (!target.row.on_sale || !target.current) return no('C26: the target is not on sale');
  if (target.current.specification.chargingMode !== 'PERIOD')
    return no('C26: the target is not yearly or monthly any more');
  if (!target.current.specification.changeable)
    return no('C25: the seller does not offer changes of this specification');
  return null;
}

/** Rules of a change while the subscription runs: real time, up only, not cheaper. */
export function changeFault(
  resource: Resource,
  offers: { readonly source: SkuOffer | undefined; readonly target: SkuOffer | undefined },
  target: Target,
  now: Date,
): Result<never> | null {
  const fault = targetFault(resource, offers.target);
  if (fault) return fault;
  if (!resource.expireAt || resource.expireAt <= now) return no('B-70a: only a running subscription is changed');
  const { source } = offers;
  if (!source?.current || !source.row.on_sale) return no('C26: what the subscription has is not on sale any more');
  const quantity = checkQuantity(target.quantity, offers.target?.current?.specification.linearAttribute ?? null);
  if (!quantity.ok) return quantity;
  if (quantity.value < resource.quantity) return no('C25: a smaller quantity is possible together with a renewal only');
  if (target.skuCode === resource.skuCode)
    return quantity.value === resource.quantity ? no('C25: nothing would change') : null;
  return isCheaper(resource, source, offers.target)
    ? no('C26: the target is cheaper than what the subscription has')
    : null;
}

/** Price inversion: like is compared with like, for the quantity that the subscription has. Equal is allowed. */
export function isCheaper(resource: Resource, source: SkuOffer | undefined, target: SkuOffer | undefined): boolean {
  const [before, after] = [source, target].map((offer) => {
    const monthly = monthlyPrice(offer?.current?.sku.prices ?? [], resource.periodType === 'year' ? 12 : 1);
    return monthly ? priceOfQuantity(monthly.item, resource.quantity).times(12 / monthly.divisor) : decimal('0');
  });
  return after !== undefined && before !== undefined && after.lessThan(before);
}

export interface ChangeTarget {
  readonly skuCode: string;
  readonly attributes: readonly {
    readonly code: string;
    readonly name: LocalizedText;
    readonly value: LocalizedText;
  }[];
  /** what may be chosen while the subscription runs; more than the present quantity for its own SKU */
  readonly quantityMinimum: number;
  readonly quantityMaximum: number;
  readonly quantityStep: number;
  /** what a renewal with change may go down to */
  readonly renewalMinimum: number;
  /** possible while it runs; a target that is cheaper is possible with a renewal only */
  readonly running: boolean;
}
