import type { Migration } from '../platform/database/migrations.ts';

export const catalogSchema: Migration = {
  id: '0020-catalog',
  sql: `
CREATE SCHEMA catalog;
CREATE TABLE catalog.products (
  goods_id text PRIMARY KEY, seller_id text NOT NULL, site text NOT NULL,
  state text NOT NULL CHECK (state IN ('DRAFT','IN_REVIEW','REJECTED','ON_SALE','TRADE_FROZEN','STOPPED','WITHDRAWN')),
  visibility text NOT NULL DEFAULT 'PUBLIC' CHECK (visibility IN ('PUBLIC','HIDDEN')),
  current_version int NOT NULL,
  -- how the marketplace reaches the seller for this product; of 'none' there is no address
  protocol text NOT NULL CHECK (protocol IN ('saas-v2','saas-v1','license-identification','license-code','license-provisioning','none')),
  production_url text, key_id text, CHECK (protocol = 'none' OR (production_url IS NOT NULL AND key_id IS NOT NULL)),
  created_at timestamptz NOT NULL, withdrawn_at timestamptz
);
CREATE INDEX ON catalog.products (seller_id);
CREATE INDEX ON catalog.products (created_at DESC, goods_id DESC) WHERE state = 'ON_SALE' AND visibility = 'PUBLIC';
-- version 0 is what a product that was never approved is to become, as far as it is whole: debugging needs it
CREATE TABLE catalog.product_versions (
  goods_id text NOT NULL REFERENCES catalog.products, version int NOT NULL, content jsonb NOT NULL, approved_at timestamptz NOT NULL,
  PRIMARY KEY (goods_id, version)
);
CREATE FUNCTION catalog.versions_are_immutable() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'a product version is immutable (C41)'; END $$;
CREATE TRIGGER immutable BEFORE UPDATE ON catalog.product_versions FOR EACH ROW EXECUTE FUNCTION catalog.versions_are_immutable();
CREATE TABLE catalog.specifications (
  specification_id text PRIMARY KEY, goods_id text NOT NULL REFERENCES catalog.products,
  state text NOT NULL DEFAULT 'ON_SALE' CHECK (state IN ('ON_SALE','STOPPED')),
  -- public sales of this specification (C42): hidden = by the direct link only
  visibility text NOT NULL DEFAULT 'PUBLIC' CHECK (visibility IN ('PUBLIC','HIDDEN'))
);
CREATE INDEX ON catalog.specifications (goods_id);
CREATE TABLE catalog.skus (
  sku_code uuid PRIMARY KEY, specification_id text NOT NULL REFERENCES catalog.specifications, goods_id text NOT NULL,
  state text NOT NULL DEFAULT 'ON_SALE' CHECK (state IN ('ON_SALE','STOPPED'))
);
CREATE INDEX ON catalog.skus (goods_id);
CREATE TABLE catalog.price_items (
  price_item_id text PRIMARY KEY, sku_code uuid NOT NULL REFERENCES catalog.skus, goods_id text NOT NULL
);
-- what a seller writes before it is submitted; one per product, saved while it is typed (S-30)
CREATE TABLE catalog.drafts (
  goods_id text PRIMARY KEY REFERENCES catalog.products, seller_id text NOT NULL,
  -- two windows do not write over each other
  revision int NOT NULL CHECK (revision > 0),
  content jsonb NOT NULL, interface jsonb NOT NULL,
  -- version that the change began from; 0 = a new product
  base_version int NOT NULL, saved_at timestamptz NOT NULL, saved_by text NOT NULL
);
CREATE TABLE catalog.applications (
  application_id uuid PRIMARY KEY, goods_id text NOT NULL REFERENCES catalog.products, seller_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('NEW','CHANGE','REMOVAL')),
  state text NOT NULL CHECK (state IN ('PENDING','APPROVED','REJECTED','WITHDRAWN')),
  -- as submitted; of a removal the content on sale
  content jsonb NOT NULL, interface jsonb NOT NULL, removal jsonb,
  base_version int NOT NULL, submitted_at timestamptz NOT NULL, submitted_by text NOT NULL, due_at timestamptz NOT NULL,
  decided_at timestamptz, decided_by text, reasons jsonb NOT NULL DEFAULT '[]', comment text NOT NULL DEFAULT '',
  version int
);
-- one open application per product (C40), whoever comes first
CREATE UNIQUE INDEX one_open_application ON catalog.applications (goods_id) WHERE state = 'PENDING';
CREATE INDEX ON catalog.applications (goods_id, submitted_at DESC);
CREATE INDEX ON catalog.applications (seller_id, submitted_at DESC, application_id DESC);
CREATE INDEX ON catalog.applications (submitted_at DESC, application_id DESC);
CREATE INDEX ON catalog.applications (due_at, application_id) WHERE state = 'PENDING';
-- definitions that a seller chooses from; products keep copies (C6, C12)
CREATE TABLE catalog.attributes (
  attribute_id uuid PRIMARY KEY, seller_id text NOT NULL, type text NOT NULL CHECK (type IN ('QUANTITY','ENUMERATION')),
  code text NOT NULL, name jsonb NOT NULL, description text NOT NULL, created_at timestamptz NOT NULL, UNIQUE (seller_id, code)
);
-- groups of APIs that a specification has sold: no other may ever sell them (license-and-other-types.md 9)
CREATE TABLE catalog.used_api_groups (asset_id text PRIMARY KEY, specification_id text NOT NULL);
`,
};
