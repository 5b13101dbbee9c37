import type { ChargeItem, DraftPrice, DraftSku } from '../../api/publication-types.ts';
import { cleanPrice, linear, type PriceShape, reshape, sameShape, shapeOf } from './brackets.ts';

/**
 * The SKUs of a specification as a table: one row a combination of attribute values (C9), one column a price (period or
 * charge item) and, where the price has ranges, a range. Everything is derived from the SKUs themselves; a combination
 * without SKU is not offered. Ids are never touched, so that a released SKU stays the same SKU.
 */
export type Attribute = DraftSku['attributes'][number];

/** An enumerated attribute with its values, in the seller's order. */
export interface Axis {
  readonly code: string;
  readonly name: Attribute['name'];
  readonly values: readonly Attribute['value'][];
}

export interface MatrixRow {
  readonly key: string;
  readonly values: readonly Attribute['value'][];
  /** null = not offered */
  readonly sku: DraftSku | null;
  /** place among the SKUs; −1 = not offered */
  readonly index: number;
}

/** What is priced: by month, by year, once, or a charge item. */
export interface PriceColumn {
  readonly key: string;
  readonly periodType: DraftPrice['periodType'];
  readonly chargeItem: ChargeItem | null;
  readonly shape: PriceShape;
}

/** Limits of C8 and C9. */
export const mostAttributes = 5;
export const mostValues = 10;
export const mostSkus = 100;

const keyOf = ({ zh, en }: Attribute['value']): string => `${zh}\u0000${en}`;
const nothing = { zh: '', en: '' };
const valueIn = (sku: DraftSku, code: string): Attribute['value'] =>
  sku.attributes.find((attribute) => attribute.code === code)?.value ?? nothing;

export function axesOf(skus: readonly DraftSku[]): Axis[] {
  const codes = [...new Set(skus.flatMap((sku) => sku.attributes.map(({ code }) => code)))];
  return codes.map((code) => ({
    code,
    name: skus.flatMap((sku) => sku.attributes).find((one) => one.code === code)?.name ?? nothing,
    values: [...new Map(skus.map((sku) => valueIn(sku, code)).map((value) => [keyOf(value), value])).values()],
  }));
}

/** Number of combinations, offered or not. */
export const combinations = (axes: readonly Axis[]): number =>
  axes.reduce((count, { values }) => count * values.length, 1);

export function rowsOf(skus: readonly DraftSku[]): MatrixRow[] {
  const axes = axesOf(skus);
  const places = new Map(
    skus.map((sku, index) => [axes.map(({ code }) => keyOf(valueIn(sku, code))).join('\u0001'), index]),
  );
  return tuples(axes).map((values) => {
    const key = values.map(keyOf).join('\u0001');
    const index = places.get(key) ?? -1;
    return { key, values, sku: skus[index] ?? null, index };
  });
}

/** One more attribute: every SKU gets its first value. */
export function addAxis(skus: readonly DraftSku[], axis: Omit<Axis, 'values'>, value: Attribute['value']): DraftSku[] {
  return skus.map((sku) => ({ ...sku, attributes: [...sku.attributes, { ...axis, value }] }));
}

/** Without the attribute: of the SKUs that become alike the first stays. */
export function removeAxis(skus: readonly DraftSku[], code: string): DraftSku[] {
  const seen = new Set<string>();
  return skus
    .map((sku) => ({ ...sku, attributes: sku.attributes.filter((attribute) => attribute.code !== code) }))
    .filter((sku) => {
      const key = sku.attributes.map((attribute) => `${attribute.code}=${keyOf(attribute.value)}`).join('\u0001');
      return seen.has(key) ? false : seen.add(key);
    });
}

export function renameAxis(skus: readonly DraftSku[], code: string, next: Omit<Axis, 'values'>): DraftSku[] {
  return eachAttribute(skus, (attribute) => (attribute.code === code ? { ...attribute, ...next } : attribute));
}

export function renameValue(
  skus: readonly DraftSku[],
  code: string,
  value: Attribute['value'],
  next: Attribute['value'],
): DraftSku[] {
  return eachAttribute(skus, (attribute) =>
    attribute.code === code && keyOf(attribute.value) === keyOf(value) ? { ...attribute, value: next } : attribute,
  );
}

/** One more value: new SKUs for each offered combination of the other attributes, priced like the last value's. */
export function addValue(skus: readonly DraftSku[], code: string, value: Attribute['value']): DraftSku[] {
  const last = axesOf(skus)
    .find((axis) => axis.code === code)
    ?.values.at(-1);
  if (last === undefined) return [...skus];
  const copies = skus
    .filter((sku) => keyOf(valueIn(sku, code)) === keyOf(last))
    .map((sku) =>
      asNew({ ...sku, attributes: sku.attributes.map((one) => (one.code === code ? { ...one, value } : one)) }),
    );
  return inOrder([...skus, ...copies]);
}

export function removeValue(skus: readonly DraftSku[], code: string, value: Attribute['value']): DraftSku[] {
  return skus.filter((sku) => keyOf(valueIn(sku, code)) !== keyOf(value));
}

/** Takes a combination into the offer, priced like the SKU before it, or out of it. */
export function offer(skus: readonly DraftSku[], row: MatrixRow): DraftSku[] {
  if (row.index >= 0) return skus.filter((_, index) => index !== row.index);
  const axes = axesOf(skus);
  const model = skus.at(-1);
  if (model === undefined) return [...skus];
  const attributes = axes.map(({ code, name }, index) => ({ code, name, value: row.values[index] ?? nothing }));
  return inOrder([...skus, asNew({ ...model, attributes })]);
}

/** True when without this combination a value of an attribute would have none: the value is removed instead. */
export function isLastOfValue(skus: readonly DraftSku[], { sku }: MatrixRow): boolean {
  if (sku === null) return false;
  return (
    skus.length === 1 ||
    sku.attributes.some(
      ({ code, value }) => skus.filter((one) => keyOf(valueIn(one, code)) === keyOf(value)).length === 1,
    )
  );
}

// --- prices ------------------------------------------------------------------------------------------------

export const priceKey = ({ periodType, chargeItem }: Pick<DraftPrice, 'periodType' | 'chargeItem'>): string =>
  chargeItem === null ? (periodType ?? 'once') : `item ${chargeItem.code}`;

/** The columns in the order of the first SKU, each with the ranges of its first price. */
export function columnsOf({ skus }: { readonly skus: readonly DraftSku[] }): PriceColumn[] {
  const columns = new Map<string, PriceColumn>();
  for (const price of skus.flatMap((sku) => sku.prices)) {
    const key = priceKey(price);
    const { periodType, chargeItem } = price;
    if (!columns.has(key)) columns.set(key, { key, periodType, chargeItem, shape: shapeOf(price) });
  }
  return [...columns.values()];
}

export const priceIn = (sku: DraftSku, { key }: PriceColumn): DraftPrice | undefined =>
  sku.prices.find((price) => priceKey(price) === key);

/** SKUs whose ranges in this column are others than the column's (imported ones). */
export const oddOnes = (skus: readonly DraftSku[], column: PriceColumn): DraftSku[] =>
  skus.filter((sku) => {
    const price = priceIn(sku, column);
    return price !== undefined && !sameShape(shapeOf(price), column.shape);
  });

/** Every SKU's price of this column in `shape`. */
export function setShape(skus: readonly DraftSku[], column: PriceColumn, shape: PriceShape): DraftSku[] {
  return eachPrice(skus, (price) => (priceKey(price) === column.key ? reshape(price, shape) : price));
}

export function addColumn(skus: readonly DraftSku[], price: DraftPrice): DraftSku[] {
  return skus.map((sku) => ({ ...sku, prices: [...sku.prices, price] }));
}

export function removeColumn(skus: readonly DraftSku[], { key }: PriceColumn): DraftSku[] {
  return skus.map((sku) => ({ ...sku, prices: sku.prices.filter((price) => priceKey(price) !== key) }));
}

export function renameItem(skus: readonly DraftSku[], { key }: PriceColumn, chargeItem: ChargeItem): DraftSku[] {
  return eachPrice(skus, (price) => (priceKey(price) === key ? { ...price, chargeItem } : price));
}

export function newPrice(
  periodType: DraftPrice['periodType'],
  currency: DraftPrice['currency'],
  chargeItem: ChargeItem | null = null,
): DraftPrice {
  const brackets = [{ from: 0, to: null, unitPrice: '' }];
  return { priceItemId: null, periodType, mode: linear.mode, brackets, currency, chargeItem };
}

/** A cell of the table: a row, and a column with its range. */
export interface CellAt {
  readonly row: number;
  readonly cell: number;
}

/** The cells of a row from left to right. */
export function cellsOf(columns: readonly PriceColumn[]): { readonly column: PriceColumn; readonly bracket: number }[] {
  return columns.flatMap((column) =>
    Array.from({ length: column.shape.limits.length + 1 }, (_, bracket) => ({ column, bracket })),
  );
}

export const unitPriceAt = (sku: DraftSku, column: PriceColumn, bracket: number): string =>
  priceIn(sku, column)?.brackets[bracket]?.unitPrice ?? '';

export function setUnitPrice(sku: DraftSku, column: PriceColumn, bracket: number, unitPrice: string): DraftSku {
  const prices = sku.prices.map((price) =>
    priceKey(price) === column.key
      ? { ...price, brackets: price.brackets.map((one, place) => (place === bracket ? { ...one, unitPrice } : one)) }
      : price,
  );
  return { ...sku, prices };
}

/**
 * A block of a spreadsheet (tabs between cells, new lines between rows) laid over the offered rows from `at` on; what
 * does not fit is left away. Prices are cleaned of currency signs and grouping.
 * @returns the SKUs and how many cells were filled
 */
export function paste(
  skus: readonly DraftSku[],
  columns: readonly PriceColumn[],
  at: CellAt,
  text: string,
): { skus: DraftSku[]; filled: number } {
  const block = text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t'));
  const cells = cellsOf(columns);
  const offered = rowsOf(skus).filter((row) => row.sku !== null);
  const next = [...skus];
  let filled = 0;
  for (const [down, line] of block.entries()) {
    const place = offered[at.row + down]?.index;
    for (const [right, content] of line.entries()) {
      const target = cells[at.cell + right];
      const sku = place === undefined ? undefined : next[place];
      if (place === undefined || sku === undefined || target === undefined) continue;
      next[place] = setUnitPrice(sku, target.column, target.bracket, cleanPrice(content));
      filled += 1;
    }
  }
  return { skus: next, filled };
}

/** The price of this cell into all offered rows below it. */
export function fillDown(skus: readonly DraftSku[], columns: readonly PriceColumn[], at: CellAt): DraftSku[] {
  const target = cellsOf(columns)[at.cell];
  const offered = rowsOf(skus).filter((row) => row.sku !== null);
  const source = offered[at.row]?.sku;
  if (target === undefined || source == null) return [...skus];
  const price = unitPriceAt(source, target.column, target.bracket);
  const below = new Set(offered.slice(at.row + 1).map(({ index }) => index));
  return skus.map((sku, index) => (below.has(index) ? setUnitPrice(sku, target.column, target.bracket, price) : sku));
}

function tuples(axes: readonly Axis[]): Attribute['value'][][] {
  return axes.reduce<Attribute['value'][][]>(
    (rows, { values }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
}

/** The SKUs in the order of the table. */
function inOrder(skus: readonly DraftSku[]): DraftSku[] {
  return rowsOf(skus).flatMap(({ sku }) => (sku === null ? [] : [sku]));
}

const asNew = (sku: DraftSku): DraftSku => ({
  ...sku,
  skuCode: null,
  prices: sku.prices.map((price) => ({ ...price, priceItemId: null })),
});

const eachAttribute = (skus: readonly DraftSku[], change: (attribute: Attribute) => Attribute): DraftSku[] =>
  skus.map((sku) => ({ ...sku, attributes: sku.attributes.map(change) }));

const eachPrice = (skus: readonly DraftSku[], change: (price: DraftPrice) => DraftPrice): DraftSku[] =>
  skus.map((sku) => ({ ...sku, prices: sku.prices.map(change) }));
