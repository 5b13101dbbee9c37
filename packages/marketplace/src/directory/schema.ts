import type { Migration } from '../platform/database/migrations.ts';

export const directorySchema: Migration = {
  id: '0010-directory',
  sql: `
CREATE SCHEMA directory;
CREATE TABLE directory.buyers (
  buyer_id text PRIMARY KEY, account_name text NOT NULL, name text NOT NULL, site text NOT NULL,
  email text NOT NULL DEFAULT '', phone text NOT NULL DEFAULT '',
  level text NOT NULL DEFAULT 'V0',
  -- what sale objects, real-name levels and sales regions ask for (catalogue.md 9)
  kind text NOT NULL DEFAULT 'ENTERPRISE' CHECK (kind IN ('ENTERPRISE', 'INDIVIDUAL')),
  real_name text NOT NULL DEFAULT 'ENTERPRISE' CHECK (real_name IN ('NONE', 'PERSONAL', 'ENTERPRISE')),
  region text NOT NULL DEFAULT 'CN',
  created_at timestamptz NOT NULL
);
CREATE TABLE directory.sellers (
  seller_id text PRIMARY KEY, name text NOT NULL, site text NOT NULL,
  -- the account's bound mailbox and phone, the service mailbox of the seller data (N-2)
  email text NOT NULL DEFAULT '', phone text NOT NULL DEFAULT '', service_email text NOT NULL DEFAULT '',
  -- business information certification (settlement.md S2-1); null = not yet, and no bill is made
  certified_at timestamptz,
  -- may sell hardware (license-and-other-types.md L36) since then
  hardware_at timestamptz,
  -- it left the marketplace then (settlement.md S4-7), and by what its company is known again; null = it has not
  left_at timestamptz, left_keys text[],
  created_at timestamptz NOT NULL
);
CREATE INDEX ON directory.sellers USING gin (left_keys) WHERE left_at IS NOT NULL;
-- who brings buyers and earns by it (settlement.md 3.4 – 3.6); orders name the id (C55)
CREATE TABLE directory.distributors (
  distributor_id text PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('DISTRIBUTOR', 'CSP', 'RESELLER')),
  name text NOT NULL, site text NOT NULL, email text NOT NULL DEFAULT '',
  -- its bank account is verified; null = nothing is paid out
  certified_at timestamptz,
  created_at timestamptz NOT NULL
);
-- What was agreed with a party, from an instant on: written for the time to come, so an order finds what held when it was paid.
CREATE TABLE directory.terms (
  subject text, valid_from timestamptz, terms jsonb NOT NULL, by_whom text NOT NULL, written_at timestamptz NOT NULL,
  PRIMARY KEY (subject, valid_from)
);
CREATE TABLE directory.users (
  user_id text PRIMARY KEY, login_name text NOT NULL UNIQUE, display_name text NOT NULL, password_hash text NOT NULL,
  role text NOT NULL, buyer_id text REFERENCES directory.buyers, seller_id text REFERENCES directory.sellers,
  distributor_id text REFERENCES directory.distributors,
  failed_sign_ins int NOT NULL DEFAULT 0, locked_until timestamptz, disabled boolean NOT NULL DEFAULT false,
  -- whoever made the account knows it: to be changed before anything else is done (E-13)
  password_initial boolean NOT NULL DEFAULT false,
  last_sign_in_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE INDEX ON directory.users (buyer_id);
CREATE INDEX ON directory.users (seller_id);
CREATE INDEX ON directory.users (distributor_id) WHERE distributor_id IS NOT NULL;
CREATE TABLE directory.product_grants (user_id text NOT NULL REFERENCES directory.users, goods_id text NOT NULL, PRIMARY KEY (user_id, goods_id));
CREATE TABLE directory.sessions (
  token_hash text PRIMARY KEY, user_id text NOT NULL REFERENCES directory.users, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
  -- it ends too when it was not used for so long; null = that does not end it
  last_used_at timestamptz NOT NULL, idle_ms bigint,
  method text NOT NULL DEFAULT 'PASSWORD' CHECK (method IN ('PASSWORD', 'OIDC')),
  -- for the person to know it again: where it was opened, and the browser as it named itself
  ip text, agent text
);
CREATE INDEX ON directory.sessions (expires_at);
CREATE INDEX ON directory.sessions (user_id);
-- keys that sign the calls to a seller; a key serves one interface class (S-21)
CREATE TABLE directory.access_keys (
  key_id text PRIMARY KEY, seller_id text NOT NULL REFERENCES directory.sellers,
  interface_class text NOT NULL CHECK (interface_class IN ('BASE', 'KIT', 'LICENSE', 'GENERAL')),
  sealed text NOT NULL, created_at timestamptz NOT NULL
);
-- AK/SK pairs of the Open API
CREATE TABLE directory.api_keys (
  ak text PRIMARY KEY, seller_id text REFERENCES directory.sellers, buyer_id text REFERENCES directory.buyers,
  sealed_sk text NOT NULL, disabled boolean NOT NULL DEFAULT false,
  failures int NOT NULL DEFAULT 0, locked_until timestamptz, created_at timestamptz NOT NULL,
  name text NOT NULL DEFAULT '', last_used_at timestamptz,
  -- rotation: when it ends, and whose place it took
  ends_at timestamptz, replaces text
);
CREATE INDEX ON directory.api_keys (seller_id);
`,
};

/** Columns that hold sealed values, for key rotation: table, key column, sealed column, purpose. */
export const directorySealed = [
  { table: 'directory.access_keys', id: 'key_id', column: 'sealed', purpose: 'directory.access-key' },
  { table: 'directory.api_keys', id: 'ak', column: 'sealed_sk', purpose: 'directory.sk' },
] as const;
