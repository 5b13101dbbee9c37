import type { ChangeTargetView, SubscriptionView } from '@jishi/marketplace/console-api';
import { isAllowedQuantity } from './selection.ts';

/** What a running service is to become (B-70): a SKU of its specification and a quantity. Pure. */
export interface Target {
  readonly skuCode: string;
  readonly quantity: number;
}

/** The service as it runs now, where the form begins; null when there is nothing to choose from. */
export function presentTarget({ changeTargets, instance }: SubscriptionView): Target | null {
  const current = changeTargets.find((one) => one.current) ?? changeTargets[0];
  return current === undefined ? null : { skuCode: current.skuCode, quantity: instance.quantity };
}

/** Another SKU with the same quantity where that is allowed there, else its minimum. */
export function switchSku(target: ChangeTargetView, quantity: number): Target {
  const attribute = target.linearAttribute;
  if (attribute === null) return { skuCode: target.skuCode, quantity: 1 };
  return {
    skuCode: target.skuCode,
    quantity: isAllowedQuantity(attribute, quantity) ? quantity : attribute.minimum,
  };
}

/** Why this target cannot be asked for: it is what runs already, or its quantity breaks the seller's rule. */
export function targetFault({ changeTargets, instance }: SubscriptionView, target: Target): 'same' | 'quantity' | null {
  const chosen = changeTargets.find((one) => one.skuCode === target.skuCode);
  if (chosen?.linearAttribute != null && !isAllowedQuantity(chosen.linearAttribute, target.quantity)) return 'quantity';
  return chosen?.current === true && target.quantity === instance.quantity ? 'same' : null;
}
