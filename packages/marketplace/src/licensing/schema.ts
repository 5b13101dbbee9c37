import type { Migration } from '../platform/database/migrations.ts';

export const licensingSchema: Migration = {
  id: '0035-licensing',
  sql: `
CREATE SCHEMA licensing;
-- One code per License resource (Q5), and the test codes of sellers, which belong to no resource. The code itself is sealed;
-- it is found by its hash, which needs no salt: nobody guesses 150 random bits.
CREATE TABLE licensing.codes (
  code_id uuid PRIMARY KEY, code_hash text NOT NULL UNIQUE, sealed text NOT NULL,
  state text NOT NULL CHECK (state IN ('CREATED','RECEIVED','ALIVE','EXPIRED','RELEASED')),
  test boolean NOT NULL,
  resource_id text UNIQUE, order_id text NOT NULL, buyer_id text, placed_by text,
  seller_id text NOT NULL, goods_id text NOT NULL, product_name jsonb NOT NULL, site text NOT NULL,
  product_id text NOT NULL, amount int CHECK (amount >= 1),
  period_type text CHECK (period_type IN ('month','year')), period_number int,
  ordered_at timestamptz NOT NULL, created_at timestamptz NOT NULL,
  received_at timestamptz, activated_at timestamptz, expire_at timestamptz,
  freeze_reason text CHECK (freeze_reason IN ('EXPIRED','VIOLATION','ARREARS')),
  -- when the seller's software asked last; kept to the hour
  queried_at timestamptz,
  CHECK (test = (resource_id IS NULL)), CHECK (test = (buyer_id IS NULL))
);
CREATE INDEX ON licensing.codes (seller_id, created_at DESC, code_id DESC);
-- A6: who used a code on a day, and how many there were where the software counts itself
CREATE TABLE licensing.clients (code_id uuid NOT NULL, day timestamptz NOT NULL, client_id text NOT NULL, PRIMARY KEY (code_id, day, client_id));
CREATE TABLE licensing.active_counts (code_id uuid NOT NULL, day timestamptz NOT NULL, active int NOT NULL, PRIMARY KEY (code_id, day));
-- Licences applied for inside the quota (5). Text or file, sealed (L8).
CREATE TABLE licensing.applications (
  event_id text PRIMARY KEY, resource_id text NOT NULL, order_id text NOT NULL, buyer_id text NOT NULL, placed_by text NOT NULL,
  seller_id text NOT NULL, goods_id text NOT NULL, state text NOT NULL CHECK (state IN ('REQUESTED','GRANTED','REFUSED','CLOSED')),
  effective_at timestamptz NOT NULL, expire_at timestamptz, device_fingerprint text,
  requested_by text NOT NULL, created_at timestamptz NOT NULL, ended_at timestamptz, refusal_code text,
  kind text CHECK (kind IN ('CHARACTERS','FILE')), file_name text, size int, sha256 text, sealed text,
  CHECK ((state = 'GRANTED') = (sealed IS NOT NULL))
);
CREATE INDEX ON licensing.applications (resource_id, created_at DESC);
CREATE INDEX ON licensing.applications (seller_id, created_at DESC);
`,
};

export const CODE_PURPOSE = 'licensing.code';
export const LICENCE_FILE_PURPOSE = 'licensing.licence';
export const licensingSealed = [
  { table: 'licensing.codes', id: 'code_id', column: 'sealed', purpose: CODE_PURPOSE },
  { table: 'licensing.applications', id: 'event_id', column: 'sealed', purpose: LICENCE_FILE_PURPOSE },
] as const;
