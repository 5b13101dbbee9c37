/** A seller makes an offer and a voucher, a buyer uses them: what the page showed is what the order costs. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { contentOf } from '../../catalog/index.ts';
import { createBuyer, createDistributor } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { sql } from '../../platform/database/database.ts';
import { createApp } from '../app.ts';
import { productPage } from './finding-schemas.ts';
import { orderQuotes, quote } from './market-schemas.ts';
import * as offers from './offer-schemas.ts';
import { order } from './order-schemas.ts';
import { salesProducts, salesSettings } from './sales-schemas.ts';
import { problem } from './schemas.ts';

/** a session outlives some hours, not days */
const HOUR = 3_600_000;
const world = sharedWorld();
interface Staff {
  readonly seller: ConsoleClient;
  readonly operator: ConsoleClient;
  readonly buyer: ConsoleClient;
  readonly stranger: ConsoleClient;
  readonly me: { readonly buyerId: string; readonly accountName: string };
  readonly line: { readonly priceItemId: string; readonly quantity: number; readonly periodNumber: number };
  readonly specificationId: string;
}
const rooms: Staff[] = [];
const staff = (): Staff => {
  const [first] = rooms;
  if (!first) throw new Error('used before set up');
  return first;
};
beforeAll(async () => {
  const { platform, demo } = world();
  const app = createApp({ platform, caller: createCaller(platform) });
  const { sellerId, buyerId, goodsId } = demo;
  const account = { accountName: 'stranger', name: 'Stranger', site: 'CN' as const };
  const other = await createBuyer(platform, platform.db, account, platform.clock.now());
  const { rows } = await sql<{
    name: string;
  }>`SELECT account_name AS name FROM directory.buyers WHERE buyer_id = ${buyerId}`.execute(platform.db);
  const [specification] = (await contentOf(platform.db, goodsId, 1)).specifications;
  rooms.push({
    seller: await clientAs(platform, app, 'SS', { sellerId }),
    operator: await clientAs(platform, app, 'OM'),
    buyer: await clientAs(platform, app, 'BO', { buyerId }),
    stranger: await clientAs(platform, app, 'BO', { buyerId: other }),
    me: { buyerId, accountName: rows[0]?.name ?? '' },
    line: { priceItemId: specification?.skus[0]?.prices[0]?.priceItemId ?? '', quantity: 10, periodNumber: 1 },
    specificationId: specification?.specificationId ?? '',
  });
});
async function shown<S extends z.ZodType>(answer: Promise<Response>, schema: S, status = 200): Promise<z.infer<S>> {
  const response = await answer;
  const text = await response.text();
  expect([response.status, response.status === status ? '' : text]).toEqual([status, '']);
  return schema.parse(JSON.parse(text));
}
const later = (hours: number) => new Date(world().platform.clock.now().getTime() + hours * HOUR).toISOString();
const asked = (line: object) => encodeURIComponent(JSON.stringify([line]));

describe('a voucher and an offer', () => {
  it('C52, C53, S9-5 … S9-7: claimed, compared, quoted and ordered at one price', async () => {
    const { seller, buyer, me, line } = staff();
    const { goodsId } = world().demo;
    const terms = {
      name: '满减',
      faceValue: '100',
      minimumSpend: '500',
      items: [{ goodsId }],
      modes: ['YEAR'],
      total: 10,
    };
    const time = { validFrom: later(0), validTo: later(30) };
    const made = await shown(
      seller.post('/console/vouchers', { ...terms, ...time, claimable: true }),
      offers.voucher,
      201,
    );
    const onPage = await shown(buyer.get(`/console/products/${goodsId}/vouchers`), offers.myVouchers);
    expect(onPage.items).toMatchObject([
      { voucherId: made.voucherId, state: 'CLAIMABLE', faceValue: { amount: '100.00' } },
    ]);
    await shown(buyer.post(`/console/my-vouchers/${made.voucherId}/claim`, {}), offers.myVoucher);
    const wish = {
      kind: 'PRODUCT',
      name: '老客户',
      buyers: [me],
      validFrom: later(1),
      validTo: later(20),
      items: [{ goodsId, rate: '0.9' }],
    };
    const offer = await shown(seller.post('/console/offers', wish), offers.offer, 201);
    expect(offer).toMatchObject({ state: 'VALID', freeRate: '0.8', items: [{ goodsId, rate: '0.9' }] });
    world().clock.moveTo(new Date(later(2)));

    const { offerId } = offer;
    const link = await shown(buyer.get(`/console/offer-links/${offer.link?.split('/').at(-1)}`), offers.myOffer);
    expect(link.offerId).toBe(offerId);
    const usable = await shown(
      buyer.get(`/console/usable-vouchers?lines=${asked(line)}&offerId=${offerId}`),
      offers.usableVouchers,
    );
    expect(usable.items).toMatchObject([{ takesOff: { amount: '100.00' }, blockedBy: null }]);
    const few = await shown(
      buyer.get(`/console/usable-vouchers?lines=${asked({ ...line, quantity: 5 })}`),
      offers.usableVouchers,
    );
    expect(few.items).toMatchObject([{ voucherId: made.voucherId }]);
    const by = `offerId=${offerId}&voucherId=${made.voucherId}`;
    const { priceItemId } = line;
    const one = await shown(
      buyer.get(`/console/quotes?priceItemId=${priceItemId}&quantity=10&periodNumber=1&${by}`),
      quote,
    );
    const all = await shown(buyer.get(`/console/order-quotes?lines=${asked(line)}&${by}`), orderQuotes);
    expect(all.items).toEqual([one]);
    expect(one).toMatchObject({ listAmount: { amount: '1200.00' }, amount: { amount: '980.00' }, blockedBy: null });
    const wanted = { lines: [line], offerId, voucherId: made.voucherId, agreementsAccepted: true };
    const changed = await shown(buyer.post('/console/orders', { ...wanted, expectedAmount: '979.00' }), problem, 409);
    expect(changed).toMatchObject({ code: 'PRICE_CHANGED', facts: { amount: '980.00' } });
    const placed = await shown(
      buyer.post('/console/orders', { ...wanted, expectedAmount: one.amount.amount }),
      order,
      201,
    );
    expect(placed).toMatchObject({
      amount: one.amount,
      lines: [{ deductions: one.deductions, derivation: one.derivation }],
    });
    const mine = await shown(buyer.get('/console/my-vouchers'), offers.myVouchers);
    expect(mine.items).toMatchObject([{ state: 'USED', orderId: placed.orderId }]);
    const gone = await shown(seller.post(`/console/vouchers/${made.voucherId}/void`, {}), offers.voucher);
    expect(gone.state).toBe('VOID');
  });

  it('S-54, C52, O-34: a cheap offer waits for the operator; nobody but its buyers opens its link', async () => {
    const { seller, operator, buyer, stranger, me } = staff();
    const { goodsId } = world().demo;
    const wish = {
      kind: 'PRODUCT',
      name: 'n',
      buyers: [me],
      validFrom: later(1),
      validTo: later(9),
      items: [{ goodsId, rate: '0.4' }],
    };
    const { offerId, state, link } = await shown(seller.post('/console/offers', wish), offers.offer, 201);
    expect([state, link]).toEqual(['IN_APPROVAL', null]);
    const waiting = await shown(operator.get('/console/offers?state=IN_APPROVAL'), offers.offerPage);
    expect(waiting.items.map((each) => each.offerId)).toEqual([offerId]);
    const decision = { approve: true, comment: '' };
    const valid = await shown(operator.post(`/console/offers/${offerId}/decision`, decision), offers.offer);
    const path = `/console/offer-links/${valid.link?.split('/').at(-1)}`;
    await shown(buyer.get(path), offers.myOffer);
    await shown(stranger.get(path), problem, 404);
    await shown(seller.post('/console/offers', { ...wish, validFrom: later(-1) }), problem, 409);
    const nobody = [{ buyerId: 'nobody', accountName: 'nobody' }];
    const unknown = await shown(seller.post('/console/offers', { ...wish, buyers: nobody }), problem, 409);
    expect(unknown.code).toBe('UNKNOWN_BUYER'); // 13.1
  });

  it('C51a: a customer asks, the seller accepts, the offer that answers is the one that closes it', async () => {
    const { seller, buyer, me, line } = staff();
    const { goodsId } = world().demo;
    const { demandId } = await shown(buyer.post('/console/demands', { goodsId, text: '500 人' }), offers.demand, 201);
    await shown(seller.post(`/console/demands/${demandId}/decision`, { accept: true }), offers.demand);
    const at = new URLSearchParams({ priceItemId: line.priceItemId, quantity: '10', periodNumber: '1', rate: '0.85' });
    const tried = await shown(seller.get(`/console/offer-quotes?${at}`), quote);
    expect(tried).toMatchObject({ listAmount: { amount: '1200.00' }, amount: { amount: '1020.00' } });
    const items = [{ ...line, rate: '0.85' }];
    const wish = {
      kind: 'CONFIGURATION',
      name: 'n',
      buyers: [me],
      validFrom: later(1),
      validTo: later(9),
      demandId,
      items,
    };
    const { offerId } = await shown(seller.post('/console/offers', wish), offers.offer, 201);
    world().clock.moveTo(new Date(later(2)));
    await shown(buyer.post('/console/orders', { lines: [line], offerId, agreementsAccepted: true }), order, 201);
    const all = await shown(seller.get('/console/demands'), offers.demandPage);
    expect(all.items).toMatchObject([{ demandId, state: 'CLOSED', offerId }]);
    const mine = await shown(buyer.get('/console/my-demands?state=CLOSED'), offers.ownDemandPage);
    expect(mine.items).toMatchObject([
      { demandId, offer: { offerId, state: 'USED' }, order: { state: 'PENDING_PAYMENT' } },
    ]);
    const used = await shown(seller.get(`/console/offers/${offerId}`), offers.offer);
    expect(used.state).toBe('USED');
  });
});

describe('how a product is sold', () => {
  it('S-80, C45, O-31: set, shown on the page with its reason, overridden by the operator only with one', async () => {
    const { seller, operator, buyer, specificationId, line } = staff();
    const { goodsId } = world().demo;
    const path = `/console/sales/${goodsId}`;
    const narrow = { specificationId, kind: 'INDIVIDUAL' };
    const set = await shown(seller.post(`${path}/target`, narrow), salesSettings);
    expect(set.specifications[0]).toMatchObject({ effectiveTarget: 'INDIVIDUAL', target: { kind: 'INDIVIDUAL' } });
    const page = await shown(buyer.get(`/console/products/${goodsId}`), productPage);
    expect(page.specifications[0]?.blockedBy?.code).toBe('NOT_TARGET_CUSTOMER');
    const priced = await shown(
      buyer.get(`/console/quotes?priceItemId=${line.priceItemId}&quantity=10&periodNumber=1`),
      quote,
    );
    expect(priced).toMatchObject({ amount: { amount: '1200.00' }, blockedBy: { code: 'NOT_TARGET_CUSTOMER' } });
    const open = { specificationId, kind: null };
    expect((await shown(operator.post(`${path}/target`, open), problem, 409)).code).toBe('REASON_MISSING');
    await shown(operator.post(`${path}/target`, { ...open, reason: 'a complaint' }), salesSettings);
    const { rows } = await sql<{ action: string }>`
      SELECT action FROM platform.audit_log WHERE object = ${`product:${goodsId}`} AND result = 'done' ORDER BY seq`.execute(
      world().platform.db,
    );
    expect(rows.map(({ action }) => action)).toEqual(['sales.target', 'sales.target: a complaint']);
    const listed = await shown(seller.get('/console/sales'), salesProducts);
    expect(listed.items).toMatchObject([{ goodsId, target: 'ALL', leastStock: null }]);
  });
});

describe('S9-3: a service provider asks for its customer', () => {
  const partnerOf = async (kind: 'CSP' | 'RESELLER') => {
    const { platform, clock } = world();
    const distributorId = await createDistributor(platform, platform.db, { kind, name: kind, site: 'CN' }, clock.now());
    const app = createApp({ platform, caller: createCaller(platform) });
    return { distributorId, client: await clientAs(platform, app, 'DO', { distributorId }) };
  };
  const asking = () => {
    const { me, specificationId } = staff();
    const { goodsId } = world().demo;
    return { goodsId, buyer: me, specificationId, quantity: 10, rate: '0.8', text: 'for 10 people' };
  };
  const told = async (tenant: string) => {
    await world().simulator.drain();
    const { rows } = await sql<{ variant: string }>`
      SELECT DISTINCT variant FROM notification.messages WHERE tenant = ${tenant} AND variant LIKE 'N-73.%' ORDER BY 1`.execute(
      world().platform.db,
    );
    return rows.map(({ variant }) => variant);
  };

  it('its customer is named by account and id, its product is on sale, and a reseller does not ask', async () => {
    const { client } = await partnerOf('CSP');
    const { me, seller } = staff();
    const ask = async (changes: object, status: number) =>
      (await shown(client.post('/console/distributor/demands', { ...asking(), ...changes }), problem, status)).code;
    expect(await ask({ buyer: { ...me, accountName: 'another' } }, 409)).toBe('UNKNOWN_BUYER');
    expect(await ask({ goodsId: 'nothing', specificationId: null }, 404)).toBe('NOT_FOUND');
    expect(await ask({ specificationId: 'nothing' }, 404)).toBe('NOT_FOUND');
    expect(await ask({ rate: '1.2' }, 400)).toBe('VALIDATION');
    expect(await ask({ text: ' ' }, 400)).toBe('VALIDATION');
    const reseller = await partnerOf('RESELLER');
    const refused = await shown(reseller.client.post('/console/distributor/demands', asking()), problem, 409);
    expect(refused.code).toBe('PARTNER_KIND');
    expect((await shown(seller.post('/console/distributor/demands', asking()), problem, 403)).code).toBe('FORBIDDEN');
  });

  it('the seller accepts, its offer names both, the customer buys by the link, and the provider sees it all', async () => {
    const { seller, buyer, me, line } = staff();
    const { client, distributorId } = await partnerOf('CSP');
    const other = await partnerOf('CSP');
    const { demandId } = await shown(client.post('/console/distributor/demands', asking()), offers.ownDemand, 201);
    const [asked] = (await shown(seller.get('/console/demands'), offers.demandPage)).items;
    expect(asked).toMatchObject({
      demandId,
      distributorId,
      distributorName: 'CSP',
      quantity: 10,
      rate: '0.8',
      buyerId: me.buyerId,
    });
    expect(asked?.specificationName).not.toBeNull();
    const mine = async () => (await shown(client.get('/console/distributor/demands'), offers.ownDemandPage)).items[0];
    expect(await mine()).toMatchObject({ demandId, state: 'OPEN', offer: null, order: null });
    expect((await shown(other.client.get('/console/distributor/demands'), offers.ownDemandPage)).items).toEqual([]);
    // the customer sees who asked for it
    const [own] = (await shown(buyer.get('/console/my-demands'), offers.ownDemandPage)).items;
    expect(own).toMatchObject({ demandId, distributorName: 'CSP' });

    await shown(seller.post(`/console/demands/${demandId}/decision`, { accept: true }), offers.demand);
    const wish = {
      ...{ kind: 'CONFIGURATION', name: 'by CSP', buyers: [me], validFrom: later(1), validTo: later(9), demandId },
      items: [{ ...line, rate: '0.85' }],
    };
    const nameless = await shown(seller.post('/console/offers', wish), problem, 409);
    expect(nameless.code).toBe('OFFER_PARTNER');
    const made = await shown(seller.post('/console/offers', { ...wish, distributorId }), offers.offer, 201);
    expect(await mine()).toMatchObject({ state: 'ACCEPTED', offer: { offerId: made.offerId, link: made.link } });
    expect(made.link).not.toBeNull();
    expect(await told(`distributor:${distributorId}`)).toEqual(['N-73.accepted', 'N-73.offered']);
    expect(await told(`seller:${world().demo.sellerId}`)).toContain('N-73.partner-demand');

    world().clock.moveTo(new Date(later(2)));
    const opened = await shown(buyer.get(`/console/offer-links/${made.link?.split('/').at(-1)}`), offers.myOffer);
    const bought = { lines: [line], offerId: opened.offerId, agreementsAccepted: true };
    const placed = await shown(buyer.post('/console/orders', bought), order, 201);
    expect(await mine()).toMatchObject({
      ...{ state: 'CLOSED', offer: { state: 'USED', link: null } },
      order: { orderId: placed.orderId, state: 'PENDING_PAYMENT' },
    });
    const { rows } = await sql<{ distributor: string }>`
      SELECT snapshot ->> 'distributorId' AS distributor FROM ordering.order_lines WHERE order_id = ${placed.orderId}`.execute(
      world().platform.db,
    );
    expect(rows).toEqual([{ distributor: distributorId }]);
    // not paid and cancelled, it is no deal yet (S-55)
    await shown(buyer.post(`/console/orders/${placed.orderId}/cancellation`, {}), order);
    expect(await mine()).toMatchObject({ state: 'ACCEPTED', offer: { state: 'VALID' }, order: null });
    // a product quote is ordered by several times: it stays a deal while one order is left
    const items = [{ goodsId: world().demo.goodsId, rate: '0.9' }];
    const times = { validFrom: later(1), validTo: later(9) };
    const again = { ...wish, ...times, kind: 'PRODUCT', items, distributorId };
    const { offerId } = await shown(seller.post('/console/offers', again), offers.offer, 201);
    world().clock.moveTo(new Date(later(2)));
    const place = async () => (await shown(buyer.post('/console/orders', { ...bought, offerId }), order, 201)).orderId;
    const orders = [await place(), await place()];
    for (const [left, orderId] of orders.entries()) {
      expect((await mine())?.state).toBe('CLOSED');
      await shown(buyer.post(`/console/orders/${orderId}/cancellation`, {}), order);
      expect((await mine())?.state).toBe(left === 0 ? 'CLOSED' : 'ACCEPTED');
    }
  });

  it('S9-2: refused with a reason, or by time after 5 days; the provider is told which', async () => {
    const { seller } = staff();
    const [first, second] = [await partnerOf('CSP'), await partnerOf('CSP')];
    const ask = async ({ client }: typeof first) =>
      (await shown(client.post('/console/distributor/demands', asking()), offers.ownDemand, 201)).demandId;
    const [refused, forgotten] = [await ask(first), await ask(second)];
    const no = { accept: false, comment: 'not below 90 %' };
    await shown(seller.post(`/console/demands/${refused}/decision`, no), offers.demand);
    expect(await told(`distributor:${first.distributorId}`)).toEqual(['N-73.refused']);
    await world().simulator.advanceTo(new Date(world().clock.now().getTime() + 5 * 24 * HOUR));
    expect(await told(`distributor:${second.distributorId}`)).toEqual(['N-73.refused']);
    const { rows } = await sql<{ state: string; by: string }>`
      SELECT state, decided_by AS by FROM catalog.demands WHERE demand_id = ${forgotten}`.execute(world().platform.db);
    expect(rows).toEqual([{ state: 'REJECTED', by: 'system' }]);
  });
});
