/** Exported tables: the columns that the specification recommends, in both languages, exact amounts, words for enumerations. */
import { describe, expect, it } from 'vitest';
import { billTable, lineTable, orderTable, spendingTable } from './export-columns.ts';
import type { SettlementLine } from './settlement-schemas.ts';

const LINE: SettlementLine = {
  lineId: 'CS1-000002',
  orderId: 'CS1',
  kind: 'REFUND',
  originalLineId: 'CS0-000001',
  class: 'GENERAL',
  sellerId: 's',
  sellerName: 'Acme',
  buyerId: 'b',
  buyerName: '环球贸易',
  goodsId: 'g',
  productName: { zh: '协作空间', en: 'Workspace' },
  specificationName: { zh: '标准版', en: 'Standard' },
  chargingMode: 'PERIOD',
  currency: 'CNY',
  placedAt: '2024-01-05T04:00:00.000Z',
  paidAt: '2024-01-05T04:00:00.000Z',
  effectiveAt: null,
  supervisionCompletedAt: null,
  repaidAt: null,
  refundCompletedAt: '2024-01-07T04:00:00.000Z',
  unitPrice: null,
  periods: '12',
  quantity: '1',
  transactionAmount: '-1200.00',
  voucherDeduction: '0',
  cashConsumption: '-1200.00',
  sellerShare: '0.95',
  managementFeeRatio: null,
  taxRate: '0.06',
  settlementAmount: '-1140.0000000001',
  platformFee: '-60',
  increment: null,
  repaymentStatus: 'NOT_APPLICABLE',
  supervisionStatus: 'NOT_APPLICABLE',
  milestones: false,
  billing: 'BILLED',
  waitingFor: [],
  readyAt: null,
  period: '202401',
  billId: 'B1',
  billPeriod: '202402',
  billState: 'PAID',
  mayViewBill: true,
};

/** Title → cell. */
const row = (language: 'zh' | 'en') => {
  const cells = lineTable.row(LINE, language);
  return Object.fromEntries(lineTable.columns(language).map(({ title }, place) => [title, cells[place]]));
};

describe('exported lines (settlement.md 5.2)', () => {
  it('have the columns that its pages name, in Chinese and in English', () => {
    const chinese =
      '账期 账单ID 商品类型 订单号 订单行ID 原始订单行ID 订单类型 计费模式 客户账号 客户名称 商品名称 规格 交易时间 生效时间 监管完成时间 还款时间 单价 购买时长 数量 交易金额 代金券扣款 现金消费 商家分成比例 区间增量分成比例 税率 结算金额 后付费客户还款状态 服务监管状态 账单状态';
    expect(Object.keys(row('zh'))).toEqual(expect.arrayContaining(chinese.split(' ')));
    expect(Object.keys(row('en'))).toEqual(
      expect.arrayContaining(['Period', 'Order line ID', 'Original order line ID', 'Settlement amount', 'Bill status']),
    );
  });

  it('say enumerations in words, leave amounts exact and empty what is not known', () => {
    expect(row('zh')).toMatchObject({ 订单类型: '退订', 计费模式: '包周期', 账单状态: '已支付', 商品名称: '协作空间' });
    expect(row('en')).toMatchObject({
      Period: '202402',
      'Order type': 'Refund',
      'Bill status': 'Paid',
      'Settlement amount': '-1140.0000000001',
      'Unit price': null,
      'Transaction time': '2024-01-05T04:00:00.000Z',
    });
  });

  it.each([
    ['lines', lineTable],
    ['bills', billTable],
    ['orders', orderTable],
  ])('%s: no two columns have one name, so that programs find each in either language', (_, table) => {
    for (const language of ['zh', 'en'] as const) {
      const titles = table.columns(language).map(({ title }) => title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });
});

it('what a buyer spent: a refund is negative, what is on credit says so', () => {
  const { lineId, orderId, kind, goodsId, sellerName, productName, specificationName, currency } = LINE;
  const told = { lineId, orderId, kind, goodsId, sellerName, productName, specificationName, currency };
  const entry = {
    ...told,
    class: LINE.class,
    at: LINE.placedAt,
    listed: '-1200.00',
    voucher: '0.00',
    amount: '-1200.00',
    owed: true,
  };
  const spent = { ...entry, kind: 'REFUND' as const };
  const zh = spendingTable.columns('zh').map(({ title }) => title);
  expect(zh).toContain('实付金额');
  expect(spendingTable.columns('en').map(({ kind: of }) => of)).toEqual(
    spendingTable.columns('zh').map(({ kind: of }) => of),
  );
  const row = spendingTable.row(spent, 'zh');
  expect([row[zh.indexOf('类型')], row[zh.indexOf('实付金额')], row[zh.indexOf('信用未还')]]).toEqual([
    '退订',
    '-1200.00',
    '是',
  ]);
});
