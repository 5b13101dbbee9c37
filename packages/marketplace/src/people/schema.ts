import type { Migration } from '../platform/database/migrations.ts';

/** its rows wait for `next_at` */
export const SYNC_TASKS = 'people.sync_tasks';

export const peopleSchema: Migration = {
  id: '0055-people',
  sql: `
CREATE SCHEMA people;
CREATE TABLE people.credentials (
  goods_id text PRIMARY KEY, seller_id text NOT NULL, app_id text NOT NULL UNIQUE, protocol text NOT NULL CHECK (protocol IN ('kit-v2', 'kit-v1')),
  address text NOT NULL, key_id text NOT NULL, public_key text NOT NULL, login_url text NOT NULL, attributes text[] NOT NULL,
  multi_instance boolean NOT NULL, updated_at timestamptz NOT NULL
);
CREATE TABLE people.applications (
  application_id uuid PRIMARY KEY, enterprise_id text NOT NULL, buyer_id text NOT NULL, seller_id text NOT NULL, goods_id text NOT NULL,
  resource_id text NOT NULL, order_id text NOT NULL, instance_id text NOT NULL, product_name jsonb NOT NULL,
  client_id text NOT NULL, sealed_secret text NOT NULL, attributes text[] NOT NULL,
  -- the visible range (E-30)
  everyone boolean NOT NULL DEFAULT false, departments text[] NOT NULL DEFAULT '{}', groups text[] NOT NULL DEFAULT '{}', members text[] NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('BINDING', 'BOUND', 'FAILED', 'ENDED')), stopped boolean NOT NULL DEFAULT false,
  created_by text NOT NULL, created_at timestamptz NOT NULL
);
-- E-6: an instance is bound to one enterprise
CREATE UNIQUE INDEX ON people.applications (resource_id) WHERE state <> 'ENDED';
CREATE INDEX ON people.applications (enterprise_id, created_at DESC);
CREATE INDEX ON people.applications (buyer_id);
-- what the product was told
CREATE TABLE people.told_departments (
  application_id uuid NOT NULL REFERENCES people.applications, code text NOT NULL, name text NOT NULL, parent_code text, PRIMARY KEY (application_id, code)
);
CREATE TABLE people.authorisations (
  application_id uuid NOT NULL REFERENCES people.applications, member_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('NOT_SYNCED', 'SYNCING', 'AUTHORISED', 'FAILED', 'WITHDRAWN')),
  -- mark of the facts that arrived; null = told nothing, '' = told something, without an answer that it arrived
  -- held: it has an account there, as far as answers say
  told text, held boolean NOT NULL DEFAULT false, error text, updated_at timestamptz NOT NULL, PRIMARY KEY (application_id, member_id)
);
CREATE TABLE people.sync_tasks (
  task_id uuid PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, application_id uuid NOT NULL REFERENCES people.applications,
  enterprise_id text NOT NULL, buyer_id text NOT NULL, kind text NOT NULL,
  state text NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'WAIT_DECISION', 'STOPPED', 'SUCCEEDED')),
  planned boolean NOT NULL DEFAULT false, calls_total int NOT NULL DEFAULT 0, calls_done int NOT NULL DEFAULT 0,
  members_total int NOT NULL DEFAULT 0, members_done int NOT NULL DEFAULT 0,
  attempts int NOT NULL DEFAULT 0, failed_interface text, error_code text, error text, error_facts jsonb, call_id text,
  operator text NOT NULL, trace_id text NOT NULL, created_at timestamptz NOT NULL, started_at timestamptz, ended_at timestamptz,
  -- 0, 1, 2 …: whoever took it; an outcome of an earlier lease is forgotten
  lease int NOT NULL DEFAULT 0,
  next_at timestamptz
);
-- one open task of an application runs, the others wait behind it
CREATE INDEX sync_tasks_open ON people.sync_tasks (application_id, seq) WHERE state IN ('QUEUED', 'RUNNING', 'WAIT_DECISION');
CREATE INDEX ON people.sync_tasks (enterprise_id, seq DESC);
CREATE INDEX ON people.sync_tasks (next_at) WHERE next_at IS NOT NULL;
CREATE TABLE people.sync_calls (
  task_id uuid NOT NULL REFERENCES people.sync_tasks, place int NOT NULL, interface text NOT NULL, flag int NOT NULL,
  members text[] NOT NULL, department jsonb, state text NOT NULL CHECK (state IN ('WAITING', 'DONE', 'FAILED', 'SKIPPED')),
  attempts int NOT NULL DEFAULT 0, call_id text, PRIMARY KEY (task_id, place)
);
`,
};

/** Columns that hold sealed values, for key rotation. */
export const peopleSealed = [
  { table: 'people.applications', id: 'application_id', column: 'sealed_secret', purpose: 'people.client-secret' },
] as const;
