/** SQL of charges and of what they carry on: accumulation cycles, drawn packages. */
import { type Executor, executeUnanswered, sql, type Tx } from '../platform/database/database.ts';
import { type Currency, currencyOf } from '../platform/money.ts';
import { bare, countOf, joined } from './columns.ts';
import type { ChargeState, DerivationStep, Draw, RatedUsage } from './definition.ts';
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

/** A charge with what it was made of. */
export interface NewCharge {
  readonly charge: Charge;
  readonly effects: Effects;
  /** as elements of the database's arrays */
  readonly recordIds: Uint8Array;
  /** of all its records, which then are not told one by one; null = each of them is */
  readonly unitPrice: string | null;
  readonly usages: readonly RatedUsage[];
}

/** What they add to packages and cycles stands after this, too. */
export async function insertCharges(tx: Tx, charges: readonly NewCharge[]): Promise<void> {
  if (charges.length === 0) return;
  const ids = joined(charges.map(({ recordIds }) => recordIds));
  let idsTo = 0;
  const rows = charges.map(({ charge, effects, recordIds, unitPrice, usages }) => {
    const idsFrom = idsTo + 1;
    idsTo += countOf(recordIds);
    return {
      ...charge,
      ...{ effects, unitPrice, idsFrom, idsTo },
      drawnOf: bare(usages.map((each) => each.drawn)),
      chargedOf: bare(usages.map((each) => each.charged)),
      refusedOf: bare(usages.map((each) => each.refused)),
      amountOf: bare(usages.map((each) => each.amount)),
    };
  });
  await executeUnanswered(
    tx,
    sql`
    INSERT INTO metering.charges (charge_id, resource_id, seller_id, buyer_id, placed_by, goods_id, order_id, billed_at, from_at, to_at, records,
      used, drawn, charged, refused, exact, amount, currency, derivation, effects, state, paid_at, trace_id, unit_price, record_ids, drawn_of, charged_of, refused_of, amount_of)
    SELECT c."chargeId", c."resourceId", c."sellerId", c."buyerId", c."placedBy", c."goodsId", c."orderId", c."billedAt", c."from", c."to", c.records,
      c.used, c.drawn, c.charged, c.refused, c.exact, c.amount, c.currency, c.derivation, c.effects, c.state, c."paidAt", c."traceId", c."unitPrice",
      (${ids}::bigint[])[c."idsFrom":c."idsTo"], c."drawnOf"::numeric[], c."chargedOf"::numeric[], c."refusedOf"::numeric[], c."amountOf"::numeric[]
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS c ("chargeId" uuid, "resourceId" text, "sellerId" text, "buyerId" text, "placedBy" text, "goodsId" text,
      "orderId" text, "billedAt" timestamptz, "from" timestamptz, "to" timestamptz, records int, used numeric, drawn numeric, charged numeric, refused numeric, exact numeric,
      amount numeric, currency text, derivation jsonb, effects jsonb, state text, "paidAt" timestamptz, "traceId" text, "unitPrice" numeric, "idsFrom" int, "idsTo" int, "drawnOf" text, "chargedOf" text,
      "refusedOf" text, "amountOf" text)`,
  );
  await addEffects(
    tx,
    charges.map(({ charge, effects }) => ({ resourceId: charge.resourceId, ...effects })),
  );
}

export async function addEffects(
  tx: Tx,
  effects: readonly (Effects & { readonly resourceId: string })[],
): Promise<void> {
  const draws = effects.flatMap((each) => each.draws);
  const cycles = effects.flatMap(({ resourceId, cycles: grown }) => grown.map((each) => ({ resourceId, ...each })));
  if (draws.length > 0)
    await executeUnanswered(
      tx,
      sql`
      INSERT INTO metering.draws AS d (package_id, window_at, drawn)
      SELECT package_id, window_at, sum(drawn) FROM unnest(${draws.map((each) => each.packageId)}::text[], ${draws.map((each) => each.window)}::timestamptz[],
        ${draws.map((each) => each.quantity)}::numeric[]) AS v (package_id, window_at, drawn) GROUP BY package_id, window_at ORDER BY package_id, window_at
      ON CONFLICT (package_id, window_at) DO UPDATE SET drawn = d.drawn + excluded.drawn`,
    );
  if (cycles.length > 0)
    await executeUnanswered(
      tx,
      sql`
      INSERT INTO metering.cycles AS c (resource_id, start_at, usage)
      SELECT resource_id, start_at, sum(usage) FROM unnest(${cycles.map((each) => each.resourceId)}::text[], ${cycles.map((each) => each.start)}::timestamptz[],
        ${cycles.map((each) => each.usage)}::numeric[]) AS v (resource_id, start_at, usage) GROUP BY resource_id, start_at
      ON CONFLICT (resource_id, start_at) DO UPDATE SET usage = c.usage + excluded.usage`,
    );
}

/** What earlier charges carry on, of many meters; packages may be shared by some of them. */
export interface Books {
  /** by meter */
  readonly cycles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly draws: ReadonlyMap<string, string>;
}
/** The packages are locked, in one order: whoever draws from one does so after the other. */
export async function openBooks(tx: Tx, resourceIds: readonly string[], packageIds: readonly string[]): Promise<Books> {
  const ids = [...new Set(packageIds)].toSorted();
  // one by one inside of it: a set is locked in the order in which it is read
  if (ids.length > 0)
    await executeUnanswered(
      tx,
      sql`SELECT pg_advisory_xact_lock(hashtextextended('package ' || id, 0)) FROM unnest(${ids}::text[]) AS p (id)`,
    );
  const [draws, found] = await Promise.all([
    ids.length === 0
      ? { rows: [] }
      : sql<{ id: string; window: Date; drawn: string }>`
          SELECT package_id AS id, window_at AS "window", drawn FROM metering.draws WHERE package_id = ANY(${ids}::text[])`.execute(
          tx,
        ),
    sql<{ id: string; start: Date; usage: string }>`
      SELECT resource_id AS id, start_at AS start, usage FROM metering.cycles WHERE resource_id = ANY(${resourceIds}::text[])`.execute(
      tx,
    ),
  ]);
  const cycles = new Map<string, Map<string, string>>();
  for (const { id, start, usage } of found.rows) {
    const ofMeter = cycles.get(id) ?? new Map<string, string>();
    cycles.set(id, ofMeter.set(start.toISOString(), usage));
  }
  return { cycles, draws: new Map(draws.rows.map(({ id, window, drawn }) => [drawKey(id, window), drawn])) };
}

export const carriedOf = (
  { cycles, draws }: Books,
  meter: { readonly resourceId: string; readonly exactTotal: string; readonly chargedTotal: string },
): Carried => ({
  cycles: cycles.get(meter.resourceId) ?? new Map(),
  draws,
  exactTotal: meter.exactTotal,
  chargedTotal: meter.chargedTotal,
});

/** What is owed for these services, of each the oldest first; locked with their meters. */
export async function owedCharges(tx: Tx, resourceIds: readonly string[]): Promise<Charge[]> {
  const { rows } = await sql<Charge>`
    SELECT ${CHARGE_COLUMNS} FROM metering.charges WHERE resource_id = ANY(${resourceIds}::text[]) AND state = 'OWED' ORDER BY resource_id, billed_at, charge_id`.execute(
    tx,
  );
  return rows.map(toCharge);
}

export async function markPaid(
  tx: Tx,
  paid: readonly Pick<Charge, 'chargeId' | 'onCredit'>[],
  at: Date,
): Promise<void> {
  if (paid.length === 0) return;
  await executeUnanswered(
    tx,
    sql`
    UPDATE metering.charges c SET state = 'PAID', paid_at = ${at}, on_credit = v.on_credit
    FROM unnest(${paid.map(({ chargeId }) => chargeId)}::uuid[], ${paid.map(({ onCredit }) => onCredit)}::boolean[]) AS v (charge_id, on_credit)
    WHERE c.charge_id = v.charge_id AND c.state = 'OWED'`,
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
