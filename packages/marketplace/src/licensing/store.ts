/** SQL of authorisation codes. */
import type { RawBuilder } from 'kysely';
import type { LocalizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { PeriodType, Site } from '../platform/site.ts';
import type { CodeLife, CodeState, FreezeReason } from './model.ts';
import { visible } from './scope.ts';

export interface Code extends CodeLife {
  readonly codeId: string;
  readonly sealed: string;
  readonly test: boolean;
  /** the order line that bought it; null = a test code */
  readonly resourceId: string | null;
  /** '' = a test code */
  readonly orderId: string;
  readonly buyerId: string | null;
  readonly placedBy: string | null;
  readonly sellerId: string;
  readonly goodsId: string;
  readonly productName: LocalizedText;
  readonly site: Site;
  /** value of the quantity attribute; null = the specification has none (L13) */
  readonly amount: number | null;
  readonly createdAt: Date;
  readonly queriedAt: Date | null;
}
export interface NewCode extends Code {
  readonly hash: string;
}

interface CodeRow {
  code_id: string;
  sealed: string;
  state: CodeState;
  test: boolean;
  resource_id: string | null;
  order_id: string;
  buyer_id: string | null;
  placed_by: string | null;
  seller_id: string;
  goods_id: string;
  product_name: LocalizedText;
  site: Site;
  product_id: string;
  amount: number | null;
  period_type: PeriodType | null;
  period_number: number | null;
  ordered_at: Date;
  created_at: Date;
  received_at: Date | null;
  activated_at: Date | null;
  expire_at: Date | null;
  freeze_reason: FreezeReason | null;
  queried_at: Date | null;
}

/** A resource that has its code keeps it: the payment may be heard of twice. */
export async function insertCodes(executor: Executor, codes: readonly NewCode[]): Promise<void> {
  if (codes.length === 0) return;
  await sql`
    INSERT INTO licensing.codes (code_id, code_hash, sealed, state, test, resource_id, order_id, buyer_id, placed_by, seller_id, goods_id, product_name, site,
      product_id, amount, period_type, period_number, ordered_at, created_at)
    SELECT c."codeId", c.hash, c.sealed, c.state, c.test, c."resourceId", c."orderId", c."buyerId", c."placedBy", c."sellerId", c."goodsId", c."productName", c.site,
      c."productId", c.amount, c."periodType", c."periodNumber", c."orderedAt", c."createdAt"
    FROM jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) AS c ("codeId" uuid, hash text, sealed text, state text, test boolean, "resourceId" text, "orderId" text, "buyerId" text,
      "placedBy" text, "sellerId" text, "goodsId" text, "productName" jsonb, site text, "productId" text, amount int, "periodType" text, "periodNumber" int,
      "orderedAt" timestamptz, "createdAt" timestamptz)
    ON CONFLICT (resource_id) DO NOTHING`.execute(executor);
}

export async function saveCodes(executor: Executor, codes: readonly Code[]): Promise<void> {
  if (codes.length === 0) return;
  await sql`
    UPDATE licensing.codes k SET state = c.state, product_id = c."productId", received_at = c."receivedAt", activated_at = c."activatedAt",
      expire_at = c."expireAt", freeze_reason = c."freezeReason"
    FROM jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) AS c ("codeId" uuid, state text, "productId" text, "receivedAt" timestamptz, "activatedAt" timestamptz,
      "expireAt" timestamptz, "freezeReason" text)
    WHERE k.code_id = c."codeId"`.execute(executor);
}

/** Locked in one order, so that two batches never wait for each other. */
export async function codesByHash(
  executor: Executor,
  hashes: readonly string[],
  lock: boolean,
): Promise<Map<string, Code>> {
  const { rows } = await sql<CodeRow & { code_hash: string }>`
    SELECT * FROM licensing.codes WHERE code_hash = ANY(${hashes}::text[]) ORDER BY code_id ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return new Map(rows.map((row) => [row.code_hash, codeOf(row)]));
}

export async function codesOfResources(
  executor: Executor,
  resourceIds: readonly string[],
  lock = false,
): Promise<Code[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<CodeRow>`
    SELECT * FROM licensing.codes WHERE resource_id = ANY(${resourceIds}::text[]) ORDER BY code_id ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows.map(codeOf);
}

/** To the hour, so that software that asks at each start does not write each time. */
export async function noteQueries(executor: Executor, codeIds: readonly string[], now: Date): Promise<void> {
  await sql`
    UPDATE licensing.codes SET queried_at = ${now}
    WHERE code_id = ANY(${codeIds}::uuid[]) AND (queried_at IS NULL OR queried_at < ${new Date(now.getTime() - 3_600_000)})`.execute(
    executor,
  );
}

export interface CodeQuery {
  readonly scope: Scope;
  readonly test?: boolean | undefined;
  readonly state?: CodeState | undefined;
  readonly goodsId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/** Newest first. */
export async function listCodes(executor: Executor, query: CodeQuery): Promise<Code[]> {
  const conditions: RawBuilder<unknown>[] = [visible(query.scope)];
  if (query.test !== undefined) conditions.push(sql`test = ${query.test}`);
  if (query.state) conditions.push(sql`state = ${query.state}`);
  if (query.goodsId) conditions.push(sql`goods_id = ${query.goodsId}`);
  if (query.orderId) conditions.push(sql`order_id = ${query.orderId}`);
  if (query.before) conditions.push(sql`(created_at, code_id) < (${query.before.at}, ${query.before.id}::uuid)`);
  const { rows } = await sql<CodeRow>`
    SELECT * FROM licensing.codes WHERE ${sql.join(conditions, sql` AND `)} ORDER BY created_at DESC, code_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows.map(codeOf);
}

export async function codeById(executor: Executor, codeId: string, scope: Scope): Promise<Code | null> {
  const { rows } = await sql<CodeRow>`
    SELECT * FROM licensing.codes WHERE code_id = ${codeId}::uuid AND ${visible(scope)}`.execute(executor);
  return rows[0] ? codeOf(rows[0]) : null;
}

export async function countTestCodes(executor: Executor, sellerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM licensing.codes WHERE seller_id = ${sellerId} AND test`.execute(executor);
  return rows[0]?.count ?? 0;
}

const codeOf = (row: CodeRow): Code => ({
  codeId: row.code_id,
  sealed: row.sealed,
  state: row.state,
  test: row.test,
  resourceId: row.resource_id,
  orderId: row.order_id,
  buyerId: row.buyer_id,
  placedBy: row.placed_by,
  sellerId: row.seller_id,
  goodsId: row.goods_id,
  productName: row.product_name,
  site: row.site,
  productId: row.product_id,
  amount: row.amount,
  periodType: row.period_type,
  periodNumber: row.period_number,
  orderedAt: row.ordered_at,
  createdAt: row.created_at,
  receivedAt: row.received_at,
  activatedAt: row.activated_at,
  expireAt: row.expire_at,
  freezeReason: row.freeze_reason,
  queriedAt: row.queried_at,
});
