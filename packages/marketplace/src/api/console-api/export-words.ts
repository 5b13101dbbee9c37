/** Enumerations in the words of exported tables (settlement.md 1.2, 4.4, 5.2; consoles-and-processes.md 11). Pure. */
import type { CommissionLineView } from './distributor-schemas.ts';
import type { SettlementLine } from './settlement-schemas.ts';

type Words<K extends string> = Readonly<Record<K, { readonly zh: string; readonly en: string }>>;
const both = (zh: string, en: string) => ({ zh, en });

export const CLASS_WORDS: Words<SettlementLine['class']> = {
  GENERAL: both('通用商品', 'General'),
  JOINT: both('联营商品', 'Joint operation'),
  YANXUAN: both('严选商品', 'Yanxuan'),
  YANXUAN_SELF: both('严选自营商品', 'Yanxuan self-run'),
  HUAWEI: both('华为自服务商品', 'Self-service'),
};

export const KIND_WORDS: Words<SettlementLine['kind']> = {
  NEW: both('新购', 'New'),
  RENEWAL: both('续订', 'Renewal'),
  CHANGE: both('变更', 'Change'),
  REFUND: both('退订', 'Refund'),
  USAGE: both('按需消费', 'Usage'),
  ADJUSTMENT: both('调账', 'Adjustment'),
};

export const MODE_WORDS: Words<NonNullable<SettlementLine['chargingMode']>> = {
  PERIOD: both('包周期', 'Yearly/monthly'),
  ONE_TIME: both('按次', 'One-time'),
  ON_DEMAND: both('按需', 'Pay-per-use'),
  ON_DEMAND_PKG: both('按需套餐包', 'Pay-per-use package'),
};

export const COMMISSION_WORDS: Words<CommissionLineView['state']> = {
  BILLED: both('已出账', 'Billed'),
  READY: both('待出账', 'In the next bill'),
  WAITING: both('未出账', 'Waiting'),
  NONE: both('无佣金', 'No commission'),
};

export const REPAYMENT_WORDS: Words<SettlementLine['repaymentStatus']> = {
  NOT_APPLICABLE: both('不涉及', 'N/A'),
  OPEN: both('未还款', 'Not repaid'),
  REPAID: both('已还款', 'Repaid'),
};

export const SUPERVISION_WORDS: Words<SettlementLine['supervisionStatus']> = {
  NOT_APPLICABLE: both('不涉及', 'N/A'),
  OPEN: both('监管中', 'Open'),
  COMPLETED: both('已完成', 'Completed'),
};

export const BILLING_WORDS: Words<SettlementLine['billing']> = {
  BILLED: both('已出账', 'Billed'),
  READY: both('待出账', 'In the next bill'),
  WAITING: both('未出账', 'Unbilled'),
  NEVER: both('不出账', 'Never billed'),
  ERROR: both('无法计算', 'Cannot be computed'),
};

export const BILL_STATE_WORDS: Words<NonNullable<SettlementLine['billState']>> = {
  UNDER_REVIEW: both('审核中', 'Under review'),
  TO_CONFIRM: both('待确认', 'To confirm'),
  TO_COUNTERSIGN: both('待会签', 'To countersign'),
  COUNTERSIGNING: both('会签中', 'Countersigning'),
  COUNTERSIGN_REJECTED: both('会签驳回', 'Countersigning rejected'),
  REQUISITION_PENDING: both('待申付', 'Requisition pending'),
  REQUISITION_FAILED: both('申付单创建失败', 'Requisition failed'),
  TO_INVOICE: both('待开票', 'To invoice'),
  INVOICE_REVIEW: both('发票待审核', 'Invoice under review'),
  REQUISITION_REVIEW: both('申付审核中', 'Requisition under review'),
  PAYING: both('支付中', 'Paying'),
  PAID: both('已支付', 'Paid'),
};

export const HELD_WORDS: Words<'S2-6' | 'S4-6' | 'HOLD'> = {
  'S2-6': both('累计金额未达到最低出账金额', 'The accumulated amount is below the minimum'),
  'S4-6': both('无应付金额，结转至后续账期', 'Nothing to pay, carried forward'),
  HOLD: both('运营暂缓', 'Kept back by the operator'),
};

export const ORDER_TYPE_WORDS: Words<string> = {
  NEW: both('新购', 'New'),
  TRIAL: both('试用', 'Trial'),
  TRIAL_TO_FORMAL: both('转商用', 'Trial to formal'),
  RENEW: both('续订', 'Renewal'),
  CHANGE: both('变更', 'Change'),
  UNSUBSCRIBE: both('退订', 'Refund'),
};

export const ORDER_STATE_WORDS: Words<string> = {
  PENDING_APPROVAL: both('待审核', 'Pending approval'),
  PENDING_PAYMENT: both('待付款', 'Pending payment'),
  PROCESSING: both('处理中', 'Processing'),
  REFUNDING: both('退款中', 'Refunding'),
  REFUNDED: both('已退订', 'Refunded'),
  COMPLETED: both('已完成', 'Completed'),
  CANCELLED: both('已取消', 'Cancelled'),
};
