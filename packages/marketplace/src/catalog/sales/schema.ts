import type { Migration } from '../../platform/database/migrations.ts';

export const salesSchema: Migration = {
  id: '0021-sales',
  sql: `
-- how a product ('' as specification) or one of its specifications is sold; no row = to everybody, without limits
CREATE TABLE catalog.sale_rules (
  goods_id text NOT NULL REFERENCES catalog.products, specification_id text NOT NULL DEFAULT '', rule jsonb NOT NULL,
  PRIMARY KEY (goods_id, specification_id)
);
-- buyers by name: for whom it is sold (C44), who may try it (S-83), who may pay by credit (S2-9)
CREATE TABLE catalog.sale_buyers (
  goods_id text NOT NULL REFERENCES catalog.products, specification_id text NOT NULL DEFAULT '',
  list text NOT NULL CHECK (list IN ('TARGET', 'TRIAL', 'CREDIT')), buyer_id text NOT NULL, account_name text NOT NULL,
  PRIMARY KEY (goods_id, specification_id, list, buyer_id)
);
-- no row = the default total, nothing of it taken (C50); what is reserved can always be paid for (L38)
CREATE TABLE catalog.stock (
  sku_code uuid PRIMARY KEY REFERENCES catalog.skus, goods_id text NOT NULL,
  total int NOT NULL, reserved int NOT NULL DEFAULT 0 CHECK (reserved >= 0), consumed int NOT NULL DEFAULT 0 CHECK (consumed >= 0),
  CHECK (total >= reserved + consumed)
);
CREATE INDEX ON catalog.stock (goods_id);
ALTER TABLE catalog.stock SET (fillfactor = 70);
CREATE TABLE catalog.stock_changes (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sku_code uuid NOT NULL, change int NOT NULL, note text NOT NULL,
  changed_by text NOT NULL, changed_at timestamptz NOT NULL
);
CREATE INDEX ON catalog.stock_changes (sku_code, seq DESC);
`,
};
