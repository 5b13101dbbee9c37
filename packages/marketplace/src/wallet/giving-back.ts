/**
 * A refund returns to the instruments that paid (S7-4, table 7.3): money and online payments to the balance, coupons and
 * cards to themselves, credit lessens what is owed. An expired or withdrawn coupon is void; a withdrawn card is money.
 */
import type { Decimal } from 'decimal.js';
import {
  COUPONS,
  lockBalances,
  type Posting,
  PREPAID,
  postWithBalance,
  receivableAccount,
  unspentAccount,
} from '../ledger/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { type Currency, decimal, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { added, type LinePart } from './payment-rules.ts';
import { addToPurse, isUsable, lockPurses, type StoredPurse } from './purse-store.ts';
import { refundTo } from './statements.ts';

export interface GiveBack {
  readonly buyerId: string;
  readonly currency: Currency;
  /** the refunded line: a refund is posted once */
  readonly reference: string;
  readonly traceId: string;
  /** as `giveBack` of the payment rules tells it, of one line or several */
  readonly back: readonly LinePart[];
}

interface Moved {
  readonly toBalance: Decimal;
  readonly postings: readonly Posting[];
}

/** @throws Error when this reference was given back before: nothing may be committed */
export async function giveToInstruments(platform: Platform, tx: Tx, refund: GiveBack, now: Date): Promise<void> {
  const { buyerId, currency, reference, traceId } = refund;
  await lockBalances(tx, [refund]);
  const parts = added(refund.back);
  const purses = new Map(
    (
      await lockPurses(
        tx,
        parts.flatMap(({ purseId }) => purseId ?? []),
      )
    ).map((purse) => [purse.purseId, purse]),
  );
  let toBalance = decimal('0');
  let cash = decimal('0');
  const postings: Posting[] = [];
  for (const part of parts) {
    const purse = part.purseId === null ? undefined : purses.get(part.purseId);
    const moved = await giveOne(platform, tx, refund, part, purse, now);
    toBalance = toBalance.plus(moved.toBalance);
    postings.push(...moved.postings);
    if (part.instrument !== 'COUPON_UNCOUNTED') cash = cash.plus(part.amount);
  }
  postings.push({ account: PREPAID, debit: money(cash, currency) });
  const entry = { entryId: uuid(platform.random), kind: 'REFUND', reference, traceId, buyerId } as const;
  const balance = { credit: money(toBalance, currency) };
  if ((await postWithBalance(tx, { ...entry, postings, balance }, now)) !== 'posted')
    throw new Error(`${reference} was given back before`);
}

async function giveOne(
  platform: Platform,
  tx: Tx,
  { buyerId, currency, reference, traceId }: GiveBack,
  part: LinePart,
  purse: StoredPurse | undefined,
  now: Date,
): Promise<Moved> {
  const amount = decimal(part.amount);
  const value = money(amount, currency);
  const none = decimal('0');
  const usable = purse !== undefined && isUsable(purse, now);
  switch (part.instrument) {
    case 'BALANCE':
    case 'ONLINE':
      return { toBalance: amount, postings: [] };
    case 'CARD':
      if (!usable) return { toBalance: amount, postings: [] };
      await addToPurse(tx, purse.purseId, part.amount);
      return { toBalance: none, postings: [{ account: unspentAccount('card', purse.purseId), credit: value }] };
    case 'COUPON':
      if (!usable) return { toBalance: none, postings: [{ account: COUPONS, credit: value }] };
      await addToPurse(tx, purse.purseId, part.amount);
      return { toBalance: none, postings: [{ account: unspentAccount('coupon', purse.purseId), credit: value }] };
    case 'COUPON_UNCOUNTED': {
      if (!usable) return { toBalance: none, postings: [] };
      await addToPurse(tx, purse.purseId, part.amount);
      const promised = { account: unspentAccount('coupon', purse.purseId), credit: value };
      return { toBalance: none, postings: [{ account: COUPONS, debit: value }, promised] };
    }
    case 'CREDIT':
    case 'CREDIT_COUPON': {
      const coupon = part.instrument === 'CREDIT_COUPON';
      const key = { buyerId, currency, month: part.month ?? '' };
      const owed = await refundTo(platform, tx, key, { coupon, amount, reference, traceId }, now);
      if (usable && !owed.isZero()) await addToPurse(tx, purse.purseId, owed.toFixed(2));
      const postings = [{ account: receivableAccount(buyerId), credit: money(owed, currency) }];
      return { toBalance: amount.minus(owed), postings };
    }
  }
}
