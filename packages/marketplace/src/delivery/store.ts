/** SQL of deliveries. */
import type { RawBuilder } from 'kysely';
import { type DeliveryKind, localizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import { type Delivery, type DeliveryStatus, deliveredFiles, payload, requirement, type SoldAs } from './definition.ts';
import { turnOf } from './model.ts';
import { supervision } from './supervision/definition.ts';
import type { SupervisionState } from './supervision/flows.ts';

interface Row {
  delivery_id: string;
  order_line_id: string;
  resource_id: string;
  order_id: string;
  buyer_id: string;
  placed_by: string;
  seller_id: string;
  goods_id: string;
  version: number;
  product_name: unknown;
  status: DeliveryStatus;
  access_type: SoldAs['accessType'];
  license_variant: SoldAs['licenseVariant'];
  supervised: boolean;
  opening: SoldAs['opening'];
  payload: unknown;
  sealed: string | null;
  requirement: unknown;
  result: string;
  proofs: unknown;
  enabling_at: Date | null;
  created_at: Date;
  delivered_at: Date | null;
  accepted_at: Date | null;
  ended_at: Date | null;
  reason: unknown;
  supervision: unknown;
  next_at: Date | null;
  trace_id: string;
}

const toDelivery = (row: Row): Delivery => ({
  deliveryId: row.delivery_id,
  orderLineId: row.order_line_id,
  resourceId: row.resource_id,
  orderId: row.order_id,
  buyerId: row.buyer_id,
  placedBy: row.placed_by,
  sellerId: row.seller_id,
  goodsId: row.goods_id,
  version: row.version,
  productName: localizedText.parse(row.product_name),
  status: row.status,
  accessType: row.access_type,
  licenseVariant: row.license_variant,
  supervised: row.supervised,
  opening: row.opening,
  payload: payload.parse(row.payload),
  sealed: row.sealed,
  requirement: requirement.nullable().parse(row.requirement),
  result: row.result,
  proofs: deliveredFiles.parse(row.proofs),
  enablingAt: row.enabling_at,
  createdAt: row.created_at,
  deliveredAt: row.delivered_at,
  acceptedAt: row.accepted_at,
  endedAt: row.ended_at,
  reason: localizedText.nullable().parse(row.reason),
  supervision: supervision.nullable().parse(row.supervision),
  nextAt: row.next_at,
  traceId: row.trace_id,
});

/** The payment's deliveries; a repeat changes nothing. @returns those that are new */
export async function insertDeliveries(executor: Executor, deliveries: readonly Delivery[]): Promise<Delivery[]> {
  if (deliveries.length === 0) return [];
  const rows = deliveries.map((each) => ({ ...each, kind: each.payload.kind, turn: turnOf(each) }));
  const { rows: written } = await sql<{ delivery_id: string }>`
    INSERT INTO delivery.deliveries (delivery_id, order_line_id, resource_id, order_id, buyer_id, placed_by, seller_id, goods_id, version, product_name, kind, status, access_type,
      license_variant, supervised, opening, payload, sealed, created_at, turn, supervision, step, next_at, trace_id)
    SELECT "deliveryId", "orderLineId", "resourceId", "orderId", "buyerId", "placedBy", "sellerId", "goodsId", version, "productName", kind, status, "accessType", "licenseVariant",
      supervised, opening, payload, sealed, "createdAt", turn, nullif(supervision, 'null'::jsonb), supervision ->> 'step', "nextAt", "traceId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d ("deliveryId" text, "orderLineId" text, "resourceId" text, "orderId" text, "buyerId" text, "placedBy" text, "sellerId" text,
      "goodsId" text, version int, "productName" jsonb, kind text, status text, "accessType" text, "licenseVariant" text, supervised boolean, opening text, payload jsonb, sealed text,
      "createdAt" timestamptz, turn text, supervision jsonb, "nextAt" timestamptz, "traceId" text)
    ON CONFLICT (order_line_id) DO NOTHING RETURNING delivery_id`.execute(executor);
  const fresh = new Set(written.map((row) => row.delivery_id));
  return deliveries.filter(({ deliveryId }) => fresh.has(deliveryId));
}

export async function saveDeliveries(executor: Executor, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map((each) => ({ ...each, turn: turnOf(each) }));
  await sql`
    UPDATE delivery.deliveries d SET status = v.status, payload = v.payload, sealed = v.sealed, requirement = nullif(v.requirement, 'null'::jsonb), result = v.result, proofs = v.proofs,
      enabling_at = v."enablingAt", delivered_at = v."deliveredAt", accepted_at = v."acceptedAt", ended_at = v."endedAt", reason = nullif(v.reason, 'null'::jsonb), turn = v.turn,
      supervision = nullif(v.supervision, 'null'::jsonb), step = v.supervision ->> 'step', next_at = v."nextAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v ("deliveryId" text, status text, payload jsonb, sealed text, requirement jsonb, result text, proofs jsonb,
      "enablingAt" timestamptz, "deliveredAt" timestamptz, "acceptedAt" timestamptz, "endedAt" timestamptz, reason jsonb, turn text, supervision jsonb, "nextAt" timestamptz)
    WHERE d.delivery_id = v."deliveryId"`.execute(executor);
}

/** A foreign delivery is simply not there (P-2). */
function visible(scope: Scope): RawBuilder<unknown> {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer')
    return scope.placedBy === null
      ? sql`buyer_id = ${scope.buyerId}`
      : sql`(buyer_id = ${scope.buyerId} AND placed_by = ${scope.placedBy})`;
  return scope.goodsIds === null
    ? sql`seller_id = ${scope.sellerId}`
    : sql`(seller_id = ${scope.sellerId} AND goods_id = ANY(${scope.goodsIds}::text[]))`;
}

export async function deliveryById(
  executor: Executor,
  deliveryId: string,
  options: { readonly scope: Scope; readonly lock?: boolean },
): Promise<Delivery | null> {
  const { rows } = await sql<Row>`
    SELECT * FROM delivery.deliveries WHERE delivery_id = ${deliveryId} AND ${visible(options.scope)} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  const [row] = rows;
  return row ? toDelivery(row) : null;
}

/** Of lines, locked in one order everywhere, so that two batches never wait for each other. */
export async function lockDeliveries(executor: Executor, lineIds: readonly string[]): Promise<Delivery[]> {
  if (lineIds.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT * FROM delivery.deliveries WHERE order_line_id = ANY(${lineIds}::text[]) ORDER BY order_line_id FOR UPDATE`.execute(
    executor,
  );
  return rows.map(toDelivery);
}

/** Whose images are to be shared or taken back, or whose parcels to be followed, the longest due first. Not locked: services are asked outside a transaction. */
export async function dueDeliveries(
  executor: Executor,
  kind: 'IMAGE_GRANT' | 'PARCEL',
  now: Date,
  limit: number,
): Promise<Delivery[]> {
  const { rows } = await sql<Row>`
    SELECT * FROM delivery.deliveries WHERE next_at <= ${now} AND kind = ${kind} ORDER BY next_at, delivery_id LIMIT ${limit}`.execute(
    executor,
  );
  return rows.map(toDelivery);
}

/** The delivery that made a resource; null = plain SaaS. */
export async function deliveryOfResource(
  executor: Executor,
  resourceId: string,
  scope: Scope,
): Promise<Delivery | null> {
  const { rows } = await sql<Row>`
    SELECT * FROM delivery.deliveries WHERE order_line_id = ${resourceId} AND ${visible(scope)}`.execute(executor);
  const [row] = rows;
  return row ? toDelivery(row) : null;
}

export interface DeliveryListQuery {
  readonly scope: Scope;
  readonly status?: DeliveryStatus | undefined;
  readonly kind?: DeliveryKind | undefined;
  readonly orderId?: string | undefined;
  readonly resourceId?: string | undefined;
  /** those that wait for this side */
  readonly turn?: 'BUYER' | 'SELLER' | 'SYSTEM' | 'OPERATOR' | undefined;
  readonly step?: SupervisionState | undefined;
  /** those under appeal (O-20) */
  readonly appealed?: boolean | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Newest first. */
export async function listDeliveries(executor: Executor, query: DeliveryListQuery): Promise<Delivery[]> {
  const conditions = [
    visible(query.scope),
    ...(query.status ? [sql`status = ${query.status}`] : []),
    ...(query.kind ? [sql`kind = ${query.kind}`] : []),
    ...(query.orderId ? [sql`order_id = ${query.orderId}`] : []),
    ...(query.resourceId ? [sql`order_line_id = ${query.resourceId}`] : []),
    ...(query.turn ? [sql`turn = ${query.turn}`] : []),
    ...(query.step ? [sql`step = ${query.step}`] : []),
    ...(query.appealed ? [sql`turn = 'OPERATOR' AND step <> 'HUAWEI_REVIEW'`] : []),
    ...(query.before ? [sql`(created_at, delivery_id) < (${query.before.at}, ${query.before.id})`] : []),
  ];
  const { rows } = await sql<Row>`
    SELECT * FROM delivery.deliveries WHERE ${sql.join(conditions, sql` AND `)} ORDER BY created_at DESC, delivery_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows.map(toDelivery);
}

/** Of these order lines those that are delivered by milestones (3.5). */
export async function stagedLines(executor: Executor, lineIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (lineIds.length === 0) return new Set();
  const { rows } = await sql<{ order_line_id: string }>`
    SELECT order_line_id FROM delivery.deliveries
    WHERE order_line_id = ANY(${[...new Set(lineIds)]}::text[]) AND jsonb_array_length(coalesce(supervision -> 'milestones', '[]')) > 0`.execute(
    executor,
  );
  return new Set(rows.map((row) => row.order_line_id));
}
