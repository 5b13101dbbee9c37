/**
 * Online payments: started by the buyer, ended by the gateway's notice, once. Money that arrives is on the balance first,
 * whatever it was for: an order that was cancelled meanwhile leaves it there.
 */
import { BANK, credit } from '../../ledger/index.ts';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { type Currency, currencyOf, decimal, type Money, money } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { traceId, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Notice } from './gateway.ts';

export interface OnlinePayment {
  readonly paymentId: string;
  readonly buyerId: string;
  readonly currency: Currency;
  readonly amount: string;
  /** what it is for; null = the balance */
  readonly orderId: string | null;
  /** coupons and cards that pay the order first */
  readonly purseIds: readonly string[];
  readonly state: 'STARTED' | 'PAID' | 'FAILED';
  /** of an order: `PAID`, or the code of why the money stays on the balance */
  readonly outcome: string | null;
  readonly traceId: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}
interface PaymentRow extends Omit<OnlinePayment, 'currency'> {
  readonly currency: string;
}
const toPayment = (row: PaymentRow): OnlinePayment => ({ ...row, currency: currencyOf(row.currency) });
const COLUMNS = sql`payment_id AS "paymentId", buyer_id AS "buyerId", currency, amount::text, order_id AS "orderId", purse_ids AS "purseIds", state, outcome,
  trace_id AS "traceId", created_at AS "createdAt", finished_at AS "finishedAt"`;

/** Refuses INVALID_AMOUNT. */
export async function startPayment(
  platform: Platform,
  tx: Tx,
  asked: Pick<OnlinePayment, 'buyerId' | 'orderId' | 'purseIds'> & { readonly amount: Money },
  now: Date,
): Promise<Result<OnlinePayment>> {
  const value = decimal(asked.amount.amount);
  if (value.lessThanOrEqualTo(0) || value.decimalPlaces() > 2)
    return refuse('INVALID_AMOUNT', 'an amount is above zero, with two decimals at most');
  const payment: OnlinePayment = {
    ...{ paymentId: uuid(platform.random), buyerId: asked.buyerId, currency: asked.amount.currency },
    ...{ amount: value.toFixed(2), orderId: asked.orderId, purseIds: asked.purseIds, state: 'STARTED', outcome: null },
    ...{ traceId: traceId(platform.random), createdAt: now, finishedAt: null },
  };
  await sql`
    INSERT INTO wallet.online_payments (payment_id, buyer_id, currency, amount, order_id, purse_ids, trace_id, created_at)
    VALUES (${payment.paymentId}, ${payment.buyerId}, ${payment.currency}, ${payment.amount}, ${payment.orderId}, ${[...payment.purseIds]}::text[], ${payment.traceId}, ${now})`.execute(
    tx,
  );
  return ok(payment);
}

export async function paymentById(
  executor: Executor,
  paymentId: string,
  options: { readonly lock?: true } = {},
): Promise<OnlinePayment | null> {
  const { rows } = await sql<PaymentRow>`
    SELECT ${COLUMNS} FROM wallet.online_payments WHERE payment_id = ${paymentId} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  const [row] = rows;
  return row ? toPayment(row) : null;
}

/** Newest first. */
export async function paymentsOf(executor: Executor, buyerId: string, limit: number): Promise<OnlinePayment[]> {
  const { rows } = await sql<PaymentRow>`
    SELECT ${COLUMNS} FROM wallet.online_payments WHERE buyer_id = ${buyerId} ORDER BY created_at DESC, payment_id DESC LIMIT ${limit}`.execute(
    executor,
  );
  return rows.map(toPayment);
}

/**
 * The gateway's notice. One that comes again changes nothing; money that arrives after a failure counts all the same.
 * Refuses NOT_FOUND, AMOUNT_DIFFERS.
 * @returns `fresh` = the money arrived now
 */
export async function takeNotice(
  platform: Platform,
  tx: Tx,
  notice: Notice,
  now: Date,
): Promise<Result<{ readonly payment: OnlinePayment; readonly fresh: boolean }>> {
  const payment = await paymentById(tx, notice.paymentId, { lock: true });
  if (!payment) return refuse('NOT_FOUND', 'there is no such payment');
  if (payment.state === 'PAID' || payment.state === notice.outcome) return ok({ payment, fresh: false });
  if (payment.currency !== notice.currency || !decimal(payment.amount).equals(notice.amount))
    return refuse('AMOUNT_DIFFERS', 'the notice names another amount than was asked for', { amount: payment.amount });
  const { paymentId, buyerId, currency, amount } = payment;
  await sql`
    UPDATE wallet.online_payments SET state = ${notice.outcome}, gateway_reference = ${notice.gatewayReference}, finished_at = ${now} WHERE payment_id = ${paymentId}`.execute(
    tx,
  );
  const finished: OnlinePayment = { ...payment, state: notice.outcome, finishedAt: now };
  if (notice.outcome === 'FAILED') return ok({ payment: finished, fresh: false });
  const movement = { entryId: uuid(platform.random), kind: 'TOP_UP', reference: paymentId, debit: BANK } as const;
  await credit(tx, buyerId, { ...movement, amount: money(amount, currency), traceId: payment.traceId }, now);
  return ok({ payment: finished, fresh: true });
}

/** What became of the order that it was for. */
export async function noteOutcome(tx: Tx, paymentId: string, outcome: string): Promise<void> {
  await sql`UPDATE wallet.online_payments SET outcome = ${outcome} WHERE payment_id = ${paymentId}`.execute(tx);
}
