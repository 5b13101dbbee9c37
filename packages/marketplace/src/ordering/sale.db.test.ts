/** What may be sold to whom is decided once, in one order, and what an order takes – pieces, offers, vouchers – it takes alone. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import {
  type AccessType,
  type ChargingMode,
  changeStockOf,
  claimVoucher,
  decideOffer,
  draftOffer,
  hiddenSpecifications,
  listDemands,
  type OfferTerms,
  type ProductInput,
  publishProduct,
  publishVoucher,
  sendDemand,
  setHidden,
  setLimit,
  setProductState,
  setRegions,
  setTarget,
  setTrial,
  stockOfProducts,
  submitOffer,
  vouchersOfBuyer,
} from '../catalog/index.ts';
import { createBuyer, createDistributor } from '../directory/index.ts';
import { credit, PREPAID } from '../ledger/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { uuid } from '../platform/random.ts';
import type { Result } from '../platform/result.ts';
import { sampleProduct } from '../testing/products.ts';
import {
  cancelOrder,
  linesFailed,
  offerLines,
  type PlaceOrder,
  payOrder,
  placeOrder,
  placeTrial,
  receiverOf,
} from './index.ts';

const ALL = { kind: 'all' } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RECEIVER = { name: 'Li Lei', phone: '+86 138 0000 0000', address: 'Shenzhen, Street 1' };
const world = sharedWorld();
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);
const now = () => world().clock.now();
const seller = () => ({ kind: 'seller' as const, sellerId: world().demo.sellerId, goodsIds: null });
const later = (days: number) => new Date(now().getTime() + days * DAY);

interface Sold {
  readonly goodsId: string;
  readonly content: ProductInput;
  readonly specificationId: string;
  readonly skuCode: string;
  readonly prices: readonly string[];
}
async function onSale(
  type: AccessType,
  modes: ChargingMode[],
  change: (content: ProductInput) => ProductInput = (c) => c,
  assetId?: string,
) {
  const { platform, demo } = world();
  const content = change(sampleProduct(type, platform.random, assetId === undefined ? { modes } : { modes, assetId }));
  const goodsId = uuid(platform.random);
  const saas = type === 'SAAS';
  const product = {
    goodsId,
    sellerId: demo.sellerId,
    site: 'CN' as const,
    protocol: saas ? ('saas-v2' as const) : ('none' as const),
    productionUrl: saas ? 'http://127.0.0.1:1/produce' : null,
    keyId: saas ? await keyOf() : null,
    content,
  };
  await publishProduct(platform.db, product, now());
  return sold(goodsId, content);
}
async function keyOf(): Promise<string> {
  const { rows } = await sql<{ key_id: string }>`SELECT key_id FROM directory.access_keys LIMIT 1`.execute(
    world().platform.db,
  );
  return rows[0]?.key_id ?? '';
}
function sold(goodsId: string, content: ProductInput): Sold {
  const [specification] = content.specifications;
  const [sku] = specification?.skus ?? [];
  if (!specification || !sku) throw new Error('a sample has a SKU');
  const prices = sku.prices.map(({ priceItemId }) => priceItemId);
  return { goodsId, content, specificationId: specification.specificationId, skuCode: sku.skuCode, prices };
}
async function buyer(facts: { kind?: 'INDIVIDUAL'; realName?: 'NONE'; region?: string } = {}): Promise<string> {
  const { platform } = world();
  const account = { accountName: `a-${uuid(platform.random)}`, name: 'A', site: 'CN' as const, ...facts };
  const buyerId = await createBuyer(platform, platform.db, account, now());
  const entry = {
    entryId: uuid(platform.random),
    debit: PREPAID,
    amount: { amount: '100000.00', currency: 'CNY' as const },
  };
  await inTx((tx) => credit(tx, buyerId, { ...entry, kind: 'TOP_UP', reference: buyerId, traceId: 't' }, now()));
  return buyerId;
}
const accountOf = async (buyerId: string) => {
  const { rows } = await sql<{
    account_name: string;
  }>`SELECT account_name FROM directory.buyers WHERE buyer_id = ${buyerId}`.execute(world().platform.db);
  return { buyerId, accountName: rows[0]?.account_name ?? '' };
};
const order = (buyerId: string, product: Sold, more: Partial<PlaceOrder> = {}, quantity: number | undefined = 1) => {
  const monthly = product.content.specifications[0]?.chargingMode === 'PERIOD' ? 1 : undefined;
  const line = { priceItemId: product.prices[0] ?? '', quantity, periodNumber: monthly, parameters: [] };
  const input = {
    buyerId,
    userId: 'u',
    lines: [line],
    receiver: RECEIVER,
    traceId: uuid(world().platform.random),
    ...more,
  };
  return inTx((tx) => placeOrder(world().platform, tx, input, now()));
};
const pay = (orderId: string) => inTx((tx) => payOrder(world().platform, tx, { orderId, scope: ALL }, now()));
const cancel = (orderId: string) => inTx((tx) => cancelOrder(world().platform, tx, { orderId, scope: ALL }, now()));
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code);
function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code} ${result.refusal.message}`);
  return result.value;
}
const setting = async (work: (tx: Tx) => Promise<Result<unknown>>) => good(await inTx(work));

describe('the order of the checks (catalogue.md 13.1)', () => {
  it('state → region → real-name level → sale target → purchase limit → quantity → stock → price', async () => {
    const hardware = await onSale('HARDWARE', ['ONE_TIME'], (content) => ({ ...content, realName: 'ENTERPRISE' }));
    const { goodsId } = hardware;
    const which = { scope: seller(), goodsId };
    const product = { ...which, specificationId: null };
    await setting((tx) => setRegions(tx, { ...which, regions: ['SG'], choices: ['SG', 'TH'] }));
    await setting((tx) => setTarget(tx, { ...product, kind: 'SPECIFIED', relatedIds: [], buyers: [] }));
    await setting((tx) => setLimit(tx, { ...product, limit: { kind: 'QUANTITY', quantity: 3, untilExpiry: false } }));
    await setting((tx) =>
      changeStockOf(tx, { ...which, skuCode: hardware.skuCode, change: -997, note: 'n', by: 'x' }, now()),
    );
    await inTx((tx) => setProductState(tx, goodsId, 'STOPPED'));
    const stranger = await buyer({ realName: 'NONE' });
    const asked = (quantity: number, more: Partial<PlaceOrder> = {}) => order(stranger, hardware, more, quantity);
    expect(codeOf(await asked(1_000))).toBe('NOT_ON_SALE');
    await inTx((tx) => setProductState(tx, goodsId, 'ON_SALE'));
    expect(codeOf(await asked(1_000))).toBe('NOT_IN_REGION');
    await setting((tx) => setRegions(tx, { ...which, regions: null, choices: [] }));
    expect(codeOf(await asked(1_000))).toBe('REAL_NAME_REQUIRED');
    await sql`UPDATE directory.buyers SET real_name = 'ENTERPRISE' WHERE buyer_id = ${stranger}`.execute(
      world().platform.db,
    );
    expect(codeOf(await asked(1_000))).toBe('NOT_TARGET_CUSTOMER');
    const buyers = [await accountOf(stranger)];
    await setting((tx) => setTarget(tx, { ...product, kind: 'SPECIFIED', relatedIds: [], buyers }));
    expect(codeOf(await asked(1_000))).toBe('PURCHASE_LIMIT');
    await setting((tx) => setLimit(tx, { ...product, limit: null }));
    expect(codeOf(await asked(1_000))).toBe('INVALID_QUANTITY');
    expect(codeOf(await asked(3))).toBe('OUT_OF_STOCK');
    expect(codeOf(await asked(2, { expectedAmount: '59.99' }))).toBe('PRICE_CHANGED');
    expect(codeOf(await asked(2, { expectedAmount: '60.00', receiver: undefined }))).toBe('RECEIVER_MISSING');
    expect(codeOf(await asked(2, { expectedAmount: '60.00' }))).toBe('ok');
  });

  it('C45: the page stays visible: a quote is told with the reason that blocks buying', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const which = { scope: seller(), goodsId: saas.goodsId, specificationId: null };
    await setting((tx) => setTarget(tx, { ...which, kind: 'INDIVIDUAL', relatedIds: [], buyers: [] }));
    const lines = [{ priceItemId: saas.prices[0] ?? '', quantity: 2, periodNumber: 3 }];
    const told = await offerLines(world().platform.db, { buyerId: await buyer(), lines, now: now(), told: true });
    expect(good(told)).toMatchObject({
      blockedBy: { code: 'NOT_TARGET_CUSTOMER' },
      lines: [{ quote: { amount: { amount: '60.00' } } }],
    });
  });
});

it('C42, B-12: a hidden specification is not shown, and bought by who has its link', async () => {
  const saas = await onSale('SAAS', ['PERIOD']);
  const { specificationId, goodsId } = saas;
  await setting((tx) => setHidden(tx, { scope: seller(), goodsId, specificationId, hidden: true }));
  expect(await hiddenSpecifications(world().platform.db, [goodsId])).toEqual(new Set([specificationId]));
  expect(codeOf(await order(await buyer(), saas))).toBe('ok');
});

describe('what a type is sold by', () => {
  it('L30, L34: an image names its region, and its price is per vCPU of the flavour', async () => {
    const image = await onSale(
      'IMAGE',
      ['PERIOD'],
      (content) => ({
        ...content,
        specifications: content.specifications.map((each) => ({ ...each, perVcpu: true })),
      }),
      'image-1',
    );
    const buyerId = await buyer();
    const line = { priceItemId: image.prices[0] ?? '', periodNumber: 2, parameters: [] };
    const asked = (more: object) => order(buyerId, image, { lines: [{ ...line, ...more }] });
    expect(codeOf(await asked({ regionId: 'cn-north-4' }))).toBe('INVALID_FLAVOUR');
    expect(codeOf(await asked({ vcpus: 8 }))).toBe('REGION_MISSING');
    const { amount, lines } = good(await asked({ vcpus: 8, regionId: 'cn-north-4' }));
    expect(amount.amount).toBe('160.00'); // 10.00 × 8 vCPU × 2 months
    expect(lines[0]?.snapshot.delivery).toMatchObject({ regionId: 'cn-north-4', vcpus: 8, assetId: 'image-1' });
  });

  it('L1: what is listed as a link to the seller’s own site is not sold here', async () => {
    const consulting = await onSale('CONSULTING', ['ONE_TIME']);
    expect(codeOf(await order(await buyer(), consulting, {}, undefined))).toBe('NOT_ON_SALE');
  });

  it('C32: 30 packages that stop when used up fit into one order, 31 do not', async () => {
    const saas = await onSale('SAAS', ['ON_DEMAND_PKG'], (content) => ({
      ...content,
      specifications: content.specifications.map((each) => ({
        ...each,
        package: each.package ? { ...each.package, stopWhenUsedUp: true } : null,
      })),
    }));
    const buyerId = await buyer();
    const packages = (count: number) => {
      const lines = Array.from({ length: count }, () => ({ priceItemId: saas.prices[0] ?? '', parameters: [] }));
      return order(buyerId, saas, { lines });
    };
    expect(codeOf(await packages(31))).toBe('PURCHASE_LIMIT');
    expect(codeOf(await packages(30))).toBe('ok');
  });
});

describe('sale objects', () => {
  it('C46, C48: take effect at once, and are looked at again at payment', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const which = { scope: seller(), goodsId: saas.goodsId, specificationId: null };
    const buyerId = await buyer();
    const { orderId } = good(await order(buyerId, saas));
    world().clock.moveTo(new Date(now().getTime() + 1_000));
    await setting((tx) => setTarget(tx, { ...which, kind: 'INDIVIDUAL', relatedIds: [], buyers: [] }));
    expect(codeOf(await order(buyerId, saas))).toBe('NOT_TARGET_CUSTOMER');
    expect(codeOf(await pay(orderId))).toBe('NOT_TARGET_CUSTOMER');
    await setting((tx) => setTarget(tx, { ...which, kind: null, relatedIds: [], buyers: [] }));
    expect(codeOf(await pay(orderId))).toBe('ok');
  });

  it('C43, C47: related products are of the same seller; bought is paid, not only ordered, and not fully refunded', async () => {
    const first = await onSale('SAAS', ['PERIOD']);
    const second = await onSale('SAAS', ['PERIOD']);
    const which = { scope: seller(), goodsId: second.goodsId, specificationId: null };
    const related = (relatedIds: string[]) =>
      inTx((tx) => setTarget(tx, { ...which, kind: 'RELATED', relatedIds, buyers: [] }));
    expect(codeOf(await related([second.goodsId]))).toBe('RELATED_UNKNOWN');
    expect(codeOf(await related(['nobody']))).toBe('RELATED_UNKNOWN');
    good(await related([first.goodsId]));
    const buyerId = await buyer();
    expect(codeOf(await order(buyerId, second))).toBe('NOT_TARGET_CUSTOMER');
    const { orderId, lines } = good(await order(buyerId, first));
    expect(codeOf(await order(buyerId, second))).toBe('NOT_TARGET_CUSTOMER');
    good(await pay(orderId));
    expect(codeOf(await order(buyerId, second))).toBe('ok');
    await inTx((tx) =>
      linesFailed(
        world().platform,
        tx,
        lines.map(({ orderLineId }) => orderLineId),
        now(),
      ),
    );
    expect(codeOf(await order(buyerId, second))).toBe('NOT_TARGET_CUSTOMER');
  });

  it('C44, C45a: named buyers exist; a specification chooses what its product leaves, and loses what it does not', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const which = { scope: seller(), goodsId: saas.goodsId };
    const nobody = [{ buyerId: 'nobody', accountName: 'nobody' }];
    const target = (specificationId: string | null, kind: 'ENTERPRISE' | 'INDIVIDUAL' | 'SPECIFIED', buyers = nobody) =>
      inTx((tx) => setTarget(tx, { ...which, specificationId, kind, relatedIds: [], buyers }));
    expect(codeOf(await target(null, 'SPECIFIED'))).toBe('UNKNOWN_BUYER');
    good(await target(saas.specificationId, 'INDIVIDUAL'));
    good(await target(null, 'ENTERPRISE'));
    expect(codeOf(await order(await buyer(), saas))).toBe('ok');
    expect(codeOf(await target(saas.specificationId, 'INDIVIDUAL'))).toBe('TARGET_NOT_ALLOWED');
  });

  it('C33, S-83, B-1: a trial is for the list, once, and for a real name', async () => {
    const saas = await onSale('SAAS', ['PERIOD'], (content) => ({
      ...content,
      specifications: content.specifications.map((each) => ({
        ...each,
        trial: { days: 7, buyerIds: null, repeatable: false },
      })),
    }));
    const which = { scope: seller(), goodsId: saas.goodsId, specificationId: null };
    const [known, unnamed] = [await buyer(), await buyer({ realName: 'NONE' })];
    const attempt = (buyerId: string) =>
      inTx((tx) =>
        placeTrial(
          world().platform,
          tx,
          { buyerId, userId: 'u', skuCode: saas.skuCode, parameters: [], traceId: 't' },
          now(),
        ),
      );
    expect(codeOf(await attempt(unnamed))).toBe('REAL_NAME_REQUIRED');
    await setting((tx) => setTrial(tx, { ...which, access: 'LISTED', buyers: [], repeatable: null }));
    expect(codeOf(await attempt(known))).toBe('NOT_TARGET_CUSTOMER');
    const buyers = [await accountOf(known)];
    await setting((tx) => setTrial(tx, { ...which, access: 'LISTED', buyers, repeatable: null }));
    expect(codeOf(await attempt(known))).toBe('ok');
    expect(codeOf(await attempt(known))).toBe('TRIAL_USED');
  });
});

describe('purchase limits', () => {
  it('C49, S9-4: one purchase; cancelled ones do not count; two at once: one succeeds', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const which = { scope: seller(), goodsId: saas.goodsId, specificationId: null };
    await setting((tx) => setLimit(tx, { ...which, limit: { kind: 'ONCE', quantity: null, untilExpiry: false } }));
    const buyerId = await buyer();
    const both = await Promise.all([order(buyerId, saas), order(buyerId, saas)]);
    expect(both.map(codeOf).toSorted()).toEqual(['PURCHASE_LIMIT', 'ok']);
    const placed = both.find((each) => each.ok);
    if (!placed?.ok) throw new Error('one was placed');
    good(await cancel(placed.value.orderId));
    expect(codeOf(await order(buyerId, saas))).toBe('ok');
  });

  it('C49: "not before expiry": again when the old one is over', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const which = { scope: seller(), goodsId: saas.goodsId, specificationId: saas.specificationId };
    await setting((tx) => setLimit(tx, { ...which, limit: { kind: 'QUANTITY', quantity: 5, untilExpiry: true } }));
    const buyerId = await buyer();
    good(await pay(good(await order(buyerId, saas, {}, 4)).orderId));
    expect(codeOf(await order(buyerId, saas, {}, 2))).toBe('PURCHASE_LIMIT');
    const lines = [{ priceItemId: saas.prices[0] ?? '', quantity: 2, periodNumber: 1 }];
    const inTwoMonths = await offerLines(world().platform.db, { buyerId, lines, now: later(62) });
    expect(codeOf(inTwoMonths)).toBe('ok');
  });
});

describe('stock', () => {
  let hardware: Sold;
  const stock = async () => (await stockOfProducts(world().platform.db, [hardware.goodsId])).get(hardware.skuCode);
  beforeAll(async () => {
    hardware = await onSale('HARDWARE', ['ONE_TIME']);
    const input = {
      scope: seller(),
      goodsId: hardware.goodsId,
      skuCode: hardware.skuCode,
      change: -998,
      note: 'n',
      by: 'x',
    };
    await setting((tx) => changeStockOf(tx, input, now()));
  });

  it('C50, L38: two orders for the last piece at once: exactly one succeeds, and the seller is told that it is sold out', async () => {
    const both = await Promise.all([order(await buyer(), hardware), order(await buyer(), hardware)]);
    expect(both.map(codeOf).toSorted()).toEqual(['OUT_OF_STOCK', 'ok']);
    expect(await stock()).toEqual({ total: 1, reserved: 1, consumed: 0 });
    const { rows } = await sql<{ payload: unknown }>`
      SELECT payload FROM platform.events WHERE type = 'catalog.sold-out' AND aggregate = ${`product:${hardware.goodsId}`}`.execute(
      world().platform.db,
    );
    expect(rows).toMatchObject([{ payload: { skuCode: hardware.skuCode, sellerId: world().demo.sellerId } }]);
  });

  it('C24, L38: an unpaid order gives its piece back after 24 h, at the price of its time', async () => {
    await world().simulator.advanceTo(new Date(now().getTime() + 24 * HOUR));
    expect(await stock()).toEqual({ total: 1, reserved: 0, consumed: 0 });
  });

  it('L38, L37: payment consumes it, a refund does not restock; the receiver is sealed and belongs to the order', async () => {
    const { orderId, lines } = good(await order(await buyer(), hardware));
    good(await pay(orderId));
    expect(await stock()).toEqual({ total: 1, reserved: 0, consumed: 1 });
    const { platform } = world();
    expect(await receiverOf(platform, platform.db, orderId)).toEqual(RECEIVER);
    const { rows } = await sql<{
      sealed: string;
    }>`SELECT sealed FROM ordering.receivers WHERE order_id = ${orderId}`.execute(platform.db);
    expect(rows[0]?.sealed).not.toContain('Shenzhen');
    expect(lines[0]?.snapshot.delivery).toMatchObject({ accessType: 'HARDWARE' });
  });
});

describe('offers and vouchers', () => {
  const draft = async (terms: Partial<OfferTerms> & Pick<OfferTerms, 'items' | 'kind'>, buyerId: string) => {
    const common = {
      name: 'n',
      validFrom: later(1),
      validTo: later(9),
      exempt: false,
      distributorId: null,
      demandId: null,
    };
    const author = { scope: seller(), userId: 's' };
    const all = { ...common, buyers: [await accountOf(buyerId)], ...terms };
    return inTx((tx) => draftOffer(world().platform, tx, { author, terms: all }, now()));
  };
  const submit = (offerId: string) =>
    inTx((tx) => submitOffer(world().platform, tx, { author: { scope: seller(), userId: 's' }, offerId }, now()));

  it('C52, S9-1, O-34: inside the range valid at once, outside after approval; the start is later than now', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const buyerId = await buyer();
    const items = (rate: string) => [{ goodsId: saas.goodsId, specificationId: null, rate }];
    expect(codeOf(await draft({ kind: 'PRODUCT', items: items('0.9'), validFrom: now() }, buyerId))).toBe('START_PAST');
    const cheap = good(await draft({ kind: 'PRODUCT', items: items('0.5') }, buyerId));
    expect(good(await submit(cheap.offerId)).state).toBe('IN_APPROVAL');
    const decide = (approve: boolean) =>
      inTx((tx) =>
        decideOffer(world().platform, tx, { scope: ALL, offerId: cheap.offerId, approve, comment: 'c' }, now()),
      );
    expect(good(await decide(false)).state).toBe('DRAFT');
    good(await submit(cheap.offerId));
    expect(good(await decide(true)).state).toBe('VALID');
    const fair = good(await draft({ kind: 'PRODUCT', items: items('0.9') }, buyerId));
    expect(good(await submit(fair.offerId)).state).toBe('VALID');
  });

  it('C54, C55: a configuration quote passes over the sale object for its buyer, once; never over STOPPED', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const buyerId = await buyer();
    const which = { scope: seller(), goodsId: saas.goodsId, specificationId: null };
    await setting((tx) => setTarget(tx, { ...which, kind: 'INDIVIDUAL', relatedIds: [], buyers: [] }));
    const items = [{ priceItemId: saas.prices[0], quantity: 1, periodNumber: 1, rate: '0.8' }];
    const party = { kind: 'CSP' as const, name: 'Brings buyers', site: 'CN' as const };
    const distributorId = await inTx((tx) => createDistributor(world().platform, tx, party, now()));
    const unknown = { kind: 'CONFIGURATION' as const, items, exempt: true, distributorId: buyerId };
    expect(codeOf(await draft(unknown, buyerId))).toBe('DISTRIBUTOR_UNKNOWN');
    const terms = { kind: 'CONFIGURATION' as const, items, exempt: true, distributorId };
    const { offerId } = good(await submit(good(await draft(terms, buyerId)).offerId));
    expect(codeOf(await order(buyerId, saas, { offerId }))).toBe('NOT_TARGET_CUSTOMER'); // not valid yet
    world().clock.moveTo(later(2));
    await inTx((tx) => setProductState(tx, saas.goodsId, 'STOPPED'));
    expect(codeOf(await order(buyerId, saas, { offerId }))).toBe('NOT_ON_SALE');
    await inTx((tx) => setProductState(tx, saas.goodsId, 'ON_SALE'));
    const { orderId, amount, lines } = good(await order(buyerId, saas, { offerId }));
    expect(amount.amount).toBe('8.00');
    expect(lines[0]?.snapshot).toMatchObject({
      distributorId,
      deductions: [{ kind: 'OFFER', id: offerId, amount: { amount: '2.00' } }],
    });
    expect(codeOf(await order(buyerId, saas, { offerId }))).toBe('NOT_TARGET_CUSTOMER'); // used
    world().clock.moveTo(new Date(now().getTime() + 1_000));
    good(await pay(orderId)); // C46: still allowed by its offer
  });

  it('C53, S9-6, S7-5, B-29: list → offer → voucher; bound to one order, given back when it is cancelled or can not be delivered', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const buyerId = await buyer();
    const { platform, simulator, clock } = world();
    const items = [{ goodsId: saas.goodsId, specificationId: null }];
    const author = { scope: seller(), userId: 's' };
    const terms = {
      name: 'v',
      faceValue: '15',
      minimumSpend: '50',
      items,
      modes: ['MONTH' as const],
      withOffers: true,
      claimable: true,
    };
    const issued = { ...terms, validFrom: now(), validTo: later(90), total: 1, buyers: [] };
    const { voucherId } = good(await inTx((tx) => publishVoucher(platform, tx, { author, terms: issued }, now())));
    expect(codeOf(await order(buyerId, saas, { voucherId }, 10))).toBe('VOUCHER_NOT_USABLE'); // not claimed
    good(await inTx((tx) => claimVoucher(tx, { voucherId, buyerId }, now())));
    const stranger = await buyer();
    expect(codeOf(await inTx((tx) => claimVoucher(tx, { voucherId, buyerId: stranger }, now())))).toBe('VOUCHER_GONE');
    expect(codeOf(await order(buyerId, saas, { voucherId }, 4))).toBe('VOUCHER_NOT_USABLE'); // S9-7
    const draftOf = await draft({ kind: 'PRODUCT', items: [{ goodsId: saas.goodsId, rate: '0.9' }] }, buyerId);
    const { offerId } = good(await submit(good(draftOf).offerId));
    clock.moveTo(later(2));
    const bought = { voucherId, offerId };
    expect(codeOf(await order(buyerId, saas, { ...bought, expectedAmount: '85.00' }, 10))).toBe('PRICE_CHANGED');
    const both = await Promise.all([order(buyerId, saas, bought, 10), order(buyerId, saas, bought, 10)]);
    expect(both.map(codeOf).toSorted()).toEqual(['VOUCHER_USED', 'ok']);
    const placed = both.find((each) => each.ok);
    if (!placed?.ok) throw new Error('one was placed');
    expect(placed.value).toMatchObject({ amount: { amount: '75.00' }, lines: [{ listAmount: { amount: '100.00' } }] });
    const used = async () => (await vouchersOfBuyer(platform.db, buyerId, 9)).map(({ grant }) => grant.orderId);
    expect(await used()).toEqual([placed.value.orderId]);
    good(await cancel(placed.value.orderId));
    expect(await used()).toEqual([null]);
    const again = good(await order(buyerId, saas, bought, 10));
    good(await pay(again.orderId));
    await inTx((tx) =>
      linesFailed(
        platform,
        tx,
        again.lines.map(({ orderLineId }) => orderLineId),
        now(),
      ),
    );
    await simulator.drain();
    expect(await used()).toEqual([null]);
  });

  it('C51a, S9-2: a demand that nobody accepts within 5 days counts as rejected', async () => {
    const saas = await onSale('SAAS', ['PERIOD']);
    const { platform, simulator } = world();
    const asked = { buyerId: await buyer(), userId: 'u', goodsId: saas.goodsId, text: '500 seats, please' };
    const { demandId, decideBy } = good(await inTx((tx) => sendDemand(platform, tx, asked, now())));
    expect(decideBy).toEqual(later(5));
    await simulator.advanceTo(new Date(decideBy.getTime() - 1_000));
    const own = async () => {
      const all = await listDemands(platform.db, { scope: seller(), state: undefined, before: null, limit: 9 });
      return all.find((each) => each.demandId === demandId);
    };
    expect(await own()).toMatchObject({ state: 'OPEN', decidedBy: null });
    await simulator.advanceTo(decideBy);
    expect(await own()).toMatchObject({ state: 'REJECTED', decidedBy: 'system' });
  });
});
