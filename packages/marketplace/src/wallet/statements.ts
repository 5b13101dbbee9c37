/**
 * A buyer's credit month by month (S2-3): a statement is issued when its month is over, and counts as repaid when
 * nothing of it is owed; only then the orders that were bought in it count as paid.
 */
import type { Decimal } from 'decimal.js';
import { lockBalances, monthOf, monthSpan, postWithBalance, receivableAccount } from '../ledger/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import { currencyOf, decimal, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { daysLater, SITES } from '../platform/site.ts';
import { addTask, type TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import {
  addEntries,
  charge,
  chargedIn,
  creditLineOf,
  lockStatement,
  type StatedEntry,
  type Statement,
  type StatementKey,
  saveStatement,
  type Wallet,
} from './statement-store.ts';

/** without a limit of its own: of a buyer who has credit coupons only */
const DEFAULT_TERM_DAYS = 15;
/** of one event */
const MOST_REFERENCES = 500;

const zoneOf = (platform: Platform): string => SITES[platform.config.site].timeZone;
export const monthNow = (platform: Platform, now: Date): string => monthOf(now, zoneOf(platform));

/** Purchases on credit stand on the statements of their months; of one buyer or of many. */
export async function chargeTo(platform: Platform, tx: Tx, entries: readonly StatedEntry[], now: Date): Promise<void> {
  if (entries.length === 0) return;
  const months = new Map<string, { readonly key: StatementKey; limit: Decimal; coupon: Decimal }>();
  for (const { buyerId, currency, month, instrument, amount } of entries) {
    const name = subjectOf({ buyerId, currency, month });
    const none = { key: { buyerId, currency, month }, limit: decimal('0'), coupon: decimal('0') };
    const sums = months.get(name) ?? none;
    const which = instrument === 'CREDIT_COUPON' ? 'coupon' : 'limit';
    months.set(name, { ...sums, [which]: sums[which].plus(amount) });
  }
  const charges = [...months.values()].map(({ key, limit, coupon }) => {
    return { ...key, limit: limit.toFixed(2), coupon: coupon.toFixed(2) };
  });
  const first = await charge(tx, charges);
  await addEntries(tx, entries);
  for (const key of first) {
    const { until } = monthSpan(key.month, zoneOf(platform));
    const task = { id: uuid(platform.random), kind: ISSUE_STATEMENT, subject: subjectOf(key), dueAt: until };
    await addTask(tx, { ...task, traceId: traceId(platform.random) }, now);
  }
}
const subjectOf = ({ buyerId, currency, month }: StatementKey): string => `${buyerId} ${currency} ${month}`;

export const ISSUE_STATEMENT = 'wallet.issue-statement';
/** Task: the month is over. One of which nothing is owed is repaid at once. */
export const issueStatement =
  (platform: Platform): TaskHandler =>
  async (tx, { subject, trace_id }, now) => {
    const [buyerId = '', currency = '', month = ''] = subject.split(' ');
    const wallet: Wallet = { buyerId, currency: currencyOf(currency) };
    const statement = await lockStatement(tx, { ...wallet, month });
    if (statement?.state !== 'OPEN') return 'resolved';
    const days = (await creditLineOf(tx, wallet))?.termDays ?? DEFAULT_TERM_DAYS;
    const dueAt = daysLater(now, days, zoneOf(platform));
    const issued = await settled(platform, tx, { ...statement, state: 'ISSUED', issuedAt: now, dueAt }, trace_id, now);
    if (issued.state !== 'ISSUED') return 'done';
    await platform.events.publish(tx, [statementEvent('wallet.statement-issued', issued, trace_id, {})], now);
    for (const remindAt of [daysLater(dueAt, -REMIND_DAYS, zoneOf(platform)), new Date(dueAt.getTime() + 1)]) {
      if (remindAt <= now) continue;
      const task = { id: uuid(platform.random), kind: STATEMENT_DUE, subject, dueAt: remindAt, traceId: trace_id };
      await addTask(tx, task, now);
    }
    return 'done';
  };

/** the buyer is reminded so long before a statement is due [chosen: no page says it] */
const REMIND_DAYS = 3;
export const STATEMENT_DUE = 'wallet.statement-due';
/** Task: a statement that is still not repaid, some days before it is due and the moment after. */
export const statementDueTask =
  (platform: Platform): TaskHandler =>
  async (tx, { subject, trace_id }, now) => {
    const [buyerId = '', currency = '', month = ''] = subject.split(' ');
    const statement = await lockStatement(tx, { buyerId, currency: currencyOf(currency), month });
    if (statement?.state !== 'ISSUED' || statement.dueAt === null) return 'resolved';
    const daysLeft = now > statement.dueAt ? -1 : REMIND_DAYS;
    await platform.events.publish(tx, [statementEvent('wallet.statement-due', statement, trace_id, { daysLeft })], now);
    return 'done';
  };

/** Saves a statement whose debt has changed; tells when it is repaid. */
async function settled(platform: Platform, tx: Tx, statement: Statement, trace: string, now: Date): Promise<Statement> {
  const repaid = statement.state === 'ISSUED' && owedOf(statement).isZero();
  const saved: Statement = repaid ? { ...statement, state: 'REPAID', repaidAt: now } : statement;
  await saveStatement(tx, saved);
  if (!repaid) return saved;
  const charged = await chargedIn(tx, statement);
  const events: NewEvent[] = [];
  for (let from = 0; from < charged.length; from += MOST_REFERENCES)
    events.push(
      statementEvent('wallet.month-repaid', saved, trace, { charged: charged.slice(from, from + MOST_REFERENCES) }),
    );
  await platform.events.publish(tx, events, now);
  return saved;
}

export const owedOf = ({ limitOwed, couponOwed }: Statement): Decimal => decimal(limitOwed).plus(couponOwed);

const statementEvent = (
  type: string,
  { buyerId, currency, month, dueAt, ...statement }: Statement,
  trace: string,
  more: Readonly<Record<string, unknown>>,
): NewEvent => ({
  type,
  aggregate: `credit:${buyerId}:${month}`,
  payload: {
    ...{ buyerId, month, dueAt: dueAt?.toISOString() ?? null },
    ...{ owed: { amount: owedOf({ buyerId, currency, month, dueAt, ...statement }).toFixed(2), currency } },
    ...more,
  },
  traceId: trace,
});

export interface Repay extends StatementKey {
  /** with two decimals; at most what is owed */
  readonly amount: string;
}
/**
 * The buyer repays a month, or a part of it, from the balance; also one that is not over. Refuses NOT_FOUND,
 * NOTHING_OWED, INVALID_AMOUNT, INSUFFICIENT_BALANCE.
 */
export async function repay(platform: Platform, tx: Tx, asked: Repay, now: Date): Promise<Result<Statement>> {
  await lockBalances(tx, [asked]);
  const statement = await lockStatement(tx, asked);
  if (!statement) return refuse('NOT_FOUND', 'nothing was bought on credit in this month');
  const [owed, amount] = [owedOf(statement), decimal(asked.amount)];
  if (owed.isZero()) return refuse('NOTHING_OWED', 'nothing is owed of this month');
  if (amount.lessThanOrEqualTo(0) || amount.greaterThan(owed))
    return refuse('INVALID_AMOUNT', 'a repayment is above zero and at most what is owed', { owed: owed.toFixed(2) });
  const trace = traceId(platform.random);
  const reference = uuid(platform.random);
  const value = money(amount.toFixed(2), asked.currency);
  const entry = { entryId: reference, kind: 'REPAYMENT', reference, traceId: trace, buyerId: asked.buyerId } as const;
  const postings = [{ account: receivableAccount(asked.buyerId), credit: value }];
  const posted = await postWithBalance(tx, { ...entry, postings, balance: { debit: value } }, now);
  if (posted === 'short') return refuse('INSUFFICIENT_BALANCE', 'the balance is short', { amount: value.amount });
  const { buyerId, currency, month } = asked;
  const line = { at: now, kind: 'REPAYMENT', instrument: null, subject: 'BUYER', reference } as const;
  await addEntries(tx, [{ ...{ buyerId, currency, month }, ...line, amount: value.amount }]);
  return ok(await settled(platform, tx, lessOwed(statement, amount), trace, now));
}

/** What was bought by the limit is repaid first, so that it can be used again. */
function lessOwed(statement: Statement, amount: Decimal): Statement {
  const ofLimit = amount.lessThan(statement.limitOwed) ? amount : decimal(statement.limitOwed);
  return {
    ...statement,
    limitOwed: decimal(statement.limitOwed).minus(ofLimit).toFixed(2),
    couponOwed: decimal(statement.couponOwed).minus(amount.minus(ofLimit)).toFixed(2),
  };
}

/**
 * A refund of something bought on credit: what is still owed of the month gets less by it.
 * @returns how much of it was owed; the rest was repaid before and goes to the balance
 */
export async function refundTo(
  platform: Platform,
  tx: Tx,
  key: StatementKey,
  refund: {
    readonly coupon: boolean;
    readonly amount: Decimal;
    readonly reference: string;
    readonly traceId: string;
  },
  now: Date,
): Promise<Decimal> {
  const statement = await lockStatement(tx, key);
  if (!statement) throw new Error(`there is no statement ${key.buyerId} ${key.month}`);
  const owed = decimal(refund.coupon ? statement.couponOwed : statement.limitOwed);
  const amount = refund.amount.lessThan(owed) ? refund.amount : owed;
  if (amount.isZero()) return amount;
  const instrument = refund.coupon ? 'CREDIT_COUPON' : 'CREDIT';
  const { reference } = refund;
  const entry = { at: now, kind: 'REFUND', instrument, subject: 'ORDER', reference } as const;
  await addEntries(tx, [{ ...key, ...entry, amount: amount.toFixed(2) }]);
  const left = owed.minus(amount).toFixed(2);
  const less = refund.coupon ? { couponOwed: left } : { limitOwed: left };
  await settled(platform, tx, { ...statement, ...less }, refund.traceId, now);
  return amount;
}
