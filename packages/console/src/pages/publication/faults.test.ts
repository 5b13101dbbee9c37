import { describe, expect, it } from 'vitest';
import type { DraftFaultView } from '../../api/publication-types.ts';
import { blocking, faultsAt, faultsWithin, hints, inFormOrder, isFixed, nearest, specificationOf } from './faults.ts';

const fault = (path: string, section: DraftFaultView['section'], severity: DraftFaultView['severity'] = 'FAULT') => ({
  path,
  section,
  severity,
});
const price = 'specifications.1.skus.3.prices.0.brackets.2.unitPrice';

describe('faults and fields', () => {
  const faults = [
    fault(price, 'SPECIFICATIONS'),
    fault('summary.zh', 'BUSINESS'),
    fault('name.en', 'ACCESS'),
    fault('name', 'ACCESS', 'HINT'),
    fault('nameOfNothing', 'ACCESS'),
  ];

  it('a field shows its own faults, a group those of its fields', () => {
    expect(faultsAt(faults, 'name')).toHaveLength(1);
    expect(faultsWithin(faults, 'name')).toHaveLength(2);
    expect(faultsWithin(faults, 'specifications.1')).toHaveLength(1);
    expect(faultsWithin(faults, 'specifications.10')).toHaveLength(0);
  });

  it('a fault is looked for at the nearest field that shows it', () => {
    expect(nearest(price).slice(0, 3)).toEqual([
      price,
      'specifications.1.skus.3.prices.0.brackets.2',
      'specifications.1.skus.3.prices.0.brackets',
    ]);
    expect(nearest('name')).toEqual(['name']);
    expect(specificationOf(price)).toBe(1);
    expect(specificationOf('specifications')).toBeNull();
    expect(specificationOf('name.0')).toBeNull();
  });

  it('the list of all faults follows the steps of the form; hints do not block', () => {
    expect(inFormOrder(faults).map(({ path }) => path)).toEqual([
      'name.en',
      'name',
      'nameOfNothing',
      'summary.zh',
      price,
    ]);
    expect([blocking(faults).length, hints(faults).length]).toEqual([4, 1]);
  });

  it('C37: what a released version fixes, by pattern', () => {
    const fixed = ['supervised', 'specifications.*.chargingMode'];
    expect(isFixed(fixed, 'specifications.3.chargingMode')).toBe(true);
    expect(isFixed(fixed, 'specifications.3.name')).toBe(false);
    expect(isFixed(fixed, 'supervised')).toBe(true);
    expect(isFixed(['specifications.*.package'], 'specifications.0.package.quota')).toBe(true);
  });
});
