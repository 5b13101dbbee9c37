/**
 * An order is paid with several instruments, or on credit (B-32, B-33): all is checked under lock before anything is
 * written, then instruments, statement and ledger move together. A balance alone is paid by the ledger in one statement.
 */
import type { Decimal } from 'decimal.js';
import {
  type BalancePayment,
  COUPONS,
  lockBalances,
  type Posting,
  PREPAID,
  postAllWithBalances,
  receivableAccount,
  unspentAccount,
} from '../ledger/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { type Currency, decimal, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { creditFault } from './credit.ts';
import { type RestKind, RULES } from './kinds.ts';
import { type LinePart, type Part, planPayment, spread } from './payment-rules.ts';
import { isUsable, lockPurses, type StoredPurse, takeFromPurses } from './purse-store.ts';
import type { StatedEntry } from './statement-store.ts';
import { chargeTo, monthNow } from './statements.ts';

export interface PayWith {
  readonly buyerId: string;
  readonly currency: Currency;
  /** the order's id: a payment is posted once */
  readonly reference: string;
  readonly traceId: string;
  /** what each line costs */
  readonly lines: readonly Decimal[];
  /** coupons and cards that are to be used, in any order */
  readonly purseIds: readonly string[];
  readonly rest: RestKind;
  /** S2-9: why the seller does not take this credit; asked only where it would be used */
  creditRefused(kind: 'coupon' | 'limit'): Promise<Result<never> | null>;
}

/**
 * Refuses PURSE_NOT_USABLE, what `creditRefused` and `creditFault` say, INSUFFICIENT_BALANCE with the gap (B-34).
 * @returns for each line what pays it
 * @throws Error when this reference was paid before: nothing may be committed
 */
export async function payWith(platform: Platform, tx: Tx, asked: PayWith, now: Date): Promise<Result<LinePart[][]>> {
  // the balance first, whatever pays: all that moves of a buyer's wallet follows one after the other
  const [balance] = await lockBalances(tx, [asked]);
  const purses = await lockPurses(tx, asked.purseIds);
  const unusable = purseFault(asked, purses, now);
  if (unusable) return unusable;
  const total = asked.lines.reduce((sum, each) => sum.plus(each), decimal('0'));
  const parts = planPayment(total, purses, asked.rest);
  const fault =
    (await creditFaultOf(tx, asked, parts, now)) ?? balanceFault(parts, balance?.amount.amount ?? '0.00', asked);
  if (fault) return fault;
  const month = monthNow(platform, now);
  await takeParts(platform, tx, [{ ...asked, parts }], now);
  return ok(spread(parts, asked.lines, month));
}

function purseFault(
  { purseIds, buyerId, currency }: PayWith,
  purses: readonly StoredPurse[],
  now: Date,
): Result<never> | null {
  const usable = new Set(
    purses
      .filter((each) => each.buyerId === buyerId && each.currency === currency && isUsable(each, now))
      .map(({ purseId }) => purseId),
  );
  const purseId = purseIds.find((id) => !usable.has(id));
  return purseId === undefined
    ? null
    : refuse('PURSE_NOT_USABLE', 'this coupon or card can not be used (any more)', { purseId });
}

async function creditFaultOf(tx: Tx, asked: PayWith, parts: readonly Part[], now: Date): Promise<Result<never> | null> {
  const limit = parts.find(({ instrument }) => instrument === 'CREDIT');
  const coupon = parts.some(({ instrument }) => instrument === 'CREDIT_COUPON');
  const refused =
    (coupon ? await asked.creditRefused('coupon') : null) ?? (limit ? await asked.creditRefused('limit') : null);
  return refused ?? (limit ? creditFault(tx, asked, decimal(limit.amount), now) : null);
}

const ofBalance = (parts: readonly Part[]): string =>
  parts.find(({ instrument }) => instrument === 'BALANCE' || instrument === 'ONLINE')?.amount ?? '0.00';

function balanceFault(parts: readonly Part[], balance: string, { currency }: PayWith): Result<never> | null {
  const amount = decimal(ofBalance(parts));
  const gap = amount.minus(balance);
  if (gap.lessThanOrEqualTo(0)) return null;
  return refuse('INSUFFICIENT_BALANCE', 'the balance is short', {
    ...{ balance, amount: amount.toFixed(2), gap: gap.toFixed(2), currency },
  });
}

/** What pays one order: of whom, and with what. */
export interface Composed extends Pick<PayWith, 'buyerId' | 'currency' | 'reference' | 'traceId'> {
  readonly parts: readonly Part[];
}

/**
 * Takes what was found to be there under lock: from purses, on statements, from balances, in the books; each with one
 * statement, however many pay.
 * @throws Error when something is short or was paid before: nothing may be committed
 */
export async function takeParts(platform: Platform, tx: Tx, payments: readonly Composed[], now: Date): Promise<void> {
  const month = monthNow(platform, now);
  const taken = new Map<string, Decimal>();
  for (const { purseId, amount } of payments.flatMap(({ parts }) => parts))
    if (purseId !== null) taken.set(purseId, (taken.get(purseId) ?? decimal('0')).plus(amount));
  await takeFromPurses(tx, new Map([...taken].map(([purseId, amount]) => [purseId, amount.toFixed(2)])));
  const charged = payments.flatMap(({ parts, buyerId, currency, reference }) =>
    parts
      .filter(({ instrument }) => RULES[instrument].postPaid)
      .map(({ instrument, amount }): StatedEntry => {
        const entry = { at: now, kind: 'CHARGE', instrument, subject: 'ORDER', reference, amount } as const;
        return { buyerId, currency, month, ...entry };
      }),
  );
  await chargeTo(platform, tx, charged, now);
  const entries = payments.map(({ parts, buyerId, currency, reference, traceId }): BalancePayment => {
    const entry = { entryId: uuid(platform.random), kind: 'PAYMENT', reference, traceId, buyerId } as const;
    const postings = [...parts.flatMap((part) => sideOf(buyerId, part, currency)), ...creditsOf(parts, currency)];
    return { ...entry, postings, balance: { debit: money(ofBalance(parts), currency) } };
  });
  await postAllWithBalances(tx, entries, now);
}

function sideOf(buyerId: string, { instrument, purseId, amount }: Part, currency: Currency): Posting[] {
  const debit = money(amount, currency);
  const { holds, postPaid } = RULES[instrument];
  if (postPaid) return [{ account: receivableAccount(buyerId), debit }];
  return holds === null || purseId === null ? [] : [{ account: unspentAccount(holds, purseId), debit }];
}

/**
 * What counts waits to be settled with sellers. What does not count (S1-4) is no money of the order: the promise of the
 * coupon is taken back, and what the seller gets all the same is a cost of the platform when it is billed.
 */
function creditsOf(parts: readonly Part[], currency: Currency): Posting[] {
  const of = (cash: boolean) =>
    parts
      .filter(({ instrument }) => RULES[instrument].cash === cash)
      .reduce((sum, { amount }) => sum.plus(amount), decimal('0'));
  return [
    { account: PREPAID, credit: money(of(true), currency) },
    { account: COUPONS, credit: money(of(false), currency) },
  ];
}
