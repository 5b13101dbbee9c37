/**
 * Who is at work on a resource: one open renewal, conversion, change, refund application or unsubscription at a time.
 * The primary key decides between two sessions; the later one waits for the earlier to commit and then sees its claim.
 */
import { type Executor, sql } from '../platform/database/database.ts';
import { type Result, refuse } from '../platform/result.ts';

export interface Claim {
  readonly resourceId: string;
  readonly orderLineId: string | null;
  readonly refundId: string | null;
}

/** @returns claims of others that are in the way; then nothing is claimed */
export async function claim(executor: Executor, claims: readonly Claim[]): Promise<Claim[]> {
  for (;;) {
    const { rows } = await sql<{ resource_id: string }>`
      INSERT INTO ordering.claims (resource_id, order_line_id, refund_id)
      SELECT * FROM unnest(${claims.map((each) => each.resourceId)}::text[], ${claims.map((each) => each.orderLineId)}::text[], ${claims.map((each) => each.refundId)}::text[])
        AS c (resource_id, order_line_id, refund_id)
      ORDER BY resource_id ON CONFLICT DO NOTHING RETURNING resource_id`.execute(executor);
    if (rows.length === claims.length) return [];
    const mine = rows.map((row) => row.resource_id);
    await sql`DELETE FROM ordering.claims WHERE resource_id = ANY(${mine}::text[])`.execute(executor);
    const others = claims.map((each) => each.resourceId).filter((id) => !mine.includes(id));
    const holders = await claimsOf(executor, others);
    if (holders.length > 0) return holders; // else the holder finished in this very moment: once more
  }
}

export async function claimsOf(executor: Executor, resourceIds: readonly string[]): Promise<Claim[]> {
  const { rows } = await sql<{ resource_id: string; order_line_id: string | null; refund_id: string | null }>`
    SELECT resource_id, order_line_id, refund_id FROM ordering.claims WHERE resource_id = ANY(${resourceIds}::text[]) ORDER BY resource_id`.execute(
    executor,
  );
  return rows.map((row) => ({ resourceId: row.resource_id, orderLineId: row.order_line_id, refundId: row.refund_id }));
}

/** The work of these lines is done, or will not be done. */
export async function releaseLines(
  executor: Executor,
  lines: readonly { readonly resourceId: string; readonly orderLineId: string }[],
): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    DELETE FROM ordering.claims WHERE resource_id = ANY(${lines.map((line) => line.resourceId)}::text[])
      AND order_line_id = ANY(${lines.map((line) => line.orderLineId)}::text[])`.execute(executor);
}

export async function releaseRefund(executor: Executor, resourceId: string, refundId: string): Promise<void> {
  await sql`DELETE FROM ordering.claims WHERE resource_id = ${resourceId} AND refund_id = ${refundId}`.execute(
    executor,
  );
}

/** A refund application that is executed hands its claim on to the unsubscription. */
export async function handOver(
  executor: Executor,
  { resourceId, refundId, orderLineId }: { resourceId: string; refundId: string; orderLineId: string },
): Promise<void> {
  const result = await sql`
    UPDATE ordering.claims SET order_line_id = ${orderLineId}, refund_id = NULL WHERE resource_id = ${resourceId} AND refund_id = ${refundId}`.execute(
    executor,
  );
  if (Number(result.numAffectedRows ?? 0) !== 1) throw new Error(`refund ${refundId} does not hold ${resourceId}`);
}

/** Names what is in the way, so that the buyer can finish or cancel it. */
export function heldBy(
  code: 'RENEWAL_NOT_ALLOWED' | 'CHANGE_NOT_ALLOWED' | 'REFUND_NOT_ALLOWED',
  { resourceId, orderLineId, refundId }: Claim,
): Result<never> {
  if (refundId !== null)
    return refuse(code, `B-70c: refund application ${refundId} of this resource is open`, { resourceId, refundId });
  const orderId = orderLineId?.slice(0, orderLineId.lastIndexOf('-')) ?? '';
  return refuse(code, `B-70c: order ${orderId} of this resource is not done yet`, { resourceId, orderId });
}

/** One trial per account and specification (C33). @returns the order that has it already; null = it is this one */
export async function claimTrial(
  executor: Executor,
  trial: { readonly buyerId: string; readonly specificationId: string; readonly orderId: string },
): Promise<string | null> {
  for (;;) {
    const { rows } = await sql<{ order_id: string }>`
      INSERT INTO ordering.trials (buyer_id, specification_id, order_id) VALUES (${trial.buyerId}, ${trial.specificationId}, ${trial.orderId})
      ON CONFLICT DO NOTHING RETURNING order_id`.execute(executor);
    if (rows.length > 0) return null;
    const taken = await trialOrder(executor, trial.buyerId, trial.specificationId);
    if (taken !== null) return taken;
  }
}

/** @returns null = the buyer has had no trial of it */
export async function trialOrder(executor: Executor, buyerId: string, specificationId: string): Promise<string | null> {
  const { rows } = await sql<{ order_id: string }>`
    SELECT order_id FROM ordering.trials WHERE buyer_id = ${buyerId} AND specification_id = ${specificationId}`.execute(
    executor,
  );
  return rows[0]?.order_id ?? null;
}

/** A trial that was cancelled or could not be delivered was none: the buyer may try again. */
export async function releaseTrials(
  executor: Executor,
  orders: readonly { readonly orderId: string; readonly buyerId: string }[],
): Promise<void> {
  if (orders.length === 0) return;
  await sql`
    DELETE FROM ordering.trials WHERE buyer_id = ANY(${orders.map((order) => order.buyerId)}::text[])
      AND order_id = ANY(${orders.map((order) => order.orderId)}::text[])`.execute(executor);
}
