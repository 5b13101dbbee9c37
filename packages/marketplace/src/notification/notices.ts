/**
 * What happened → what is told. Each event type that the catalogue names has its reader here; a reader takes of an
 * event only what its texts say, so that nothing else (access data, parameters) can slip into a message (N-4).
 */
import { z } from 'zod';
import { type LocalizedText, localizedText } from '../catalog/index.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Variant } from './catalogue.ts';
import { INVOICE_READERS } from './invoice-notices.ts';
import {
  id,
  instant,
  money,
  type Notice,
  notice,
  parties,
  plain,
  product,
  type Reader,
  reads,
  words,
} from './notice-parts.ts';
import { PEOPLE_READERS } from './people-notices.ts';
import type { Fact, Facts } from './render.ts';
import { SUPERVISION_READERS } from './supervision-notices.ts';
import { USAGE_READERS } from './usage-notices.ts';
import { WALLET_READERS } from './wallet-notices.ts';

export { buyerKey, distributorKey, type Notice, OPERATORS, sellerKey, type TenantKey } from './notice-parts.ts';

/** @throws ZodError for an event that does not fit */
export function noticesOf(event: DomainEvent): Notice[] {
  return READERS[event.type]?.(event) ?? [];
}

// --- members of events --------------------------------------------------------------------------------------

const inBoth = z.union([localizedText, words.transform((text) => ({ zh: text, en: text }))]);
const ref = z.object({
  resourceId: id,
  instanceId: z.string().nullable(),
  ...parties,
  /** who bought it: a purchaser hears of what he or she ordered, beside the account's own people */
  placedBy: id,
  ...product,
  orderId: id,
  chargingMode: id,
  expireAt: instant.nullable(),
  trial: z.boolean(),
});
const withRef = z.object({ ref });
type Ref = z.infer<typeof ref>;
const factsOf = (about: Ref) => ({ product: about.productName, resource: about.resourceId, order: about.orderId });
const toBuyer = (variant: Variant, about: Ref, facts: Facts): Notice => ({
  ...notice(variant, about.buyerId, facts),
  alsoUserId: about.placedBy,
});
/** What never ends (one-time purchases) is not told that it ends. */
const NEVER: LocalizedText = { zh: '长期有效', en: 'never' };
const until = (at: Date | null): Fact => at ?? NEVER;

const days = (count: number): LocalizedText => ({ zh: `${count} 天`, en: count === 1 ? '1 day' : `${count} days` });
const orderOf = (event: DomainEvent): string => event.aggregate.replace(/^order:/, '');
const orNone = (text: string): LocalizedText =>
  text === '' ? { zh: '未填写', en: 'none given' } : { zh: text, en: text };
const comment = (text: string): LocalizedText =>
  text === '' ? { zh: '', en: '' } : { zh: `意见：${text}。`, en: `Comment: ${text}.` };

/** Wire names stay: they stand in the seller's code and in its log. */
const INTERFACES: Readonly<Record<string, string>> = {
  newInstance: '新购',
  queryInstance: '查询实例信息',
  refreshInstance: '续费',
  expireInstance: '到期',
  updateInstanceStatus: '冻结/解冻',
  instanceStatus: '冻结/解冻',
  releaseInstance: '释放',
  upgradeInstance: '升级',
  upgrade: '升级',
  changeInstanceCheck: '变更校验',
  orderNotify: '订单通知',
};
const interfaceName = (activity: string): LocalizedText => ({
  zh: INTERFACES[activity] === undefined ? activity : `${INTERFACES[activity]}（${activity}）`,
  en: activity,
});

// --- readers ------------------------------------------------------------------------------------------------

const FROZEN = {
  EXPIRED: 'N-27.frozen-expired',
  VIOLATION: 'N-27.frozen-violation',
  ARREARS: 'N-27.frozen-arrears',
} as const satisfies Record<string, Variant>;

/** who freezes after failed probes */
const SYSTEM = 'system';
const refundOf = { refundId: id, ...parties, ...product, amount: money };

const billOf = z.object({ billId: id, sellerId: id, period: id, amount: money });
/** its newest bill, and what is paid in all of those that are paid together (S4-5) */
const commissionOf = z.object({ billId: id, distributorId: id, period: id, amount: money });
const ofCommission = (variant: Variant): Reader =>
  reads(commissionOf, ({ distributorId, billId, period, amount }) => [
    notice(variant, distributorId, { bill: billId, period: monthName(period), amount }),
  ]);
/** `202401` */
const monthName = (period: string): LocalizedText => ({
  zh: `${period.slice(0, 4)} 年 ${Number(period.slice(4))} 月`,
  en: `${period.slice(0, 4)}-${period.slice(4)}`,
});

const soldAs = z.object({ supervised: z.boolean() });
/** What was applied for, as the texts of N-13 put it. */
const APPLIED: Readonly<Record<'NEW' | 'CHANGE' | 'REMOVAL', LocalizedText>> = {
  NEW: { zh: '上架申请', en: 'listing' },
  CHANGE: { zh: '修改申请', en: 'change' },
  REMOVAL: { zh: '停售申请', en: 'removal' },
};
const APPROVED = {
  NEW: 'N-13.approved',
  CHANGE: 'N-13.change-approved',
  REMOVAL: 'N-13.removal-approved',
} as const satisfies Record<string, Variant>;
const application = {
  sellerId: id,
  goodsId: id,
  ...product,
  applicationId: id,
  kind: z.enum(['NEW', 'CHANGE', 'REMOVAL']),
};

const account = { kind: z.string(), id, tail: words };
const READERS: Readonly<Record<string, Reader>> = {
  'directory.bank-account-asked': reads(z.object(account), ({ tail }) => [
    notice('N-11.account-asked', '', { tail: { zh: tail, en: tail } }),
  ]),
  'directory.bank-account-decided': reads(
    z.object({ ...account, approved: z.boolean(), reason: words }),
    ({ kind, id: sellerId, tail, approved, reason }) =>
      kind === 'SELLER'
        ? [
            notice(approved ? 'N-11.account-approved' : 'N-11.account-rejected', sellerId, {
              tail: { zh: tail, en: tail },
              reason: orNone(reason),
            }),
          ]
        : [],
  ),
  'directory.seller-opened': reads(
    z.object({ sellerId: id, name: words, loginName: words }),
    ({ sellerId, name, loginName }) => [
      notice('N-10.approved', sellerId, { name: plain(name), login: plain(loginName) }),
    ],
  ),
  'catalog.product-submitted': reads(
    z.object({ ...application, dueAt: instant }),
    ({ sellerId, productName, applicationId, kind, dueAt }) => [
      notice('N-13.submitted', sellerId, {
        product: productName,
        application: applicationId,
        kind: APPLIED[kind],
        dueAt,
      }),
    ],
  ),
  'catalog.product-approved': reads(
    z.object({ ...application, version: z.number().nullable() }),
    ({ sellerId, goodsId, productName, kind, version }) => [
      notice(APPROVED[kind], sellerId, { product: productName, goods: goodsId, version: version ?? '' }),
    ],
  ),
  'catalog.product-rejected': reads(
    z.object({ ...application, reasons: z.array(z.object({ reason: z.string() })), comment: words }),
    ({ sellerId, productName, applicationId, kind, reasons, comment: remark }) => [
      notice('N-13.rejected', sellerId, {
        product: productName,
        application: applicationId,
        kind: APPLIED[kind],
        reason: orNone(words.parse([...reasons.map(({ reason }) => reason), remark].filter(Boolean).join('; '))),
      }),
    ],
  ),
  'catalog.product-withdrawn': reads(
    z.object({ sellerId: id, goodsId: id, ...product, reason: words }),
    ({ sellerId, goodsId, productName, reason }) => [
      notice('N-72.withdrawn', sellerId, { product: productName, goods: goodsId, reason: orNone(reason) }),
    ],
  ),
  'debugging.probe-failed': reads(
    z.object({
      sellerId: id,
      goodsId: id,
      ...product,
      activity: words,
      day: z.union([z.number(), words]),
      summary: inBoth,
    }),
    (failed) => [
      notice('N-14.probe-failed', failed.sellerId, {
        product: failed.productName,
        goods: failed.goodsId,
        interface: interfaceName(failed.activity),
        error: failed.summary,
        day: failed.day,
      }),
    ],
  ),
  'debugging.trading-frozen': reads(
    z.object({ sellerId: id, goodsId: id, ...product, by: z.string().default(SYSTEM), reason: words.default('') }),
    ({ sellerId, productName, goodsId, by, reason }) => {
      const facts = { product: productName, goods: goodsId };
      return by === SYSTEM
        ? [notice('N-14.trading-frozen', sellerId, facts)]
        : [notice('N-14.frozen-by-operator', sellerId, { ...facts, reason: orNone(reason) })];
    },
  ),
  'debugging.seller-flagged': reads(
    z.object({ sellerId: id, goodsId: id, ...product, failedOrders: z.number(), month: words }),
    ({ sellerId, goodsId, productName, failedOrders, month }) => {
      const facts = { product: productName, goods: goodsId, orders: failedOrders, month };
      return [notice('N-14.flagged', sellerId, facts), notice('N-14.flagged-to-operators', sellerId, facts)];
    },
  ),
  'fulfilment.attempt-failed': reads(
    z.object({
      callId: id,
      sellerId: id,
      orderId: id,
      ...product,
      activity: words,
      attempt: z.number(),
      nextAt: instant.nullable(),
      summary: inBoth,
    }),
    (failed) => {
      const facts = {
        product: failed.productName,
        order: failed.orderId,
        call: failed.callId,
        interface: interfaceName(failed.activity),
        attempt: failed.attempt,
        error: failed.summary,
      };
      return [
        failed.nextAt
          ? notice('N-16.will-repeat', failed.sellerId, { ...facts, nextAt: failed.nextAt })
          : notice('N-16.stopped', failed.sellerId, facts),
      ];
    },
  ),
  'ordering.line-refunded': reads(z.object({ ...parties, ...product, amount: money }), (refunded, event) => {
    const facts = {
      product: refunded.productName,
      order: orderOf(event),
      amount: refunded.amount,
      at: event.occurredAt,
    };
    return [notice('N-17.to-seller', refunded.sellerId, facts), notice('N-17.to-buyer', refunded.buyerId, facts)];
  }),
  'ordering.order-paid': reads(
    z.object({
      orderId: id,
      buyerId: id.optional(),
      placedBy: id,
      amount: money,
      orderType: z.string().default('NEW'),
      lines: z
        .array(z.object({ buyerId: id, sellerId: id.optional(), delivery: soldAs.optional(), ...product }))
        .min(1),
    }),
    ({ orderId, orderType, placedBy, amount, lines, buyerId }) => {
      const [first] = lines;
      const toDeliver = orderType !== 'NEW' ? [] : lines.filter(({ delivery }) => delivery?.supervised === true);
      const orders = [...new Set(toDeliver.flatMap(({ sellerId }) => sellerId ?? []))].map((sellerId) => {
        const own = toDeliver.filter((line) => line.sellerId === sellerId);
        return notice('N-21.to-deliver', sellerId, { order: orderId, product: productsOf(own) });
      });
      if (!first || /^0+(\.0+)?$/.test(amount.amount)) return orders; // a trial costs nothing: nobody paid
      const facts = { order: orderId, amount, product: productsOf(lines) };
      return [{ ...notice('N-20.paid', buyerId ?? first.buyerId, facts), alsoUserId: placedBy }, ...orders];
    },
  ),
  ...SUPERVISION_READERS,
  ...PEOPLE_READERS,
  ...INVOICE_READERS,
  ...USAGE_READERS,
  ...WALLET_READERS,
  'instances.ready': reads(withRef, ({ ref: about }) => [toBuyer('N-22.ready', about, factsOf(about))]),
  'instances.renewed': reads(
    z.object({ ref, orderId: id, automatic: z.boolean(), amount: money, expireAt: instant.nullable() }),
    ({ ref: about, orderId, automatic, amount, expireAt }) => {
      const facts = { ...factsOf(about), order: orderId, amount, expireAt: until(expireAt) };
      return [
        notice('N-23.renewed', about.sellerId, { ...facts, instance: about.instanceId ?? about.resourceId }),
        ...(automatic ? [toBuyer('N-26.done', about, facts)] : []),
      ];
    },
  ),
  'instances.expiring': reads(z.object({ ref, daysLeft: z.number() }), ({ ref: about, daysLeft }) => {
    // a package is not renewed: N-28 tells how much of it lapses
    if (about.chargingMode === 'ON_DEMAND_PKG') return [];
    const facts = { ...factsOf(about), days: days(daysLeft), expireAt: until(about.expireAt) };
    return [toBuyer(about.trial ? 'N-24.trial-ends' : 'N-25.ends', about, facts)];
  }),
  'instances.grace-begun': reads(z.object({ ref, until: instant }), ({ ref: about, until: end }) => [
    toBuyer('N-25.ended', about, { ...factsOf(about), until: end }),
  ]),
  'instances.auto-renew-failed': reads(
    z.object({
      ref,
      missing: money.nullable(),
      refused: z.object({ code: z.string(), message: words }).nullable().default(null),
      nextTryAt: instant.nullable(),
    }),
    ({ ref: about, missing, refused, nextTryAt }) => {
      const facts = { ...factsOf(about), nextAt: nextTryAt ?? NO_MORE };
      if (missing) return [toBuyer('N-26.failed', about, { ...facts, missing })];
      const reason = whyNot(refused?.code ?? '', refused?.message ?? '');
      return [toBuyer('N-26.refused', about, { ...facts, reason })];
    },
  ),
  'instances.frozen': reads(
    z.object({ ref, reason: z.enum(['EXPIRED', 'VIOLATION', 'ARREARS']) }),
    ({ ref: about, reason }) => [toBuyer(FROZEN[reason], about, factsOf(about))],
  ),
  'instances.release-near': reads(z.object({ ref, releaseAt: instant }), ({ ref: about, releaseAt }) => [
    toBuyer('N-27.release-near', about, { ...factsOf(about), releaseAt }),
  ]),
  'instances.released': reads(withRef, ({ ref: about }) => [toBuyer('N-27.released', about, factsOf(about))]),
  'ordering.refund-requested': reads(
    z.object({ ...refundOf, state: z.string(), reason: words }),
    ({ sellerId, state, productName, amount, reason }) => [
      notice(state === 'SELLER_REVIEW' ? 'N-50.decide' : 'N-50.unsubscribed', sellerId, {
        product: productName,
        amount,
        reason: orNone(reason),
      }),
    ],
  ),
  'ordering.refund-decided': reads(
    z.object({ ...refundOf, agreed: z.boolean(), comment: words.nullish() }),
    (decided) => [
      notice(decided.agreed ? 'N-51.agreed' : 'N-51.rejected', decided.buyerId, {
        product: decided.productName,
        refund: decided.refundId,
        amount: decided.amount,
        comment: comment(decided.comment ?? ''),
      }),
    ],
  ),
  'ordering.refund-executed': reads(z.object(refundOf), (paid) => [
    notice('N-51.paid', paid.buyerId, { product: paid.productName, refund: paid.refundId, amount: paid.amount }),
  ]),
  'settlement.bill-sent': reads(billOf, ({ sellerId, billId, period, amount }) => [
    notice('N-62.sent', sellerId, { bill: billId, period: monthName(period), amount }),
  ]),
  'settlement.invoice-asked': reads(billOf, ({ sellerId, billId, period, amount }) => [
    notice('N-63.invoice', sellerId, { bill: billId, period: monthName(period), amount }),
  ]),
  'settlement.commission-bill-sent': ofCommission('N-80.to-confirm'),
  'settlement.commission-invoice-asked': ofCommission('N-80.invoice'),
  'settlement.commission-bill-paid': ofCommission('N-80.paid'),
  'settlement.commission-bill-rejected': reads(
    commissionOf.extend({ distributorName: words, reason: words }),
    ({ billId, distributorName, period, amount, reason }) => [
      notice('N-80.rejected-to-operators', '', {
        bill: billId,
        partner: plain(distributorName),
        period: monthName(period),
        amount,
        reason: orNone(reason),
      }),
    ],
  ),
  'settlement.run-refused': reads(z.object({ period: id, message: words }), ({ period, message }) => [
    notice('N-75.run-refused', '', { period: monthName(period), reason: message }),
  ]),
  'webhooks.endpoint-switched-off': reads(
    z.object({ sellerId: id, url: words, gone: z.boolean() }),
    ({ sellerId, url, gone }) => [
      notice('N-77.webhook-off', sellerId, {
        url: { zh: url, en: url },
        reason: gone
          ? { zh: '对方回答 410（已不存在）', en: 'it answered 410 (gone)' }
          : { zh: '连续 5 天没有一次成功', en: 'for five days nothing sent to it was answered with success' },
      }),
    ],
  ),
  'catalog.demand-sent': reads(
    z.object({ sellerId: id, ...product, decideBy: instant }),
    ({ sellerId, productName, decideBy }) => [
      notice('N-73.demand', sellerId, { product: productName, until: decideBy }),
    ],
  ),
  'catalog.question-asked': reads(
    z.object({ sellerId: id, ...product, text: words }),
    ({ sellerId, productName, text }) => [
      notice('N-70.question', sellerId, { product: productName, text: plain(text) }),
    ],
  ),
  'catalog.sold-out': reads(
    z.object({ sellerId: id, goodsId: id, ...product }),
    ({ sellerId, goodsId, productName }) => [
      notice('N-74.sold-out', sellerId, { product: productName, goods: goodsId }),
    ],
  ),
};

/** The rules that an automatic renewal meets, for people; any other is told in its own words. */
function whyNot(code: string, message: string): LocalizedText {
  if (message.startsWith('C29')) return { zh: '该商品已退市（C29）', en: 'the product has been withdrawn (C29)' };
  if (code === 'INVALID_PERIOD')
    return { zh: '该规格已没有这种时长的价格', en: 'the specification has no price for such a period any more' };
  return { zh: message, en: message };
}

const NO_MORE: LocalizedText = { zh: '（不再尝试）', en: '(no further try)' };

/** The first product by name; of the others their number. */
function productsOf(lines: readonly { productName: LocalizedText }[]): LocalizedText {
  const [first] = lines;
  const others = lines.length - 1;
  if (!first) return { zh: '', en: '' };
  if (others === 0) return first.productName;
  return {
    zh: `${first.productName.zh}等 ${lines.length} 件`,
    en: `${first.productName.en} and ${others} more`,
  };
}

/** Event types that are listened to. */
export const EVENT_TYPES: readonly string[] = Object.keys(READERS);
