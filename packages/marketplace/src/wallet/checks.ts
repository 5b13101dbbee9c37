/** What must hold between the instruments and the books: each has exactly what its account has. */
import { receivableAccount, sumsOf, unspentAccount } from '../ledger/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { decimal } from '../platform/money.ts';
import { type PurseKind, RULES } from './kinds.ts';

/** @returns sentences about what does not hold */
export async function walletFaults(executor: Executor): Promise<string[]> {
  const [coupons, cards, owed] = await Promise.all([
    sumsOf(executor, 'coupon:unspent'),
    sumsOf(executor, 'card:unspent'),
    sumsOf(executor, 'buyer:receivable'),
  ]);
  const { rows: purses } = await sql<{ purse_id: string; kind: PurseKind; left_over: string }>`
    SELECT purse_id, kind, left_over::text FROM wallet.purses`.execute(executor);
  const { rows: debts } = await sql<{ buyer_id: string; owed: string; counted: string }>`
    SELECT s.buyer_id, sum(s.limit_owed + s.coupon_owed)::text AS owed,
      (SELECT coalesce(sum(CASE e.kind WHEN 'CHARGE' THEN e.amount ELSE -e.amount END), 0)::text FROM wallet.statement_entries e WHERE e.buyer_id = s.buyer_id) AS counted
    FROM wallet.statements s GROUP BY s.buyer_id`.execute(executor);
  const left = purses.flatMap(({ purse_id, kind, left_over }) => {
    const { holds } = RULES[kind];
    if (holds === null) return [];
    const account = unspentAccount(holds, purse_id);
    const booked = (holds === 'card' ? cards : coupons).get(account) ?? '0';
    return decimal(booked).equals(left_over) ? [] : [`${account} has ${booked}, its ${holds} has ${left_over}`];
  });
  return [
    ...left,
    ...debts.flatMap(({ buyer_id, owed: stands, counted }) => {
      const booked = decimal(owed.get(receivableAccount(buyer_id)) ?? '0').negated();
      return booked.equals(stands) && decimal(counted).equals(stands)
        ? []
        : [`buyer ${buyer_id} owes ${stands}, entries say ${counted}, the books ${booked.toFixed()}`];
    }),
  ];
}
