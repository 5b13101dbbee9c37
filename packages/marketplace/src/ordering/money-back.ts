/** Money of paid lines goes back to what paid them: the balance, or the instruments that are kept with the line. */
import { credit, PREPAID } from '../ledger/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { decimal, type Money, money, sum } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { divide, giveBack, giveToInstruments, type Instrument, nonCashOf, purseIdsOver } from '../wallet/index.ts';
import { savePayments } from './moves.ts';
import { linesByIds, type OrderLine } from './store.ts';

export interface MoneyBack {
  readonly buyerId: string;
  readonly amount: Money;
  readonly traceId: string;
  /** the line that the refund is posted for, once */
  readonly orderLineId: string;
  /** what was paid; together at least the amount */
  readonly originals: readonly Pick<OrderLine, 'orderLineId' | 'amount' | 'payment'>[];
}
/** What of a refund concerns one original. */
export interface BackPart {
  readonly amount: string;
  /** S1-4 */
  readonly nonCash: string;
}

/** @returns for each original, in their order */
export async function giveMoneyBack(platform: Platform, tx: Tx, refund: MoneyBack, now: Date): Promise<BackPart[]> {
  const { buyerId, amount, traceId, orderLineId: reference, originals } = refund;
  const amounts = partsOf(refund);
  const returned = returnedOf(refund);
  const back = returned.flatMap((each) => each.back);
  if (originals.every(({ payment }) => payment === null)) {
    const entry = { entryId: uuid(platform.random), kind: 'REFUND', reference, debit: PREPAID } as const;
    await credit(tx, buyerId, { ...entry, amount, traceId }, now);
  } else {
    const { currency } = amount;
    await giveToInstruments(platform, tx, { buyerId, currency, reference, traceId, back }, now);
    await savePayments(
      tx,
      originals.flatMap(({ orderLineId, payment }, place) => {
        const parts = returned[place]?.parts;
        return payment === null || parts === undefined ? [] : [{ orderLineId, payment: parts }];
      }),
    );
  }
  return originals.map((_, place) => ({
    amount: (amounts[place] ?? decimal('0')).toFixed(),
    nonCash: nonCashOf(returned[place]?.back ?? []).toFixed(),
  }));
}

/** What of a refund goes where. */
export interface BackShown {
  readonly instrument: Instrument;
  readonly amount: Money;
  /** S7-4: a coupon that is over does not come back */
  readonly void: boolean;
}

/**
 * B-81: what of an amount would go back to which instrument if it were confirmed now. Whether credit lessens what is owed
 * or was repaid already the refund itself decides (7.3).
 */
export async function moneyBackOf(
  executor: Executor,
  lineIds: readonly string[],
  amount: Money,
  now: Date,
): Promise<BackShown[]> {
  const originals = await linesByIds(executor, lineIds);
  const parts = returnedOf({ amount, originals }).flatMap(({ back }) => back);
  const over = await purseIdsOver(
    executor,
    parts.flatMap(({ purseId }) => purseId ?? []),
    now,
  );
  const shown = new Map<string, BackShown>();
  for (const { purseId, amount: part, ...each } of parts) {
    const ended = purseId !== null && over.has(purseId);
    // a card that was withdrawn is money again
    const instrument = ended && each.instrument === 'CARD' ? 'BALANCE' : each.instrument;
    const lost = ended && (instrument === 'COUPON' || instrument === 'COUPON_UNCOUNTED');
    const key = `${instrument} ${lost}`;
    const known = decimal(shown.get(key)?.amount.amount ?? '0');
    shown.set(key, { instrument, void: lost, amount: money(known.plus(part), amount.currency) });
  }
  return [...shown.values()];
}

/** What sellers' vouchers took off these lines (S9-5): no part of the payment; they go back as vouchers or not at all (7.3). */
export async function vouchersOn(
  executor: Executor,
  lineIds: readonly string[],
  currency: Money['currency'],
): Promise<Money> {
  const deductions = (await linesByIds(executor, lineIds)).flatMap(({ snapshot }) => snapshot.deductions);
  return sum(
    deductions.flatMap(({ kind, amount }) => (kind === 'VOUCHER' ? amount : [])),
    currency,
  );
}

const returnedOf = (refund: Pick<MoneyBack, 'amount' | 'originals'>) => {
  const amounts = partsOf(refund);
  return refund.originals.map(({ payment, amount: paid }, place) =>
    giveBack(payment ?? balanceAlone(paid), amounts[place] ?? decimal('0')),
  );
};

/** In proportion to what was paid for each; of what is kept by instruments never more than what is left. */
function partsOf({ amount, originals }: Pick<MoneyBack, 'amount' | 'originals'>) {
  const limits = originals.map(({ amount: paid, payment }) =>
    (payment ?? []).reduce((left, { given }) => left.minus(given), decimal(paid.amount)),
  );
  const most = limits.reduce((sum, each) => sum.plus(each), decimal('0'));
  const whole = decimal(amount.amount);
  return divide(whole.lessThan(most) ? whole : most, limits);
}

const balanceAlone = ({ amount }: Money) => [
  { instrument: 'BALANCE' as const, purseId: null, amount, month: null, given: '0' },
];
