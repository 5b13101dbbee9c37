/**
 * Payments of many buyers from their balances, in one transaction: each is judged by the functions that judge it alone,
 * all move with the statements of one (docs/decisions/0015). An order that something else holds is not waited for. Balances
 * are locked when they are taken from, in the order of their names; one that is short by then fails the transaction.
 */
import type { Scope } from '../directory/index.ts';
import { balancesOf, payAllFromBalances } from '../ledger/index.ts';
import { settled, type Tx } from '../platform/database/database.ts';
import { decimal, type Money, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result } from '../platform/result.ts';
import { setOrderState, startLines } from './moves.ts';
import { paidEvent } from './news.ts';
import { asPaid, isBalanceAlone, NO_ORDER, type PayOrder, paymentFault, paymentOf, shortOf } from './payment.ts';
import { ALONE, type Alone, type DoTogether } from './placing-together.ts';
import { rulesOfOrders, takesOfStock } from './sale.ts';
import { lockOrdersOf, type Order } from './store.ts';

type BuyerScope = Extract<Scope, { readonly kind: 'buyer' }>;

/**
 * Reads what payments need, and locks their orders. @returns makes those that are chosen: what can not be paid is
 * refused as `payOrder` refuses it, and has written nothing; of several payments of one balance those that it is enough for
 * are made, in the order of the list
 */
export async function payTogether(
  platform: Platform,
  tx: Tx,
  asked: readonly PayOrder[],
  now: Date,
): Promise<DoTogether<PayOrder>> {
  const wanted = asked.flatMap((each) => {
    const scope = plainScope(each);
    return scope ? [{ orderId: each.orderId, buyerId: scope.buyerId }] : [];
  });
  const buyerIds = wanted.map(({ buyerId }) => buyerId);
  const orderIds = wanted.map(({ orderId }) => orderId);
  // one trip, in which nothing waits
  const [locking, money, asking] = [lockOrdersOf(tx, wanted), balancesOf(tx, buyerIds), rulesOfOrders(tx, orderIds)];
  await settled<unknown>([locking, money, asking]);
  const [{ locked, elsewhere }, balances, rules] = [await locking, await money, await asking];
  return async (chosen, meanwhile = async () => {}) => {
    const isChosen = new Set(chosen.map(({ orderId }) => orderId));
    const unpaid = [...locked.values()].filter(
      ({ orderId, paidAt, lines }) => isChosen.has(orderId) && !paidAt && lines.length > 0,
    );
    const faults = await settled(unpaid.map((order) => paymentFault(tx, order, now, rules)));
    const judged = new Map(unpaid.map((order, place) => [order, faults[place]]));
    const payable: Order[] = [];
    const seen = new Set<string>();
    const outcomes = chosen.map((each): Result<Order> | Alone | Order => {
      const scope = plainScope(each);
      // a second payment of an order waits for what the first one does
      if (!scope || elsewhere.has(each.orderId) || seen.has(each.orderId)) return ALONE;
      seen.add(each.orderId);
      const order = locked.get(each.orderId);
      if (!order || !isWithin(order, scope)) return NO_ORDER;
      if (order.paidAt) return ok(order);
      if (takesOfStock(order)) return ALONE;
      const fault = judged.get(order);
      if (fault) return fault;
      payable.push(order);
      return order;
    });
    const paying = payThem(platform, tx, payable, balances, now);
    await settled<unknown>([paying, meanwhile([...locked.values()])]);
    const paid = await paying;
    return outcomes.map((each) => (each === ALONE || 'ok' in each ? each : (paid.get(each) ?? ALONE)));
  };
}

/** Whose it is, of a buyer's own payment from the balance; null = any other, which is made alone. */
const plainScope = ({ scope, choice }: PayOrder): BuyerScope | null =>
  (choice === undefined || isBalanceAlone(choice)) && scope.kind === 'buyer' ? scope : null;

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
