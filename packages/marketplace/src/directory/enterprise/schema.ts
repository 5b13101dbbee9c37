import type { Migration } from '../../platform/database/migrations.ts';

export const enterpriseSchema: Migration = {
  id: '0012-enterprise',
  sql: `
CREATE TABLE directory.enterprises (
  enterprise_id text PRIMARY KEY, buyer_id text NOT NULL REFERENCES directory.buyers, name text NOT NULL,
  -- tenantCode: the end of a member's sign-in name (E-5)
  short_name text NOT NULL UNIQUE,
  region text NOT NULL DEFAULT '', industry text NOT NULL DEFAULT '', description text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT 'CONSOLE' CHECK (source IN ('CONSOLE', 'SCIM')),
  -- people who have an invitation may join by themselves (E-13a)
  self_registration boolean NOT NULL DEFAULT false,
  -- the person in the distributor role who set it up for a customer (X13); null = the buyer's own doing
  distributed_by text,
  created_at timestamptz NOT NULL, dissolved_at timestamptz
);
CREATE INDEX ON directory.enterprises (buyer_id, created_at DESC, enterprise_id DESC);
CREATE INDEX ON directory.enterprises (distributed_by) WHERE distributed_by IS NOT NULL;
CREATE TABLE directory.administrators (
  enterprise_id text NOT NULL REFERENCES directory.enterprises, user_id text NOT NULL REFERENCES directory.users,
  state text NOT NULL CHECK (state IN ('INVITED', 'ACTIVE')), invited_by text NOT NULL, invited_at timestamptz NOT NULL,
  -- what a business administrator was appointed for (E-15a); null = an enterprise administrator
  scope jsonb,
  PRIMARY KEY (enterprise_id, user_id)
);
CREATE INDEX ON directory.administrators (user_id);
CREATE TABLE directory.departments (
  enterprise_id text NOT NULL REFERENCES directory.enterprises, code text NOT NULL, name text NOT NULL, parent_code text,
  -- codes from the top down to itself: what is below a department is found, and moved, by one statement
  path text[] NOT NULL, created_at timestamptz NOT NULL,
  PRIMARY KEY (enterprise_id, code),
  FOREIGN KEY (enterprise_id, parent_code) REFERENCES directory.departments (enterprise_id, code)
);
CREATE UNIQUE INDEX ON directory.departments (enterprise_id, coalesce(parent_code, ''), lower(name));
CREATE INDEX ON directory.departments USING gin (path);
CREATE TABLE directory.members (
  member_id uuid PRIMARY KEY, enterprise_id text NOT NULL REFERENCES directory.enterprises,
  user_name text NOT NULL, name text NOT NULL, department_code text NOT NULL, position text NOT NULL, employee_code text NOT NULL,
  employee_type text, mobile text NOT NULL, email text NOT NULL, work_place text NOT NULL, entry_date text NOT NULL,
  role text NOT NULL, enabled boolean NOT NULL, external_id text,
  -- no foreign key to the department: a deleted member's record outlives it
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, deleted_at timestamptz
);
CREATE UNIQUE INDEX members_user_name ON directory.members (enterprise_id, lower(user_name)) WHERE deleted_at IS NULL;
CREATE INDEX members_of_department ON directory.members (enterprise_id, department_code, lower(user_name)) WHERE deleted_at IS NULL;
-- how members sign in (E-13, E-36); apart from their facts, which products are told of. No row = no password was given yet
CREATE TABLE directory.member_credentials (
  member_id uuid PRIMARY KEY REFERENCES directory.members, password_hash text NOT NULL,
  -- somebody else gave it: to be changed before anything is opened
  must_change boolean NOT NULL, changed_at timestamptz NOT NULL,
  failed_sign_ins int NOT NULL DEFAULT 0, locked_until timestamptz, last_sign_in_at timestamptz
);
CREATE TABLE directory.member_sessions (
  token_hash text PRIMARY KEY, member_id uuid NOT NULL REFERENCES directory.members,
  created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL
);
CREATE INDEX ON directory.member_sessions (member_id);
CREATE INDEX ON directory.member_sessions (expires_at);
CREATE TABLE directory.member_invitations (
  code text PRIMARY KEY, enterprise_id text NOT NULL REFERENCES directory.enterprises, department_code text NOT NULL,
  invited_by text NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, revoked_at timestamptz,
  joined int NOT NULL DEFAULT 0
);
CREATE INDEX ON directory.member_invitations (enterprise_id, created_at DESC);
-- first passwords of many members, given one after the other (E-13)
CREATE TABLE directory.password_orders (
  member_id uuid PRIMARY KEY REFERENCES directory.members, asked_at timestamptz NOT NULL
);
CREATE INDEX ON directory.password_orders (asked_at, member_id);
-- a code confirms a step of one person (E-7, E-13); gone once it was used
CREATE TABLE directory.verification_codes (
  user_id text NOT NULL, purpose text NOT NULL, code_hash text NOT NULL, tries int NOT NULL DEFAULT 0,
  sent_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, PRIMARY KEY (user_id, purpose)
);
CREATE TABLE directory.groups (
  group_id uuid PRIMARY KEY, enterprise_id text NOT NULL REFERENCES directory.enterprises, name text NOT NULL,
  external_id text, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ON directory.groups (enterprise_id, lower(name));
CREATE TABLE directory.group_members (
  group_id uuid NOT NULL REFERENCES directory.groups ON DELETE CASCADE, member_id uuid NOT NULL REFERENCES directory.members,
  PRIMARY KEY (group_id, member_id)
);
CREATE INDEX ON directory.group_members (member_id);
-- tokens of identity providers; found by hash, never kept in clear
CREATE TABLE directory.scim_tokens (
  token_hash text PRIMARY KEY, token_id uuid NOT NULL UNIQUE, enterprise_id text NOT NULL REFERENCES directory.enterprises,
  name text NOT NULL, created_by text NOT NULL, created_at timestamptz NOT NULL, last_used_at timestamptz
);
CREATE INDEX ON directory.scim_tokens (enterprise_id);
-- files of members on their way in: checked row by row, then taken over as a whole or not at all (E-16)
CREATE TABLE directory.imports (
  import_id uuid PRIMARY KEY, enterprise_id text NOT NULL REFERENCES directory.enterprises, user_id text NOT NULL, scope jsonb,
  file_id text NOT NULL, file_name text NOT NULL, valid_only boolean NOT NULL DEFAULT false,
  state text NOT NULL, rows_read int NOT NULL DEFAULT 0, rows_total int, rows_faulty int NOT NULL DEFAULT 0,
  members int NOT NULL DEFAULT 0, departments int NOT NULL DEFAULT 0, encoding text, error text,
  created_at timestamptz NOT NULL, finished_at timestamptz, next_at timestamptz, lease_until timestamptz
);
CREATE INDEX ON directory.imports (enterprise_id, created_at DESC, import_id DESC);
CREATE INDEX ON directory.imports (next_at) WHERE next_at IS NOT NULL;
-- what stands in the file and what is wrong with it
CREATE TABLE directory.import_rows (
  import_id uuid NOT NULL REFERENCES directory.imports ON DELETE CASCADE, row_number int NOT NULL,
  facts jsonb NOT NULL, faults jsonb NOT NULL, PRIMARY KEY (import_id, row_number)
);
CREATE INDEX import_rows_faulty ON directory.import_rows (import_id, row_number) WHERE faults <> '[]';
`,
};
