/** To whom, where and how often a product is sold, rule by rule (catalogue.md 9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuyerFacts } from '../../directory/index.ts';
import {
  available,
  changeStock,
  creditOf,
  DEFAULT_STOCK,
  effectiveTarget,
  limitFault,
  MOST_CHANGE,
  NO_RULE,
  realNameFault,
  regionFault,
  type Standing,
  TARGETS,
  type Target,
  targetChoices,
  targetFault,
  targetLevel,
  trialAccess,
  trialRealName,
  trialRepeatable,
} from './model.ts';

const buyer = (facts: Partial<BuyerFacts> = {}): BuyerFacts => ({
  buyerId: 'b',
  kind: 'ENTERPRISE',
  realName: 'ENTERPRISE',
  region: 'CN',
  ...facts,
});
const rules = (product?: Target, specification?: Target) => ({
  product: product ? { ...NO_RULE, target: product } : NO_RULE,
  specification: specification ? { ...NO_RULE, target: specification } : NO_RULE,
});
const standing = (listed: boolean, related: boolean): Standing => ({
  listed: async () => listed,
  hasRelated: async () => related,
});

describe('the sale object', () => {
  it.each<[Target, Target | undefined, Target]>([
    ['ALL', undefined, 'ALL'],
    ['ALL', 'ENTERPRISE', 'ENTERPRISE'],
    ['ENTERPRISE', 'SPECIFIED', 'SPECIFIED'],
    ['RELATED', undefined, 'RELATED'],
  ])('C45a: %s / %s is %s', (product, specification, effective) => {
    expect(effectiveTarget(rules(product, specification))).toBe(effective);
  });

  it('C45a: without any setting it is sold to all', () => {
    expect(effectiveTarget(rules())).toBe('ALL');
  });

  it.each<[Target, readonly Target[]]>([
    ['ALL', ['ALL', 'ENTERPRISE', 'INDIVIDUAL', 'SPECIFIED', 'RELATED']],
    ['ENTERPRISE', ['ENTERPRISE', 'SPECIFIED', 'RELATED']],
    ['INDIVIDUAL', ['INDIVIDUAL', 'SPECIFIED', 'RELATED']],
    ['SPECIFIED', []],
    ['RELATED', []],
  ])('9.1, C45a: below %s a specification of the China site may have %j, elsewhere no related', (product, choices) => {
    expect(targetChoices(product, 'CN')).toEqual(choices);
    expect(targetChoices(product, 'INTL')).toEqual(choices.filter((each) => each !== 'RELATED'));
  });

  it('C43, C44: the list of the level that set the target counts', () => {
    expect(targetLevel(rules('SPECIFIED'), 's1')).toBe('');
    expect(targetLevel(rules('ALL', 'SPECIFIED'), 's1')).toBe('s1');
  });

  it.each<[Target, BuyerFacts['kind'], boolean, boolean, boolean]>([
    ['ALL', 'INDIVIDUAL', false, false, true],
    ['ENTERPRISE', 'ENTERPRISE', false, false, true],
    ['ENTERPRISE', 'INDIVIDUAL', true, true, false],
    ['INDIVIDUAL', 'INDIVIDUAL', false, false, true],
    ['INDIVIDUAL', 'ENTERPRISE', true, true, false],
    ['SPECIFIED', 'ENTERPRISE', true, false, true],
    ['SPECIFIED', 'ENTERPRISE', false, true, false],
    ['RELATED', 'ENTERPRISE', false, true, true],
    ['RELATED', 'ENTERPRISE', true, false, false],
  ])('C44, C45: %s and a buyer %s, listed %s, has bought %s → may %s', async (target, kind, listed, related, may) => {
    const fault = await targetFault(target, buyer({ kind }), standing(listed, related));
    expect(fault?.code ?? null).toBe(may ? null : 'NOT_TARGET_CUSTOMER');
  });

  it('C45: the refusal says to contact the seller', async () => {
    const fault = await targetFault('SPECIFIED', buyer(), standing(false, false));
    expect(fault?.message).toContain('contact the seller');
  });

  it('C45a: whatever a specification may choose is what holds for it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TARGETS), fc.constantFrom('CN' as const, 'INTL' as const), (product, site) => {
        for (const choice of targetChoices(product, site)) expect(effectiveTarget(rules(product, choice))).toBe(choice);
      }),
    );
  });
});

describe('region and real name', () => {
  it('C51: everywhere unless narrowed; then in these countries only', () => {
    expect(regionFault(NO_RULE, buyer({ region: 'BR' }))).toBeNull();
    expect(regionFault({ ...NO_RULE, regions: ['SG', 'TH'] }, buyer({ region: 'TH' }))).toBeNull();
    expect(regionFault({ ...NO_RULE, regions: ['SG', 'TH'] }, buyer({ region: 'BR' }))?.code).toBe('NOT_IN_REGION');
  });

  it.each([
    ['NONE', 'NONE', true],
    ['PERSONAL', 'NONE', false],
    ['PERSONAL', 'PERSONAL', true],
    ['PERSONAL', 'ENTERPRISE', true],
    ['ENTERPRISE', 'PERSONAL', false],
    ['ENTERPRISE', 'ENTERPRISE', true],
  ] as const)('B-1, 13.1: a product of level %s and a buyer of %s → may %s', (needed, realName, may) => {
    expect(realNameFault(needed, buyer({ realName }))?.code ?? null).toBe(may ? null : 'REAL_NAME_REQUIRED');
  });

  it('B-1: a trial needs at least a personal real name', () => {
    expect(trialRealName('NONE')).toBe('PERSONAL');
    expect(trialRealName('ENTERPRISE')).toBe('ENTERPRISE');
  });
});

describe('the purchase limit', () => {
  const had = (orders: number, quantity: number) => ({ orders, quantity });
  it('C49: a single purchase is one order line, whatever its quantity', () => {
    const once = { kind: 'ONCE', quantity: null, untilExpiry: false } as const;
    expect(limitFault(once, had(0, 0), had(1, 500))).toBeNull();
    expect(limitFault(once, had(1, 1), had(1, 1))?.code).toBe('PURCHASE_LIMIT');
    expect(limitFault(once, had(0, 0), had(2, 2))?.code).toBe('PURCHASE_LIMIT');
  });

  it('C49: a ceiling of the quantity counts all that was bought', () => {
    const ten = { kind: 'QUANTITY', quantity: 10, untilExpiry: false } as const;
    expect(limitFault(ten, had(3, 7), had(1, 3))).toBeNull();
    expect(limitFault(ten, had(3, 7), had(1, 4))).toMatchObject({
      code: 'PURCHASE_LIMIT',
      facts: { limit: '10', had: '7' },
    });
  });

  it('C49: "not before expiry" is said', () => {
    const again = { kind: 'ONCE', quantity: null, untilExpiry: true } as const;
    expect(limitFault(again, had(1, 1), had(1, 1))?.message).toContain('after it has expired');
  });
});

describe('stock', () => {
  it('C50: 999 unless set', () => {
    expect(available(DEFAULT_STOCK)).toBe(999);
  });

  it.each([0, MOST_CHANGE + 1, -MOST_CHANGE - 1, 1.5])('C50: a change of %s is none', (change) => {
    expect(changeStock(DEFAULT_STOCK, change)).toMatchObject({ ok: false, refusal: { code: 'VALIDATION' } });
  });

  it('C50: the total never falls below what is sold or promised', () => {
    const stock = { total: 100, reserved: 5, consumed: 20 };
    expect(changeStock(stock, -75)).toMatchObject({ ok: true, value: { total: 25 } });
    expect(changeStock(stock, -76)).toMatchObject({ ok: false, refusal: { code: 'STOCK_TOO_LOW' } });
    fc.assert(
      fc.property(fc.integer({ min: -200, max: 200 }), (change) => {
        const changed = changeStock(stock, change);
        if (changed.ok) expect(available(changed.value)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the trial list', () => {
  const trial = (access: 'ALL' | 'LISTED') => ({ ...NO_RULE, trial: { access } });
  it('C33, S-83: for everybody unless the version or the seller lists buyers', () => {
    expect(trialAccess(rules(), 's', null)).toEqual({ kind: 'ALL' });
    expect(trialAccess(rules(), 's', ['b'])).toEqual({ kind: 'DEFINED', buyerIds: ['b'] });
  });

  it('S-83: the specification goes before the product, and both before the version', () => {
    const product = trial('LISTED');
    expect(trialAccess({ product, specification: NO_RULE }, 's', null)).toEqual({ kind: 'LISTED', level: '' });
    expect(trialAccess({ product, specification: trial('ALL') }, 's', ['b'])).toEqual({ kind: 'ALL' });
    expect(trialAccess({ product: NO_RULE, specification: product }, 's', null)).toEqual({
      kind: 'LISTED',
      level: 's',
    });
  });

  it('C33: once per account unless the configuration switches it off', () => {
    expect(trialRepeatable(rules(), false)).toBe(false);
    expect(trialRepeatable(rules(), true)).toBe(true);
    const off = { ...NO_RULE, trial: { repeatable: true } };
    expect(trialRepeatable({ product: off, specification: NO_RULE }, false)).toBe(true);
  });
});

it('S2-9, B-3: credit is on at first for joint operation and Huawei products, off for others, and as the seller sets it', () => {
  expect(creditOf(NO_RULE, 'JOINT')).toEqual({ coupon: 'ALL', limit: 'ALL' });
  expect(creditOf(NO_RULE, 'GENERAL')).toEqual({ coupon: 'OFF', limit: 'OFF' });
  const credit = { coupon: 'LISTED', limit: 'OFF' } as const;
  expect(creditOf({ ...NO_RULE, credit }, 'JOINT')).toEqual(credit);
});
