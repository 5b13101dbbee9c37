import type { Localized, PriceItemView, ProductView, SkuView } from '@jishi/marketplace/console-api';

const both = (zh: string, en: string): Localized => ({ zh, en });

const price = (priceItemId: string, periodType: 'month' | 'year' | null, unitPrice: string): PriceItemView => ({
  priceItemId,
  periodType,
  mode: 'LINEAR',
  brackets: [{ from: 0, to: null, unitPrice }],
  currency: 'CNY',
  chargeItem: null,
});

const sku = (skuCode: string, edition: Localized, prices: PriceItemView[]): SkuView => ({
  skuCode,
  attributes: [{ code: 'edition', name: both('版本', 'Edition'), value: edition }],
  status: 'ON_SALE',
  available: null,
  prices,
});

/** Anybody may order it. */
const open = { package: null, usageCycle: null, perVcpu: false, hidden: false, blockedBy: null };

/** A free trial, and why this buyer cannot have it; spread, so that it fits specifications with and without the member. */
const trial = (days: number, blockedBy: { code: string; message: Localized } | null = null) => ({
  trial: { days, blockedBy },
  changeable: true,
  ...open,
});

const users = {
  code: 'amount',
  name: both('用户数', 'Users'),
  unit: both('个', 'users'),
  minimum: 10,
  maximum: 1000,
  step: 5,
};

const common = {
  sellerName: '云帆软件',
  accessType: 'SaaS',
  version: 3,
  status: 'ON_SALE' as const,
  supervised: false,
  renewsItself: true,
  support: {
    hours: both('工作日 9:00–18:00', 'Working days 9:00–18:00'),
    phone: '+86 755 0000 0000',
    email: 'help@yunfan.example',
  },
  agreement: both(
    '本协议说明服务范围、费用、数据和终止。\n商家按订单约定提供服务。',
    'This agreement covers scope, fees, data and termination.\nThe seller serves as ordered.',
  ),
  usageGuide: both(
    '付款后在“已购买的服务”中打开资源详情,用初始密码登录。',
    'After payment open the resource details under Purchased services and sign in with the initial password.',
  ),
  orderParameters: [
    { name: 'emailDomain', label: both('邮箱域名', 'E-mail domain'), required: true },
    { name: 'contact', label: both('联系人', 'Contact'), required: false },
  ],
  blockedBy: null,
};

/** Three products: one with SKUs, quantity and brackets, one one-time, one that cannot be bought. */
export function sampleProducts(): ProductView[] {
  return [
    {
      ...common,
      goodsId: 'GOODS-TEAMDESK',
      name: both('云帆协同办公', 'Yunfan Team Desk'),
      summary: both(
        '文档、日程与审批集中在一处,适合十人以上的团队。',
        'Documents, calendars and approvals in one place, for teams of ten and more.',
      ),
      chargingModes: ['PERIOD'],
      priceFrom: { money: { amount: '250.00', currency: 'CNY' }, periodType: 'month', perUse: false },
      description: both(
        '支持在线协作、权限控制和审计。\n开通后即可使用,数据按租户隔离。',
        'Live collaboration, access control and audit.\nReady at once; data kept apart by tenant.',
      ),
      highlights: [
        both('十分钟内开通', 'Ready within ten minutes'),
        both('支持单点登录', 'Single sign-on'),
        both('按用户数计费', 'Priced by the number of users'),
      ],
      specifications: [
        {
          specificationId: 'SPEC-1',
          name: both('团队版', 'Team'),
          chargingMode: 'PERIOD',
          ...trial(14),
          status: 'ON_SALE',
          linearAttribute: users,
          skus: [
            sku('SKU-STD', both('标准', 'Standard'), [
              price('OFFI-1', 'month', '25.00'),
              price('OFFI-2', 'year', '250.00'),
            ]),
            sku('SKU-PRO', both('专业', 'Professional'), [
              {
                ...price('OFFI-3', 'month', '40.00'),
                mode: 'STEP',
                brackets: [
                  { from: 0, to: 50, unitPrice: '40.00' },
                  { from: 50, to: 200, unitPrice: '36.00' },
                  { from: 200, to: null, unitPrice: '31.5' },
                ],
              },
            ]),
          ],
        },
        {
          specificationId: 'SPEC-OLD',
          name: both('旧版', 'Legacy'),
          chargingMode: 'PERIOD',
          trial: null,
          changeable: false,
          ...open,
          status: 'STOPPED',
          linearAttribute: null,
          skus: [{ ...sku('SKU-OLD', both('标准', 'Standard'), [price('OFFI-9', 'month', '199.00')]), attributes: [] }],
        },
      ],
    },
    {
      ...common,
      goodsId: 'GOODS-SCAN',
      name: both('漏洞扫描一次性服务', 'One-time vulnerability scan'),
      summary: both('对一个域名做完整扫描并给出报告。', 'A full scan of one domain with a report.'),
      sellerName: '北辰安全',
      chargingModes: ['ONE_TIME'],
      priceFrom: { money: { amount: '1200.00', currency: 'CNY' }, periodType: null, perUse: false },
      description: both('包含一次复测。', 'One retest included.'),
      highlights: [],
      orderParameters: [],
      specifications: [
        {
          specificationId: 'SPEC-S',
          name: both('单域名', 'Single domain'),
          chargingMode: 'ONE_TIME',
          trial: null,
          changeable: false,
          ...open,
          status: 'ON_SALE',
          linearAttribute: null,
          skus: [{ ...sku('SKU-S', both('标准', 'Standard'), [price('OFFI-S', null, '1200.00')]), attributes: [] }],
        },
      ],
    },
    {
      ...common,
      goodsId: 'GOODS-BI',
      name: both('企业数据分析平台', 'Enterprise analytics'),
      summary: both('连接多种数据源,拖拽生成报表。', 'Connects many sources, reports by drag and drop.'),
      chargingModes: ['PERIOD', 'ON_DEMAND_PKG'],
      priceFrom: null,
      status: 'TRADE_FROZEN',
      description: both('私有部署可选。', 'Private deployment on request.'),
      highlights: [],
      blockedBy: {
        code: 'NOT_ON_SALE',
        message: both('商品已冻结交易,暂时不能购买。', 'Trading is frozen; it cannot be bought for now.'),
      },
      specifications: [
        {
          specificationId: 'SPEC-B',
          name: both('企业版', 'Enterprise'),
          chargingMode: 'PERIOD',
          ...trial(30, {
            code: 'TRIAL_USED',
            message: both('您已试用过此规格。', 'You have tried this specification.'),
          }),
          status: 'ON_SALE',
          linearAttribute: null,
          skus: [{ ...sku('SKU-B', both('标准', 'Standard'), [price('OFFI-B', 'year', '9800.00')]), attributes: [] }],
        },
      ],
    },
  ];
}
