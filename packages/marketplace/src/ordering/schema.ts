import type { Migration } from '../platform/database/migrations.ts';

export const orderingSchema: Migration = {
  id: '0030-ordering',
  sql: `
CREATE SCHEMA ordering;
CREATE TABLE ordering.orders (
  order_id text PRIMARY KEY, order_type text NOT NULL, state text NOT NULL,
  buyer_id text NOT NULL, placed_by text NOT NULL, site text NOT NULL,
  amount numeric NOT NULL CHECK (amount >= 0), currency text NOT NULL, trace_id text NOT NULL,
  created_at timestamptz NOT NULL, paid_at timestamptz, completed_at timestamptz, cancel_at timestamptz
);
CREATE INDEX ON ordering.orders (buyer_id, created_at DESC, order_id DESC);
CREATE INDEX ON ordering.orders (created_at DESC, order_id DESC);
CREATE TABLE ordering.order_lines (
  order_line_id text PRIMARY KEY, order_id text NOT NULL REFERENCES ordering.orders,
  buyer_id text NOT NULL, seller_id text NOT NULL, state text NOT NULL,
  goods_id text NOT NULL, version int NOT NULL, specification_id text NOT NULL, sku_code text NOT NULL, price_item_id text NOT NULL,
  charging_mode text NOT NULL, period_type text, period_number int, quantity int NOT NULL,
  list_amount numeric NOT NULL, amount numeric NOT NULL, expire_at timestamptz,
  -- names, linear attribute, derivation, parameters as they were when ordered (C41)
  snapshot jsonb NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX ON ordering.order_lines (order_id);
CREATE INDEX ON ordering.order_lines (seller_id, created_at DESC, order_id DESC);
ALTER TABLE ordering.orders SET (fillfactor = 85);
ALTER TABLE ordering.order_lines SET (fillfactor = 85);
`,
};
