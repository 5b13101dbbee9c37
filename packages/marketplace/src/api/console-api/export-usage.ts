/** Usage as tables: records that were taken, those that were not, charges (settlement.md 3.7). */
import { USAGE_RECORD_CODES } from '@jishi/protocol';
import type { z } from 'zod';
import type { Scope } from '../../directory/index.ts';
import {
  type CHARGE_STATES,
  type Charge,
  chargesOf,
  type RECORD_STATES,
  type RecordOfSeller,
  recordsOfScope,
  rejectionsOf,
  type ShownRejection,
} from '../../metering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import type { usageChargeFilter, usageRecordFilter, usageRejectionFilter } from './export-schemas.ts';
import { decimal, instant, type Table, tableOf, text, word } from './export-table.ts';

const both = (zh: string, en: string) => ({ zh, en });
const RECORD_WORDS = {
  WAITING: both('待扣费', 'To be charged'),
  RATED: both('已扣费', 'Charged'),
  UNRATED: both('未能扣费', 'Could not be charged'),
  VOID: both('已作废', 'Void'),
} as const satisfies Record<(typeof RECORD_STATES)[number], object>;
const REASON_WORDS = {
  NO_PRICE: both('购买的商品版本没有用量价格', 'The version that was bought has no price for usage'),
};
const CHARGE_WORDS = {
  PAID: both('已支付', 'Paid'),
  OWED: both('欠费', 'Owed'),
  NOTHING: both('无需支付', 'Nothing to pay'),
  REVERSED: both('已冲正', 'Reversed'),
} as const satisfies Record<(typeof CHARGE_STATES)[number], object>;
const yes = (said: boolean, to: 'zh' | 'en') => (said ? { zh: '是', en: 'yes' }[to] : null);
const CODES: ReadonlyMap<string, string> = new Map(Object.entries(USAGE_RECORD_CODES));

export const usageRecordTable: Table<RecordOfSeller> = tableOf([
  text('资源ID', 'Resource ID', ({ resourceId }) => resourceId),
  text('实例ID', 'Instance ID', ({ instanceId }) => instanceId),
  text('商品名称', 'Product', ({ productName }, to) => productName[to]),
  text('话单ID', 'Record ID', ({ meteringSn }) => meteringSn),
  instant('用量开始时间', 'Used from', ({ beginAt }) => beginAt.toISOString()),
  instant('用量结束时间', 'Used to', ({ endAt }) => endAt.toISOString()),
  instant('接收时间', 'Received', ({ receivedAt }) => receivedAt.toISOString()),
  decimal('用量', 'Usage', ({ value }) => value),
  text('状态', 'State', ({ state }, to) => word(RECORD_WORDS, state, to)),
  text('迟报', 'Late', ({ late }, to) => yes(late, to)),
  text('原因', 'Reason', ({ reason }, to) => word(REASON_WORDS, reason, to)),
  decimal('套餐包抵扣', 'From packages', ({ drawn }) => drawn),
  decimal('计费用量', 'Charged usage', ({ charged }) => charged),
  decimal('超出套餐包', 'Beyond the package', ({ refused }) => refused),
  text('扣费ID', 'Charge ID', ({ chargeId }) => chargeId),
  text('请求ID', 'Request ID', ({ requestId }) => requestId),
]);

export const usageRejectionTable: Table<ShownRejection> = tableOf([
  instant('接收时间', 'Received', ({ receivedAt }) => receivedAt.toISOString()),
  text('错误码', 'Code', ({ code }) => code),
  text('说明', 'Meaning', ({ code }) => CODES.get(code) ?? null),
  text('实例ID', 'Instance ID', ({ instanceId }) => instanceId),
  text('话单ID', 'Record ID', ({ meteringSn }) => meteringSn),
  text('原始话单', 'As it was pushed', ({ record }) => record),
  text('请求ID', 'Request ID', ({ requestId }) => requestId),
]);

export const usageChargeTable: Table<Charge> = tableOf([
  text('扣费ID', 'Charge ID', ({ chargeId }) => chargeId),
  text('资源ID', 'Resource ID', ({ resourceId }) => resourceId),
  text('订单号', 'Order number', ({ orderId }) => orderId),
  instant('扣费时间', 'Charged', ({ billedAt }) => billedAt.toISOString()),
  instant('用量开始时间', 'Used from', ({ from }) => from.toISOString()),
  instant('用量结束时间', 'Used to', ({ to }) => to.toISOString()),
  decimal('话单数', 'Records', ({ records }) => String(records)),
  decimal('用量', 'Usage', ({ used }) => used),
  decimal('套餐包抵扣', 'From packages', ({ drawn }) => drawn),
  decimal('计费用量', 'Charged usage', ({ charged }) => charged),
  decimal('超出套餐包', 'Beyond the package', ({ refused }) => refused),
  text('币种', 'Currency', ({ currency }) => currency),
  decimal('费用', 'Cost', ({ amount }) => amount),
  text('状态', 'State', ({ state }, to) => word(CHARGE_WORDS, state, to)),
  instant('支付时间', 'Paid', ({ paidAt }) => paidAt?.toISOString() ?? null),
  text('冲正原因', 'Reversed because', ({ reversalReason }) => reversalReason),
]);

interface PageAsked {
  readonly cursor: string | undefined;
  readonly limit: number;
}

export async function usageRecords(
  executor: Executor,
  { scope, filter }: { readonly scope: Scope; readonly filter: z.infer<typeof usageRecordFilter> },
  { cursor, limit }: PageAsked,
) {
  const found = await recordsOfScope(executor, {
    ...{ scope, only: filter.only, limit: limit + 1 },
    from: filter.from === undefined ? undefined : new Date(filter.from),
    to: filter.to === undefined ? undefined : new Date(filter.to),
    before: cursor ? decodeCursor(cursor) : null,
  });
  return toPage(found, limit, ({ beginAt, recordId }) => ({ at: beginAt, id: recordId }));
}

export async function usageRejections(
  executor: Executor,
  { scope, filter }: { readonly scope: Scope; readonly filter: z.infer<typeof usageRejectionFilter> },
  { cursor, limit }: PageAsked,
) {
  if (scope.kind !== 'seller') return { items: [], nextCursor: null };
  const beforeId = cursor === undefined ? null : Number(cursor);
  const { sellerId } = scope;
  const items = await rejectionsOf(executor, { sellerId, requestId: filter.requestId, beforeId, limit });
  const last = items.at(-1);
  return { items, nextCursor: items.length === limit && last ? String(last.rejectionId) : null };
}

export async function usageCharges(
  executor: Executor,
  { scope, filter }: { readonly scope: Scope; readonly filter: z.infer<typeof usageChargeFilter> },
  { cursor, limit }: PageAsked,
) {
  const before = cursor ? decodeCursor(cursor) : null;
  const found = await chargesOf(executor, { scope, resourceId: filter.resourceId, before, limit: limit + 1 });
  return toPage(found, limit, ({ billedAt, chargeId }) => ({ at: billedAt, id: chargeId }));
}
