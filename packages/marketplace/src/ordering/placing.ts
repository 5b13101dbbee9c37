/** Placing orders: prices are computed on the server and frozen into the lines (C22); nothing is charged. */
import {
  accessRules,
  type PricedOffer,
  productionInterfaces,
  renewsItself,
  type Sale,
  type SaleLine,
  type SaleRow,
} from '../catalog/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { decimal, type Money, sum } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { addTasks, type NewTask } from '../platform/tasks/marketplace-tasks.ts';
import { lineId, newOrderId } from './model.ts';
import { placedEvent } from './news.ts';
import { keepReceiver, type Receiver } from './receivers.ts';
import { offerLines, takeSale } from './sale.ts';
import { soldAs } from './sold-as.ts';
import { deleteOrder, insertOrder, insertOrders, type Order, type OrderLine } from './store.ts';

export interface PlaceOrder {
  readonly buyerId: string;
  readonly userId: string;
  readonly lines: readonly NewLine[];
  /** the amount that the buyer saw; another one now is refused (B-29) */
  readonly expectedAmount?: string | undefined;
  /** one of each at most (C53) */
  readonly offerId?: string | undefined;
  readonly voucherId?: string | undefined;
  readonly distributorId?: string | undefined;
  /** of hardware: where it is sent (L37) */
  readonly receiver?: Receiver | undefined;
  readonly traceId: string;
}
export interface NewLine extends SaleLine {
  readonly parameters: readonly Parameter[];
  /** of images: where it is to run (L30) */
  readonly regionId?: string | undefined;
  /** B-25: it is to renew itself from its opening on; PERIOD only */
  readonly autoRenew?: boolean | undefined;
}
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

export const CANCEL_UNPAID = 'ordering.cancel-unpaid';
/** C32: packages that stop when used up, in one order */
const MOST_STOPPING_PACKAGES = 30;

/**
 * A purchase of one or several products of one site. Refuses what `offerLines` refuses, then MIXED_SITES, the seller's
 * questions, RECEIVER_MISSING, REGION_MISSING, PRICE_CHANGED.
 */
export async function placeOrder(platform: Platform, tx: Tx, input: PlaceOrder, now: Date): Promise<Result<Order>> {
  const drafted = await draftOf(tx, input, now);
  if (!drafted.ok) return drafted;
  const { draft, sale } = drafted.value;
  return place(platform, tx, draft, now, async (order) => {
    const refused = await takeSale(platform, tx, order, sale, now);
    if (!refused && input.receiver && sale.lines.some(isSent))
      await keepReceiver(platform, tx, order.orderId, input.receiver);
    return refused;
  });
}

/** What is to be ordered, with all that can be said against it before it takes anything. @param known as of `offerLines` */
export async function draftOf(
  tx: Tx,
  input: PlaceOrder,
  now: Date,
  known?: ReadonlyMap<string, SaleRow>,
): Promise<Result<{ readonly draft: Draft; readonly sale: Sale }>> {
  const { buyerId, lines, offerId, voucherId, distributorId } = input;
  const offered = await offerLines(tx, { buyerId, lines, offerId, voucherId, distributorId, now }, known);
  if (!offered.ok) return offered;
  const sale = offered.value;
  const [first] = sale.lines;
  if (!first) return refuse('VALIDATION', 'an order needs at least one line');
  const fault = orderFault(sale, first, input) ?? (await sharedInstance(tx, sale.lines));
  if (fault) return fault;
  const { currency } = first.quote.amount;
  const amount = sum(
    sale.lines.map(({ quote }) => quote.amount),
    currency,
  );
  const changed = priceChange(amount, input.expectedAmount);
  if (changed) return changed;
  const draft = {
    orderType: 'NEW' as const,
    buyerId,
    placedBy: input.userId,
    site: first.offer.site,
    amount,
    traceId: input.traceId,
    lines: sale.lines.map((each, place) => newLine(each, input.lines[place], sale.distributorId)),
  };
  return ok({ draft, sale });
}

/** What an order as a whole must keep, whatever its lines cost. */
function orderFault({ lines }: Sale, first: PricedOffer, input: PlaceOrder): Result<never> | null {
  const { currency } = first.quote.amount;
  if (lines.some(({ offer, quote }) => offer.site !== first.offer.site || quote.amount.currency !== currency))
    return refuse('MIXED_SITES', 'one order holds products of one site and one currency');
  if (lines.filter(({ specification }) => specification.package?.stopWhenUsedUp).length > MOST_STOPPING_PACKAGES)
    return refuse(
      'PURCHASE_LIMIT',
      `C32: at most ${MOST_STOPPING_PACKAGES} packages that stop when used up in one order`,
    );
  for (const [place, { content, specification }] of lines.entries()) {
    const asked = input.lines[place];
    const fault = parameterFault(content.orderParameters, asked?.parameters ?? []);
    if (fault) return fault;
    if (asked?.autoRenew && specification.chargingMode !== 'PERIOD')
      return refuse('RENEWAL_NOT_ALLOWED', 'B-61: only subscriptions by month or year renew themselves');
    if (asked?.autoRenew && !renewsItself(content.accessType, first.offer.site))
      return refuse('RENEWAL_NOT_ALLOWED', 'B-61: products of this access type are renewed by hand');
    if (content.accessType === 'IMAGE' && asked?.regionId === undefined)
      return refuse('REGION_MISSING', 'L30: choose the region where the image is to run');
  }
  return lines.some(isSent) && !input.receiver
    ? refuse('RECEIVER_MISSING', 'L37: hardware is sent: name, phone and address of the receiver')
    : null;
}

const isSent = ({ content: { accessType, licenseVariant } }: PricedOffer): boolean =>
  accessRules(accessType, licenseVariant).delivery === 'PARCEL';

/**
 * A V1.0 seller makes one instance per order, of pay-per-use one per order and productId (saas-v1.md 6.0.1): two lines
 * that it could not tell apart would become one instance, so they are two orders.
 */
async function sharedInstance(tx: Tx, lines: readonly PricedOffer[]): Promise<Result<never> | null> {
  if (lines.length === 1) return null;
  const goodsIds = [...new Set(lines.map(({ offer }) => offer.goods_id))];
  const interfaces = await productionInterfaces(tx, goodsIds);
  const seen = new Set<string>();
  for (const { offer, specification } of lines) {
    if (interfaces.get(offer.goods_id)?.protocol !== 'saas-v1') continue;
    const key = `${offer.seller_id} ${specification.chargingMode === 'ON_DEMAND' ? offer.price_item_id : ''}`;
    if (seen.has(key))
      return refuse('ONE_LINE_ONLY', 'this seller opens one service per order: place one order for each', {
        goodsId: offer.goods_id,
      });
    seen.add(key);
  }
  return null;
}

/** An order without what its id decides; a line without `resourceId` creates the resource of its own id. */
export interface Draft extends Pick<Order, 'orderType' | 'buyerId' | 'placedBy' | 'site' | 'amount' | 'traceId'> {
  readonly lines: readonly DraftLine[];
}
export type DraftLine = Omit<OrderLine, 'orderLineId' | 'orderId' | 'buyerId' | 'state' | 'resourceId' | 'payment'> & {
  readonly resourceId?: string;
};

/**
 * Writes an unpaid order with the task that cancels it.
 * @param take what must be had before the order may exist (the resource, the one trial); its refusal leaves nothing behind
 */
export async function place(
  platform: Platform,
  tx: Tx,
  draft: Draft,
  now: Date,
  take?: (order: Order) => Promise<Result<never> | null>,
): Promise<Result<Order>> {
  for (;;) {
    const order = unpaidOrder(platform, draft, now);
    const { orderId } = order;
    if (!(await insertOrder(tx, order))) continue; // the 5 random characters clashed within this minute
    const refused = await take?.(order);
    if (refused) {
      await deleteOrder(tx, orderId);
      return refused;
    }
    await addTasks(tx, [cancelling(platform, order)], now);
    await platform.events.publish(tx, [placedEvent(order)], now);
    return ok(order);
  }
}

/** Cancels an order that nobody pays. */
export const cancelling = (platform: Platform, { orderId, cancelAt, traceId }: UnpaidOrder): NewTask => ({
  id: uuid(platform.random),
  kind: CANCEL_UNPAID,
  subject: orderId,
  dueAt: cancelAt,
  traceId,
});

export type UnpaidOrder = Order & { readonly cancelAt: Date };

/** A draft under a new id, which another order may have (`newOrderId`). */
export function unpaidOrder(platform: Platform, draft: Draft, now: Date): UnpaidOrder {
  const orderId = newOrderId(now, platform.random);
  return {
    ...draft,
    orderId,
    state: 'PENDING_PAYMENT',
    createdAt: now,
    paidAt: null,
    completedAt: null,
    cancelAt: new Date(now.getTime() + platform.config.unpaidOrderHours * 3_600_000),
    lines: draft.lines.map((line, index) => {
      const orderLineId = lineId(orderId, index + 1);
      const resourceId = line.resourceId ?? orderLineId;
      return { ...line, orderLineId, orderId, resourceId, buyerId: draft.buyerId, state: 'WAITING', payment: null };
    }),
  };
}

/**
 * Writes many orders with one statement. Where an id is taken, by another order or within the batch, it gets the next.
 * @param become what is written of each: as it was placed, or as its payment leaves it
 * @returns each as it was placed, in the order of the list
 */
export async function writeOrders(
  platform: Platform,
  tx: Tx,
  drafts: readonly Draft[],
  now: Date,
  become: (placed: UnpaidOrder) => Order = (placed) => placed,
): Promise<UnpaidOrder[]> {
  const done = new Map<Draft, UnpaidOrder>();
  for (let left = drafts; left.length > 0; left = left.filter((draft) => !done.has(draft))) {
    const tries = new Map<string, [Draft, UnpaidOrder]>();
    for (const draft of left) {
      const placed = unpaidOrder(platform, draft, now);
      tries.set(placed.orderId, [draft, placed]);
    }
    const orders = [...tries.values()].map(([, placed]) => become(placed));
    for (const orderId of await insertOrders(tx, orders)) {
      const [draft, placed] = tries.get(orderId) ?? [];
      if (draft && placed) done.set(draft, placed);
    }
  }
  return drafts.flatMap((draft) => done.get(draft) ?? []);
}

/** B-29: the buyer agreed to another amount. */
export function priceChange(amount: Money, expected: string | undefined): Result<never> | null {
  if (expected === undefined || decimal(expected).equals(amount.amount)) return null;
  return refuse('PRICE_CHANGED', 'the price has changed since it was shown', {
    expected,
    amount: amount.amount,
    currency: amount.currency,
  });
}

function newLine(
  { offer, content, specification, quote }: PricedOffer,
  asked: NewLine | undefined,
  distributorId: string | null,
): DraftLine {
  return {
    scene: null,
    sellerId: offer.seller_id,
    goodsId: offer.goods_id,
    version: offer.version,
    specificationId: offer.specification_id,
    skuCode: offer.sku_code,
    priceItemId: offer.price_item_id,
    chargingMode: specification.chargingMode,
    periodType: quote.periodType,
    periodNumber: quote.periodNumber,
    quantity: quote.quantity,
    listAmount: quote.listAmount,
    amount: quote.amount,
    effectiveFrom: null,
    expireAt: null,
    snapshot: {
      productName: content.name,
      specificationName: specification.name,
      linearAttribute: specification.linearAttribute,
      derivation: [...quote.derivation],
      parameters: [...(asked?.parameters ?? [])],
      trialDays: null,
      package: specification.package,
      autoRenew: asked?.autoRenew ?? false,
      ...soldAs(content, specification, {
        regionId: asked?.regionId,
        vcpus: asked?.vcpus,
        distributorId,
        deductions: [...quote.deductions],
      }),
    },
  };
}

/** The seller's own questions (B-28): each required one answered, none invented. */
export function parameterFault(
  asked: PricedOffer['content']['orderParameters'],
  given: readonly Parameter[],
): Result<never> | null {
  const missing = asked.find(
    ({ name, required }) => required && !given.some((each) => each.name === name && each.value.trim() !== ''),
  );
  if (missing) return refuse('PARAMETER_MISSING', `the seller asks for ${missing.name}`, { name: missing.name });
  const unknown = given.find((each) => !asked.some(({ name }) => name === each.name));
  if (unknown)
    return refuse('PARAMETER_UNKNOWN', `the product does not ask for ${unknown.name}`, { name: unknown.name });
  return null;
}
