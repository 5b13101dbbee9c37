/**
 * Pay-per-use is charged to the balance, then to credit. The seller's credit switch is not asked: to publish a
 * pay-per-use specification is to consent to credit (S2-9).
 */
import {
  isPosted,
  lockBalances,
  PREPAID,
  payAllFromBalances,
  postWithBalance,
  receivableAccount,
} from '../ledger/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { decimal, type Money, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Refusal, type Result, refuse } from '../platform/result.ts';
import { creditFault } from './credit.ts';
import { giveToInstruments } from './giving-back.ts';
import { chargesFor } from './statement-store.ts';
import { chargeTo, monthNow } from './statements.ts';

export interface ChargeUsage {
  readonly buyerId: string;
  /** what is charged, e.g. the id of a rated record: charged once */
  readonly reference: string;
  /** above zero, two decimals at most */
  readonly amount: Money;
  readonly traceId: string;
}
export interface Charged {
  readonly fromBalance: Money;
  readonly onCredit: Money;
  /** of credit: the month that it is repaid with; `wallet.month-repaid` tells when (S2-3); null = nothing was on credit */
  readonly month: string | null;
  /** this reference was charged before; nothing was taken now */
  readonly repeated: boolean;
}

/**
 * Charges what balances have whole, with one statement for all of it: of each buyer as many, in their order, as come before the
 * first that the balance does not have. The balances of all of them are locked, in one order: two that charge the same buyers
 * would wait for each other for ever.
 * @returns the references that were charged; {@link chargeUsage} is for the others
 * @throws Error when one of them was charged before: nothing may be committed
 */
export async function chargeUsageToBalances(
  platform: Platform,
  tx: Tx,
  charges: readonly ChargeUsage[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const walletOf = (buyerId: string, currency: string): string => `${buyerId} ${currency}`;
  const locked = await lockBalances(
    tx,
    charges.map(({ buyerId, amount: { currency } }) => ({ buyerId, currency })),
  );
  const left = new Map(
    locked.map(({ buyerId, amount }) => [walletOf(buyerId, amount.currency), decimal(amount.amount)] as const),
  );
  const whole = charges.filter(({ buyerId, amount }) => {
    const wallet = walletOf(buyerId, amount.currency);
    const rest = left.get(wallet)?.minus(amount.amount);
    const isWhole = rest !== undefined && !rest.isNegative() && decimal(amount.amount).greaterThan(0);
    if (isWhole) left.set(wallet, rest);
    else left.delete(wallet);
    return isWhole;
  });
  const payments = whole.map(({ buyerId, reference, amount, traceId }) => ({
    ...{ entryId: uuid(platform.random), kind: 'USAGE' as const, reference, traceId },
    ...{ buyerId, credit: PREPAID, amount },
  }));
  await payAllFromBalances(tx, payments, now);
  return new Set(whole.map(({ reference }) => reference));
}

/**
 * Takes what the balance has, the rest on credit; all or nothing. Refuses INSUFFICIENT_FUNDS with the gap: the buyer is
 * in arrears.
 */
export async function chargeUsage(
  platform: Platform,
  tx: Tx,
  { buyerId, reference, amount, traceId }: ChargeUsage,
  now: Date,
): Promise<Result<Charged>> {
  const { currency } = amount;
  const total = decimal(amount.amount);
  const [locked] = await lockBalances(tx, [{ buyerId, currency }]);
  if (await isPosted(tx, 'USAGE', reference)) return ok(await chargedBefore(tx, reference, amount));
  const balance = decimal(locked?.amount.amount ?? '0');
  const taken = balance.lessThan(total) ? balance : total;
  const owed = total.minus(taken);
  const month = monthNow(platform, now);
  if (!owed.isZero()) {
    const fault = await creditFault(tx, { buyerId, currency }, owed, now);
    if (fault && !fault.ok) return shortOf(taken.toFixed(2), owed.toFixed(2), currency, fault.refusal);
    const entry = { at: now, kind: 'CHARGE', instrument: 'CREDIT', subject: 'USAGE', reference } as const;
    await chargeTo(platform, tx, [{ buyerId, currency, month, ...entry, amount: owed.toFixed(2) }], now);
  }
  const postings = [
    { account: receivableAccount(buyerId), debit: money(owed, currency) },
    { account: PREPAID, credit: amount },
  ];
  const entry = { entryId: uuid(platform.random), kind: 'USAGE', reference, traceId, buyerId } as const;
  const posted = await postWithBalance(tx, { ...entry, postings, balance: { debit: money(taken, currency) } }, now);
  if (posted !== 'posted') throw new Error(`usage ${reference} was ${posted}, though all was looked at under lock`);
  return ok({
    fromBalance: money(taken, currency),
    onCredit: money(owed, currency),
    month: owed.isZero() ? null : month,
    repeated: false,
  });
}

/**
 * Usage that was charged in error comes back whole to where it was taken from: what is still owed on credit is owed no
 * more, the rest goes to the balance.
 * @throws Error when it was given back before: nothing may be committed
 */
export async function giveUsageBack(
  platform: Platform,
  tx: Tx,
  { buyerId, reference, amount, traceId }: ChargeUsage,
  now: Date,
): Promise<void> {
  const { fromBalance, onCredit, month } = await chargedBefore(tx, reference, amount);
  const part = (instrument: 'BALANCE' | 'CREDIT', taken: Money, repaidWith: string | null) =>
    decimal(taken.amount).isZero()
      ? []
      : [{ instrument, purseId: null, amount: taken.amount, month: repaidWith, given: '0' }];
  const back = [...part('BALANCE', fromBalance, null), ...part('CREDIT', onCredit, month)];
  const refund = { buyerId, currency: amount.currency, reference: `usage:${reference}`, traceId, back };
  await giveToInstruments(platform, tx, refund, now);
}

const shortOf = (balance: string, gap: string, currency: string, { code, message }: Refusal): Result<never> =>
  refuse('INSUFFICIENT_FUNDS', `the balance is short, and credit: ${message}`, {
    ...{ balance, gap, currency, credit: code },
  });

async function chargedBefore(tx: Tx, reference: string, { amount, currency }: Money): Promise<Charged> {
  const charges = await chargesFor(tx, reference);
  const owed = charges.reduce((sum, each) => sum.plus(each.amount), decimal('0'));
  return {
    fromBalance: money(decimal(amount).minus(owed), currency),
    onCredit: money(owed, currency),
    month: charges[0]?.month ?? null,
    repeated: true,
  };
}
