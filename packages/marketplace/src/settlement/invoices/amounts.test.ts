/** What is invoiced at each tax rate adds up to the bill to the cent, whatever was sold. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimal } from '../../platform/money.ts';
import { splitByRate, taxed } from './amounts.ts';

const amount = fc
  .integer({ min: -9_999_999, max: 99_999_999 })
  .map((units) => decimal(units).dividedBy(1_000).toFixed());
const sums = fc.array(fc.record({ rate: fc.constantFrom('0.13', '0.06', '0.030', null), amount }), { maxLength: 6 });

it('S1-8, S5-27: the invoices of all rates together are the total of the bill to the cent', () => {
  fc.assert(
    fc.property(sums, fc.integer({ min: -2, max: 2 }), (given_, cents) => {
      const exact = given_.reduce((total, each) => total.plus(each.amount), decimal('0'));
      const total = exact.toDecimalPlaces(2, 4).plus(decimal(cents).dividedBy(100)).toFixed(2);
      const list = splitByRate(given_, total);
      expect(list.reduce((left, { gross }) => left.minus(gross), decimal(total)).toFixed(2)).toBe('0.00');
      for (const { net, tax, gross } of list) expect(decimal(net).plus(tax).toFixed(2)).toBe(gross);
      expect(new Set(list.map(({ rate }) => rate)).size).toBe(list.length);
    }),
    { numRuns: 200 },
  );
});

it('S1-8, S5-25: each rate has its own invoice; what rounding leaves goes to the largest', () => {
  const sold = [
    { rate: '0.13', amount: '1130.005' },
    { rate: '0.06', amount: '530.005' },
    { rate: '0.06', amount: '-106' },
  ];
  expect(splitByRate(sold, '1554.01')).toEqual([
    { rate: '0.13', net: '1000.00', tax: '130.00', gross: '1130.00' },
    { rate: '0.06', net: '400.01', tax: '24.00', gross: '424.01' },
  ]);
});

it('S4-3: an adjustment goes with the largest rate, or is a service where there is nothing else', () => {
  const adjusted = { rate: null, amount: '10' };
  expect(
    splitByRate([{ rate: '0.13', amount: '100' }, { rate: '0.06', amount: '90' }, adjusted], '200.00'),
  ).toMatchObject([
    { rate: '0.13', gross: '110.00' },
    { rate: '0.06', gross: '90.00' },
  ]);
  expect(splitByRate([adjusted], '10.00')).toEqual([{ rate: '0.06', net: '9.43', tax: '0.57', gross: '10.00' }]);
});

it('S1-9: a CN amount holds its tax', () => {
  expect(taxed(decimal('1060'), '0.06')).toEqual({ rate: '0.06', net: '1000.00', tax: '60.00', gross: '1060.00' });
  expect(taxed(decimal('-0.01'), '0.13')).toEqual({ rate: '0.13', net: '-0.01', tax: '0.00', gross: '-0.01' });
});
