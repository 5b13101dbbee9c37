/** Bills of distributors (settlement.md 4.6): its own people see, confirm or reject them; operators move them on. */
import { distributorNames, scopeOf } from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import {
  adjust,
  type CommissionBill,
  commissionBillDetail,
  decideCommissionBills,
  explainCommission,
  holdBill,
  listCommissionBills,
  moveBill,
  paymentsOfRequisition,
} from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import { ownOr } from './commission-routes.ts';
import * as schemas from './distributor-schemas.ts';
import { presentCommissionBill, presentCommissionBillDetail, presentCommissionDetail } from './present-commissions.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

const unknownBill = refuse('NOT_FOUND', 'there is no such bill');

export const commissionBillRoutes: ConsoleRoute[] = [
  read({
    path: '/distributor/bills',
    summary: 'Bills of commissions, newest first (4.6)',
    action: 'commission.view',
    query: schemas.commissionBillQuery,
    response: schemas.commissionBillPage,
    async run(call, { cursor, limit, distributorId, ...filters }) {
      const { db } = call.platform;
      const found = await listCommissionBills(db, {
        ...filters,
        distributorId: ownOr(call, distributorId),
        before: cursor ? decodeCursor(cursor) : null,
        limit: limit + 1,
      });
      const page = toPage(found, limit, ({ createdAt, billId }) => ({ at: createdAt, id: billId }));
      const names = await distributorNames(
        db,
        page.items.map((bill) => bill.distributorId),
      );
      return ok({
        items: page.items.map((bill) => presentCommissionBill(bill, names)),
        nextCursor: page.nextCursor,
      });
    },
  }),
  read({
    path: '/distributor/bills/{billId}',
    summary: 'One bill: sums, schedule, requisition, invoice list, what happened; its lines: commissions/lines?period=',
    action: 'commission.view',
    query: noQuery,
    response: schemas.commissionBillDetail,
    run: (call) => shown(call, call.platform.db),
  }),
  command({
    path: '/distributor/bills/decision',
    summary: 'Confirm bills or reject them with a reason, at most 100 at once (4.6)',
    action: 'commission.decide',
    body: schemas.commissionBillDecision,
    response: schemas.decidedCommissionBills,
    async run(call, { billIds, accept, reason }, tx) {
      const { platform, principal, now } = call;
      const { distributorId, displayName: by } = principal;
      if (distributorId === null) return unknownBill;
      const asked = { distributorId, billIds, accept, reason: reason ?? null, by };
      const decided = await decideCommissionBills(platform, tx, asked, now);
      if (!decided.ok) return decided;
      const action = accept ? 'commission.confirm' : 'commission.reject';
      for (const billId of decided.value)
        await auditDone(call, tx, { action, object: `bill:${billId}`, traceId: null });
      return ok({ billIds: [...decided.value] });
    },
  }),
  command({
    path: '/operator/commission-bills/{billId}/transition',
    summary: 'Move a distributor’s bill and those of its requisition on (4.6)',
    action: 'settlement.decide',
    body: schemas.commissionBillTransition,
    response: schemas.commissionBillDetail,
    async run(call, { to, note }, tx) {
      const { platform, principal, now } = call;
      const billId = (await known(call, tx))?.billId;
      if (billId === undefined) return unknownBill;
      const moved = await moveBill(platform, tx, { billId, to, note, by: principal.displayName }, now);
      return moved.ok ? after(call, tx, `settlement.${to}`) : moved;
    },
  }),
  command({
    path: '/operator/commission-bills/{billId}/hold',
    summary: 'Keep a distributor’s bill under review back, or let it go on',
    action: 'settlement.decide',
    body: schemas.commissionBillHold,
    response: schemas.commissionBillDetail,
    async run(call, { hold, reason }, tx) {
      const { principal, now } = call;
      const billId = (await known(call, tx))?.billId;
      if (billId === undefined) return unknownBill;
      const held = await holdBill(tx, { billId, hold, reason, by: principal.displayName }, now);
      return held.ok ? after(call, tx, hold ? 'settlement.hold' : 'settlement.unhold') : held;
    },
  }),
  command({
    path: '/operator/commission-bills/{billId}/adjustments',
    summary: 'S4-3: what a dispute about a distributor’s bill gives, as a line of its next bill',
    action: 'settlement.decide',
    body: schemas.commissionAdjustment,
    response: schemas.commissionDetail,
    status: 201,
    async run(call, { amount, reason }, tx) {
      const { platform, principal, now } = call;
      const bill = await known(call, tx);
      if (!bill) return unknownBill;
      const of = { kind: 'DISTRIBUTOR', id: bill.distributorId } as const;
      const given = { of, amount, reason, billId: bill.billId, by: principal.userId };
      const adjusted = await adjust(platform, tx, given, now);
      if (!adjusted.ok) return adjusted;
      const lineId = adjusted.value;
      await auditDone(call, tx, { action: 'settlement.adjust', object: `settlement:${lineId}`, traceId: null });
      const explained = await explainCommission(tx, { lineId, distributorId: bill.distributorId }, now);
      return explained ? ok(presentCommissionDetail(explained)) : refuse('NOT_FOUND', 'there is no such line');
    },
  }),
];

async function known({ params }: Call, tx: Tx): Promise<CommissionBill | undefined> {
  const billId = params.billId ?? '';
  const [found] = await listCommissionBills(tx, { distributorId: null, billId, before: null, limit: 1 });
  return found;
}

async function after(call: Call, tx: Tx, action: string) {
  await auditDone(call, tx, { action, object: `bill:${call.params.billId}`, traceId: null });
  return shown(call, tx);
}

/** Its distributor opens a bill once it was sent; until then it is in the list only, as with sellers (S5-7). */
async function shown(call: Call, executor: Executor) {
  const { params, principal } = call;
  const detail = await commissionBillDetail(executor, params.billId ?? '', principal.distributorId);
  if (!detail) return unknownBill;
  const { bill } = detail;
  const names = await distributorNames(executor, [bill.distributorId]);
  if (principal.distributorId !== null && !presentCommissionBill(bill, names).mayView)
    return refuse('BILL_NOT_SENT', 'the bill is in review');
  const payments = await paymentsOfRequisition(executor, bill.requisitionId);
  const may = (action: 'settlement.decide' | 'commission.decide') => scopeOf(principal, action) !== null;
  return ok(
    presentCommissionBillDetail(detail, payments, names, {
      move: may('settlement.decide'),
      decide: may('commission.decide'),
    }),
  );
}
