/** What happened, as entries of a timeline in both languages. An event without words here is nothing that people read. */
import { z } from 'zod';
import { callEnded } from '../../fulfilment/index.ts';
import type { Order } from '../../ordering/index.ts';
import type { DomainEvent } from '../../platform/events.ts';
import { SITES, type Site } from '../../platform/site.ts';
import type { timelineEntry } from './order-schemas.ts';
import { ACTIVITY_ZH } from './timeline-steps.ts';

type Entry = z.infer<typeof timelineEntry>;
type Text = Entry['title'];

/** What the words depend on, besides the event. */
export interface About {
  /** times are told in its zone */
  readonly site: Site;
  readonly withCalls: boolean;
  /** what is in a buyer's balance is no business of sellers */
  readonly withMoney: boolean;
  /** the order that the event is about */
  readonly order?: Order;
  /** those that the reader sees: what others cost is not told */
  readonly orders?: readonly Order[];
}

export function fromEvent(event: DomainEvent, about: About): Entry[] {
  const said = WORDS[event.type]?.(event, about);
  if (!said) return [];
  const [station, id = ''] = event.aggregate.split(':');
  const kind = station === 'order' || station === 'instance' || station === 'refund' ? station : null;
  return [{ at: event.occurredAt.toISOString(), detail: null, ref: kind && { kind, id }, ...said }];
}

type Said = Pick<Entry, 'kind' | 'outcome' | 'title'> & Partial<Pick<Entry, 'detail' | 'ref'>>;
type Speaker = (event: DomainEvent, about: About) => Said | null;

/** Words that need nothing of the event. */
const plainly =
  (kind: Entry['kind'], outcome: Entry['outcome'], zh: string, en: string): Speaker =>
  () => ({ kind, outcome, title: { zh, en } });

/** Words made of what the event tells. */
const telling =
  <S extends z.ZodType>(payload: S, say: (told: z.infer<S>, about: About) => Said | null): Speaker =>
  (event, about) => {
    const parsed = payload.safeParse(event.payload);
    return parsed.success ? say(parsed.data, about) : null;
  };

const text = z.object({ zh: z.string(), en: z.string() });
/** Supervision: what happened, and the reason that a person gave. */
const rejectedBy = (zh: string, en: string): Speaker =>
  telling(z.object({ reason: z.string() }), ({ reason }) => ({
    kind: 'order',
    outcome: 'waiting',
    title: { zh, en },
    detail: { zh: reason, en: reason },
  }));
const amount = z.object({ amount: z.string(), currency: z.string() });
type Amount = z.infer<typeof amount>;
const instant = z.iso.datetime();
const ref = z.object({ expireAt: instant.nullable() });
const violation = z.object({ reason: z.string(), evidence: z.string(), references: z.array(z.string()) });

const ORDER_NAMES: Readonly<Record<Order['orderType'], Text>> = {
  NEW: { zh: '订单', en: 'Order' },
  TRIAL: { zh: '试用订单', en: 'Trial order' },
  TRIAL_TO_FORMAL: { zh: '转商用订单', en: 'Conversion order' },
  RENEW: { zh: '续费订单', en: 'Renewal order' },
  CHANGE: { zh: '变更订单', en: 'Change order' },
  UNSUBSCRIBE: { zh: '退订订单', en: 'Unsubscription order' },
};
/** `~` stands for the name of the order. */
const ofOrder =
  (outcome: Entry['outcome'], zh: string, en: string, detail?: (event: DomainEvent) => Text | null): Speaker =>
  (event, { order }) => {
    const name = ORDER_NAMES[order?.orderType ?? 'NEW'];
    const title = { zh: zh.replace('~', name.zh), en: en.replace('~', name.en) };
    return { kind: 'order', outcome, title, detail: detail?.(event) ?? null };
  };

const CANCELLED_BY: Readonly<Record<string, Text>> = {
  buyer: { zh: '买家取消', en: 'By the buyer' },
  system: { zh: '逾期未付款', en: 'Not paid in time' },
  release: { zh: '服务已释放', en: 'The service is being released' },
};
const BY: Readonly<Record<string, Text>> = {
  SELLER: { zh: '商家', en: 'the seller' },
  OPERATOR: { zh: '运营', en: 'the operator' },
  SYSTEM: { zh: '系统（逾期自动同意）', en: 'the system (nobody decided in time)' },
};
/** By itself the system agrees when nobody decided in time; it rejects what was agreed to too late, and says so. */
const nameOf = (by: string, agreed: boolean): Text =>
  by === 'SYSTEM' && !agreed ? { zh: '系统', en: 'the system' } : (BY[by] ?? both(by));

const WORDS: Readonly<Record<string, Speaker>> = {
  'ordering.order-placed': ofOrder('info', '提交~', '~ placed'),
  'ordering.order-paid': ofOrder('ok', '~已支付', '~ paid'),
  'ordering.order-cancelled': ofOrder(
    'info',
    '~已取消',
    '~ cancelled',
    ({ payload }) => CANCELLED_BY[String(payload.by)] ?? null,
  ),
  'ordering.order-completed': ofOrder('ok', '~已完成', '~ completed'),
  'ordering.order-refunded': ofOrder('failed', '~已全额退款', '~ refunded in full'),
  'ordering.line-refunded': telling(z.object({ amount }), (told) => ({
    kind: 'order',
    outcome: 'failed',
    title: { zh: '订单行已退款', en: 'Order line refunded' },
    detail: both(inWords(told.amount)),
  })),
  'ordering.refund-requested': telling(
    z.object({ kind: z.string(), amount, reason: z.string() }),
    ({ kind, reason, ...told }) => ({
      kind: 'order',
      outcome: 'waiting',
      title:
        kind === 'RENEWAL'
          ? { zh: '申请取消未生效的续费', en: 'Asked to take a renewal back' }
          : { zh: '申请退订', en: 'Unsubscription asked for' },
      detail: both(`${inWords(told.amount)} · ${reason}`),
    }),
  ),
  'ordering.refund-decided': telling(
    z.object({ agreed: z.boolean(), by: z.string(), comment: z.string().nullable() }),
    ({ agreed, by, comment }) => ({
      kind: 'order',
      outcome: agreed ? 'ok' : 'failed',
      title: agreed ? { zh: '同意退款', en: 'Refund agreed' } : { zh: '拒绝退款', en: 'Refund rejected' },
      detail: {
        zh: `由${nameOf(by, agreed).zh}处理${comment ? `：${comment}` : ''}`,
        en: `By ${nameOf(by, agreed).en}${comment ? `: ${comment}` : ''}`,
      },
    }),
  ),
  'ordering.refund-withdrawn': plainly('order', 'info', '买家撤回退订申请', 'The buyer withdrew the application'),
  'ordering.refund-executed': telling(z.object({ kind: z.string(), amount }), ({ kind, ...told }) => ({
    kind: 'order',
    outcome: 'info',
    title:
      kind === 'RENEWAL'
        ? { zh: '续费已取消并退款', en: 'Renewal taken back and refunded' }
        : kind === 'LATE'
          ? { zh: '已退订，扣除已使用部分后退款', en: 'Unsubscribed and refunded, less what was used' }
          : { zh: '已退订并退款', en: 'Unsubscribed and refunded' },
    detail: both(inWords(told.amount)),
  })),

  'fulfilment.instance-accepted': plainly('instance', 'ok', '商家已受理开通', 'The seller accepted'),
  'fulfilment.instance-delivered': plainly('instance', 'ok', '商品已开通', 'The product is ready'),
  'fulfilment.line-failed': telling(z.object({ activity: z.string().optional() }), ({ activity }) => ({
    kind: 'instance',
    outcome: 'failed',
    title: activity?.startsWith('upgrade')
      ? { zh: '商家未能在规定时间内变更', en: 'The seller could not change it in time' }
      : { zh: '商家未能在规定时间内开通', en: 'The seller could not deliver in time' },
  })),
  // Answered by the seller: the attempt says it. Without an answer a person did it; without a call nothing was to be done.
  'fulfilment.call-done': telling(callEnded, (call, { withCalls }) =>
    call.resultCode === null && call.callId !== null
      ? ofCall(call, withCalls, 'ok', '已人工处理', 'Done by hand')
      : null,
  ),
  'fulfilment.call-stopped': telling(callEnded, (call, { withCalls }) =>
    withCalls ? ofCall(call, withCalls, 'failed', '已停止调用商家', 'Calls to the seller stopped') : null,
  ),

  'delivery.required': plainly('order', 'info', '买家已提交需求', 'The buyer submitted its requirement'),
  'delivery.delivered': telling(
    z.object({ supervised: z.boolean(), carrier: z.string().nullable(), trackingNo: z.string().nullable() }),
    ({ supervised, carrier, trackingNo }) => ({
      kind: 'order',
      outcome: supervised ? 'waiting' : 'ok',
      title: carrier === null ? { zh: '已交付', en: 'Delivered' } : { zh: '已发货', en: 'Sent' },
      detail: joined(
        carrier === null ? null : both(`${carrier} ${trackingNo ?? ''}`.trim()),
        supervised ? { zh: '待买家验收', en: 'The buyer is to accept' } : null,
      ),
    }),
  ),
  'delivery.accepted': telling(
    z.object({ by: z.enum(['BUYER', 'SYSTEM']), expireAt: instant.nullable() }),
    ({ by, expireAt }, about) => ({
      kind: 'order',
      outcome: 'ok',
      title:
        by === 'BUYER'
          ? { zh: '买家已验收', en: 'The buyer accepted' }
          : { zh: '系统已验收', en: 'Accepted by the system' },
      detail: until(expireAt, about),
    }),
  ),
  'delivery.requirement-confirmed': plainly('order', 'info', '商家已确认需求', 'The seller confirmed the requirement'),
  'delivery.requirement-rejected': rejectedBy('商家驳回了需求', 'The seller sent the requirement back'),
  'delivery.rejected': rejectedBy('交付被驳回', 'The delivery was sent back'),
  'delivery.reviewed': plainly('order', 'ok', '平台复核通过', 'The platform approved it'),
  'delivery.appealed': rejectedBy('已发起申诉，流程冻结', 'An appeal was opened, the flow is frozen'),
  'delivery.appeal-decided': rejectedBy('申诉已处理', 'The appeal was decided'),
  'delivery.parcel-signed': plainly('order', 'info', '快递已签收', 'The parcel was signed for'),
  'delivery.open-requested': plainly('order', 'waiting', '通知商家开通', 'The seller is asked to open it'),
  'delivery.failed': telling(z.object({ reason: text }), ({ reason }) => ({
    kind: 'order',
    outcome: 'failed',
    title: { zh: '交付失败', en: 'The delivery failed' },
    detail: reason,
  })),
  'delivery.revoked': telling(z.object({ reason: text }), ({ reason }) => ({
    kind: 'order',
    outcome: 'info',
    title: { zh: '交付内容已收回', en: 'What was delivered was taken back' },
    detail: reason,
  })),
  'delivery.restored': plainly('order', 'ok', '交付内容已恢复', 'What was delivered is available again'),

  'licensing.code-picked-up': plainly('order', 'ok', '买家已领取授权码', 'The buyer picked up the code'),
  'licensing.code-activated': telling(z.object({ activatedAt: z.iso.datetime() }), ({ activatedAt }, about) => {
    const since = time(activatedAt, about);
    return {
      kind: 'instance',
      outcome: 'ok',
      title: { zh: '授权码已激活', en: 'The code was activated' },
      detail: { zh: `开通时间 ${since.zh}`, en: `In use since ${since.en}` },
    };
  }),
  'licensing.licence-requested': plainly('instance', 'waiting', '买家申请 License', 'The buyer applied for a licence'),
  'licensing.licence-granted': plainly('instance', 'ok', '商家已发放 License', 'The seller handed over the licence'),
  'licensing.licence-refused': telling(z.object({ resultCode: z.string().nullable() }), ({ resultCode }) => ({
    kind: 'instance',
    outcome: 'failed',
    title: { zh: '商家拒绝了 License 申请', en: 'The seller refused the licence' },
    detail: resultCode === null ? null : both(resultCode),
  })),

  'instances.ready': telling(z.object({ ref }), (told, about) => ({
    ...instance('ok', '服务已开通', 'The service is ready'),
    detail: until(told.ref.expireAt, about),
  })),
  'instances.renewed': telling(
    z.object({ orderId: z.string(), automatic: z.boolean(), amount, expireAt: instant }),
    ({ automatic, expireAt, orderId, ...told }, about) => {
      const end = until(expireAt, about);
      const seen = about.orders?.some((order) => order.orderId === orderId);
      const paid = seen ? ` · ${inWords(told.amount)}` : '';
      return {
        ...(automatic ? instance('ok', '已自动续费', 'Renewed automatically') : instance('ok', '已续费', 'Renewed')),
        detail: end && { zh: end.zh + paid, en: end.en + paid },
      };
    },
  ),
  'instances.period-changed': telling(
    z.object({ call: z.object({ scene: z.string(), expireTime: instant }) }),
    ({ call }, about) =>
      call.scene === 'TRIAL_TO_FORMAL'
        ? {
            ...instance('ok', '试用已转商用', 'The trial became a subscription'),
            detail: until(call.expireTime, about),
          }
        : call.scene === 'UNSUBSCRIBE_RENEWAL_PERIOD'
          ? {
              ...instance('info', '已取消续费的周期', 'A renewed period was taken back'),
              detail: until(call.expireTime, about),
            }
          : null, // a renewal is told as such
  ),
  'instances.auto-renew-failed': telling(
    z.object({
      missing: amount.nullable(),
      refused: z.object({ message: z.string() }).nullable().default(null),
      nextTryAt: instant.nullable(),
    }),
    ({ missing, refused, nextTryAt }, about) => {
      const next = nextTryAt === null ? null : time(nextTryAt, about);
      const short = missing !== null && about.withMoney ? inWords(missing) : null;
      return {
        ...instance('failed', '自动续费未成功', 'Automatic renewal did not succeed'),
        detail: joined(
          short === null ? null : { zh: `余额差 ${short}`, en: `${short} short` },
          refused && both(refused.message),
          next === null ? null : { zh: `${next.zh} 再试`, en: `next try ${next.en}` },
        ),
      };
    },
  ),
  'instances.change-ordered': telling(
    z.object({ call: z.object({ skuCode: z.string(), quantity: z.number() }) }),
    ({ call: { skuCode, quantity } }) => ({
      ...instance('waiting', '开始变更，通知商家', 'The change begins, the seller is told'),
      detail: { zh: `${skuCode} · 数量 ${quantity}`, en: `${skuCode} · quantity ${quantity}` },
    }),
  ),
  'instances.changed': plainly('instance', 'ok', '变更已生效', 'The change is in effect'),
  'instances.change-failed': plainly(
    'instance',
    'failed',
    '变更失败，服务保持原样',
    'The change failed, the service stays as it was',
  ),
  'instances.grace-begun': telling(z.object({ until: instant }), (told, about) => {
    const end = time(told.until, about);
    return {
      ...instance('waiting', '已到期，进入宽限期', 'Expired, the grace period begins'),
      detail: { zh: `可用至 ${end.zh}`, en: `Usable until ${end.en}` },
    };
  }),
  'instances.frozen': telling(z.object({ reason: z.string(), violation: violation.nullish() }), (told) => ({
    ...(FROZEN[told.reason] ?? instance('failed', '已冻结', 'Frozen')),
    detail: told.violation ? violationWords(told.violation) : null,
  })),
  'instances.unfrozen': telling(z.object({ reason: z.string() }), ({ reason }) =>
    reason === 'RENEWED'
      ? instance('ok', '续费后解冻', 'Unfrozen by the renewal')
      : instance('ok', '已解冻', 'Unfrozen'),
  ),
  'instances.cured': telling(z.object({ violation: violation.nullish() }), (told) => ({
    ...instance('ok', '违规已整改', 'The violation is cured'),
    detail: told.violation ? both(told.violation.reason) : null,
  })),
  'instances.release-begun': telling(z.object({ cause: z.string() }), ({ cause }) =>
    cause === 'UNSUBSCRIBED'
      ? instance('info', '已退订，开始释放', 'Unsubscribed, the release begins')
      : instance('info', '保留期满，开始释放', 'The retention is over, the release begins'),
  ),
  'metering.arrears-begun': plainly('instance', 'failed', '用量费用欠费', 'Usage could not be paid: in arrears'),
  'metering.arrears-ended': plainly('instance', 'ok', '欠费已结清', 'The debt is paid'),
  'instances.released': plainly('instance', 'info', '已释放，数据已删除', 'Released, the data are deleted'),
};

const instance = (outcome: Entry['outcome'], zh: string, en: string): Said => ({
  kind: 'instance',
  outcome,
  title: { zh, en },
});

const FROZEN: Readonly<Record<string, Said>> = {
  EXPIRED: instance('failed', '宽限期满，已冻结', 'The grace period is over, frozen'),
  VIOLATION: instance('failed', '因违规冻结', 'Frozen for a violation'),
  ARREARS: instance('failed', '因欠费冻结', 'Frozen for arrears'),
};

function ofCall(
  { activity, callId, resultCode, diagnosis }: z.infer<typeof callEnded>,
  withCalls: boolean,
  outcome: Entry['outcome'],
  zh: string,
  en: string,
): Said {
  const facts = [resultCode, diagnosis].filter((fact) => fact !== null).join(' · ');
  return {
    kind: 'call',
    outcome,
    title: { zh: `${zh}：${ACTIVITY_ZH[activity] ?? activity}`, en: `${en}: ${activity}` },
    detail: withCalls && facts !== '' ? both(facts) : null,
    ref: withCalls && callId !== null ? { kind: 'call', id: callId } : null,
  };
}

/** O-14: the reason, then by what it is shown. */
const violationWords = ({ reason, evidence, references }: z.infer<typeof violation>): Text | null =>
  joined(...[reason, evidence, ...references].filter((text) => text !== '').map(both));
const both = (text: string): Text => ({ zh: text, en: text });
const inWords = (money: Amount): string => `${money.amount} ${money.currency}`;

function joined(...parts: readonly (Text | null)[]): Text | null {
  const told = parts.filter((part) => part !== null);
  if (told.length === 0) return null;
  return { zh: told.map((part) => part.zh).join('；'), en: told.map((part) => part.en).join('; ') };
}

function until(end: string | null, about: About): Text | null {
  if (end === null) return null;
  const at = time(end, about);
  return { zh: `有效期至 ${at.zh}`, en: `Valid until ${at.en}` };
}

/** In the zone of the site, whose midnights end the periods (C19a); the zone stands beside it. */
function time(at: string, { site }: About): Text {
  const date = new Date(at);
  const { timeZone } = SITES[site];
  const format = (locale: string) =>
    new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: locale === 'zh-CN' ? 'long' : 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(date);
  // of itself the Chinese format would put the zone between day and time
  const zone = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'shortOffset' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return { zh: `${format('zh-CN')} ${zone}`, en: `${format('en-GB')} ${zone}` };
}
