/** Usage is counted once and paid once: what was used is charged, drawn or beyond a package, and charges are in the books. */
import { type Charge, chargesOf, type RecordOfSeller, recordsOfScope, watchedPackages } from '../../metering/index.ts';
import { type Db, sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';

/** A record that its seller was told is taken. */
export interface TakenUsage {
  readonly resourceId: string;
  readonly beginAt: Date;
  readonly value: string;
}

/** @param now what was to be billed by then must be */
export async function usageAddsUp(db: Db, now: Date): Promise<string[]> {
  const told = async (query: ReturnType<typeof sql<{ id: string }>>, sentence: (id: string) => string) =>
    (await query.execute(db)).rows.map(({ id }) => sentence(id));
  const all = { scope: { kind: 'all' }, before: null, limit: MOST } as const;
  const records = await recordsOfScope(db, { ...all, only: undefined, from: undefined, to: undefined });
  return [
    ...records
      .filter(({ state, billAt }) => state === 'UNRATED' || (state === 'WAITING' && billAt <= now))
      .map(
        ({ resourceId, beginAt }) => `usage of ${resourceId} at ${beginAt.toISOString()} was to be billed and is not`,
      ),
    ...conserved(records, await chargesOf(db, all)),
    ...(await hoursOf(db, records)),
    ...(await told(TOTALS, (id) => `the charges of service ${id} are not the exact total of its usage, rounded`)),
    ...(await told(DRAWN, (id) => `what was drawn of package ${id} is not what its charges drew`)),
    ...(await told(BOOKED, (id) => `charge ${id} is not in the books with its amount exactly once`)),
    ...(await told(STRAY, (id) => `entry ${id} is of usage that was never charged`)),
    ...(await told(ARREARS, (id) => `service ${id} is in arrears and owes nothing, or owes and is not`)),
    ...(await told(THAWED, (id) => `service ${id} owes nothing and stays in grace or frozen`)),
    ...(await overdrawn(db, now)),
  ];
}

/** more than a run ever makes */
const MOST = 100_000;
const total = (parts: readonly (string | null)[]) =>
  parts.reduce((sum, part) => sum.plus(part ?? '0'), decimal('0')).toFixed();

/** Used = charged + drawn + refused, of each charge as of its records. */
function conserved(records: readonly RecordOfSeller[], charges: readonly Charge[]): string[] {
  const living = charges.filter(({ state }) => state !== 'REVERSED');
  const known = new Set(living.map(({ chargeId }) => chargeId));
  const lost = records.filter(({ state, chargeId }) => (state === 'RATED') !== known.has(chargeId ?? ''));
  const wrong = living.filter((charge) => {
    const own = records.filter(({ chargeId }) => chargeId === charge.chargeId);
    const parts = [
      [total(own.map(({ value }) => value)), charge.used],
      [total(own.map((each) => each.charged)), charge.charged],
      [total(own.map((each) => each.drawn)), charge.drawn],
      [total(own.map((each) => each.refused)), charge.refused],
      [total(own.map((each) => each.amount)), charge.exact],
      [total([charge.charged, charge.drawn, charge.refused]), charge.used],
      [String(own.length), String(charge.records)],
    ] as const;
    return parts.some(([one, other]) => !decimal(one).equals(other));
  });
  return [
    ...lost.map(({ recordId }) => `record ${recordId} is rated by no charge, or in a charge and not rated`),
    ...wrong.map(({ chargeId }) => `charge ${chargeId} is not what its records were charged, drawn and refused`),
  ];
}

/** What charts show is what was recorded. */
async function hoursOf(db: Db, records: readonly RecordOfSeller[]): Promise<string[]> {
  const { rows } = await sql<{ id: string; hour: Date; usage: string }>`
    SELECT resource_id AS id, hour, usage FROM metering.hours WHERE usage > 0`.execute(db);
  const keyOf = (id: string, at: Date) => `${id} ${Math.floor(at.getTime() / HOUR_MS)}`;
  const left = new Map(rows.map(({ id, hour, usage }) => [keyOf(id, hour), decimal(usage)]));
  for (const { resourceId, beginAt, value, state } of records) {
    if (state === 'VOID') continue;
    const key = keyOf(resourceId, beginAt);
    left.set(key, (left.get(key) ?? decimal('0')).minus(value));
  }
  return [...left].filter(([, rest]) => !rest.isZero()).map(([key]) => `hour ${key} is not the usage of its records`);
}
const HOUR_MS = 3_600_000;

/** What was answered with success is there, once, with its value. */
export async function noUsageLost(db: Db, taken: ReadonlyMap<string, TakenUsage>): Promise<string[]> {
  const { rows } = await sql<{ id: string; beginAt: Date; same: boolean }>`
    SELECT k.id, k.begin_at AS "beginAt", r.value IS NOT DISTINCT FROM k.value AS same
    FROM unnest(${[...taken.values()].map((each) => each.resourceId)}::text[], ${[...taken.values()].map((each) => each.beginAt)}::timestamptz[],
      ${[...taken.values()].map((each) => each.value)}::numeric[]) AS k (id, begin_at, value)
    LEFT JOIN metering.records r ON r.resource_id = k.id AND r.begin_at = k.begin_at`.execute(db);
  return rows
    .filter(({ same }) => !same)
    .map(({ id, beginAt }) => `usage of ${id} at ${beginAt.toISOString()} was answered with success and is lost`);
}

/** C31: no more than the quota. */
async function overdrawn(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT buyer_id AS id FROM instances.instances WHERE charging_mode = 'ON_DEMAND_PKG'`.execute(db);
  const faults: string[] = [];
  for (const { id } of rows)
    for (const { facts, rest } of await watchedPackages(db, { buyerId: id, placedBy: null }, now))
      if (rest.startsWith('-')) faults.push(`package ${facts.resourceId} was drawn beyond its quota`);
  return faults;
}

type Ids = { id: string };
const TOTALS = sql<Ids>`
  SELECT m.resource_id AS id FROM metering.meters m LEFT JOIN metering.charges c ON c.resource_id = m.resource_id AND c.state <> 'REVERSED'
  GROUP BY m.resource_id, m.exact_total, m.charged_total
  HAVING (m.exact_total, m.charged_total) IS DISTINCT FROM (coalesce(sum(c.exact), 0), coalesce(sum(c.amount), 0)) OR m.charged_total <> round(m.exact_total, 2)`;

const DRAWN = sql<Ids>`
  SELECT coalesce(d.package_id, e.package_id) AS id FROM (SELECT package_id, sum(drawn) AS drawn FROM metering.draws GROUP BY 1) d
  FULL JOIN (SELECT e ->> 'packageId' AS package_id, sum((e ->> 'quantity')::numeric) AS drawn FROM metering.charges, jsonb_array_elements(effects -> 'draws') e
    WHERE state <> 'REVERSED' GROUP BY 1) e USING (package_id)
  WHERE coalesce(d.drawn, 0) <> coalesce(e.drawn, 0)`;

/** An amount of nothing, or below it from rounding, is not booked. */
const BOOKED = sql<Ids>`
  SELECT c.charge_id AS id FROM metering.charges c
  LEFT JOIN LATERAL (SELECT count(DISTINCT e.entry_id) AS count, coalesce(sum(p.debit), 0) AS amount FROM ledger.entries e JOIN ledger.postings p USING (entry_id)
    WHERE e.kind = 'USAGE' AND e.reference = c.charge_id::text) paid ON true
  WHERE (paid.count, paid.amount) <> (CASE WHEN c.paid_at IS NULL THEN 0 ELSE 1 END, CASE WHEN c.paid_at IS NULL THEN 0 ELSE c.amount END)
    OR (c.state IN ('OWED', 'NOTHING')) <> (c.paid_at IS NULL AND c.state <> 'REVERSED')`;

const STRAY = sql<Ids>`
  SELECT reference AS id FROM ledger.entries e WHERE kind = 'USAGE' AND NOT EXISTS (SELECT FROM metering.charges c WHERE c.charge_id::text = e.reference)`;

const ARREARS = sql<Ids>`
  SELECT m.resource_id AS id FROM metering.meters m
  WHERE (m.owed_since IS NOT NULL) <> EXISTS (SELECT FROM metering.charges c WHERE c.resource_id = m.resource_id AND c.state = 'OWED')`;

/** S7-15: pay-per-use has no other reason to be in grace or frozen. */
const THAWED = sql<Ids>`
  SELECT i.resource_id AS id FROM instances.instances i LEFT JOIN metering.meters m USING (resource_id)
  WHERE i.charging_mode = 'ON_DEMAND' AND i.state IN ('GRACE', 'FROZEN') AND m.owed_since IS NULL`;
