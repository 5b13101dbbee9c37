/** What buyers of a simulation pay with besides the balance: it follows from the order's number, so a script stays as it is. */
import { setCredit } from '../../catalog/index.ts';
import { balanceOf } from '../../ledger/index.ts';
import type { Db, Tx } from '../../platform/database/database.ts';
import { decimal, money } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Result } from '../../platform/result.ts';
import { grantCredit, grantPurse, owedOf, repay, statementsOf, usablePurses } from '../../wallet/index.ts';

const COUPONS_END_MS = 20 * 366 * 86_400_000;
const GIVEN = [
  ['COUPON', '500'],
  ['COUPON_UNCOUNTED', '700'],
  ['CREDIT_COUPON', '300'],
  ['CARD', '1000'],
] as const;

/** S2-9: the sellers take credit. */
export async function allowCredit(tx: Tx, goodsIds: readonly string[]): Promise<void> {
  const credit = { coupon: 'ALL', limit: 'ALL' } as const;
  for (const goodsId of goodsIds) done(await setCredit(tx, { goodsId, scope: { kind: 'all' }, credit, buyers: [] }));
}

/** A coupon of each kind, a card, and credit. */
export async function fillWallet(platform: Platform, tx: Tx, buyerId: string): Promise<void> {
  const now = platform.clock.now();
  const limit = { buyerId, limit: money('40000', 'CNY'), termDays: 15, reason: 'simulation', by: 'simulation' };
  done(await grantCredit(tx, limit, now));
  for (const [kind, amount] of GIVEN) {
    const validTo = kind === 'CARD' ? null : new Date(now.getTime() + COUPONS_END_MS);
    const grant = { buyerId, kind, amount: money(amount, 'CNY'), validFrom: now, validTo };
    done(await grantPurse(platform, tx, { ...grant, reason: 'simulation', by: 'simulation' }, now));
  }
}

/** Half of the orders are paid from the balance alone, the others with all coupons and cards, and half of those on credit. */
export async function paymentFor(db: Db, order: { orderId: string; buyerId: string }, now: Date): Promise<object> {
  const kind = order.orderId.charCodeAt(order.orderId.length - 1) % 4;
  if (kind < 2) return { method: 'BALANCE' };
  const purses = await usablePurses(db, { buyerId: order.buyerId, currency: 'CNY', now });
  return { method: kind === 2 ? 'BALANCE' : 'CREDIT', purseIds: purses.map(({ purseId }) => purseId) };
}

/** Repays what is owed, as far as the balance goes, the oldest month first. */
export async function repayAll(platform: Platform, tx: Tx, buyerId: string, now: Date): Promise<void> {
  const wallet = { buyerId, currency: 'CNY' } as const;
  for (const statement of (await statementsOf(tx, wallet)).toReversed()) {
    const balance = decimal((await balanceOf(tx, buyerId, wallet.currency)).amount);
    const owed = owedOf(statement);
    const amount = balance.lessThan(owed) ? balance : owed;
    if (!amount.isZero())
      done(await repay(platform, tx, { ...wallet, month: statement.month, amount: amount.toFixed(2) }, now));
  }
}

function done(result: Result<unknown>): void {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`);
}
