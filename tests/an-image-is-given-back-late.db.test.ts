/**
 * S7-12 from the quote to the books: an image that is given back after its five days, or when the refunds of the year are
 * used up, costs the hours that it was there; what is left goes back to what paid it, and its seller keeps its part of the rest.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimVoucher, publishVoucher, vouchersOfBuyer } from '../packages/marketplace/src/catalog/index.ts';
import { recordedShare } from '../packages/marketplace/src/delivery/index.ts';
import { createBuyer } from '../packages/marketplace/src/directory/index.ts';
import { instanceById, quoteRefund, renew, unsubscribe } from '../packages/marketplace/src/instances/index.ts';
import { BANK, balanceOf, credit } from '../packages/marketplace/src/ledger/index.ts';
import {
  moneyBackOf,
  ordersByIds,
  type PaymentChoice,
  payOrder,
  refundById,
  refundQuota,
  vouchersOn,
} from '../packages/marketplace/src/ordering/index.ts';
import { sql } from '../packages/marketplace/src/platform/database/database.ts';
import { decimal, money } from '../packages/marketplace/src/platform/money.ts';
import { uuid } from '../packages/marketplace/src/platform/random.ts';
import { invoiceableOrders } from '../packages/marketplace/src/settlement/invoices/buyer/orders.ts';
import { askForInvoice } from '../packages/marketplace/src/settlement/invoices/buyer/request.ts';
import { listBills } from '../packages/marketplace/src/settlement/live/bill-queries.ts';
import { explainLine, listLines } from '../packages/marketplace/src/settlement/live/line-queries.ts';
import { moneyAddsUp } from '../packages/marketplace/src/testing/invariants/money.ts';
import { settlementAddsUp } from '../packages/marketplace/src/testing/invariants/settlement.ts';
import { grantPurse, listPurses, type PurseKind } from '../packages/marketplace/src/wallet/index.ts';
import { boughtImage, IMAGE_REGION, type ImageProduct, imageProduct } from './support/images.ts';
import { advanceTo } from './support/lives.ts';
import { ALL, createShop } from './support/shop.ts';

const { world, value, inTx, tryTo, states } = createShop();
const beijing = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`);
const at = (text: string) => advanceTo(world(), beijing(text));
const now = () => world().clock.now();
const cny = (amount: string) => money(amount, 'CNY');
/** a month is 300.00 */
let product: ImageProduct;

beforeAll(async () => {
  product = await imageProduct(world(), { month: '300.00', year: '87600.00' });
});
afterAll(async () => {
  const { db } = world().platform;
  expect([...(await moneyAddsUp(db)), ...(await settlementAddsUp(db))]).toEqual([]);
});

async function buyer(funds = '200000'): Promise<string> {
  const { platform } = world();
  const account = { accountName: `a-${uuid(platform.random)}`, name: 'A', site: 'CN' as const };
  const buyerId = await createBuyer(platform, platform.db, account, now());
  const entry = { entryId: uuid(platform.random), kind: 'TOP_UP', reference: buyerId, debit: BANK } as const;
  await inTx((tx) => credit(tx, buyerId, { ...entry, amount: cny(funds), traceId: 't' }, now()));
  return buyerId;
}
const bought = (buyerId: string, more: { year?: true; choice?: PaymentChoice; voucherId?: string } = {}) => {
  const { year, ...order } = more;
  return boughtImage(world(), { buyerId, priceItemId: year ? product.year : product.month, ...order });
};
const quote = (resourceId: string) =>
  quoteRefund(world().platform, world().platform.db, { scope: ALL, resourceId }, now());
const giveBack = (resourceId: string, more: { kind?: 'FIVE_DAY' | 'LATE'; amount?: string } = {}) => {
  const asked = { scope: ALL, resourceId, userId: 'u1', reason: 'not needed', contactConsent: false, traceId: 't' };
  return tryTo((tx, time) => unsubscribe(world().platform, tx, { ...asked, ...more }, time));
};
const no = (code: string, rule: RegExp) => ({ ok: false, refusal: { code, message: expect.stringMatching(rule) } });
const balance = async (buyerId: string) => (await balanceOf(world().platform.db, buyerId, 'CNY')).amount;
const linesOf = async (rootId: string) =>
  (await listLines(world().platform.db, { sellerId: null, now: now(), before: null, limit: 100 }))
    .filter((line) => line.rootId === rootId)
    .toSorted((one, other) => (one.kind < other.kind ? -1 : 1));
const orderOf = async (orderId: string) => (await ordersByIds(world().platform.db, [orderId], { scope: ALL }))[0];
const orderIdOf = (lineId: string) => lineId.slice(0, lineId.lastIndexOf('-'));
const invoiceable = async (buyerId: string, orderId: string) =>
  (await invoiceableOrders(world().platform.db, { buyerId, orderId, before: null, limit: 5 })).orders[0];

describe('S7-12: the published example, bought at 10:30 for a month of 758 hours', () => {
  let buyerId = '';
  let image = '';
  beforeAll(async () => {
    await at('2026-01-05 10:30:00');
    buyerId = await buyer();
    image = await bought(buyerId);
  });

  it('the full refund ends after 5 × 24 h; from that second on what was used is kept', async () => {
    await at('2026-01-10 10:29:59');
    expect(await quote(image)).toMatchObject({
      value: { path: { kind: 'FIVE_DAY', usesQuota: true }, amount: cny('300.00'), consumption: null },
    });
    // opened a second or so after it was paid: the 5 days are those of the opening
    const { activatedAt } = (await instanceById(world().platform.db, image, ALL)) ?? {};
    await advanceTo(world(), new Date((activatedAt?.getTime() ?? 0) + 5 * 86_400_000));
    expect(await quote(image)).toMatchObject({
      value: {
        path: { kind: 'LATE', decidedBy: 'SELF', usesQuota: false, until: beijing('2026-02-05 23:59:59') },
        paid: cny('300.00'),
        amount: cny('252.51'),
        consumption: { usedHours: 120, totalHours: 758, amount: cny('47.49') },
      },
    });
  });

  it('is given back for 163.85 of 300.00 at 18:40, by oneself and at once; what was shown must still hold', async () => {
    const { platform } = world();
    await at('2026-01-19 18:40:00');
    expect(await quote(image)).toMatchObject({
      value: { amount: cny('163.85'), consumption: { usedHours: 344, totalHours: 758, amount: cny('136.15') } },
    });
    expect(await giveBack(image, { kind: 'FIVE_DAY', amount: '300.00' })).toMatchObject(
      no('REFUND_NOT_ALLOWED', /LATE/),
    );
    const wrong = await giveBack(image, { kind: 'LATE', amount: '164.25' });
    expect(wrong).toMatchObject({
      refusal: { code: 'PRICE_CHANGED', facts: { expected: '164.25', amount: '163.85' } },
    });
    const quota = await refundQuota(platform.db, buyerId, now());
    const refund = value(await giveBack(image, { kind: 'LATE', amount: '163.85' }));
    expect(refund).toMatchObject({ state: 'DONE', kind: 'LATE', quotaYear: null, amount: cny('163.85') });
    expect((await refundById(platform.db, refund.refundId, ALL))?.consumption).toEqual(refund.consumption);
    expect(await refundQuota(platform.db, buyerId, now())).toEqual(quota);
    expect(await balance(buyerId)).toBe('199863.85');
    await world().simulator.drain();
    expect(await states(image)).toEqual({
      ...{ order: 'COMPLETED', line: 'REFUNDED', delivery: 'REVOKED', instance: 'RELEASED' },
    });
    const share = await recordedShare(platform.db, { orderLineId: image, regionId: IMAGE_REGION });
    expect(share?.revokedAt).toBeInstanceOf(Date);
    const unsubscription = await orderOf(refund.unsubscribeOrderId ?? '');
    expect(unsubscription).toMatchObject({ orderType: 'UNSUBSCRIBE', state: 'COMPLETED', amount: cny('163.85') });
    expect(unsubscription?.lines[0]?.snapshot.derivation).toEqual([
      { rule: 'S7-12', text: '300.00 × 344 / 758', value: '136.15' },
      { rule: 'S7-12', text: '300.00 − 136.15', value: '163.85' },
    ]);
    expect(await giveBack(image)).toMatchObject(no('INSTANCE_STATE', /RELEASED/));
  });

  it('its seller keeps 95 % of what was used (S3-22, S3-25): the refund is a line of its own, in its own month', async () => {
    const { platform } = world();
    const [sold, refund] = await linesOf(image);
    expect([sold?.kind, refund?.kind, sold?.period, refund?.period]).toEqual(['NEW', 'REFUND', '202601', '202601']);
    const amounts = [sold, refund].map((line) => decimal(line?.settlement ?? '').toFixed(4));
    expect(amounts).toEqual(['285.0000', '-155.6575']);
    const explained = await explainLine(platform.db, refund?.lineId ?? '', null, now());
    expect(explained?.steps[0]).toMatchObject({ rule: 'S3-25', text: '−(163.85 × 0.95)' });
    // C47, S9-4: what was used was bought, and counts as sold
    const { rows } = await sql<{ refunded_at: Date | null }>`
      SELECT refunded_at FROM catalog.purchases WHERE order_line_id = ${image}`.execute(platform.db);
    expect(rows).toEqual([{ refunded_at: null }]);
  });

  it('what was used can be invoiced (S5-18), once', async () => {
    const { platform } = world();
    const orderId = orderIdOf(image);
    expect(await invoiceable(buyerId, orderId)).toMatchObject({ obstacle: null, amount: '136.15' });
    const title = {
      ...({ type: 'PERSONAL', name: 'Ann', taxNumber: null, address: null, phone: null } as const),
      ...{ bank: null, account: null },
    };
    const receiver = { name: 'A', phone: null, email: 'a@example.com', address: null };
    const asked = {
      buyerId,
      issuer: `SELLER:${world().demo.sellerId}`,
      orderIds: [orderId],
      kind: 'ORDINARY_DIGITAL',
    } as const;
    const who = { title, receiver, note: '', userId: 'u1', by: 'Ann', traceId: 't' };
    const ask = () => tryTo((tx, time) => askForInvoice(platform, tx, { ...asked, ...who }, time));
    const [invoice] = value(await ask());
    expect(invoice).toMatchObject({ gross: '136.15', lines: [{ orderLineId: image, amount: '136.15' }] });
    expect(await ask()).toMatchObject(no('INVOICE_EXISTS', /S5-18/));
  });
});

describe('S7-12: what paid it', () => {
  const purse = async (buyerId: string, kind: PurseKind, amount: string) => {
    const validTo = kind === 'CARD' ? null : new Date(now().getTime() + 90 * 86_400_000);
    const grant = { buyerId, kind, amount: cny(amount), validFrom: now(), validTo, reason: 'r', by: 'finance' };
    return value(await tryTo((tx, time) => grantPurse(world().platform, tx, grant, time))).purseId;
  };
  const left = async (buyerId: string) =>
    Object.fromEntries(
      (await listPurses(world().platform.db, { buyerId, before: null, limit: 9 })).map((each) => [
        each.kind,
        decimal(each.leftOver).toFixed(2),
      ]),
    );

  it('is what was paid behind the voucher, which does not come back; coupons, cards and balance in proportion (7.3)', async () => {
    const { platform, demo } = world();
    const buyerId = await buyer();
    const modes = ['MONTH'] as const;
    const terms = {
      ...{
        name: 'v',
        faceValue: '20',
        minimumSpend: '100',
        items: [{ goodsId: product.goodsId, specificationId: null }],
        modes,
      },
      ...{ withOffers: true, claimable: true, validFrom: now(), total: 1, buyers: [] },
      validTo: new Date(now().getTime() + 90 * 86_400_000),
    } as const;
    const author = { scope: { kind: 'seller', sellerId: demo.sellerId, goodsIds: null }, userId: 's' } as const;
    const { voucherId } = value(await tryTo((tx, time) => publishVoucher(platform, tx, { author, terms }, time)));
    value(await tryTo((tx, time) => claimVoucher(tx, { voucherId, buyerId }, time)));
    const purseIds = [await purse(buyerId, 'COUPON_UNCOUNTED', '30'), await purse(buyerId, 'CARD', '50')];
    await at('2026-01-20 10:30:00');
    const image = await bought(buyerId, { voucherId, choice: { purseIds, rest: 'BALANCE' } });
    expect([await balance(buyerId), await left(buyerId)]).toEqual([
      '199800.00',
      { COUPON_UNCOUNTED: '0.00', CARD: '0.00' },
    ]);
    // 20 January 10:00 to 21 February 00:00: 758 hours again; 280 × 344 / 758 = 127.07
    await at('2026-02-03 18:59:59');
    const shown = value(await quote(image));
    expect([shown.paid, shown.amount, shown.consumption?.amount]).toEqual(['280.00', '152.93', '127.07'].map(cny));
    const lineIds = [image];
    const back = await moneyBackOf(platform.db, lineIds, shown.amount, now());
    expect(Object.fromEntries(back.map((each) => [each.instrument, each.amount.amount]))).toEqual({
      // 152.93 × 30, 50 and 200 of 280, cut to cents; the 2 that are left go to the first
      ...{ COUPON_UNCOUNTED: '16.40', CARD: '27.30', BALANCE: '109.23' },
    });
    expect(await vouchersOn(platform.db, lineIds, 'CNY')).toEqual(cny('20.00'));
    value(await giveBack(image, { kind: 'LATE', amount: '152.93' }));
    await world().simulator.drain();
    expect([await balance(buyerId), await left(buyerId)]).toEqual([
      '199909.23',
      { COUPON_UNCOUNTED: '16.40', CARD: '27.30' },
    ]);
    expect((await vouchersOfBuyer(platform.db, buyerId, 9)).map(({ grant }) => grant.orderId)).toEqual([
      orderIdOf(image),
    ]);
    const [sold, refund] = await linesOf(image);
    // S3-3a: the seller's voucher lowers what it gets; the refund takes its part of that back
    const kept = decimal(sold?.settlement ?? '').plus(refund?.settlement ?? '');
    expect(kept.toFixed(6)).toBe(
      decimal(sold?.settlement ?? '')
        .times('127.07')
        .dividedBy('280')
        .toFixed(6),
    );
    // S1-4: the coupon that does not count is no cash consumption, going back as little as paying
    const cash = await Promise.all(
      [sold, refund].map((line) => explainLine(platform.db, line?.lineId ?? '', null, now())),
    );
    expect(cash.map((each) => decimal(each?.view.cash ?? '0').toFixed(2))).toEqual(['250.00', '-136.53']);
  });

  it('when the 10 refunds of the year are used: late from the first hour on, and no quota is taken', async () => {
    const buyerId = await buyer();
    await sql`INSERT INTO ordering.refund_quotas (buyer_id, year, used) VALUES (${buyerId}, 2026, 10)`.execute(
      world().platform.db,
    );
    const image = await bought(buyerId);
    expect(await quote(image)).toMatchObject({
      value: { path: { kind: 'LATE' }, amount: cny('300.00'), consumption: { usedHours: 0 } },
    });
    await advanceTo(world(), new Date(now().getTime() + 3_600_000));
    const { amount } = value(await giveBack(image));
    expect(amount.amount).toMatch(/^299\./);
    expect(await refundQuota(world().platform.db, buyerId, now())).toEqual({ used: 10, limit: 10, left: 0 });
    await sql`DELETE FROM ordering.refund_quotas WHERE buyer_id = ${buyerId}`.execute(world().platform.db);
  });
});

describe('S7-12: around it', () => {
  it('S7-5, S7-8: a renewal ahead is taken back first; in effect it ends the right', async () => {
    const { platform } = world();
    const buyerId = await buyer();
    const [first, second] = [await bought(buyerId), await bought(buyerId)];
    const expireAt = (await instanceById(platform.db, first, ALL))?.expireAt ?? new Date(0);
    await advanceTo(world(), new Date(now().getTime() + 10 * 86_400_000));
    const item = { periodType: 'month', periodNumber: 1, unifyDay: null, target: null } as const;
    for (const resourceId of [first, second]) {
      const asked = { scope: ALL, userId: 'u1', traceId: uuid(platform.random), items: [{ ...item, resourceId }] };
      const { orderId } = value(await tryTo((tx, time) => renew(platform, tx, asked, time)));
      value(await tryTo((tx, time) => payOrder(platform, tx, { orderId, scope: ALL }, time)));
    }
    await world().simulator.drain();
    const resource = { scope: ALL, resourceId: first, subject: 'RESOURCE' } as const;
    expect(await quoteRefund(platform, platform.db, resource, now())).toMatchObject(no('REFUND_NOT_ALLOWED', /first/));
    value(await giveBack(first));
    await world().simulator.drain();
    // what is used is measured by the time that is left without the renewal
    expect(await quote(first)).toMatchObject({
      value: { path: { kind: 'LATE', until: expireAt }, paid: cny('300.00') },
    });
    await advanceTo(world(), new Date(expireAt.getTime() - 1000));
    const last = value(await quote(first));
    expect([last.path.kind, last.consumption?.usedHours]).toEqual(['LATE', (last.consumption?.totalHours ?? 0) - 1]);
    await advanceTo(world(), expireAt);
    expect(await quote(first)).toMatchObject(no('REFUND_NOT_ALLOWED', /^S7-8: what has expired/));
    await advanceTo(world(), new Date(expireAt.getTime() + 1000));
    expect(await quote(second)).toMatchObject(no('REFUND_NOT_ALLOWED', /^S7-8: renewals in effect/));
  });

  it('S3-23, S7-9: a large one is approved after 24 hours for what was asked; billed before, it is a negative line of a later bill', async () => {
    const { platform } = world();
    const buyerId = await buyer();
    const image = await bought(buyerId, { year: true });
    const sale = (await linesOf(image))[0];
    // into the next month, behind its bill run
    const day = (months: number, date: string) => {
      const month = new Date(Date.UTC(now().getUTCFullYear(), now().getUTCMonth() + months, 1))
        .toISOString()
        .slice(0, 7);
      return `${month}-${date}`;
    };
    await at(`${day(1, '10')} 09:10:00`);
    expect((await linesOf(image))[0]).toMatchObject({ period: sale?.period });
    const [billed] = await listBills(platform.db, {
      sellerId: null,
      period: sale?.period ?? '',
      before: null,
      limit: 2,
    });
    expect(billed).toBeDefined();
    const asked = value(await giveBack(image));
    expect(asked).toMatchObject({ state: 'LARGE_REVIEW', kind: 'LATE' });
    const [again, other] = [await giveBack(image), await quote(image)];
    for (const refused of [again, other]) expect(refused).toMatchObject({ ok: false });
    await advanceTo(world(), new Date(now().getTime() + 25 * 3_600_000));
    const done = await refundById(platform.db, asked.refundId, ALL);
    expect(done).toMatchObject({
      state: 'DONE',
      decidedBy: 'SYSTEM',
      amount: asked.amount,
      consumption: asked.consumption,
    });
    expect(await states(image)).toMatchObject({ line: 'REFUNDED', delivery: 'REVOKED', instance: 'RELEASED' });
    const refund = (await linesOf(image)).find(({ kind }) => kind === 'REFUND');
    expect(refund?.period).not.toBe(sale?.period);
    expect(decimal(refund?.settlement ?? '').toFixed(4)).toBe(decimal(asked.amount.amount).times('-0.95').toFixed(4));
    await at(`${day(1, '12')} 12:00:00`);
    const [later] = await listBills(platform.db, {
      sellerId: null,
      period: refund?.period ?? '',
      before: null,
      limit: 2,
    });
    expect(later).toBeDefined();
  });

  it('is given once to sessions of the same instant', async () => {
    const buyerId = await buyer();
    const image = await bought(buyerId);
    await advanceTo(world(), new Date(now().getTime() + 6 * 86_400_000));
    const before = decimal(await balance(buyerId));
    const { amount } = value(await quote(image));
    const results = await Promise.all([1, 2, 3].map(() => giveBack(image, { kind: 'LATE', amount: amount.amount })));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(
      decimal(await balance(buyerId))
        .minus(before)
        .toFixed(2),
    ).toBe(amount.amount);
    await world().simulator.drain();
  });
});
