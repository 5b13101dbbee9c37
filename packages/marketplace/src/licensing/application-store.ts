/** SQL of applications for licences. */
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { ApplicationState } from './quota.ts';
import { visible } from './scope.ts';

export interface Application {
  readonly eventId: string;
  readonly resourceId: string;
  readonly orderId: string;
  readonly buyerId: string;
  /** who bought the service */
  readonly placedBy: string;
  readonly sellerId: string;
  readonly goodsId: string;
  readonly state: ApplicationState;
  readonly effectiveAt: Date;
  readonly expireAt: Date | null;
  readonly deviceFingerprint: string | null;
  readonly requestedBy: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** what the seller refused it with */
  readonly refusalCode: string | null;
  readonly kind: 'CHARACTERS' | 'FILE' | null;
  readonly fileName: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
}

const COLUMNS = sql`event_id AS "eventId", resource_id AS "resourceId", order_id AS "orderId", buyer_id AS "buyerId", placed_by AS "placedBy", seller_id AS "sellerId", goods_id AS "goodsId", state,
  effective_at AS "effectiveAt", expire_at AS "expireAt", device_fingerprint AS "deviceFingerprint", requested_by AS "requestedBy", created_at AS "createdAt",
  ended_at AS "endedAt", refusal_code AS "refusalCode", kind, file_name AS "fileName", size, sha256`;

/** Held to the end of the transaction: two applications for the last licence are counted one after the other (L17). */
export async function lockQuota(executor: Executor, resourceId: string): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`licensing.quota:${resourceId}`}, 0))`.execute(executor);
  return takenOf(executor, resourceId);
}

/** How much of the quota is granted or applied for. */
export async function takenOf(executor: Executor, resourceId: string): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    SELECT count(*) AS taken FROM licensing.applications WHERE resource_id = ${resourceId} AND state IN ('REQUESTED', 'GRANTED')`.execute(
    executor,
  );
  return rows[0]?.taken ?? 0;
}

export async function insertApplication(executor: Executor, application: Application): Promise<void> {
  const { eventId, resourceId, orderId, buyerId, placedBy, sellerId, goodsId, effectiveAt, expireAt } = application;
  await sql`
    INSERT INTO licensing.applications (event_id, resource_id, order_id, buyer_id, placed_by, seller_id, goods_id, state, effective_at, expire_at, device_fingerprint, requested_by, created_at)
    VALUES (${eventId}, ${resourceId}, ${orderId}, ${buyerId}, ${placedBy}, ${sellerId}, ${goodsId}, 'REQUESTED', ${effectiveAt}, ${expireAt}, ${application.deviceFingerprint},
      ${application.requestedBy}, ${application.createdAt})`.execute(executor);
}

/** Newest first. */
export async function applicationsOf(
  executor: Executor,
  resourceId: string,
  scope: Scope,
  limit = 200,
): Promise<Application[]> {
  const { rows } = await sql<Application>`
    SELECT ${COLUMNS} FROM licensing.applications WHERE resource_id = ${resourceId} AND ${visible(scope)} ORDER BY created_at DESC, event_id LIMIT ${limit}`.execute(
    executor,
  );
  return rows;
}

export async function applicationByEvent(
  executor: Executor,
  eventId: string,
  lock: boolean,
): Promise<Application | null> {
  const { rows } = await sql<Application>`
    SELECT ${COLUMNS} FROM licensing.applications WHERE event_id = ${eventId} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

export interface Granted {
  readonly eventId: string;
  readonly kind: 'CHARACTERS' | 'FILE';
  readonly fileName: string | null;
  readonly size: number;
  readonly sha256: string;
  readonly sealed: string;
}
export async function grantApplication(executor: Executor, granted: Granted, now: Date): Promise<void> {
  await sql`
    UPDATE licensing.applications SET state = 'GRANTED', kind = ${granted.kind}, file_name = ${granted.fileName}, size = ${granted.size}, sha256 = ${granted.sha256},
      sealed = ${granted.sealed}, ended_at = ${now}
    WHERE event_id = ${granted.eventId} AND state = 'REQUESTED'`.execute(executor);
}

export async function sealedLicence(executor: Executor, eventId: string, scope: Scope): Promise<string | null> {
  const { rows } = await sql<{ sealed: string }>`
    SELECT sealed FROM licensing.applications WHERE event_id = ${eventId} AND state = 'GRANTED' AND ${visible(scope)}`.execute(
    executor,
  );
  return rows[0]?.sealed ?? null;
}

/** @returns those that were still open */
export async function refuseApplications(
  executor: Executor,
  refused: readonly { readonly eventId: string; readonly resultCode: string }[],
  now: Date,
): Promise<Application[]> {
  const { rows } = await sql<Application>`
    UPDATE licensing.applications a SET state = 'REFUSED', refusal_code = r."resultCode", ended_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) AS r ("eventId" text, "resultCode" text)
    WHERE a.event_id = r."eventId" AND a.state = 'REQUESTED' RETURNING ${COLUMNS}`.execute(executor);
  return rows;
}

export async function closeApplications(executor: Executor, resourceIds: readonly string[], now: Date): Promise<void> {
  await sql`
    UPDATE licensing.applications SET state = 'CLOSED', ended_at = ${now} WHERE resource_id = ANY(${resourceIds}::text[]) AND state = 'REQUESTED'`.execute(
    executor,
  );
}
