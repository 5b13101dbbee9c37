import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftSku } from '../../api/publication-types.ts';
import {
  addAxis,
  addColumn,
  addValue,
  axesOf,
  cellsOf,
  columnsOf,
  combinations,
  fillDown,
  isLastOfValue,
  newPrice,
  oddOnes,
  offer,
  paste,
  removeAxis,
  removeColumn,
  removeValue,
  renameAxis,
  renameItem,
  renameValue,
  rowsOf,
  setShape,
  setUnitPrice,
  unitPriceAt,
} from './matrix.ts';

const both = (text: string) => ({ zh: text, en: text });
const one: readonly DraftSku[] = [
  { skuCode: 'S1', attributes: [], prices: [{ ...newPrice('month', 'CNY'), priceItemId: 'P1' }] },
];

/** edition × region, 2 × 2 */
function grid(): DraftSku[] {
  let skus: readonly DraftSku[] = addAxis(one, { code: 'edition', name: both('Edition') }, both('basic'));
  skus = addValue(skus, 'edition', both('pro'));
  skus = addAxis(skus, { code: 'region', name: both('Region') }, both('north'));
  return addValue(skus, 'region', both('south'));
}
const column = (skus: readonly DraftSku[], index = 0) => {
  const found = columnsOf({ skus })[index];
  if (found === undefined) throw new Error('no such column');
  return found;
};
const names = (skus: readonly DraftSku[]) =>
  skus.map((sku) => sku.attributes.map(({ value }) => value.en).join(' ')).join(', ');

describe('the table of combinations', () => {
  it('C9: has a row for each combination, in the order of the attributes', () => {
    expect(names(grid())).toBe('basic north, basic south, pro north, pro south');
    expect(combinations(axesOf(grid()))).toBe(4);
    expect(rowsOf(grid()).map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it('keeps the ids of SKUs and prices that were there: only new combinations are new', () => {
    expect(grid().map(({ skuCode }) => skuCode)).toEqual(['S1', null, null, null]);
    expect(grid()[1]?.prices[0]?.priceItemId).toBeNull();
    const renamed = renameValue(
      renameAxis(grid(), 'edition', { code: 'level', name: both('Level') }),
      'level',
      both('basic'),
      both('start'),
    );
    expect(renamed[0]?.skuCode).toBe('S1');
    expect(names(renamed)).toBe('start north, start south, pro north, pro south');
    expect(removeAxis(grid(), 'region').map(({ skuCode }) => skuCode)).toEqual(['S1', null]);
    expect(names(removeValue(grid(), 'edition', both('basic')))).toBe('pro north, pro south');
  });

  it('leaves combinations out and takes them in again at their place', () => {
    const row = rowsOf(grid())[1];
    if (row === undefined) throw new Error('no row');
    const three = offer(grid(), row);
    expect(names(three)).toBe('basic north, pro north, pro south');
    const gap = rowsOf(three)[1];
    expect(gap?.sku).toBeNull();
    if (gap !== undefined) expect(names(offer(three, gap))).toBe(names(grid()));
    expect(rowsOf(three).map((each) => isLastOfValue(three, each))).toEqual([true, false, false, true]);
    expect(rowsOf(one).map((each) => isLastOfValue(one, each))).toEqual([true]);
  });

  it('any attributes and values: as many rows as combinations, each SKU in exactly one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 0, maxLength: 4 }), (sizes) => {
        let skus: readonly DraftSku[] = one;
        for (const [axis, size] of sizes.entries()) {
          skus = addAxis(skus, { code: `a${axis}`, name: both(`a${axis}`) }, both('v0'));
          for (let value = 1; value < size; value += 1) skus = addValue(skus, `a${axis}`, both(`v${value}`));
        }
        const product = sizes.reduce((count, size) => count * size, 1);
        expect(skus).toHaveLength(product);
        expect(rowsOf(skus).map(({ index }) => index)).toEqual([...skus.keys()]);
        expect(combinations(axesOf(skus))).toBe(product);
      }),
    );
  });
});

describe('prices in the table', () => {
  it('one column a period, one cell a range', () => {
    const skus = addColumn(grid(), newPrice('year', 'CNY'));
    const tiered = setShape(skus, column(skus, 1), { mode: 'TIER', limits: [10, 50] });
    expect(columnsOf({ skus: tiered }).map(({ key }) => key)).toEqual(['month', 'year']);
    expect(cellsOf(columnsOf({ skus: tiered })).map(({ column: { key }, bracket }) => `${key} ${bracket}`)).toEqual([
      'month 0',
      'year 0',
      'year 1',
      'year 2',
    ]);
    expect(columnsOf({ skus: removeColumn(tiered, column(tiered, 1)) }).map(({ key }) => key)).toEqual(['month']);
  });

  it('imported SKUs with other ranges are found, and made alike', () => {
    const skus = grid();
    const first = skus[2];
    if (first === undefined) throw new Error('no SKU');
    const mixed = skus.map((sku) =>
      sku === first ? (setShape([sku], column(skus), { mode: 'STEP', limits: [5] })[0] ?? sku) : sku,
    );
    expect(oddOnes(mixed, column(mixed))).toHaveLength(1);
    expect(oddOnes(setShape(mixed, column(mixed), column(mixed).shape), column(mixed))).toEqual([]);
  });

  it('a charge item keeps its price when it is renamed', () => {
    const item = { code: 'calls', name: both('Calls'), unit: both('call') };
    const skus = one.map((sku) => ({ ...sku, prices: [newPrice(null, 'CNY', item)] }));
    const priced = skus.map((sku) => setUnitPrice(sku, column(skus), 0, '0.01'));
    const renamed = renameItem(priced, column(priced), { ...item, code: 'requests' });
    expect(column(renamed).chargeItem?.code).toBe('requests');
    expect(renamed.map((sku) => unitPriceAt(sku, column(renamed), 0))).toEqual(['0.01']);
  });

  it('a block of a spreadsheet fills from the cell on; what does not fit is left away', () => {
    const skus = addColumn(grid(), newPrice('year', 'CNY'));
    const columns = columnsOf({ skus });
    const { skus: filled, filled: count } = paste(
      skus,
      columns,
      { row: 2, cell: 0 },
      '¥1,200\t12000\t7\r\n20\t200\r\n1\t1\n',
    );
    expect(count).toBe(4);
    expect(filled.map((sku) => columns.map((each) => unitPriceAt(sku, each, 0)))).toEqual([
      ['', ''],
      ['', ''],
      ['1200', '12000'],
      ['20', '200'],
    ]);
  });

  it('skips combinations that are not offered, as the eye does', () => {
    const row = rowsOf(grid())[1];
    if (row === undefined) throw new Error('no row');
    const skus = offer(grid(), row);
    const { skus: filled } = paste(skus, columnsOf({ skus }), { row: 0, cell: 0 }, '1\n2\n3');
    expect(filled.map((sku) => unitPriceAt(sku, column(filled), 0))).toEqual(['1', '2', '3']);
  });

  it('fills down below the cell only', () => {
    const skus = grid().map((sku, index) => setUnitPrice(sku, column(grid()), 0, String(index)));
    const down = fillDown(skus, columnsOf({ skus }), { row: 1, cell: 0 });
    expect(down.map((sku) => unitPriceAt(sku, column(skus), 0))).toEqual(['0', '1', '1', '1']);
  });
});
