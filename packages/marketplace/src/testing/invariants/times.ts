/** Nobody is frozen, released or told that the time is over while it is paid for, nor before grace and retention have passed. */
import { DAYS_AFTER_EXPIRY } from '../../instances/index.ts';
import { type Db, sql } from '../../platform/database/database.ts';
import { daysLater, SITES } from '../../platform/site.ts';
import type { Event, History } from './history.ts';

/** Resource → order line → end of the time that it paid for; null = without end. */
type Paid = Map<string, Map<string, Date | null>>;

export async function nothingBeforeItsTime(db: Db, history: History): Promise<string[]> {
  const { rows } = await sql<{
    buyerId: string;
    level: keyof typeof DAYS_AFTER_EXPIRY;
  }>`SELECT buyer_id AS "buyerId", level FROM directory.buyers`.execute(db);
  const levels = new Map(rows.map(({ buyerId, level }) => [buyerId, level]));
  const paid: Paid = new Map();
  const faults: string[] = [];
  for (const event of history) {
    follow(paid, event);
    const { ref, reason, cause } = event.told;
    if (!ref) continue;
    const says = (what: string) =>
      faults.push(
        `instance ${ref.resourceId} ${what} on ${event.at.toISOString()}, paid until ${until(paid, ref.resourceId)?.toISOString()}`,
      );
    const end = until(paid, ref.resourceId);
    const days =
      DAYS_AFTER_EXPIRY[levels.get(ref.buyerId) ?? 'V0'][ref.chargingMode === 'PERIOD' ? 'period' : 'onDemand'];
    const grace = ref.trial ? 0 : days.grace;
    const isBefore = (extra: number) => !end || event.at < daysLater(end, extra, SITES.CN.timeZone);
    if (event.type === 'instances.grace-begun' && isBefore(0)) says('is in grace');
    if (event.type === 'instances.frozen' && reason === 'EXPIRED' && isBefore(grace)) says('was frozen');
    if (event.type === 'instances.release-begun' && cause === 'EXPIRED' && isBefore(grace + days.retention))
      says('was released');
    if (event.type === 'instances.release-begun' && cause === 'EXPIRED') paid.delete(ref.resourceId);
  }
  const stored = await sql<{ id: string; expireAt: Date | null }>`
    SELECT resource_id AS id, expire_at AS "expireAt" FROM instances.instances WHERE state <> ALL ('{FAILED,PROVISIONING,RELEASING,RELEASED}'::text[])`.execute(
    db,
  );
  for (const { id, expireAt } of stored.rows)
    if ((until(paid, id) ?? null)?.getTime() !== expireAt?.getTime())
      faults.push(`instance ${id} ends on ${expireAt?.toISOString()}, paid until ${until(paid, id)?.toISOString()}`);
  return faults;
}

/** The end of the last time that was paid for; undefined = nothing is. */
function until(paid: Paid, resourceId: string): Date | null | undefined {
  return [...(paid.get(resourceId) ?? new Map<string, Date | null>()).values()].at(-1);
}

const DEBT = 'debt';
const owing = (known: ReadonlyMap<string, Date | null> | undefined, at: Date) =>
  new Map<string, Date | null>([...(known ?? []), [DEBT, at]]);

function follow(paid: Paid, { type, told, at }: Event): void {
  if (type === 'ordering.order-paid' && told.orderType !== 'CHANGE')
    for (const { resourceId, orderLineId, expireAt } of told.lines ?? []) {
      const known = paid.get(resourceId) ?? new Map<string, Date | null>();
      paid.set(resourceId, known.set(orderLineId, expireAt ?? null));
    }
  // S7-15: a debt is an end like another, until it is paid
  if (type === 'metering.arrears-begun') paid.set(told.resourceId ?? '', owing(paid.get(told.resourceId ?? ''), at));
  if (type === 'metering.arrears-ended') paid.get(told.resourceId ?? '')?.delete(DEBT);
  if (type === 'ordering.refund-executed' && told.kind === 'RENEWAL')
    for (const id of told.originalLineIds ?? []) paid.get(told.resourceId ?? '')?.delete(id);
}
