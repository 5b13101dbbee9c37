import type { Migration } from '../platform/database/migrations.ts';
import { TASK_COLUMNS, taskIndexes } from '../platform/tasks/task-table.ts';

export const CALLS = 'fulfilment.seller_calls';

export const fulfilmentSchema: Migration = {
  id: '0040-fulfilment',
  sql: `
CREATE SCHEMA fulfilment;
-- The row that drives the repeats is the row that the seller sees (design.md 4.2). lane = order line, pool = seller.
CREATE TABLE fulfilment.seller_calls (${TASK_COLUMNS},
  protocol text NOT NULL, activity text NOT NULL,
  -- with order line and activity the identity of the call: 'create' or 'view:…' (design.md 4.3)
  occasion text NOT NULL,
  seller_id text NOT NULL, buyer_id text NOT NULL, order_id text NOT NULL, order_line_id text NOT NULL, goods_id text NOT NULL,
  product_name jsonb NOT NULL, instance_id text,
  anchor timestamptz NOT NULL, slot int NOT NULL DEFAULT 0,
  restarted_by text,
  last_at timestamptz, last_http_status int, last_result_code text, last_result_msg text, last_duration_ms int,
  last_diagnosis_code text, last_diagnosis_summary jsonb,
  UNIQUE (order_line_id, activity, occasion)
);${taskIndexes(CALLS)}
CREATE INDEX ON fulfilment.seller_calls (seller_id, created_at DESC, id DESC);
CREATE INDEX ON fulfilment.seller_calls (created_at DESC, id DESC);
CREATE INDEX ON fulfilment.seller_calls (order_id);
CREATE INDEX ON fulfilment.seller_calls (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX ON fulfilment.seller_calls (lane) WHERE state = 'STOPPED';
CREATE INDEX ON fulfilment.seller_calls (instance_id);
-- one instanceId, one order line, also when two workers hear of it in the same instant
CREATE UNIQUE INDEX ON fulfilment.seller_calls (seller_id, instance_id) WHERE activity = 'newInstance' AND state = 'SUCCEEDED';
CREATE TABLE fulfilment.attempts (
  call_id uuid NOT NULL REFERENCES fulfilment.seller_calls, attempt int NOT NULL, actor text NOT NULL, trace_id text NOT NULL,
  started_at timestamptz NOT NULL, duration_ms int NOT NULL, outcome text NOT NULL CHECK (outcome IN ('ok','accepted','pending','failed')),
  http_status int, result_code text, result_msg text,
  -- secrets are masked before they get here
  request jsonb NOT NULL, response jsonb, diagnosis jsonb NOT NULL,
  PRIMARY KEY (call_id, attempt)
);
CREATE INDEX ON fulfilment.attempts (started_at);
CREATE INDEX ON fulfilment.attempts (trace_id);
-- what the seller delivered: front-end address, user name, initial password …, sealed
CREATE TABLE fulfilment.access_data (
  order_line_id text PRIMARY KEY, buyer_id text NOT NULL, instance_id text NOT NULL, sealed text NOT NULL, fetched_at timestamptz NOT NULL
);
`,
};

export const fulfilmentSealed = [
  { table: 'fulfilment.access_data', id: 'order_line_id', column: 'sealed', purpose: 'fulfilment.access-data' },
] as const;
