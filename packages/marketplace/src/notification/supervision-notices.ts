/** What happened in a supervised flow → who is told (consoles-and-processes.md 5.2, N-40 to N-48, N-52, N-81): whoever must act next. */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import type { Variant } from './catalogue.ts';
import {
  handedOver,
  handOverFacts,
  id,
  instant,
  type Notice,
  notice,
  parties,
  plain,
  product,
  type Reader,
  reads,
  words,
} from './notice-parts.ts';
import type { Facts } from './render.ts';

type Told = z.infer<typeof handedOver>;
const side = z.enum(['BUYER', 'SELLER']);
type Side = z.infer<typeof side>;

const toBuyer = (variant: Variant, told: Told, more: Facts = {}): Notice => ({
  ...notice(variant, told.buyerId, { ...handOverFacts(told), ...more }),
  alsoUserId: told.placedBy,
});
const toSeller = (variant: Variant, told: Told, more: Facts = {}): Notice =>
  notice(variant, told.sellerId, { ...handOverFacts(told), ...more });
const toOperators = (variant: Variant, told: Told, more: Facts = {}): Notice =>
  notice(variant, '', { ...handOverFacts(told), ...more });

const times = (count: number): LocalizedText => ({ zh: `第 ${count} 次`, en: `No. ${count}` });
const rejected = handedOver.extend({ reason: words, rejections: z.number() });
const returned = z.object({ refundId: id, ...parties, ...product, deadlineAt: instant });

const SIDES: Readonly<Record<Side, LocalizedText>> = {
  BUYER: { zh: '客户', en: 'the customer' },
  SELLER: { zh: '商家', en: 'the seller' },
};
const OUTCOMES: Readonly<Record<string, LocalizedText>> = {
  COMPLETE_STEP: { zh: '由运营代为完成当前步骤', en: 'the step is completed by the operator' },
  SEND_BACK: { zh: '退回指定步骤', en: 'the flow goes back to an earlier step' },
  REFUND: { zh: '退款', en: 'a refund' },
  DISMISS: { zh: '驳回申诉，流程继续', en: 'dismissed, the flow goes on' },
};

export const SUPERVISION_READERS: Readonly<Record<string, Reader>> = {
  'delivery.required': reads(handedOver, (told) => [toSeller('N-40.submitted', told)]),
  'delivery.requirement-confirmed': reads(handedOver, (told) => [toBuyer('N-41.confirmed', told)]),
  'delivery.requirement-rejected': reads(rejected, ({ reason, ...told }) => [
    toBuyer('N-41.rejected', told, { reason: plain(reason) }),
  ]),
  'delivery.delivered': reads(
    handedOver.extend({
      supervised: z.boolean(),
      carrier: words.nullable(),
      trackingNo: words.nullable(),
      step: z.string().nullable().default(null),
    }),
    ({ supervised, carrier, trackingNo, step, ...told }) => {
      // without supervision the service itself says that it is ready
      if (!supervised) return [];
      if (step === 'HUAWEI_REVIEW') return [toOperators('N-42.to-review', told)];
      // a code is accepted by the system (4.1)
      if (told.kind === 'LICENSE_CODE') return [];
      if (carrier === null) return [toBuyer('N-42.delivered', told)];
      return [toBuyer('N-48.shipped', told, { carrier: plain(carrier), trackingNo: plain(trackingNo ?? '') })];
    },
  ),
  'delivery.milestones-planned': reads(handedOver, (told) => [toBuyer('N-81.planned', told)]),
  'delivery.milestone-accepted': reads(
    handedOver.extend({ milestone: words, next: words }),
    ({ milestone, next, ...told }) => [
      toSeller('N-81.accepted', told, { milestone: plain(milestone), next: plain(next) }),
    ],
  ),
  'delivery.reviewed': reads(handedOver, (told) => [toBuyer('N-42.delivered', told)]),
  'delivery.rejected': reads(rejected, ({ reason, rejections, ...told }) => [
    toSeller('N-43.rejected', told, { reason: plain(reason), times: times(rejections) }),
  ]),
  'delivery.accepted': reads(handedOver.extend({ by: z.string() }), ({ by, ...told }) => {
    if (by === 'BUYER') return [toSeller('N-43.accepted', told)];
    return told.kind === 'PARCEL' ? [toSeller('N-43.accepted', told), toBuyer('N-48.accepted', told)] : [];
  }),
  'delivery.reminded': reads(
    handedOver.extend({ waitsFor: side, since: instant, overdue: z.boolean() }),
    ({ waitsFor, since, overdue, ...told }) => [
      waitsFor === 'BUYER' ? toBuyer('N-44.to-buyer', told, { since }) : toSeller('N-44.to-seller', told, { since }),
      ...(overdue ? [toSeller('N-45.overdue', told), toOperators('N-45.overdue-to-operators', told)] : []),
    ],
  ),
  'delivery.appealed': reads(
    handedOver.extend({ by: side, reason: words, dueAt: instant }),
    ({ by, reason, dueAt, ...told }) => {
      const facts = { by: SIDES[by], reason: plain(reason), until: dueAt };
      return [
        toBuyer('N-46.opened-to-buyer', told, facts),
        toSeller('N-46.opened-to-seller', told, facts),
        toOperators('N-46.opened-to-operators', told, facts),
      ];
    },
  ),
  'delivery.appeal-stated': reads(handedOver.extend({ by: side, text: words }), ({ by, text, ...told }) => {
    const facts = { by: SIDES[by], reason: plain(text) };
    return [
      by === 'BUYER' ? toSeller('N-46.stated-to-seller', told, facts) : toBuyer('N-46.stated-to-buyer', told, facts),
    ];
  }),
  'delivery.appeal-decided': reads(
    handedOver.extend({ outcome: z.string(), reason: words }),
    ({ outcome, reason, ...told }) => {
      const facts = { outcome: OUTCOMES[outcome] ?? plain(outcome), reason: plain(reason) };
      return [toBuyer('N-46.decided-to-buyer', told, facts), toSeller('N-46.decided-to-seller', told, facts)];
    },
  ),
  'delivery.parcel-signed': reads(handedOver.extend({ acceptAt: instant }), ({ acceptAt, ...told }) => [
    toBuyer('N-48.signed', told, { until: acceptAt }),
  ]),
  'delivery.parcel-unmatched': reads(handedOver, (told) => [toSeller('N-48.unmatched', told)]),
  'ordering.refund-return-asked': reads(returned, ({ refundId, buyerId, productName, deadlineAt }) => [
    notice('N-52.send-back', buyerId, { product: productName, refund: refundId, until: deadlineAt }),
  ]),
  'ordering.refund-returned': reads(returned, ({ refundId, sellerId, productName, deadlineAt }) => [
    notice('N-52.inspect', sellerId, { product: productName, refund: refundId, until: deadlineAt }),
  ]),
};
