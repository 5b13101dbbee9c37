/** One event of each kind that is listened to, as its station publishes it, with secrets beside what is told. */
import type { DomainEvent } from '../platform/events.ts';

export const SECRET = 'Init-Pass-1';
const productName = { zh: '云表格', en: 'Cloud Sheets' };
const amount = { amount: '12345.00', currency: 'CNY' };
const AT = '2026-01-05T02:00:00.000Z';
const ids = { buyerId: 'b-1', sellerId: 's-1', goodsId: 'g-1' };

export function event(type: string, payload: Record<string, unknown>, aggregate = 'order:CS1'): DomainEvent {
  return { eventId: 1, type, aggregate, payload, traceId: 'trace', occurredAt: new Date(AT) };
}

export const ref = {
  resourceId: 'CS1-000001',
  instanceId: 'i-1',
  ...ids,
  placedBy: 'u-1',
  orderId: 'CS1',
  chargingMode: 'PERIOD',
  productName,
  specificationName: { zh: '标准版', en: 'Standard' },
  state: 'ACTIVE',
  expireAt: '2026-02-05T15:59:59.000Z',
  trial: false,
  site: 'CN',
  access: { password: SECRET },
};
const trial = { ...ref, trial: true };
const failed = {
  ...ids,
  callId: 'c-1',
  orderId: 'CS1',
  resourceId: 'CS1-000001',
  activity: 'newInstance',
  attempt: 2,
  nextAt: '2026-01-05T02:05:00.000Z',
  resultCode: '000100',
  summary: { zh: '签名不正确', en: 'the signature is wrong' },
  productName,
  request: { accessKey: SECRET },
};
const refund = { ...ids, refundId: 'r-1', orderId: 'CS2', resourceId: 'CS1-000001', amount, productName };
const line = { ...ids, orderLineId: 'CS1-000001', productName, parameters: [{ name: 'password', value: SECRET }] };

const applied = { ...ids, productName, applicationId: 'a-1' };

const handedOver = {
  ...ids,
  orderId: 'CS1',
  deliveryId: 'd-1',
  kind: 'LICENSE_TEXT',
  placedBy: 'u-1',
  productName,
  licence: SECRET,
};

const statement = { buyerId: 'b-1', month: '202512', owed: amount, dueAt: AT };
const watched = {
  ...{ resourceId: ref.resourceId, buyerId: 'b-1', placedBy: 'u-1', orderId: 'CS1', productName, to: AT },
  ...{ rest: '1500', quota: '10000', threshold: '2000', unit: { zh: '次', en: 'calls' } },
};

const buyerInvoice = {
  ...{ invoiceId: 'i-1', issuer: 'SELLER', sellerId: 's-1', buyerId: 'b-1', title: 'Ann Ltd', amount, dueAt: AT },
  number: '24312000000012345678',
  reason: 'the tax number',
};
const demand = { requisitionId: 'R-1', sellerId: 's-1', amount, dueOn: '2026-02-05' };

export const SAMPLES: readonly DomainEvent[] = [
  event('catalog.product-submitted', { ...applied, kind: 'NEW', dueAt: AT }),
  event('catalog.product-approved', { ...applied, kind: 'NEW', version: 1 }),
  event('catalog.product-approved', { ...applied, kind: 'CHANGE', version: 2 }),
  event('catalog.product-approved', { ...applied, kind: 'REMOVAL', version: null }),
  event('catalog.product-rejected', {
    ...applied,
    kind: 'NEW',
    reasons: [{ section: 'ACCESS', reason: 'the logo is a screenshot' }],
    comment: '',
  }),
  event('catalog.product-withdrawn', { ...applied, reason: 'unreachable support' }),
  event('debugging.probe-failed', { ...ids, productName, activity: 'newInstance', day: 3, summary: failed.summary }),
  event('debugging.trading-frozen', { ...ids, productName }),
  event('debugging.trading-frozen', { ...ids, productName, by: 'u-9', reason: 'forged reviews' }),
  event('debugging.seller-flagged', { ...ids, productName, failedOrders: 6, month: '2026-01' }),
  event('fulfilment.attempt-failed', failed),
  event('fulfilment.attempt-failed', { ...failed, nextAt: null }),
  event('ordering.line-refunded', { ...line, resourceId: 'CS1-000001', amount }),
  event('ordering.order-paid', {
    orderId: 'CS1',
    orderType: 'NEW',
    buyerId: 'b-1',
    placedBy: 'u-1',
    amount,
    lines: [line],
  }),
  event('ordering.order-paid', { orderId: 'CS1', placedBy: 'u-1', amount, lines: [line, line] }),
  event('ordering.order-paid', {
    orderId: 'CS1',
    orderType: 'NEW',
    placedBy: 'u-1',
    amount,
    lines: [{ ...line, delivery: { supervised: true } }],
  }),
  event('delivery.required', handedOver),
  event('delivery.milestones-planned', handedOver),
  event('delivery.milestone-accepted', { ...handedOver, milestone: '1', next: '2' }),
  event('delivery.delivered', { ...handedOver, supervised: true, carrier: null, trackingNo: null }),
  event('delivery.delivered', { ...handedOver, kind: 'PARCEL', supervised: true, carrier: 'SF', trackingNo: 'SF1234' }),
  event('delivery.accepted', { ...handedOver, by: 'BUYER' }),
  event('delivery.accepted', { ...handedOver, kind: 'PARCEL', by: 'SYSTEM' }),
  event('delivery.requirement-confirmed', handedOver),
  event('delivery.requirement-rejected', { ...handedOver, by: 'SELLER', reason: 'name the servers', rejections: 1 }),
  event('delivery.delivered', {
    ...{ ...handedOver, supervised: true, carrier: null, trackingNo: null },
    step: 'HUAWEI_REVIEW',
  }),
  event('delivery.reviewed', handedOver),
  event('delivery.rejected', { ...handedOver, by: 'BUYER', reason: 'not there', rejections: 2 }),
  event('delivery.reminded', { ...handedOver, waitsFor: 'BUYER', since: AT, overdue: false }),
  event('delivery.reminded', { ...handedOver, waitsFor: 'SELLER', since: AT, overdue: true }),
  event('delivery.appealed', { ...handedOver, by: 'BUYER', reason: 'nobody answers', dueAt: AT }),
  event('delivery.appeal-stated', { ...handedOver, by: 'SELLER', text: 'it works' }),
  event('delivery.appeal-stated', { ...handedOver, by: 'BUYER', text: 'it does not' }),
  event('delivery.appeal-decided', { ...handedOver, outcome: 'SEND_BACK', reason: 'one more try' }),
  event('delivery.parcel-signed', { ...handedOver, acceptAt: AT }),
  event('delivery.parcel-unmatched', handedOver),
  event('ordering.refund-return-asked', { ...handedOver, refundId: 'r-1', deadlineAt: AT }),
  event('ordering.refund-returned', { ...handedOver, refundId: 'r-1', deadlineAt: AT }),
  event('instances.ready', { ref }),
  event('instances.renewed', { ref, orderId: 'CS2', automatic: true, amount, expireAt: '2027-02-05T15:59:59.000Z' }),
  event('instances.renewed', {
    ref: { ...ref, instanceId: null },
    orderId: 'CS2',
    automatic: false,
    amount,
    expireAt: null,
  }),
  event('instances.expiring', { ref, daysLeft: 1 }),
  event('instances.expiring', { ref: trial, daysLeft: 15 }),
  event('instances.grace-begun', { ref, until: AT }),
  event('instances.auto-renew-failed', { ref, missing: amount, nextTryAt: AT }),
  event('instances.auto-renew-failed', { ref, missing: amount, nextTryAt: null }),
  event('instances.auto-renew-failed', {
    ref,
    missing: null,
    refused: { code: 'RENEWAL_NOT_ALLOWED', message: 'C29: the product is withdrawn' },
    nextTryAt: AT,
  }),
  event('instances.frozen', { ref, occasion: 'status:1', reason: 'EXPIRED', call: true }),
  event('instances.frozen', { ref, occasion: 'status:1', reason: 'VIOLATION', call: true }),
  event('instances.frozen', { ref, occasion: 'status:1', reason: 'ARREARS', call: true }),
  event('instances.expiring', { ref: { ...ref, chargingMode: 'ON_DEMAND_PKG' }, daysLeft: 1 }),
  event('metering.package-low', watched),
  event('metering.package-used-up', { ...watched, rest: '0' }),
  event('metering.package-ending', { ...watched, daysLeft: 7 }),
  event(
    'directory.bank-account-asked',
    { kind: 'SELLER', id: 's-1', tail: '5678', number: SECRET },
    'account:SELLER:s-1',
  ),
  ...[true, false].map((approved) =>
    event(
      'directory.bank-account-decided',
      { kind: 'SELLER', id: 's-1', tail: '5678', approved, reason: 'the name differs' },
      'account:SELLER:s-1',
    ),
  ),
  event(
    'settlement.leaving-asked',
    { leavingId: 'l-1', sellerId: 's-1', name: 'Wind', approved: false, comment: SECRET },
    'leaving:l-1',
  ),
  ...[true, false].map((approved) =>
    event(
      'settlement.leaving-decided',
      { leavingId: 'l-1', sellerId: 's-1', name: 'Wind', approved, comment: 'a bill is open' },
      'leaving:l-1',
    ),
  ),
  ...['granted', 'ending', 'withdrawn'].map((what) =>
    event(
      `wallet.purse-${what}`,
      {
        ...{ buyerId: 'b-1', purseId: 'p-1', kind: 'COUPON', left: amount, validFrom: AT, validTo: AT },
        reason: SECRET,
      },
      'purse:p-1',
    ),
  ),
  event(
    'wallet.purse-granted',
    { buyerId: 'b-1', purseId: 'p-2', kind: 'CARD', left: amount, validFrom: AT, validTo: null },
    'purse:p-2',
  ),
  event('wallet.statement-issued', statement, 'credit:b-1:202512'),
  ...[3, -1].map((daysLeft) => event('wallet.statement-due', { ...statement, daysLeft }, 'credit:b-1:202512')),
  event('metering.balance-low', { buyerId: 'b-1', balance: amount, below: amount }),
  event('metering.arrears-begun', {
    resourceId: ref.resourceId,
    buyerId: ref.buyerId,
    placedBy: ref.placedBy,
    orderId: ref.orderId,
    productName: ref.productName,
    owed: amount,
    freezeAt: AT,
  }),
  event('instances.release-near', { ref, releaseAt: AT }),
  event('instances.released', { ref }),
  event(
    'ordering.refund-requested',
    { ...refund, state: 'SELLER_REVIEW', kind: 'NEGOTIATED', reason: 'too slow' },
    'refund:r-1',
  ),
  event('ordering.refund-requested', { ...refund, state: 'EXECUTING', kind: 'FIVE_DAY', reason: '' }, 'refund:r-1'),
  event('ordering.refund-decided', { ...refund, agreed: true, by: 'SELLER', comment: '' }, 'refund:r-1'),
  event('ordering.refund-decided', { ...refund, agreed: false, by: 'SELLER', comment: 'used too long' }, 'refund:r-1'),
  event(
    'ordering.refund-executed',
    { ...refund, orderId: 'CS3', orderLineId: 'CS3-000001', kind: 'FIVE_DAY' },
    'order:CS3',
  ),
  event(
    'catalog.question-asked',
    { ...ids, questionId: 'q-1', productName, text: 'Does it run on our premises?' },
    'question:q-1',
  ),
  event(
    'directory.seller-opened',
    { sellerId: 's-1', name: 'Acme', loginName: 'acme', password: SECRET },
    'seller:s-1',
  ),
  event('catalog.demand-sent', { ...ids, demandId: 'd-1', productName, decideBy: AT }, 'demand:d-1'),
  event(
    'catalog.demand-sent',
    {
      ...ids,
      demandId: 'd-2',
      productName,
      decideBy: AT,
      distributorId: 'p-1',
      distributorName: 'Hill',
      customerName: 'Globex',
    },
    'demand:d-2',
  ),
  ...(
    [
      ['ACCEPTED', ''],
      ['REJECTED', 'no such price'],
      ['REJECTED', null],
    ] as const
  ).map(([state, comment]) =>
    event(
      'catalog.demand-decided',
      {
        ...ids,
        demandId: 'd-2',
        productName,
        state,
        comment,
        distributorId: 'p-1',
        distributorName: 'Hill',
        customerName: 'Globex',
      },
      'demand:d-2',
    ),
  ),
  event(
    'catalog.offer-valid',
    { offerId: 'o-1', sellerId: 's-1', name: 'Year end', demandId: 'd-2', distributorId: 'p-1' },
    'offer:o-1',
  ),
  ...['bill-sent', 'invoice-asked', 'bill-paid'].map((what) =>
    event(
      `settlement.commission-${what}`,
      { billId: 'CN-202401-COMMISSION-p-1', distributorId: 'p-1', period: '202401', amount },
      'bill:2',
    ),
  ),
  event(
    'settlement.commission-bill-rejected',
    {
      ...{ billId: 'CN-202401-COMMISSION-p-1', distributorId: 'p-1', distributorName: 'Farhill' },
      ...{ period: '202401', amount, reason: 'an order is missing' },
    },
    'bill:2',
  ),
  ...['settlement.bill-sent', 'settlement.invoice-asked'].map((type) =>
    event(
      type,
      { billId: 'CN-202401-GENERAL-s-1', sellerId: 's-1', period: '202401', class: 'GENERAL', amount },
      'bill:1',
    ),
  ),
  ...[
    'requested',
    'cancel-asked',
    'return-asked',
    'issued',
    'refused',
    'cancel-answered',
    'returned',
    'return-refused',
  ].map((what) => event(`settlement.buyer-invoice-${what}`, buyerInvoice, 'invoice:i-1')),
  ...[2, -1].map((daysLeft) => event('settlement.buyer-invoice-due', { ...buyerInvoice, daysLeft }, 'invoice:i-1')),
  event('settlement.buyer-invoice-requested', { ...buyerInvoice, sellerId: null }, 'invoice:i-2'),
  ...['submitted', 'verified', 'rejected'].map((what) =>
    event(`settlement.invoices-${what}`, { ...demand, reason: 'the date' }, 'requisition:R-1'),
  ),
  ...[3, -1].map((daysLeft) => event('settlement.invoices-due', { ...demand, daysLeft }, 'requisition:R-1')),
  ...['requested', 'issued', 'refused'].map((what) =>
    event(
      `settlement.fee-invoice-${what}`,
      { feeInvoiceId: 'f-1', sellerId: 's-1', amount, number: '1', reason: 'no' },
      'fee-invoice:f-1',
    ),
  ),
  event(
    'settlement.run-refused',
    { site: 'CN', period: '202612', code: 'CALENDAR_GAP', message: 'unknown' },
    'settlement:CN',
  ),
  ...(['BIND', 'AUTHORISE', 'DISSOLVE'] as const).map((kind) =>
    event(
      'people.sync-failed',
      {
        ...{ ...ids, productName, kind, orderId: 'CS1', callId: 'c-1', members: kind === 'BIND' ? 0 : 500 },
        ...{ enterpriseId: 'e-1', enterpriseName: 'ACME', interface: 'authSync', error: '000005 locked' },
        clientSecret: SECRET,
      },
      'application:a-1',
    ),
  ),
  event(
    'webhooks.endpoint-switched-off',
    { sellerId: 's-1', url: 'https://example.com/hooks', gone: false },
    'webhook:ep_1',
  ),
  ...['invited', 'removed'].map((what) =>
    event(
      `directory.administrator-${what}`,
      { enterpriseId: 'e-1', enterpriseName: 'ACME', userId: 'u-2', buyerId: 'b-1', password: SECRET },
      'enterprise:e-1',
    ),
  ),
  event('catalog.sold-out', { ...ids, skuCode: 'k-1', productName }, 'product:g-1'),
];
