/** Orders told to the engine with what was agreed when they were paid: commissions, taxes, management fee, floor price. */
import { describe, expect, it } from 'vitest';
import { type ProductContent, productContent } from '../../catalog/index.ts';
import type { Agreements, Subject } from '../../directory/index.ts';
import type { Order, OrderLine } from '../../ordering/index.ts';
import { lineSnapshot } from '../../ordering/store.ts';
import { decimal } from '../../platform/exact.ts';
import { money } from '../../platform/money.ts';
import { seededRandom } from '../../platform/random.ts';
import type { Site } from '../../platform/site.ts';
import { sampleProduct } from '../../testing/products.ts';
import { policyFor } from '../terms.ts';
import { outcomesOf } from './family.ts';
import { lineFromOrder } from './from-orders.ts';
import { chargeFacts } from './sale-terms.ts';

const PAID = new Date('2026-03-05T04:00:00Z');
const NAME = { zh: '商品', en: 'Product' };

interface Sold {
  readonly site?: Site;
  readonly orderType?: Order['orderType'];
  readonly class?: ProductContent['class'];
  readonly snapshot?: object;
  readonly list?: string;
  readonly paid?: string;
  readonly agreed?: Readonly<Partial<Record<Subject, object>>>;
}

/** Terms that hold from the beginning on. */
const agreements = (terms: NonNullable<Sold['agreed']>): Agreements => ({
  at(kind, id) {
    const found = terms[`${kind}:${id}`];
    return found === undefined ? null : JSON.parse(JSON.stringify(found));
  },
});

/** An order and its line. */
function saleOf(sold: Sold) {
  const site = sold.site ?? 'CN';
  const currency = site === 'CN' ? 'CNY' : 'USD';
  const [list, paid] = [money(sold.list ?? '1200', currency), money(sold.paid ?? sold.list ?? '1200', currency)];
  const off = decimal(list.amount).minus(paid.amount).toFixed(2);
  const deductions = off === '0.00' ? [] : [{ kind: 'OFFER', id: 'o', amount: { amount: off, currency } }];
  const snapshot = lineSnapshot.parse({
    productName: NAME,
    specificationName: NAME,
    linearAttribute: null,
    derivation: [],
    parameters: [],
    deductions,
    ...sold.snapshot,
  });
  const line: OrderLine = {
    orderLineId: 'L',
    orderId: 'O',
    resourceId: 'L',
    scene: null,
    buyerId: 'b',
    sellerId: 's',
    state: 'FULFILLED',
    goodsId: 'g',
    version: 1,
    specificationId: 'sp',
    skuCode: 'sk',
    priceItemId: 'pi',
    chargingMode: 'PERIOD',
    periodType: 'month',
    periodNumber: 6,
    quantity: 2,
    listAmount: list,
    amount: paid,
    effectiveFrom: null,
    expireAt: null,
    payment: null,
    snapshot,
  };
  const order: Order = { ...ORDER, orderType: sold.orderType ?? 'NEW', site, amount: paid, lines: [line] };
  return { order, line };
}

/** A sale as the live settlement tells it, and what the engine makes of it. */
function settled(sold: Sold) {
  const { order, line } = saleOf(sold);
  const content = productContent.parse({
    ...sampleProduct('SAAS', seededRandom('terms')),
    class: sold.class ?? 'GENERAL',
  });
  const known = lineFromOrder(order, line, content, agreements(sold.agreed ?? {}));
  if (!known?.terms) throw new Error('it is settled');
  const root = { ...known.line, activatedAt: PAID };
  const [outcome] = outcomesOf(
    { root, refunds: [], terms: known.terms, billedAt: null },
    policyFor(order.site),
    decimal('0'),
  );
  if (outcome?.kind !== 'READY') throw new Error(JSON.stringify(outcome));
  return {
    line: known.line,
    terms: known.terms,
    settlement: outcome.settlement.toFixed(4),
    distributor: outcome.distributor?.settlement.toFixed(4) ?? null,
    rules: new Set(outcome.steps.map(({ rule }) => rule)),
  };
}
const ORDER: Omit<Order, 'orderType' | 'site' | 'amount' | 'lines'> = {
  orderId: 'O',
  state: 'COMPLETED',
  buyerId: 'b',
  placedBy: 'u',
  traceId: 't',
  createdAt: PAID,
  paidAt: PAID,
  completedAt: PAID,
  cancelAt: null,
};
const yanxuan = (more: object = {}) => ({
  class: 'YANXUAN' as const,
  snapshot: { sellerShare: '0.7', taxType: 'SOFTWARE', floorDiscount: '0.8', distributorId: 'd', ...more },
});
const alone = { scene: 'SOLO', ratio: null, payer: 'GENERAL' };

describe('who brought the buyer', () => {
  it('S3-16: a distributor alone earns 90 % of the spread above list price × floor discount', () => {
    const { distributor, line } = settled({ ...yanxuan(), agreed: { 'distributor:d': alone } });
    // floor 1200 × 0.8; (1200 − 960) / 1.13 × 1.06 × 0.9
    expect(distributor).toBe('202.6195');
    expect(line.distributor?.floorPrice.toFixed()).toBe('80');
  });

  it('S3-17, S1-4: together with the platform the agreed ratio, of a deal price below the list price', () => {
    const agreed = { 'distributor:d': { scene: 'JOINT', ratio: '0.5', payer: 'SMALL_SCALE' } } as const;
    // (1100 − 960) / 1.13 × 1.03 × 0.5: its own service invoice carries 3 %
    expect(settled({ ...yanxuan(), paid: '1100', agreed }).distributor).toBe('63.8053');
  });

  it('3.4: without a floor discount the list price is the floor; without terms the sale is a direct one', () => {
    const agreed = { 'distributor:d': alone };
    expect(settled({ ...yanxuan({ floorDiscount: null }), agreed }).distributor).toBe('0.0000');
    expect(settled(yanxuan()).distributor).toBeNull();
  });

  it('S3-18: a service provider has its share of a general order’s cash', () => {
    const agreed = { 'distributor:d': { scene: 'CSP', ratio: '0.1', payer: 'GENERAL' } } as const;
    expect(settled({ snapshot: { distributorId: 'd' }, agreed })).toMatchObject({
      distributor: '120.0000',
      settlement: '1140.0000',
    });
  });

  it('S3-19: a reseller is owed what its resale discount leaves', () => {
    const agreed = { 'distributor:d': { scene: 'RESELLER', ratio: '0.85', payer: 'GENERAL' } } as const;
    expect(settled({ site: 'INTL', snapshot: { distributorId: 'd' }, agreed }).distributor).toBe('180.0000');
  });
});

describe('charges of usage', () => {
  it('S3-8, S3-12, S3-18: are settled by their own amount, not by that of the order that opened the service', () => {
    const site = { vat: '0', customerWht: '0.1', sellerWht: '0', dst: '0' };
    const agreed = agreements({
      'site:INTL': site,
      'distributor:d': { scene: 'CSP', ratio: '0.1', payer: 'GENERAL' },
    });
    const sale = saleOf({ site: 'INTL', list: '0', snapshot: { distributorId: 'd', floorDiscount: '0.8' } });
    const facts = chargeFacts(sale, { amount: decimal('50'), terms: null, agreed });
    expect(facts.customerWht.toFixed()).toBe('5');
    expect(facts.distributor?.floorPrice.toFixed()).toBe('40');
    expect([facts.periods.toFixed(), facts.quantity.toFixed(), facts.listPrice]).toEqual(['1', '1', null]);
  });
});

describe('the seller’s part', () => {
  it('S1-6: is of the ratio that stood in the order, whatever the product says since', () => {
    const sold = (sellerShare: string) =>
      settled({ class: 'JOINT', snapshot: { sellerShare, taxType: 'SERVICE' } }).settlement;
    expect([sold('0.7'), sold('0.5')]).toEqual(['840.0000', '600.0000']);
    // of a general order the fee is what the share leaves
    expect(settled({ snapshot: { sellerShare: '0.9' } }).terms?.feeRatio?.toFixed()).toBe('0.1');
  });

  it('S3-12: a share of the floor price is of list price × floor discount, whatever was paid', () => {
    const snapshot = { sellerShare: '0.7', shareMode: 'FLOOR_DISCOUNT', floorDiscount: '0.8', taxType: 'SERVICE' };
    const part = settled({ class: 'JOINT', snapshot, list: '1000', paid: '900' });
    // a price that does not divide by its units comes back whole
    expect(part.settlement).toBe('560.0000');
    expect(part.rules).toContain('S3-12');
    expect(settled({ class: 'JOINT', snapshot, orderType: 'CHANGE', list: '333.33' }).settlement).toBe('186.6648');
  });

  it('S3-14, S3-15: joint-operation orders of project users bear the management fee, others do not', () => {
    const agreed = { 'buyer:b': { project: 'ENABLING_CLOUD', managementFeeRatio: '0.02', customerWht: null } } as const;
    const snapshot = { sellerShare: '0.7', taxType: 'SERVICE' };
    expect(settled({ class: 'JOINT', snapshot, agreed })).toMatchObject({ settlement: '816.0000' });
    expect(settled({ class: 'JOINT', snapshot }).settlement).toBe('840.0000');
    expect(settled({ class: 'YANXUAN', snapshot, agreed }).settlement).toBe('840.0000');
    expect(settled({ agreed }).settlement).toBe('1140.0000');
  });

  it('S3-13, 1.5: a small-scale payer invoices at 3 %', () => {
    const agreed = { 'seller:s': { payer: 'SMALL_SCALE', sellerWht: null, dst: null } } as const;
    const snapshot = { sellerShare: '0.7', taxType: 'SERVICE' };
    expect(settled({ class: 'JOINT', snapshot, agreed }).settlement).toBe('816.2264'); // 840 / 1.06 × 1.03
  });

  it('S3-8, S4-8: VAT and the customer’s tax before the fee, the seller’s own taxes after it; none in China', () => {
    const site = { vat: '0.2', customerWht: '0.1', sellerWht: '0.05', dst: '0.02' };
    const agreed = { 'site:INTL': site, 'site:CN': site } as const;
    const { settlement, line } = settled({ site: 'INTL', agreed, snapshot: { sellerShare: '0.85' } });
    // net 1000: (1000 − 100) × 0.85 − 50 − 20
    expect(settlement).toBe('695.0000');
    expect(line.vat.toFixed()).toBe('200');
    expect(settled({ agreed }).settlement).toBe('1140.0000');
    const own = {
      ...agreed,
      'seller:s': { payer: 'GENERAL', sellerWht: '0', dst: null },
      'buyer:b': { project: null, managementFeeRatio: null, customerWht: '0' },
    } as const;
    expect(settled({ site: 'INTL', agreed: own, snapshot: { sellerShare: '0.85' } }).settlement).toBe('830.0000');
  });
});
