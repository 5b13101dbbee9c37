/** What is indexed is what the rules show: state, visibility, parts on sale, price, filters (C42, B-12, 12.2, 6.3). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../platform/money.ts';
import { seededRandom } from '../../platform/random.ts';
import { sampleProduct } from '../../testing/products.ts';
import { ACCESS_TYPES, accessRules, CHARGING_MODES, LICENSE_VARIANTS } from '../access-types.ts';
import { type ProductContent, productContent } from '../definition.ts';
import { quote } from '../model.ts';
import { CATEGORIES, categoryPath, isLeafCategory } from './categories.ts';
import { type EntryFacts, searchEntry } from './entry.ts';
import { fromPrice } from './from-price.ts';
import { refundPolicy, refundRules } from './refund-policy.ts';

const STATES = ['DRAFT', 'IN_REVIEW', 'REJECTED', 'ON_SALE', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN'] as const;
const samples = ACCESS_TYPES.filter((type) => type !== 'CONSULTING').map((type) =>
  productContent.parse(sampleProduct(type, seededRandom(type))),
);
const idsOf = ({ specifications }: ProductContent) =>
  specifications.flatMap(({ specificationId, skus }) => [specificationId, ...skus.map(({ skuCode }) => skuCode)]);

const facts = fc
  .record({
    content: fc.constantFrom(...samples),
    state: fc.constantFrom(...STATES),
    visibility: fc.constantFrom('PUBLIC' as const, 'HIDDEN' as const),
    stopped: fc.array(fc.nat(40)),
    hidden: fc.array(fc.nat(10)),
    tags: fc.uniqueArray(fc.constantFrom('industry-retail', 'cert-mlps', 'free word'), { maxLength: 3 }),
  })
  .map(({ content, state, visibility, stopped, hidden, tags }): EntryFacts => {
    const ids = idsOf(content);
    const stoppedIds = new Set(stopped.flatMap((place) => ids[place] ?? []));
    return {
      product: {
        goods_id: 'goods',
        seller_id: 'seller',
        site: 'CN',
        state,
        visibility,
        current_version: 1,
        created_at: new Date(0),
        withdrawn_at: null,
      },
      content: { ...content, tags },
      sellerName: '示例软件',
      states: new Map(ids.map((id) => [id, stoppedIds.has(id) ? 'STOPPED' : 'ON_SALE'])),
      hidden: new Set(hidden.flatMap((place) => content.specifications[place]?.specificationId ?? [])),
      regions: null,
      chosenTrials: new Set(),
      systems: [],
    };
  });

describe('the index', () => {
  it('C42, B-12: holds exactly what is on sale, public, and has a public specification with something to buy', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const { product, content, states, hidden } = each;
        const shown = content.specifications.some(
          ({ specificationId, skus }) =>
            states.get(specificationId) === 'ON_SALE' &&
            !hidden.has(specificationId) &&
            skus.some(({ skuCode }) => states.get(skuCode) === 'ON_SALE'),
        );
        const found = searchEntry(each);
        expect(found !== null).toBe(product.state === 'ON_SALE' && product.visibility === 'PUBLIC' && shown);
      }),
      { numRuns: 200 },
    );
  });

  it('12.2: its "from" price is the lowest quote of one period at the minimum quantity of what can be bought', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const { content, states, hidden } = each;
        const found = searchEntry(each);
        if (found === null) return;
        const quotes = content.specifications
          .filter((spec) => states.get(spec.specificationId) === 'ON_SALE' && !hidden.has(spec.specificationId))
          .filter((spec) => spec.chargingMode !== 'ON_DEMAND')
          .flatMap((spec) =>
            spec.skus
              .filter(({ skuCode }) => states.get(skuCode) === 'ON_SALE')
              .flatMap((sku) =>
                sku.prices.map((priceItem) =>
                  quote({
                    priceItem,
                    linearAttribute: spec.linearAttribute,
                    quantity: spec.linearAttribute?.minimum,
                    periodNumber: priceItem.periodType === null ? undefined : 1,
                  }),
                ),
              ),
          )
          .map((priced) => (priced.ok ? Number(priced.value.amount.amount) : Number.NaN));
        expect(found.priceFrom === null ? null : decimal(found.priceFrom).toNumber()).toBe(
          quotes.length === 0 ? null : Math.min(...quotes),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('12.2: every filter that a product passes is a term of it', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const found = searchEntry(each);
        if (found === null) return;
        expect(found.terms).toContain(`type:${each.content.accessType}`);
        for (const tag of each.content.tags) expect(found.terms).toContain(`tag:${tag}`);
        for (const mode of found.card.chargingModes) expect(found.terms).toContain(`mode:${mode}`);
        expect(found.terms.includes('free')).toBe(found.card.free);
        expect(found.terms.includes('trial')).toBe(found.card.trialDays !== null);
        for (const word of found.title) expect(found.words).toContain(word);
      }),
      { numRuns: 100 },
    );
  });

  it('C33: a trial for chosen buyers is no trial to find', () => {
    const [saas] = samples;
    if (!saas) throw new Error('no sample');
    const specifications = saas.specifications.map((spec) =>
      spec.chargingMode === 'PERIOD' ? { ...spec, trial: { days: 14, buyerIds: null, repeatable: false } } : spec,
    );
    const content = { ...saas, specifications };
    const base = fc.sample(facts, 1)[0];
    if (!base) throw new Error('no sample');
    const open: EntryFacts = {
      ...base,
      product: { ...base.product, state: 'ON_SALE', visibility: 'PUBLIC' },
      content,
      states: new Map(idsOf(content).map((id) => [id, 'ON_SALE'])),
      hidden: new Set(),
    };
    expect(searchEntry(open)?.card.trialDays).toBe(14);
    const chosen = new Set(specifications.map(({ specificationId }) => specificationId));
    expect(searchEntry({ ...open, chosenTrials: chosen })?.terms).not.toContain('trial');
  });
});

it('12.2: what is only paid by use shows the price of a unit, and has no price to sort by', () => {
  const content = productContent.parse(sampleProduct('SAAS', seededRandom('use'), { modes: ['ON_DEMAND'] }));
  expect(fromPrice(content, () => true)).toEqual({
    money: { amount: '30.00', currency: 'CNY' },
    periodType: null,
    perUse: true,
  });
  expect(fromPrice(content, () => false)).toBeNull();
});

describe('6.3: refundPolicy', () => {
  it.each([
    ['CN', 'SAAS', 'PERIOD', false, 'FIVE_DAY_FULL'],
    ['CN', 'SAAS', 'PERIOD', true, 'NEGOTIATED_IN_GUARANTEE'],
    ['CN', 'SAAS', 'ONE_TIME', true, 'NEGOTIATED_IN_GUARANTEE'],
    ['CN', 'SAAS', 'ONE_TIME', false, 'NONE'],
    ['CN', 'SAAS', 'ON_DEMAND', false, 'NONE'],
    ['CN', 'SAAS', 'ON_DEMAND_PKG', false, 'NONE'],
    ['CN', 'LICENSE', 'PERIOD', true, 'NEGOTIATED_IN_GUARANTEE'],
    ['CN', 'SERVICE', 'ONE_TIME', true, 'NEGOTIATED_IN_GUARANTEE'],
    ['CN', 'HARDWARE', 'ONE_TIME', true, 'NEGOTIATED_IN_GUARANTEE'],
    ['CN', 'DATA', 'PERIOD', true, 'NEGOTIATED_IN_GUARANTEE'],
    ['CN', 'IMAGE', 'PERIOD', false, 'IMAGE'],
    ['CN', 'IMAGE', 'ON_DEMAND', false, 'NONE'],
    ['CN', 'API', 'ONE_TIME', false, 'NONE'],
    ['CN', 'AI', 'ONE_TIME', false, 'NONE'],
    ['INTL', 'SAAS', 'PERIOD', false, 'NONE'],
    ['EU', 'SAAS', 'PERIOD', true, 'NEGOTIATED_IN_GUARANTEE'],
  ] as const)('%s %s %s, supervised %s: %s', (site, accessType, chargingMode, supervised, policy) => {
    expect(refundPolicy({ site, accessType, chargingMode, supervised })).toBe(policy);
  });

  it('S7-12: says of images what self-service gives back, on the China site alone', () => {
    const content = productContent.parse(sampleProduct('IMAGE', seededRandom('image'), { modes: ['PERIOD'] }));
    const text = (site: 'CN' | 'INTL') => refundRules(content, site).map((rule) => [rule.policy, rule.text.en]);
    expect(text('CN')).toEqual([['IMAGE', expect.stringContaining('by the hour')]]);
    expect(text('INTL')).toEqual([['IMAGE', expect.stringContaining('not by self-service')]]);
  });

  it('has one rule for each group of charging modes, with a sentence in both languages', () => {
    for (const type of ACCESS_TYPES.filter((each) => each !== 'CONSULTING'))
      for (const variant of type === 'LICENSE' ? LICENSE_VARIANTS : [null]) {
        const options = variant === null ? {} : { variant };
        const content = productContent.parse(sampleProduct(type, seededRandom('rules'), options));
        const rules = refundRules(content, 'CN');
        expect(rules.flatMap(({ chargingModes }) => chargingModes).toSorted()).toEqual(
          [...accessRules(type, variant).chargingModes].toSorted(),
        );
        for (const { text } of rules) expect(text.zh !== '' && text.en !== '').toBe(true);
      }
    expect(CHARGING_MODES).toHaveLength(4);
  });
});

it('B-10: categories have two levels and unique ids; what the tree does not know is "other"', () => {
  const ids = CATEGORIES.flatMap(({ categoryId, children }) => [
    categoryId,
    ...children.map((each) => each.categoryId),
  ]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(categoryPath('security.host').map(({ categoryId }) => categoryId)).toEqual(['security', 'security.host']);
  expect(categoryPath('of another market').map(({ categoryId }) => categoryId)).toEqual(['other']);
  expect([isLeafCategory('security'), isLeafCategory('security.host'), isLeafCategory('other')]).toEqual([
    false,
    true,
    true,
  ]);
});
