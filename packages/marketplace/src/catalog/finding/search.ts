/**
 * Lists of products, answered from `catalog.search` (12.2, B-11). The default order is relevance × sales: what has all
 * words in its name comes first, and in each of these two tiers what sells best. A page is what lies behind the last one
 * in the order of an index, so a deep page costs what the first one does.
 */
import type { RawBuilder } from 'kysely';
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import type { Card } from './entry.ts';
import { behind, type Cursor, conditionsOf, encodePlace, type Filters, orderBy, placeOf, type Sort } from './query.ts';
import { searchCondition } from './words.ts';

export interface ProductSearch extends Filters {
  readonly site: Site;
  readonly sort: Sort;
  /** where the page before ended */
  readonly after: Cursor | null;
  readonly limit: number;
}

export interface Found {
  readonly goodsId: string;
  readonly sellerId: string;
  readonly listedAt: Date;
  readonly rating: string | null;
  readonly reviews: number;
  readonly sales: number;
  readonly card: Card;
}
interface FoundRow extends Found {
  readonly place: string[];
}

export async function searchProducts(
  executor: Executor,
  search: ProductSearch,
): Promise<{ readonly items: Found[]; readonly nextCursor: string | null }> {
  const { site, sort, limit, after } = search;
  const tiers = tiersOf(search);
  if (tiers === null) return { items: [], nextCursor: null };
  const found: { row: FoundRow; tier: 0 | 1 }[] = [];
  for (const { number, conditions, inName } of tiers) {
    if (found.length > limit || (after !== null && number < after[1])) continue;
    const from = after !== null && number === after[1] && after[2].length > 0 ? [behind(sort, after[2])] : [];
    const wanted = { site, sort, conditions, from, limit: limit + 1 - found.length };
    const rows = (inName ? await nearPage(executor, wanted) : null) ?? (await page(executor, wanted));
    found.push(...rows.map((row) => ({ row, tier: number })));
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ row: { place: _, ...item } }) => item),
    nextCursor: found.length > limit && last ? encodePlace([sort, last.tier, last.row.place]) : null,
  };
}

interface Tier {
  readonly number: 0 | 1;
  readonly conditions: readonly RawBuilder<unknown>[];
  readonly inName: boolean;
}
/** Only the default order asks where the words stand. @returns null = nothing can be found */
function tiersOf(search: ProductSearch): Tier[] | null {
  const { site, q, sort } = search;
  const all = conditionsOf(site, search);
  if (all === null) return null;
  const words = sort === 'DEFAULT' ? searchCondition(q ?? '') : '';
  if (words === '') return [{ number: 0, conditions: all, inName: false }];
  // what is in the name is among the words too (entry.ts)
  const others = conditionsOf(site, { ...search, q: undefined }) ?? [];
  return [
    { number: 0, conditions: [...others, sql`title @@ ${words}::tsquery`], inName: true },
    { number: 1, conditions: [...all, sql`NOT title @@ ${words}::tsquery`], inName: false },
  ];
}

interface Wanted {
  readonly site: Site;
  readonly sort: Sort;
  readonly conditions: readonly RawBuilder<unknown>[];
  readonly from: readonly RawBuilder<unknown>[];
  readonly limit: number;
}

async function page(executor: Executor, { sort, conditions, from, limit }: Wanted): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    SELECT ${COLUMNS}, ${placeOf(sort)} AS place FROM catalog.search
    WHERE ${sql.join([...conditions, ...from], sql` AND `)} ORDER BY ${orderBy(sort)} LIMIT ${limit}`.execute(executor);
  return rows;
}

const NEAR = 1_000;

/**
 * A page of a common word, from the next rows in order: the pairs of one Chinese word come together, which the planner
 * takes for chance, so it would fetch and sort some thousand hits for twenty. @returns null = there are not enough so near
 */
async function nearPage(
  executor: Executor,
  { site, sort, conditions, from, limit }: Wanted,
): Promise<FoundRow[] | null> {
  const { rows } = await sql<FoundRow>`
    SELECT ${COLUMNS}, ${placeOf(sort)} AS place FROM (
      SELECT * FROM catalog.search WHERE ${sql.join([sql`site = ${site}`, ...from], sql` AND `)} ORDER BY ${orderBy(sort)} LIMIT ${NEAR}) AS near
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY ${orderBy(sort)} LIMIT ${limit}`.execute(executor);
  return rows.length === limit ? rows : null;
}

const COLUMNS = sql`goods_id AS "goodsId", seller_id AS "sellerId", listed_at AS "listedAt", rating, reviews, sales, card`;

/** Of these products, those that are to be found, by id. */
export async function foundByIds(executor: Executor, goodsIds: readonly string[]): Promise<Map<string, Found>> {
  const { rows } =
    await sql<Found>`SELECT ${COLUMNS} FROM catalog.search WHERE goods_id = ANY(${goodsIds}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.goodsId, row]));
}
