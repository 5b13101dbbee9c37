import type { Migration } from '../platform/database/migrations.ts';

/** tables whose rows wait for `next_at` */
export const INSTANCES = 'instances.instances';
export const COMPARISONS = 'instances.comparisons';

export const instancesSchema: Migration = {
  id: '0050-instances',
  sql: `
CREATE SCHEMA instances;
CREATE TABLE instances.instances (
  -- our id: the order line that created it; the seller's id comes with its answer
  resource_id text PRIMARY KEY, instance_id text, state text NOT NULL,
  buyer_id text NOT NULL, placed_by text NOT NULL, seller_id text NOT NULL, order_id text NOT NULL, goods_id text NOT NULL, site text NOT NULL,
  product_name jsonb NOT NULL, charging_mode text NOT NULL, trial boolean NOT NULL,
  -- the plan: what is subscribed to
  version int NOT NULL, specification_id text NOT NULL, specification_name jsonb NOT NULL, sku_code text NOT NULL, price_item_id text NOT NULL,
  quantity int NOT NULL, linear_attribute jsonb, period_type text, period_number int,
  -- what was paid for its opening, or for the conversion of its trial
  opening_amount numeric NOT NULL,
  created_at timestamptz NOT NULL, started_at timestamptz, activated_at timestamptz, ended_at timestamptz,
  expire_at timestamptz, expiry_policy text NOT NULL DEFAULT 'MANUAL', renew_days int NOT NULL DEFAULT 7, freeze_at timestamptz, release_at timestamptz,
  violation jsonb, pending jsonb, changing_line text, refund_id text, refused_told text,
  -- the clock: planned up to, waits until, next step
  stepped_at timestamptz NOT NULL, put_off_until timestamptz, next_at timestamptz,
  status_changes int NOT NULL DEFAULT 0,
  -- before it runs: handed over, accepted
  waits_for text[] NOT NULL, trace_id text NOT NULL
);
CREATE INDEX ON instances.instances (buyer_id, created_at DESC, resource_id DESC);
CREATE INDEX ON instances.instances (seller_id, created_at DESC, resource_id DESC);
CREATE UNIQUE INDEX ON instances.instances (instance_id, seller_id) WHERE instance_id IS NOT NULL;
-- what ends next, of a seller and of a buyer; the states stand in store.ts in the same words
CREATE INDEX instances_of_seller_ending ON instances.instances (seller_id, expire_at, resource_id) WHERE state = ANY ('{TRIAL,ACTIVE,CHANGING,GRACE,FROZEN,VIOLATION_FROZEN}'::text[]);
CREATE INDEX instances_of_buyer_ending ON instances.instances (buyer_id, expire_at, resource_id) WHERE state = ANY ('{TRIAL,ACTIVE,CHANGING,GRACE,FROZEN,VIOLATION_FROZEN}'::text[]);
-- a product's instances are compared in this order, some at a time
CREATE INDEX ON instances.instances (goods_id, resource_id);
-- what is due is found here; what is not due costs nothing
CREATE INDEX instances_due ON instances.instances (next_at, resource_id) WHERE next_at IS NOT NULL;
ALTER TABLE instances.instances SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

-- B-63: how a buyer's services renew by themselves; instances carry the day of the deduction, which their next step depends on
CREATE TABLE instances.renewal_settings (
  buyer_id text PRIMARY KEY, deduct_days int NOT NULL CHECK (deduct_days BETWEEN 1 AND 7), unify_day int CHECK (unify_day BETWEEN 1 AND 31)
);

-- every time that was paid for: the last one that is not in effect can be taken back
CREATE TABLE instances.periods (
  order_line_id text PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, resource_id text NOT NULL, order_id text NOT NULL, occasion text NOT NULL,
  from_at timestamptz NOT NULL, to_at timestamptz, sku_code text NOT NULL, quantity int NOT NULL, price_item_id text NOT NULL,
  period_type text, period_number int, amount numeric NOT NULL, currency text NOT NULL, revoked_at timestamptz
);
CREATE INDEX ON instances.periods (resource_id, seq);

-- products whose running instances are compared with the seller's, one after the other
CREATE TABLE instances.comparisons (goods_id text PRIMARY KEY, seller_id text NOT NULL, next_at timestamptz NOT NULL, last_resource_id text);
CREATE INDEX ON instances.comparisons (next_at);
CREATE TABLE instances.differences (
  resource_id text NOT NULL, kind text NOT NULL, instance_id text NOT NULL, goods_id text NOT NULL, seller_id text NOT NULL, product_name jsonb NOT NULL,
  ours text, theirs text, since timestamptz NOT NULL, last_seen_at timestamptz NOT NULL,
  PRIMARY KEY (resource_id, kind)
);
CREATE INDEX ON instances.differences (seller_id, since DESC, resource_id DESC);
`,
};
