import type { Migration } from '../platform/database/migrations.ts';

/** What protects a sign-in beyond the password, and identities at the company's identity provider. */
export const accountSecuritySchema: Migration = {
  id: '0011-account-security',
  sql: `
-- the secret of an authenticator app (RFC 6238); confirmed_at null = enrolment under way, nothing is asked for yet
CREATE TABLE directory.second_factors (
  user_id text PRIMARY KEY REFERENCES directory.users, sealed text NOT NULL,
  created_at timestamptz NOT NULL, confirmed_at timestamptz,
  -- time step of the last code that was taken: neither that one nor an older one works again (RFC 6238, 5.2)
  last_step bigint NOT NULL DEFAULT 0,
  -- apart from those of the password: whoever knows the password does not undo the count of the codes with it
  failures int NOT NULL DEFAULT 0, locked_until timestamptz
);
CREATE TABLE directory.recovery_codes (
  user_id text NOT NULL REFERENCES directory.second_factors ON DELETE CASCADE, code_hash text NOT NULL, used_at timestamptz,
  PRIMARY KEY (user_id, code_hash)
);
-- the password was right, the code is missing: no session, and nothing takes it for one
CREATE TABLE directory.half_sign_ins (
  token_hash text PRIMARY KEY, user_id text NOT NULL REFERENCES directory.users,
  method text NOT NULL CHECK (method IN ('PASSWORD', 'OIDC')), expires_at timestamptz NOT NULL
);
CREATE INDEX ON directory.half_sign_ins (user_id);
-- who somebody is at the company's identity provider (OpenID Connect): one identity of an issuer for an account
CREATE TABLE directory.identities (
  issuer text NOT NULL, subject text NOT NULL, user_id text NOT NULL REFERENCES directory.users,
  email text NOT NULL, linked_at timestamptz NOT NULL, last_used_at timestamptz,
  PRIMARY KEY (issuer, subject), UNIQUE (user_id, issuer)
);
`,
};

export const accountSecuritySealed = [
  { table: 'directory.second_factors', id: 'user_id', column: 'sealed', purpose: 'directory.second-factor' },
] as const;
