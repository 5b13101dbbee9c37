/** The operator's finance gives buyers coupons, cards and credit, and takes them back; each step is audited. */
import { buyersByIds } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { money } from '../../platform/money.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import {
  type CreditLine,
  grantCredit,
  grantPurse,
  listCreditLines,
  listPurses,
  type StoredPurse,
  withdrawCredit,
  withdrawPurse,
} from '../../wallet/index.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { presentCredit, presentPurse } from './present-wallet.ts';
import { type ConsoleRoute, command, noQuery, read } from './route.ts';
import { pageQuery } from './schemas.ts';
import { overviewOf } from './wallet-routes.ts';
import * as schemas from './wallet-schemas.ts';

const NOTHING_YET = new Date(0);

export const walletOperatorRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/wallets/purses',
    summary: 'Coupons and cards of all buyers or one, newest first',
    action: 'wallet.inspect',
    query: schemas.purseQuery,
    response: schemas.pursePage,
    async run({ platform: { db } }, { buyerId, cursor, limit }) {
      const purses = await listPurses(db, { buyerId, before: cursor ? decodeCursor(cursor) : null, limit: limit + 1 });
      const page = toPage(purses, limit, (each) => ({ at: each.createdAt, id: each.purseId }));
      const names = await namesOf(db, page.items);
      return ok({ items: page.items.map((each) => presentPurse(each, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/operator/wallets/credit',
    summary: 'Buyers with credit: limit, used, available',
    action: 'wallet.inspect',
    query: pageQuery,
    response: schemas.creditPage,
    async run({ platform: { db } }, { cursor, limit }) {
      const after = decodeCursor(cursor ?? '')?.id ?? '';
      const lines = await listCreditLines(db, { after, limit: limit + 1 });
      const page = toPage(lines, limit, ({ buyerId }) => ({ at: NOTHING_YET, id: buyerId }));
      const names = await namesOf(db, page.items);
      return ok({ items: page.items.map((each) => presentCredit(each, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/operator/wallets/{buyerId}',
    summary: 'All that one buyer can pay with',
    action: 'wallet.inspect',
    query: noQuery,
    response: schemas.walletOverview,
    async run({ platform, params, now }) {
      const buyerId = params.buyerId ?? '';
      const fault = await buyerFault(platform.db, buyerId);
      return fault ?? ok(await overviewOf(platform, buyerId, now));
    },
  }),
  command({
    path: '/operator/wallets/purses',
    summary: 'Give a buyer a cash coupon, a credit coupon, or a stored-value card that was sold outside',
    action: 'wallet.grant',
    body: schemas.grantPurse,
    response: schemas.purse,
    status: 201,
    async run(call, { amount, validFrom, validTo, ...asked }, tx) {
      const { platform, principal, now } = call;
      const fault = await buyerFault(tx, asked.buyerId);
      if (fault) return fault;
      const grant = {
        ...asked,
        amount: money(amount, SITES[platform.config.site].currency),
        validFrom: validFrom === undefined ? now : new Date(validFrom),
        validTo: validTo === null ? null : new Date(validTo),
        by: principal.displayName,
      };
      const purse = await grantPurse(platform, tx, grant, now);
      if (!purse.ok) return purse;
      const object = `purse:${purse.value.purseId}`;
      await auditDone(call, tx, {
        action: `wallet.grant ${asked.kind} ${amount}: ${asked.reason}`,
        object,
        traceId: null,
      });
      return ok(presentPurse(purse.value, await namesOf(tx, [purse.value])));
    },
  }),
  command({
    path: '/operator/wallets/purses/{purseId}/withdrawal',
    summary: 'Take back what is left of a coupon or card',
    action: 'wallet.grant',
    body: schemas.withWhy,
    response: schemas.purse,
    async run(call, { reason }, tx) {
      const { platform, params, now } = call;
      const purseId = params.purseId ?? '';
      const purse = await withdrawPurse(platform, tx, purseId, now);
      if (!purse.ok) return purse;
      await auditDone(call, tx, { action: `wallet.withdraw: ${reason}`, object: `purse:${purseId}`, traceId: null });
      return ok(presentPurse(purse.value, await namesOf(tx, [purse.value])));
    },
  }),
  command({
    path: '/operator/wallets/credit',
    summary: 'Grant a buyer credit with monthly repayment, or change it (B-3)',
    action: 'wallet.grant',
    body: schemas.grantCredit,
    response: schemas.credit,
    async run(call, { limit, ...asked }, tx) {
      const { platform, principal, now } = call;
      const value = money(limit, SITES[platform.config.site].currency);
      const line = await grantCredit(tx, { ...asked, limit: value, by: principal.displayName }, now);
      const what = {
        action: `wallet.grant CREDIT ${limit}: ${asked.reason}`,
        object: `credit:${asked.buyerId}`,
        traceId: null,
      };
      if (line.ok) await auditDone(call, tx, what);
      return shownCredit(tx, line);
    },
  }),
  command({
    path: '/operator/wallets/credit/{buyerId}/withdrawal',
    summary: 'No new purchases on credit; what is owed stays to be repaid',
    action: 'wallet.grant',
    body: schemas.withWhy,
    response: schemas.credit,
    async run(call, { reason }, tx) {
      const { platform, principal, params, now } = call;
      const wallet = { buyerId: params.buyerId ?? '', currency: SITES[platform.config.site].currency };
      const line = await withdrawCredit(tx, { ...wallet, reason, by: principal.displayName }, now);
      const what = { action: `wallet.withdraw CREDIT: ${reason}`, object: `credit:${wallet.buyerId}`, traceId: null };
      if (line.ok) await auditDone(call, tx, what);
      return shownCredit(tx, line);
    },
  }),
];

const namesOf = (executor: Executor, rows: readonly Pick<StoredPurse, 'buyerId'>[]) =>
  namesFor(executor, [{ buyerIds: rows.map(({ buyerId }) => buyerId), sellerIds: [] }]);

const shownCredit = async (executor: Executor, line: Result<CreditLine>) =>
  line.ok ? ok(presentCredit(line.value, await namesOf(executor, [line.value]))) : line;

async function buyerFault(executor: Executor, buyerId: string): Promise<Result<never> | null> {
  return (await buyersByIds(executor, [buyerId])).has(buyerId) ? null : refuse('NOT_FOUND', 'there is no such buyer');
}
