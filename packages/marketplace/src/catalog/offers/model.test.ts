/** Which offers and vouchers are good for whom and what (catalogue.md 10, settlement.md 9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerFault,
  claimFault,
  discountsOf,
  eligibleLines,
  grantFault,
  mayDemand,
  needsApproval,
  type Offer,
  offerState,
  type Voucher,
  type VoucherLine,
  validityFault,
} from './model.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const item = (rate: string, fixed: Partial<Offer['items'][number]> = {}) => ({
  goodsId: 'g',
  specificationId: null,
  rate,
  priceItemId: null,
  quantity: null,
  periodNumber: null,
  vcpus: null,
  ...fixed,
});
const offer = (changes: Partial<Offer> = {}): Offer => ({
  offerId: 'o',
  sellerId: 's',
  kind: 'PRODUCT',
  state: 'VALID',
  name: 'n',
  items: [item('0.8')],
  validFrom: at(2),
  validTo: at(20),
  exempt: false,
  distributorId: null,
  demandId: null,
  token: 't',
  comment: null,
  orderId: null,
  createdAt: at(1),
  ...changes,
});
const line = (changes = {}) => ({
  priceItemId: 'p',
  goodsId: 'g',
  specificationId: 'x',
  quantity: 5,
  periodNumber: 1,
  ...changes,
});
const rates = (of: Offer, lines = [line()], now = at(10), mine = true) => {
  const found = discountsOf(of, mine, lines, now);
  return found.ok ? found.value : found.refusal.code;
};

describe('a private offer', () => {
  it('C52, S9-1: inside the free range it needs no approval; one item outside and all of it does', () => {
    expect(needsApproval([{ rate: '0.8' }, { rate: '1' }], '0.8')).toBe(false);
    expect(needsApproval([{ rate: '0.8' }, { rate: '0.7999' }], '0.8')).toBe(true);
  });

  it('C52, 13.1: starts later than now, ends later than it starts', () => {
    expect(validityFault(at(5), at(9), at(5))?.code).toBe('START_PAST');
    expect(validityFault(at(6), at(6), at(5))?.code).toBe('VALIDATION');
    expect(validityFault(at(6), at(7), at(5))).toBeNull();
  });

  it('S-54: is expired by time alone', () => {
    expect(offerState(offer(), at(19))).toBe('VALID');
    expect(offerState(offer(), at(20))).toBe('EXPIRED');
    expect(offerState(offer({ state: 'USED' }), at(21))).toBe('USED');
  });

  it('S-54: is for its named buyers, while it is valid', () => {
    expect(rates(offer())).toEqual(['0.8']);
    expect(rates(offer(), [line()], at(10), false)).toBe('OFFER_NOT_USABLE');
    expect(rates(offer(), [line()], at(1))).toBe('OFFER_NOT_USABLE');
    expect(rates(offer(), [line()], at(20))).toBe('OFFER_NOT_USABLE');
    for (const state of ['DRAFT', 'IN_APPROVAL', 'WITHDRAWN'] as const)
      expect(rates(offer({ state }))).toBe('OFFER_NOT_USABLE');
  });

  it('C53: offers are not added up: the best single discount of a line counts', () => {
    const several = offer({ items: [item('0.9'), item('0.75', { specificationId: 'x' }), item('0.8')] });
    expect(rates(several)).toEqual(['0.75']);
    expect(rates(several, [line({ specificationId: 'y' }), line()])).toEqual(['0.8', '0.75']);
  });

  it('C53: lines that it does not cover pay the list price; none covered is a refusal', () => {
    expect(rates(offer(), [line(), line({ goodsId: 'other' })])).toEqual(['0.8', null]);
    expect(rates(offer(), [line({ goodsId: 'other' })])).toBe('OFFER_NOT_USABLE');
  });

  it('catalogue.md 10: a product quote leaves quantity and period to the buyer, a configuration quote nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (quantity) => {
        expect(rates(offer(), [line({ quantity })])).toEqual(['0.8']);
        const fixed = item('0.7', { priceItemId: 'p', quantity: 5, periodNumber: 1 });
        const exact = offer({ kind: 'CONFIGURATION', items: [fixed] });
        expect(rates(exact, [line({ quantity })])).toEqual(quantity === 5 ? ['0.7'] : 'OFFER_NOT_USABLE');
      }),
      { numRuns: 60 },
    );
  });

  it('catalogue.md 10: a configuration quote is ordered once, whole', () => {
    const fixed = item('0.7', { priceItemId: 'p', quantity: 5, periodNumber: 1 });
    const exact = offer({ kind: 'CONFIGURATION', items: [fixed] });
    expect(rates(exact, [line(), line()])).toBe('OFFER_NOT_USABLE');
    expect(rates({ ...exact, state: 'USED' })).toBe('OFFER_NOT_USABLE');
  });
});

describe('S9-3: an offer that answers a demand', () => {
  const demand = { state: 'ACCEPTED' as const, buyerId: 'b', distributorId: 'csp' };
  const answer = { buyers: [{ buyerId: 'b' }], distributorId: 'csp' };

  it.each([
    ['accepted, for its customer, naming the provider', demand, answer, undefined],
    ['not accepted yet', { ...demand, state: 'OPEN' as const }, answer, 'DEMAND_STATE'],
    ['refused', { ...demand, state: 'REJECTED' as const }, answer, 'DEMAND_STATE'],
    ['a deal already', { ...demand, state: 'CLOSED' as const }, answer, 'DEMAND_STATE'],
    ['of nobody', null, answer, 'DEMAND_STATE'],
    ['for another customer', demand, { ...answer, buyers: [{ buyerId: 'c' }] }, 'UNKNOWN_BUYER'],
    ['without the provider', demand, { ...answer, distributorId: null }, 'OFFER_PARTNER'],
    ['with another provider', demand, { ...answer, distributorId: 'other' }, 'OFFER_PARTNER'],
    ['the customer’s own demand, whoever brought it', { ...demand, distributorId: null }, answer, undefined],
  ])('%s', (_, asked, offered, code) => expect(answerFault(asked, offered)?.code).toBe(code));

  it('for any demand and offer: what is let through is accepted, for the customer, and names who asked for it', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const maybe = fc.option(id, { nil: null });
    const state = fc.constantFrom('OPEN' as const, 'ACCEPTED' as const, 'REJECTED' as const, 'CLOSED' as const);
    fc.assert(
      fc.property(
        fc.record({ state, buyerId: id, distributorId: maybe }),
        fc.record({ buyers: fc.array(fc.record({ buyerId: id }), { maxLength: 3 }), distributorId: maybe }),
        (asked, offered) => {
          const fits =
            asked.state === 'ACCEPTED' &&
            offered.buyers.some(({ buyerId }) => buyerId === asked.buyerId) &&
            (asked.distributorId === null || asked.distributorId === offered.distributorId);
          expect(answerFault(asked, offered) === null).toBe(fits);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('service providers and distributors ask for their customers; a reseller settles at its discount (S3-19)', () => {
    expect((['CSP', 'DISTRIBUTOR', 'RESELLER'] as const).map(mayDemand)).toEqual([true, true, false]);
  });
});

const voucher = (changes: Partial<Voucher> = {}): Voucher => ({
  voucherId: 'v',
  sellerId: 's',
  state: 'PUBLISHED',
  name: 'n',
  faceValue: '10',
  minimumSpend: null,
  currency: 'CNY',
  items: [{ goodsId: 'g', specificationId: null, class: 'GENERAL' }],
  modes: ['ONE_TIME', 'MONTH', 'YEAR'],
  withOffers: true,
  claimable: true,
  validFrom: at(2),
  validTo: at(20),
  total: 5,
  claimed: 0,
  createdAt: at(1),
  ...changes,
});
const sold = (changes: Partial<VoucherLine> = {}): VoucherLine => ({
  goodsId: 'g',
  specification: { specificationId: 'x', chargingMode: 'PERIOD' },
  content: { class: 'GENERAL' },
  periodType: 'month',
  currency: 'CNY',
  hasOffer: false,
  ...changes,
});
const good = (of: Voucher, each: VoucherLine) => eligibleLines(of, [each]).size === 1;

describe('a voucher', () => {
  it('S9-5: is for chosen products or specifications', () => {
    expect(good(voucher(), sold())).toBe(true);
    expect(good(voucher(), sold({ goodsId: 'other' }))).toBe(false);
    const narrow = voucher({ items: [{ goodsId: 'g', specificationId: 'y', class: 'GENERAL' }] });
    expect(good(narrow, sold())).toBe(false);
  });

  it('S9-5, S-56: is void by itself when the product becomes joint operation', () => {
    expect(good(voucher(), sold({ content: { class: 'JOINT' } }))).toBe(false);
    const joint = voucher({ items: [{ goodsId: 'g', specificationId: null, class: 'JOINT' }] });
    expect(good(joint, sold({ content: { class: 'JOINT' } }))).toBe(true);
  });

  it.each([
    ['PERIOD', 'month', 'MONTH'],
    ['PERIOD', 'year', 'YEAR'],
    ['ONE_TIME', null, 'ONE_TIME'],
    ['ON_DEMAND', null, null],
    ['ON_DEMAND_PKG', null, null],
  ] as const)('S9-6: %s by %s needs a voucher for %s', (chargingMode, periodType, mode) => {
    const each = sold({ specification: { specificationId: 'x', chargingMode }, periodType });
    for (const only of ['ONE_TIME', 'MONTH', 'YEAR'] as const)
      expect(good(voucher({ modes: [only] }), each)).toBe(only === mode);
  });

  it('S9-8: some exclude the combination with offers', () => {
    expect(good(voucher({ withOffers: false }), sold({ hasOffer: true }))).toBe(false);
    expect(good(voucher(), sold({ hasOffer: true }))).toBe(true);
  });

  it('S9-6: is used once, in its time, by who has it', () => {
    const mine = { buyerId: 'b', orderId: null };
    expect(grantFault(voucher(), mine, at(10))).toBeNull();
    expect(grantFault(voucher(), null, at(10))?.code).toBe('VOUCHER_NOT_USABLE');
    expect(grantFault(voucher(), { ...mine, orderId: 'CS1' }, at(10))?.code).toBe('VOUCHER_USED');
    expect(grantFault(voucher(), mine, at(20))?.code).toBe('VOUCHER_NOT_USABLE');
    expect(grantFault(voucher(), mine, at(1))?.code).toBe('VOUCHER_NOT_USABLE');
  });

  it('S-56: a void one is not claimed any more, one that was claimed stays good', () => {
    const gone = voucher({ state: 'VOID' });
    expect(claimFault(gone, at(10))?.code).toBe('VOUCHER_VOID');
    expect(grantFault(gone, { buyerId: 'b', orderId: null }, at(10))).toBeNull();
  });

  it('S9-5: is claimed while there are some, of those that are on the page', () => {
    expect(claimFault(voucher(), at(10))).toBeNull();
    expect(claimFault(voucher({ claimed: 5 }), at(10))?.code).toBe('VOUCHER_GONE');
    expect(claimFault(voucher({ claimable: false }), at(10))?.code).toBe('NOT_FOUND');
    expect(claimFault(voucher(), at(21))?.code).toBe('VOUCHER_NOT_USABLE');
  });
});
