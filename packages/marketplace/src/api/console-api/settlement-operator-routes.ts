/** What operators do about settlement: periods with preview and run, bills on their way, adjustments, holds (O-30). */
import { certifySeller, distributorNames, sellerCertifications } from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import { ok, refuse } from '../../platform/result.ts';
import {
  adjust,
  dayAt,
  explainLine,
  holdBill,
  listPeriods,
  moveBill,
  previewRun,
  runPeriod,
} from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { presentExplained, presentPeriod } from './present-settlement.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import { billsPage, namesOfBills, shownBill } from './settlement-routes.ts';
import * as schemas from './settlement-schemas.ts';

const unknownPeriod = refuse('NOT_FOUND', 'there is no such account period');

export const settlementOperatorRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/settlement/periods',
    summary: 'Account periods with their run days, newest first',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.settlementPeriods,
    run: async (call) => ok({ items: await shownPeriods(call, call.platform.db) }),
  }),
  read({
    path: '/operator/settlement/periods/{period}/preview',
    summary: 'A dry run: bills, differences to last month, exceptions; nothing is written',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.settlementPreview,
    async run(call) {
      const { platform, now, params } = call;
      const { db, config } = platform;
      const [period] = (await shownPeriods(call, db)).filter((each) => each.period === params.period);
      if (!period) return unknownPeriod;
      const preview = await previewRun(platform, config.site, period.period, now);
      if (!preview.ok) return preview;
      const { bills, commissions, missing, errors, uncertified } = preview.value;
      const names = await namesOfBills(db, [...bills, ...missing, ...uncertified]);
      const partners = await distributorNames(
        db,
        commissions.map(({ distributorId }) => distributorId),
      );
      const sumOf = (amounts: readonly (string | null)[]) =>
        amounts.reduce((sum, each) => sum.plus(each ?? '0'), decimal('0')).toFixed(2);
      return ok({
        period,
        bills: bills.map((bill) => ({
          sellerId: bill.sellerId,
          sellerName: names.seller(bill.sellerId),
          class: bill.class,
          total: bill.total,
          sales: bill.sales,
          platformFee: bill.platformFee,
          lines: bill.lines,
          lastTotal: bill.lastTotal,
          held: bill.releasedAt === null,
        })),
        commissions: commissions.map(({ distributorId, total, lines, lastTotal, releasedAt }) => ({
          ...{ distributorId, total, lines, lastTotal, held: releasedAt === null },
          distributorName: partners.get(distributorId) ?? distributorId,
        })),
        total: sumOf(bills.map(({ total }) => total)),
        lastTotal: sumOf([...bills, ...missing].map(({ lastTotal }) => lastTotal)),
        missing: missing.map((each) => ({ ...each, sellerName: names.seller(each.sellerId) })),
        errors: [...errors],
        uncertified: uncertified.map((each) => ({ ...each, sellerName: names.seller(each.sellerId) })),
      });
    },
  }),
  command({
    path: '/operator/settlement/periods/{period}/run',
    summary: 'Make the bills of a period whose day has come; a second time shows what was made',
    action: 'settlement.run',
    body: nothing,
    response: schemas.settlementRunResult,
    async run(call, _body, tx) {
      const { platform, params, now } = call;
      const period = params.period ?? '';
      if (!/^20\d{2}(0[1-9]|1[0-2])$/.test(period)) return unknownPeriod;
      const done = await runPeriod(platform, tx, { site: platform.config.site, period }, now);
      if (done.ok)
        await auditDone(call, tx, { action: 'settlement.run', object: `settlement:${period}`, traceId: null });
      return done;
    },
  }),
  read({
    path: '/operator/settlement/bills',
    summary: 'Bills of all sellers, newest first',
    action: 'settlement.inspect',
    query: schemas.settlementBillQuery,
    response: schemas.settlementBillPage,
    run: (call, query) => billsPage(call, query),
  }),
  read({
    path: '/operator/settlement/bills/{billId}',
    summary: 'One bill, and where it may go',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.settlementBillDetail,
    run: (call) => shownBill(call, call.platform.db),
  }),
  command({
    path: '/operator/settlement/bills/{billId}/transition',
    summary: 'Move a bill and those of its requisition on (4.4)',
    action: 'settlement.decide',
    body: schemas.billTransition,
    response: schemas.settlementBillDetail,
    async run(call, { to, note }, tx) {
      const { platform, params, principal, now } = call;
      const billId = params.billId ?? '';
      const moved = await moveBill(platform, tx, { billId, to, note, by: principal.displayName }, now);
      return moved.ok ? billAfter(call, tx, `settlement.${to}`) : moved;
    },
  }),
  command({
    path: '/operator/settlement/bills/{billId}/hold',
    summary: 'Keep a bill under review back, or let it go on',
    action: 'settlement.decide',
    body: schemas.billHold,
    response: schemas.settlementBillDetail,
    async run(call, { hold, reason }, tx) {
      const { params, principal, now } = call;
      const held = await holdBill(tx, { billId: params.billId ?? '', hold, reason, by: principal.displayName }, now);
      return held.ok ? billAfter(call, tx, hold ? 'settlement.hold' : 'settlement.unhold') : held;
    },
  }),
  command({
    path: '/operator/settlement/adjustments',
    summary: 'S4-3: what a dispute gives, as a line of the next bill',
    action: 'settlement.decide',
    body: schemas.newAdjustment,
    response: schemas.settlementLineDetail,
    status: 201,
    async run(call, { sellerId, class: productClass, amount, billId, reason }, tx) {
      const { platform, principal, now } = call;
      const names = await namesFor(tx, [{ buyerIds: [], sellerIds: [sellerId] }]);
      const of = { kind: 'SELLER', id: sellerId, class: productClass } as const;
      const adjusted = await adjust(platform, tx, { of, amount, billId, reason, by: principal.userId }, now);
      if (!adjusted.ok) return adjusted;
      await auditDone(call, tx, { action: 'settlement.adjust', object: `settlement:${adjusted.value}`, traceId: null });
      const explained = await explainLine(tx, adjusted.value, null, now);
      return explained
        ? ok(presentExplained(explained, names, new Map()))
        : refuse('NOT_FOUND', 'there is no such line');
    },
  }),
  read({
    path: '/operator/settlement/sellers',
    summary: 'Sellers with their business information certification (S2-1)',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.certifiedSellers,
    run: async ({ platform: { db, config } }) => ok(await shownSellers(db, config.site)),
  }),
  command({
    path: '/operator/settlement/sellers/{sellerId}/certification',
    summary: 'Certify a seller, or take it back; without it no bill is made (S2-1)',
    action: 'settlement.decide',
    body: schemas.sellerCertification,
    response: schemas.certifiedSellers,
    async run(call, { certified }, tx) {
      const { platform, params, now } = call;
      const { site } = platform.config;
      const sellerId = params.sellerId ?? '';
      if (!(await sellerCertifications(tx, site)).some((seller) => seller.sellerId === sellerId))
        return refuse('NOT_FOUND', 'there is no such seller');
      await certifySeller(tx, sellerId, certified ? now : null);
      await auditDone(call, tx, { action: 'settlement.certify', object: `seller:${sellerId}`, traceId: null });
      return ok(await shownSellers(tx, site));
    },
  }),
];

async function shownPeriods({ platform, now }: Call, executor: Executor) {
  const { site } = platform.config;
  const periods = await listPeriods(executor, site);
  const next = periods.findLast(({ state }) => state === 'OPEN');
  return periods.map((period) => presentPeriod(period, period === next, dayAt(now, site)));
}

async function billAfter(call: Call, tx: Tx, action: string) {
  await auditDone(call, tx, { action, object: `bill:${call.params.billId}`, traceId: null });
  return shownBill(call, tx);
}

async function shownSellers(executor: Executor, site: string) {
  const sellers = await sellerCertifications(executor, site);
  return {
    items: sellers.map(({ sellerId, name, certifiedAt }) => ({
      sellerId,
      name,
      certifiedAt: certifiedAt?.toISOString() ?? null,
    })),
  };
}
