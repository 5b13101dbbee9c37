/** The demo product: a SaaS by users, per month or year, in three pricing modes; a one-time extra, pay-per-use, a package. */
import type { ProductInput } from '../catalog/index.ts';
import { DIGITS, type Random, randomText, uuid } from '../platform/random.ts';

const priceItemId = (random: Random): string => `OFFI${randomText(random, 18, DIGITS)}`;

/** @param random ids are the seller's and the platform's; a seeded source gives the same product each time */
export function demoProduct(random: Random): ProductInput {
  const users = (minimum: number, maximum: number, step: number) => ({
    code: 'amount',
    name: { zh: '用户数', en: 'Users' },
    unit: { zh: '人', en: 'users' },
    minimum,
    maximum,
    step,
  });
  const flat = (unitPrice: string) => [{ from: 0, to: null, unitPrice }];
  return {
    name: { zh: '协作空间', en: 'Acme Workspace' },
    summary: {
      zh: '团队协作的一站式工作空间，开通即用',
      en: 'One workspace for a team, ready the moment it is bought',
    },
    description: {
      zh: '协作空间把任务、文档和成员管理放在一处。购买后系统自动为您的企业开通独立空间，并提供管理员账号与初始密码；按用户数计费，可按月或按年订购。',
      en: 'Acme Workspace keeps tasks, documents and people in one place. After the purchase a space of your own is opened automatically; you get an administrator account with an initial password. It is priced by users, per month or per year.',
    },
    highlights: [
      { zh: '付款后自动开通', en: 'Opened automatically after payment' },
      { zh: '按用户数计费，随需选购', en: 'Priced by users: buy what you need' },
      { zh: '数据按租户隔离', en: 'Data kept apart per tenant' },
    ],
    usageGuide: {
      zh: '在“已购买的服务”中打开资源详情，点击“打开商品”，使用用户名和初始密码登录。',
      en: 'Open the resource details under "Purchased services", press "Open product" and sign in with the user name and the initial password.',
    },
    support: {
      hours: { zh: '周一至周五 9:00–18:00（北京时间）', en: 'Mon–Fri 9:00–18:00 (Beijing time)' },
      phone: '400-000-0000',
      email: 'support@acme.example',
    },
    agreement: {
      zh: '本产品由示例商家提供，仅用于演示。',
      en: 'This product is offered by a demo seller, for demonstration only.',
    },
    class: 'GENERAL',
    accessType: 'SAAS',
    supervised: false,
    orderParameters: [{ name: 'spaceName', label: { zh: '空间名称', en: 'Name of the space' }, required: false }],
    specifications: [
      {
        specificationId: `spec-${uuid(random)}`,
        name: { zh: '标准版', en: 'Standard' },
        chargingMode: 'PERIOD',
        linearAttribute: users(5, 500, 5),
        trial: { days: 14, buyerIds: null, repeatable: false },
        changeable: true,
        skus: [
          {
            skuCode: uuid(random),
            attributes: [],
            prices: [
              {
                priceItemId: priceItemId(random),
                periodType: 'year',
                mode: 'LINEAR',
                brackets: flat('120.00'),
                currency: 'CNY',
              },
              {
                priceItemId: priceItemId(random),
                periodType: 'month',
                mode: 'LINEAR',
                brackets: flat('12.00'),
                currency: 'CNY',
              },
            ],
          },
        ],
      },
      {
        specificationId: `spec-${uuid(random)}`,
        name: { zh: '企业版', en: 'Enterprise' },
        chargingMode: 'PERIOD',
        linearAttribute: users(1, 10_000, 1),
        changeable: true,
        skus: (['zh', 'en'] as const).map((region) => ({
          skuCode: uuid(random),
          attributes: [
            {
              code: 'support',
              name: { zh: '支持', en: 'Support' },
              value: region === 'zh' ? { zh: '工作日', en: 'Working days' } : { zh: '全天候', en: 'Around the clock' },
            },
          ],
          prices: [
            {
              priceItemId: priceItemId(random),
              periodType: 'year' as const,
              mode: 'TIER' as const,
              currency: 'CNY' as const,
              brackets: tiers(region === 'zh' ? ['300', '270', '240'] : ['400', '360', '320']),
            },
            {
              priceItemId: priceItemId(random),
              periodType: 'month' as const,
              mode: 'STEP' as const,
              currency: 'CNY' as const,
              brackets: tiers(region === 'zh' ? ['30', '27', '24'] : ['40', '36', '32']),
            },
          ],
        })),
      },
      {
        specificationId: `spec-${uuid(random)}`,
        name: { zh: '永久版（一次性）', en: 'Perpetual (one-time)' },
        chargingMode: 'ONE_TIME',
        linearAttribute: users(10, 100, 10),
        skus: [
          {
            skuCode: uuid(random),
            attributes: [],
            prices: [
              {
                priceItemId: priceItemId(random),
                periodType: null,
                mode: 'LINEAR',
                brackets: flat('999.00'),
                currency: 'CNY',
              },
            ],
          },
        ],
      },
      {
        specificationId: `spec-${uuid(random)}`,
        name: { zh: '按需（按会议分钟）', en: 'Pay-per-use (meeting minutes)' },
        chargingMode: 'ON_DEMAND',
        linearAttribute: null,
        skus: [
          {
            skuCode: uuid(random),
            attributes: [],
            prices: [
              {
                priceItemId: priceItemId(random),
                periodType: null,
                mode: 'LINEAR',
                brackets: flat('0.025'),
                currency: 'CNY',
              },
            ],
          },
        ],
      },
      {
        specificationId: `spec-${uuid(random)}`,
        name: { zh: '套餐包（1 万会议分钟）', en: 'Package (10,000 meeting minutes)' },
        chargingMode: 'ON_DEMAND_PKG',
        linearAttribute: null,
        package: {
          validity: { type: 'year', number: 1 },
          quota: '10000',
          unit: { zh: '分钟', en: 'minutes' },
          resetting: null,
          stopWhenUsedUp: false,
        },
        skus: [
          {
            skuCode: uuid(random),
            attributes: [],
            prices: [
              {
                priceItemId: priceItemId(random),
                periodType: null,
                mode: 'LINEAR',
                brackets: flat('199.00'),
                currency: 'CNY',
              },
            ],
          },
        ],
      },
    ],
  };
}

const tiers = ([first = '0', second = '0', third = '0']: string[]) => [
  { from: 0, to: 10, unitPrice: first },
  { from: 10, to: 50, unitPrice: second },
  { from: 50, to: null, unitPrice: third },
];
