/** Seals over the entries, and the months that were closed. An entry is booked when it is sealed: that gives it its month. */
import { type Executor, sql } from '../platform/database/database.ts';
import type { Migration } from '../platform/database/migrations.ts';

const CHAIN_BEGINS = `INSERT INTO ledger.sealing (server, sealed_below, head_number, head_hash) VALUES ('', '0', 0, repeat('0', 64))`;

/** For who has emptied the whole ledger (a sandbox, a test): its chain begins anew. */
export async function beginChain(tx: Executor): Promise<void> {
  await sql.raw(CHAIN_BEGINS).execute(tx);
}

/**
 * `written_by` is the transaction that wrote the entry: a transaction that has not ended when a batch is sealed is not older
 * than the oldest one still running, so that a later look from there on finds whatever it writes (a sequence has gaps that
 * look the same whether they stay or are filled a minute later).
 */
export const sealedSchema: Migration = {
  id: '0012-ledger-seals',
  sql: `
ALTER TABLE ledger.entries ADD COLUMN written_by xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX ON ledger.entries (written_by);
CREATE TABLE ledger.seals (
  seal_number bigint PRIMARY KEY, sealed_at timestamptz NOT NULL, entries int NOT NULL, previous text NOT NULL, hash text NOT NULL
);
CREATE TABLE ledger.sealed_entries (
  entry_id uuid PRIMARY KEY, seal_number bigint NOT NULL, booked_at timestamptz NOT NULL, digest text NOT NULL
);
CREATE INDEX ON ledger.sealed_entries (seal_number);
CREATE INDEX ON ledger.sealed_entries (booked_at);
CREATE TABLE ledger.sealing (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), server text NOT NULL, sealed_below xid8 NOT NULL,
  head_number bigint NOT NULL, head_hash text NOT NULL
);
${CHAIN_BEGINS};
CREATE TABLE ledger.closings (
  month text PRIMARY KEY CHECK (month ~ '^[0-9]{6}$'), ends_at timestamptz NOT NULL, seal_number bigint NOT NULL,
  closed_at timestamptz NOT NULL, closed_by text NOT NULL
);
CREATE TABLE ledger.month_balances (
  month text NOT NULL REFERENCES ledger.closings, account text NOT NULL, currency text NOT NULL,
  debit numeric NOT NULL, credit numeric NOT NULL, PRIMARY KEY (month, account, currency)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.seals FOR EACH STATEMENT EXECUTE FUNCTION ledger.is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.sealed_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger.is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.closings FOR EACH STATEMENT EXECUTE FUNCTION ledger.is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.month_balances FOR EACH STATEMENT EXECUTE FUNCTION ledger.is_append_only();
`,
};
