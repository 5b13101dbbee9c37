/** A product definition that breaks a rule is refused on save, and the rule is named (catalogue.md 13.1; C1, C2, C8–C10, C13, C16, C17, C21, C25, C31, C33). */
import { describe, expect, it } from 'vitest';
import { demoProduct } from '../demo/product.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import { type PriceItem, type ProductInput, productContent } from './definition.ts';

const random = seededRandom('definition');
const good = demoProduct(random);
const [standard] = good.specifications;
if (!standard) throw new Error('the demo product has a first specification');
type Specification = ProductInput['specifications'][number];
type Sku = Specification['skus'][number];

const withSpecification = (changes: Partial<Specification>): ProductInput => ({
  ...good,
  specifications: [{ ...standard, ...changes }],
});
const sku = (changes: Partial<Sku>): Sku => ({
  skuCode: uuid(random),
  attributes: [],
  prices: standard.skus[0]?.prices ?? [],
  ...changes,
});
const withPrice = (changes: Partial<PriceItem>): ProductInput =>
  withSpecification({
    skus: [sku({ prices: (standard.skus[0]?.prices ?? []).slice(0, 1).map((each) => ({ ...each, ...changes })) })],
  });
const linear = (minimum: number, maximum: number, step: number) =>
  withSpecification({
    linearAttribute: standard.linearAttribute && { ...standard.linearAttribute, minimum, maximum, step },
  });
const attribute = (code: string, value = 'v') => ({
  code,
  name: { zh: code, en: code },
  value: { zh: value, en: value },
});
const bracket = (from: number, to: number | null, unitPrice = '1') => ({ from, to, unitPrice });

const trial = { days: 14, buyerIds: null, repeatable: false };
const minutes = {
  validity: { type: 'year' as const, number: 1 },
  quota: '1000',
  unit: { zh: '分钟', en: 'minutes' },
  resetting: null,
  stopWhenUsedUp: false,
};
const withoutPeriod = (changes: Partial<Specification>, brackets = [bracket(0, null)]) =>
  withSpecification({
    trial: null,
    changeable: false,
    skus: [
      sku({
        prices: [
          { priceItemId: 'OFFI000000000000000001', periodType: null, mode: 'LINEAR', brackets, currency: 'CNY' },
        ],
      }),
    ],
    ...changes,
  });
const packageFor = (validity: { type: 'month' | 'year'; number: number }) =>
  withoutPeriod({ chargingMode: 'ON_DEMAND_PKG', package: { ...minutes, validity } });

function faultsOf(content: unknown): string {
  const parsed = productContent.safeParse(content);
  return parsed.success
    ? ''
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n');
}

describe('a product definition', () => {
  it('of the demo is right', () => {
    expect(faultsOf(good)).toBe('');
    expect(faultsOf(linear(1, 9_999_999, 1))).toBe('');
  });

  it.each<[string, RegExp, ProductInput]>([
    [
      'C1: two prices for one period type',
      /C1/,
      withSpecification({
        skus: [sku({ prices: [...(standard.skus[0]?.prices ?? []), ...(standard.skus[0]?.prices ?? [])] })],
      }),
    ],
    ['C2: a price item id of another form', /C2/, withPrice({ priceItemId: 'OFFI1' })],
    [
      'C8: a sixth attribute',
      /C8/,
      withSpecification({ skus: [sku({ attributes: ['a', 'b', 'c', 'd', 'e', 'f'].map((code) => attribute(code)) })] }),
    ],
    ['C9: 101 SKUs', /C9/, withSpecification({ skus: Array.from({ length: 101 }, () => sku({})) })],
    [
      'C9: an eleventh value of an attribute',
      /C9/,
      withSpecification({
        skus: Array.from({ length: 11 }, (_, index) => sku({ attributes: [attribute('edition', `v${index}`)] })),
      }),
    ],
    ['C10: step 0', /step/, linear(1, 10, 0)],
    ['C10: a minimum of 0', /minimum/, linear(0, 10, 1)],
    ['C13: minimum above maximum', /C13/, linear(11, 10, 1)],
    ['C13: a maximum off the steps', /C13/, linear(5, 501, 5)],
    ['C13: eight digits', /maximum/, linear(1, 10_000_000, 1)],
    ['C16: a gap', /C16/, withPrice({ mode: 'TIER', brackets: [bracket(0, 10), bracket(11, null)] })],
    ['C16: an overlap', /C16/, withPrice({ mode: 'STEP', brackets: [bracket(0, 10), bracket(9, null)] })],
    ['C16: a beginning after 0', /C16/, withPrice({ mode: 'TIER', brackets: [bracket(1, null)] })],
    [
      'C16: something after the unbounded bracket',
      /C16/,
      withPrice({ mode: 'TIER', brackets: [bracket(0, null), bracket(10, 20)] }),
    ],
    [
      'C16: an end below the maximum',
      /C16.*do not cover 500/,
      withPrice({ mode: 'TIER', brackets: [bracket(0, 499)] }),
    ],
    ['C16: an empty bracket', /C16/, withPrice({ mode: 'TIER', brackets: [bracket(0, 0), bracket(0, null)] })],
    [
      'C16: LINEAR with two prices',
      /C16/,
      withPrice({ mode: 'LINEAR', brackets: [bracket(0, 10), bracket(10, null)] }),
    ],
    ['C16: a negative price', /unitPrice/, withPrice({ brackets: [bracket(0, null, '-1')] })],
    ['C17: five decimals', /C17/, withPrice({ brackets: [bracket(0, null, '1.00001')] })],
    ['C21: a one-time price with a period', /C21/, withSpecification({ chargingMode: 'ONE_TIME' })],
    ['C21: a period price without one', /C21/, withPrice({ periodType: null })],
    ['a SKU without a price', /prices/, withSpecification({ skus: [sku({ prices: [] })] })],
    ['C7: a preset attribute name', /C7/, withSpecification({ skus: [sku({ attributes: [attribute('os')] })] })],
    ['C33: a trial of two days', /C33/, withSpecification({ trial: { ...trial, days: 2 } })],
    ['C33: a trial of 181 days', /C33/, withSpecification({ trial: { ...trial, days: 181 } })],
    ['C33: a trial of a one-time purchase', /C33/, withoutPeriod({ chargingMode: 'ONE_TIME', trial })],
    ['C25: a changeable one-time purchase', /C25/, withoutPeriod({ chargingMode: 'ONE_TIME', changeable: true })],
    ['C31: a package without its quota', /C31/, withoutPeriod({ chargingMode: 'ON_DEMAND_PKG' })],
    ['C31: a subscription with a quota', /C31/, withSpecification({ package: minutes })],
    ['C31: a package for longer than 3 years', /C31/, packageFor({ type: 'year', number: 4 })],
    ['C16: usage prices that end somewhere', /C16/, withoutPeriod({ chargingMode: 'ON_DEMAND' }, [bracket(0, 500)])],
    [
      'C17: eleven decimals of a usage price',
      /C17/,
      withoutPeriod({ chargingMode: 'ON_DEMAND' }, [bracket(0, null, '0.00000000001')]),
    ],
  ])('is refused: %s', (_, fault, content) => {
    expect(faultsOf(content)).toMatch(fault);
  });

  it('may end its brackets at the maximum', () => {
    expect(faultsOf(withPrice({ mode: 'TIER', brackets: [bracket(0, 500)] }))).toBe('');
  });

  it.each([
    ['trials at both ends of their range', withSpecification({ trial: { ...trial, days: 3 } })],
    ['a trial of 180 days', withSpecification({ trial: { ...trial, days: 180 } })],
    ['a package of 36 months', packageFor({ type: 'month', number: 36 })],
    ['a usage price of 10 decimals', withoutPeriod({ chargingMode: 'ON_DEMAND' }, [bracket(0, null, '0.0000000001')])],
  ])('may have %s', (_, content) => {
    expect(faultsOf(content)).toBe('');
  });

  it('of before trials, changes and packages stays valid: the newer members have defaults', () => {
    const { trial: _trial, changeable: _changeable, ...older } = standard;
    const parsed = productContent.parse({ ...good, specifications: [older] });
    expect(parsed).toMatchObject({ privateMembers: [], encryptType: '1' });
    expect(parsed.specifications[0]).toMatchObject({ trial: null, changeable: false, package: null });
  });

  it('holds nothing that it does not know', () => {
    expect(faultsOf({ ...good, colour: 'red' })).toMatch(/colour/);
  });
});
