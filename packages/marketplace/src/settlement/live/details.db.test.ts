/** Transaction details and bills as sellers read them (settlement.md 4.5, 5.1), from facts that are given one by one. */
import { beforeEach, describe, expect, it } from 'vitest';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { presentExplained, presentLine } from '../../api/console-api/present-settlement.ts';
import { listOrders } from '../../ordering/index.ts';
import { inTransaction, sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/exact.ts';
import { readCalendar } from '../calendar-file.ts';
import { knownYears } from '../calendar-store.ts';
import type { Line, Product, ProductClass } from '../facts.ts';
import { listBills } from './bill-queries.ts';
import { moveBill } from './bills.ts';
import type { NewLine } from './from-orders.ts';
import { refundLine, UNKNOWN_LINE } from './from-orders.ts';
import { giveYear, takeYears } from './give-year.ts';
import { explainLine, type LineQuery, listLines } from './line-queries.ts';
import type { Learned } from './lines-store.ts';
import { arrive, bill, forgetBills } from './live.test-support.ts';

const world = sharedWorld({ seed: 'transaction details' });
beforeEach(() => forgetBills(world().platform));

const day = (text: string) => new Date(`${text}T02:00:00Z`);
const NAME = { zh: '商品', en: 'Product' };
const names = { buyer: () => 'Buyer', seller: () => 'Seller' };

const TERMS: Product = {
  ...{ id: 'goods', sellerId: 'seller', class: 'GENERAL', supervised: false, feeRatio: decimal('0.05'), share: null },
  ...{ outputTax: decimal('0.06'), sellerInvoiceTax: decimal('0.06'), serviceTax: decimal('0.06') },
  managementFeeRatio: null,
};
const JOINT: Product = {
  ...TERMS,
  ...{ class: 'JOINT', feeRatio: null, managementFeeRatio: decimal('0.02') },
  share: { mode: 'DEAL_PRICE', ratio: decimal('0.7'), floorDiscount: null },
};

/** An order of `amount`, paid and in effect on `on` unless told otherwise. */
async function sale(id: string, on: string, amount: string, line: Partial<Line> = {}, terms = TERMS): Promise<NewLine> {
  const at = day(on);
  const facts: Line = {
    ...{ ...UNKNOWN_LINE, id, productId: terms.id, kind: 'NEW', amount: decimal(amount) },
    ...{ placedAt: at, paidAt: at, activatedAt: at, ...line },
  };
  const told: NewLine = {
    ...{ lineId: id, rootId: id, orderId: id, sellerId: terms.sellerId, buyerId: 'buyer', goodsId: terms.id },
    ...{ class: terms.class, distributorId: null, line: facts, terms },
    about: { productName: NAME, specificationName: NAME, chargingMode: null, distributorId: null, note: null },
  };
  await arrive(world().platform, [{ at, rootId: id, line: told }]);
  return told;
}
async function giveBack(root: NewLine, on: string, amount: string): Promise<void> {
  const refund = { lineId: `${root.lineId}-R`, orderId: `${root.lineId}-R`, amount: decimal(amount), at: day(on) };
  await arrive(world().platform, [{ at: day(on), rootId: root.lineId, line: refundLine(root, refund) }]);
}
async function learned(lineId: string, member: Learned['member'], on: string): Promise<void> {
  await arrive(world().platform, [{ at: day(on), rootId: lineId, learned: { lineId, member, at: day(on) } }]);
}
const run = async (...periods: string[]) => {
  for (const period of periods) await bill(world().platform, period);
};

const bills = async () => {
  const found = await listBills(world().platform.db, { sellerId: 'seller', before: null, limit: 50 });
  return found.toSorted((one, other) => one.period.localeCompare(other.period) || one.class.localeCompare(other.class));
};
const lines = (query: Partial<LineQuery> = {}) =>
  listLines(world().platform.db, { sellerId: 'seller', before: null, limit: 50, ...query });
const idsOf = async (query: Partial<LineQuery> = {}) => (await lines(query)).map(({ lineId }) => lineId).toSorted();
const shown = async (lineId: string) => {
  const [view] = await lines({ lineId });
  if (!view) throw new Error(`there is no line ${lineId}`);
  return presentLine(view, names);
};
const explained = async (lineId: string) => {
  const found = await explainLine(world().platform.db, lineId, 'seller', day('2024-12-31'));
  if (!found) throw new Error(`there is no line ${lineId}`);
  return presentExplained(found, names, new Map());
};

describe('increment shares (3.1)', () => {
  const OTHER: Product = { ...TERMS, id: 'other', sellerId: 'uncertified' };
  const stored = async () => {
    const { rows } = await sql<{ id: string; bill: string; percent: string | null; apart: string | null }>`
      SELECT line_id AS id, bill_period AS bill, trim_scale(increment)::text AS percent, trim_scale(settlement_1)::text AS apart FROM settlement.lines ORDER BY line_id`.execute(
      world().platform.db,
    );
    return rows.map(({ id, bill, percent, apart }) => [id, bill, percent, apart]);
  };
  const certified = (at: Date | null) =>
    sql`
      INSERT INTO directory.sellers (seller_id, name, site, certified_at, created_at) VALUES ('uncertified', 'Seller', 'CN', ${at}, ${day('2024-01-01')})
      ON CONFLICT (seller_id) DO UPDATE SET certified_at = excluded.certified_at`.execute(world().platform.db);

  it('S3-4 … S3-6: what was paid in a month decides for all lines that count in it, paid before or with a voucher too', async () => {
    await sale('A', '2024-04-10', '400000');
    await sale('B', '2024-04-11', '200000', { voucherUsed: decimal('10000') });
    await sale('C', '2024-03-20', '300000', { activatedAt: day('2024-04-12') });
    await giveBack(await sale('D', '2024-04-13', '1000'), '2024-05-02', '300');
    // 591,000 were paid in April; B bears its voucher by its share, and C was paid in March
    expect(await stored()).toEqual([
      ['A', '202404', '4000', null],
      ['B', '202404', null, '182400'],
      ['C', '202404', null, '288000'],
      ['D', '202404', '10', null],
      ['D-R', '202405', null, '-288'],
    ]);
    await run('202404', '202405');
    expect((await bills()).map(({ total, platformFee }) => [total, platformFee])).toEqual([
      ['855360.00', '36040.00'],
      ['-288.00', '-12.00'],
    ]);
    const settled = (await lines()).map(({ lineId, settlement }) => `${lineId} ${decimal(settlement ?? '').toFixed()}`);
    expect(settled.toSorted()).toEqual(['A 384000', 'B 182400', 'C 288000', 'D 960', 'D-R -288']);
  });

  it('S2-1: lines that wait for the certification of their seller keep the share of their month', async () => {
    await certified(null);
    await sale('A', '2024-04-10', '600000', {}, OTHER);
    await run('202404');
    expect(await stored()).toEqual([['A', '202405', null, '576000']]);
    await certified(day('2024-05-20'));
    await run('202405');
    const [bill] = await listBills(world().platform.db, { sellerId: 'uncertified', before: null, limit: 5 });
    expect([bill?.period, bill?.total, bill?.platformFee]).toEqual(['202405', '576000.00', '24000.00']);
  });
});

describe('bills of one class (4.5)', () => {
  it('S4-4, S4-5: are held until they have 1000 together, then go on in one requisition, each with its own period', async () => {
    await sale('A', '2024-01-10', '500');
    await sale('B', '2024-02-10', '100');
    await sale('C', '2024-03-10', '400');
    await sale('J', '2024-03-11', '500', {}, JOINT);
    await run('202401', '202402', '202403');
    expect((await bills()).map(({ total, heldReason }) => [total, heldReason])).toEqual([
      ['475.00', 'S2-6'],
      ['95.00', 'S2-6'],
      ['380.00', 'S2-6'],
      ['340.00', 'S2-6'],
    ]);
    await sale('D', '2024-04-10', '52.63');
    await run('202404');
    const [a, b, c, joint, d] = await bills();
    expect([a, b, c, d].map((each) => [each?.period, each?.heldReason, each?.requisitionId])).toEqual(
      ['202401', '202402', '202403', '202404'].map((period) => [period, null, d?.requisitionId]),
    );
    expect([joint?.class, joint?.heldReason]).toEqual(['JOINT', 'S2-6']);
    const { rows } = await sql<{
      total: string;
    }>`SELECT round(total, 2)::text AS total FROM settlement.requisitions`.execute(world().platform.db);
    expect(rows).toEqual([{ total: '1000.00' }]);
  });

  it('S4-6: what is not positive is carried on and set off against the next', async () => {
    const root = await sale('A', '2024-01-10', '3000');
    await run('202401');
    await giveBack(root, '2024-02-10', '3000');
    await sale('B', '2024-03-10', '5000');
    await run('202402', '202403');
    const [first, second, third] = await bills();
    expect([first?.total, second?.total, third?.total]).toEqual(['2850.00', '-2850.00', '4750.00']);
    expect(second?.requisitionId).toBe(third?.requisitionId);
    const { rows } = await sql<{ total: string }>`
      SELECT round(total, 2)::text AS total FROM settlement.requisitions WHERE requisition_id = ${third?.requisitionId ?? ''}`.execute(
      world().platform.db,
    );
    expect(rows).toEqual([{ total: '1900.00' }]);
  });
});

describe('refunds in live bills (3.8)', () => {
  it('S3-24: a renewal that was taken back before it took effect is billed with its refund, sum 0', async () => {
    const renewal = { kind: 'RENEWAL', activatedAt: null, effectiveAt: day('2024-06-01') } as const;
    const root = await sale('A', '2024-03-10', '1200', renewal);
    await giveBack(root, '2024-04-02', '1200');
    await run('202404');
    expect(await bills()).toMatchObject([{ period: '202404', total: '0.00', lines: 2 }]);
  });

  it('S3-30: of a supervised order before its acceptance: in full neither line is billed, in part the rest is', async () => {
    const supervised: Product = { ...TERMS, supervised: true, feeRatio: decimal('0.1') };
    const full = await sale('FULL', '2024-01-05', '10000', { activatedAt: null }, supervised);
    const part = await sale('PART', '2024-01-05', '10000', { activatedAt: null }, supervised);
    await giveBack(full, '2024-01-20', '10000');
    await giveBack(part, '2024-01-20', '2000');
    await learned('PART', 'supervisionCompletedAt', '2024-02-10');
    await run('202401', '202402');
    expect(await bills()).toMatchObject([{ period: '202402', total: '7200.00', lines: 1 }]);
    expect((await shown('FULL')).billing).toBe('NEVER');
    expect((await shown('PART-R')).waitingFor.map(({ rule }) => rule)).toEqual(['S3-30']);
  });
});

describe('transaction details (5.1)', () => {
  it('S5-1: what happened until 24:00 is there the next morning at 08:00, what was sold last month after the 7th', async () => {
    await sale('LATE', '2024-01-31', '2000', { placedAt: new Date('2024-01-31T15:59:59Z') });
    const morning = new Date('2024-02-01T00:00:00Z');
    expect(await idsOf({ to: morning, now: morning })).toEqual(['LATE']);
    expect(await idsOf({ period: '202401', now: new Date('2024-02-07T16:00:00Z') })).toEqual(['LATE']);
  });

  it('S5-3, S5-4: are kept by class, and narrowed by order, period, buyer, repayment and supervision', async () => {
    await sale('A', '2024-01-10', '1200');
    await sale('J', '2024-01-11', '1200', {}, JOINT);
    await sale('OWES', '2024-01-12', '1200', { credit: true });
    await sale('REPAID', '2024-01-13', '1200', { credit: true, repaidAt: day('2024-02-20') });
    await sale('SUPERVISED', '2024-01-14', '1200', { activatedAt: null }, { ...TERMS, supervised: true });
    const byClass = (name: ProductClass) => idsOf({ class: name });
    expect(await byClass('JOINT')).toEqual(['J']);
    expect(await byClass('GENERAL')).toEqual(['A', 'OWES', 'REPAID', 'SUPERVISED']);
    expect(await idsOf({ repaymentStatus: 'OPEN' })).toEqual(['OWES']);
    expect(await idsOf({ repaymentStatus: 'COMPLETED' })).toEqual(['REPAID']);
    expect(await idsOf({ repaymentStatus: 'NOT_APPLICABLE' })).toEqual(['A', 'J', 'SUPERVISED']);
    expect(await idsOf({ supervisionStatus: 'OPEN' })).toEqual(['SUPERVISED']);
    await learned('SUPERVISED', 'supervisionCompletedAt', '2024-01-20');
    expect(await idsOf({ supervisionStatus: 'COMPLETED' })).toEqual(['SUPERVISED']);
    expect(await idsOf({ supervisionStatus: 'NOT_APPLICABLE' })).toEqual(['A', 'J', 'OWES', 'REPAID']);
    expect(await idsOf({ orderId: 'J', buyerId: 'buyer', period: '202401' })).toEqual(['J']);
  });

  it('S5-5, S5-7: a line is unbilled for one of three reasons; billed when the bill is made, which is read when it was reviewed', async () => {
    await sale('A', '2024-01-10', '2000');
    await sale('OWES', '2024-01-12', '1200', { credit: true });
    await sale('OPEN', '2024-01-14', '1200', { activatedAt: null }, { ...TERMS, supervised: true });
    expect([(await shown('A')).billing, (await shown('A')).billId]).toEqual(['READY', null]);
    for (const [id, rule] of [['OWES', 'S2-3'] as const, ['OPEN', 'S2-4'] as const])
      expect(await shown(id)).toMatchObject({ billing: 'WAITING', waitingFor: [{ rule }] });
    await run('202401');
    const [made] = await bills();
    const billId = made?.billId ?? '';
    expect(await shown('A')).toMatchObject({ billing: 'BILLED', billId, mayViewBill: false });
    const { platform } = world();
    const sent = await inTransaction(platform.db, (tx) =>
      moveBill(platform, tx, { billId, to: 'TO_COUNTERSIGN', by: 'operator' }, day('2024-02-06')),
    );
    expect([sent.ok, (await shown('A')).mayViewBill]).toEqual([true, true]);
  });

  it('S5-6: a row tells when it took effect, of a refund the original and what it settled, of joint operation the management fee', async () => {
    const root = await sale('A', '2024-01-10', '2000');
    await giveBack(root, '2024-02-10', '500');
    await sale('J', '2024-01-11', '1200', {}, JOINT);
    await run('202401');
    expect(await explained('A-R')).toMatchObject({
      ...{ kind: 'REFUND', originalLineId: 'A', originalSettlement: '1900.00', settlementAmount: '-475.00' },
      ...{ managementFeeRatio: null, derivation: [{ rule: 'S3-25' }] },
    });
    expect(await explained('A')).toMatchObject({
      effectiveAt: day('2024-01-10').toISOString(),
      originalSettlement: null,
    });
    expect((await explained('J')).managementFeeRatio).toBe('0.02');
  });

  it('S5-8: usage is found in the details of a bill, not among the orders', async () => {
    const used = { kind: 'USAGE', activatedAt: null, consumedTo: day('2024-01-20') } as const;
    await sale('U', '2024-01-20', '1500', used);
    await run('202401');
    const [made] = await bills();
    expect(await idsOf({ billId: made?.billId })).toEqual(['U']);
    const orders = await listOrders(world().platform.db, { scope: { kind: 'all' }, before: null, limit: 50 });
    expect(orders.map(({ orderId }) => orderId)).not.toContain('U');
  });
});

it('a calendar file gives years that are not known, once; what a person gave and what is over stays', async () => {
  const { platform, clock } = world();
  const take = (years: object[]) =>
    inTransaction(platform.db, (tx) => takeYears(platform, tx, readCalendar(JSON.stringify({ years })), clock.now()));
  const year = (number: number, day: string) => ({ year: number, off: [`${number}-01-01`, day], worked: [] });
  const file = [year(2024, '2024-03-01'), year(2090, '2090-03-01'), year(2091, '2091-03-01')].map((each) =>
    // New Year's Day of 2090 and 2091 is a Sunday and a Monday
    each.year === 2090 ? { ...each, off: [each.off[1]] } : each,
  );
  expect(await take(file)).toEqual([2090, 2091]);
  expect(await take(file)).toEqual([]);
  const given = { ...year(2091, '2091-04-02'), by: 'finance' };
  await inTransaction(platform.db, (tx) => giveYear(platform, tx, given, clock.now()));
  expect(await take([...file.slice(0, 2), year(2091, '2091-03-02')])).toEqual([]);
  const known = new Map((await knownYears(platform.db)).map(({ year: number, by }) => [number, by]));
  expect([known.get(2024), known.get(2090), known.get(2091)]).toEqual([null, 'JISHI_CALENDAR_FILE', 'finance']);
});
