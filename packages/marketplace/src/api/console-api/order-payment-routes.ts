/** How an order can be paid, and paying it (B-31 … B-35): the balance, several instruments, credit, or online. */
import { balanceOf } from '../../ledger/index.ts';
import {
  ALONE,
  creditRefused,
  type Order,
  ordersByIds,
  type PayOrder,
  payOrder,
  payTogether,
  startOnline,
} from '../../ordering/index.ts';
import { decimal, money } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { availableOf, creditLineOf, gatewayOf, overdueOf, planPayment, usablePurses } from '../../wallet/index.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { presentLater } from './order-routes.ts';
import * as orderSchemas from './order-schemas.ts';
import { presentOrder } from './present.ts';
import { presentParts, presentPurse } from './present-wallet.ts';
import { type ConsoleRoute, command, latest, read } from './route.ts';
import { started } from './wallet-routes.ts';
import * as schemas from './wallet-schemas.ts';

export const orderPaymentRoutes: ConsoleRoute[] = [
  read({
    path: '/orders/{orderId}/payment-options',
    summary: 'What can pay an unpaid order, and how chosen coupons and cards split it (B-32)',
    action: 'order.pay',
    query: schemas.paymentOptionsQuery,
    response: schemas.paymentOptions,
    async run({ platform, scope, params, now }, { purseIds }) {
      const [order] = await ordersByIds(platform.db, [params.orderId ?? ''], { scope });
      return order
        ? ok(await optionsFor(platform, order, purseIds, now))
        : refuse('NOT_FOUND', 'there is no such order');
    },
  }),
  command({
    path: '/orders/{orderId}/payment',
    summary: 'Pay an order: coupons and cards first, then the balance or credit',
    action: 'order.pay',
    body: schemas.payOrder,
    response: orderSchemas.order,
    async run(call, { method, purseIds = [] }, tx) {
      const { platform, scope, now, params } = call;
      const choice = { purseIds, rest: method };
      const paid = await payOrder(platform, tx, { orderId: params.orderId ?? '', scope, choice }, now);
      if (!paid.ok) return paid;
      const { orderId, traceId, buyerId, lines } = paid.value;
      await auditDone(call, tx, { action: 'order.pay', object: `order:${orderId}`, traceId });
      const people = { buyerIds: [buyerId], sellerIds: lines.map((line) => line.sellerId) };
      return ok(presentOrder(paid.value, await namesFor(tx, [people])));
    },
    async together(asked, tx) {
      const [first] = asked;
      const inputs = new Map<unknown, PayOrder>();
      for (const each of asked) {
        const { params, scope } = each.call;
        const { method, purseIds = [] } = each.body;
        inputs.set(each, { orderId: params.orderId ?? '', scope, choice: { purseIds, rest: method } });
      }
      const pay = first && (await payTogether(first.call.platform, tx, [...inputs.values()], latest(asked)));
      return async (chosen) => {
        const presenting = presentLater(tx);
        const own = chosen.flatMap((each) => inputs.get(each) ?? []);
        const paid = (await pay?.(own, presenting.meanwhile)) ?? [];
        for (const [place, each] of paid.entries()) {
          const call = chosen[place]?.call;
          if (!call || each === ALONE || !each.ok) continue;
          const { orderId, traceId } = each.value;
          await auditDone(call, tx, { action: 'order.pay', object: `order:${orderId}`, traceId });
        }
        return presenting.each(paid);
      };
    },
  }),
  command({
    path: '/orders/{orderId}/online-payment',
    summary: 'Pay an order through the payment gateway: where to pay',
    action: 'order.pay',
    body: schemas.payOnline,
    response: schemas.startedPayment,
    status: 201,
    async run(call, { purseIds = [] }, tx) {
      const { platform, scope, now, params } = call;
      const orderId = params.orderId ?? '';
      const payment = await startOnline(platform, tx, { orderId, scope, purseIds }, now);
      if (payment.ok) {
        const { traceId } = payment.value;
        await auditDone(call, tx, { action: 'order.pay-online', object: `order:${orderId}`, traceId });
      }
      return started(platform, payment);
    },
  }),
];

async function optionsFor(platform: Platform, order: Order, purseIds: readonly string[], now: Date) {
  const { db, config } = platform;
  const { buyerId, amount } = order;
  const wallet = { buyerId, currency: amount.currency };
  const [usable, balance, credit, overdue, couponRefused, limitRefused, names] = await Promise.all([
    usablePurses(db, { ...wallet, now }),
    balanceOf(db, buyerId, wallet.currency),
    creditLineOf(db, wallet),
    overdueOf(db, wallet, now),
    creditRefused(db, order, 'coupon'),
    creditRefused(db, order, 'limit'),
    namesFor(db, [{ buyerIds: [buyerId], sellerIds: [] }]),
  ]);
  const chosen = usable.filter(({ purseId }) => purseIds.includes(purseId));
  const split = planPayment(decimal(amount.amount), chosen, 'BALANCE');
  const rest = money(split.find(({ instrument }) => instrument === 'BALANCE')?.amount ?? '0', wallet.currency);
  const available = credit ? money(availableOf(credit), wallet.currency) : null;
  const short = (have: string, code: string): Result<never> | null => {
    const gap = decimal(rest.amount).minus(have);
    return gap.lessThanOrEqualTo(0) ? null : refuse(code, 'B-34: it is short', { gap: gap.toFixed(2) });
  };
  const overdueFault = overdue === null ? null : refuse('CREDIT_OVERDUE', 'a statement is overdue', { month: overdue });
  const noCredit = credit?.state === 'ACTIVE' ? null : refuse('NO_CREDIT', 'the operator has granted no credit');
  const noGateway = gatewayOf(config) ? null : refuse('NO_GATEWAY', 'this marketplace takes no online payments');
  return {
    amount,
    purses: usable.map((each) => ({
      ...presentPurse(each, names),
      refused: refusalOf(each.kind === 'CREDIT_COUPON' ? couponRefused : null),
    })),
    rest: [
      {
        kind: 'BALANCE' as const,
        available: balance,
        refused: refusalOf(short(balance.amount, 'INSUFFICIENT_BALANCE')),
      },
      {
        kind: 'CREDIT' as const,
        available,
        refused: refusalOf(
          noCredit ?? limitRefused ?? overdueFault ?? short(available?.amount ?? '0', 'INSUFFICIENT_CREDIT'),
        ),
      },
      { kind: 'ONLINE' as const, available: null, refused: refusalOf(noGateway) },
    ],
    restAmount: rest,
    split: presentParts(split, wallet.currency),
  };
}

type Shown = { code: string; message: string; facts: Record<string, string> } | null;
const refusalOf = (fault: Result<never> | null): Shown => (fault && !fault.ok ? shown(fault.refusal) : null);
const shown = ({ code, message, facts }: Refusal) => ({ code, message, facts: { ...facts } });
