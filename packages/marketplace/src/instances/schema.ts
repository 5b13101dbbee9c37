import type { Migration } from '../platform/database/migrations.ts';

export const instancesSchema: Migration = {
  id: '0050-instances',
  sql: `
CREATE SCHEMA instances;
CREATE TABLE instances.instances (
  -- our id: the order line that created it; the seller's id comes with its answer
  resource_id text PRIMARY KEY, instance_id text, state text NOT NULL,
  buyer_id text NOT NULL, placed_by text, seller_id text NOT NULL, order_id text NOT NULL, goods_id text NOT NULL, version int NOT NULL,
  specification_id text NOT NULL, sku_code text NOT NULL, charging_mode text NOT NULL, quantity int NOT NULL,
  product_name jsonb NOT NULL, specification_name jsonb NOT NULL, linear_attribute jsonb,
  created_at timestamptz NOT NULL, started_at timestamptz, expire_at timestamptz, trace_id text NOT NULL
);
CREATE INDEX ON instances.instances (buyer_id, created_at DESC, resource_id DESC);
CREATE INDEX ON instances.instances (seller_id, created_at DESC, resource_id DESC);
CREATE UNIQUE INDEX ON instances.instances (seller_id, instance_id) WHERE instance_id IS NOT NULL;
CREATE INDEX ON instances.instances (instance_id);
ALTER TABLE instances.instances SET (fillfactor = 85);
`,
};
