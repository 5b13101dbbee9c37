import type {
  InstanceView,
  OrderView,
  QuotedLineView,
  RefundQuoteView,
  RefundView,
  RenewalItemInput,
  SubscriptionQuoteView,
  SubscriptionView,
  TimelineEntryView,
} from '@jishi/marketplace/console-api';
import { note } from './orders.ts';
import { refuse } from './refusal.ts';
import type { FakeAnswer, FakeRequest } from './routes.ts';
import { allowed, fakeNow, inDays, no } from './services.ts';
import type { World } from './world.ts';

/** Routes of running subscriptions over the world in memory; undefined = not one of them. */
export function subscriptionAnswer(
  world: World,
  { query, body }: FakeRequest,
  route: string,
  id: string,
): FakeAnswer | undefined {
  switch (route) {
    case 'GET instances :id subscription':
      return { json: subscriptionOf(world, id) };
    case 'GET renewal-settings':
      return { json: world.renewalSettings };
    case 'POST renewal-settings':
      world.renewalSettings = JSON.parse(body);
      return { json: world.renewalSettings };
    case 'POST instances :id expiry-policy':
      return { json: setPolicy(world, id, JSON.parse(body).policy) };
    case 'GET renewal-quotes':
      return { json: renewalQuote(world, JSON.parse(query.get('items') ?? '[]')) };
    case 'POST renewals': {
      const { items, expectedAmount }: { items: RenewalItemInput[]; expectedAmount: string } = JSON.parse(body);
      return place(world, 'RENEW', renewalQuote(world, items), expectedAmount);
    }
    case 'GET instances :id conversion-quote':
      return { json: conversionQuote(world, id, query.get('periodType'), Number(query.get('periodNumber'))) };
    case 'POST instances :id conversion': {
      const wanted = JSON.parse(body);
      const quote = conversionQuote(world, id, wanted.periodType, wanted.periodNumber);
      return place(world, 'TRIAL_TO_FORMAL', quote, wanted.expectedAmount);
    }
    case 'GET instances :id change-quote':
      return { json: changeQuote(world, id, query.get('skuCode') ?? '', Number(query.get('quantity'))) };
    case 'POST instances :id change': {
      const wanted = JSON.parse(body);
      return place(world, 'CHANGE', changeQuote(world, id, wanted.skuCode, wanted.quantity), wanted.expectedAmount);
    }
    case 'GET instances :id change-check':
      return changeCheck(Number(query.get('quantity')));
    case 'POST trials':
      return trial(world, JSON.parse(body).skuCode);
    case 'GET instances :id refund-quote':
      return { json: refundQuote(world, id, query.get('kind')) };
    case 'POST instances :id refund-code':
      return { json: { ...codeTo, expiresAt: fakeNow } };
    case 'POST instances :id refunds':
      return { status: 201, json: askForRefund(world, id, JSON.parse(body)) };
    case 'GET refunds': {
      const state = query.get('state');
      return {
        json: { items: world.refunds.filter((one) => state === null || one.state === state), nextCursor: null },
      };
    }
    case 'GET refunds :id':
      return { json: refundOf(world, id) };
    case 'POST refunds :id withdrawal':
      return { json: changeRefund(world, id, { state: 'WITHDRAWN', may: { withdraw: false, decide: false } }) };
    default:
      return undefined;
  }
}

/** Purchased services by product, state, end and expiry policy. */
export function listServices(world: World, query: URLSearchParams): InstanceView[] {
  const product = query.get('product')?.toLowerCase() ?? '';
  const within = query.get('endsWithinDays');
  const policy = query.get('expiryPolicy');
  return world.instances.filter((one) => {
    const life = subscriptionOf(world, one.resourceId);
    const name = `${one.productName.zh} ${one.productName.en}`.toLowerCase();
    const running = !['RELEASED', 'RELEASING', 'FAILED', 'PROVISIONING'].includes(one.state);
    return (
      name.includes(product) &&
      (query.get('state') === null || one.state === query.get('state')) &&
      (within === null || (one.expireAt !== null && running && one.expireAt <= inDays(Number(within)))) &&
      (policy === null || (running && one.chargingMode === 'PERIOD' && life.expiryPolicy === policy))
    );
  });
}

/** What happened to a service so far. */
export function timelineOf(world: World, resourceId: string): TimelineEntryView[] {
  const { instance, periods } = subscriptionOf(world, resourceId);
  return periods.map((period, index) => ({
    at: index === 0 ? instance.createdAt : inDays(-30, period.from),
    kind: index === 0 ? 'instance' : 'order',
    title: index === 0 ? { zh: '服务已开通', en: 'Service provisioned' } : { zh: '已续费', en: 'Renewed' },
    detail: null,
    outcome: 'ok',
    ref: { kind: 'order', id: period.orderId },
  }));
}

function subscriptionOf(world: World, resourceId: string): SubscriptionView {
  const instance = world.instances.find((one) => one.resourceId === resourceId);
  const life = world.lives.get(resourceId) ?? world.lives.get('res-fresh');
  if (instance === undefined || life === undefined) return refuse(404, 'NOT_FOUND', 'No such service');
  return { instance, ...life };
}

function setPolicy(
  world: World,
  resourceId: string,
  policy: NonNullable<SubscriptionView['expiryPolicy']>,
): SubscriptionView {
  const { instance, ...life } = subscriptionOf(world, resourceId);
  if (policy === 'AUTO' && !life.options.autoRenew.allowed) refuse(409, 'RENEWAL_NOT_ALLOWED', 'C27');
  const autoRenewAt = policy === 'AUTO' ? inDays(-7, instance.expireAt ?? fakeNow) : null;
  world.lives.set(resourceId, { ...life, expiryPolicy: policy, autoRenewAt });
  return subscriptionOf(world, resourceId);
}

const unitPrices = { month: 25, year: 250 };

function renewalQuote(world: World, items: readonly RenewalItemInput[]): SubscriptionQuoteView {
  return sum(
    items.map(({ resourceId, periodType, periodNumber, unifyDay, target }): QuotedLineView => {
      const { instance, options } = subscriptionOf(world, resourceId);
      if (!options.renew.allowed) refuse(409, 'RENEWAL_NOT_ALLOWED', 'Not allowed');
      const quantity = target?.quantity ?? instance.quantity;
      const to = addPeriods(instance.expireAt ?? fakeNow, periodType, periodNumber, unifyDay ?? null);
      const each = unitPrices[periodType];
      return line(
        instance,
        quantity,
        each * quantity * periodNumber,
        { periodType, periodNumber },
        instance.expireAt,
        to,
        [
          { rule: 'catalogue.md 4.1', text: `LINEAR: ${each} × ${quantity}`, value: (each * quantity).toFixed(2) },
          { rule: 'C18', text: `× ${periodNumber}`, value: (each * quantity * periodNumber).toFixed(2) },
        ],
      );
    }),
  );
}

function conversionQuote(world: World, id: string, periodType: string | null, periodNumber: number) {
  const { instance } = subscriptionOf(world, id);
  const type = periodType === 'year' ? 'year' : 'month';
  const each = unitPrices[type];
  const amount = each * instance.quantity * periodNumber;
  return sum([
    line(instance, instance.quantity, amount, { periodType: type, periodNumber }, null, null, [
      { rule: 'C34', text: `${each} × ${instance.quantity} × ${periodNumber}`, value: amount.toFixed(2) },
    ]),
  ]);
}

/** Rest and rule as in catalogue.md 6.1, with a made-up rest of the period. */
function changeQuote(world: World, id: string, skuCode: string, quantity: number): SubscriptionQuoteView {
  const { instance } = subscriptionOf(world, id);
  const rest = 0.6581;
  const before = 25 * instance.quantity;
  const after = (skuCode === 'SKU-PRO' ? 40 : 25) * quantity;
  if (after < before) refuse(409, 'CHANGE_NOT_ALLOWED', 'C26: the target is cheaper');
  const fee = Math.round((after - before) * rest * 100) / 100;
  return sum([
    line(instance, quantity, fee, null, null, instance.expireAt, [
      { rule: 'catalogue.md 6.1', text: 'rest = 12/30 + 8/31', value: String(rest) },
      { rule: 'catalogue.md 6.1', text: `${after}.00 × ${rest}`, value: (after * rest).toFixed(2) },
      { rule: 'catalogue.md 6.1', text: `− ${before}.00 × ${rest}`, value: fee.toFixed(2) },
    ]),
  ]);
}

/** A quick yes; from 300 on a slow yes, from 500 on a refusal in the seller's words. */
function changeCheck(quantity: number): FakeAnswer {
  const refused = quantity >= 500;
  return {
    delayMs: quantity >= 300 && !refused ? 12_000 : 2_500,
    json: {
      allowed: !refused,
      message: refused ? '当前集群最多支持 480 个用户,请先联系我们扩容。' : null,
      checkedAt: fakeNow,
    },
  };
}

function trial(world: World, skuCode: string): FakeAnswer {
  const product = world.products.find((one) =>
    one.specifications.some((spec) => spec.skus.some((sku) => sku.skuCode === skuCode)),
  );
  const sample = world.instances[0];
  if (product === undefined || sample === undefined) return refuse(404, 'NOT_FOUND', 'No such SKU');
  const free = line({ ...sample, productName: product.name }, 10, 0, null, null, inDays(14), []);
  return place(world, 'TRIAL', { lines: [free], amount: free.amount }, '0.00');
}

function place(
  world: World,
  orderType: OrderView['orderType'],
  quote: SubscriptionQuoteView,
  expected: string,
): FakeAnswer {
  if (expected !== quote.amount.amount) refuse(409, 'PRICE_CHANGED', 'The price has changed');
  const orderId = `CS26112400${String(world.orders.length + 1).padStart(2, '0')}`;
  const order: OrderView = {
    orderId,
    orderType,
    state: 'PENDING_PAYMENT',
    buyerId: 't-buyer',
    buyerName: '晨星科技',
    amount: quote.amount,
    createdAt: fakeNow,
    paidAt: null,
    completedAt: null,
    cancelAt: inDays(1),
    traceId: '0af7651916cd43dd8448eb211c80319c',
    payment: [],
    lines: quote.lines.map((one, index) => {
      const { instance } =
        orderType === 'TRIAL' ? { instance: world.instances[0] } : subscriptionOf(world, one.resourceId);
      if (instance === undefined) return refuse(404, 'NOT_FOUND', 'No such service');
      return {
        ...instance,
        ...one,
        orderLineId: `${orderId}-00000${index + 1}`,
        state: 'WAITING',
        skuCode: 'SKU-STD',
        priceItemId: 'OFFI-2',
        parameters: [],
        expireAt: one.to,
        resourceId: orderType === 'TRIAL' ? null : one.resourceId,
      };
    }),
  };
  world.orders.unshift(order);
  note(world, orderId, 'order', 'ok', '已下单', 'Order placed');
  if (orderType !== 'TRIAL') {
    for (const one of quote.lines) block(world, one.resourceId, orderId);
    world.effects.set(orderId, () => {
      for (const one of quote.lines) take(world, one, orderId);
    });
  }
  return { status: 201, json: order };
}

const waits = no('CHANGE_NOT_ALLOWED', 'B-70c: an order of this resource is not done yet');

function block(world: World, resourceId: string, orderId: string): void {
  const { instance, ...life } = subscriptionOf(world, resourceId);
  const options = {
    ...life.options,
    renew: waits,
    change: waits,
    renewWithChange: waits,
    unsubscribe: waits,
    convert: waits,
  };
  world.lives.set(instance.resourceId, { ...life, openOrderId: orderId, options });
}

/** A completed order has its effect: another end, another quantity, no trial any more. */
function take(world: World, one: QuotedLineView, orderId: string): void {
  const { instance, ...life } = subscriptionOf(world, one.resourceId);
  const expireAt = one.to ?? addPeriods(fakeNow, one.periodType ?? 'month', one.periodNumber ?? 1, null);
  const index = world.instances.indexOf(instance);
  world.instances[index] = { ...instance, state: 'ACTIVE', expireAt, quantity: one.quantity };
  const ahead = one.periodType !== null && one.from !== null && one.from > fakeNow;
  const period = {
    orderId,
    orderLineId: `${orderId}-000001`,
    quantity: one.quantity,
    skuCode: 'SKU-STD',
    to: expireAt,
  };
  world.lives.set(one.resourceId, {
    ...life,
    trial: false,
    openOrderId: null,
    freezeAt: inDays(1, expireAt),
    releaseAt: inDays(8, expireAt),
    periods:
      one.periodType === null
        ? life.periods
        : [...life.periods, { ...period, from: one.from ?? fakeNow, state: ahead ? 'NOT_IN_EFFECT' : 'IN_EFFECT' }],
    options: {
      ...life.options,
      renew: allowed,
      change: allowed,
      cancelRenewal: ahead ? allowed : life.options.cancelRenewal,
    },
  });
}

function refundQuote(world: World, id: string, kind: string | null): RefundQuoteView {
  const { instance, options, periods } = subscriptionOf(world, id);
  if (kind === 'RENEWAL') {
    const ahead = periods.filter((one) => one.state === 'NOT_IN_EFFECT');
    return quoteOf(
      'RENEWAL',
      ahead.length * 12_500,
      ahead.map((one) => [one.orderLineId, one.orderId, 12_500]),
    );
  }
  if (!options.unsubscribe.allowed) refuse(409, 'REFUND_NOT_ALLOWED', 'S7-8: the five days are over');
  if (id === 'res-nego') return quoteOf('NEGOTIATED', 68_000, [[instance.orderLineId, instance.orderId, 68_000]]);
  return quoteOf('FIVE_DAY', 1250, [[instance.orderLineId, instance.orderId, 1250]], id === 'res-quota' ? 10 : 7);
}

function quoteOf(
  kind: RefundQuoteView['kind'],
  amount: number,
  lines: (readonly [orderLineId: string, orderId: string, amount: number])[],
  used = 7,
): RefundQuoteView {
  return {
    kind,
    accessType: 'SAAS',
    partOnly: false,
    paid: cny(amount),
    amount: cny(amount),
    selfService: kind !== 'NEGOTIATED',
    quota: { limit: 10, used, left: 10 - used },
    usesQuota: kind === 'FIVE_DAY',
    consumption: null,
    holdsUntil: null,
    vouchers: null,
    large: amount > 50_000,
    lines: lines.map(([orderLineId, orderId, each]) => ({ orderLineId, orderId, amount: cny(each) })),
    back: [{ instrument: 'BALANCE', amount: cny(amount), void: false }],
    codeTo: kind === 'FIVE_DAY' ? codeTo : null,
  };
}

const codeTo = { channel: 'EMAIL' as const, address: 'i***@globex.example' };

function askForRefund(
  world: World,
  id: string,
  wish: Pick<RefundView, 'kind' | 'reason'> & { amount: string },
): RefundView {
  if (id === 'res-quota') refuse(409, 'QUOTA_USED', 'Ten refunds this year');
  const { instance } = subscriptionOf(world, id);
  const negotiated = wish.kind === 'NEGOTIATED';
  const refund: RefundView = {
    refundId: `RF26112401${world.refunds.length + 1}`,
    kind: wish.kind,
    state: negotiated ? 'SELLER_REVIEW' : 'DONE',
    resourceId: id,
    orderId: instance.orderId,
    refundOrderId: negotiated ? null : 'CS26112400098',
    productName: instance.productName,
    buyerId: instance.buyerId,
    buyerName: instance.buyerName,
    sellerId: instance.sellerId,
    sellerName: instance.sellerName,
    paid: { amount: wish.amount, currency: 'CNY' },
    amount: { amount: wish.amount, currency: 'CNY' },
    consumption: null,
    reason: wish.reason,
    contact: null,
    createdAt: fakeNow,
    decidedAt: negotiated ? null : fakeNow,
    comment: null,
    approvedAt: null,
    may: { withdraw: negotiated, decide: false },
  };
  world.refunds.unshift(refund);
  return refund;
}

function refundOf(world: World, id: string): RefundView {
  return world.refunds.find((one) => one.refundId === id) ?? refuse(404, 'NOT_FOUND', 'No such refund');
}

function changeRefund(world: World, id: string, next: Partial<RefundView>): RefundView {
  const index = world.refunds.indexOf(refundOf(world, id));
  const changed = { ...refundOf(world, id), ...next };
  world.refunds[index] = changed;
  return changed;
}

function line(
  instance: InstanceView,
  quantity: number,
  amount: number,
  period: { periodType: 'month' | 'year'; periodNumber: number } | null,
  from: string | null,
  to: string | null,
  derivation: QuotedLineView['derivation'],
): QuotedLineView {
  const { resourceId, productName, specificationName } = instance;
  return {
    resourceId,
    productName,
    specificationName,
    quantity,
    periodType: period?.periodType ?? null,
    periodNumber: period?.periodNumber ?? null,
    from,
    to,
    listAmount: cny(amount),
    amount: cny(amount),
    derivation,
  };
}

function sum(lines: QuotedLineView[]): SubscriptionQuoteView {
  return { lines, amount: cny(lines.reduce((total, one) => total + Number(one.amount.amount), 0)) };
}

function cny(amount: number) {
  return { amount: amount.toFixed(2), currency: 'CNY' };
}

function addPeriods(from: string, type: 'month' | 'year', count: number, unifyDay: number | null): string {
  const date = new Date(from);
  if (type === 'month') date.setUTCMonth(date.getUTCMonth() + count);
  else date.setUTCFullYear(date.getUTCFullYear() + count);
  if (unifyDay !== null && date.getUTCDate() > unifyDay) date.setUTCMonth(date.getUTCMonth() + 1);
  if (unifyDay !== null) date.setUTCDate(unifyDay);
  return date.toISOString();
}
