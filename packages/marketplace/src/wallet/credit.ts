/** Credit of a buyer: granted by the operator's finance to enterprises only (B-3), used up to its limit, repaid by months. */
import type { Decimal } from 'decimal.js';
import { buyerFacts } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { decimal, type Money } from '../platform/money.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { type CreditLine, creditLineOf, overdueOf, putCreditLine, type Wallet } from './statement-store.ts';

export interface GrantCredit {
  readonly buyerId: string;
  readonly limit: Money;
  readonly termDays: number;
  readonly reason: string;
  readonly by: string;
}

/** A limit below what is used already is allowed: nothing more is bought until it is repaid. Refuses CREDIT_ENTERPRISE_ONLY. */
export async function grantCredit(tx: Tx, grant: GrantCredit, now: Date): Promise<Result<CreditLine>> {
  const fault = await enterpriseFault(tx, grant.buyerId);
  if (fault) return fault;
  const { currency, amount } = grant.limit;
  return save(tx, { ...grant, currency, limit: amount, state: 'ACTIVE', grantedBy: grant.by, changedAt: now });
}

/** No new purchases on credit; what is owed stays to be repaid. Refuses NOT_FOUND. */
export async function withdrawCredit(
  tx: Tx,
  { reason, by, ...wallet }: Wallet & { readonly reason: string; readonly by: string },
  now: Date,
): Promise<Result<CreditLine>> {
  const line = await creditLineOf(tx, wallet, { lock: true });
  if (!line) return refuse('NOT_FOUND', 'this buyer has no credit');
  return save(tx, { ...line, state: 'WITHDRAWN', reason, grantedBy: by, changedAt: now });
}

async function save(tx: Tx, line: Omit<CreditLine, 'used'>): Promise<Result<CreditLine>> {
  await putCreditLine(tx, line);
  const saved = await creditLineOf(tx, line);
  if (!saved) throw new Error(`credit of ${line.buyerId} was not saved`);
  return ok(saved);
}

/** B-3: credit, also by coupon, is for enterprises. */
export async function enterpriseFault(executor: Executor, buyerId: string): Promise<Result<never> | null> {
  const facts = await buyerFacts(executor, buyerId);
  if (!facts) return refuse('NOT_FOUND', 'there is no such buyer');
  return facts.kind === 'ENTERPRISE'
    ? null
    : refuse('CREDIT_ENTERPRISE_ONLY', 'B-3: only enterprise users pay on credit');
}

/** What may still be bought on credit; never below zero. */
export const availableOf = ({ state, limit, used }: CreditLine): Decimal => {
  const left = decimal(limit).minus(used);
  return state === 'ACTIVE' && left.isPositive() ? left : decimal('0');
};

/** Why so much can not be bought on credit now (B-34). Locks the credit until the transaction ends. */
export async function creditFault(tx: Tx, wallet: Wallet, amount: Decimal, now: Date): Promise<Result<never> | null> {
  const fault = await enterpriseFault(tx, wallet.buyerId);
  if (fault) return fault;
  const line = await creditLineOf(tx, wallet, { lock: true });
  if (line?.state !== 'ACTIVE') return refuse('NO_CREDIT', 'the operator has granted this buyer no credit');
  const month = await overdueOf(tx, wallet, now);
  if (month !== null) return refuse('CREDIT_OVERDUE', `the statement of ${month} is overdue`, { month });
  const available = availableOf(line);
  if (amount.lessThanOrEqualTo(available)) return null;
  return refuse('INSUFFICIENT_CREDIT', 'B-34: the credit is short', {
    available: available.toFixed(2),
    amount: amount.toFixed(2),
    gap: amount.minus(available).toFixed(2),
    currency: wallet.currency,
  });
}
