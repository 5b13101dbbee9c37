/**
 * The columns of a bill and of a seller's own order list (settlement.md 5.2) by their names, in English or Chinese, as the
 * marketplace exports them or as people write them: case, spaces and what stands in brackets do not count.
 */

const FIELDS = {
  period: ['period', 'account period', 'billing period', 'billing cycle', 'bill period', '账期', '账单周期'],
  billId: ['bill id', 'bill id / period', '账单ID', '账单ID / 账期', '账单编号'],
  productClass: ['product class', 'class', '商品类型', '商品类别'],
  orderNo: ['order no', 'order no.', 'order number', 'order id', '订单号', '订单编号'],
  orderLineId: ['order line id', 'line id', 'order line', '订单行ID', '订单行号', '订单行'],
  originalOrderLineId: ['original order line id', 'original line id', 'refund of', '原始订单行ID', '原订单行ID'],
  orderType: ['order type', 'type', 'kind', '订单类型'],
  orderStatus: ['order status', 'order state', '订单状态'],
  transactionTime: ['transaction time', 'order time', 'placed at', '交易时间', '下单时间'],
  paidTime: ['payment time', 'paid time', 'paid at', '支付时间', '付款时间'],
  effectiveTime: ['effective time', 'effective at', 'activated at', 'activation time', '生效时间', '开通时间'],
  supervisionCompletedTime: [
    'supervision completed time',
    'supervision completed at',
    'completed time',
    'completed at',
    '监管完成时间',
    '服务监管完成时间',
    '完成时间',
  ],
  repaidTime: ['repaid time', 'repaid at', 'repayment time', '还款时间'],
  refundCompletedTime: ['refund completed time', 'refund completed at', '退款完成时间', '退订完成时间'],
  currency: ['currency', '币种'],
  unitPrice: ['unit price', '单价'],
  duration: ['duration', 'periods', '购买时长', '时长'],
  quantity: ['quantity', '数量'],
  transactionAmount: [
    'transaction amount',
    'order amount',
    'sales amount',
    'amount',
    '交易金额',
    '订单金额',
    '商品销售金额',
  ],
  voucherDeduction: ['voucher deduction', 'voucher used', '代金券扣款'],
  cashConsumption: ['cash consumption', '现金消费'],
  sellerShare: ['seller share', 'partner ratio', 'share', '商家分成比例', '伙伴结算比例'],
  feeRatio: ['platform fee ratio', 'fee ratio', '平台费比例'],
  increment: ['increment share', 'increment', '区间增量分成比例'],
  managementFee: ['management fee', '运营管理费'],
  managementFeeRatio: ['management fee ratio', '运营管理费比例'],
  taxRate: ['tax rate', '税率'],
  settlementAmount: [
    'settlement amount',
    'settlement',
    'amount to be settled',
    '应结算金额',
    '结算金额',
    '伙伴结算金额',
    '本期结算金额',
  ],
  repaymentStatus: ['repayment status', '后付费客户还款状态', '还款状态'],
  supervisionStatus: ['supervision status', '服务监管状态', '监管状态'],
  billingStatus: ['billing status', '出账状态'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Field = keyof typeof FIELDS;

/** `Settlement amount (incl. tax)`, `settlementAmount`, `settlement_amount` and `结算金额(含税)` are names of one column. */
const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\([^)]*\)/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

const BY_NAME = new Map<string, Field>();
for (const field of Object.keys(FIELDS).filter((key): key is Field => key in FIELDS))
  for (const name of [field, ...FIELDS[field]]) BY_NAME.set(plainName(name), field);

/** null = a column that is not looked at */
export const fieldOf = (heading: string): Field | null => BY_NAME.get(plainName(heading)) ?? null;
