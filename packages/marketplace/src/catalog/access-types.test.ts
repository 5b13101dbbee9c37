/** Each access type sells what the table of catalogue.md 2 and license-and-other-types.md 1 says. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../platform/random.ts';
import { sampleProduct } from '../testing/products.ts';
import { ACCESS_TYPES, accessRules, LICENSE_VARIANTS, renewsItself, taxTypeOf } from './access-types.ts';
import { productContent } from './definition.ts';

const random = seededRandom('access types');
const faultsOf = (content: unknown): string => productContent.safeParse(content).error?.message ?? '';

describe('an access type', () => {
  it.each([
    ['SAAS', 'PERIOD ONE_TIME ON_DEMAND ON_DEMAND_PKG', true, true],
    ['LICENSE', 'PERIOD ONE_TIME', false, true],
    ['SERVICE', 'ONE_TIME PERIOD', false, true],
    ['HARDWARE', 'ONE_TIME', false, true],
    ['IMAGE', 'PERIOD ON_DEMAND', false, false],
    ['API', 'ONE_TIME ON_DEMAND ON_DEMAND_PKG', false, false],
    ['AI', 'ONE_TIME', false, false],
    ['DATA', 'ONE_TIME PERIOD', false, false],
  ] as const)('%s sells by %s (catalogue.md 2, L3)', (type, modes, trial, multiSku) => {
    const rules = accessRules(type, type === 'LICENSE' ? 'OFFLINE' : null);
    expect(rules).toMatchObject({ chargingModes: modes.split(' '), trial, multiSku });
  });

  it('S7-14, B-61, C27: SaaS and images renew themselves; in the EU licences and professional services too', () => {
    const types = (site: 'CN' | 'INTL' | 'EU') => ACCESS_TYPES.filter((type) => renewsItself(type, site));
    expect([types('CN'), types('INTL'), types('EU')]).toEqual([
      ...[
        ['SAAS', 'IMAGE'],
        ['SAAS', 'IMAGE'],
      ],
      ['SAAS', 'LICENSE', 'IMAGE', 'SERVICE'],
    ]);
  });

  it.each([...ACCESS_TYPES])('%s has a sample that keeps every rule', (type) => {
    const variants = type === 'LICENSE' ? LICENSE_VARIANTS : [undefined];
    for (const variant of variants) expect(faultsOf(sampleProduct(type, random, variant ? { variant } : {}))).toBe('');
  });

  it('is sold on the sites of L1', () => {
    const on = (site: 'INTL' | 'EU') =>
      ACCESS_TYPES.filter((type) => accessRules(type, null).sites.some((each) => each === site));
    expect(on('INTL')).toEqual(['SAAS', 'LICENSE', 'IMAGE', 'SERVICE', 'HARDWARE', 'CONSULTING']);
    expect(on('EU')).toEqual(['SAAS', 'LICENSE', 'IMAGE', 'SERVICE', 'CONSULTING']);
    expect(accessRules('CONSULTING', null).traded).toBe(false);
  });

  it('refuses what does not fit it, naming the rule (L2)', () => {
    const saas = sampleProduct('SAAS', random);
    const license = sampleProduct('LICENSE', random);
    const hardware = sampleProduct('HARDWARE', random);
    const image = sampleProduct('IMAGE', random);
    const data = sampleProduct('DATA', random);
    const first = <T>(list: readonly T[]): T => {
      const [one] = list;
      if (one === undefined) throw new Error('empty');
      return one;
    };
    expect(faultsOf({ ...license, licenseVariant: null })).toMatch(/L2/);
    expect(faultsOf({ ...saas, licenseVariant: 'CODE' })).toMatch(/L2/);
    expect(faultsOf({ ...license, supervised: false })).toMatch(/always supervised/);
    expect(faultsOf({ ...image, supervised: true })).toMatch(/never supervised/);
    expect(faultsOf({ ...license, specifications: saas.specifications })).toMatch(/ON_DEMAND is not sold/);
    expect(
      faultsOf({ ...hardware, specifications: [{ ...first(hardware.specifications), linearAttribute: null }] }),
    ).toMatch(/L36/);
    expect(
      faultsOf({
        ...license,
        specifications: [{ ...first(license.specifications), trial: { days: 7, buyerIds: null, repeatable: false } }],
      }),
    ).toMatch(/C33/);
    expect(faultsOf({ ...image, specifications: [{ ...first(image.specifications), free: true }] })).toMatch(/L26/);
    expect(faultsOf({ ...saas, specifications: [{ ...first(saas.specifications), perVcpu: true }] })).toMatch(/L26/);
    expect(faultsOf({ ...saas, specifications: [{ ...first(saas.specifications), assetId: 'a' }] })).toMatch(/L23/);
    const spec = first(data.specifications);
    const sku = first(spec.skus);
    const second = { ...sku, skuCode: '7b1c3b1e-0000-4000-8000-000000000001', prices: sku.prices };
    expect(faultsOf({ ...data, specifications: [{ ...spec, skus: [sku, second] }] })).toMatch(/one SKU/);
  });

  it.each([
    ['HARDWARE', 'ONE_TIME', 'HARDWARE'],
    ['LICENSE', 'ONE_TIME', 'SOFTWARE'],
    ['LICENSE', 'PERIOD', 'SERVICE'],
    ['SAAS', 'ONE_TIME', 'SERVICE'],
    ['API', 'ON_DEMAND', 'SERVICE'],
    ['AI', 'ONE_TIME', 'SOFTWARE'],
    ['DATA', 'ONE_TIME', 'SOFTWARE'],
    ['DATA', 'PERIOD', 'SERVICE'],
    ['SERVICE', 'ONE_TIME', 'SERVICE'],
  ] as const)('%s %s is taxed as %s (S1-8a)', (type, mode, tax) => {
    expect(taxTypeOf(type, mode)).toBe(tax);
  });
});
