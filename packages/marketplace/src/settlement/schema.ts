import type { Migration } from '../platform/database/migrations.ts';

export const settlementSchema: Migration = {
  id: '0070-settlement',
  sql: `
CREATE SCHEMA settlement;
-- One row per order line, per line of a refund, per adjustment: narrow, because the bill run reads a whole month of them.
CREATE TABLE settlement.lines (
  line_id text PRIMARY KEY,
  -- the original line: a line and its refunds are settled together
  root_id text NOT NULL, order_id text NOT NULL, seller_id text, buyer_id text, goods_id text,
  site text NOT NULL, class text, kind text NOT NULL, placed_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'READY', 'NEVER', 'ERROR')),
  ready_at timestamptz,
  -- the month of ready_at; the first month not closed then, whose bill has it
  period text, bill_period text,
  sales numeric, cash numeric, settlement numeric, platform_fee numeric,
  -- what each percent of an increment share (S3-4) adds to the settlement and takes from the platform fee: of a line that is
  -- paid, counts and is billed in one month, so that the month's sum of a product is all that its share is multiplied with
  increment numeric,
  -- the amounts when the product's month reaches 1 % or 2 % more, where it is not so simple; neither = takes no part
  settlement_1 numeric, settlement_2 numeric, platform_fee_1 numeric, platform_fee_2 numeric,
  -- the month whose increment share counts: of a refund that of its original (S3-25)
  increment_period text,
  distributor_id text, distributor_settlement numeric,
  -- what the buyer really paid for the product, and in which month (S3-6)
  paid_period text, paid_amount numeric,
  CHECK (increment IS NULL OR (settlement_1 IS NULL AND increment_period = bill_period AND paid_period = bill_period)),
  CHECK ((state = 'READY') = (ready_at IS NOT NULL)),
  CHECK ((state = 'READY') = (bill_period IS NOT NULL)),
  -- an adjustment of a distributor's bill is of no sale (S4-3)
  CHECK ((seller_id IS NULL) = (class IS NULL)),
  CHECK (seller_id IS NOT NULL OR (kind = 'ADJUSTMENT' AND distributor_id IS NOT NULL AND distributor_settlement IS NOT NULL))
);
CREATE INDEX ON settlement.lines (root_id) WHERE root_id <> line_id;
CREATE INDEX ON settlement.lines (order_id);
CREATE INDEX ON settlement.lines (seller_id, placed_at DESC, line_id DESC);
CREATE INDEX ON settlement.lines (placed_at DESC, line_id DESC);
CREATE INDEX ON settlement.lines (distributor_id, placed_at DESC, line_id DESC) WHERE distributor_id IS NOT NULL;
CREATE INDEX ON settlement.lines (site, bill_period, seller_id) WHERE state = 'READY';
-- what the buyers of a product paid in a month, and what an increment share adds: read from the index alone
CREATE INDEX ON settlement.lines (site, paid_period, goods_id, seller_id) INCLUDE (paid_amount, increment) WHERE class = 'GENERAL' AND paid_period IS NOT NULL;
CREATE INDEX ON settlement.lines (site, bill_period, goods_id) WHERE settlement_1 IS NOT NULL;
-- what distributors earn of the sellers' bills: from the index alone
CREATE INDEX ON settlement.lines (site, bill_period, distributor_id, seller_id, class) INCLUDE (sales, cash, distributor_settlement) WHERE distributor_settlement IS NOT NULL;
-- What is known of a line, and in which words it waits: looked at one by one.
CREATE TABLE settlement.facts (
  -- no foreign key: written in one transaction with its line, which stays
  line_id text PRIMARY KEY,
  line jsonb NOT NULL, terms jsonb, about jsonb NOT NULL,
  waiting jsonb NOT NULL DEFAULT '[]', error text
);
CREATE TABLE settlement.periods (
  site text, period text, state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'CLOSED')),
  run_day text, closed_at timestamptz, obstacle text, PRIMARY KEY (site, period)
);
-- holidays and make-up days that were given since the program was made, MM-DD each
CREATE TABLE settlement.calendar_years (
  year int PRIMARY KEY, off text NOT NULL, worked text NOT NULL, by_whom text NOT NULL, written_at timestamptz NOT NULL
);
CREATE TABLE settlement.increments (
  site text, period text, goods_id text, paid numeric NOT NULL, rate numeric NOT NULL, tier int NOT NULL, PRIMARY KEY (site, period, goods_id)
);
CREATE TABLE settlement.requisitions (
  requisition_id text PRIMARY KEY, seller_id text, class text, distributor_id text, site text NOT NULL, currency text NOT NULL,
  total numeric NOT NULL, run_day text NOT NULL, created_at timestamptz NOT NULL,
  CHECK ((seller_id IS NULL) = (distributor_id IS NOT NULL)), CHECK ((seller_id IS NULL) = (class IS NULL))
);
-- of a seller by class, or what a distributor earned of all sellers' bills of the period (4.6)
CREATE TABLE settlement.bills (
  bill_id text PRIMARY KEY, seller_id text, class text, distributor_id text, site text NOT NULL, currency text NOT NULL, period text NOT NULL,
  sales numeric NOT NULL, total numeric NOT NULL, platform_fee numeric NOT NULL, cash numeric NOT NULL, lines int NOT NULL,
  state text NOT NULL, held_reason text, held_note text, kept boolean NOT NULL DEFAULT false,
  nominal_run_day text NOT NULL, run_day text NOT NULL, created_at timestamptz NOT NULL,
  released_at timestamptz, requisition_id text REFERENCES settlement.requisitions,
  UNIQUE (site, period, class, seller_id), UNIQUE (site, period, distributor_id),
  CHECK ((seller_id IS NULL) = (distributor_id IS NOT NULL)), CHECK ((seller_id IS NULL) = (class IS NULL)),
  CHECK ((released_at IS NULL) = (requisition_id IS NULL))
);
CREATE INDEX ON settlement.bills (seller_id, created_at DESC, bill_id DESC);
CREATE INDEX ON settlement.bills (created_at DESC, bill_id DESC);
CREATE INDEX ON settlement.bills (distributor_id, created_at DESC, bill_id DESC) WHERE distributor_id IS NOT NULL;
CREATE INDEX ON settlement.bills (requisition_id);
CREATE TABLE settlement.bill_distributors (
  bill_id text REFERENCES settlement.bills, distributor_id text, settlement numeric NOT NULL, lines int NOT NULL, PRIMARY KEY (bill_id, distributor_id)
);
CREATE TABLE settlement.bill_moves (
  bill_id text REFERENCES settlement.bills, place bigint GENERATED ALWAYS AS IDENTITY, state text NOT NULL, at timestamptz NOT NULL, by_whom text NOT NULL, note text,
  PRIMARY KEY (bill_id, place)
);
`,
};
