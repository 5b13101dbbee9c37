/** Rating: the printed examples, packages first, and that no order or batching of the same records moves a cent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../platform/money.ts';
import { evenPrice } from './charging.ts';
import type { Usage, UsagePackageFacts, UsagePrice, UsageTerms } from './definition.ts';
import { type Carried, drawKey, type Rating, rate } from './model.ts';

const NOTHING: Carried = { cycles: new Map(), draws: new Map(), exactTotal: '0', chargedTotal: '0' };
const START = Date.UTC(2026, 0, 5, 2);
const HOUR = 3_600_000;

const price = (mode: UsagePrice['mode'], ...steps: [number | null, string][]): UsagePrice => ({
  priceItemId: 'OFFI000000000000000001',
  mode,
  currency: 'CNY',
  chargeItem: null,
  brackets: steps.map(([to, unitPrice], place) => ({ from: steps[place - 1]?.[0] ?? 0, to, unitPrice })),
});
const CALLS: [number | null, string][] = [
  [3, '0.3'],
  [null, '0.2'],
];
const usage = (place: number, value: string, more: Partial<Usage> = {}): Usage => ({
  recordId: `r${String(place).padStart(4, '0')}`,
  beginAt: new Date(START + place * HOUR),
  endAt: new Date(START + (place + 1) * HOUR),
  value,
  packageInstanceId: null,
  ...more,
});
const bundle = (id: string, quota: string, more: Partial<UsagePackageFacts> = {}): UsagePackageFacts => ({
  resourceId: id,
  instanceId: `at-seller-${id}`,
  from: new Date(START - 24 * HOUR),
  to: new Date(START + 10_000 * HOUR),
  quota,
  unit: { zh: '分钟', en: 'minutes' },
  resetting: null,
  stopWhenUsedUp: false,
  ...more,
});
const MONTHLY: UsageTerms = { cycle: 'hour', accumulation: 'month' };

function rated(
  item: UsagePrice,
  usages: readonly Usage[],
  {
    packages = [],
    terms = MONTHLY,
    carried = NOTHING,
  }: { packages?: UsagePackageFacts[]; terms?: UsageTerms; carried?: Carried } = {},
): Rating {
  return rate({ price: item, terms, site: 'CN', usages, packages, carried });
}

describe('prices of usage (settlement.md 3.7)', () => {
  it('fixed: usage × unit price, exact to the last place and rounded once', () => {
    const { exact, amount, derivation } = rated(price('LINEAR', [null, '0.025']), [
      usage(0, '10.3333'),
      usage(1, '0.0001'),
    ]);
    expect({ exact, amount }).toEqual({ exact: '0.258335', amount: '0.26' });
    expect(derivation).toEqual([
      { rule: '3.7', text: '0.025 × 10.3334', value: '0.258335' },
      { rule: 'C17', text: '0.258335 + 0 ≈ 0.26', value: '0.26' },
    ]);
  });

  it('S3-20 step: 8 minutes are 0.3 × 3 + 0.2 × 5 = 1.90', () => {
    const { amount, derivation } = rated(price('STEP', ...CALLS), [usage(0, '8')]);
    expect(amount).toBe('1.90');
    expect(derivation.map(({ text }) => text)).toEqual(['0.3 × 3 ∈ (0, 3]', '0.2 × 5 ∈ (3, ∞)']);
  });

  it('S3-20 step adds up over its cycle, tier looks at the single record', () => {
    const records = [usage(0, '2'), usage(1, '2'), usage(2, '4')];
    expect(rated(price('STEP', ...CALLS), records).amount).toBe('1.90');
    expect(rated(price('TIER', ...CALLS), records).amount).toBe('2.00');
    expect(rated(price('TIER', ...CALLS), [usage(0, '8')]).amount).toBe('1.60');
    expect(rated(price('STEP', ...CALLS), records, { terms: { cycle: 'hour', accumulation: 'record' } }).amount).toBe(
      '2.30',
    );
  });

  it('C30: a new month or day begins at local midnight, with the first step', () => {
    const lastOfJanuary = (Date.UTC(2026, 0, 31, 15) - START) / HOUR;
    const across = [usage(lastOfJanuary, '3'), usage(lastOfJanuary + 1, '3')];
    expect(rated(price('STEP', ...CALLS), across).amount).toBe('1.80');
    const day: UsageTerms = { cycle: 'day', accumulation: 'day' };
    expect(rated(price('STEP', ...CALLS), [usage(0, '3'), usage(1, '3')], { terms: day }).amount).toBe('1.50');
  });
});

describe('packages', () => {
  const flat = price('LINEAR', [null, '1']);

  it('C31: are drawn first, the rest is paid; each draw is told', () => {
    const { drawn, charged, amount, draws, derivation } = rated(flat, [usage(0, '7'), usage(1, '8')], {
      packages: [bundle('p1', '10')],
    });
    expect({ drawn, charged, amount }).toEqual({ drawn: '10', charged: '5', amount: '5.00' });
    expect(draws).toEqual([{ packageId: 'p1', window: bundle('p1', '10').from, quantity: '10' }]);
    expect(derivation[0]).toMatchObject({ rule: 'C31', value: '−10' });
  });

  it('C31: one that resets begins anew each day, and is drawn before one that does not', () => {
    const daily = bundle('daily', '5', { resetting: 'day' });
    const days = [usage(0, '6'), usage(24, '6')];
    const { draws, amount } = rated(flat, days, { packages: [bundle('whole', '1'), daily] });
    expect(amount).toBe('1.00');
    expect(draws.map(({ packageId, quantity }) => `${packageId} ${quantity}`)).toEqual([
      'daily 5',
      'whole 1',
      'daily 5',
    ]);
  });

  it('C31: outside its validity, or in another unit, it is left alone', () => {
    const early = bundle('p1', '10', { to: new Date(START) });
    expect(rated(flat, [usage(0, '1')], { packages: [early] }).drawn).toBe('0');
    const item = {
      ...flat,
      chargeItem: { code: 'c', name: { zh: '流量', en: 'Traffic' }, unit: { zh: 'GB', en: 'GB' } },
    };
    expect(rated(item, [usage(0, '1')], { packages: [bundle('p1', '10')] }).drawn).toBe('0');
  });

  it('C32: one that stops when it is used up is named by its records, and nothing beyond is paid', () => {
    const stopping = bundle('p1', '10', { stopWhenUsedUp: true });
    const named = { packageInstanceId: 'at-seller-p1' };
    const { drawn, refused, amount } = rated(flat, [usage(0, '7', named), usage(1, '8', named)], {
      packages: [stopping],
    });
    expect({ drawn, refused, amount }).toEqual({ drawn: '10', refused: '5', amount: '0.00' });
    expect(rated(flat, [usage(0, '7')], { packages: [stopping] }).amount).toBe('7.00');
  });
});

/** What a store keeps of a charge for the next. */
const after = (carried: Carried, rating: Rating): Carried => ({
  cycles: rating.cycles,
  draws: new Map([
    ...carried.draws,
    ...rating.draws.map(({ packageId, window, quantity }) => {
      const key = drawKey(packageId, window);
      return [
        key,
        decimal(carried.draws.get(key) ?? '0')
          .plus(quantity)
          .toFixed(),
      ] as const;
    }),
  ]),
  exactTotal: decimal(carried.exactTotal).plus(rating.exact).toFixed(),
  chargedTotal: decimal(carried.chargedTotal).plus(rating.amount).toFixed(),
});

const values = fc.array(
  fc.integer({ min: 1, max: 99_999 }).map((units) => (units / 10_000).toFixed(4)),
  {
    minLength: 1,
    maxLength: 24,
  },
);
const prices = fc.constantFrom(
  price('LINEAR', [null, '0.0123456789']),
  price('STEP', [3, '0.3'], [40, '0.2'], [null, '0.111']),
  price('TIER', [2, '0.3'], [5, '0.2'], [null, '0.111']),
);
const quotas = fc.constantFrom<UsagePackageFacts[]>(
  [],
  [bundle('p1', '12.5')],
  [bundle('p1', '3', { resetting: 'day' })],
);

describe('properties (Must show 3)', () => {
  it('any order of the same records gives the same charge', () => {
    fc.assert(
      fc.property(values, prices, quotas, fc.infiniteStream(fc.nat()), (numbers, item, packages, dice) => {
        const records = numbers.map((value, place) => usage(place, value));
        const shuffled = records
          .map((record) => ({ record, at: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at);
        const other = rated(
          item,
          shuffled.map(({ record }) => record),
          { packages },
        );
        expect(other).toEqual(rated(item, records, { packages }));
      }),
      { numRuns: 200 },
    );
  });

  it('any batching gives charges of the same sum: the exact total, rounded once', () => {
    fc.assert(
      fc.property(values, prices, quotas, fc.integer({ min: 1, max: 7 }), (numbers, item, packages, size) => {
        const records = numbers.map((value, place) => usage(place, value));
        let carried = NOTHING;
        for (let from = 0; from < records.length; from += size)
          carried = after(carried, rated(item, records.slice(from, from + size), { packages, carried }));
        const whole = rated(item, records, { packages });
        expect(carried.chargedTotal).toBe(decimal(whole.amount).toFixed());
        expect(carried.exactTotal).toBe(whole.exact);
      }),
      { numRuns: 200 },
    );
  });

  it('where one price fits all, records added up by the hour give the same charge as one by one', () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat(40), { minLength: 1 }), prices, (numbers, hours, item) => {
        const [unitPrice, packaged] = [evenPrice(item, []), evenPrice(item, [bundle('p1', '1')])];
        expect([unitPrice, packaged]).toEqual([item.mode === 'LINEAR' ? item.brackets[0]?.unitPrice : null, null]);
        if (unitPrice === null) return;
        const all = numbers.map((value, place) => usage(hours[place % hours.length] ?? 0, value));
        const sums = new Map<number, Usage>();
        for (const each of all) {
          const sum = sums.get(each.beginAt.getTime())?.value ?? '0';
          sums.set(each.beginAt.getTime(), { ...each, value: decimal(sum).plus(each.value).toFixed(4) });
        }
        const { usages: _, ...oneByOne } = rated(item, all);
        const { usages: __, ...added } = rated(item, [...sums.values()]);
        expect(added).toEqual(oneByOne);
        const amounts = all.map(({ value }) => decimal(value).times(unitPrice));
        expect(amounts.reduce((sum, amount) => sum.plus(amount), decimal('0')).toFixed()).toBe(added.exact);
      }),
    );
  });

  it('conservation: used = charged + drawn + refused, for all and for each record', () => {
    fc.assert(
      fc.property(values, prices, fc.boolean(), (numbers, item, stopWhenUsedUp) => {
        const packages = [bundle('p1', '5', { stopWhenUsedUp })];
        const records = numbers.map((value, place) =>
          usage(place, value, stopWhenUsedUp && place % 2 === 0 ? { packageInstanceId: 'at-seller-p1' } : {}),
        );
        const { usages, ...all } = rated(item, records, { packages });
        const sum = numbers.reduce((total, value) => total.plus(value), decimal('0'));
        expect(all.used).toBe(sum.toFixed());
        for (const [place, { drawn, charged, refused }] of usages.entries())
          expect(
            decimal(drawn)
              .plus(charged)
              .plus(refused)
              .equals(numbers[place] ?? ''),
          ).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
