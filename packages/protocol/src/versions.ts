/**
 * Protocol versions are data: each dated change of a protocol, or of a site's rules that a seller sees in its calls, is a
 * row. A future change needs its row and nothing else: the sandbox and the documentation read them from here.
 */
export type Site = 'CN' | 'INTL' | 'EU';

export interface ProtocolChange {
  /** `saas-v1`, `saas-v2`, `license`, `open-api`; `settlement` and `supervision` where what is paid or delivered changes */
  readonly protocol: string;
  /** where it holds; null = on every site */
  readonly site: Site | null;
  /** in force from this instant on: ISO 8601; a date without a time begins at 00:00 Beijing time, as the notices mean it */
  readonly from: string;
  readonly what: { readonly zh: string; readonly en: string };
  /** section of the specification */
  readonly reference: string;
}

/** In the order of their dates. */
export const PROTOCOL_CHANGES: readonly ProtocolChange[] = [
  {
    protocol: 'open-api',
    site: null,
    from: '2023-06-12T00:00:00+08:00',
    what: {
      zh: '阶梯计价的扩容费用改为按新增数量计算，订单查询返回的变更金额随之改变。',
      en: 'A scale-out priced by volume costs the added quantity only; the amounts of change orders in the order query follow.',
    },
    reference: 'catalogue.md 6.1',
  },
  {
    protocol: 'supervision',
    site: null,
    from: '2023-11-24T00:00:00+08:00',
    what: {
      zh: '受监管的 SaaS、License 与专业服务商品（联营、自营）发布时必须填写交付模板。',
      en: 'Joint-operation and self-service products with supervision (SaaS, License, professional service) need a delivery template at release.',
    },
    reference: 'catalogue.md 11',
  },
  {
    protocol: 'settlement',
    site: 'CN',
    from: '2024-03-01T00:00:00+08:00',
    what: {
      zh: '平台费率为 5% 的商品，商家分成按单个商品当月实付金额递增 0、1 或 2 个百分点。',
      en: 'Products with a platform fee of 5 %: the seller’s share grows by 0, 1 or 2 points with what was paid for the product in the month.',
    },
    reference: 'settlement.md 3.1',
  },
  {
    protocol: 'supervision',
    site: null,
    from: '2024-03-05T00:00:00+08:00',
    what: {
      zh: '超过 365 天未验收的订单不再自动关闭，改为持续提醒。',
      en: 'Orders that are not accepted are no longer closed after 365 days; reminders go on.',
    },
    reference: 'consoles-and-processes.md 3.5',
  },
  {
    protocol: 'saas-v1',
    site: 'CN',
    from: '2024-04-27T00:00:00+08:00',
    what: {
      zh: 'V1.0 不再接入新商品：此后入驻的商家和首次上架的商品一律使用 V2.0；已上架的商品继续使用 V1.0。',
      en: 'V1.0 is closed for new products: sellers who join and products first listed from now on use V2.0; products on sale go on with V1.0.',
    },
    reference: 'saas-v1.md 1',
  },
  {
    protocol: 'license',
    site: null,
    from: '2024-09-14T00:00:00+08:00',
    what: {
      zh: '授权码类 License：取消“商家交付”环节，新增“商家上传凭证”；此后支付的订单由平台识别激活，领取前激活也视为已领取（不再返回 92020004）。',
      en: 'Licences with an authorisation code: the step “seller delivers” is gone, “seller uploads proof” is new; for orders paid from now on the platform detects the activation, and one before the pick-up counts as pick-up (no 92020004 any more).',
    },
    reference: 'license-and-other-types.md 4.1',
  },
  {
    protocol: 'settlement',
    site: null,
    from: '2024-12-24T00:00:00+08:00',
    what: {
      zh: '新账单取消“商家确认对账单”步骤，自动进入待会签。',
      en: 'The step “seller confirms the bill” is dropped for new bills; they go on to countersigning by themselves.',
    },
    reference: 'settlement.md 4.1',
  },
  {
    protocol: 'supervision',
    site: null,
    from: '2025-03-26T00:00:00+08:00',
    what: {
      zh: '此后下单的监管订单使用新的服务监管流程。',
      en: 'Supervised orders placed from now on follow the new flow of service supervision.',
    },
    reference: 'consoles-and-processes.md 3.5',
  },
  {
    protocol: 'saas-v1',
    site: null,
    from: '2025-10-25T00:00:00+08:00',
    what: {
      zh: '新建的 SaaS 资产不再传递 IAM 用户数据（userId、userName）；已有资产不变。',
      en: 'SaaS assets created from now on no longer receive the IAM user data (userId, userName); older assets keep them.',
    },
    reference: 'saas-v1.md 2.4',
  },
  {
    protocol: 'open-api',
    site: null,
    from: '2025-10-25T00:00:00+08:00',
    what: {
      zh: '订单查询不再返回新建 SaaS 资产的 IAM 用户数据（userId、userName）。',
      en: 'The order query no longer gives the IAM user data (userId, userName) of SaaS assets created from now on.',
    },
    reference: 'openapi.md 5.1',
  },
];

/**
 * Changes that come into force after `from` and not after `to`, on a site, in order: what a jump of the clock crosses.
 *
 * @example
 * changesBetween(new Date('2024-09-01T00:00:00Z'), new Date('2024-10-01T00:00:00Z'), 'CN').map(({ protocol }) => protocol); // ['license']
 */
export function changesBetween(
  from: Date,
  to: Date,
  site: Site,
  changes: readonly ProtocolChange[] = PROTOCOL_CHANGES,
): ProtocolChange[] {
  return changes
    .filter((change) => {
      const at = Date.parse(change.from);
      return (change.site === null || change.site === site) && at > from.getTime() && at <= to.getTime();
    })
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

const DAY_MS = 86_400_000;

/** Changes that lie ahead of `at` by at most so many days, each with the days left, rounded up. */
export function upcomingChanges(
  at: Date,
  site: Site,
  days: number,
  changes: readonly ProtocolChange[] = PROTOCOL_CHANGES,
): (ProtocolChange & { readonly daysLeft: number })[] {
  return changesBetween(at, new Date(at.getTime() + days * DAY_MS), site, changes).map((change) => ({
    ...change,
    daysLeft: Math.ceil((Date.parse(change.from) - at.getTime()) / DAY_MS),
  }));
}
