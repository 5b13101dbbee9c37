/** SQL of rating anew: charges since an instant with what they added, and their records. */
import { type Executor, sql } from '../platform/database/database.ts';
import { CHARGE_COLUMNS, type Charge, type Effects, toCharge } from './charge-store.ts';
import type { Usage } from './definition.ts';

/** In the order in which they were made; reversed ones have no effect any more and are left out. */
export async function chargesSince(
  executor: Executor,
  resourceId: string,
  since: Date,
  limit: number,
): Promise<{ readonly charge: Charge; readonly effects: Effects }[]> {
  const { rows } = await sql<Charge & { effects: Effects }>`
    SELECT ${CHARGE_COLUMNS}, effects FROM metering.charges
    WHERE resource_id = ${resourceId} AND billed_at >= ${since} AND state <> 'REVERSED' ORDER BY billed_at, charge_id LIMIT ${limit}`.execute(
    executor,
  );
  return rows.map(({ effects, ...row }) => ({ charge: toCharge(row), effects }));
}

export async function usagesOfCharges(
  executor: Executor,
  resourceId: string,
  charges: readonly Charge[],
): Promise<ReadonlyMap<string, readonly Usage[]>> {
  const found = new Map<string, Usage[]>(charges.map(({ chargeId }) => [chargeId, []]));
  if (charges.length === 0) return found;
  const from = new Date(Math.min(...charges.map((charge) => charge.from.getTime())));
  const to = new Date(Math.max(...charges.map((charge) => charge.to.getTime())));
  const { rows } = await sql<Usage & { chargeId: string }>`
    SELECT charge_id AS "chargeId", r.record_id::text AS "recordId", begin_at AS "beginAt", end_at AS "endAt", value, package_instance_id AS "packageInstanceId"
    FROM metering.records r JOIN (SELECT charge_id, unnest(record_ids) AS record_id FROM metering.charges WHERE charge_id = ANY(${[...found.keys()]}::uuid[])) c USING (record_id)
    WHERE resource_id = ${resourceId} AND begin_at BETWEEN ${from} AND ${to}`.execute(executor);
  for (const { chargeId, ...usage } of rows) found.get(chargeId)?.push(usage);
  return found;
}
