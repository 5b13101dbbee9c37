/**
 * The timeline of an order or an instance: events, calls to the seller and money of exactly the lines that the reader
 * may see, in order, each entry pointing to its evidence. The trace finds them; the order and its lines decide.
 */
import type { z } from 'zod';
import { type Principal, scopeOf } from '../../directory/index.ts';
import { type AttemptSummary, attemptsOfTrace } from '../../fulfilment/index.ts';
import { entriesOfTrace, type LedgerLine } from '../../ledger/index.ts';
import type { Order } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { type DomainEvent, eventsOfTrace } from '../../platform/events.ts';
import { type Money, sum } from '../../platform/money.ts';
import type { timelineEntry } from './schemas.ts';

type Entry = z.infer<typeof timelineEntry>;

/**
 * @param order with the lines that the reader may see, and no others
 * @param withCalls whoever may see seller calls gets all of them with a link; everyone else the steps of the delivery
 */
export async function timelineOf(executor: Executor, order: Order, withCalls: boolean): Promise<Entry[]> {
  const lines = new Set(order.lines.map((line) => line.orderLineId));
  const events = await eventsOfTrace(executor, order.traceId);
  const attempts = await attemptsOfTrace(executor, order.traceId);
  const money = await entriesOfTrace(executor, order.traceId);
  return [
    ...events.filter((event) => concerns(event, order, lines)).flatMap(fromEvent),
    ...attempts
      .filter((attempt) => lines.has(attempt.orderLineId) && (withCalls || attempt.occasion === 'create'))
      .map((attempt) => fromAttempt(attempt, withCalls)),
    ...money.flatMap((entry) => fromMoney(entry, order, lines)),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Who sees orders need not see the calls to sellers (SF, SS, OF, buyers). */
export const seesCalls = (principal: Principal): boolean => scopeOf(principal, 'call.view') !== null;

function concerns(event: DomainEvent, order: Order, lines: ReadonlySet<string>): boolean {
  const { orderLineId } = event.payload;
  return event.aggregate === `order:${order.orderId}` && (typeof orderLineId !== 'string' || lines.has(orderLineId));
}

const WORDS: Readonly<Record<string, { kind: Entry['kind']; outcome: Entry['outcome']; zh: string; en: string }>> = {
  'ordering.order-placed': { kind: 'order', outcome: 'info', zh: '提交订单', en: 'Order placed' },
  'ordering.order-paid': { kind: 'order', outcome: 'ok', zh: '订单已支付', en: 'Order paid' },
  'ordering.order-cancelled': { kind: 'order', outcome: 'info', zh: '订单已取消', en: 'Order cancelled' },
  'ordering.order-completed': { kind: 'order', outcome: 'ok', zh: '订单已完成', en: 'Order completed' },
  'ordering.order-refunded': { kind: 'order', outcome: 'failed', zh: '订单已全额退款', en: 'Order refunded in full' },
  'ordering.line-refunded': { kind: 'order', outcome: 'failed', zh: '订单行已退款', en: 'Order line refunded' },
  'fulfilment.instance-accepted': { kind: 'instance', outcome: 'ok', zh: '商家已受理开通', en: 'The seller accepted' },
  'fulfilment.instance-delivered': { kind: 'instance', outcome: 'ok', zh: '商品已开通', en: 'The product is ready' },
  'fulfilment.line-failed': {
    kind: 'instance',
    outcome: 'failed',
    zh: '商家未能在规定时间内开通',
    en: 'The seller could not deliver in time',
  },
};

function fromEvent(event: DomainEvent): Entry[] {
  const words = WORDS[event.type];
  if (!words) return [];
  const orderId = event.aggregate.replace(/^order:/, '');
  return [
    {
      at: event.occurredAt.toISOString(),
      kind: words.kind,
      title: { zh: words.zh, en: words.en },
      detail: null,
      outcome: words.outcome,
      ref: { kind: 'order', id: orderId },
    },
  ];
}

const ACTIVITY_ZH: Readonly<Record<string, string>> = { newInstance: '创建实例', queryInstance: '查询实例信息' };

function fromAttempt(attempt: AttemptSummary, withCalls: boolean): Entry {
  const outcome = attempt.outcome === 'pending' ? 'waiting' : attempt.outcome === 'failed' ? 'failed' : 'ok';
  const asked = ACTIVITY_ZH[attempt.activity] ?? attempt.activity;
  const result = attempt.resultCode ?? (attempt.httpStatus === null ? 'no answer' : `HTTP ${attempt.httpStatus}`);
  const facts = `${result} · ${attempt.durationMs} ms`;
  return {
    at: attempt.startedAt.toISOString(),
    kind: 'call',
    outcome,
    title: {
      zh: `调用商家：${asked}（第 ${attempt.attempt} 次）`,
      en: `Seller called: ${attempt.activity} (attempt ${attempt.attempt})`,
    },
    detail: { zh: facts.replace('no answer', '无应答'), en: facts },
    ref: withCalls ? { kind: 'call', id: attempt.callId } : null,
  };
}

const MONEY_WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  PAYMENT: { zh: '余额支付', en: 'Paid from the balance' },
  REFUND: { zh: '退款至余额', en: 'Refunded to the balance' },
};

/** A payment is of the whole order: the share of the visible lines is shown. A refund is of one line. */
function fromMoney(entry: LedgerLine, order: Order, lines: ReadonlySet<string>): Entry[] {
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
