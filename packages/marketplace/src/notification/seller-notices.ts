/** Told of a seller's account, its products and their checks, and of what customers want of it. */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import type { Variant } from './catalogue.ts';
import {
  id,
  inBoth,
  instant,
  interfaceName,
  notice,
  orNone,
  plain,
  product,
  type Reader,
  reads,
  words,
} from './notice-parts.ts';

/** who freezes after failed probes */
const SYSTEM = 'system';

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

/** a demand that a service provider made for its customer (S9-3) */
const demanded = {
  distributorId: id.nullable().default(null),
  distributorName: words.nullable().default(null),
  customerName: words.default(''),
};
/** S9-2 */
const NOT_IN_TIME: LocalizedText = { zh: '商家 5 天内未处理', en: 'the seller did not answer within 5 days' };

export const SELLER_READERS: Readonly<Record<string, Reader>> = {
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
  'settlement.leaving-asked': reads(z.object({ leavingId: id, name: words }), ({ leavingId, name }) => [
    notice('N-11.leaving-asked', '', { leaving: leavingId, name: plain(name) }),
  ]),
  'settlement.leaving-decided': reads(
    z.object({ sellerId: id, name: words, approved: z.boolean(), comment: words }),
    ({ sellerId, name, approved, comment }) => [
      notice(approved ? 'N-11.leaving-approved' : 'N-11.leaving-rejected', sellerId, {
        name: plain(name),
        reason: orNone(comment),
      }),
    ],
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
    z.object({ sellerId: id, ...product, decideBy: instant, ...demanded }),
    ({ sellerId, productName, decideBy, distributorName, customerName }) => [
      distributorName === null
        ? notice('N-73.demand', sellerId, { product: productName, until: decideBy })
        : notice('N-73.partner-demand', sellerId, {
            ...{ product: productName, until: decideBy },
            ...{ partner: plain(distributorName), customer: plain(customerName) },
          }),
    ],
  ),
  'catalog.demand-decided': reads(
    z.object({ ...product, state: words, comment: words.nullable().default(null), ...demanded }),
    ({ productName, state, comment, distributorId, customerName }) =>
      distributorId === null
        ? []
        : [
            notice(state === 'ACCEPTED' ? 'N-73.accepted' : 'N-73.refused', distributorId, {
              ...{ product: productName, customer: plain(customerName) },
              reason: comment === null ? NOT_IN_TIME : orNone(comment),
            }),
          ],
  ),
  'catalog.offer-valid': reads(
    z.object({ name: words, demandId: id.nullable().default(null), distributorId: id.nullable().default(null) }),
    ({ name, demandId, distributorId }) =>
      demandId === null || distributorId === null ? [] : [notice('N-73.offered', distributorId, { name: plain(name) })],
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
