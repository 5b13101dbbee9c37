import type { Migration } from '../../platform/database/migrations.ts';

export const leavingSchema: Migration = {
  id: '0076-leaving',
  sql: `
-- Sellers that want to leave the marketplace (S4-7).
CREATE TABLE settlement.leavings (
  leaving_id uuid PRIMARY KEY, seller_id text NOT NULL, state text NOT NULL CHECK (state IN ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  reason text NOT NULL, asked_at timestamptz NOT NULL, asked_by text NOT NULL, decided_at timestamptz, decided_by text, comment text,
  CHECK ((state = 'PENDING') = (decided_at IS NULL))
);
CREATE INDEX ON settlement.leavings (seller_id, asked_at DESC);
CREATE INDEX ON settlement.leavings (asked_at DESC, leaving_id DESC);
CREATE UNIQUE INDEX ON settlement.leavings (seller_id) WHERE state = 'PENDING';
-- What a seller declares, with what proves it: the buyers of these orders need no invoice.
CREATE TABLE settlement.no_invoice_statements (
  statement_id uuid PRIMARY KEY, seller_id text NOT NULL, statement text NOT NULL, file jsonb, declared_at timestamptz NOT NULL, declared_by text NOT NULL
);
CREATE INDEX ON settlement.no_invoice_statements (seller_id, declared_at DESC);
CREATE TABLE settlement.no_invoice_orders (
  seller_id text, buyer_id text, order_key text, statement_id uuid NOT NULL REFERENCES settlement.no_invoice_statements, PRIMARY KEY (seller_id, buyer_id, order_key)
);
CREATE INDEX ON settlement.no_invoice_orders (statement_id);
`,
};
