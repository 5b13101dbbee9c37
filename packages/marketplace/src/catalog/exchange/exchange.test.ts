/** A catalogue goes out as YAML or XLSX and comes back the same; what is wrong is told by row, line and column. */
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../platform/files/archives.test-support.ts';
import { ACCESS_TYPES } from '../access-types.ts';
import { type DraftContent, type DraftSpecification, draftContent } from '../publication/draft.ts';
import { goodDraft } from '../publication/good-draft.test-support.ts';
import type { ExchangedProduct, Given } from './document.ts';
import { fromWorkbook } from './workbook-read.ts';
import { toWorkbook } from './workbook-write.ts';
import { fromYaml, toYaml } from './yaml.ts';

async function bytesOf(products: readonly ExchangedProduct[]): Promise<Buffer> {
  const stream = toWorkbook(products);
  if (!stream) throw new Error('a cell is too long');
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
const plainly = ({ products, faults }: Given) => ({
  faults,
  products: products.map(({ goodsId, content, interface: wire }) => ({ goodsId, content, interface: wire })),
});

// what XML 1.0 and every spreadsheet keep as it is
const text = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((each) => !/[\p{Cc}\p{Cs}]/u.test(each) && !/[\uFFFE\uFFFF]/.test(each));
const both = fc.record({ zh: text, en: text });
const amount = fc.oneof(fc.constantFrom('0', '12.5', '100', ''), text);
const whole = fc.option(fc.integer({ min: -9, max: 99_999 }));
const price = fc.record({
  priceItemId: fc.constant(null),
  periodType: fc.constantFrom('month' as const, 'year' as const, null),
  mode: fc.constantFrom('LINEAR' as const, 'TIER' as const, 'STEP' as const),
  brackets: fc.array(fc.record({ from: whole, to: whole, unitPrice: amount }), { minLength: 1, maxLength: 3 }),
  currency: fc.constantFrom('CNY' as const, 'USD' as const),
  chargeItem: fc.option(fc.record({ code: text, name: both, unit: both })),
});
const attribute = fc.record({ code: text.map((each) => `a${each}`), name: both, value: both });
const sku = fc.record({
  skuCode: fc.option(fc.uuid()),
  attributes: fc.array(attribute, { maxLength: 3 }),
  prices: fc.array(price, { maxLength: 3 }),
});
const specification = (base: DraftSpecification) =>
  fc
    .record({
      specificationId: fc.option(fc.uuid().map((id) => `spec-${id}`)),
      name: both,
      linearAttribute: fc.option(
        fc.record({ code: text, name: both, unit: both, minimum: whole, maximum: whole, step: whole }),
      ),
      trial: fc.option(
        fc.record({ days: whole, buyerIds: fc.option(fc.array(text, { maxLength: 2 })), repeatable: fc.boolean() }),
      ),
      changeable: fc.boolean(),
      assetId: fc.option(text),
      skus: fc.uniqueArray(sku, { maxLength: 3, selector: ({ skuCode }) => skuCode ?? Math.random() }),
    })
    .map((members) => ({ ...base, ...members }));
const [base] = goodDraft('SAAS').content.specifications;
if (!base) throw new Error('a good draft has a specification');
const content = fc
  .record({
    type: fc.constantFrom(...ACCESS_TYPES),
    name: both,
    description: both,
    highlights: fc.array(both, { maxLength: 2 }),
    tags: fc.array(text, { maxLength: 2 }),
    consultingUrl: fc.option(text),
    deliveryDays: whole,
    specifications: fc.uniqueArray(specification(base), {
      maxLength: 2,
      selector: ({ specificationId }) => specificationId ?? Math.random(),
    }),
  })
  .map(({ type, ...members }): DraftContent => ({ ...goodDraft(type).content, ...members }));
const product = fc.record({
  goodsId: fc.option(fc.uuid()),
  content,
  interface: fc.constant({ protocol: 'saas-v2' as const, productionUrl: 'https://seller.example.com/' }),
});
const products = fc.uniqueArray(product, {
  minLength: 1,
  maxLength: 2,
  selector: ({ goodsId }) => goodsId ?? Math.random(),
});

describe('round trips without loss', () => {
  it('YAML', () => {
    fc.assert(
      fc.property(products, (all) => {
        expect(plainly(fromYaml(toYaml(all)))).toEqual({ faults: [], products: all });
      }),
      { numRuns: 10 },
    );
  });

  it('XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(products, async (all) => {
        const back = plainly(await fromWorkbook(await bytesOf(all)));
        expect(back).toEqual({ faults: [], products: all });
        for (const each of back.products) expect(draftContent.safeParse(each.content).success).toBe(true);
      }),
      { numRuns: 5 },
    );
  });

  it('200 SKUs in two specifications', async () => {
    const draft = structuredClone(goodDraft('SAAS'));
    const [spec] = draft.content.specifications;
    if (!spec) throw new Error('a specification');
    const [one] = spec.skus;
    if (!one) throw new Error('a SKU');
    const name = { zh: '版本级别', en: 'Level' };
    const skus = Array.from({ length: 100 }, (_, place) => ({
      ...one,
      skuCode: null,
      attributes: [{ code: 'level', name, value: { zh: `第${place}级`, en: `Level ${place}` } }],
      prices: one.prices.map((item) => ({ ...item, priceItemId: null })),
    }));
    draft.content.specifications = [
      { ...spec, skus },
      { ...spec, specificationId: null, skus },
    ];
    const all = [{ goodsId: 'g-1', ...draft }];
    const back = plainly(await fromWorkbook(await bytesOf(all)));
    expect(back).toEqual({ faults: [], products: all });
  });
});

describe('what is wrong is told where it stands', () => {
  const workbook = async (sheets: Record<string, ExcelJS.CellValue[][]>): Promise<Buffer> => {
    const book = new ExcelJS.Workbook();
    for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows);
    return Buffer.from(await book.xlsx.writeBuffer());
  };
  const prices = ['sku', 'price', 'mode', 'currency', 'brackets'];
  const skus = [
    ['specification', 'sku'],
    ['new-1', 'new-2'],
  ];
  const specifications = [
    ['product', 'specification', 'name.zh', 'name.en', 'chargingMode'],
    ['g-1', 'new-1', '标准', 'Standard', 'ONE_TIME'],
  ];
  const faultsOf = async (sheets: Record<string, ExcelJS.CellValue[][]>) =>
    (await fromWorkbook(await workbook(sheets))).faults.map(({ sheet, row, column }) => [sheet, row, column]);

  it('a formula is refused in its cell', async () => {
    const row = ['new-2', '', 'LINEAR', 'CNY', { formula: '1+1', result: 2 }];
    expect(await faultsOf({ specifications, skus, prices: [prices, row] })).toEqual([['prices', 2, 'brackets']]);
  });

  it('a number that was typed is a price; an orphan, an unknown column and a number that is none are told by row', async () => {
    const good = await fromWorkbook(
      await workbook({ specifications, skus, prices: [prices, ['new-2', '', 'LINEAR', 'CNY', 12.5]] }),
    );
    expect(good.faults).toEqual([]);
    expect(good.products[0]?.content).toMatchObject({
      specifications: [{ skus: [{ prices: [{ brackets: [{ from: 0, to: null, unitPrice: '12.5' }] }] }] }],
    });
    expect(await faultsOf({ specifications, skus, prices: [prices, ['new-9', '', 'LINEAR', 'CNY', 1]] })).toEqual([
      ['prices', 2, 'sku'],
    ]);
    expect(
      await faultsOf({ specifications: [[...(specifications[0] ?? []), 'colour']], skus: [['specification', 'sku']] }),
    ).toEqual([['specifications', 1, 'colour']]);
    const days = [
      ['product', 'deliveryDays'],
      ['g-1', 'ten'],
    ];
    expect(await faultsOf({ products: days })).toEqual([['products', 2, 'deliveryDays']]);
  });

  it('a place leads from a member to its row and column', async () => {
    const given = await fromWorkbook(
      await workbook({ specifications, skus, prices: [prices, ['new-2', '', 'LINEAR', 'CNY', 1]] }),
    );
    const placeOf = given.products[0]?.placeOf;
    expect(placeOf?.('specifications.0.skus.0.prices.0.brackets.0.unitPrice')).toEqual({
      sheet: 'prices',
      row: 2,
      column: 'brackets',
    });
    expect(placeOf?.('specifications.0.skus.0.attributes.0.name.en')).toEqual({
      sheet: 'skus',
      row: 2,
      column: 'attribute1.name.en',
    });
    expect(placeOf?.('specifications.0.name.en')).toEqual({ sheet: 'specifications', row: 2, column: 'name.en' });
  });

  it('a bomb, a damaged file and no workbook at all are refused', async () => {
    const bomb = zipOf([{ name: 'xl/workbook.xml', content: Buffer.alloc(40 * 1_048_576) }]);
    for (const bytes of [bomb, Buffer.from('no zip'), zipOf([{ name: 'a.txt', content: Buffer.from('a') }])]) {
      const { products: none, faults } = await fromWorkbook(bytes);
      expect([none, faults.length]).toEqual([[], 1]);
    }
  });

  it('201 columns are too many', async () => {
    const heads = Array.from({ length: 201 }, (_, place) => `attribute${place}.code`);
    expect((await fromWorkbook(await workbook({ skus: [heads] }))).faults).toHaveLength(1);
  });

  it('YAML: its line is named; aliases and other documents are refused', () => {
    const broken = fromYaml('catalogue: 1\nproducts:\n  - goodsId: [1\n');
    expect(broken.faults[0]?.row).toBeGreaterThan(2);
    expect(fromYaml('a: &a [1]\ncatalogue: 1\nproducts: [*a, *a]\n').faults).toHaveLength(1);
    expect(fromYaml('hello').faults).toHaveLength(1);
    const [given] = fromYaml('catalogue: 1\nproducts:\n  - goodsId: g-1\n    version: 7\n').products;
    expect(given?.placeOf('version')).toEqual({ sheet: 'products', row: 4, column: 'version' });
  });
});
