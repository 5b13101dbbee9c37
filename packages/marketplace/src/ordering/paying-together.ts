/**
 * Payments of many buyers from their balances, in one transaction: each is judged by the functions that judge it alone,
 * all move with the statements of one (docs/decisions/0015). Orders are locked first, then balances, each in the order of their names.
 */
import type { Scope } from '../directory/index.ts';
import { lockBalances, payAllFromBalances } from '../ledger/index.ts';
import { settled, type Tx } from '../platform/database/database.ts';
import { decimal, type Money, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result } from '../platform/result.ts';
import { setOrderState, startLines } from './moves.ts';
import { paidEvent } from './news.ts';
import { asPaid, isBalanceAlone, NO_ORDER, type PayOrder, paymentFault, paymentOf, shortOf } from './payment.ts';
import { ALONE, type Alone } from './placing-together.ts';
import { rulesOf, takesOfStock } from './sale.ts';
import { lockOrdersOf, type Order } from './store.ts';

type BuyerScope = Extract<Scope, { readonly kind: 'buyer' }>;

/**
 * What can not be paid is refused as `payOrder` refuses it, and has written nothing; of several payments of one balance
 * those that it is enough for are made, in the order of the list.
 * @returns in the order of the list; `ALONE` = for `payOrder`, nothing was done
 */
export async function payTogether(
  platform: Platform,
  tx: Tx,
  asked: readonly PayOrder[],
  now: Date,
): Promise<(Result<Order> | Alone)[]> {
  const plain = plainOf(asked);
  const found = await lockOrdersOf(
    tx,
    plain.flatMap((scope, place) => (scope ? { orderId: asked[place]?.orderId ?? '', buyerId: scope.buyerId } : [])),
  );
  const unpaid = [...found.values()].filter(({ paidAt, lines }) => !paidAt && lines.length > 0);
  const wallets = unpaid.map(({ buyerId, amount: { currency } }) => ({ buyerId, currency }));
  const [rules, balances] = await Promise.all([rulesOf(tx, unpaid), lockBalances(tx, wallets)]);
  const faults = await settled(unpaid.map((order) => paymentFault(tx, order, now, rules)));
  const judged = new Map(unpaid.map((order, place) => [order, faults[place]]));
  const payable: Order[] = [];
  const outcomes = asked.map(({ orderId }, place): Result<Order> | Alone | Order => {
    const scope = plain[place];
    if (!scope) return ALONE;
    const order = found.get(orderId);
    if (!order || !isWithin(order, scope)) return NO_ORDER;
    if (order.paidAt) return ok(order);
    if (takesOfStock(order)) return ALONE;
    const fault = judged.get(order);
    if (fault) return fault;
    payable.push(order);
    return order;
  });
  const paid = await payThem(platform, tx, payable, balances, now);
  return outcomes.map((each) => (each === ALONE || 'ok' in each ? each : (paid.get(each) ?? ALONE)));
}

/** Whose it is, of buyers' own payments from the balance; null = alone: a second one of an order waits for what the first one does. */
function plainOf(asked: readonly PayOrder[]): (BuyerScope | null)[] {
  const seen = new Set<string>();
  return asked.map(({ orderId, scope, choice }) => {
    const isPlain = choice === undefined || isBalanceAlone(choice);
    const isFirst = !seen.has(orderId);
    seen.add(orderId);
    return isPlain && isFirst && scope.kind === 'buyer' ? scope : null;
  });
}

/** As `visible` says it in SQL. */
const isWithin = (order: Order, { buyerId, placedBy }: BuyerScope): boolean =>
  order.buyerId === buyerId && (placedBy === null || order.placedBy === placedBy);

async function payThem(
  platform: Platform,
  tx: Tx,
  orders: readonly Order[],
  balances: readonly { readonly buyerId: string; readonly amount: Money }[],
  now: Date,
): Promise<ReadonlyMap<Order, Result<Order>>> {
  const outcomes = new Map<Order, Result<Order>>();
  const left = new Map(balances.map(({ buyerId, amount }) => [`${buyerId} ${amount.currency}`, amount]));
  const paid: Order[] = [];
  for (const order of orders) {
    const { buyerId, amount } = order;
    const balance = left.get(`${buyerId} ${amount.currency}`) ?? money('0', amount.currency);
    const rest = decimal(balance.amount).minus(amount.amount);
    if (rest.isNegative() && !rest.isZero()) outcomes.set(order, shortOf(order, balance));
    else {
      left.set(`${buyerId} ${amount.currency}`, money(rest, amount.currency));
      const done = asPaid(order, now);
      paid.push(done);
      outcomes.set(order, ok(done));
    }
  }
  if (paid.length === 0) return outcomes;
  await settled([
    payAllFromBalances(
      tx,
      paid.map((order) => paymentOf(platform, order)),
      now,
    ),
    startLines(
      tx,
      paid.flatMap(({ lines }) => lines),
    ),
    setOrderState(
      tx,
      paid.map(({ orderId }) => orderId),
      'PENDING_PAYMENT',
      'PROCESSING',
      { paidAt: now },
    ),
    platform.events.publish(tx, paid.map(paidEvent), now),
  ]);
  for (const { orderId } of paid) await platform.pause.reach('ordering.before-pay-commit', orderId);
  return outcomes;
}
