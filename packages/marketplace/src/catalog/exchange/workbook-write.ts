/** A catalogue as a workbook: four sheets, all cells text, written row by row. */
import { PassThrough, type Readable } from 'node:stream';
import { memberAt } from '../publication/member.ts';
import { toCell } from './cells.ts';
import { type ExchangedProduct, MOST_CELL } from './document.ts';
import {
  type Column,
  INTERFACE_COLUMNS,
  PRICE_COLUMNS,
  PRICE_PARTS,
  PRODUCT_COLUMNS,
  SHEETS,
  type SheetName,
  SKU_ATTRIBUTE_COLUMNS,
  SPECIFICATION_COLUMNS,
  SPECIFICATION_PARTS,
} from './sheets.ts';

type Rows = Readonly<Record<SheetName, string[][]>>;

/** @returns null when a text is longer than a cell of a workbook holds: YAML has no such limit */
export function toWorkbook(products: readonly ExchangedProduct[]): Readable | null {
  const rows = rowsOf(products);
  if (SHEETS.some((name) => rows[name].some((row) => row.some((cell) => cell.length > MOST_CELL)))) return null;
  const out = new PassThrough();
  write(rows, out).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
}

async function write(rows: Rows, out: PassThrough): Promise<void> {
  // half a second of loading that only a workbook needs
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false });
  for (const name of SHEETS) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    for (const row of rows[name]) sheet.addRow(row).commit();
    sheet.commit();
  }
  await workbook.commit();
}

function rowsOf(products: readonly ExchangedProduct[]): Rows {
  const specifications = products.flatMap((product, place) =>
    product.content.specifications.map((spec, index) => ({
      spec,
      product: product.goodsId ?? `new-${place + 1}`,
      key: spec.specificationId ?? `new-${place + 1}-${index + 1}`,
    })),
  );
  const skus = specifications.flatMap(({ spec, key }) =>
    spec.skus.map((sku, index) => ({ sku, specification: key, key: sku.skuCode ?? `new-${key}-${index + 1}` })),
  );
  const attributes = Math.max(2, ...skus.map(({ sku }) => sku.attributes.length));
  const numbers = Array.from({ length: attributes }, (_, place) => place);
  return {
    products: [
      [
        'product',
        ...PRODUCT_COLUMNS.map(({ name }) => name),
        ...INTERFACE_COLUMNS.map(({ name }) => `interface.${name}`),
      ],
      ...products.map((product, place) => [
        product.goodsId ?? `new-${place + 1}`,
        ...cells(PRODUCT_COLUMNS, product.content),
        ...cells(INTERFACE_COLUMNS, product.interface),
      ]),
    ],
    specifications: [
      ['product', 'specification', ...SPECIFICATION_PARTS, ...SPECIFICATION_COLUMNS.map(({ name }) => name)],
      ...specifications.map(({ spec, product, key }) => [
        product,
        key,
        ...SPECIFICATION_PARTS.map((part) => toCell('flag', spec[part] !== null)),
        ...cells(SPECIFICATION_COLUMNS, spec),
      ]),
    ],
    skus: [
      [
        'specification',
        'sku',
        ...numbers.flatMap((n) => SKU_ATTRIBUTE_COLUMNS.map(({ name }) => `attribute${n + 1}.${name}`)),
      ],
      ...skus.map(({ sku, specification, key }) => [
        specification,
        key,
        ...numbers.flatMap((n) => cells(SKU_ATTRIBUTE_COLUMNS, sku.attributes[n])),
      ]),
    ],
    prices: [
      ['sku', 'price', ...PRICE_PARTS, ...PRICE_COLUMNS.map(({ name }) => name)],
      ...skus.flatMap(({ sku, key }) =>
        sku.prices.map((item) => [
          key,
          item.priceItemId ?? '',
          ...PRICE_PARTS.map((part) => toCell('flag', item[part] !== null)),
          ...cells(PRICE_COLUMNS, item),
        ]),
      ),
    ],
  };
}

const cells = (columns: readonly Column[], of: unknown): string[] =>
  columns.map(({ name, kind, within }) =>
    of === undefined || (within !== undefined && memberAt(of, within) === null) ? '' : toCell(kind, memberAt(of, name)),
  );
