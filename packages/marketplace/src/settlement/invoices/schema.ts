import type { Migration } from '../../platform/database/migrations.ts';

export const invoicesSchema: Migration = {
  id: '0074-invoices',
  sql: `
-- Invoices of sellers to the marketplace (settlement.md 5.4): several for one requisition, none for two (S5-26).
CREATE TABLE settlement.seller_invoices (
  invoice_id uuid PRIMARY KEY, requisition_id text NOT NULL, seller_id text NOT NULL,
  number text NOT NULL, code text, issued_on text NOT NULL, rate numeric NOT NULL, net numeric NOT NULL, tax numeric NOT NULL, gross numeric NOT NULL,
  remark text NOT NULL, details jsonb NOT NULL, file jsonb NOT NULL,
  state text NOT NULL DEFAULT 'SUBMITTED' CHECK (state IN ('SUBMITTED', 'VERIFIED', 'REJECTED')), reason text,
  submitted_at timestamptz NOT NULL, submitted_by text NOT NULL, decided_at timestamptz, decided_by text
);
CREATE INDEX ON settlement.seller_invoices (requisition_id);
-- a number counts once, unless the invoice was rejected
CREATE UNIQUE INDEX seller_invoices_number ON settlement.seller_invoices (seller_id, coalesce(code, ''), number) WHERE state <> 'REJECTED';
-- Invoices of the marketplace to sellers for its fee (5.5).
CREATE TABLE settlement.fee_invoices (
  fee_invoice_id uuid PRIMARY KEY, seller_id text NOT NULL, requisition_ids text[] NOT NULL, periods text[] NOT NULL,
  kind text NOT NULL, title jsonb NOT NULL, email text NOT NULL, currency text NOT NULL, rate numeric NOT NULL, net numeric NOT NULL, tax numeric NOT NULL, gross numeric NOT NULL CHECK (gross > 0),
  state text NOT NULL DEFAULT 'REQUESTED' CHECK (state IN ('REQUESTED', 'ISSUED', 'REFUSED')), number text, issued_on text, file jsonb, reason text,
  requested_at timestamptz NOT NULL, requested_by text NOT NULL, decided_at timestamptz, decided_by text
);
CREATE INDEX ON settlement.fee_invoices (seller_id, requested_at DESC, fee_invoice_id DESC);
CREATE INDEX ON settlement.fee_invoices (requested_at DESC, fee_invoice_id DESC);
-- the fee of a requisition is invoiced once
CREATE TABLE settlement.fee_invoiced (requisition_id text PRIMARY KEY, fee_invoice_id uuid NOT NULL REFERENCES settlement.fee_invoices);
-- Whom invoices are made out to: of buyers any number, of a seller one (S5-29).
CREATE TABLE settlement.invoice_titles (
  title_id uuid PRIMARY KEY, owner text NOT NULL, title jsonb NOT NULL, receiver jsonb NOT NULL, changed_at timestamptz NOT NULL, removed boolean NOT NULL DEFAULT false
);
CREATE INDEX ON settlement.invoice_titles (owner, changed_at DESC);
-- which of the six kinds a seller offers (S5-17)
CREATE TABLE settlement.invoice_kinds (seller_id text PRIMARY KEY, kinds text[] NOT NULL);
-- Invoices to buyers (5.3, consoles-and-processes.md 7.7): one tax rate each (S5-18); those of one request belong together.
CREATE TABLE settlement.buyer_invoices (
  invoice_id uuid PRIMARY KEY, request_id uuid NOT NULL, issuer text NOT NULL CHECK (issuer IN ('SELLER', 'PLATFORM')), seller_id text,
  buyer_id text NOT NULL, kind text NOT NULL, title jsonb NOT NULL, receiver jsonb NOT NULL, note text NOT NULL,
  currency text NOT NULL, rate numeric NOT NULL, net numeric NOT NULL, tax numeric NOT NULL, gross numeric NOT NULL CHECK (gross > 0), lines jsonb NOT NULL, order_ids text[] NOT NULL,
  state text NOT NULL, cancel_refused boolean NOT NULL DEFAULT false, return_refused boolean NOT NULL DEFAULT false, reason text,
  issued jsonb, courier jsonb, returned jsonb, letter jsonb,
  requested_at timestamptz NOT NULL, requested_by text NOT NULL, due_at timestamptz NOT NULL, sent_at timestamptz, trace_id text NOT NULL,
  CHECK ((issuer = 'SELLER') = (seller_id IS NOT NULL))
);
CREATE INDEX ON settlement.buyer_invoices (buyer_id, requested_at DESC, invoice_id DESC);
CREATE INDEX ON settlement.buyer_invoices (seller_id, requested_at DESC, invoice_id DESC);
CREATE INDEX ON settlement.buyer_invoices (requested_at DESC, invoice_id DESC);
CREATE TABLE settlement.buyer_invoice_moves (
  invoice_id uuid REFERENCES settlement.buyer_invoices, place bigint GENERATED ALWAYS AS IDENTITY, state text NOT NULL, at timestamptz NOT NULL, by_whom text NOT NULL, note text,
  PRIMARY KEY (invoice_id, place)
);
-- what a buyer paid and got back, newest first
CREATE INDEX lines_of_buyer ON settlement.lines (buyer_id, placed_at DESC, line_id DESC);
`,
};
