/** From real orders to paid bills: what counts when, what it waits for, what the seller reads, what the ledger has. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FakeSeller } from '../../../../../tests/support/fake-seller.ts';
import {
  advanceTo,
  inTx,
  onTrial,
  ordering,
  renewedAndPaid,
  startObedientSeller,
  subscribed,
} from '../../../../../tests/support/lives.ts';
import { createShop } from '../../../../../tests/support/shop.ts';
import { acceptDelivery, deliver } from '../../delivery/index.ts';
import { certifySeller } from '../../directory/index.ts';
import { unsubscribe } from '../../instances/index.ts';
import { trialBalance } from '../../ledger/index.ts';
import { sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import { listDue } from '../payout/due.ts';
import { CHECKER, enterAccount, MAKER, statementOf } from '../payout/payout.test-support.ts';
import { runDetail } from '../payout/queries.ts';
import { approveRun, makeRun } from '../payout/runs.ts';
import { importStatement } from '../payout/statement/importing.ts';
import { billDetail, listBills } from './bill-queries.ts';
import { adjust, holdBill, moveBill } from './bills.ts';
import { billingOf, explainLine, listLines } from './line-queries.ts';
import { forecastFor, incomeOf } from './outlook.ts';
import { previewRun } from './preview.ts';

const { world, value, tryTo, buy, agree, deliveryOf, file } = createShop();
const sellers: FakeSeller[] = [];
beforeAll(async () => {
  const seller = await startObedientSeller(world());
  sellers.push(seller);
  return () => seller.close();
});

const lineOf = async (lineId: string) => {
  const explained = await explainLine(world().platform.db, lineId, null, world().clock.now());
  if (!explained) throw new Error(`there is no line ${lineId}`);
  return explained;
};
const linesOfRoot = async (rootId: string) =>
  (await listLines(world().platform.db, { sellerId: null, now: world().clock.now(), before: null, limit: 100 })).filter(
    (line) => line.rootId === rootId,
  );
const scopes = () => ({
  buyer: { kind: 'buyer', buyerId: world().demo.buyerId, placedBy: null } as const,
  seller: { kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null } as const,
});

describe('what counts when', () => {
  it('S2-3, S2-5, S3-3c: an unsupervised purchase counts when it is opened, and says how its amount came about', async () => {
    const { resourceId } = await subscribed(world(), { periodNumber: 11 });
    const { view, steps, conditions, earliestBill } = await lineOf(resourceId);
    expect(view).toMatchObject({
      state: 'READY',
      kind: 'NEW',
      class: 'GENERAL',
      period: '202601',
      billPeriod: '202601',
    });
    expect(conditions.map(({ rule }) => rule)).toEqual(['S2-3', 'S2-5']);
    expect(steps.at(-1)).toMatchObject({ rule: 'S3-3c', text: `${decimal(view.sales ?? '').toFixed()} × (1 − 0.05)` });
    expect(decimal(steps.at(-1)?.value ?? '').toFixed()).toBe(decimal(view.settlement ?? '').toFixed());
    expect(earliestBill).toEqual({ period: '202601', runDay: '2026-02-03' });
  });

  it('S2-8, S5-9: a trial is never settled, nor listed in transaction details', async () => {
    const { resourceId } = await onTrial(world());
    expect(await linesOfRoot(resourceId)).toEqual([]);
  });

  it('S3-22 … S3-25, S3-27 (R1): what the buyer gives back is paid back and taken off the seller’s settlement: a full refund in the same month is a second line, and both sum to zero', async () => {
    const { resourceId } = await subscribed(world(), { periodNumber: 11 });
    await inTx(world(), (tx) =>
      unsubscribe(
        world().platform,
        tx,
        { ...ordering(world()), resourceId, reason: 'not needed', contactConsent: true },
        world().clock.now(),
      ),
    ).then(value);
    await world().simulator.drain();
    const lines = await linesOfRoot(resourceId);
    expect(lines.map(({ kind, period }) => [kind, period]).toSorted()).toEqual([
      ['NEW', '202601'],
      ['REFUND', '202601'],
    ]);
    const sum = lines.reduce((total, { settlement }) => total.plus(settlement ?? '0'), decimal('0'));
    expect(sum.toFixed()).toBe('0');
    const refund = lines.find(({ kind }) => kind === 'REFUND');
    expect((await lineOf(refund?.lineId ?? '')).steps[0]?.rule).toBe('S3-25');
    expect((await lineOf(refund?.lineId ?? '')).originalSettlement).not.toBeNull();
  });

  it('S3-31: a renewal counts when its period begins, not when it is paid', async () => {
    const { resourceId } = await subscribed(world());
    const order = await renewedAndPaid(world(), resourceId);
    const { view } = await lineOf(order.lines[0]?.orderLineId ?? '');
    expect(view).toMatchObject({ kind: 'RENEWAL', state: 'READY', period: '202602' });
    expect([billingOf(view), view.waiting.map(({ rule }) => rule)]).toEqual(['WAITING', ['S2-5']]);
  });

  it('S2-4, S2-12, T6: a supervised order waits for its acceptance, and counts in that month', async () => {
    const lineId = await buy({ type: 'SERVICE' });
    expect((await lineOf(lineId)).view.waiting.map(({ rule }) => rule)).toEqual(['S2-4']);
    const { waiting } = await forecastFor(world().platform.db, 'CN', world().demo.sellerId, world().clock.now());
    expect(waiting.map(({ rule }) => rule)).toContain('S2-4');
    await advanceTo(world(), '2026-02-01T08:00:00Z');
    await agree(lineId);
    const { deliveryId } = await deliveryOf(lineId);
    const proofFileIds = [await file('PROOF')];
    const given = {
      userId: 'u1',
      deliveryId,
      scope: scopes().seller,
      licenceText: null,
      fileId: null,
      enablingAt: null,
      result: 'done',
      proofFileIds,
    };
    value(await tryTo((tx, now) => deliver(world().platform, tx, given, now)));
    value(
      await tryTo((tx, now) =>
        acceptDelivery(world().platform, tx, { deliveryId, scope: scopes().buyer, userId: 'u1' }, now),
      ),
    );
    await world().simulator.drain();
    expect((await lineOf(lineId)).view).toMatchObject({ state: 'READY', period: '202602' });
  });
});

describe('the bill of January', () => {
  const january = async () => {
    const [bill] = await listBills(world().platform.db, { sellerId: null, period: '202601', before: null, limit: 2 });
    return bill;
  };

  it('a preview writes nothing; on the billing day the bill is made by itself, and released above the minimum (T1, S2-6)', async () => {
    const { platform, clock } = world();
    const preview = value(await previewRun(platform, 'CN', '202601', clock.now()));
    expect(preview.bills).toHaveLength(1);
    expect(await january()).toBeUndefined();
    await advanceTo(world(), '2026-02-03T00:00:00Z');
    const bill = await january();
    expect(bill).toMatchObject({ total: preview.bills[0]?.total, state: 'UNDER_REVIEW', heldReason: null });
    expect(bill?.releasedAt).not.toBeNull();
    const { months, products } = await incomeOf(platform.db, {
      site: 'CN',
      sellerId: world().demo.sellerId,
      from: '202601',
      to: '202601',
    });
    expect(decimal(months[0]?.settlement ?? '').toFixed(2)).toBe(bill?.total);
    expect(products.length).toBeGreaterThan(0);
  });

  it('4.4, S9-10: goes along its states to PAID, which posts the pay-out from what is owed to the bank: a seller has no balance; no step is left out', async () => {
    const { platform } = world();
    const billId = (await january())?.billId ?? '';
    const go = (to: Parameters<typeof moveBill>[2]['to']) =>
      tryTo((tx, now) => moveBill(platform, tx, { billId, to, by: 'operator' }, now));
    expect(await go('PAYING')).toMatchObject({ ok: false, refusal: { code: 'BILL_STATE' } });
    for (const to of ['TO_COUNTERSIGN', 'COUNTERSIGNING', 'REQUISITION_PENDING'] as const) value(await go(to));
    // general products of the China site are not invoiced by the seller (4.1)
    expect(await go('TO_INVOICE')).toMatchObject({ ok: false });
    value(await go('REQUISITION_REVIEW'));
    // from here on a pay-out run and the bank move it (O-7)
    expect(await go('PAYING')).toMatchObject({ refusal: { code: 'BILL_STATE' } });
    await enterAccount(platform, { kind: 'PLATFORM', id: 'CN' }, '6217000012345678');
    await enterAccount(platform, { kind: 'SELLER', id: world().demo.sellerId });
    const requisitionIds = (await listDue(platform.db, 'CN')).map(({ requisitionId }) => requisitionId);
    const runId = value(await tryTo((tx, now) => makeRun(platform, tx, { requisitionIds }, MAKER, now)));
    value(await tryTo((tx, now) => approveRun(platform, tx, { runId, by: CHECKER }, now)));
    const [payment] = (await runDetail(platform.db, 'CN', runId))?.items ?? [];
    const bytes = statementOf([{ id: requisitionIds[0] ?? '', amount: payment?.amount ?? '', day: '2026-02-03' }], 'b');
    await inTx(world(), (tx) => importStatement(platform, tx, { name: 'b', bytes, by: MAKER }, world().clock.now()));
    const detail = await billDetail(platform.db, billId, null);
    expect(detail?.history.map(({ state }) => state)).toEqual([
      'UNDER_REVIEW',
      ...['TO_COUNTERSIGN', 'COUNTERSIGNING', 'REQUISITION_PENDING', 'REQUISITION_REVIEW', 'PAYING', 'PAID'],
    ]);
    // S4-1: run 02-03, then 17 working days beyond the Spring Festival of 2026
    expect(detail?.schedule.map(({ step }) => step)).toEqual(['RUN', 'REVIEW', 'COUNTERSIGN', 'PAY']);
    const { rows } = await sql<{ left: string }>`
      SELECT sum(credit - debit) AS left FROM ledger.postings WHERE account = ${`seller:${world().demo.sellerId}:payable`}`.execute(
      platform.db,
    );
    expect(decimal(rows[0]?.left ?? '').toFixed(2)).toBe('0.00');
    expect((await trialBalance(platform.db)).balanced).toBe(true);
    const told = await sql`SELECT 1 FROM platform.events WHERE type = 'settlement.bill-sent'`.execute(platform.db);
    expect(told.rows).toHaveLength(1);
  });

  it('S4-3, S2-1: an adjustment is a line of the next bill; without certification that bill is not made', async () => {
    const { platform, demo } = world();
    const billId = (await january())?.billId;
    const asked = {
      of: { kind: 'SELLER' as const, id: demo.sellerId, class: 'GENERAL' as const },
      amount: '-25.50',
      billId,
      reason: 'ticket 7',
      by: 'operator',
    };
    const lineId = value(await tryTo((tx, now) => adjust(platform, tx, asked, now)));
    expect((await lineOf(lineId)).view).toMatchObject({
      kind: 'ADJUSTMENT',
      billPeriod: '202602',
      settlement: '-25.50',
    });
    await certifySeller(platform.db, demo.sellerId, null);
    await advanceTo(world(), '2026-03-04T00:00:00Z');
    expect(await listBills(platform.db, { sellerId: null, period: '202602', before: null, limit: 5 })).toEqual([]);
    expect((await lineOf(lineId)).view.billPeriod).toBe('202603');
    await certifySeller(platform.db, demo.sellerId, world().clock.now());
    await advanceTo(world(), '2026-04-04T00:00:00Z');
    const [bill] = await listBills(platform.db, { sellerId: null, period: '202603', before: null, limit: 5 });
    expect(bill?.lines).toBeGreaterThan(2);
    const held = { billId: bill?.billId ?? '', reason: 'a doubt', by: 'operator' };
    value(await tryTo((tx, now) => holdBill(tx, { ...held, hold: true }, now)));
    expect(await tryTo((tx, now) => moveBill(platform, tx, { ...held, to: 'TO_COUNTERSIGN' }, now))).toMatchObject({
      refusal: { code: 'BILL_HELD' },
    });
    value(await tryTo((tx, now) => holdBill(tx, { ...held, hold: false }, now)));
  });
});
