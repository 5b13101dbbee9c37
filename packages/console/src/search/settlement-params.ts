import type { BillState, SettlementClass, SettlementLine } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the settlement pages. */

export const settlementClasses = [
  'GENERAL',
  'JOINT',
  'YANXUAN',
  'YANXUAN_SELF',
  'HUAWEI',
] as const satisfies readonly SettlementClass[];
export const billStates = [
  'UNDER_REVIEW',
  'TO_CONFIRM',
  'TO_COUNTERSIGN',
  'COUNTERSIGNING',
  'COUNTERSIGN_REJECTED',
  'REQUISITION_PENDING',
  'REQUISITION_FAILED',
  'TO_INVOICE',
  'INVOICE_REVIEW',
  'REQUISITION_REVIEW',
  'PAYING',
  'PAID',
] as const satisfies readonly BillState[];
export const lineBillings = [
  'BILLED',
  'READY',
  'WAITING',
  'NEVER',
  'ERROR',
] as const satisfies readonly SettlementLine['billing'][];

const period = z.catch(z.optional(z.string().check(z.regex(/^20\d{2}(0[1-9]|1[0-2])$/))), undefined);

const schemas = {
  lines: z.object({
    ...paging,
    class: oneOf(settlementClasses),
    period,
    orderId: text(64),
    buyerId: text(64),
    billId: text(64),
    sellerId: text(64),
    billing: oneOf(lineBillings),
  }),
  bills: z.object({
    ...paging,
    class: oneOf(settlementClasses),
    period,
    state: oneOf(billStates),
    held: oneOf(['true', 'false']),
    sellerId: text(64),
  }),
  income: z.object({ from: period, to: period, class: oneOf(settlementClasses) }),
};

export type LineSearch = z.infer<typeof schemas.lines>;
export type BillSearch = z.infer<typeof schemas.bills>;
export type IncomeSearch = z.infer<typeof schemas.income>;

export const parseLineSearch = (raw: unknown): LineSearch => compact(schemas.lines.parse(raw));
export const parseBillSearch = (raw: unknown): BillSearch => compact(schemas.bills.parse(raw));
export const parseIncomeSearch = (raw: unknown): IncomeSearch => compact(schemas.income.parse(raw));
