/** SQL of charges and of what they carry on: accumulation cycles, drawn packages. */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import { type Currency, currencyOf } from '../platform/money.ts';
import type { ChargeState, DerivationStep, Draw } from './definition.ts';
import { type Carried, drawKey } from './model.ts';

export interface Charge {
  readonly chargeId: string;
  readonly resourceId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly placedBy: string;
  readonly goodsId: string;
  readonly orderId: string;
  readonly billedAt: Date;
  /** from the first beginning to the last end of its records */
  readonly from: Date;
  readonly to: Date;
  readonly records: number;
  readonly used: string;
  readonly drawn: string;
  readonly charged: string;
  readonly refused: string;
  readonly exact: string;
  readonly amount: string;
  readonly currency: Currency;
  readonly derivation: readonly DerivationStep[];
  readonly state: ChargeState;
  readonly paidAt: Date | null;
  /** the balance was short: a month on credit has some of it (S2-9) */
  readonly onCredit: boolean;
  readonly reversedAt: Date | null;
  readonly reversalReason: string | null;
  readonly traceId: string;
}
/** What a charge added, and a reversal takes back. */
export interface Effects {
  readonly draws: readonly Draw[];
  readonly cycles: readonly { readonly start: string; readonly usage: string }[];
}

export const CHARGE_COLUMNS = sql`charge_id AS "chargeId", resource_id AS "resourceId", seller_id AS "sellerId", buyer_id AS "buyerId", placed_by AS "placedBy",
  goods_id AS "goodsId", order_id AS "orderId", billed_at AS "billedAt", from_at AS "from", to_at AS "to", records, used, drawn, charged, refused, exact, amount, currency,
  derivation, state, paid_at AS "paidAt", on_credit AS "onCredit", reversed_at AS "reversedAt", reversal_reason AS "reversalReason", trace_id AS "traceId"`;

export async function insertCharge(tx: Tx, charge: Charge, effects: Effects): Promise<void> {
  const c = charge;
  await sql`
    INSERT INTO metering.charges (charge_id, resource_id, seller_id, buyer_id, placed_by, goods_id, order_id, billed_at, from_at, to_at, records,
      used, drawn, charged, refused, exact, amount, currency, derivation, effects, state, paid_at, trace_id)
    VALUES (${c.chargeId}, ${c.resourceId}, ${c.sellerId}, ${c.buyerId}, ${c.placedBy}, ${c.goodsId}, ${c.orderId}, ${c.billedAt}, ${c.from}, ${c.to}, ${c.records},
      ${c.used}, ${c.drawn}, ${c.charged}, ${c.refused}, ${c.exact}, ${c.amount}, ${c.currency}, ${JSON.stringify(c.derivation)}::jsonb, ${JSON.stringify(effects)}::jsonb,
      ${c.state}, ${c.paidAt}, ${c.traceId})`.execute(tx);
  await addEffects(tx, c.resourceId, effects);
}

export async function addEffects(tx: Tx, resourceId: string, { draws, cycles }: Effects): Promise<void> {
  if (draws.length > 0)
    await sql`
      INSERT INTO metering.draws AS d (package_id, window_at, drawn)
      SELECT * FROM unnest(${draws.map((each) => each.packageId)}::text[], ${draws.map((each) => each.window)}::timestamptz[], ${draws.map((each) => each.quantity)}::numeric[])
      ON CONFLICT (package_id, window_at) DO UPDATE SET drawn = d.drawn + excluded.drawn`.execute(tx);
  if (cycles.length > 0)
    await sql`
      INSERT INTO metering.cycles AS c (resource_id, start_at, usage)
      SELECT ${resourceId}, start_at, usage FROM unnest(${cycles.map((each) => each.start)}::timestamptz[], ${cycles.map((each) => each.usage)}::numeric[]) AS v (start_at, usage)
      ON CONFLICT (resource_id, start_at) DO UPDATE SET usage = c.usage + excluded.usage`.execute(tx);
}

/**
 * What earlier charges carry on. The packages are locked, in one order: two meters that draw from one do so one after the other.
 */
export async function carriedOf(
  tx: Tx,
  meter: { readonly resourceId: string; readonly exactTotal: string; readonly chargedTotal: string },
  packageIds: readonly string[],
): Promise<Carried> {
  for (const id of packageIds.toSorted())
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`package ${id}`}, 0))`.execute(tx);
  const draws = await sql<{ id: string; window: Date; drawn: string }>`
    SELECT package_id AS id, window_at AS "window", drawn FROM metering.draws WHERE package_id = ANY(${packageIds}::text[])`.execute(
    tx,
  );
  const cycles = await sql<{ start: Date; usage: string }>`
    SELECT start_at AS start, usage FROM metering.cycles WHERE resource_id = ${meter.resourceId}`.execute(tx);
  return {
    cycles: new Map(cycles.rows.map(({ start, usage }) => [start.toISOString(), usage])),
    draws: new Map(draws.rows.map(({ id, window, drawn }) => [drawKey(id, window), drawn])),
    exactTotal: meter.exactTotal,
    chargedTotal: meter.chargedTotal,
  };
}

/** What is owed for a service, the oldest first; locked with its meter. */
export async function owedCharges(tx: Tx, resourceId: string): Promise<Charge[]> {
  const { rows } = await sql<Charge>`
    SELECT ${CHARGE_COLUMNS} FROM metering.charges WHERE resource_id = ${resourceId} AND state = 'OWED' ORDER BY billed_at, charge_id`.execute(
    tx,
  );
  return rows.map(toCharge);
}

export async function markPaid(
  tx: Tx,
  chargeId: string,
  { at, onCredit }: { at: Date; onCredit: boolean },
): Promise<void> {
  await sql`UPDATE metering.charges SET state = 'PAID', paid_at = ${at}, on_credit = ${onCredit} WHERE charge_id = ${chargeId} AND state = 'OWED'`.execute(
    tx,
  );
}

/** Of these, the ones that were paid. */
export async function paidCharges(executor: Executor, chargeIds: readonly string[]): Promise<Charge[]> {
  if (chargeIds.length === 0) return [];
  const { rows } = await sql<Charge>`
    SELECT ${CHARGE_COLUMNS} FROM metering.charges WHERE charge_id = ANY(${chargeIds}::uuid[]) AND paid_at IS NOT NULL ORDER BY charge_id`.execute(
    executor,
  );
  return rows.map(toCharge);
}

export const toCharge = (row: Charge): Charge => ({ ...row, currency: currencyOf(row.currency) });

export async function chargeById(executor: Executor, chargeId: string): Promise<Charge | null> {
  const { rows } =
    await sql<Charge>`SELECT ${CHARGE_COLUMNS} FROM metering.charges WHERE charge_id = ${chargeId}::uuid`.execute(
      executor,
    );
  return rows[0] ? toCharge(rows[0]) : null;
}
