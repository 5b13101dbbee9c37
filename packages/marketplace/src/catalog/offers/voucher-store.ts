/** SQL of vouchers and of those that buyers have. */
import type { Scope } from '../../directory/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Position } from '../../platform/http/cursor.ts';
import { type Grant, type Voucher, voucherItem } from './model.ts';

interface VoucherRow extends Omit<Voucher, 'items'> {
  readonly items: unknown;
}
const COLUMNS = sql`v.voucher_id AS "voucherId", v.seller_id AS "sellerId", v.state, v.name, v.face_value AS "faceValue", v.minimum_spend AS "minimumSpend", v.currency,
  v.items, v.modes, v.with_offers AS "withOffers", v.claimable, v.valid_from AS "validFrom", v.valid_to AS "validTo", v.total, v.claimed, v.created_at AS "createdAt"`;
const toVoucher = (row: VoucherRow): Voucher => ({ ...row, items: voucherItem.array().parse(row.items) });

export async function insertVoucher(executor: Executor, voucher: Voucher, by: string): Promise<void> {
  await sql`
    INSERT INTO catalog.vouchers (voucher_id, seller_id, state, name, face_value, minimum_spend, currency, items, modes, with_offers, claimable, valid_from, valid_to, total, created_by, created_at)
    VALUES (${voucher.voucherId}, ${voucher.sellerId}, ${voucher.state}, ${voucher.name}, ${voucher.faceValue}, ${voucher.minimumSpend}, ${voucher.currency}, ${JSON.stringify(voucher.items)},
      ${voucher.modes}::text[], ${voucher.withOffers}, ${voucher.claimable}, ${voucher.validFrom}, ${voucher.validTo}, ${voucher.total}, ${by}, ${voucher.createdAt})`.execute(
    executor,
  );
  await sql`
    INSERT INTO catalog.voucher_goods (voucher_id, goods_id)
    SELECT DISTINCT ${voucher.voucherId}, goods_id FROM unnest(${voucher.items.map(({ goodsId }) => goodsId)}::text[]) AS goods_id`.execute(
    executor,
  );
}

/** Locked for a change where asked. */
export async function voucherById(
  executor: Executor,
  voucherId: string,
  options: { readonly scope?: Scope; readonly lock?: true } = {},
): Promise<Voucher | null> {
  const { scope } = options;
  const { rows } = await sql<VoucherRow>`
    SELECT ${COLUMNS} FROM catalog.vouchers v WHERE v.voucher_id = ${voucherId}
      ${scope?.kind === 'seller' ? sql`AND v.seller_id = ${scope.sellerId}` : sql``} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(
    executor,
  );
  return rows[0] ? toVoucher(rows[0]) : null;
}

export async function setVoucherVoid(executor: Executor, voucherId: string): Promise<void> {
  await sql`UPDATE catalog.vouchers SET state = 'VOID' WHERE voucher_id = ${voucherId}`.execute(executor);
}

/** A voucher with how many orders used it. */
export interface CountedVoucher {
  readonly voucher: Voucher;
  readonly used: number;
}
export async function listVouchers(
  executor: Executor,
  query: { readonly scope: Scope; readonly before: Position | null; readonly limit: number },
): Promise<CountedVoucher[]> {
  const { scope, before } = query;
  const { rows } = await sql<VoucherRow & { used: number }>`
    SELECT ${COLUMNS}, (SELECT count(*) FROM catalog.voucher_grants g WHERE g.voucher_id = v.voucher_id AND g.order_id IS NOT NULL) AS used
    FROM catalog.vouchers v WHERE ${scope.kind === 'seller' ? sql`v.seller_id = ${scope.sellerId}` : sql`true`}
      ${before ? sql`AND (v.created_at, v.voucher_id) < (${before.at}, ${before.id})` : sql``}
    ORDER BY v.created_at DESC, v.voucher_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows.map(({ used, ...voucher }) => ({ voucher: toVoucher(voucher), used }));
}

/** Vouchers on a product's page: given out now, not void, not all gone. */
export async function claimableOf(executor: Executor, goodsId: string, now: Date): Promise<Voucher[]> {
  const { rows } = await sql<VoucherRow>`
    SELECT ${COLUMNS} FROM catalog.voucher_goods g JOIN catalog.vouchers v USING (voucher_id)
    WHERE g.goods_id = ${goodsId} AND v.claimable AND v.state = 'PUBLISHED' AND v.valid_to > ${now} AND v.claimed < v.total
    ORDER BY v.face_value DESC, v.voucher_id LIMIT 50`.execute(executor);
  return rows.map(toVoucher);
}

// --- what buyers have -----------------------------------------------------------------------------------------

export interface Held {
  readonly voucher: Voucher;
  readonly grant: Grant;
}
interface HeldRow extends VoucherRow {
  readonly buyerId: string;
  readonly orderId: string | null;
}
const toHeld = ({ buyerId, orderId, ...voucher }: HeldRow): Held => ({
  voucher: toVoucher(voucher),
  grant: { buyerId, orderId },
});

/** Gives one to each buyer who has none. @returns how many were given; the caller holds the voucher's lock */
export async function grantTo(
  executor: Executor,
  voucherId: string,
  buyerIds: readonly string[],
  now: Date,
): Promise<number> {
  const { rows } = await sql`
    INSERT INTO catalog.voucher_grants (voucher_id, buyer_id, granted_at)
    SELECT ${voucherId}, buyer_id, ${now} FROM unnest(${buyerIds}::text[]) AS buyer_id ON CONFLICT DO NOTHING RETURNING buyer_id`.execute(
    executor,
  );
  if (rows.length > 0)
    await sql`UPDATE catalog.vouchers SET claimed = claimed + ${rows.length} WHERE voucher_id = ${voucherId}`.execute(
      executor,
    );
  return rows.length;
}

/** Of these vouchers those that the buyer has. */
export async function heldVouchers(
  executor: Executor,
  buyerId: string,
  voucherIds: readonly string[],
): Promise<Map<string, Held>> {
  const { rows } = await sql<HeldRow>`
    SELECT ${COLUMNS}, g.buyer_id AS "buyerId", g.order_id AS "orderId"
    FROM catalog.voucher_grants g JOIN catalog.vouchers v USING (voucher_id)
    WHERE g.buyer_id = ${buyerId} AND g.voucher_id = ANY(${voucherIds}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.voucherId, toHeld(row)]));
}

/** Everything a buyer has, newest first. @param unusedAt only those that can be used at this time */
export async function vouchersOfBuyer(
  executor: Executor,
  buyerId: string,
  limit: number,
  unusedAt?: Date,
): Promise<Held[]> {
  const { rows } = await sql<HeldRow>`
    SELECT ${COLUMNS}, g.buyer_id AS "buyerId", g.order_id AS "orderId"
    FROM catalog.voucher_grants g JOIN catalog.vouchers v USING (voucher_id) WHERE g.buyer_id = ${buyerId}
      ${unusedAt ? sql`AND g.order_id IS NULL AND v.valid_to > ${unusedAt}` : sql``}
    ORDER BY g.granted_at DESC, g.voucher_id LIMIT ${limit}`.execute(executor);
  return rows.map(toHeld);
}

/** Binds a voucher to an order. @returns false = another order was faster */
export async function useVoucher(
  executor: Executor,
  use: {
    readonly voucherId: string;
    readonly buyerId: string;
    readonly orderId: string;
    readonly lineIds: readonly string[];
  },
  now: Date,
): Promise<boolean> {
  const result = await sql`
    UPDATE catalog.voucher_grants SET order_id = ${use.orderId}, order_lines = ${use.lineIds}::text[], used_at = ${now}
    WHERE voucher_id = ${use.voucherId} AND buyer_id = ${use.buyerId} AND order_id IS NULL`.execute(executor);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/**
 * Lines of orders are given back with what they were paid by: a voucher is the buyer's again when none of its lines is
 * left. @param lineIds null = all of the order
 */
export async function returnVouchers(
  executor: Executor,
  orders: readonly { readonly orderId: string; readonly lineIds: readonly string[] | null }[],
): Promise<void> {
  for (const { orderId, lineIds } of orders)
    await sql`
      UPDATE catalog.voucher_grants SET
        order_lines = nullif(rest.lines, '{}'),
        order_id = CASE WHEN rest.lines = '{}' THEN NULL ELSE order_id END,
        used_at = CASE WHEN rest.lines = '{}' THEN NULL ELSE used_at END
      FROM (SELECT g.voucher_id, g.buyer_id, coalesce((SELECT array_agg(line) FROM unnest(g.order_lines) AS line
              WHERE ${lineIds}::text[] IS NOT NULL AND line <> ALL(${lineIds}::text[])), '{}') AS lines
            FROM catalog.voucher_grants g WHERE g.order_id = ${orderId}) rest
      WHERE voucher_grants.voucher_id = rest.voucher_id AND voucher_grants.buyer_id = rest.buyer_id AND voucher_grants.order_id = ${orderId}`.execute(
      executor,
    );
}
