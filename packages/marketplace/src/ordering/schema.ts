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
  -- a NEW or TRIAL line creates the resource of its own id; every later line of the resource names it
  resource_id text NOT NULL, scene text,
  buyer_id text NOT NULL, seller_id text NOT NULL, state text NOT NULL,
  goods_id text NOT NULL, version int NOT NULL, specification_id text NOT NULL, sku_code text NOT NULL, price_item_id text NOT NULL,
  charging_mode text NOT NULL, period_type text, period_number int, quantity int NOT NULL,
  list_amount numeric NOT NULL, amount numeric NOT NULL,
  effective_from timestamptz, expire_at timestamptz,
  -- names, linear attribute, derivation, parameters as they were when ordered (C41)
  snapshot jsonb NOT NULL,
  -- what paid it, and what of that was given back; null = the balance alone
  payment jsonb, created_at timestamptz NOT NULL
);
CREATE INDEX ON ordering.order_lines (order_id);
CREATE INDEX ON ordering.order_lines (resource_id) WHERE resource_id <> order_line_id;
CREATE INDEX ON ordering.order_lines (seller_id, created_at DESC, order_id DESC);
ALTER TABLE ordering.orders SET (fillfactor = 85);
ALTER TABLE ordering.order_lines SET (fillfactor = 85);
-- who is at work on a resource: an open renewal, conversion, change, refund application or unsubscription; one at a time
CREATE TABLE ordering.claims (
  resource_id text PRIMARY KEY, order_line_id text, refund_id text, CHECK ((order_line_id IS NULL) <> (refund_id IS NULL))
);
-- one trial per account and specification (C33): the primary key decides between two in the same instant
CREATE TABLE ordering.trials (
  buyer_id text, specification_id text, order_id text NOT NULL, PRIMARY KEY (buyer_id, specification_id)
);
-- where hardware is sent (L37)
CREATE TABLE ordering.receivers (order_id text PRIMARY KEY REFERENCES ordering.orders ON DELETE CASCADE, sealed text NOT NULL);
CREATE TABLE ordering.refunds (
  refund_id text PRIMARY KEY, kind text NOT NULL, state text NOT NULL, resource_id text NOT NULL,
  buyer_id text NOT NULL, seller_id text NOT NULL, goods_id text NOT NULL, site text NOT NULL,
  order_id text NOT NULL, line_ids text[] NOT NULL, amount numeric NOT NULL CHECK (amount >= 0), paid numeric NOT NULL CHECK (paid >= amount), currency text NOT NULL,
  -- what of the payment is kept, and how that was found (S7-12)
  consumption jsonb, CHECK ((kind = 'LATE') = (consumption IS NOT NULL)),
  reason text NOT NULL, contact_consent boolean NOT NULL, product_name jsonb NOT NULL, quota_year int,
  requested_by text NOT NULL, requested_at timestamptz NOT NULL, approve_at timestamptz,
  decided_by text, decided_at timestamptz, comment text, unsubscribe_order_id text, trace_id text NOT NULL
);
CREATE INDEX ON ordering.refunds (buyer_id, requested_at DESC, refund_id DESC);
CREATE INDEX ON ordering.refunds (seller_id, requested_at DESC, refund_id DESC);
CREATE INDEX ON ordering.refunds (requested_at DESC, refund_id DESC);
CREATE INDEX ON ordering.refunds (resource_id);
CREATE TABLE ordering.refund_quotas (
  buyer_id text, year int, used int NOT NULL CHECK (used >= 0), PRIMARY KEY (buyer_id, year)
);
`,
};

/** Hardware that is sent back, and what a seller's answer rests on (settlement.md 7.4). */
export const refundGoodsSchema: Migration = {
  id: '0031-refund-goods',
  sql: `
ALTER TABLE ordering.refunds ADD COLUMN proofs jsonb NOT NULL DEFAULT '[]', ADD COLUMN goods text NOT NULL DEFAULT 'NONE', ADD COLUMN returned jsonb,
  ADD COLUMN deadline_at timestamptz;
`,
};
