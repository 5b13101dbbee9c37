/** From bills and orders to invoices: sent, checked, rejected, verified; asked for, issued, returned; what blocks what. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { advanceTo, ordering, startObedientSeller, subscribed } from '../../../../../tests/support/lives.ts';
import { createShop } from '../../../../../tests/support/shop.ts';
import { type Instance, unsubscribe } from '../../instances/index.ts';
import { sql } from '../../platform/database/database.ts';
import { keepFile } from '../../platform/files/index.ts';
import { decimal } from '../../platform/money.ts';
import type { Result } from '../../platform/result.ts';
import { listBills } from '../live/bill-queries.ts';
import type { BillState } from '../live/bill-states.ts';
import { moveBill } from '../live/bills.ts';
import { arrive, bill, sold } from '../live/live.test-support.ts';
import { listSpending, spendingOverview } from '../spending/spending.ts';
import { invoiceableOrders } from './buyer/orders.ts';
import { askForInvoice } from './buyer/request.ts';
import { explanatoryLetter, type StepAsked, takeStep } from './buyer/service.ts';
import { listBuyerInvoices, movesOf } from './buyer/store.ts';
import { decideFeeInvoice, feeOffers, requestFeeInvoice } from './fee/service.ts';
import { decideInvoices, demandDetail, submitInvoices } from './supply/service.ts';
import { keepTitle, offerKinds } from './titles.ts';

const { world, value, tryTo, file } = createShop();
const sellers: FakeSeller[] = [];
const RUN = 'inv';
const SELLER = `${RUN}-s1`;
const plain = {
  ...{ day: 3, activeAfter: 1, credit: false, repaidAfter: null, kind: 'NEW' as const, voucher: false, refunds: [] },
  ...{ partner: null, taxed: false },
};

beforeAll(async () => {
  const seller = await startObedientSeller(world());
  sellers.push(seller);
  const { platform } = world();
  const sales = [
    { ...plain, cents: 1_234_567, product: 'p3' as const },
    { ...plain, cents: 765_433, product: 'p3' as const },
    { ...plain, cents: 5_000_000, product: 'p1' as const },
  ];
  await arrive(platform, sold(sales, RUN).arrivals);
  // one of the two joint-operation sales is software
  await sql`
    UPDATE settlement.facts SET terms = jsonb_set(terms, '{sellerInvoiceTax}', '"0.13"') WHERE line_id = ${`${RUN}-01`}`.execute(
    platform.db,
  );
  await bill(platform, '202401');
  return () => seller.close();
});

const db = () => world().platform.db;
const codeOf = <T>(result: Result<T>): string => (result.ok ? 'OK' : result.refusal.code);
const ruleOf = <T>(result: Result<T>): string => (result.ok ? 'OK' : (result.refusal.facts?.rule ?? ''));
const buyer = () => ({ kind: 'buyer', buyerId: world().demo.buyerId, placedBy: null }) as const;
const issuer = () => ({ kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null }) as const;
const eventsOf = async (type: string): Promise<number> => {
  const { rows } = await sql`SELECT 1 FROM platform.events WHERE type = ${type}`.execute(db());
  return rows.length;
};
async function invoiceFile(kind: 'seller' | 'operator', id: string): Promise<string> {
  async function* content() {
    yield Buffer.from('%PDF-1.4\n%%EOF\n');
  }
  const wanted = { owner: { kind, id }, keptBy: 'u1', purpose: 'INVOICE', name: 'i.pdf', content: content() } as const;
  return value(await keepFile(world().platform, wanted, world().clock.now())).fileId;
}
const billOf = async (productClass: 'JOINT' | 'GENERAL') => {
  const [found] = await listBills(db(), { sellerId: SELLER, class: productClass, before: null, limit: 1 });
  if (!found) throw new Error(`no ${productClass} bill`);
  return found;
};
const move = async (billId: string, ...states: readonly BillState[]) => {
  for (const to of states)
    value(await tryTo((tx, now) => moveBill(world().platform, tx, { billId, to, by: 'OF' }, now)));
};

describe('a seller invoices the marketplace', () => {
  let requisitionId = '';
  beforeAll(async () => {
    requisitionId = (await billOf('JOINT')).requisitionId ?? '';
  });
  const detail = async () => {
    const found = await demandDetail(db(), requisitionId, SELLER);
    if (!found) throw new Error('no demand');
    return found;
  };
  async function entries(prefix: string) {
    const { demand, list } = await detail();
    return Promise.all(
      list.map(async (taxed, place) => ({
        ...{ ...taxed, number: `${place}`.padStart(20, prefix), code: null, issuedOn: '2026-01-05', details: {} },
        ...{ remark: `${requisitionId} ${demand.periods.join(' ')}`, fileId: await invoiceFile('seller', SELLER) },
      })),
    );
  }
  const send = (sent: Awaited<ReturnType<typeof entries>>) =>
    tryTo((tx, now) =>
      submitInvoices(world().platform, tx, { requisitionId, sellerId: SELLER, entries: sent, by: 'SF' }, now),
    );
  const decide = (accept: boolean, reason = '') =>
    tryTo((tx, now) => decideInvoices(world().platform, tx, { requisitionId, accept, reason, by: 'OF' }, now));

  it('S5-24, S5-25: a bill in TO_INVOICE asks for an invoice a rate, together its total to the cent', async () => {
    const { billId, total } = await billOf('JOINT');
    expect(await demandDetail(db(), requisitionId, SELLER)).toBeNull();
    await move(billId, 'TO_COUNTERSIGN', 'COUNTERSIGNING', 'REQUISITION_PENDING', 'TO_INVOICE');
    const { list, demand } = await detail();
    expect(list.map(({ rate }) => rate)).toEqual(['0.13', '0.06']);
    expect(list.reduce((left, { gross }) => left.minus(gross), decimal(total)).toFixed(2)).toBe('0.00');
    expect([demand.state, demand.periods]).toEqual(['TO_INVOICE', ['202401']]);
    expect(await demandDetail(db(), requisitionId, `${RUN}-s2`)).toBeNull();
  });

  it('S5-27: a cent too little is refused by its rule and changes nothing', async () => {
    const [first, ...rest] = await entries('3');
    if (!first) throw new Error('no list');
    const cent = {
      net: decimal(first.net).minus('0.01').toFixed(2),
      gross: decimal(first.gross).minus('0.01').toFixed(2),
    };
    expect(ruleOf(await send([{ ...first, ...cent }, ...rest]))).toBe('S5-27');
    expect((await detail()).invoices).toEqual([]);
  });

  it('S5-26, S5-27: sent, rejected with its reason, sent again; a number counts once; verified, the bill goes on', async () => {
    const sent = await entries('4');
    value(await send(sent));
    expect((await billOf('JOINT')).state).toBe('INVOICE_REVIEW');
    expect(codeOf(await send(sent))).toBe('BILL_STATE');
    value(await decide(false, 'the date'));
    expect((await detail()).demand).toMatchObject({ state: 'TO_INVOICE', rejected: 'the date' });
    expect(await eventsOf('settlement.invoices-rejected')).toBe(1);
    // told as a rejection, not as a new demand
    expect(await eventsOf('settlement.invoice-asked')).toBe(1);
    // what was rejected is reissued, under its own number too
    value(await send(await entries('4')));
    value(await decide(true));
    const { demand, invoices } = await detail();
    expect(demand.state).toBe('REQUISITION_REVIEW');
    expect(invoices.map(({ state }) => state).toSorted()).toEqual(['REJECTED', 'REJECTED', 'VERIFIED', 'VERIFIED']);
    await sql`UPDATE settlement.bills SET state = 'TO_INVOICE' WHERE class = 'JOINT' AND seller_id = ${SELLER}`.execute(
      db(),
    );
    expect(codeOf(await send(await entries('4')))).toBe('INVOICE_DUPLICATE');
  });

  it('S5-24: the seller is reminded before the last day, and the operator told after it', async () => {
    await advanceTo(world(), '2026-02-07T00:00:00Z');
    expect(await eventsOf('settlement.invoices-due')).toBe(4);
  });
});

describe('the marketplace invoices its fee', () => {
  const ask = (requisitionIds: readonly string[]) =>
    tryTo((tx, now) =>
      requestFeeInvoice(
        world().platform,
        tx,
        { sellerId: SELLER, requisitionIds, kind: 'SPECIAL_DIGITAL', by: 'SF' },
        now,
      ),
    );

  it('S1-3, S5-29: only for paid bills of general products, once, to the template of the seller', async () => {
    const requisitionId = (await billOf('GENERAL')).requisitionId ?? '';
    const { platform } = world();
    expect(await feeOffers(db(), SELLER)).toEqual([]);
    await sql`UPDATE settlement.bills SET state = 'PAID' WHERE seller_id = ${SELLER}`.execute(db());
    const offers = await feeOffers(db(), SELLER);
    // 5 % of 50 000; the joint-operation bill bears no fee
    expect(offers).toEqual([{ requisitionId, periods: ['202401'], fee: '2500.00', preselected: false }]);
    expect(codeOf(await ask([requisitionId]))).toBe('INVOICE_TITLE');
    const title = {
      type: 'ENTERPRISE',
      name: 'S',
      taxNumber: '91440300708461136T',
      address: null,
      phone: null,
      bank: null,
      account: null,
    } as const;
    const receiver = { email: 's@example.com', name: null, phone: null, address: null };
    const template = { owner: `seller:${SELLER}`, titleId: null, title, receiver } as const;
    value(await tryTo((tx, now) => keepTitle(platform, tx, template, now)));
    const asked = value(await ask([requisitionId]));
    expect(asked).toMatchObject({
      net: '2358.49',
      tax: '141.51',
      gross: '2500.00',
      email: 's@example.com',
      state: 'REQUESTED',
    });
    expect(codeOf(await ask([requisitionId]))).toBe('FEE_TAKEN');
    const { feeInvoiceId } = asked;
    value(
      await tryTo((tx, now) =>
        decideFeeInvoice(platform, tx, { feeInvoiceId, by: 'OF', issue: false, reason: 'name' }, now),
      ),
    );
    const again = value(await ask([requisitionId]));
    const issued = { number: '1', issuedOn: '2026-01-05', fileId: await invoiceFile('operator', 'operator') };
    const decision = { feeInvoiceId: again.feeInvoiceId, by: 'OF', issue: true, ...issued } as const;
    expect(value(await tryTo((tx, now) => decideFeeInvoice(platform, tx, decision, now))).state).toBe('ISSUED');
    expect(await feeOffers(db(), SELLER)).toEqual([]);
  });

  it('S3-29, S5-30: a negative fee is taken along; with nothing left nothing is invoiced', async () => {
    const periods = [
      ['202402', '100.00'],
      ['202403', '-30.00'],
      ['202404', '20.00'],
    ] as const;
    for (const [period, fee] of periods)
      await sql`
        WITH asked AS (
          INSERT INTO settlement.requisitions (requisition_id, seller_id, class, site, currency, total, run_day, created_at)
          VALUES (${`R-${period}`}, ${SELLER}, 'GENERAL', 'CN', 'CNY', 2000, '2024-05-06', ${world().clock.now()}) RETURNING 1)
        INSERT INTO settlement.bills (bill_id, seller_id, class, site, currency, period, sales, total, platform_fee, cash, lines, state, nominal_run_day, run_day, created_at, released_at, requisition_id)
        SELECT ${`B-${period}`}, ${SELLER}, 'GENERAL', 'CN', 'CNY', ${period}, 2000, 2000, ${fee}::numeric, 2000, 1, 'PAID', '2024-05-06', '2024-05-06', ${world().clock.now()}, ${world().clock.now()}, ${`R-${period}`} FROM asked`.execute(
        db(),
      );
    expect((await feeOffers(db(), SELLER)).filter(({ preselected }) => preselected).map(({ fee }) => fee)).toEqual([
      '-30.00',
    ]);
    expect(codeOf(await ask(['R-202404']))).toBe('FEE_NOT_POSITIVE');
    const asked = value(await ask(['R-202402']));
    expect([asked.gross, asked.requisitionIds]).toEqual(['70.00', ['R-202402', 'R-202403']]);
  });
});

describe('a seller invoices a buyer', () => {
  const title = {
    type: 'PERSONAL',
    name: 'Ann',
    taxNumber: null,
    address: null,
    phone: null,
    bank: null,
    account: null,
  } as const;
  const receiver = { email: 'ann@example.com', name: 'Ann', phone: '1', address: 'Street 1' };
  const ask = (orderId: string, kind: 'ORDINARY_DIGITAL' | 'ORDINARY_PAPER' = 'ORDINARY_DIGITAL') =>
    tryTo((tx, now) =>
      askForInvoice(
        world().platform,
        tx,
        {
          ...{ buyerId: world().demo.buyerId, issuer: `SELLER:${world().demo.sellerId}`, orderIds: [orderId], kind },
          ...{ title, receiver, note: '', userId: 'u1', by: 'Ann', traceId: 'trace' },
        },
        now,
      ),
    );
  const step = (invoiceId: string, as: 'buyer' | 'seller', asked: StepAsked) =>
    tryTo((tx, now) =>
      takeStep(world().platform, tx, { invoiceId, scope: as === 'buyer' ? buyer() : issuer(), asked, by: as }, now),
    );
  const giveBack = ({ resourceId }: Instance) =>
    tryTo((tx, now) =>
      unsubscribe(
        world().platform,
        tx,
        { ...ordering(world()), resourceId, reason: 'not needed', contactConsent: true },
        now,
      ),
    );
  const obstacleOf = async (orderId: string) =>
    (await invoiceableOrders(db(), { buyerId: world().demo.buyerId, before: null, limit: 50 })).orders.find(
      (order) => order.orderId === orderId,
    )?.obstacle;

  it('B-101, S5-18, S5-20, S5-21, S7-10: asked for once, its letter holds for 6 months; the refund waits until the invoice is returned', async () => {
    const instance = await subscribed(world());
    const { orderId } = instance;
    expect(await obstacleOf(orderId)).toBeNull();
    const [invoice] = value(await ask(orderId));
    if (!invoice) throw new Error('no invoice');
    expect(await obstacleOf(orderId)).toBe('INVOICED');
    expect(codeOf(await ask(orderId))).toBe('INVOICE_EXISTS');
    const refused = await giveBack(instance);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'REFUND_NOT_ALLOWED' } });
    expect(!refused.ok && refused.refusal.message).toContain('S5-20');
    // the buyer does not issue, a stranger sees nothing
    const { invoiceId } = invoice;
    expect(codeOf(await step(invoiceId, 'buyer', { step: 'accept' }))).toBe('INVOICE_TURN');
    const stranger = { kind: 'seller', sellerId: 'somebody', goodsIds: null } as const;
    expect(await listBuyerInvoices(db(), { scope: stranger, invoiceId })).toEqual([]);
    const issued = {
      number: '24312000000012345678',
      code: null,
      issuedOn: '2026-01-05',
      fileId: await file('INVOICE'),
    };
    expect(value(await step(invoiceId, 'seller', { step: 'issue', issued, courier: null })).state).toBe('ISSUED');
    const letter = { invoiceId, scope: buyer() };
    expect(
      value(await tryTo((tx, now) => explanatoryLetter(world().platform, tx, letter, now))).letter?.validUntil,
    ).toBe('2026-08-07');
    value(
      await step(invoiceId, 'buyer', { step: 'return', deducted: false, reason: 'title', fileIds: [], courier: null }),
    );
    expect(codeOf(await giveBack(instance))).toBe('REFUND_NOT_ALLOWED');
    const red = { ...issued, number: '24312000000012345679', fileId: null };
    expect(value(await step(invoiceId, 'seller', { step: 'answer-return', agree: true, red })).state).toBe('RETURNED');
    expect((await movesOf(db(), invoiceId)).map(({ state }) => state)).toEqual([
      'IN_REVIEW',
      'ISSUED',
      'RETURNING',
      'RETURNED',
    ]);
    value(await giveBack(instance));
    await world().simulator.drain();
    expect(await obstacleOf(orderId)).toBe('NOTHING');
    expect(codeOf(await ask(orderId))).toBe('INVOICE_LINE');
  });

  it('S5-17, S5-19, S5-22a: paper only where it is offered; 90 days after it was sent it counts as received', async () => {
    const { orderId } = await subscribed(world());
    expect(codeOf(await ask(orderId, 'ORDINARY_PAPER'))).toBe('INVOICE_KIND');
    await tryTo(async (tx) => {
      await offerKinds(tx, world().demo.sellerId, ['ORDINARY_PAPER']);
      return { ok: true, value: null };
    });
    const [first] = value(await ask(orderId, 'ORDINARY_PAPER'));
    value(await step(first?.invoiceId ?? '', 'seller', { step: 'refuse', reason: 'no such title' }));
    const [invoice] = value(await ask(orderId, 'ORDINARY_PAPER'));
    const invoiceId = invoice?.invoiceId ?? '';
    const issued = { number: '12345678', code: '3100201130', issuedOn: '2026-02-07', fileId: null };
    const courier = { carrier: 'SF', trackingNo: '1' };
    expect(value(await step(invoiceId, 'seller', { step: 'issue', issued, courier })).state).toBe('TO_RECEIVE');
    await advanceTo(world(), new Date(world().clock.now().getTime() + 91 * 86_400_000));
    const [received] = await listBuyerInvoices(db(), { scope: buyer(), invoiceId });
    expect(received?.state).toBe('ISSUED');
  });

  it('S5-20, S5-22, B-83: not while a refund is open, nor before credit is repaid; the reason stands in the list', async () => {
    const { orderId, resourceId } = await subscribed(world());
    const refundId = '00000000-0000-4000-8000-000000000001';
    await sql`INSERT INTO ordering.claims (resource_id, refund_id) VALUES (${resourceId}, ${refundId})`.execute(db());
    expect(await obstacleOf(orderId)).toBe('REFUND');
    expect(codeOf(await ask(orderId, 'ORDINARY_PAPER'))).toBe('INVOICE_REFUND');
    await sql`DELETE FROM ordering.claims WHERE resource_id = ${resourceId}`.execute(db());
    const credit = (repaidAt: string | null) =>
      sql`UPDATE settlement.facts SET line = line || ${JSON.stringify({ credit: true, repaidAt })}::jsonb WHERE line_id = ${resourceId}`.execute(
        db(),
      );
    await credit(null);
    expect(await obstacleOf(orderId)).toBe('UNPAID_CREDIT');
    expect(codeOf(await ask(orderId, 'ORDINARY_PAPER'))).toBe('INVOICE_CREDIT');
    await credit('2026-02-07T00:00:00.000Z');
    expect(await obstacleOf(orderId)).toBeNull();
    // a refund in part was executed, and the amount is not without it yet
    await sql`
      INSERT INTO ordering.refunds (refund_id, kind, state, resource_id, buyer_id, seller_id, goods_id, site, order_id, line_ids, amount, paid, currency, reason, contact_consent, product_name, requested_by, requested_at, trace_id)
      SELECT ${refundId}, 'NEGOTIATED', 'DONE', resource_id, buyer_id, seller_id, goods_id, 'CN', order_id, ARRAY[order_line_id], 10, amount, 'CNY', 'r', false, '{}', 'u1', created_at, 't'
      FROM ordering.order_lines WHERE order_line_id = ${resourceId}`.execute(db());
    expect(codeOf(await ask(orderId, 'ORDINARY_PAPER'))).toBe('INVOICE_REFUND');
  });

  it('S1-2, B-102: the marketplace invoices joint-operation orders, and the operator issues them', async () => {
    const { resourceId: lineId } = await subscribed(world());
    await sql`UPDATE settlement.lines SET class = 'JOINT' WHERE line_id = ${lineId}`.execute(db());
    const { buyerId } = world().demo;
    const { orders } = await invoiceableOrders(db(), { buyerId, before: null, limit: 1 });
    expect(orders).toMatchObject([{ issuer: 'PLATFORM', obstacle: null, lines: [{ orderLineId: lineId }] }]);
    const asked = {
      buyerId,
      issuer: 'PLATFORM',
      orderIds: [orders[0]?.orderId ?? ''],
      kind: 'ORDINARY_DIGITAL',
    } as const;
    const who = { title, receiver, note: '', userId: 'u1', by: 'Ann', traceId: 'trace' };
    const [invoice] = value(await tryTo((tx, now) => askForInvoice(world().platform, tx, { ...asked, ...who }, now)));
    expect(invoice).toMatchObject({ issuer: 'PLATFORM', sellerId: null, gross: orders[0]?.amount });
    const invoiceId = invoice?.invoiceId ?? '';
    expect(codeOf(await step(invoiceId, 'seller', { step: 'accept' }))).toBe('NOT_FOUND');
    const fileId = await invoiceFile('operator', 'operator');
    const issued = { number: '1', code: null, issuedOn: '2026-02-07', fileId };
    const taken = {
      invoiceId,
      scope: { kind: 'all' },
      asked: { step: 'issue', issued, courier: null },
      by: 'OF',
    } as const;
    expect(value(await tryTo((tx, now) => takeStep(world().platform, tx, taken, now))).state).toBe('ISSUED');
  });

  it('S5-15: the seller is reminded before the seventh day and after it', async () => {
    const { orderId } = await subscribed(world());
    value(await ask(orderId, 'ORDINARY_PAPER'));
    const before = await eventsOf('settlement.buyer-invoice-due');
    await advanceTo(world(), new Date(world().clock.now().getTime() + 9 * 86_400_000));
    expect((await eventsOf('settlement.buyer-invoice-due')) - before).toBe(2);
  });

  it('what the buyer paid and got back is listed one by one, and adds up by month and product', async () => {
    const { buyerId } = world().demo;
    const entries = await listSpending(db(), { buyerId, before: null, limit: 100 });
    expect(entries.filter(({ kind }) => kind === 'REFUND')).toHaveLength(1);
    const { months, products } = await spendingOverview(db(), { buyerId, from: '202601', to: '202612' });
    const sum = (amounts: readonly string[]) =>
      amounts.reduce((total, each) => total.plus(each), decimal('0')).toFixed(2);
    const total = sum(entries.map(({ amount }) => amount));
    expect(sum(months.map((month) => month.total))).toBe(total);
    expect(sum(products.map((product) => product.total))).toBe(total);
    const [refund] = entries.filter(({ kind }) => kind === 'REFUND');
    const originals = entries.filter(
      ({ orderId }) => orderId === refund?.orderId || refund?.lineId.startsWith(orderId),
    );
    expect(originals.length).toBeGreaterThan(0);
    expect(decimal(refund?.amount ?? '0').isNegative()).toBe(true);
  });
});
