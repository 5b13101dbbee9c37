/** Leaving the marketplace: what hinders a seller, its application, the operator's review (S4-7, S-7). */
import { leftAt, partyNames, scopeOf, sellerNames } from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import {
  applyToLeave,
  decideLeaving,
  declareNoInvoice,
  hindrancesTo,
  type Leaving,
  lastLeaving,
  leavingById,
  listLeavings,
  MOST_UNINVOICED,
  mayTakeTheRest,
  statementsOf,
  takeTheRest,
  withdrawLeaving,
} from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import * as schemas from './leaving-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

export const leavingRoutes: ConsoleRoute[] = [
  read({
    path: '/seller/leaving',
    summary: 'What hinders the seller from leaving, counted, and its application (S4-7)',
    action: 'leaving.view',
    query: noQuery,
    response: schemas.ownLeaving,
    run: async (call) => ok(await own(call, call.platform.db)),
  }),
  command({
    path: '/seller/leaving',
    summary: 'Apply to leave the marketplace, for good; refused while anything hinders',
    action: 'leaving.apply',
    body: schemas.newLeaving,
    response: schemas.ownLeaving,
    status: 201,
    async run(call, { reason }, tx) {
      const { platform, principal, now } = call;
      const asked = { sellerId: sellerOf(call), reason, by: principal.displayName };
      return done(call, tx, 'leaving.ask', await applyToLeave(platform, tx, asked, now));
    },
  }),
  command({
    path: '/seller/leaving/withdrawal',
    summary: 'Take the application back',
    action: 'leaving.apply',
    body: nothing,
    response: schemas.ownLeaving,
    async run(call, _, tx) {
      const by = { sellerId: sellerOf(call), by: call.principal.displayName };
      return done(call, tx, 'leaving.withdraw', await withdrawLeaving(tx, by, call.now));
    },
  }),
  command({
    path: '/seller/leaving/rest',
    summary: 'Send on what is held below the minimum, since nothing more comes (S4-4)',
    action: 'leaving.apply',
    body: nothing,
    response: schemas.ownLeaving,
    async run(call, _, tx) {
      const sellerId = sellerOf(call);
      const taken = await takeTheRest(call.platform, tx, sellerId, call.now);
      if (!taken.ok) return taken;
      await auditDone(call, tx, { action: 'leaving.rest', object: `seller:${sellerId}`, traceId: null });
      return ok(await own(call, tx));
    },
  }),
  command({
    path: '/seller/leaving/statements',
    summary: 'Declare, with what proves it, that the buyers of these orders need no invoice',
    action: 'invoice.own',
    body: schemas.newNoInvoiceStatement,
    response: schemas.ownLeaving,
    status: 201,
    async run(call, body, tx) {
      const { platform, principal, now } = call;
      const statement = { ...body, sellerId: sellerOf(call), by: principal.displayName };
      const declared = await declareNoInvoice(platform, tx, statement, now);
      if (!declared.ok) return declared;
      const object = `no-invoice-statement:${declared.value}`;
      await auditDone(call, tx, { action: 'leaving.statement', object, traceId: null });
      return ok(await own(call, tx));
    },
  }),
  ...reviews(),
];

function reviews(): ConsoleRoute[] {
  return [
    read({
      path: '/operator/leavings',
      summary: 'Applications of sellers to leave, newest first',
      action: 'leaving.inspect',
      query: schemas.leavingQuery,
      response: schemas.leavingPage,
      async run({ platform: { db } }, { cursor, limit, state }) {
        const before = cursor ? decodeCursor(cursor) : null;
        const found = await listLeavings(db, { state, before, limit: limit + 1 });
        const page = toPage(found, limit, ({ askedAt, leavingId }) => ({ at: askedAt, id: leavingId }));
        const names = await sellerNames(
          db,
          page.items.map(({ sellerId }) => sellerId),
        );
        return ok({ items: page.items.map((each) => present(each, names)), nextCursor: page.nextCursor });
      },
    }),
    read({
      path: '/operator/leavings/{leavingId}',
      summary: 'One application, with what hinders it now and what the seller declares',
      action: 'leaving.inspect',
      query: noQuery,
      response: schemas.leavingDetail,
      async run(call) {
        const found = await leavingById(call.platform.db, call.params.leavingId ?? '');
        return found ? ok(await detail(call, call.platform.db, found)) : unknown;
      },
    }),
    command({
      path: '/operator/leavings/{leavingId}/decision',
      summary: 'Let the seller go, which is checked again and is for good, or reject with a reason',
      action: 'leaving.decide',
      body: schemas.leavingDecision,
      response: schemas.leavingDetail,
      async run(call, body, tx) {
        const { platform, principal, now, params } = call;
        const decision = { ...body, leavingId: params.leavingId ?? '', by: principal.displayName };
        const decided = await decideLeaving(platform, tx, decision, now);
        if (!decided.ok) return decided;
        const { sellerId, leavingId } = decided.value;
        const action = body.approve ? 'leaving.approve' : 'leaving.reject';
        const what = { action, object: `leaving:${leavingId}`, traceId: null, onBehalfOf: `seller:${sellerId}` };
        await auditDone(call, tx, what);
        return ok(await detail(call, tx, decided.value));
      },
    }),
  ];
}

const unknown = refuse('NOT_FOUND', 'there is no such application');
const sellerOf = ({ principal }: Call): string => principal.sellerId ?? '';

async function done(call: Call, tx: Tx, action: string, result: Result<Leaving>) {
  if (!result.ok) return result;
  await auditDone(call, tx, { action, object: `leaving:${result.value.leavingId}`, traceId: null });
  return ok(await own(call, tx));
}

async function own(call: Call, executor: Executor): Promise<schemas.OwnLeavingView> {
  const { principal, platform } = call;
  const { site } = platform.config;
  const sellerId = sellerOf(call);
  const last = await lastLeaving(executor, sellerId);
  const left = await leftAt(executor, sellerId);
  const { uninvoiced, ...found } = await standing(call, executor, sellerId, MOST_UNINVOICED);
  const names = await buyersOf(executor, uninvoiced);
  const open = left === null && last?.state !== 'PENDING';
  return {
    ...found,
    leftAt: left?.toISOString() ?? null,
    application: last ? present(last, new Map([[sellerId, principal.tenantName ?? '']])) : null,
    uninvoiced: uninvoiced.map((each) => ({
      ...each,
      buyerName: names.get(each.buyerId) ?? '',
      placedAt: each.placedAt.toISOString(),
    })),
    currency: SITES[site].currency,
    mayTakeTheRest: mayTakeTheRest(found.hindrances) && scopeOf(principal, 'leaving.apply') !== null,
    mayApply: open && scopeOf(principal, 'leaving.apply') !== null,
    mayDeclare: left === null && scopeOf(principal, 'invoice.own') !== null,
  };
}

async function detail(call: Call, executor: Executor, found: Leaving): Promise<schemas.LeavingDetailView> {
  const { sellerId } = found;
  const names = await sellerNames(executor, [sellerId]);
  const currency = SITES[call.platform.config.site].currency;
  const { uninvoiced: _, ...now } = await standing(call, executor, sellerId, 0);
  return { ...now, leaving: present(found, names), currency };
}

async function standing({ platform }: Call, executor: Executor, sellerId: string, shown: number) {
  const found = await hindrancesTo(executor, sellerId, platform.config.site, shown);
  const { hindrances, running, uninvoiced } = found;
  const statements = await statementsOf(executor, sellerId);
  const names = await buyersOf(
    executor,
    statements.flatMap(({ orders }) => orders),
  );
  return {
    hindrances: [...hindrances],
    uninvoiced,
    running: { prepaid: running.prepaid, lastExpiry: running.lastExpiry?.toISOString() ?? null },
    statements: statements.map(({ declaredAt, orders, ...each }) => ({
      ...each,
      declaredAt: declaredAt.toISOString(),
      orders: orders.map((order) => ({ ...order, buyerName: names.get(order.buyerId) ?? '' })),
    })),
  };
}

const buyersOf = (executor: Executor, of: readonly { readonly buyerId: string }[]) =>
  partyNames(executor, { buyers: [...new Set(of.map(({ buyerId }) => buyerId))], sellers: [] });

const present = (
  { askedAt, decidedAt, sellerId, ...rest }: Leaving,
  names: ReadonlyMap<string, string>,
): schemas.LeavingView => ({
  ...rest,
  sellerId,
  sellerName: names.get(sellerId) ?? '',
  askedAt: askedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
});
