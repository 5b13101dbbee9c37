/** No call is lost, none is made again after a success was recorded, and none reaches a seller under a second identity. */
import { type Db, sql } from '../../platform/database/database.ts';
import type { SeenBySeller } from '../invariants.ts';
import type { Event, History } from './history.ts';

/** No seller sees two different identities for one line. */
export function oneIdentityPerLine(log: readonly SeenBySeller[]): string[] {
  const orders = new Map<string, Set<string | null>>();
  for (const call of log)
    if (call.orderLineId !== null)
      orders.set(call.orderLineId, (orders.get(call.orderLineId) ?? new Set()).add(call.orderId));
  return [...orders]
    .filter(([line, seen]) => seen.size !== 1 || ![...seen].every((orderId) => line.startsWith(`${orderId}-`)))
    .map(([line, seen]) => `line ${line} reached its seller under ${[...seen].join(', ')}`);
}

interface Attempt {
  readonly call: string;
  readonly attempt: number;
  readonly url: string;
  readonly success: boolean;
  readonly answered: boolean;
  readonly once: boolean;
}

/** Every attempt on record with a response reached the seller; after a recorded success there is no further call. */
export async function noCallLostOrRepeated(db: Db, log: readonly SeenBySeller[]): Promise<string[]> {
  const { rows } = await sql<Attempt>`
    SELECT c.id::text AS call, a.attempt, a.request ->> 'url' AS url, a.outcome IN ('ok', 'accepted') AS success, a.response IS NOT NULL AS answered, c.once
    FROM fulfilment.attempts a JOIN fulfilment.seller_calls c ON c.id = a.call_id ORDER BY c.seq, a.attempt`.execute(
    db,
  );
  const received = new Set(log.map(({ nonce }) => nonce));
  const known = new Map(rows.map((row) => [nonceOf(row.url), row]));
  const faults = rows
    .filter((row) => row.answered && !received.has(nonceOf(row.url) ?? ''))
    .map((row) => `the answer to call ${row.call}, attempt ${row.attempt}, was never given`);
  const succeeded = new Set<string>();
  for (const row of rows) {
    if (succeeded.has(row.call)) faults.push(`call ${row.call} was made again after its success was recorded`);
    if (row.success) succeeded.add(row.call);
  }
  // Calls that a crash kept from being recorded are known by what they say.
  const looks = await lostLooks(db);
  const done = new Map<string, string>();
  for (const call of log) {
    const attempt = known.get(call.nonce);
    const subject = subjectOf(call);
    if (attempt?.once || subject === null) continue;
    if (attempt === undefined && lookedAgain(call, looks)) continue;
    const success = done.get(subject);
    if (success !== undefined && success !== call.nonce)
      faults.push(`${subject} was repeated after its success was recorded`);
    if (attempt?.success) done.set(subject, call.nonce);
  }
  const unnamed = await sql<{ line: string }>`
    SELECT l.order_line_id AS line FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
    WHERE o.paid_at IS NOT NULL AND o.order_type IN ('NEW', 'TRIAL')
      AND NOT EXISTS (SELECT 1 FROM fulfilment.seller_calls c JOIN fulfilment.attempts a ON a.call_id = c.id WHERE c.order_line_id = l.order_line_id AND c.activity = 'newInstance')
      AND NOT EXISTS (SELECT 1 FROM fulfilment.seller_calls c WHERE c.order_line_id = l.order_line_id AND c.activity = 'newInstance' AND c.ended_by IS NOT NULL)`.execute(
    db,
  );
  return [...faults, ...unnamed.rows.map((row) => `the call of line ${row.line} was lost`)];
}

/** V1 is asked for access data by `newInstance` once more; how many such looks of an order died before they were recorded. */
async function lostLooks(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ order_id: string; lost: number }>`
    SELECT c.order_id, count(*) AS lost FROM fulfilment.seller_calls c
    WHERE c.once AND c.activity = 'newInstance' AND c.attempts > (SELECT count(*) FROM fulfilment.attempts a WHERE a.call_id = c.id)
    GROUP BY c.order_id`.execute(db);
  return new Map(rows.map(({ order_id, lost }) => [order_id, lost]));
}

function lookedAgain({ activity, orderId }: SeenBySeller, looks: Map<string, number>): boolean {
  const left = looks.get(orderId ?? '') ?? 0;
  if (activity !== 'newInstance' || left === 0) return false;
  looks.set(orderId ?? '', left - 1);
  return true;
}

function nonceOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { searchParams } = new URL(url);
  return searchParams.get('nonce') ?? searchParams.get('authToken');
}

/** What a call that happens once is about; null = it may come again (freezing, asking). */
function subjectOf({ activity, orderId, orderLineId, instanceId }: SeenBySeller): string | null {
  if (activity === 'newInstance') return `newInstance of ${orderLineId ?? orderId}`;
  if (activity === 'refreshInstance' || activity === 'upgradeInstance' || activity === 'upgrade')
    return `${activity} of ${instanceId} by ${orderLineId ?? orderId}`;
  return activity === 'releaseInstance' ? `releaseInstance of ${instanceId}` : null;
}

/** Each event that a seller must hear of has its call; of a status only the newest counts. */
export async function callsFollowEvents(db: Db, history: History): Promise<string[]> {
  const { rows } = await sql<{
    resource: string;
    occasion: string;
    state: string;
    attempts: number;
    byHand: boolean;
    protocol: string;
  }>`
    SELECT resource_id AS resource, occasion, state, attempts, ended_by IS NOT NULL AS "byHand", protocol FROM fulfilment.seller_calls`.execute(
    db,
  );
  const calls = new Map(rows.map((row) => [`${row.resource} ${row.occasion}`, row]));
  const old = new Set(rows.filter(({ protocol }) => protocol === 'saas-v1').map(({ resource }) => resource));
  const newest = new Map(history.filter(isStatus).map((event) => [event.told.ref?.resourceId, event]));
  const faults: string[] = [];
  for (const event of history) {
    const { ref, occasion } = event.told;
    if (!ref || !occasion || !mustBeHeard(event, old.has(ref.resourceId))) continue;
    if (isStatus(event) && newest.get(ref.resourceId) !== event) continue;
    const call = calls.get(`${ref.resourceId} ${occasion}`);
    if (!call) faults.push(`nobody was called about ${event.type} ${occasion} of instance ${ref.resourceId}`);
    // A release makes the others needless; a person may have ended it; else it was at least tried.
    else if (call.attempts === 0 && !call.byHand && call.state !== 'RESOLVED')
      faults.push(`call ${occasion} of instance ${ref.resourceId} was never made`);
  }
  return faults;
}

const isStatus = ({ type }: Event): boolean => type === 'instances.frozen' || type === 'instances.unfrozen';

function mustBeHeard({ type, told }: Event, old: boolean): boolean {
  if (type === 'instances.frozen') return told.call === true;
  // V1.0: the renewal itself revives (saas-v1.md 6.0.2).
  if (type === 'instances.unfrozen') return !(old && told.reason === 'RENEWED' && told.ref?.chargingMode === 'PERIOD');
  return (
    type === 'instances.period-changed' || type === 'instances.change-ordered' || type === 'instances.release-begun'
  );
}
