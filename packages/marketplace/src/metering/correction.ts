/** Corrections, by an operator only: a charge is reversed whole, and what is left of its records is rated again. */
import { sql, type Tx } from '../platform/database/database.ts';
import { decimal, money, plain } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { giveUsageBack } from '../wallet/index.ts';
import { type Charge, chargeById, type Effects } from './charge-store.ts';
import { takeEffectsBack } from './effects-back.ts';
import { chargeReversed } from './events.ts';
import { invoiceKeeps } from './invoicing.ts';
import { lockMeter, lockMeters, type MeterAccount, saveMeters } from './meter-store.ts';

export interface Reversal {
  readonly chargeId: string;
  readonly reason: string;
  /** records of the charge that were wrong: they count no more; the others are billed again, at once */
  readonly voidRecordIds: readonly string[];
}

/** Refuses NOT_FOUND, CHARGE_STATE when it was reversed before, CHARGE_INVOICED (S5-20). */
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
  const kept = await invoiceKeeps(tx, chargeId);
  if (kept) return kept;
  const { rows } = await sql<{ effects: Effects }>`
    UPDATE metering.charges SET state = 'REVERSED', reversed_at = ${now}, reversal_reason = ${reason} WHERE charge_id = ${chargeId}::uuid RETURNING effects`.execute(
    tx,
  );
  for (const { effects } of rows) await takeEffectsBack(tx, charge.resourceId, effects);
  const again = afterBilled(meter.billedTo, now);
  await sql`
    WITH voided AS (
      UPDATE metering.records SET state = CASE WHEN record_id = ANY(${voidRecordIds}::bigint[]) THEN 'VOID' ELSE 'TAKEN' END,
        reason = CASE WHEN record_id = ANY(${voidRecordIds}::bigint[]) THEN ${reason} END, bill_at = ${again}
      WHERE resource_id = ${charge.resourceId} AND begin_at BETWEEN ${charge.from} AND ${charge.to}
        AND record_id = ANY(ARRAY(SELECT unnest(record_ids) FROM metering.charges WHERE charge_id = ${chargeId}::uuid))
      RETURNING date_trunc('hour', begin_at) AS hour, value, state),
    gone AS (SELECT hour, sum(value) AS usage, count(*) AS records FROM voided WHERE state = 'VOID' GROUP BY hour)
    UPDATE metering.hours h SET usage = h.usage - gone.usage, records = h.records - gone.records
    FROM gone WHERE h.resource_id = ${charge.resourceId} AND h.hour = gone.hour`.execute(tx);
  await saveMeters(tx, [
    {
      ...meter,
      exactTotal: plain(decimal(meter.exactTotal).minus(charge.exact)),
      chargedTotal: plain(decimal(meter.chargedTotal).minus(charge.amount)),
      nextAt: meter.nextAt !== null && meter.nextAt < again ? meter.nextAt : again,
      waitingFrom: meter.waitingFrom !== null && meter.waitingFrom < charge.from ? meter.waitingFrom : charge.from,
      waitingTo: meter.waitingTo !== null && meter.waitingTo > again ? meter.waitingTo : again,
    },
  ]);
  if (charge.state === 'PAID') {
    const amount = money(charge.amount, charge.currency);
    const { buyerId, traceId } = charge;
    await giveUsageBack(platform, tx, { buyerId, reference: chargeId, amount, traceId }, now);
    await platform.events.publish(tx, [chargeReversed(charge, now)], now);
  }
  return ok({ ...charge, state: 'REVERSED', reversedAt: now, reversalReason: reason });
}

/** What is rated again is due at once, but behind what was billed before: that is how it is told from it. */
const afterBilled = (billedTo: Date | null, now: Date): Date =>
  billedTo !== null && billedTo >= now ? new Date(billedTo.getTime() + 1) : now;

/** Records that could not be rated are tried again: after their reason was put right. @returns how many meters */
export async function rateAgain(tx: Tx, sellerId: string | null, now: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT resource_id AS id FROM metering.records r JOIN metering.meters m USING (resource_id)
    WHERE r.state = 'UNRATED' AND (${sellerId}::text IS NULL OR m.seller_id = ${sellerId})`.execute(tx);
  const ids = rows.map(({ id }) => id);
  await rateMetersAgain(tx, await lockMeters(tx, ids), now);
  return ids.length;
}

/** The same for these, which are locked. @returns how many records */
export async function rateMetersAgain(
  tx: Tx,
  meters: readonly Pick<MeterAccount, 'resourceId' | 'billedTo'>[],
  now: Date,
): Promise<number> {
  const due = meters.map(({ billedTo }) => afterBilled(billedTo, now));
  const { rows } = await sql<{ records: number }>`
    WITH asked AS (SELECT * FROM unnest(${meters.map(({ resourceId }) => resourceId)}::text[], ${due}::timestamptz[]) AS a (resource_id, at)),
    again AS (
      UPDATE metering.records r SET state = 'TAKEN', reason = NULL, bill_at = a.at FROM asked a
      WHERE r.resource_id = a.resource_id AND r.state = 'UNRATED' RETURNING r.resource_id, r.begin_at),
    woken AS (
      UPDATE metering.meters m SET next_at = least(m.next_at, a.at), waiting_from = least(m.waiting_from, f.from_at), waiting_to = greatest(m.waiting_to, a.at)
      FROM asked a JOIN (SELECT resource_id, min(begin_at) AS from_at FROM again GROUP BY resource_id) f USING (resource_id)
      WHERE m.resource_id = a.resource_id)
    SELECT count(*)::int AS records FROM again`.execute(tx);
  return rows[0]?.records ?? 0;
}
