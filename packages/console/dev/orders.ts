import type {
  CreateOrder,
  OrderLineView,
  OrderView,
  QuoteView,
  TimelineEntryView,
} from '@jishi/marketplace/console-api';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

const now = (): string => new Date().toISOString();

function offerOf(world: World, priceItemId: string) {
  for (const product of world.products)
    for (const specification of product.specifications)
      for (const sku of specification.skus)
        for (const price of sku.prices)
          if (price.priceItemId === priceItemId) return { product, specification, sku, price };
  return refuse(404, 'NOT_FOUND', 'No such price');
}

/** Linear prices only: a fake needs no brackets. */
export function quoteFor(world: World, priceItemId: string, quantity: number, periodNumber: number): QuoteView {
  const { price, specification } = offerOf(world, priceItemId);
  const unit = price.brackets[0]?.unitPrice ?? '0';
  const pieces = specification.linearAttribute === null ? 1 : quantity;
  const periods = price.periodType === null ? 1 : periodNumber;
  const amount = { amount: (Number(unit) * pieces * periods).toFixed(2), currency: 'CNY' };
  return {
    priceItemId,
    quantity: pieces,
    periodType: price.periodType,
    periodNumber: price.periodType === null ? null : periods,
    listAmount: amount,
    amount,
    derivation: [
      { rule: 'catalogue.md 4.1', text: `LINEAR: ${unit} × ${pieces}`, value: (Number(unit) * pieces).toFixed(2) },
      { rule: 'C18', text: `× ${periods}`, value: amount.amount },
    ],
  };
}

export function createOrder(world: World, body: string): OrderView {
  const wanted: CreateOrder = JSON.parse(body);
  const orderId = `CS26112400${String(world.orders.length + 1).padStart(2, '0')}`;
  const lines = wanted.lines.map((line, index): OrderLineView => {
    const { product, specification, sku, price } = offerOf(world, line.priceItemId);
    const quote = quoteFor(world, line.priceItemId, line.quantity ?? 1, line.periodNumber ?? 1);
    if (wanted.expectedAmount !== quote.amount.amount) refuse(409, 'PRICE_CHANGED', 'The price has changed');
    return {
      ...quote,
      orderLineId: `${orderId}-00000${index + 1}`,
      state: 'WAITING',
      goodsId: product.goodsId,
      productName: product.name,
      specificationName: specification.name,
      skuCode: sku.skuCode,
      priceItemId: price.priceItemId,
      chargingMode: specification.chargingMode,
      linearAttribute: specification.linearAttribute,
      parameters: line.parameters ?? [],
      expireAt: null,
      sellerId: 't-seller',
      sellerName: product.sellerName,
      resourceId: null,
    };
  });
  const order: OrderView = {
    orderId,
    orderType: 'NEW',
    state: 'PENDING_PAYMENT',
    buyerId: 't-buyer',
    buyerName: '晨星科技',
    amount: lines[0]?.amount ?? { amount: '0.00', currency: 'CNY' },
    createdAt: now(),
    paidAt: null,
    completedAt: null,
    cancelAt: new Date(Date.now() + 86_400_000).toISOString(),
    traceId: '0af7651916cd43dd8448eb211c80319c',
    payment: [],
    lines,
  };
  world.orders.unshift(order);
  note(world, orderId, 'order', 'ok', '已下单', 'Order placed');
  return order;
}

export function findOrder(world: World, orderId: string): OrderView {
  return world.orders.find((one) => one.orderId === orderId) ?? refuse(404, 'NOT_FOUND', 'No such order');
}

/** Pays and lets a fast seller provision within seconds. */
export function pay(world: World, orderId: string): OrderView {
  const order = findOrder(world, orderId);
  if (order.state !== 'PENDING_PAYMENT') refuse(409, 'ORDER_STATE', 'Not due');
  const gap = Number(order.amount.amount) - world.balance;
  if (gap > 0) {
    refuse(409, 'INSUFFICIENT_BALANCE', 'Balance short', {
      balance: world.balance.toFixed(2),
      amount: order.amount.amount,
      gap: gap.toFixed(2),
    });
  }
  world.balance -= Number(order.amount.amount);
  note(world, orderId, 'money', 'ok', '已付款', 'Paid');
  const step = (afterMs: number, state: OrderLineView['state'], then: () => void): void =>
    void setTimeout(() => {
      change(world, orderId, { lines: findOrder(world, orderId).lines.map((line) => ({ ...line, state })) });
      then();
    }, afterMs);
  change(world, orderId, {
    state: 'PROCESSING',
    paidAt: now(),
    lines: order.lines.map((line) => ({ ...line, state: 'CALLING' })),
  });
  step(4000, 'QUERYING', () => note(world, orderId, 'call', 'ok', '商家已受理', 'Seller accepted', 'call-0003'));
  step(9000, 'FULFILLED', () => complete(world, orderId));
  return findOrder(world, orderId);
}

export function cancel(world: World, orderId: string): OrderView {
  if (findOrder(world, orderId).state !== 'PENDING_PAYMENT') refuse(409, 'ORDER_STATE', 'Not due');
  note(world, orderId, 'order', 'info', '买家取消订单', 'Cancelled by the buyer');
  return change(world, orderId, { state: 'CANCELLED' });
}

function complete(world: World, orderId: string): void {
  const order = findOrder(world, orderId);
  const resourceId = `res-${orderId}`;
  change(world, orderId, {
    state: 'COMPLETED',
    completedAt: now(),
    lines: order.lines.map((line) => ({ ...line, resourceId: line.resourceId ?? resourceId })),
  });
  const effect = world.effects.get(orderId);
  if (effect !== undefined) {
    effect();
    return;
  }
  for (const line of order.lines) {
    world.instances.unshift({
      ...line,
      resourceId,
      instanceId: 'ins-77',
      state: 'ACTIVE',
      orderId,
      buyerId: order.buyerId,
      buyerName: order.buyerName,
      createdAt: now(),
      startedAt: now(),
      expireAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    });
  }
  note(world, orderId, 'instance', 'ok', '实例已开通', 'Instance is ready');
}

function change(world: World, orderId: string, next: Partial<OrderView>): OrderView {
  const index = world.orders.findIndex((one) => one.orderId === orderId);
  const changed = { ...findOrder(world, orderId), ...next };
  world.orders[index] = changed;
  return changed;
}

export function note(
  world: World,
  orderId: string,
  kind: TimelineEntryView['kind'],
  outcome: TimelineEntryView['outcome'],
  zh: string,
  en: string,
  callId?: string,
): void {
  const entries = world.timelines.get(orderId) ?? [];
  const ref = callId === undefined ? null : { kind: 'call' as const, id: callId };
  world.timelines.set(orderId, [...entries, { at: now(), kind, outcome, title: { zh, en }, detail: null, ref }]);
}
