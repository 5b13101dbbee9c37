/** Corrections, by an operator only: a charge is reversed whole, and what is left of its records is rated again. */
import { sql, type Tx } from '../platform/database/database.ts';
import { decimal, money, plain } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { giveUsageBack } from '../wallet/index.ts';
import { type Charge, chargeById, type Effects } from './charge-store.ts';
import { takeEffectsBack } from './effects-back.ts';
import { chargeReversed } from './events.ts';
import { lockMeter, saveMeter } from './meter-store.ts';

export interface Reversal {
  readonly chargeId: string;
  readonly reason: string;
  /** records of the charge that were wrong: they count no more; the others are billed again, at once */
  readonly voidRecordIds: readonly string[];
}

/** Refuses NOT_FOUND, and CHARGE_STATE when it was reversed before. */
export async function reverseCharge(
  platform: Platform,
  tx: Tx,
  { chargeId, reason, voidRecordIds }: Reversal,
  now: Date,
): Promise<Result<Charge>> {
  const before = await chargeById(tx, chargeId);
  if (!before) return refuse('NOT_FOUND', 'there is no such charge');
  const meter = await lockMeter(tx, before.resourceId);
  const charge = await chargeById(tx, chargeId);
  if (!meter || !charge) return refuse('NOT_FOUND', 'there is no such charge');
  if (charge.state === 'REVERSED') return refuse('CHARGE_STATE', 'the charge is reversed already');
  const { rows } = await sql<{ effects: Effects }>`
    UPDATE metering.charges SET state = 'REVERSED', reversed_at = ${now}, reversal_reason = ${reason} WHERE charge_id = ${chargeId}::uuid RETURNING effects`.execute(
    tx,
  );
  for (const { effects } of rows) await takeEffectsBack(tx, charge.resourceId, effects);
  await sql`
    WITH voided AS (
      UPDATE metering.records SET state = CASE WHEN record_id = ANY(${voidRecordIds}::uuid[]) THEN 'VOID' ELSE 'WAITING' END, reason = ${reason},
        charge_id = NULL, drawn = NULL, charged = NULL, refused = NULL, amount = NULL, bill_at = ${now}
      WHERE resource_id = ${charge.resourceId} AND begin_at BETWEEN ${charge.from} AND ${charge.to} AND charge_id = ${chargeId}::uuid
      RETURNING date_trunc('hour', begin_at) AS hour, value, state),
    gone AS (SELECT hour, sum(value) AS usage, count(*) AS records FROM voided WHERE state = 'VOID' GROUP BY hour)
    UPDATE metering.hours h SET usage = h.usage - gone.usage, records = h.records - gone.records
    FROM gone WHERE h.resource_id = ${charge.resourceId} AND h.hour = gone.hour`.execute(tx);
  await saveMeter(tx, {
    ...meter,
    exactTotal: plain(decimal(meter.exactTotal).minus(charge.exact)),
    chargedTotal: plain(decimal(meter.chargedTotal).minus(charge.amount)),
    nextAt: now,
  });
  if (charge.state === 'PAID') {
    const amount = money(charge.amount, charge.currency);
    const { buyerId, traceId } = charge;
    await giveUsageBack(platform, tx, { buyerId, reference: chargeId, amount, traceId }, now);
    await platform.events.publish(tx, [chargeReversed(charge, now)], now);
  }
  return ok({ ...charge, state: 'REVERSED', reversedAt: now, reversalReason: reason });
}

/** Records that could not be rated are tried again: after their reason was put right. @returns how many meters */
export async function rateAgain(tx: Tx, sellerId: string | null, now: Date): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    WITH again AS (
      UPDATE metering.records SET state = 'WAITING', bill_at = ${now} WHERE state = 'UNRATED' AND (${sellerId}::text IS NULL OR seller_id = ${sellerId}) RETURNING resource_id)
    UPDATE metering.meters m SET next_at = ${now} WHERE m.resource_id IN (SELECT resource_id FROM again)`.execute(tx);
  return Number(numAffectedRows);
}
