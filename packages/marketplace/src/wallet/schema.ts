import type { Migration } from '../platform/database/migrations.ts';

export const walletSchema: Migration = {
  id: '0013-wallet',
  sql: `
CREATE SCHEMA wallet;
-- cash coupons and stored-value cards; what is left of one is the balance of its account in the ledger
CREATE TABLE wallet.purses (
  purse_id text PRIMARY KEY, buyer_id text NOT NULL, kind text NOT NULL, currency text NOT NULL,
  face numeric NOT NULL CHECK (face > 0), left_over numeric NOT NULL CHECK (left_over >= 0 AND left_over <= face),
  valid_from timestamptz NOT NULL, valid_to timestamptz, state text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'WITHDRAWN', 'EXPIRED')),
  reason text NOT NULL, granted_by text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX ON wallet.purses (buyer_id, created_at DESC, purse_id DESC);
CREATE TABLE wallet.credit_lines (
  buyer_id text, currency text, credit_limit numeric NOT NULL CHECK (credit_limit >= 0), term_days int NOT NULL CHECK (term_days BETWEEN 1 AND 90),
  state text NOT NULL CHECK (state IN ('ACTIVE', 'WITHDRAWN')), reason text NOT NULL, granted_by text NOT NULL, changed_at timestamptz NOT NULL,
  PRIMARY KEY (buyer_id, currency)
);
-- one a buyer and month in which something was bought on credit (S2-3): what is owed of it by the limit, and by credit coupons
CREATE TABLE wallet.statements (
  buyer_id text, currency text, month text, state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ISSUED', 'REPAID')),
  charged numeric NOT NULL DEFAULT 0, limit_owed numeric NOT NULL DEFAULT 0 CHECK (limit_owed >= 0), coupon_owed numeric NOT NULL DEFAULT 0 CHECK (coupon_owed >= 0),
  issued_at timestamptz, due_at timestamptz, repaid_at timestamptz, PRIMARY KEY (buyer_id, currency, month),
  CHECK (state <> 'REPAID' OR limit_owed + coupon_owed = 0)
);
CREATE INDEX ON wallet.statements (due_at) WHERE state = 'ISSUED';
CREATE TABLE wallet.statement_entries (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, buyer_id text NOT NULL, currency text NOT NULL, month text NOT NULL, at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('CHARGE', 'REFUND', 'REPAYMENT')), instrument text,
  -- ORDER: an order's id; USAGE: what metering charged
  subject text NOT NULL, reference text NOT NULL, amount numeric NOT NULL CHECK (amount > 0)
);
CREATE INDEX ON wallet.statement_entries (buyer_id, currency, month, seq);
CREATE INDEX ON wallet.statement_entries (reference) WHERE kind = 'CHARGE';
CREATE TABLE wallet.online_payments (
  payment_id text PRIMARY KEY, buyer_id text NOT NULL, currency text NOT NULL, amount numeric NOT NULL CHECK (amount > 0),
  -- of an order: what else it is to be paid with
  order_id text, purse_ids text[] NOT NULL, state text NOT NULL DEFAULT 'STARTED' CHECK (state IN ('STARTED', 'PAID', 'FAILED')),
  gateway_reference text, outcome text, trace_id text NOT NULL, created_at timestamptz NOT NULL, finished_at timestamptz
);
CREATE INDEX ON wallet.online_payments (buyer_id, created_at DESC, payment_id DESC);
`,
};
