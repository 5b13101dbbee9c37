/** SQL of how products are sold. */
import type { RawBuilder } from 'kysely';
import type { Scope } from '../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { lookUp } from '../../platform/database/look-ups.ts';
import type { Site } from '../../platform/site.ts';
import type { OfferRow, ProductState } from '../store.ts';
import { DEFAULT_STOCK, NO_RULE, type SaleRule, type Stock, saleRule } from './model.ts';

/** A price item with the states and rules that decide whether it can be bought. */
export interface SaleRow extends OfferRow {
  readonly rules: { readonly product: SaleRule; readonly specification: SaleRule };
  readonly stock: Stock;
}

/** One statement for everything that a purchase asks of the catalogue. Unknown ids are absent. */
export async function saleRows(executor: Executor, priceItemIds: readonly string[]): Promise<Map<string, SaleRow>> {
  const { rows } = await sql<OfferRow & Partial<Stock> & { product_rule: unknown; specification_rule: unknown }>`
    SELECT i.price_item_id, i.sku_code, s.specification_id, p.goods_id, p.seller_id, p.site, p.state AS product_state,
           (p.state = 'ON_SALE' AND s.state = 'ON_SALE' AND k.state = 'ON_SALE') AS on_sale, p.current_version AS version,
           pr.rule AS product_rule, sr.rule AS specification_rule, t.total, t.reserved, t.consumed
    FROM catalog.price_items i JOIN catalog.skus k USING (sku_code)
    JOIN catalog.specifications s ON s.specification_id = k.specification_id
    JOIN catalog.products p ON p.goods_id = i.goods_id
    LEFT JOIN catalog.sale_rules pr ON pr.goods_id = p.goods_id AND pr.specification_id = ''
    LEFT JOIN catalog.sale_rules sr ON sr.goods_id = p.goods_id AND sr.specification_id = s.specification_id
    LEFT JOIN catalog.stock t ON t.sku_code = k.sku_code
    WHERE i.price_item_id = ANY(${priceItemIds}::text[])`.execute(executor);
  return new Map(
    rows.map(({ product_rule, specification_rule, total, reserved, consumed, ...row }) => [
      row.price_item_id,
      {
        ...row,
        rules: { product: ruleOf(product_rule), specification: ruleOf(specification_rule) },
        stock: stockOf({ total, reserved, consumed }),
      },
    ]),
  );
}

/** The same for requests, which come in numbers; there may be rows of others. */
export const saleRowsNow = lookUp(async (db, asked: readonly (readonly string[])[]) => {
  const rows = await saleRows(db, [...new Set(asked.flat())]);
  return asked.map(() => rows);
});

const ruleOf = (kept: unknown): SaleRule => (kept === null || kept === undefined ? NO_RULE : saleRule.parse(kept));
type NoStock = { readonly [K in keyof Stock]?: number | null | undefined };
const stockOf = ({ total, reserved, consumed }: NoStock): Stock => ({
  total: total ?? DEFAULT_STOCK.total,
  reserved: reserved ?? 0,
  consumed: consumed ?? 0,
});

/**
 * Rules of products by `goodsId`, then by specification ('' = the product); what nobody set is absent.
 * @param goodsIds their ids, or a sub-select of them
 */
export async function saleRulesOf(
  executor: Executor,
  goodsIds: readonly string[] | RawBuilder<unknown>,
): Promise<Map<string, Map<string, SaleRule>>> {
  const { rows } = await sql<{ goods_id: string; specification_id: string; rule: unknown }>`
    SELECT goods_id, specification_id, rule FROM catalog.sale_rules WHERE goods_id = ANY(${'compile' in goodsIds ? sql`ARRAY(${goodsIds})` : goodsIds}::text[])`.execute(
    executor,
  );
  const found = new Map<string, Map<string, SaleRule>>();
  for (const { goods_id, specification_id, rule } of rows) {
    const own = found.get(goods_id) ?? new Map<string, SaleRule>();
    found.set(goods_id, own.set(specification_id, saleRule.parse(rule)));
  }
  return found;
}

export async function putRule(executor: Executor, goodsId: string, level: string, rule: SaleRule): Promise<void> {
  await sql`
    INSERT INTO catalog.sale_rules (goods_id, specification_id, rule) VALUES (${goodsId}, ${level}, ${JSON.stringify(rule)})
    ON CONFLICT (goods_id, specification_id) DO UPDATE SET rule = excluded.rule`.execute(executor);
}

// --- lists of buyers ------------------------------------------------------------------------------------------

export type List = 'TARGET' | 'TRIAL' | 'CREDIT';
export interface Listed {
  readonly buyerId: string;
  readonly accountName: string;
}

export async function isListed(
  executor: Executor,
  where: { readonly goodsId: string; readonly level: string; readonly list: List; readonly buyerId: string },
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM catalog.sale_buyers WHERE goods_id = ${where.goodsId} AND specification_id = ${where.level}
      AND list = ${where.list} AND buyer_id = ${where.buyerId}`.execute(executor);
  return rows.length > 0;
}

/** Who of these stands on the list of credit of the product (S-84). @returns `goodsId buyerId` of each */
export async function creditListed(
  executor: Executor,
  asked: readonly { readonly goodsId: string; readonly buyerId: string }[],
): Promise<Set<string>> {
  if (asked.length === 0) return new Set();
  const { rows } = await sql<{ goods_id: string; buyer_id: string }>`
    SELECT goods_id, buyer_id FROM catalog.sale_buyers WHERE specification_id = '' AND list = 'CREDIT'
      AND (goods_id, buyer_id) IN (SELECT * FROM unnest(${asked.map((each) => each.goodsId)}::text[], ${asked.map((each) => each.buyerId)}::text[]))`.execute(
    executor,
  );
  return new Set(rows.map((row) => `${row.goods_id} ${row.buyer_id}`));
}

export interface ListedRow extends Listed {
  readonly level: string;
  readonly list: List;
}
export async function listsOf(executor: Executor, goodsId: string): Promise<ListedRow[]> {
  const { rows } = await sql<ListedRow>`
    SELECT specification_id AS level, list, buyer_id AS "buyerId", account_name AS "accountName"
    FROM catalog.sale_buyers WHERE goods_id = ${goodsId} ORDER BY account_name, buyer_id`.execute(executor);
  return rows;
}

export async function replaceList(
  executor: Executor,
  { goodsId, level, list }: { readonly goodsId: string; readonly level: string; readonly list: List },
  buyers: readonly Listed[],
): Promise<void> {
  await sql`
    DELETE FROM catalog.sale_buyers WHERE goods_id = ${goodsId} AND specification_id = ${level} AND list = ${list}`.execute(
    executor,
  );
  if (buyers.length === 0) return;
  await sql`
    INSERT INTO catalog.sale_buyers (goods_id, specification_id, list, buyer_id, account_name)
    SELECT ${goodsId}, ${level}, ${list}, b."buyerId", b."accountName"
    FROM jsonb_to_recordset(${JSON.stringify(buyers)}::jsonb) AS b ("buyerId" text, "accountName" text)
    ON CONFLICT DO NOTHING`.execute(executor);
}

// --- products -------------------------------------------------------------------------------------------------

export interface SoldProduct {
  readonly goodsId: string;
  readonly sellerId: string;
  readonly site: Site;
  readonly state: ProductState;
  readonly hidden: boolean;
  readonly version: number;
}
const COLUMNS = sql`goods_id AS "goodsId", seller_id AS "sellerId", site, state, visibility = 'HIDDEN' AS hidden, current_version AS version`;

/** Products that were put on sale once, of a seller or all; newest first. @param lock for a change of their rules */
export async function soldProducts(
  executor: Executor,
  query: { readonly scope: Scope; readonly goodsIds?: readonly string[]; readonly limit: number; readonly lock?: true },
): Promise<SoldProduct[]> {
  const { scope } = query;
  if (scope.kind === 'buyer') return [];
  const conditions = [sql`current_version > 0`];
  if (scope.kind === 'seller') conditions.push(sql`seller_id = ${scope.sellerId}`);
  if (scope.kind === 'seller' && scope.goodsIds) conditions.push(sql`goods_id = ANY(${scope.goodsIds}::text[])`);
  if (query.goodsIds) conditions.push(sql`goods_id = ANY(${query.goodsIds}::text[])`);
  const { rows } = await sql<SoldProduct>`
    SELECT ${COLUMNS} FROM catalog.products WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at DESC, goods_id DESC LIMIT ${query.limit} ${query.lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows;
}

// --- stock ----------------------------------------------------------------------------------------------------

export interface Pieces {
  readonly skuCode: string;
  readonly goodsId: string;
  readonly quantity: number;
}

/** Promises pieces to an order, if there are so many. @returns what is left; null = too few, nothing is promised */
export async function reserve(tx: Tx, { skuCode, goodsId, quantity }: Pieces): Promise<number | null> {
  await sql`
    INSERT INTO catalog.stock (sku_code, goods_id, total) VALUES (${skuCode}, ${goodsId}, ${DEFAULT_STOCK.total})
    ON CONFLICT DO NOTHING`.execute(tx);
  const { rows } = await sql<{ left: number }>`
    UPDATE catalog.stock SET reserved = reserved + ${quantity}
    WHERE sku_code = ${skuCode} AND total - reserved - consumed >= ${quantity}
    RETURNING total - reserved - consumed AS left`.execute(tx);
  return rows[0]?.left ?? null;
}

/** The order was cancelled (L38). */
export async function release(tx: Tx, { skuCode, quantity }: Pieces): Promise<void> {
  await sql`UPDATE catalog.stock SET reserved = reserved - ${quantity} WHERE sku_code = ${skuCode}`.execute(tx);
}

/** The order was paid (L38): what was promised is sold. */
export async function consume(tx: Tx, { skuCode, quantity }: Pieces): Promise<void> {
  await sql`
    UPDATE catalog.stock SET reserved = reserved - ${quantity}, consumed = consumed + ${quantity} WHERE sku_code = ${skuCode}`.execute(
    tx,
  );
}

/** For a change: locked, and made if there is none. */
export async function stockRow(executor: Executor, skuCode: string, goodsId: string): Promise<Stock> {
  await sql`
    INSERT INTO catalog.stock (sku_code, goods_id, total) VALUES (${skuCode}, ${goodsId}, ${DEFAULT_STOCK.total})
    ON CONFLICT DO NOTHING`.execute(executor);
  const { rows } =
    await sql<Stock>`SELECT total, reserved, consumed FROM catalog.stock WHERE sku_code = ${skuCode} FOR UPDATE`.execute(
      executor,
    );
  return rows[0] ?? DEFAULT_STOCK;
}

export async function setTotal(executor: Executor, skuCode: string, total: number): Promise<void> {
  await sql`UPDATE catalog.stock SET total = ${total} WHERE sku_code = ${skuCode}`.execute(executor);
}

/** Stock of these products by SKU; one that has no row has the default. */
export async function stockOfProducts(executor: Executor, goodsIds: readonly string[]): Promise<Map<string, Stock>> {
  const { rows } = await sql<Stock & { sku_code: string }>`
    SELECT sku_code, total, reserved, consumed FROM catalog.stock WHERE goods_id = ANY(${goodsIds}::text[])`.execute(
    executor,
  );
  return new Map(rows.map(({ sku_code, ...stock }) => [sku_code, stock]));
}

export interface StockChange {
  readonly skuCode: string;
  readonly change: number;
  readonly note: string;
  readonly by: string;
  readonly at: Date;
}
export async function addStockChange(executor: Executor, change: StockChange): Promise<void> {
  await sql`
    INSERT INTO catalog.stock_changes (sku_code, change, note, changed_by, changed_at)
    VALUES (${change.skuCode}, ${change.change}, ${change.note}, ${change.by}, ${change.at})`.execute(executor);
}

/** The newest changes of each SKU. */
export async function stockChanges(
  executor: Executor,
  skuCodes: readonly string[],
  limit: number,
): Promise<StockChange[]> {
  const { rows } = await sql<StockChange>`
    SELECT c.sku_code AS "skuCode", c.change, c.note, c.changed_by AS by, c.changed_at AS at
    FROM unnest(${skuCodes}::uuid[]) AS asked (sku_code)
    CROSS JOIN LATERAL (SELECT * FROM catalog.stock_changes s WHERE s.sku_code = asked.sku_code ORDER BY seq DESC LIMIT ${limit}) c
    ORDER BY c.seq DESC`.execute(executor);
  return rows;
}
