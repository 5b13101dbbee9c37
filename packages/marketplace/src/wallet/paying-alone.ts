/**
 * Orders that nobody pays by hand (B-63): what their buyers have is locked for all of them with a few statements; what
 * pays each is for `planAlone` to say; then all is taken as if each had been paid by itself.
 */
import { enterprisesAmong } from '../directory/index.ts';
import { lockBalances, PREPAID, payAllFromBalances } from '../ledger/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { decimal, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { availableOf } from './credit.ts';
import { type Composed, takeParts } from './paying.ts';
import { type LinePart, type Means, spread } from './payment-rules.ts';
import { lockUsablePurses } from './purse-store.ts';
import { lockUsableCredit, type Wallet } from './statement-store.ts';
import { monthNow } from './statements.ts';

export const walletKey = ({ buyerId, currency }: Wallet): string => `${buyerId} ${currency}`;

/** What each of these wallets has; nobody else moves it until the transaction ends. @returns by `walletKey` */
export async function lockMeans(tx: Tx, wallets: readonly Wallet[], now: Date): Promise<Map<string, Means>> {
  if (wallets.length === 0) return new Map();
  // in the order of every payment: balances, coupons and cards, credit
  const balances = await lockBalances(tx, wallets);
  const buyerIds = [...new Set(wallets.map(({ buyerId }) => buyerId))];
  const purses = await lockUsablePurses(tx, buyerIds, now);
  const lines = await lockUsableCredit(tx, wallets, now);
  // B-3
  const enterprises = await enterprisesAmong(
    tx,
    lines.map(({ buyerId }) => buyerId),
  );
  const means = new Map<string, Means>();
  for (const wallet of wallets) {
    const isIts = (other: Wallet) => walletKey(other) === walletKey(wallet);
    const balance = balances.find(({ buyerId, amount }) => isIts({ buyerId, currency: amount.currency }));
    const line = lines.find((each) => isIts(each) && enterprises.has(each.buyerId));
    means.set(walletKey(wallet), {
      purses: purses.filter(isIts),
      balance: decimal(balance?.amount.amount ?? '0'),
      credit: line ? availableOf(line) : decimal('0'),
    });
  }
  return means;
}

/**
 * Takes what `planAlone` has planned from locked means, for orders of one line each.
 * @returns what is kept with the line of each: null where the balance alone paid, or nothing was to pay
 * @throws Error when something is short or was paid before: nothing may be committed
 */
export async function payAlone(
  platform: Platform,
  tx: Tx,
  payments: readonly Composed[],
  now: Date,
): Promise<(LinePart[] | null)[]> {
  const isMixed = ({ parts }: Composed) => parts.some(({ instrument }) => instrument !== 'BALANCE');
  const plain = payments.flatMap(({ parts: [part], ...payment }) =>
    part?.instrument === 'BALANCE' ? [{ ...payment, amount: money(part.amount, payment.currency) }] : [],
  );
  const entry = { kind: 'PAYMENT', credit: PREPAID } as const;
  await payAllFromBalances(
    tx,
    plain.map((payment) => ({ ...payment, ...entry, entryId: uuid(platform.random) })),
    now,
  );
  await takeParts(platform, tx, payments.filter(isMixed), now);
  const month = monthNow(platform, now);
  return payments.map((payment) => {
    if (!isMixed(payment)) return null;
    const total = payment.parts.reduce((sum, { amount }) => sum.plus(amount), decimal('0'));
    return spread(payment.parts, [total], month)[0] ?? null;
  });
}
