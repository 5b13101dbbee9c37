import type { InstanceView, OptionView, RefundView, SubscriptionView } from '@jishi/marketplace/console-api';

/** The fake sandbox's clock. */
export const fakeNow = '2026-11-24T06:05:09Z';

/** What a subscription says beyond its instance. */
export type Life = Omit<SubscriptionView, 'instance'>;

export interface Service {
  readonly instance: InstanceView;
  readonly life: Life;
}

const both = (zh: string, en: string) => ({ zh, en });

/** `days` from the sandbox's now. */
export function inDays(days: number, from: string = fakeNow): string {
  return new Date(Date.parse(from) + days * 86_400_000).toISOString();
}

export const allowed: OptionView = { allowed: true, code: null, message: null };
export const no = (code: string, message: string): OptionView => ({ allowed: false, code, message });

const users = {
  code: 'amount',
  name: both('用户数', 'Users'),
  unit: both('个', 'users'),
  minimum: 10,
  maximum: 1000,
  step: 5,
};

const edition = (zh: string, en: string) => [{ code: 'edition', name: both('版本', 'Edition'), value: both(zh, en) }];

interface Sample {
  readonly id: string;
  readonly name: readonly [zh: string, en: string];
  readonly state: InstanceView['state'];
  /** days from now of the paid periods: [from, to] */
  readonly periods: readonly (readonly [from: number, to: number])[];
  readonly instance?: Partial<InstanceView>;
  readonly life?: Partial<Life>;
  readonly options?: Partial<Life['options']>;
}

/** A service with everything allowed but what its state forbids. */
function service({ id, name, state, periods, instance, life, options }: Sample): Service {
  const end = periods.at(-1)?.[1];
  const expireAt = end === undefined ? null : inDays(end);
  const orderOf = (index: number): string => `CS2611${id.slice(-4).toUpperCase()}${index + 1}`;
  const refusedRefund = no('REFUND_NOT_ALLOWED', 'S7-8: the five days are over');
  return {
    instance: {
      resourceId: id,
      instanceId: state === 'PROVISIONING' ? null : `ins-${id.slice(-4)}`,
      state,
      goodsId: 'GOODS-TEAMDESK',
      productName: both(...name),
      specificationName: both('团队版', 'Team'),
      chargingMode: 'PERIOD',
      quantity: 50,
      linearAttribute: users,
      orderId: orderOf(0),
      orderLineId: `${orderOf(0)}-000001`,
      buyerId: 't-buyer',
      buyerName: '晨星科技',
      sellerId: 't-seller',
      sellerName: '云帆软件',
      createdAt: inDays(periods[0]?.[0] ?? -1),
      startedAt: state === 'PROVISIONING' ? null : inDays(periods[0]?.[0] ?? -1),
      expireAt,
      ...instance,
    },
    life: {
      trial: false,
      expiryPolicy: 'MANUAL',
      renewDays: 7,
      freezeAt: end === undefined ? null : inDays(end + 1),
      releaseAt: end === undefined ? null : inDays(end + 8),
      autoRenewAt: null,
      violation: null,
      renewalPrices: [
        { periodType: 'month', mostPeriods: 11, unitPriceFrom: { amount: '25.00', currency: 'CNY' } },
        { periodType: 'year', mostPeriods: 5, unitPriceFrom: { amount: '250.00', currency: 'CNY' } },
      ],
      changeTargets: [
        { skuCode: 'SKU-STD', attributes: edition('标准', 'Standard'), current: true, linearAttribute: users },
        { skuCode: 'SKU-PRO', attributes: edition('专业', 'Professional'), current: false, linearAttribute: users },
      ],
      periods: periods.map(([from, to], index) => ({
        orderId: orderOf(index),
        orderLineId: `${orderOf(index)}-000001`,
        from: inDays(from),
        to: inDays(to),
        quantity: 50,
        skuCode: 'SKU-STD',
        state: to <= 0 ? 'ENDED' : from > 0 ? 'NOT_IN_EFFECT' : 'IN_EFFECT',
      })),
      openOrderId: null,
      ...life,
      options: {
        renew: allowed,
        renewWithChange:
          end !== undefined && end <= 30 && end > 0 ? allowed : no('CHANGE_NOT_ALLOWED', 'from 30 days before'),
        convert: no('INSTANCE_STATE', 'no trial'),
        change: allowed,
        unsubscribe: refusedRefund,
        cancelRenewal: periods.some(([from]) => from > 0) ? allowed : no('REFUND_NOT_ALLOWED', 'nothing ahead'),
        autoRenew: allowed,
        ...options,
      },
    },
  };
}

const nothing = no('INSTANCE_STATE', 'not in this state');
const closed = {
  renew: nothing,
  renewWithChange: nothing,
  convert: nothing,
  change: nothing,
  unsubscribe: nothing,
  cancelRenewal: nothing,
  autoRenew: nothing,
};
const busy = no('CHANGE_NOT_ALLOWED', 'B-70c: an order of this resource is not done yet');

/** One service for each thing that can be true of one. */
export function sampleServices(): Service[] {
  return [
    service({ id: 'res-soon', name: ['云帆协同办公', 'Yunfan Team Desk'], state: 'ACTIVE', periods: [[-353, 12]] }),
    service({
      id: 'res-auto',
      name: ['云帆项目管理', 'Yunfan Projects'],
      state: 'ACTIVE',
      periods: [
        [-1055, -690],
        [-690, -325],
        [-325, 40],
      ],
      life: { expiryPolicy: 'AUTO', autoRenewAt: '2026-12-26T19:00:00Z', freezeAt: inDays(47), releaseAt: inDays(62) },
    }),
    service({
      id: 'res-none',
      name: ['云帆会议', 'Yunfan Meetings'],
      state: 'ACTIVE',
      periods: [[-25, 5]],
      life: { expiryPolicy: 'NONE' },
    }),
    service({
      id: 'res-trial',
      name: ['云帆客服', 'Yunfan Help Desk'],
      state: 'TRIAL',
      periods: [[-11, 3]],
      life: { trial: true, freezeAt: inDays(3), releaseAt: inDays(4) },
      options: { ...closed, convert: allowed },
    }),
    service({ id: 'res-grace', name: ['云帆文档', 'Yunfan Docs'], state: 'GRACE', periods: [[-30.4, -0.4]] }),
    service({
      id: 'res-retry',
      name: ['云帆报表', 'Yunfan Reports'],
      state: 'GRACE',
      periods: [[-368, -3]],
      life: { expiryPolicy: 'AUTO', autoRenewAt: '2026-11-24T19:00:00Z', freezeAt: inDays(4), releaseAt: inDays(19) },
    }),
    service({
      id: 'res-froz',
      name: ['云帆知识库', 'Yunfan Wiki'],
      state: 'FROZEN',
      periods: [[-33, -3]],
      life: { freezeAt: inDays(-2), releaseAt: inDays(5) },
      options: { change: nothing, renewWithChange: nothing },
    }),
    service({
      id: 'res-ahead',
      name: ['企业数据分析平台', 'Enterprise analytics'],
      state: 'ACTIVE',
      periods: [
        [-360, 5],
        [5, 370],
        [370, 735],
      ],
      life: { freezeAt: inDays(742), releaseAt: inDays(757) },
    }),
    service({
      id: 'res-fresh',
      name: ['云帆表单', 'Yunfan Forms'],
      state: 'ACTIVE',
      periods: [[-2, 28]],
      options: { unsubscribe: allowed },
    }),
    service({
      id: 'res-quota',
      name: ['云帆日程', 'Yunfan Calendar'],
      state: 'ACTIVE',
      periods: [[-1, 364]],
      options: { unsubscribe: allowed, autoRenew: no('RENEWAL_NOT_ALLOWED', 'only SaaS and images') },
    }),
    service({
      id: 'res-nego',
      name: ['驻场实施服务', 'On-site implementation'],
      state: 'ACTIVE',
      periods: [[-40, 325]],
      instance: { sellerName: '北辰安全' },
      options: { unsubscribe: allowed },
    }),
    service({
      id: 'res-chng',
      name: ['云帆审批', 'Yunfan Approvals'],
      state: 'CHANGING',
      periods: [[-100, 265]],
      life: { openOrderId: 'CS26112400077' },
      options: { renew: busy, change: busy, renewWithChange: busy, unsubscribe: busy, cancelRenewal: busy },
    }),
    service({
      id: 'res-viol',
      name: ['云帆短信', 'Yunfan SMS'],
      state: 'VIOLATION_FROZEN',
      periods: [[-50, 315]],
      life: {
        violation: {
          reason: '发送违规内容',
          evidence: '7 月 12 日 14:05 起向外群发垃圾邮件，收到 36 起投诉。',
          references: ['工单 20260712-0031'],
          at: inDays(-2),
        },
      },
      options: closed,
    }),
    service({ id: 'res-prov', name: ['云帆邮箱', 'Yunfan Mail'], state: 'PROVISIONING', periods: [], options: closed }),
    service({
      id: 'res-gone',
      name: ['云帆旧版', 'Yunfan Legacy'],
      state: 'RELEASED',
      periods: [[-400, -35]],
      life: { freezeAt: null, releaseAt: null },
      options: closed,
    }),
    service({
      id: 'res-once',
      name: ['漏洞扫描一次性服务', 'One-time vulnerability scan'],
      state: 'ACTIVE',
      periods: [],
      instance: { chargingMode: 'ONE_TIME', linearAttribute: null, quantity: 1, goodsId: 'GOODS-SCAN' },
      life: { renewalPrices: [], changeTargets: [] },
      options: closed,
    }),
  ];
}

/** One request in each state. */
export function sampleRefunds(): RefundView[] {
  const states = ['SELLER_REVIEW', 'LARGE_REVIEW', 'EXECUTING', 'DONE', 'REJECTED', 'WITHDRAWN'] as const;
  return states.map((state, index): RefundView => {
    const waiting = state === 'SELLER_REVIEW';
    return {
      refundId: `RF26112400${index + 1}`,
      kind: index % 2 === 0 ? 'NEGOTIATED' : 'FIVE_DAY',
      state,
      resourceId: 'res-nego',
      orderId: `CS2611NEGO${index + 1}`,
      refundOrderId: state === 'DONE' ? 'CS26112400099' : null,
      productName: both('驻场实施服务', 'On-site implementation'),
      buyerId: 't-buyer',
      buyerName: '晨星科技',
      sellerId: 't-seller',
      sellerName: '北辰安全',
      paid: { amount: state === 'LARGE_REVIEW' ? '68000.00' : '12000.00', currency: 'CNY' },
      amount: { amount: state === 'LARGE_REVIEW' ? '68000.00' : '8000.00', currency: 'CNY' },
      consumption: null,
      reason: '功能或质量不符合预期: 报表导出经常失败。',
      contact: waiting ? { phone: '+86 139 0000 0000', email: 'lin@chenxing.example' } : null,
      createdAt: inDays(-index - 1),
      decidedAt: ['EXECUTING', 'DONE', 'REJECTED'].includes(state) ? inDays(-index) : null,
      comment: state === 'REJECTED' ? '已按约定交付并验收两个里程碑,可退余款 3000 元。' : null,
      approvedAt: state === 'LARGE_REVIEW' ? inDays(0.5) : null,
      proofs: [],
      goods: 'NONE',
      returned: null,
      deadlineAt: null,
      may: { withdraw: waiting, decide: false, sendBack: false, inspect: false },
    };
  });
}
