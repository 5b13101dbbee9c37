import type { Migration } from '../platform/database/migrations.ts';

/** A licence comes sealed by fulfilment under this purpose, and lies here as it came. */
export const SEALED_PURPOSE = 'delivery.licence';

/** table whose rows wait for `next_at` */
export const GRANTS = 'delivery.deliveries';

export const deliverySchema: Migration = {
  id: '0045-delivery',
  sql: `
CREATE SCHEMA delivery;
CREATE TABLE delivery.deliveries (
  delivery_id text PRIMARY KEY,
  -- one for each line of a purchase; the line created the resource of its own id
  order_line_id text NOT NULL UNIQUE, resource_id text NOT NULL, order_id text NOT NULL,
  buyer_id text NOT NULL, placed_by text NOT NULL, seller_id text NOT NULL, goods_id text NOT NULL, version int NOT NULL, product_name jsonb NOT NULL,
  kind text NOT NULL, status text NOT NULL,
  access_type text NOT NULL, license_variant text, supervised boolean NOT NULL, opening text NOT NULL,
  -- by kind (L39); licence text and secret of an app lie sealed beside it (L8)
  payload jsonb NOT NULL, sealed text,
  requirement jsonb, result text NOT NULL DEFAULT '', proofs jsonb NOT NULL DEFAULT '[]', enabling_at timestamptz,
  created_at timestamptz NOT NULL, delivered_at timestamptz, accepted_at timestamptz, ended_at timestamptz, reason jsonb,
  -- whose turn it is, so that a list of what waits costs its length
  turn text,
  -- images: the service is asked then
  next_at timestamptz, trace_id text NOT NULL
);
CREATE INDEX ON delivery.deliveries (buyer_id, created_at DESC, delivery_id DESC);
CREATE INDEX ON delivery.deliveries (seller_id, created_at DESC, delivery_id DESC);
CREATE INDEX ON delivery.deliveries (created_at DESC, delivery_id DESC);
CREATE INDEX deliveries_of_seller_waiting ON delivery.deliveries (seller_id, created_at DESC, delivery_id DESC) WHERE turn = 'SELLER';
CREATE INDEX deliveries_of_buyer_waiting ON delivery.deliveries (buyer_id, created_at DESC, delivery_id DESC) WHERE turn = 'BUYER';
CREATE INDEX ON delivery.deliveries (order_id);
CREATE INDEX ON delivery.deliveries (next_at, delivery_id) WHERE next_at IS NOT NULL;
`,
};

export const deliverySealed = [
  { table: 'delivery.deliveries', id: 'delivery_id', column: 'sealed', purpose: SEALED_PURPOSE },
] as const;
