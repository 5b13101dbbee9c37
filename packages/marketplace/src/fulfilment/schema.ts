import type { Migration } from '../platform/database/migrations.ts';
import { TASK_COLUMNS, taskIndexes } from '../platform/tasks/task-table.ts';

export const CALLS = 'fulfilment.seller_calls';
/** How many calls may run at once in a pool whose breaker is open. */
export const BREAKERS = 'fulfilment.breakers';

export const fulfilmentSchema: Migration = {
  id: '0040-fulfilment',
  sql: `
CREATE SCHEMA fulfilment;
-- The row that drives the repeats is the row that the seller sees (design.md 4.2). lane = resource, pool = seller and its address.
CREATE TABLE fulfilment.seller_calls (${TASK_COLUMNS},
  protocol text NOT NULL, activity text NOT NULL,
  -- with resource and activity the identity of the call: 'create', 'line:…', 'status:…', 'release', 'view:…' … (design.md 4.3)
  occasion text NOT NULL,
  -- the order line that created what is called about
  resource_id text NOT NULL,
  -- order and line that caused this call; '' where none did (a comparison)
  seller_id text NOT NULL, buyer_id text NOT NULL, order_id text NOT NULL, order_line_id text NOT NULL, goods_id text NOT NULL,
  product_name jsonb NOT NULL, instance_id text,
  -- what the request says beyond these ids; the facts of a purchase are read from its order
  details jsonb,
  anchor timestamptz NOT NULL, slot int NOT NULL DEFAULT 0,
  restarted_by text,
  -- stopped or closed by a person, and why
  ended_by text, end_reason text,
  last_at timestamptz, last_http_status int, last_result_code text, last_result_msg text, last_duration_ms int,
  last_diagnosis_code text, last_diagnosis_summary jsonb,
  UNIQUE (resource_id, activity, occasion)
);${taskIndexes(CALLS)}
CREATE INDEX ON fulfilment.seller_calls (seller_id, created_at DESC, id DESC);
CREATE INDEX ON fulfilment.seller_calls (created_at DESC, id DESC);
CREATE INDEX ON fulfilment.seller_calls (order_id);
-- one instanceId, one resource, also when two workers hear of it in the same instant
CREATE UNIQUE INDEX ON fulfilment.seller_calls (instance_id, seller_id) WHERE activity IN ('newInstance', 'getLicense') AND occasion = 'create' AND state = 'SUCCEEDED';
CREATE TABLE fulfilment.attempts (
  -- no foreign key: written in one statement with the outcome of its call, and forgotten with it
  call_id uuid NOT NULL, attempt int NOT NULL, actor text NOT NULL, trace_id text NOT NULL,
  started_at timestamptz NOT NULL, duration_ms int NOT NULL, outcome text NOT NULL CHECK (outcome IN ('ok','accepted','pending','failed')),
  http_status int, result_code text, result_msg text,
  -- secrets are masked before they get here
  request jsonb NOT NULL, response jsonb, diagnosis jsonb NOT NULL,
  PRIMARY KEY (call_id, attempt)
);
CREATE INDEX ON fulfilment.attempts (started_at);
CREATE INDEX ON fulfilment.attempts (trace_id);
-- what the seller delivered: front-end address, user name, initial password …, sealed; order_line_id = the resource
CREATE TABLE fulfilment.access_data (
  order_line_id text PRIMARY KEY, buyer_id text NOT NULL, seller_id text NOT NULL, instance_id text NOT NULL, sealed text NOT NULL, fetched_at timestamptz NOT NULL
);
CREATE INDEX ON fulfilment.access_data (instance_id);
-- failures in a row at one address; a healthy address has no row, or a row that nobody writes
CREATE TABLE fulfilment.breakers (
  pool text PRIMARY KEY, failures int NOT NULL, answered_at timestamptz,
  slots int GENERATED ALWAYS AS (CASE WHEN failures >= 10 THEN 1 END) STORED
);
-- who wants to hear of orders, of which products, where (saas-v2.md 5.8, S-25)
CREATE TABLE fulfilment.order_notices (
  seller_id text NOT NULL, kind text NOT NULL CHECK (kind IN ('DELIVERY_TYPE', 'PRODUCT')), value text NOT NULL,
  address text NOT NULL, key_id text NOT NULL, created_at timestamptz NOT NULL,
  PRIMARY KEY (seller_id, kind, value)
);
`,
};

export const fulfilmentSealed = [
  { table: 'fulfilment.access_data', id: 'order_line_id', column: 'sealed', purpose: 'fulfilment.access-data' },
] as const;
