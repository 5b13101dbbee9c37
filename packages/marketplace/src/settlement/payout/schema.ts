import type { Migration } from '../../platform/database/migrations.ts';

export const payoutSchema: Migration = {
  id: '0071-payout',
  sql: `
CREATE INDEX ON settlement.bills (site, requisition_id) WHERE state = 'REQUISITION_REVIEW';
-- who gave an adjustment: approves no payment that holds it (O-7)
CREATE TABLE settlement.adjustments (line_id text PRIMARY KEY, made_by text NOT NULL);
-- from where is paid stands in the run, whom in its payments, as it was when the run was made
CREATE TABLE settlement.payout_runs (
  run_id text PRIMARY KEY, site text NOT NULL, currency text NOT NULL, execution_day text NOT NULL, state text NOT NULL,
  total numeric NOT NULL, payments int NOT NULL,
  holder text NOT NULL, bank_name text NOT NULL, bank_code text NOT NULL, tail text NOT NULL, sealed text NOT NULL,
  made_by text NOT NULL, made_by_name text NOT NULL, made_at timestamptz NOT NULL,
  decided_by text, decided_by_name text, decided_at timestamptz, reason text
);
CREATE INDEX ON settlement.payout_runs (made_at DESC, run_id DESC);
CREATE TABLE settlement.payments (
  -- the end-to-end id: the requisition, numbered when it is paid again
  payment_id text PRIMARY KEY, run_id text NOT NULL REFERENCES settlement.payout_runs, requisition_id text NOT NULL,
  payee_kind text NOT NULL CHECK (payee_kind IN ('SELLER', 'DISTRIBUTOR')), payee_id text NOT NULL,
  amount numeric NOT NULL CHECK (amount > 0), currency text NOT NULL, state text NOT NULL,
  holder text NOT NULL, bank_name text NOT NULL, bank_code text NOT NULL, tail text NOT NULL, sealed text NOT NULL,
  paid_on text, bank_reference text, reason text, changed_at timestamptz NOT NULL
);
CREATE INDEX ON settlement.payments (run_id);
CREATE INDEX ON settlement.payments (requisition_id);
-- nothing is paid twice, whoever asks
CREATE UNIQUE INDEX ON settlement.payments (requisition_id) WHERE state IN ('PROPOSED', 'APPROVED', 'PAID');
CREATE INDEX ON settlement.payments (amount) WHERE state = 'APPROVED';
-- what a bank was told, kept as it was; the content is sealed, for it holds account numbers
CREATE TABLE settlement.payout_files (
  file_id uuid PRIMARY KEY, run_id text NOT NULL REFERENCES settlement.payout_runs, form text NOT NULL, name text NOT NULL,
  bytes int NOT NULL, sha256 text NOT NULL, sealed text NOT NULL, made_by_name text NOT NULL, made_at timestamptz NOT NULL,
  UNIQUE (run_id, form)
);
CREATE TABLE settlement.statements (
  statement_id uuid PRIMARY KEY, site text NOT NULL, name text NOT NULL, format text NOT NULL, sha256 text NOT NULL,
  tail text, entries int NOT NULL, known int NOT NULL, not_booked int NOT NULL,
  imported_by_name text NOT NULL, imported_at timestamptz NOT NULL, UNIQUE (site, sha256)
);
CREATE INDEX ON settlement.statements (imported_at DESC);
CREATE TABLE settlement.statement_entries (
  -- names what the bank booked, whichever statement tells it
  entry_id text PRIMARY KEY, statement_id uuid NOT NULL REFERENCES settlement.statements, place text NOT NULL,
  direction text NOT NULL, booked_on text NOT NULL, amount numeric NOT NULL, currency text NOT NULL,
  end_to_end_id text, bank_reference text, name text, tail text, sealed text, remark text, reversal boolean NOT NULL, reason text,
  state text NOT NULL CHECK (state IN ('OPEN', 'MATCHED', 'SET_ASIDE')),
  payment_id text REFERENCES settlement.payments, decided_by_name text, decided_at timestamptz, note text,
  CHECK ((state = 'MATCHED') = (payment_id IS NOT NULL))
);
CREATE INDEX ON settlement.statement_entries (statement_id);
CREATE INDEX ON settlement.statement_entries (payment_id);
CREATE INDEX ON settlement.statement_entries (booked_on, entry_id) WHERE state = 'OPEN';
`,
};

const sealed = (table: string, id: string, purpose: string) => ({ table, id, column: 'sealed', purpose });
export const PAYEE_ACCOUNT = 'settlement.payee-account';
export const PAYER_ACCOUNT = 'settlement.payer-account';
export const FILE_CONTENT = 'settlement.payout-file';
export const ENTRY_ACCOUNT = 'settlement.entry-account';
export const payoutSealed = [
  sealed('settlement.payout_runs', 'run_id', PAYER_ACCOUNT),
  sealed('settlement.payments', 'payment_id', PAYEE_ACCOUNT),
  sealed('settlement.payout_files', 'file_id', FILE_CONTENT),
  sealed('settlement.statement_entries', 'entry_id', ENTRY_ACCOUNT),
];
