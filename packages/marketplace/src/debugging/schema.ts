import type { Migration } from '../platform/database/migrations.ts';
import { TASK_COLUMNS, taskIndexes } from '../platform/tasks/task-table.ts';

export const RUNS = 'debugging.runs';

export const debuggingSchema: Migration = {
  id: '0045-debugging',
  sql: `
CREATE SCHEMA debugging;
-- production addresses: scheme and domain, without a path (S-20)
CREATE TABLE debugging.addresses (
  address_id uuid PRIMARY KEY, seller_id text NOT NULL, origin text NOT NULL, token text NOT NULL,
  verified_by text CHECK (verified_by IN ('FILE','DNS','LOCAL')), checked_at timestamptz, fault jsonb,
  created_at timestamptz NOT NULL,
  UNIQUE (seller_id, origin)
);
-- one key an interface class (S-21)
CREATE TABLE debugging.key_bindings (
  address_id uuid NOT NULL REFERENCES debugging.addresses,
  interface_class text NOT NULL CHECK (interface_class IN ('BASE','KIT','LICENSE','GENERAL')),
  key_id text NOT NULL, bound_at timestamptz NOT NULL,
  PRIMARY KEY (address_id, interface_class)
);
-- what passed and is replayed (S-23); parameters as texts, without what is new in every call
CREATE TABLE debugging.cases (
  case_id uuid PRIMARY KEY, goods_id text NOT NULL, seller_id text NOT NULL, activity text NOT NULL,
  parameters jsonb NOT NULL, parameters_hash text NOT NULL, url text NOT NULL, key_id text NOT NULL,
  saved_by text NOT NULL, saved_at timestamptz NOT NULL, deleted_at timestamptz
);
CREATE UNIQUE INDEX ON debugging.cases (goods_id, activity, parameters_hash) WHERE deleted_at IS NULL;
CREATE INDEX ON debugging.cases (seller_id, saved_at DESC, case_id DESC) WHERE deleted_at IS NULL;
CREATE INDEX ON debugging.cases (saved_at DESC, case_id DESC) WHERE deleted_at IS NULL;
-- one replay of all cases of a product; day = the site's calendar
CREATE TABLE debugging.rounds (
  round_id uuid PRIMARY KEY, goods_id text NOT NULL, seller_id text NOT NULL, day text NOT NULL,
  slot text NOT NULL CHECK (slot IN ('MORNING','AFTERNOON','MANUAL')),
  started_at timestamptz NOT NULL, finished_at timestamptz, passed boolean
);
CREATE UNIQUE INDEX ON debugging.rounds (goods_id, day, slot) WHERE slot <> 'MANUAL';
CREATE INDEX ON debugging.rounds (goods_id, started_at DESC);
-- one call that debugs or probes, or one look for a proof of ownership; a task and its record in one row.
-- pool = seller, lane = round, address or the run itself
CREATE TABLE debugging.runs (${TASK_COLUMNS},
  kind text NOT NULL CHECK (kind IN ('DEBUG','PROBE','OWNERSHIP')),
  seller_id text NOT NULL, goods_id text, activity text NOT NULL DEFAULT '', protocol text NOT NULL DEFAULT '',
  url text NOT NULL DEFAULT '', key_id text NOT NULL DEFAULT '', parameters jsonb NOT NULL DEFAULT '{}',
  save boolean NOT NULL DEFAULT false, case_id uuid, round_id uuid REFERENCES debugging.rounds,
  address_id uuid REFERENCES debugging.addresses, actor text NOT NULL,
  passed boolean, record jsonb
);${taskIndexes(RUNS)}
CREATE INDEX ON debugging.runs (round_id);
CREATE INDEX ON debugging.runs (case_id, created_at DESC);
CREATE INDEX ON debugging.runs (address_id) WHERE state IN ('DUE', 'RUNNING');
CREATE INDEX ON debugging.runs (finished_at) WHERE finished_at IS NOT NULL;
-- what supervision knows of a product
CREATE TABLE debugging.products (
  goods_id text PRIMARY KEY, seller_id text NOT NULL,
  -- the next scheduled round; null = none planned
  probe_at timestamptz,
  -- failing days before this do not count any more (released by the operator)
  counted_from timestamptz,
  flagged_month text, flagged_at timestamptz,
  visibility_before text CHECK (visibility_before IN ('PUBLIC','HIDDEN')),
  created_at timestamptz NOT NULL
);
CREATE INDEX ON debugging.products (created_at DESC, goods_id DESC);
CREATE TABLE debugging.sanctions (
  sanction_id uuid PRIMARY KEY, goods_id text NOT NULL, seller_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('FREEZE','UNFREEZE')), actor text NOT NULL, reason text NOT NULL, at timestamptz NOT NULL
);
CREATE INDEX ON debugging.sanctions (goods_id, at DESC);
-- orders that the seller's interface failed, by calendar month of the site (saas-v2.md 1.5)
CREATE TABLE debugging.failed_orders (
  order_id text NOT NULL, goods_id text NOT NULL, seller_id text NOT NULL, month text NOT NULL, at timestamptz NOT NULL,
  PRIMARY KEY (order_id, goods_id)
);
CREATE INDEX ON debugging.failed_orders (goods_id, month);
CREATE INDEX ON debugging.failed_orders (seller_id, month);
`,
};
