import type { Migration } from '../../platform/database/migrations.ts';

export const signOnSchema: Migration = {
  id: '0057-people-sign-on',
  sql: `
-- what the authorisation server keeps: codes, tokens, grants, sessions; found by a hash, because the name of a code is the code itself
CREATE TABLE people.sign_on_artefacts (
  id text PRIMARY KEY, kind text NOT NULL, sealed text NOT NULL,
  -- hashes too
  grant_id text, uid text,
  member_id text, consumed_at timestamptz, expires_at timestamptz NOT NULL
);
CREATE INDEX ON people.sign_on_artefacts (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX ON people.sign_on_artefacts (uid) WHERE uid IS NOT NULL;
CREATE INDEX ON people.sign_on_artefacts (expires_at);
-- private keys, as JWK; the youngest signs
CREATE TABLE people.sign_on_keys (
  key_id text PRIMARY KEY, sealed text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX ON people.applications (client_id);
`,
};

export const ARTEFACT_PURPOSE = 'people.sign-on';
export const KEY_PURPOSE = 'people.sign-on-key';

/** Columns that hold sealed values, for key rotation. */
export const signOnSealed = [
  { table: 'people.sign_on_artefacts', id: 'id', column: 'sealed', purpose: ARTEFACT_PURPOSE },
  { table: 'people.sign_on_keys', id: 'key_id', column: 'sealed', purpose: KEY_PURPOSE },
] as const;
