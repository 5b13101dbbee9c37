/**
 * The columns of exported tables (settlement.md 5.2): names in the reader's language, amounts exact, instants ISO 8601 in
 * UTC, enumerations in words. Programs find a column by its name in either language. Pure.
 */

import type { LocalizedText } from '../../catalog/index.ts';
import type { Cell } from '../../platform/exports/index.ts';
import type { ActivityRow } from './activity-routes.ts';
import type { CommissionBillView, CommissionLineView } from './distributor-schemas.ts';
import { type Column, decimal, instant, tableOf, text, word } from './export-table.ts';
import * as words from './export-words.ts';
import type { OperatingFigures } from './operating-schemas.ts';
import type { OrderView } from './order-schemas.ts';
import type { SettlementBill, SettlementLine } from './settlement-schemas.ts';
import type { SpendingEntryView } from './spending-schemas.ts';

export type OrderLineRow = { readonly order: OrderView; readonly line: OrderView['lines'][number] };

/** Lines: transaction details and the details of a bill (详单). */
const LINES: readonly Column<SettlementLine>[] = [
  text('账期', 'Period', (line) => line.billPeriod ?? line.period),
  text('账单ID', 'Bill ID', ({ billId }) => billId),
  text('商品类型', 'Product class', (line, to) => word(words.CLASS_WORDS, line.class, to)),
  text('订单号', 'Order number', ({ orderId }) => orderId),
  text('订单行ID', 'Order line ID', ({ lineId }) => lineId),
  text('原始订单行ID', 'Original order line ID', ({ originalLineId }) => originalLineId),
  text('订单类型', 'Order type', ({ kind }, to) => word(words.KIND_WORDS, kind, to)),
  text('计费模式', 'Billing mode', ({ chargingMode }, to) => word(words.MODE_WORDS, chargingMode, to)),
  text('客户账号', 'Customer account', ({ buyerId }) => buyerId),
  text('客户名称', 'Customer name', ({ buyerName }) => buyerName),
  text('商品名称', 'Product', ({ productName }, to) => productName[to]),
  text('规格', 'Specification', ({ specificationName }, to) => specificationName[to]),
  instant('交易时间', 'Transaction time', ({ placedAt }) => placedAt),
  instant('支付时间', 'Payment time', ({ paidAt }) => paidAt),
  instant('生效时间', 'Effective time', ({ effectiveAt }) => effectiveAt),
  instant('监管完成时间', 'Supervision completed time', ({ supervisionCompletedAt }) => supervisionCompletedAt),
  instant('还款时间', 'Repayment time', ({ repaidAt }) => repaidAt),
  instant('退款完成时间', 'Refund completed time', ({ refundCompletedAt }) => refundCompletedAt),
  text('币种', 'Currency', ({ currency }) => currency),
  decimal('单价', 'Unit price', ({ unitPrice }) => unitPrice),
  decimal('购买时长', 'Duration', ({ periods }) => periods),
  decimal('数量', 'Quantity', ({ quantity }) => quantity),
  decimal('交易金额', 'Transaction amount', ({ transactionAmount }) => transactionAmount),
  decimal('代金券扣款', 'Voucher deduction', ({ voucherDeduction }) => voucherDeduction),
  decimal('现金消费', 'Cash consumption', ({ cashConsumption }) => cashConsumption),
  decimal('商家分成比例', 'Seller share', ({ sellerShare }) => sellerShare),
  decimal('区间增量分成比例', 'Increment share', ({ increment }) => increment),
  decimal('运营管理费比例', 'Management fee ratio', ({ managementFeeRatio }) => managementFeeRatio),
  decimal('平台服务费', 'Platform fee', ({ platformFee }) => platformFee),
  decimal('税率', 'Tax rate', ({ taxRate }) => taxRate),
  decimal('结算金额', 'Settlement amount', ({ settlementAmount }) => settlementAmount),
  text('后付费客户还款状态', 'Repayment status', (line, to) => word(words.REPAYMENT_WORDS, line.repaymentStatus, to)),
  text('服务监管状态', 'Supervision status', (line, to) => word(words.SUPERVISION_WORDS, line.supervisionStatus, to)),
  text('是否里程碑交付', 'Milestone delivery', ({ milestones }, to) =>
    to === 'zh' ? (milestones ? '是' : '否') : milestones ? 'yes' : 'no',
  ),
  text('出账状态', 'Billing status', ({ billing }, to) => word(words.BILLING_WORDS, billing, to)),
  text('账单状态', 'Bill status', ({ billState }, to) => word(words.BILL_STATE_WORDS, billState, to)),
];

const BILLS: readonly Column<SettlementBill>[] = [
  text('账期', 'Period', ({ period }) => period),
  text('账单ID', 'Bill ID', ({ billId }) => billId),
  text('商品类型', 'Product class', (bill, to) => word(words.CLASS_WORDS, bill.class, to)),
  text('商家', 'Seller', ({ sellerName }) => sellerName),
  text('开始日期', 'From', ({ from }) => from),
  text('结束日期', 'To', ({ to }) => to),
  text('出账日', 'Billing day', ({ runDay }) => runDay),
  text('币种', 'Currency', ({ currency }) => currency),
  decimal('产品销售收入', 'Product sales revenue', ({ sales }) => sales),
  decimal('平台服务费', 'Platform fee', ({ platformFee }) => platformFee),
  decimal('结算金额', 'Settlement amount', ({ total }) => total),
  decimal('明细行数', 'Lines', ({ lines }) => String(lines)),
  text('账单状态', 'Bill status', ({ state }, to) => word(words.BILL_STATE_WORDS, state, to)),
  text('暂缓原因', 'Held because', ({ heldReason }, to) => word(words.HELD_WORDS, heldReason, to)),
  text('申付单号', 'Requisition', ({ requisitionId }) => requisitionId),
];

/** S-50: one row per order line. */
const ORDERS: readonly Column<OrderLineRow>[] = [
  text('订单号', 'Order number', ({ order }) => order.orderId),
  text('订单行ID', 'Order line ID', ({ line }) => line.orderLineId),
  text('订单类型', 'Order type', ({ order }, to) => word(words.ORDER_TYPE_WORDS, order.orderType, to)),
  text('订单状态', 'Order status', ({ order }, to) => word(words.ORDER_STATE_WORDS, order.state, to)),
  text('客户账号', 'Customer account', ({ order }) => order.buyerId),
  text('客户名称', 'Customer name', ({ order }) => order.buyerName),
  text('商品名称', 'Product', ({ line }, to) => line.productName[to]),
  instant('交易时间', 'Transaction time', ({ order }) => order.createdAt),
  instant('支付时间', 'Payment time', ({ order }) => order.paidAt),
  instant('完成时间', 'Completed time', ({ order }) => order.completedAt),
  text('币种', 'Currency', ({ line }) => line.amount.currency),
  decimal('数量', 'Quantity', ({ line }) => String(line.quantity)),
  decimal('交易金额', 'Transaction amount', ({ line }) => line.amount.amount),
];

/** What a distributor, service provider or reseller earns. */
const COMMISSIONS: readonly Column<CommissionLineView>[] = [
  text('账期', 'Period', ({ billPeriod }) => billPeriod),
  text('订单号', 'Order number', ({ orderId }) => orderId),
  text('订单行ID', 'Order line ID', ({ lineId }) => lineId),
  text('原始订单行ID', 'Original order line ID', ({ originalLineId }) => originalLineId),
  text('订单类型', 'Order type', (line, to) => word(words.KIND_WORDS, line.kind, to)),
  text('商品类型', 'Product class', (line, to) => word(words.CLASS_WORDS, line.class, to)),
  text('商品名称', 'Product', ({ productName }, to) => productName[to]),
  instant('交易时间', 'Transaction time', ({ placedAt }) => placedAt),
  text('状态', 'State', (line, to) => word(words.COMMISSION_WORDS, line.state, to)),
  text('币种', 'Currency', ({ currency }) => currency),
  decimal('销售金额', 'Sales amount', ({ sales }) => sales),
  decimal('现金消费', 'Cash consumption', ({ cash }) => cash),
  decimal('佣金', 'Commission', ({ commission }) => commission),
  text('调账原因', 'Reason of the adjustment', ({ note }) => note),
];

const COMMISSION_BILLS: readonly Column<CommissionBillView>[] = [
  text('账期', 'Period', ({ period }) => period),
  text('账单ID', 'Bill ID', ({ billId }) => billId),
  text('渠道伙伴', 'Channel partner', ({ distributorName }) => distributorName),
  text('出账日', 'Billing day', ({ runDay }) => runDay),
  text('账单状态', 'Bill status', (bill, to) => word(words.BILL_STATE_WORDS, bill.state, to)),
  text('申付单号', 'Requisition', ({ requisitionId }) => requisitionId),
  decimal('明细行数', 'Lines', ({ lines }) => String(lines)),
  text('币种', 'Currency', ({ currency }) => currency),
  decimal('销售金额', 'Sales amount', ({ sales }) => sales),
  decimal('现金消费', 'Cash consumption', ({ cash }) => cash),
  decimal('佣金', 'Commission', ({ total }) => total),
];

export const lineTable = tableOf(LINES);
/** What a buyer paid and got back. */
const SPENDING: readonly Column<SpendingEntryView>[] = [
  instant('时间', 'Time', ({ at }) => at),
  text('类型', 'Type', ({ kind }, to) => word(words.KIND_WORDS, kind, to)),
  text('订单号', 'Order number', ({ orderId }) => orderId),
  text('订单行ID', 'Order line ID', ({ lineId }) => lineId),
  text('商品名称', 'Product', ({ productName }, to) => productName[to]),
  text('规格', 'Specification', ({ specificationName }, to) => specificationName[to]),
  text('商品类型', 'Product class', (entry, to) => word(words.CLASS_WORDS, entry.class, to)),
  text('商家', 'Seller', ({ sellerName }) => sellerName),
  text('币种', 'Currency', ({ currency }) => currency),
  decimal('原金额', 'Before vouchers', ({ listed }) => listed),
  decimal('代金券扣款', 'Voucher deduction', ({ voucher }) => voucher),
  decimal('实付金额', 'Amount', ({ amount }) => amount),
  text('信用未还', 'Owed on credit', ({ owed }, to) => (owed ? (to === 'zh' ? '是' : 'yes') : null)),
];

/** S-74: each product, then its customers. Rates are fractions of one; an empty one has nothing to divide by. */
const ACTIVITY: readonly Column<ActivityRow>[] = [
  text('商品名称', 'Product', ({ name }, to) => name[to]),
  text('客户名称', 'Customer', ({ customer }, to) => customer ?? (to === 'zh' ? '全部' : 'all')),
  decimal('总项目数', 'Total projects', ({ figures }) => String(figures.projects)),
  decimal('开租企业数', 'Enterprises opened', ({ figures }) => String(figures.opened)),
  decimal('项目开通率', 'Opening rate', ({ figures }) => fraction(figures.openingRate)),
  decimal('活跃项目数', 'Active projects', ({ figures }) => String(figures.activeProjects)),
  decimal('项目活跃度', 'Project activity', ({ figures }) => fraction(figures.projectActivity)),
  decimal('总授权用户数', 'Authorised users', ({ figures }) => String(figures.authorised)),
  decimal('活跃用户数', 'Active users', ({ figures }) => String(figures.activeUsers)),
  decimal('用户活跃度', 'User activity', ({ figures }) => fraction(figures.userActivity)),
];
const fraction = (rate: number | null): Cell => (rate === null ? null : rate.toFixed(4));

interface OperatingRow {
  readonly name?: LocalizedText;
  readonly day?: string;
  readonly figures: OperatingFigures;
}

/** S-76: each product over the range, then each day over all products. */
const OPERATING: readonly Column<OperatingRow>[] = [
  text('商品名称', 'Product', ({ name }, to) => name?.[to] ?? (to === 'zh' ? '全部' : 'all')),
  text('日期', 'Day', ({ day }) => day ?? null),
  decimal('订单数', 'Orders', ({ figures }) => String(figures.orders)),
  decimal('订单金额', 'Sales', ({ figures }) => figures.sales.amount),
  decimal('续费订单数', 'Renewals', ({ figures }) => String(figures.renewals)),
  decimal('续费金额', 'Renewal sales', ({ figures }) => figures.renewalSales.amount),
  decimal('按需费用', 'Usage', ({ figures }) => figures.usage.amount),
  decimal('退款笔数', 'Refunds', ({ figures }) => String(figures.refunds)),
  decimal('退款金额', 'Refunded', ({ figures }) => figures.refunded.amount),
  decimal('净收入', 'Income', ({ figures }) => figures.income.amount),
  text('币种', 'Currency', ({ figures }) => figures.income.currency),
  decimal('活跃用户数', 'Active users', ({ figures }) =>
    figures.activeUsers === null ? null : String(figures.activeUsers),
  ),
];

export const operatingTable = tableOf(OPERATING);
export const activityTable = tableOf(ACTIVITY);
export const spendingTable = tableOf(SPENDING);
export const commissionTable = tableOf(COMMISSIONS);
export const commissionBillTable = tableOf(COMMISSION_BILLS);
export const billTable = tableOf(BILLS);
export const orderTable = tableOf(ORDERS);
