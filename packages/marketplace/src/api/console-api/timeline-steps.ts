/** Attempts at a seller and movements of money as entries of a timeline. */
import type { z } from 'zod';
import type { AttemptSummary } from '../../fulfilment/index.ts';
import type { LedgerLine } from '../../ledger/index.ts';
import type { Order } from '../../ordering/index.ts';
import { type Money, sum } from '../../platform/money.ts';
import type { timelineEntry } from './order-schemas.ts';

type Entry = z.infer<typeof timelineEntry>;

/** The activities of both protocols as sellers know them (S-27). */
export const ACTIVITY_ZH: Readonly<Record<string, string>> = {
  newInstance: '新购',
  queryInstance: '查询实例信息',
  refreshInstance: '续费',
  updateInstanceStatus: '冻结/解冻',
  instanceStatus: '资源状态变更',
  expireInstance: '过期',
  releaseInstance: '资源释放',
  upgradeInstance: '升级',
  upgrade: '升级',
  changeInstanceCheck: '变更校验',
  getLicense: '获取许可',
  getLicenseAsync: '申请许可',
  refreshLicense: '续费',
  expireLicense: '过期',
  releaseLicense: '资源释放',
  refreshLicenseCode: '续费',
  updateLicenseCodeStatus: '冻结/解冻',
  releaseLicenseCode: '资源释放',
  orderNotify: '订单通知',
};

/** A step of a delivery, renewal, change, freeze or release; not a look, a check or a comparison. */
export const isStep = ({ occasion, activity }: AttemptSummary): boolean =>
  /^(create$|line:|status:|licence:|release$)/.test(occasion) && activity !== 'orderNotify';

/** @param withCalls with the seller's own words and the way to the call */
export function fromAttempt(attempt: AttemptSummary, withCalls: boolean): Entry {
  const outcome = attempt.outcome === 'pending' ? 'waiting' : attempt.outcome === 'failed' ? 'failed' : 'ok';
  const asked = ACTIVITY_ZH[attempt.activity] ?? attempt.activity;
  const result = attempt.resultCode ?? (attempt.httpStatus === null ? 'no answer' : `HTTP ${attempt.httpStatus}`);
  const words = withCalls && attempt.resultMsg ? ` ${attempt.resultMsg}` : '';
  const facts = ` · ${attempt.durationMs} ms`;
  return {
    at: attempt.startedAt.toISOString(),
    kind: 'call',
    outcome,
    title: {
      zh: `调用商家：${asked}（第 ${attempt.attempt} 次）`,
      en: `Seller called: ${attempt.activity} (attempt ${attempt.attempt})`,
    },
    detail: { zh: `${result === 'no answer' ? '无应答' : result}${words}${facts}`, en: `${result}${words}${facts}` },
    ref: withCalls ? { kind: 'call', id: attempt.callId } : null,
  };
}

const MONEY_WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  PAYMENT: { zh: '余额支付', en: 'Paid from the balance' },
  REFUND: { zh: '退款至余额', en: 'Refunded to the balance' },
};

/** A payment is of the whole order: the share of the visible lines is shown. A refund is of one line. */
export function fromMoney(entry: LedgerLine, order: Order, lines: ReadonlySet<string>): Entry[] {
  const amount: Money | null =
    entry.reference === order.orderId
      ? sum(
          order.lines.map((line) => line.amount),
          entry.amount.currency,
        )
      : lines.has(entry.reference)
        ? entry.amount
        : null;
  if (amount === null) return [];
  const text = `${amount.amount} ${amount.currency}`;
  return [
    {
      at: entry.at.toISOString(),
      kind: 'money',
      outcome: entry.kind === 'REFUND' ? 'info' : 'ok',
      title: MONEY_WORDS[entry.kind] ?? { zh: entry.kind, en: entry.kind },
      detail: { zh: text, en: text },
      ref: { kind: 'ledger', id: entry.entryId },
    },
  ];
}
