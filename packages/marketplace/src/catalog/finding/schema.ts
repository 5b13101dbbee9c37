/** The index that lists answer from: one row per product that can be found (C42), and what its order needs: who bought what. */
import type { Migration } from '../../platform/database/migrations.ts';

export const findingSchema: Migration = {
  id: '0022-finding',
  sql: `
CREATE TABLE catalog.search (
  goods_id text PRIMARY KEY REFERENCES catalog.products, site text NOT NULL, seller_id text NOT NULL, version int NOT NULL,
  -- lexemes come ready from words.ts; title: of the name alone, which goes first
  title tsvector NOT NULL, words tsvector NOT NULL,
  -- one for each filter that the product passes, such as type:SAAS or category:security (entry.ts)
  terms text[] NOT NULL,
  price_from numeric,
  -- products without a price of their own come last either way
  price_up numeric NOT NULL GENERATED ALWAYS AS (coalesce(price_from, 1e15)) STORED,
  price_down numeric NOT NULL GENERATED ALWAYS AS (coalesce(price_from, -1)) STORED,
  rating numeric(2,1), reviews int NOT NULL, stars numeric(2,1) NOT NULL GENERATED ALWAYS AS (coalesce(rating, 0)) STORED,
  sales int NOT NULL, listed_at timestamptz NOT NULL,
  -- what a list shows, so that it needs no other table
  card jsonb NOT NULL
);
-- a list of what is yet to be put in would be read by each search, and planners shun an index that has one
CREATE INDEX search_content ON catalog.search USING gin (words, title, terms) WITH (fastupdate = off);
CREATE INDEX search_sales ON catalog.search (site, sales DESC, listed_at DESC, goods_id DESC);
CREATE INDEX search_newest ON catalog.search (site, listed_at DESC, goods_id DESC);
CREATE INDEX search_price_up ON catalog.search (site, price_up, listed_at, goods_id);
CREATE INDEX search_price_down ON catalog.search (site, price_down DESC, listed_at DESC, goods_id DESC);
CREATE INDEX search_stars ON catalog.search (site, stars DESC, reviews DESC, goods_id DESC);
CREATE INDEX search_seller ON catalog.search (seller_id);
-- words differ by the thousand: with the default of 100 the planner knows the 1,000 most common ones only
ALTER TABLE catalog.search ALTER COLUMN words SET STATISTICS 400, ALTER COLUMN title SET STATISTICS 400, ALTER COLUMN terms SET STATISTICS 400;

-- order lines that bought a product, as ordering told: who may review it (12.3), how often it was sold
CREATE TABLE catalog.purchases (
  order_line_id text PRIMARY KEY, order_id text NOT NULL, goods_id text NOT NULL, buyer_id text NOT NULL, placed_by text NOT NULL,
  product_name jsonb NOT NULL, specification_name jsonb NOT NULL,
  paid_at timestamptz NOT NULL, completed_at timestamptz, refunded_at timestamptz
);
CREATE INDEX ON catalog.purchases (order_id);
CREATE INDEX ON catalog.purchases (buyer_id, completed_at DESC) WHERE completed_at IS NOT NULL;
CREATE INDEX ON catalog.purchases (goods_id, completed_at DESC) WHERE completed_at IS NOT NULL;
-- their number, counted as they come: a product that sells well is not counted anew for each sale
CREATE TABLE catalog.sales_counts (
  goods_id text PRIMARY KEY, lines int NOT NULL,
  -- the index has this number (purchase-store.ts)
  told boolean NOT NULL
);
CREATE INDEX ON catalog.sales_counts (goods_id) WHERE NOT told;

CREATE TABLE catalog.search_rebuilds (
  rebuild_id uuid PRIMARY KEY, started_by text NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz,
  total int NOT NULL, done int NOT NULL DEFAULT 0, after_goods_id text NOT NULL DEFAULT ''
);
CREATE INDEX ON catalog.search_rebuilds (started_at DESC);
`,
};
