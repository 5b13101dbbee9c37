/**
 * The same lists asked of the database directly, one after the other: Jishi's search, a scan for the words as
 * marketplaces begin with (`ILIKE` over name and summary), and the bare rows by their keys, which is the limit.
 */
import type { Platform } from '@jishi/marketplace';
import { searchProducts } from '@jishi/marketplace/testing';
import pg from 'pg';
import { QUERIES } from './words.ts';

export interface Compared {
  /** milliseconds of each list */
  readonly jishi: number[];
  readonly scan: number[];
  readonly bare: number[];
}
const PAGE = 20;

export async function compare(platform: Platform, url: string, rounds: number): Promise<Compared> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // the dictionary is loaded with the first search
  await searchProducts(platform.db, { site: 'CN', q: '云', sort: 'DEFAULT', after: null, limit: PAGE });
  const compared: Compared = { jishi: [], scan: [], bare: [] };
  const words = [...QUERIES.Chinese, ...QUERIES.English];
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const q of words) {
        const found = await timed(compared.jishi, () =>
          searchProducts(platform.db, { site: 'CN', q, sort: 'DEFAULT', after: null, limit: PAGE }),
        );
        await timed(compared.scan, () =>
          client.query({
            name: 'scan',
            text: `SELECT p.goods_id, v.content FROM catalog.products p JOIN catalog.product_versions v ON v.goods_id = p.goods_id AND v.version = p.current_version
                   WHERE p.state = 'ON_SALE' AND p.search_text ILIKE ALL ($1) ORDER BY p.created_at DESC LIMIT ${PAGE}`,
            values: [q.split(' ').map((word) => `%${word}%`)],
          }),
        );
        await timed(compared.bare, () =>
          client.query({
            name: 'bare',
            text: 'SELECT goods_id, seller_id, listed_at, rating, reviews, sales, card FROM catalog.search WHERE goods_id = ANY($1)',
            values: [found.items.map(({ goodsId }) => goodsId)],
          }),
        );
      }
    }
  } finally {
    await client.end();
  }
  return compared;
}

async function timed<T>(into: number[], work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const result = await work();
  into.push(performance.now() - startedMs);
  return result;
}
