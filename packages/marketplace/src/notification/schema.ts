import type { Migration } from '../platform/database/migrations.ts';
import { TASK_COLUMNS, taskIndexes } from '../platform/tasks/task-table.ts';

export const DELIVERIES = 'notification.deliveries';
/** what a sealed body is sealed for */
export const SEALED_BODY = 'notification.body';

export const notificationSchema: Migration = {
  id: '0070-notification',
  sql: `
CREATE SCHEMA notification;
-- persons of a tenant who get messages (S-12); 'account' is the tenant's own mailbox and phone, stored once its choices changed
CREATE TABLE notification.receivers (
  tenant text NOT NULL, receiver_id text NOT NULL, name text NOT NULL, language text NOT NULL CHECK (language IN ('zh', 'en')),
  email text, email_verified boolean NOT NULL DEFAULT false,
  phone text, phone_verified boolean NOT NULL DEFAULT false,
  user_id text, choices jsonb NOT NULL, created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, receiver_id)
);
-- a code proves that an address can be reached (S-12a)
CREATE TABLE notification.codes (
  tenant text NOT NULL, receiver_id text NOT NULL, channel text NOT NULL, address text NOT NULL,
  code_hash text NOT NULL, tries int NOT NULL DEFAULT 0, sent_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, receiver_id, channel),
  FOREIGN KEY (tenant, receiver_id) REFERENCES notification.receivers ON DELETE CASCADE
);
-- a code that confirms a step, e.g. an unsubscription (B-81); gone once it was used
CREATE TABLE notification.confirmations (
  tenant text NOT NULL, purpose text NOT NULL, code_hash text NOT NULL, tries int NOT NULL DEFAULT 0,
  sent_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, PRIMARY KEY (tenant, purpose)
);
CREATE INDEX ON notification.confirmations (expires_at);
-- what people read in the console; a source (an event, a digest) is told to a user once (N-5)
CREATE TABLE notification.messages (
  message_id uuid PRIMARY KEY, user_id text NOT NULL, tenant text NOT NULL, source text NOT NULL, variant text NOT NULL,
  title jsonb NOT NULL, body jsonb NOT NULL, link text NOT NULL,
  created_at timestamptz NOT NULL, read_at timestamptz,
  UNIQUE (source, user_id)
);
CREATE INDEX ON notification.messages (user_id, created_at DESC, message_id DESC);
CREATE INDEX ON notification.messages (user_id) WHERE read_at IS NULL;
CREATE INDEX ON notification.messages (created_at);
-- what leaves the house: one row a source, tenant, channel and address (N-5); the row that drives the retry is what operators see
CREATE TABLE notification.deliveries (${TASK_COLUMNS},
  channel text NOT NULL CHECK (channel IN ('EMAIL', 'SMS')), tenant text NOT NULL, receiver_id text NOT NULL,
  source text NOT NULL, variant text NOT NULL, address text NOT NULL, language text NOT NULL,
  subject text NOT NULL, body text NOT NULL,
  -- carries a code: shown to nobody in production, wiped once it is sent
  secret boolean NOT NULL DEFAULT false,
  -- instead of the body, until it is sent (N-35)
  sealed_body text,
  last_error text,
  UNIQUE (source, tenant, channel, address)
);${taskIndexes(DELIVERIES)}
CREATE INDEX ON notification.deliveries (created_at DESC, id DESC);
CREATE INDEX ON notification.deliveries (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX ON notification.deliveries (tenant, created_at) WHERE secret;
-- failed calls of a seller within ten minutes (N-16)
CREATE TABLE notification.windows (
  seller text PRIMARY KEY, digest_id uuid NOT NULL, ends_at timestamptz NOT NULL,
  count int NOT NULL DEFAULT 0, singles int NOT NULL
);
CREATE TABLE notification.failures (
  digest_id uuid NOT NULL, seller text NOT NULL, source text NOT NULL, occurred_at timestamptz NOT NULL,
  line jsonb NOT NULL, told boolean NOT NULL,
  PRIMARY KEY (digest_id, source)
);
CREATE INDEX ON notification.failures (occurred_at);
`,
};

/** Columns that hold sealed values, for key rotation. */
export const notificationSealed = [
  { table: DELIVERIES, id: 'id', column: 'sealed_body', purpose: SEALED_BODY },
] as const;
