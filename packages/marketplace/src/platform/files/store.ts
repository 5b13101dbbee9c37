/** SQL of the files' rows. The bytes lie in a folder (`disk.ts`); a row stands for complete, checked bytes. */
import { type Executor, sql } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { FilePurpose } from './purposes.ts';

export const filesSchema: Migration = {
  id: '0006-files',
  sql: `
CREATE TABLE platform.files (
  file_id uuid PRIMARY KEY,
  owner_kind text NOT NULL CHECK (owner_kind IN ('buyer','seller','operator')), owner_id text NOT NULL, kept_by text NOT NULL,
  purpose text NOT NULL, name text NOT NULL, size bigint NOT NULL CHECK (size > 0), sha256 text NOT NULL, media_type text NOT NULL,
  -- something refers to it; what nothing refers to is forgotten
  claimed boolean NOT NULL DEFAULT false,
  -- shown to everybody: a picture of a product on sale
  published boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL
);
CREATE INDEX ON platform.files (created_at) WHERE NOT claimed;
CREATE INDEX ON platform.files (owner_kind, owner_id) WHERE NOT claimed;
`,
};

/** Whose file it is: a tenant, or the marketplace's operators together (id `operator`). */
export interface FileOwner {
  readonly kind: 'buyer' | 'seller' | 'operator';
  readonly id: string;
}

export interface StoredFile {
  readonly fileId: string;
  readonly owner: FileOwner;
  /** the user who sent it */
  readonly keptBy: string;
  readonly purpose: FilePurpose;
  readonly name: string;
  /** bytes */
  readonly size: number;
  /** hexadecimal */
  readonly sha256: string;
  readonly mediaType: string;
  readonly claimed: boolean;
  readonly published: boolean;
  readonly createdAt: Date;
}

interface Row extends Omit<StoredFile, 'owner'> {
  readonly ownerKind: FileOwner['kind'];
  readonly ownerId: string;
}
const COLUMNS = sql.raw(
  'file_id AS "fileId", owner_kind AS "ownerKind", owner_id AS "ownerId", kept_by AS "keptBy", purpose, name, size, sha256, media_type AS "mediaType", claimed, published, created_at AS "createdAt"',
);
const fileOf = ({ ownerKind, ownerId, ...rest }: Row): StoredFile => ({
  ...rest,
  owner: { kind: ownerKind, id: ownerId },
});

export async function insertFile(executor: Executor, file: StoredFile): Promise<void> {
  await sql`
    INSERT INTO platform.files (file_id, owner_kind, owner_id, kept_by, purpose, name, size, sha256, media_type, claimed, published, created_at)
    VALUES (${file.fileId}, ${file.owner.kind}, ${file.owner.id}, ${file.keptBy}, ${file.purpose}, ${file.name}, ${file.size}, ${file.sha256}, ${file.mediaType}, ${file.claimed}, ${file.published}, ${file.createdAt})`.execute(
    executor,
  );
}

/** @param fileIds UUIDs; what is unknown is left out */
export async function filesByIds(executor: Executor, fileIds: readonly string[]): Promise<StoredFile[]> {
  if (fileIds.length === 0) return [];
  const { rows } = await sql<Row>`SELECT ${COLUMNS} FROM platform.files WHERE file_id = ANY(${[...fileIds]})`.execute(
    executor,
  );
  return rows.map(fileOf);
}

/** @returns the file, now claimed; null = unknown, another's or kept for something else */
export async function markClaimed(
  executor: Executor,
  fileId: string,
  owner: FileOwner,
  purpose: FilePurpose,
): Promise<StoredFile | null> {
  const { rows } = await sql<Row>`
    UPDATE platform.files SET claimed = true
    WHERE file_id = ${fileId} AND owner_kind = ${owner.kind} AND owner_id = ${owner.id} AND purpose = ${purpose}
    RETURNING ${COLUMNS}`.execute(executor);
  const [row] = rows;
  return row ? fileOf(row) : null;
}

export async function markPublished(
  executor: Executor,
  fileIds: readonly string[],
  purposes: readonly FilePurpose[],
): Promise<void> {
  if (fileIds.length === 0) return;
  await sql`
    UPDATE platform.files SET published = true
    WHERE file_id = ANY(${[...fileIds]}) AND purpose = ANY(${[...purposes]})`.execute(executor);
}

/** How many bytes of an owner nothing refers to yet. */
export async function unclaimedBytes(executor: Executor, owner: FileOwner): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT coalesce(sum(size), 0)::bigint AS bytes FROM platform.files
    WHERE NOT claimed AND owner_kind = ${owner.kind} AND owner_id = ${owner.id}`.execute(executor);
  return rows[0]?.bytes ?? 0;
}

/** Ids of files that nothing referred to since `before`, the oldest first. */
export async function unclaimedSince(executor: Executor, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ fileId: string }>`
    SELECT file_id AS "fileId" FROM platform.files WHERE NOT claimed AND created_at < ${before}
    ORDER BY created_at LIMIT ${limit}`.execute(executor);
  return rows.map(({ fileId }) => fileId);
}

/** @returns false = it was claimed meanwhile, or went before */
export async function deleteUnclaimed(executor: Executor, fileId: string): Promise<boolean> {
  const result = await sql`DELETE FROM platform.files WHERE file_id = ${fileId} AND NOT claimed`.execute(executor);
  return Number(result.numAffectedRows ?? 0) > 0;
}
