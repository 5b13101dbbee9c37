/**
 * An image service without a cloud: it writes down what is shared with whom, and compares checksums. What an image of a
 * region holds is what it was first shared as; a test or an operator may put another checksum there to see a mismatch.
 */
import type { Db } from '../../platform/database/database.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import type { Migration } from '../../platform/database/migrations.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import type { ImageService, ImageShare, SharedImage } from './image-service.ts';

export const recordingImagesSchema: Migration = {
  id: '0046-recording-images',
  sql: `
CREATE TABLE delivery.recorded_images (
  region_id text NOT NULL, image_id text NOT NULL, sha256 text NOT NULL, PRIMARY KEY (region_id, image_id)
);
CREATE TABLE delivery.recorded_shares (
  order_line_id text NOT NULL, region_id text NOT NULL, share_id uuid NOT NULL, image_id text NOT NULL, account_id text NOT NULL,
  shared_at timestamptz NOT NULL, revoked_at timestamptz, PRIMARY KEY (order_line_id, region_id)
);
`,
};

export function recordingImages(platform: Pick<Platform, 'db' | 'random' | 'clock'>): ImageService {
  const { db, random, clock } = platform;
  return {
    share: (share) =>
      inTransaction(db, async (tx) => {
        const seen = await checksumOf(tx, share);
        if (seen !== share.sha256) return { kind: 'MISMATCH' as const, seen };
        return { kind: 'SHARED' as const, shareId: await record(tx, share, uuid(random), clock.now()) };
      }),
    revoke: (shared) => markRevoked(db, shared, clock.now()),
  };
}

/** A record of the simulator, for pages and tests. */
export interface RecordedShare {
  readonly shareId: string;
  readonly imageId: string;
  readonly accountId: string;
  readonly sharedAt: Date;
  readonly revokedAt: Date | null;
}
export async function recordedShare(db: Db, { orderLineId, regionId }: SharedImage): Promise<RecordedShare | null> {
  const { rows } = await sql<RecordedShare>`
    SELECT share_id AS "shareId", image_id AS "imageId", account_id AS "accountId", shared_at AS "sharedAt", revoked_at AS "revokedAt"
    FROM delivery.recorded_shares WHERE order_line_id = ${orderLineId} AND region_id = ${regionId}`.execute(db);
  return rows[0] ?? null;
}

/** Puts an image into a region as it really is there. */
export async function recordImage(db: Db, image: Pick<ImageShare, 'regionId' | 'imageId' | 'sha256'>): Promise<void> {
  await sql`
    INSERT INTO delivery.recorded_images (region_id, image_id, sha256) VALUES (${image.regionId}, ${image.imageId}, ${image.sha256})
    ON CONFLICT (region_id, image_id) DO UPDATE SET sha256 = excluded.sha256`.execute(db);
}

async function checksumOf(tx: Tx, { regionId, imageId, sha256 }: ImageShare): Promise<string> {
  // the update changes nothing; it lets the statement return the row that was there first
  const { rows } = await sql<{ sha256: string }>`
    INSERT INTO delivery.recorded_images AS held (region_id, image_id, sha256) VALUES (${regionId}, ${imageId}, ${sha256})
    ON CONFLICT (region_id, image_id) DO UPDATE SET sha256 = held.sha256 RETURNING held.sha256`.execute(tx);
  return rows[0]?.sha256 ?? '';
}

async function record(tx: Tx, share: ImageShare, shareId: string, now: Date): Promise<string> {
  const { rows } = await sql<{ shareId: string }>`
    INSERT INTO delivery.recorded_shares AS held (order_line_id, region_id, share_id, image_id, account_id, shared_at)
    VALUES (${share.orderLineId}, ${share.regionId}, ${shareId}, ${share.imageId}, ${share.accountId}, ${now})
    ON CONFLICT (order_line_id, region_id) DO UPDATE SET image_id = excluded.image_id, account_id = excluded.account_id,
      shared_at = CASE WHEN held.image_id = excluded.image_id AND held.revoked_at IS NULL THEN held.shared_at ELSE excluded.shared_at END,
      revoked_at = NULL
    RETURNING held.share_id AS "shareId"`.execute(tx);
  return rows[0]?.shareId ?? shareId;
}

async function markRevoked(db: Db, { orderLineId, regionId }: SharedImage, now: Date): Promise<void> {
  await sql`
    UPDATE delivery.recorded_shares SET revoked_at = coalesce(revoked_at, ${now})
    WHERE order_line_id = ${orderLineId} AND region_id = ${regionId}`.execute(db);
}
