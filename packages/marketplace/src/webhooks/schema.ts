import type { Migration } from '../platform/database/migrations.ts';
import type { SealedColumn } from '../platform/key-rotation.ts';
import { TASK_COLUMNS, taskIndexes } from '../platform/tasks/task-table.ts';

export const WEBHOOKS = 'webhooks.deliveries';
/** pools with fewer slots than the others: an endpoint that fails is tried one message at a time */
export const SLOTS = 'webhooks.slots';
export const SECRET_PURPOSE = 'webhooks.secret';

const sealed = (column: string): SealedColumn => ({
  table: 'webhooks.endpoints',
  id: 'endpoint_id',
  column,
  purpose: SECRET_PURPOSE,
});
export const webhooksSealed: SealedColumn[] = [sealed('sealed_secret'), sealed('sealed_secret_before')];

export const webhooksSchema: Migration = {
  id: '0075-webhooks',
  sql: `
CREATE SCHEMA webhooks;
CREATE TABLE webhooks.endpoints (
  endpoint_id text PRIMARY KEY, seller_id text NOT NULL, url text NOT NULL, name text NOT NULL, types text[] NOT NULL,
  state text NOT NULL CHECK (state IN ('ACTIVE', 'PAUSED', 'SWITCHED_OFF')),
  sealed_secret text NOT NULL,
  -- signs beside the new one until its overlap is over
  sealed_secret_before text, secret_before_until timestamptz,
  failing_since timestamptz, last_success_at timestamptz, created_at timestamptz NOT NULL
);
CREATE INDEX ON webhooks.endpoints (seller_id, created_at);
CREATE VIEW ${SLOTS} AS SELECT endpoint_id AS pool, 1 AS slots FROM webhooks.endpoints WHERE failing_since IS NOT NULL;
-- a message is what happened, once for all endpoints of its seller
CREATE TABLE webhooks.messages (
  message_id text PRIMARY KEY, seller_id text NOT NULL, type text NOT NULL, data jsonb NOT NULL, occurred_at timestamptz NOT NULL,
  source text NOT NULL, UNIQUE (seller_id, source, type)
);
CREATE INDEX ON webhooks.messages (occurred_at);
CREATE TABLE ${WEBHOOKS} (${TASK_COLUMNS},
  endpoint_id text NOT NULL REFERENCES webhooks.endpoints ON DELETE CASCADE,
  message_id  text NOT NULL REFERENCES webhooks.messages,
  -- attempts before it was last sent again by hand: the schedule begins anew
  attempts_before int NOT NULL DEFAULT 0,
  last_status int, last_fault text,
  UNIQUE (message_id, endpoint_id)
);${taskIndexes(WEBHOOKS)}
CREATE INDEX ON ${WEBHOOKS} (endpoint_id, created_at DESC, id DESC);
CREATE INDEX ON ${WEBHOOKS} (finished_at) WHERE finished_at IS NOT NULL;
CREATE TABLE webhooks.attempts (
  delivery_id uuid NOT NULL REFERENCES ${WEBHOOKS} ON DELETE CASCADE, attempt int NOT NULL, at timestamptz NOT NULL, duration_ms int NOT NULL,
  status int, fault text, answer text NOT NULL, PRIMARY KEY (delivery_id, attempt)
);
`,
};
