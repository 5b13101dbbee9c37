/**
 * Sellers that want to are told the number of each order of theirs, once: after payment, or when a refund order is made
 * (saas-v2.md 5.8, S-25). Chosen per delivery type or per product; what both choose is told once, to the product's address.
 */
import { type AccessType, currentContents } from '../catalog/index.ts';
import { accessKeys } from '../directory/index.ts';
import { type OrderPaid, ordersByIds, type RefundExecuted } from '../ordering/index.ts';
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { CallTarget } from './protocol/index.ts';
import { insertCalls, type NewCall, poolOf, type SellerCall } from './store.ts';

export const ORDER_NOTIFY = 'orderNotify';

export interface OrderNotice {
  readonly sellerId: string;
  readonly kind: 'DELIVERY_TYPE' | 'PRODUCT';
  /** a delivery type, e.g. SAAS, or a product's goodsId */
  readonly value: string;
  readonly address: string;
  readonly keyId: string;
}

export async function orderNotices(executor: Executor, sellerIds: readonly string[]): Promise<OrderNotice[]> {
  const { rows } = await sql<OrderNotice>`
    SELECT seller_id AS "sellerId", kind, value, address, key_id AS "keyId" FROM fulfilment.order_notices
    WHERE seller_id = ANY(${sellerIds}::text[]) ORDER BY seller_id, kind, value`.execute(executor);
  return rows;
}

/** One type or product hangs on one address: to move it, it is removed first (S-25). */
export async function setOrderNotice(tx: Tx, notice: OrderNotice, now: Date): Promise<Result<OrderNotice>> {
  const result = await sql`
    INSERT INTO fulfilment.order_notices (seller_id, kind, value, address, key_id, created_at)
    VALUES (${notice.sellerId}, ${notice.kind}, ${notice.value}, ${notice.address}, ${notice.keyId}, ${now})
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1
    ? ok(notice)
    : refuse('NOTICE_EXISTS', 'S-25: it hangs on an address already; remove it there first');
}

/** Open notices that no other choice covers need nobody any more. @returns false = there was none */
export async function removeOrderNotice(
  tx: Tx,
  { sellerId, kind, value }: Pick<OrderNotice, 'sellerId' | 'kind' | 'value'>,
  now: Date,
): Promise<boolean> {
  const result = await sql`
    DELETE FROM fulfilment.order_notices WHERE seller_id = ${sellerId} AND kind = ${kind} AND value = ${value}`.execute(
    tx,
  );
  await sql`
    UPDATE fulfilment.seller_calls c SET state = 'RESOLVED', finished_at = ${now}
    WHERE c.seller_id = ${sellerId} AND c.activity = ${ORDER_NOTIFY} AND c.state IN ('DUE', 'STOPPED')
      AND NOT EXISTS (SELECT 1 FROM fulfilment.order_notices n
                      WHERE n.seller_id = c.seller_id AND (n.kind = 'DELIVERY_TYPE' OR n.value = c.goods_id))`.execute(
    tx,
  );
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Orders of all types that were paid, or made to refund. */
export async function notifyOrders(
  platform: Platform,
  tx: Tx,
  orders: {
    readonly paid: readonly (OrderPaid & { readonly traceId: string })[];
    readonly refunds: readonly (RefundExecuted & { readonly traceId: string })[];
  },
  now: Date,
): Promise<void> {
  const sellerIds = [
    ...orders.paid.flatMap((order) => order.lines.map((line) => line.sellerId)),
    ...orders.refunds.map((refund) => refund.sellerId),
  ];
  const notices = await orderNotices(tx, [...new Set(sellerIds)]);
  if (notices.length === 0) return;
  const wanting = new Set(notices.map((notice) => notice.sellerId));
  const lines = [
    ...orders.paid.flatMap(({ orderId, traceId, lines }) =>
      lines.map((line) => ({ ...line, accessType: line.delivery.accessType, orderId, traceId })),
    ),
    ...(await refundLines(
      tx,
      orders.refunds.filter((refund) => wanting.has(refund.sellerId)),
    )),
  ];
  const calls = lines.flatMap((line): NewCall[] => {
    const notice = noticeFor(notices, line);
    if (!notice) return [];
    const { resourceId, sellerId, buyerId, orderId, orderLineId, goodsId, productName, traceId } = line;
    const ids = { resourceId, sellerId, buyerId, orderId, orderLineId, goodsId, productName, traceId };
    return [
      {
        ...ids,
        id: uuid(platform.random),
        pool: poolOf(sellerId, notice.address),
        // A notice that fails holds up no delivery.
        lane: `${ORDER_NOTIFY}:${orderLineId}`,
        protocol: 'saas-v2',
        activity: ORDER_NOTIFY,
        occasion: `line:${orderLineId}`,
        instanceId: null,
        dueAt: now,
      },
    ];
  });
  await insertCalls(tx, calls, now);
}

async function refundLines(tx: Tx, refunds: readonly (RefundExecuted & { readonly traceId: string })[]) {
  if (refunds.length === 0) return [];
  const found = await ordersByIds(
    tx,
    refunds.map((refund) => refund.orderId),
    { scope: { kind: 'all' } },
  );
  const lines = new Map(found.flatMap((order) => order.lines.map((line) => [line.orderLineId, line])));
  return refunds.flatMap((refund) => {
    const line = lines.get(refund.orderLineId);
    return line ? [{ ...refund, goodsId: line.goodsId, accessType: line.snapshot.delivery.accessType }] : [];
  });
}

/** The product's own choice, else that of its delivery type. Orders of images are not told (saas-v2.md 5.8, L33). */
function noticeFor(
  notices: readonly OrderNotice[],
  line: { readonly sellerId: string; readonly goodsId: string; readonly accessType: AccessType },
): OrderNotice | undefined {
  if (line.accessType === 'IMAGE') return undefined;
  const own = notices.filter(({ sellerId }) => sellerId === line.sellerId);
  return (
    own.find(({ kind, value }) => kind === 'PRODUCT' && value === line.goodsId) ??
    own.find(({ kind, value }) => kind === 'DELIVERY_TYPE' && value === line.accessType)
  );
}

/** Where notices go now: a choice that moved meanwhile holds for the repeats too. */
export async function noticeTargets(
  platform: Platform,
  calls: readonly SellerCall[],
): Promise<(call: SellerCall) => CallTarget | { readonly missing: string }> {
  if (calls.length === 0) return () => ({ missing: 'no address for notices was asked for' });
  const notices = await orderNotices(platform.db, [...new Set(calls.map((call) => call.seller_id))]);
  const contents = await currentContents(
    platform.db,
    calls.map((call) => call.goods_id),
  );
  const keys = await accessKeys(platform, [...new Set(notices.map((notice) => notice.keyId))]);
  return (call) => {
    const accessType = contents.get(call.goods_id)?.accessType;
    const { seller_id: sellerId, goods_id: goodsId } = call;
    const notice = accessType && noticeFor(notices, { sellerId, goodsId, accessType });
    if (!notice) return { missing: 'the seller has no address for order notices any more' };
    const accessKey = keys.get(notice.keyId);
    if (accessKey === undefined) return { missing: `the access key ${notice.keyId} of the notices can not be read` };
    return { productionUrl: notice.address, accessKey };
  };
}
