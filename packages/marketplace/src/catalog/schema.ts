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
  search_text text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX ON catalog.products (seller_id);
CREATE INDEX ON catalog.products (created_at DESC, goods_id DESC) WHERE state = 'ON_SALE' AND visibility = 'PUBLIC';
CREATE TABLE catalog.product_versions (
  goods_id text NOT NULL REFERENCES catalog.products, version int NOT NULL, content jsonb NOT NULL, approved_at timestamptz NOT NULL,
  PRIMARY KEY (goods_id, version)
);
CREATE FUNCTION catalog.versions_are_immutable() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'a product version is immutable (C41)'; END $$;
CREATE TRIGGER immutable BEFORE UPDATE ON catalog.product_versions FOR EACH ROW EXECUTE FUNCTION catalog.versions_are_immutable();
CREATE TABLE catalog.specifications (
  specification_id text PRIMARY KEY, goods_id text NOT NULL REFERENCES catalog.products,
  state text NOT NULL DEFAULT 'ON_SALE' CHECK (state IN ('ON_SALE','STOPPED'))
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
`,
};
