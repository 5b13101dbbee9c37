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

export const supervisionSchema: Migration = {
  id: '0047-supervision',
  sql: `
ALTER TABLE delivery.deliveries ADD COLUMN supervision jsonb, ADD COLUMN step text;
-- what was ordered before flows were kept stands at the step that its delivery had reached
UPDATE delivery.deliveries d SET supervision = jsonb_build_object('flow', f.flow, 'site', 'CN', 'step', s.step,
    'since', to_char(coalesce(delivered_at, created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'rejections', jsonb_build_object('requirement', 0, 'delivery', 0), 'sentBack', null, 'appeal', null, 'reminded', 0), step = s.step
FROM (SELECT delivery_id, CASE access_type WHEN 'SAAS' THEN 'saas-1' WHEN 'SERVICE' THEN 'service-1' WHEN 'DATA' THEN 'data-1' WHEN 'HARDWARE' THEN 'hardware-1'
    WHEN 'ORCHESTRATION' THEN 'orchestration-1' ELSE CASE license_variant WHEN 'IDENTIFICATION' THEN 'licence-identification-1' WHEN 'CODE' THEN 'licence-code-1'
    WHEN 'PROVISIONED' THEN 'licence-provisioned-1' ELSE 'licence-offline-1' END END AS flow FROM delivery.deliveries) f,
  (SELECT delivery_id, CASE status WHEN 'DELIVERED' THEN 'WAIT_ACCEPTANCE' WHEN 'ACCEPTED' THEN 'COMPLETED' WHEN 'PENDING' THEN
    CASE WHEN license_variant IS DISTINCT FROM 'CODE' THEN 'WAIT_SERVICE' WHEN payload ->> 'activatedAt' IS NOT NULL THEN 'WAIT_PROOF'
      WHEN payload ->> 'pickedUpAt' IS NOT NULL THEN 'WAIT_CODE_ACTIVATION' ELSE 'WAIT_CODE_PICKUP' END
    ELSE 'CANCELLED' END AS step FROM delivery.deliveries) s
WHERE d.supervised AND f.delivery_id = d.delivery_id AND s.delivery_id = d.delivery_id;
CREATE INDEX deliveries_of_operator_waiting ON delivery.deliveries (created_at DESC, delivery_id DESC) WHERE turn = 'OPERATOR';
-- S6-1: evidence; rows are only added
CREATE TABLE delivery.operations (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, operation_id text NOT NULL UNIQUE, delivery_id text NOT NULL REFERENCES delivery.deliveries,
  at timestamptz NOT NULL, by text NOT NULL, user_id text, what text NOT NULL, from_step text NOT NULL, to_step text NOT NULL, text text NOT NULL, files jsonb NOT NULL
);
CREATE INDEX ON delivery.operations (delivery_id, seq);
-- S-48: buyers whose joint-operation deliveries the platform reviews
CREATE TABLE delivery.tracks (buyer_id text PRIMARY KEY, track text NOT NULL, since timestamptz NOT NULL);
-- the recording simulator of carriers (L37)
CREATE TABLE delivery.recorded_parcels (
  carrier text NOT NULL, tracking_no text NOT NULL, phone text, entries jsonb NOT NULL DEFAULT '[]', asked int NOT NULL DEFAULT 0, PRIMARY KEY (carrier, tracking_no)
);
`,
};
