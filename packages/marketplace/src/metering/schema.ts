import type { Migration } from '../platform/database/migrations.ts';

/** a table whose rows wait for `next_at` */
export const METERS = 'metering.meters';

export const meteringSchema: Migration = {
  id: '0052-metering',
  sql: `
CREATE SCHEMA metering;
-- One row per pay-per-use service that usage was pushed for; made with its first record.
CREATE TABLE metering.meters (
  resource_id text PRIMARY KEY, instance_id text NOT NULL, seller_id text NOT NULL, buyer_id text NOT NULL, placed_by text NOT NULL,
  order_id text NOT NULL, goods_id text NOT NULL, site text NOT NULL, product_name jsonb NOT NULL, specification_name jsonb NOT NULL,
  opened_at timestamptz NOT NULL, cycle text NOT NULL CHECK (cycle IN ('hour','day')),
  accumulation text NOT NULL CHECK (accumulation IN ('record','day','month')), price jsonb, trace_id text NOT NULL,
  -- of all its charges, reversed ones taken off: what rounding left over goes into the next
  exact_total numeric NOT NULL DEFAULT 0, charged_total numeric NOT NULL DEFAULT 0,
  -- since when a charge of it is not paid (S7-15)
  owed_since timestamptz, next_at timestamptz,
  -- Until when it was billed: records that were due until then are in a charge. Nobody sets a record's bill_at without its meter's lock, nor to a time before.
  billed_to timestamptz,
  -- no record that waits began before; null = none waits
  waiting_from timestamptz,
  -- no record that waits is billed after; null = none waits
  waiting_to timestamptz,
  UNIQUE (seller_id, instance_id)
);
CREATE INDEX meters_due ON metering.meters (next_at, resource_id) WHERE next_at IS NOT NULL;
CREATE INDEX ON metering.meters (buyer_id, resource_id);
-- What instances told: when a service was closed, and when it was frozen. It may have no meter yet.
CREATE TABLE metering.closings (resource_id text PRIMARY KEY, closed_at timestamptz NOT NULL);
CREATE TABLE metering.freezes (resource_id text NOT NULL, from_at timestamptz NOT NULL, to_at timestamptz, PRIMARY KEY (resource_id, from_at));
-- The nonces of signed pushes, as long as their window may be open.
CREATE TABLE metering.nonces (seller_id text NOT NULL, nonce text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (seller_id, nonce));
CREATE INDEX ON metering.nonces (at);
-- Calls that told of usage, for what its records need not say each.
CREATE SEQUENCE metering.push_ids;
CREATE TABLE metering.pushes (
  push_id bigint PRIMARY KEY, seller_id text NOT NULL, request_id text NOT NULL, received_at timestamptz NOT NULL
);
-- Usage, by the month in which it began. Same instance, begin and end = the same usage (rule 5 of openapi.md 5.2): the key says so.
-- Written once: what it is charged with stands in its charge, so rating changes no row here. TAKEN = it waits, or it is rated.
-- record_id = push_id * 1024 + its place in the call. Sellers' ids are found by sn_key (serial-keys.ts), the row tells.
CREATE TABLE metering.records (
  record_id bigint NOT NULL, begin_at timestamptz NOT NULL, end_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL, bill_at timestamptz NOT NULL, sn_key bigint,
  late boolean NOT NULL, resource_id text NOT NULL, value numeric NOT NULL CHECK (value > 0),
  state text NOT NULL DEFAULT 'TAKEN' CHECK (state IN ('TAKEN','UNRATED','VOID')), metering_sn text, package_instance_id text, reason text,
  PRIMARY KEY (resource_id, begin_at, end_at)
) PARTITION BY RANGE (begin_at);
CREATE INDEX records_sn ON metering.records (sn_key) WHERE sn_key IS NOT NULL;
CREATE INDEX ON metering.records (resource_id) WHERE late OR state IN ('UNRATED', 'VOID');
-- What was not taken, for its seller.
CREATE TABLE metering.rejections (
  rejection_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, seller_id text NOT NULL, received_at timestamptz NOT NULL, request_id text NOT NULL,
  instance_id text NOT NULL, metering_sn text NOT NULL, code text NOT NULL, record text NOT NULL
);
CREATE INDEX ON metering.rejections (seller_id, rejection_id DESC);
CREATE INDEX ON metering.rejections (received_at);
-- Usage by the hour in which it began, kept while records come in; for charts and forecasts.
CREATE TABLE metering.hours (
  resource_id text NOT NULL, hour timestamptz NOT NULL, usage numeric NOT NULL, records int NOT NULL, PRIMARY KEY (resource_id, hour)
) WITH (fillfactor = 70);
CREATE TABLE metering.charges (
  charge_id uuid PRIMARY KEY, resource_id text NOT NULL, seller_id text NOT NULL, buyer_id text NOT NULL, placed_by text NOT NULL, goods_id text NOT NULL, order_id text NOT NULL,
  billed_at timestamptz NOT NULL, from_at timestamptz NOT NULL, to_at timestamptz NOT NULL, records int NOT NULL,
  used numeric NOT NULL, drawn numeric NOT NULL, charged numeric NOT NULL, refused numeric NOT NULL, exact numeric NOT NULL,
  amount numeric NOT NULL, currency text NOT NULL, derivation jsonb NOT NULL,
  -- what it added to packages and cycles, so that it can be taken back
  effects jsonb NOT NULL,
  -- one price for each unit of each record, all of which is charged: then the record's value and this say all of it, and the arrays are empty
  unit_price numeric,
  -- of each of its records: what of it was drawn, charged, refused, and what that came to before rounding
  record_ids bigint[] NOT NULL DEFAULT '{}', drawn_of numeric[] NOT NULL DEFAULT '{}', charged_of numeric[] NOT NULL DEFAULT '{}',
  refused_of numeric[] NOT NULL DEFAULT '{}', amount_of numeric[] NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('PAID','OWED','NOTHING','REVERSED')), paid_at timestamptz,
  on_credit boolean NOT NULL DEFAULT false,
  reversed_at timestamptz, reversal_reason text, trace_id text NOT NULL,
  CHECK (used = drawn + charged + refused)
);
-- as they are: to squeeze them costs more than all the rest of rating
ALTER TABLE metering.charges ALTER record_ids SET STORAGE EXTERNAL;
CREATE INDEX ON metering.charges (resource_id, billed_at DESC, charge_id DESC);
CREATE INDEX ON metering.charges (buyer_id, billed_at DESC, charge_id DESC);
CREATE INDEX ON metering.charges (seller_id, billed_at DESC, charge_id DESC);
CREATE INDEX charges_owed ON metering.charges (resource_id, billed_at) WHERE state = 'OWED';
CREATE TABLE metering.cycles (resource_id text NOT NULL, start_at timestamptz NOT NULL, usage numeric NOT NULL, PRIMARY KEY (resource_id, start_at));
CREATE TABLE metering.draws (
  package_id text NOT NULL, window_at timestamptz NOT NULL, drawn numeric NOT NULL CHECK (drawn >= 0), PRIMARY KEY (package_id, window_at)
);
`,
};
