import type { Migration } from '../../platform/database/migrations.ts';

export const offersSchema: Migration = {
  id: '0022-offers',
  sql: `
CREATE TABLE catalog.offers (
  offer_id text PRIMARY KEY, seller_id text NOT NULL, kind text NOT NULL CHECK (kind IN ('PRODUCT', 'CONFIGURATION')),
  -- EXPIRED is VALID after its time: nothing has to happen for it
  state text NOT NULL CHECK (state IN ('DRAFT', 'IN_APPROVAL', 'VALID', 'USED', 'WITHDRAWN')),
  name text NOT NULL, items jsonb NOT NULL, valid_from timestamptz NOT NULL, valid_to timestamptz NOT NULL CHECK (valid_to > valid_from),
  exempt boolean NOT NULL, distributor_id text, demand_id text, token text NOT NULL UNIQUE, comment text,
  order_id text, created_by text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX ON catalog.offers (seller_id, created_at DESC, offer_id DESC);
CREATE INDEX ON catalog.offers (created_at, offer_id) WHERE state = 'IN_APPROVAL';
CREATE INDEX ON catalog.offers (demand_id) WHERE demand_id IS NOT NULL;
CREATE TABLE catalog.offer_buyers (
  offer_id text NOT NULL REFERENCES catalog.offers, buyer_id text NOT NULL, account_name text NOT NULL, PRIMARY KEY (offer_id, buyer_id)
);
CREATE INDEX ON catalog.offer_buyers (buyer_id, offer_id);
CREATE TABLE catalog.demands (
  demand_id text PRIMARY KEY, seller_id text NOT NULL, buyer_id text NOT NULL, goods_id text NOT NULL, body text NOT NULL,
  -- the service provider who made it for the customer (S9-3), and what it has in mind; null = the customer itself
  distributor_id text, wish jsonb NOT NULL DEFAULT '{"specificationId": null, "quantity": null, "rate": null}',
  state text NOT NULL CHECK (state IN ('OPEN', 'ACCEPTED', 'REJECTED', 'CLOSED')), decide_by timestamptz NOT NULL,
  decided_by text CHECK (decided_by IN ('seller', 'system')), comment text,
  -- placed through the offers that answer it, and not cancelled
  orders int NOT NULL DEFAULT 0, CHECK ((state = 'CLOSED') = (orders > 0)),
  created_by text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX ON catalog.demands (seller_id, created_at DESC, demand_id DESC);
CREATE INDEX ON catalog.demands (buyer_id, created_at DESC, demand_id DESC);
CREATE INDEX ON catalog.demands (distributor_id, created_at DESC, demand_id DESC) WHERE distributor_id IS NOT NULL;
CREATE TABLE catalog.vouchers (
  voucher_id text PRIMARY KEY, seller_id text NOT NULL, state text NOT NULL CHECK (state IN ('PUBLISHED', 'VOID')), name text NOT NULL,
  face_value numeric NOT NULL CHECK (face_value > 0), minimum_spend numeric CHECK (minimum_spend > 0), currency text NOT NULL,
  items jsonb NOT NULL, modes text[] NOT NULL, with_offers boolean NOT NULL, claimable boolean NOT NULL,
  valid_from timestamptz NOT NULL, valid_to timestamptz NOT NULL CHECK (valid_to > valid_from),
  total int NOT NULL, claimed int NOT NULL DEFAULT 0 CHECK (claimed <= total), created_by text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX ON catalog.vouchers (seller_id, created_at DESC, voucher_id DESC);
CREATE TABLE catalog.voucher_goods (
  voucher_id text NOT NULL REFERENCES catalog.vouchers, goods_id text NOT NULL, PRIMARY KEY (goods_id, voucher_id)
);
-- one of each voucher for a buyer; a used one is bound to its order (S9-6)
CREATE TABLE catalog.voucher_grants (
  voucher_id text NOT NULL REFERENCES catalog.vouchers, buyer_id text NOT NULL, granted_at timestamptz NOT NULL,
  order_id text, order_lines text[], used_at timestamptz, CHECK ((order_id IS NULL) = (order_lines IS NULL)),
  PRIMARY KEY (voucher_id, buyer_id)
);
CREATE INDEX ON catalog.voucher_grants (buyer_id, granted_at DESC);
CREATE INDEX ON catalog.voucher_grants (order_id) WHERE order_id IS NOT NULL;
`,
};
