/** The buyer's wallet: balance, coupons and cards, credit with its statements, online payments. */
import { balanceOf } from '../../ledger/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { money } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import {
  buyCard,
  creditLineOf,
  entriesOf,
  gatewayOf,
  listPurses,
  type OnlinePayment,
  paymentById,
  paymentsOf,
  repay,
  startPayment,
  statementsOf,
} from '../../wallet/index.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { presentCredit, presentEntry, presentPayment, presentPurse, presentStatement } from './present-wallet.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';
import * as schemas from './wallet-schemas.ts';

const NO_WALLET = refuse('NOT_FOUND', 'there is no balance');
/** newest first; older ones are in the books */
const MOST_SHOWN = 100;

export const walletRoutes: ConsoleRoute[] = [
  read({
    path: '/wallet/overview',
    summary: 'All that the signed-in buyer can pay with',
    action: 'wallet.view',
    query: noQuery,
    response: schemas.walletOverview,
    run: async ({ platform, principal, now }) =>
      principal.buyerId === null ? NO_WALLET : ok(await overviewOf(platform, principal.buyerId, now)),
  }),
  read({
    path: '/wallet/statement',
    summary: 'What was bought on credit in a month, refunded and repaid',
    action: 'wallet.view',
    query: schemas.statementQuery,
    response: schemas.statementDetail,
    async run({ platform: { db, config }, principal, now }, { month }) {
      if (principal.buyerId === null) return NO_WALLET;
      const wallet = { buyerId: principal.buyerId, currency: SITES[config.site].currency };
      return statementShown(db, { ...wallet, month }, now);
    },
  }),
  command({
    path: '/wallet/repayments',
    summary: 'Repay a month, or a part of it, from the balance',
    action: 'wallet.top-up',
    body: schemas.repayment,
    response: schemas.statementDetail,
    async run(call, { month, amount }, tx) {
      const { platform, principal, now } = call;
      if (principal.buyerId === null) return NO_WALLET;
      const { currency } = SITES[platform.config.site];
      const key = { buyerId: principal.buyerId, currency, month };
      const repaid = await repay(platform, tx, { ...key, amount: money(amount, currency).amount }, now);
      if (!repaid.ok) return repaid;
      const object = `credit:${principal.buyerId}:${key.month}`;
      await auditDone(call, tx, { action: 'wallet.repay', object, traceId: null });
      return statementShown(tx, key, now);
    },
  }),
  command({
    path: '/wallet/cards',
    summary: 'Buy a stored-value card from the balance; no cash consumption (S1-4)',
    action: 'wallet.top-up',
    body: schemas.buyCard,
    response: schemas.purse,
    status: 201,
    async run(call, { amount }, tx) {
      const { platform, principal, now } = call;
      if (principal.buyerId === null) return NO_WALLET;
      const { buyerId } = principal;
      const value = money(amount, SITES[platform.config.site].currency);
      const card = await buyCard(platform, tx, { buyerId, amount: value }, now);
      if (!card.ok) return card;
      await auditDone(call, tx, { action: 'wallet.buy-card', object: `purse:${card.value.purseId}`, traceId: null });
      return ok(presentPurse(card.value, await namesFor(tx, [{ buyerIds: [buyerId], sellerIds: [] }])));
    },
  }),
  command({
    path: '/wallet/online-payments',
    summary: 'Top the balance up through the payment gateway: where to pay',
    action: 'wallet.top-up',
    body: schemas.topUpOnline,
    response: schemas.startedPayment,
    status: 201,
    async run({ platform, principal, now }, { amount }, tx) {
      if (principal.buyerId === null) return NO_WALLET;
      const value = money(amount, SITES[platform.config.site].currency);
      const asked = { buyerId: principal.buyerId, orderId: null, purseIds: [], amount: value };
      return started(platform, await startPayment(platform, tx, asked, now));
    },
  }),
  read({
    path: '/wallet/online-payments/{paymentId}',
    summary: 'What became of an online payment',
    action: 'wallet.view',
    query: noQuery,
    response: schemas.onlinePayment,
    run: async (call) => {
      const payment = await ownPayment(call, call.platform.db);
      return payment.ok ? ok(presentPayment(payment.value)) : payment;
    },
  }),
];

/** A payment that was started, with the address of the gateway's cashier. Refuses NO_GATEWAY. */
export function started(platform: Platform, payment: Result<OnlinePayment>) {
  if (!payment.ok) return payment;
  const gateway = gatewayOf(platform.config);
  if (!gateway) return refuse('NO_GATEWAY', 'this marketplace takes no online payments');
  const { paymentId, amount, currency, orderId } = payment.value;
  const returnUrl = `${platform.config.publicUrl}${orderId === null ? '/wallet' : `/orders/${orderId}`}`;
  const cashierUrl = gateway.cashierUrl({ paymentId, amount, currency, returnUrl });
  return ok({ ...presentPayment(payment.value), cashierUrl });
}

export async function ownPayment({ principal, params }: Call, executor: Executor): Promise<Result<OnlinePayment>> {
  const payment = await paymentById(executor, params.paymentId ?? '');
  return payment && payment.buyerId === principal.buyerId
    ? ok(payment)
    : refuse('NOT_FOUND', 'there is no such payment');
}

export async function overviewOf(platform: Platform, buyerId: string, now: Date) {
  const { db, config } = platform;
  const wallet = { buyerId, currency: SITES[config.site].currency };
  const [balance, credit, statements, purses, payments, names] = await Promise.all([
    balanceOf(db, buyerId, wallet.currency),
    creditLineOf(db, wallet),
    statementsOf(db, wallet),
    listPurses(db, { buyerId, before: null, limit: MOST_SHOWN }),
    paymentsOf(db, buyerId, MOST_SHOWN),
    namesFor(db, [{ buyerIds: [buyerId], sellerIds: [] }]),
  ]);
  return {
    balance,
    online: gatewayOf(config) !== null,
    credit: credit && presentCredit(credit, names),
    statements: statements.map((each) => presentStatement(each, now)),
    purses: purses.map((each) => presentPurse(each, names)),
    payments: payments.map(presentPayment),
  };
}

async function statementShown(executor: Executor, key: Parameters<typeof entriesOf>[1], now: Date) {
  const statement = (await statementsOf(executor, key)).find(({ month }) => month === key.month);
  if (!statement) return refuse('NOT_FOUND', 'nothing was bought on credit in this month');
  const entries = await entriesOf(executor, key);
  return ok({
    ...presentStatement(statement, now),
    entries: entries.map((entry) => presentEntry(entry, key.currency)),
  });
}
