/** What a seller remembers of an instance is what the marketplace has on record, wherever the last call about it succeeded. */
import { formatUtc14 } from '@jishi/protocol';
import { type Db, sql } from '../../platform/database/database.ts';
import type { SellerInstance } from '../invariants.ts';

interface Row {
  readonly id: string;
  readonly instanceId: string;
  readonly state: string;
  readonly expireAt: Date | null;
  readonly skuCode: string;
  readonly quantity: number;
  readonly waits: boolean;
  /** state of the newest call of the kind; null = there was none */
  readonly refresh: string | null;
  readonly status: string | null;
  readonly upgrade: string | null;
  readonly release: string | null;
}
const newest = (...activities: readonly string[]) => sql`
  (SELECT CASE WHEN c.ended_by IS NOT NULL THEN 'BY_HAND' ELSE c.state END FROM fulfilment.seller_calls c
   WHERE c.resource_id = i.resource_id AND c.activity = ANY(${activities}::text[]) AND NOT c.once ORDER BY c.seq DESC LIMIT 1)`;

export async function sellersRememberTheSame(db: Db, memory: ReadonlyMap<string, SellerInstance>): Promise<string[]> {
  const { rows } = await sql<Row>`
    SELECT i.resource_id AS id, i.instance_id AS "instanceId", i.state, i.expire_at AS "expireAt", i.sku_code AS "skuCode", i.quantity, i.pending IS NOT NULL AS waits,
      ${newest('refreshInstance')} AS refresh, ${newest('updateInstanceStatus', 'instanceStatus', 'expireInstance')} AS status,
      ${newest('upgradeInstance', 'upgrade')} AS upgrade, ${newest('releaseInstance')} AS release
    FROM instances.instances i WHERE i.instance_id IS NOT NULL AND i.state <> 'FAILED' ORDER BY i.created_at, i.resource_id`.execute(
    db,
  );
  const lines = await sql<{
    id: string;
    skuCode: string;
    quantity: number;
  }>`SELECT order_line_id AS id, sku_code AS "skuCode", quantity FROM ordering.order_lines WHERE state <> 'REFUNDED'`.execute(
    db,
  );
  const plans = new Map(lines.rows.map((line) => [line.id, line]));
  const faults: string[] = [];
  for (const row of rows) {
    const theirs = memory.get(row.instanceId);
    const says = (what: string) =>
      faults.push(
        `seller and marketplace differ about ${row.instanceId}: ${what}; ${JSON.stringify({ ours: row, theirs })}`,
      );
    if (!theirs) says('the seller has never made it');
    else if (row.state === 'RELEASING' || row.state === 'RELEASED') {
      if (row.release === 'SUCCEEDED' && theirs.status !== 'RELEASED') says('it is not released there');
    } else {
      if (theirs.status === 'RELEASED') says('it is released there');
      compareStatus(row, theirs, says);
      compareExpiry(row, theirs, says);
      comparePlan(row, theirs, plans, says);
    }
  }
  return faults;
}

type Says = (what: string) => void;

function compareStatus(row: Row, theirs: SellerInstance, says: Says): void {
  const frozen = row.state === 'FROZEN' || row.state === 'VIOLATION_FROZEN';
  // In V1.0 the renewal, too, is told by status and period together.
  const told = theirs.protocol === 'saas-v1' ? agreed(row.status) && agreed(row.refresh) : agreed(row.status);
  if (told && (theirs.status === 'FROZEN') !== frozen) says('one has it frozen');
}

function compareExpiry(row: Row, theirs: SellerInstance, says: Says): void {
  if (!agreed(row.refresh) || theirs.expireTime === null) return;
  if (row.expireAt === null || theirs.expireTime !== formatUtc14(row.expireAt)) says('it ends at another time');
}

function comparePlan(
  row: Row,
  theirs: SellerInstance,
  plans: ReadonlyMap<string, { skuCode: string; quantity: number }>,
  says: Says,
): void {
  if (!agreed(row.upgrade) || !agreed(row.refresh) || row.waits) return;
  // A renewal with change that was taken back before its day leaves the plan as it was; the seller knows what that is.
  const plan = theirs.planLine === null ? undefined : plans.get(theirs.planLine);
  if (theirs.quantity !== null && theirs.quantity !== row.quantity) says('it has another quantity');
  if (plan && (plan.skuCode !== row.skuCode || plan.quantity !== row.quantity)) says('it has another plan');
}

/** Nothing was to be said, or the seller said yes to the last that was. */
const agreed = (newestCall: string | null): boolean => newestCall === null || newestCall === 'SUCCEEDED';
