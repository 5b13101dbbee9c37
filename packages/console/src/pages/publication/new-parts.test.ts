import { describe, expect, it } from 'vitest';
import { addAxis, addValue, columnsOf } from './matrix.ts';
import { copyOf, emptySpecification, inMode, newItem, quantityOf } from './new-parts.ts';

const both = (text: string) => ({ zh: text, en: text });

describe('parts of a draft', () => {
  it('C4, C30, C31: another charging mode begins new prices and drops what it does not know', () => {
    const periodic = {
      ...emptySpecification('PERIOD', 'CNY'),
      trial: { days: 15, buyerIds: null, repeatable: false },
      changeable: true,
      linearAttribute: quantityOf('amount'),
    };
    const used = inMode(periodic, 'ON_DEMAND', 'CNY');
    expect([used.trial, used.changeable, used.linearAttribute, used.package]).toEqual([null, false, null, null]);
    expect(used.usage).toEqual({ cycle: 'hour', accumulation: 'record' });
    expect(columnsOf(used).map(({ key }) => key)).toEqual(['item item1']);
    expect(inMode(periodic, 'ON_DEMAND_PKG', 'CNY').package?.validity).toEqual({ type: 'year', number: 1 });
    expect(inMode(periodic, 'ONE_TIME', 'CNY').linearAttribute?.code).toBe('amount');
    expect(inMode(periodic, 'PERIOD', 'CNY')).toBe(periodic);
  });

  it('keeps the combinations when the charging mode changes', () => {
    const one = emptySpecification('PERIOD', 'CNY');
    const skus = addValue(addAxis(one.skus, { code: 'level', name: both('Level') }, both('a')), 'level', both('b'));
    expect(inMode({ ...one, skus }, 'ONE_TIME', 'CNY').skus.map(({ prices }) => prices.length)).toEqual([1, 1]);
  });

  it('C2: a copy has no ids: the server gives its own', () => {
    const one = emptySpecification('PERIOD', 'CNY');
    const released = {
      ...one,
      specificationId: 'spec-1',
      skus: one.skus.map((sku) => ({
        ...sku,
        skuCode: 'S1',
        prices: sku.prices.map((price) => ({ ...price, priceItemId: 'P1' })),
      })),
    };
    expect(copyOf(released)).toEqual(one);
  });

  it('a new charge item has a code that is free', () => {
    expect(newItem([]).code).toBe('item1');
    expect(newItem(['item1', 'calls', 'item2']).code).toBe('item3');
  });
});
