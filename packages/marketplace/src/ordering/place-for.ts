/** Orders for resources that exist: renewals, conversions, changes. */

import { contentOf, skuIn } from '../catalog/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { sum } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { type Result, refuse } from '../platform/result.ts';
import { claim, heldBy } from './claims.ts';
import { type DraftLine, place, priceChange } from './placing.ts';
import type { QuotedLine } from './resource.ts';
import { soldAs } from './sold-as.ts';
import type { Order } from './store.ts';

export interface PlaceFor {
  readonly buyerId: string;
  readonly userId: string;
  /** all of one order type, each resource once */
  readonly lines: readonly QuotedLine[];
  /** the amount that the buyer saw; another one now is refused (B-29) */
  readonly expectedAmount?: string | undefined;
  readonly traceId: string;
}

/**
 * Places an order of quoted lines. One order at a time is open for a resource: of two sessions the later one is refused
 * RENEWAL_NOT_ALLOWED or CHANGE_NOT_ALLOWED, naming the order. Refuses PRICE_CHANGED, MIXED_SITES too.
 */
export async function placeFor(platform: Platform, tx: Tx, input: PlaceFor, now: Date): Promise<Result<Order>> {
  const [first] = input.lines;
  if (!first) return refuse('VALIDATION', 'an order needs at least one line');
  const { orderType, resource, amount } = first;
  if (input.lines.some((line) => line.orderType !== orderType || line.resource.buyerId !== input.buyerId))
    throw new Error('an order is of one type and of one buyer');
  if (input.lines.some((line) => line.resource.site !== resource.site || line.amount.currency !== amount.currency))
    return refuse('MIXED_SITES', 'one order holds products of one site and one currency');
  const total = sum(
    input.lines.map((line) => line.amount),
    amount.currency,
  );
  const changed = priceChange(total, input.expectedAmount);
  if (changed) return changed;
  const lines: DraftLine[] = [];
  for (const line of input.lines) lines.push(await followUpLine(tx, line));
  const { buyerId, userId: placedBy, traceId } = input;
  const draft = { orderType, buyerId, placedBy, site: resource.site, amount: total, traceId, lines };
  return place(platform, tx, draft, now, async (order) => {
    const claims = order.lines.map(({ resourceId, orderLineId }) => ({ resourceId, orderLineId, refundId: null }));
    const [holder] = await claim(tx, claims);
    return holder ? heldBy(orderType === 'CHANGE' ? 'CHANGE_NOT_ALLOWED' : 'RENEWAL_NOT_ALLOWED', holder) : null;
  });
}

/** The order line that a quoted line becomes; names and attributes as the product's version has them (C41). */
export async function followUpLine(executor: Executor, line: QuotedLine): Promise<DraftLine> {
  const { resource } = line;
  const content = await contentOf(executor, resource.goodsId, line.version);
  const specification = skuIn(content, line.skuCode)?.specification;
  if (!specification) throw new Error(`version ${line.version} of ${resource.goodsId} has no SKU ${line.skuCode}`);
  return {
    resourceId: resource.resourceId,
    scene: line.scene,
    sellerId: resource.sellerId,
    goodsId: resource.goodsId,
    version: line.version,
    specificationId: line.specificationId,
    skuCode: line.skuCode,
    priceItemId: line.priceItemId,
    chargingMode: resource.chargingMode,
    periodType: line.periodType,
    periodNumber: line.periodNumber,
    quantity: line.quantity,
    listAmount: line.listAmount,
    amount: line.amount,
    effectiveFrom: line.effectiveFrom,
    expireAt: line.expireAt,
    snapshot: {
      productName: content.name,
      specificationName: specification.name,
      linearAttribute: specification.linearAttribute,
      derivation: [...line.derivation],
      parameters: [],
      trialDays: null,
      package: null,
      autoRenew: false,
      ...soldAs(content, specification),
    },
  };
}
