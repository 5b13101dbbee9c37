import type { Migration } from '../../platform/database/migrations.ts';

/** rows wait for `next_at`: to be scanned, or to be copied into their regions */
export const ASSET_VERSIONS = 'catalog.asset_versions';

export const assetsSchema: Migration = {
  id: '0024-assets',
  sql: `
CREATE TABLE catalog.assets (
  asset_id uuid PRIMARY KEY, seller_id text NOT NULL, site text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('APPLICATION','IMAGE','DATA_FILE','AI_MODEL','CONTAINER','API_GROUP')),
  name text NOT NULL, info jsonb NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX ON catalog.assets (seller_id, created_at DESC, asset_id DESC);
CREATE INDEX ON catalog.assets (created_at DESC, asset_id DESC);
-- a group of APIs is one asset: registered a second time it would be new, and could be sold again (section 9)
CREATE UNIQUE INDEX one_asset_per_group ON catalog.assets ((info->>'gateway'), (info->>'groupId')) WHERE kind = 'API_GROUP';
CREATE TABLE catalog.asset_versions (
  asset_id uuid NOT NULL REFERENCES catalog.assets, version text NOT NULL, seq bigint GENERATED ALWAYS AS IDENTITY,
  state text NOT NULL CHECK (state IN ('SCANNING','APPROVED','REJECTED')),
  waits_for text CHECK (waits_for IN ('SCAN','OPERATOR')), CHECK ((state = 'SCANNING') = (waits_for IS NOT NULL)),
  source jsonb NOT NULL, file jsonb, regions jsonb NOT NULL DEFAULT '[]', release_notes text NOT NULL, report jsonb,
  submitted_at timestamptz NOT NULL, submitted_by text NOT NULL, decided_at timestamptz, decided_by text, reason text,
  next_at timestamptz,
  PRIMARY KEY (asset_id, version)
);
CREATE INDEX ON catalog.asset_versions (next_at) WHERE next_at IS NOT NULL;
-- an image that was published already is no source any more (L22)
CREATE UNIQUE INDEX one_version_per_image ON catalog.asset_versions ((source->>'sourceImageId'))
  WHERE source->>'kind' = 'IMAGE' AND state <> 'REJECTED';
`,
};
