/** A workbook → what it gives for each product, and where each member stands in it. */
import { fromCell } from './cells.ts';
import { type Given, type GivenProduct, importFault, MISFORMED, NOWHERE, type Place } from './document.ts';
import {
  type Column,
  INTERFACE_COLUMNS,
  PRICE_COLUMNS,
  PRICE_PARTS,
  PRODUCT_COLUMNS,
  type SheetName,
  SKU_ATTRIBUTE_COLUMNS,
  SPECIFICATION_COLUMNS,
  SPECIFICATION_PARTS,
} from './sheets.ts';
import { readWorkbook, type SheetRow, type Sheets } from './workbook-rows.ts';

type Members = Record<string, unknown>;
interface Part {
  readonly sheet: SheetName;
  readonly row: number;
  readonly key: string;
  readonly parent: string;
  readonly members: Members;
  readonly parts: readonly Part[];
}

/** Keys that begin so stand for what has no id yet. */
const NEW = 'new';
const idOf = (key: string): string | null => (key === '' || key.startsWith(NEW) ? null : key);
const KEYS = {
  products: ['product'],
  specifications: ['product', 'specification'],
  skus: ['specification', 'sku'],
  prices: ['sku', 'price'],
} as const;

export async function fromWorkbook(bytes: Buffer): Promise<Given> {
  const sheets = await readWorkbook(bytes);
  const faults = [...sheets.faults];
  if (faults.length > 0) return { products: [], faults };
  if (sheets.rows.size === 0)
    return {
      products: [],
      faults: [
        importFault(
          NOWHERE,
          MISFORMED,
          '找不到 products、specifications、skus、prices 工作表',
          'There is no sheet products, specifications, skus or prices',
        ),
      ],
    };
  const say = (place: Place, zh: string, en: string) => faults.push(importFault(place, MISFORMED, zh, en));
  unknownColumns(sheets, say);
  const prices = partsOf(sheets, 'prices', PRICE_COLUMNS, PRICE_PARTS, [], say);
  const skus = partsOf(sheets, 'skus', [], [], prices, say);
  const specifications = partsOf(sheets, 'specifications', SPECIFICATION_COLUMNS, SPECIFICATION_PARTS, skus, say);
  orphans(prices, skus, 'sku', say);
  orphans(skus, specifications, 'specification', say);
  return { products: productsOf(sheets, specifications, say), faults };
}

type Say = (place: Place, zh: string, en: string) => void;

const ATTRIBUTE = /^attribute([1-9]|1\d|20)\.(.+)$/;

function unknownColumns({ columns }: Sheets, say: Say): void {
  const known: Readonly<Record<SheetName, ReadonlySet<string>>> = {
    products: new Set([
      ...PRODUCT_COLUMNS.map(({ name }) => name),
      ...INTERFACE_COLUMNS.map(({ name }) => `interface.${name}`),
    ]),
    specifications: new Set([...SPECIFICATION_PARTS, ...SPECIFICATION_COLUMNS.map(({ name }) => name)]),
    skus: new Set(),
    prices: new Set([...PRICE_PARTS, ...PRICE_COLUMNS.map(({ name }) => name)]),
  };
  for (const [sheet, heads] of columns) {
    for (const key of KEYS[sheet])
      if (!heads.has(key)) say({ sheet, row: 1, column: key }, `缺少列 ${key}`, `The column ${key} is missing`);
    for (const head of heads) {
      const attribute = sheet === 'skus' ? ATTRIBUTE.exec(head)?.[2] : undefined;
      const fits =
        head === '' ||
        KEYS[sheet].some((key) => key === head) ||
        known[sheet].has(head) ||
        SKU_ATTRIBUTE_COLUMNS.some(({ name }) => name === attribute);
      if (!fits) say({ sheet, row: 1, column: head }, `不认识列“${head}”`, `There is no column “${head}”`);
    }
  }
}

/** Rows of a sheet as objects, each with its parts of the sheet below. */
function partsOf(
  sheets: Sheets,
  sheet: SheetName,
  columns: readonly Column[],
  optional: readonly string[],
  below: readonly Part[],
  say: Say,
): Part[] {
  const seen = new Set<string>();
  return (sheets.rows.get(sheet) ?? []).map((row) => {
    const [parentKey, ownKey = parentKey] = KEYS[sheet];
    const [parent, key] = [row.cells.get(parentKey)?.trim() ?? '', row.cells.get(ownKey)?.trim() ?? ''];
    if (key !== '' && seen.has(key))
      say({ sheet, row: row.row, column: ownKey }, `“${key}”重复`, `“${key}” stands there twice`);
    seen.add(key);
    if (key === '' && sheet !== 'prices')
      say(
        { sheet, row: row.row, column: ownKey },
        `请填写 ${ownKey}，新增的以 new 开头`,
        `Give ${ownKey}; a new one begins with “new”`,
      );
    const members = membersOf(row, sheet, columns, optional, say);
    if (sheet === 'skus') members.attributes = attributesOf(row);
    return {
      sheet,
      row: row.row,
      key,
      parent,
      members,
      parts: below.filter((part) => part.parent === key && key !== ''),
    };
  });
}

function membersOf(
  row: SheetRow,
  sheet: SheetName,
  columns: readonly Column[],
  optional: readonly string[],
  say: Say,
): Members {
  const members: Members = {};
  const absent = new Set(optional.filter((part) => fromCell('flag', row.cells.get(part) ?? '') !== true));
  for (const part of absent) members[part] = null;
  for (const { name, kind, within } of columns) {
    if (within !== undefined && absent.has(within)) continue;
    const value = fromCell(kind, row.cells.get(name) ?? '');
    if (value === undefined) {
      say(
        { sheet, row: row.row, column: name },
        '单元格内容不符合该列的格式',
        'The cell does not have the form of its column',
      );
      continue;
    }
    put(members, name, value);
  }
  return members;
}
/** As many as are filled in, in the order of their numbers. */
function attributesOf({ cells }: SheetRow): Members[] {
  const attributes: Members[] = [];
  for (let number = 1; number <= 20; number++) {
    const texts = SKU_ATTRIBUTE_COLUMNS.map(
      ({ name }) => [name, cells.get(`attribute${number}.${name}`) ?? ''] as const,
    );
    if (texts.every(([, text]) => text === '')) continue;
    const members: Members = {};
    for (const [name, text] of texts) put(members, name, text);
    attributes.push(members);
  }
  return attributes;
}

/** @param path of one of our own columns */
function put(members: Members, path: string, value: unknown): void {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    members[name] = value;
    return;
  }
  const inner: Members = {};
  const known = members[name];
  if (typeof known === 'object' && known !== null) Object.assign(inner, known);
  put(inner, rest.join('.'), value);
  members[name] = inner;
}

function orphans(parts: readonly Part[], above: readonly Part[], column: string, say: Say): void {
  const keys = new Set(above.map(({ key }) => key));
  for (const { sheet, row, parent } of parts)
    if (!keys.has(parent)) say({ sheet, row, column }, `找不到“${parent}”`, `There is no “${parent}”`);
}

function productsOf(sheets: Sheets, specifications: readonly Part[], say: Say): GivenProduct[] {
  const rows = sheets.rows.get('products') ?? [];
  const heads = sheets.columns.get('products') ?? new Set<string>();
  const listed = new Map(rows.map((row) => [row.cells.get('product')?.trim() ?? '', row]));
  for (const { row, parent } of specifications)
    if (rows.length > 0 && !listed.has(parent))
      say(
        { sheet: 'specifications', row, column: 'product' },
        `products 中没有“${parent}”`,
        `The sheet products has no “${parent}”`,
      );
  const keys = rows.length > 0 ? [...listed.keys()] : [...new Set(specifications.map(({ parent }) => parent))];
  return keys.map((key) => {
    const row = listed.get(key);
    const own = specifications.filter(({ parent }) => parent === key);
    const given = row
      ? membersOf(
          row,
          'products',
          PRODUCT_COLUMNS.filter(({ name }) => heads.has(name)),
          [],
          say,
        )
      : {};
    const wire: Members = {};
    for (const { name } of INTERFACE_COLUMNS)
      if (row && heads.has(`interface.${name}`)) wire[name] = row.cells.get(`interface.${name}`) ?? '';
    if (sheets.rows.has('specifications'))
      given.specifications = own.map((spec) => ({
        specificationId: idOf(spec.key),
        ...spec.members,
        skus: spec.parts.map((sku) => ({
          skuCode: idOf(sku.key),
          ...sku.members,
          prices: sku.parts.map((item) => ({ priceItemId: idOf(item.key), ...item.members })),
        })),
      }));
    return {
      goodsId: idOf(key),
      content: given,
      interface: wire,
      placeOf: (path) => placeOf(path, row?.row ?? null, own),
    };
  });
}

/** Follows the path through specification, SKU and price to the row, and to the column that holds the rest. */
function placeOf(path: string, row: number | null, specifications: readonly Part[]): Place {
  const [head, index, second, inner, third, last, ...rest] = path.split('.');
  if (head !== 'specifications') return { sheet: 'products', row, column: path };
  const spec = specifications[Number(index)];
  if (second !== 'skus' || inner === undefined)
    return {
      sheet: 'specifications',
      row: spec?.row ?? null,
      column: [second, inner, third, last].filter(Boolean).join('.') || null,
    };
  const sku = spec?.parts[Number(inner)];
  if (third === 'attributes' && last !== undefined)
    return { sheet: 'skus', row: sku?.row ?? null, column: [`attribute${Number(last) + 1}`, ...rest].join('.') };
  if (third !== 'prices' || last === undefined) return { sheet: 'skus', row: sku?.row ?? null, column: third ?? null };
  const item = sku?.parts[Number(last)];
  const column = rest[0] === 'brackets' ? 'brackets' : rest.join('.') || null;
  return { sheet: 'prices', row: item?.row ?? null, column };
}
