/** What came of an attempt, in one transaction: the delivery's next state, the attempt, and whether its endpoint goes on. */
import { executeUnanswered, inTransaction, sql, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { nextPauseMs, SWITCH_OFF_MS } from './definition.ts';
import { stopDeliveries } from './endpoint-store.ts';

/** A delivery that this worker holds. */
export interface Leased {
  readonly id: string;
  readonly endpoint_id: string;
  readonly message_id: string;
  readonly attempts: number;
  readonly attempts_before: number;
  readonly trace_id: string;
}
export interface Tried {
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly fault: string | null;
  readonly answer: string;
  readonly retryAfter: string | null;
}

/** Standard Webhooks: any 2xx is success, 410 says that nobody listens there any more. */
const isWell = ({ status }: Tried): boolean => status !== null && status >= 200 && status <= 299;
const GONE = 410;

export function settle(platform: Platform, owner: string, delivery: Leased, tried: Tried): Promise<void> {
  const now = platform.clock.now();
  return inTransaction(platform.db, async (tx) => {
    const well = isWell(tried);
    const pauseMs = well ? null : nextPauseMs(delivery.attempts - delivery.attempts_before, tried.retryAfter);
    const state = well ? 'SUCCEEDED' : pauseMs === null ? 'STOPPED' : 'DUE';
    // Fencing: whose lease ran out meanwhile, or whose endpoint is gone, has nothing to say.
    const { numAffectedRows = 0n } = await sql`
      UPDATE webhooks.deliveries SET state = ${state}, lease_owner = NULL, lease_until = NULL, last_status = ${tried.status}, last_fault = ${tried.fault},
        due_at = ${new Date(now.getTime() + (pauseMs ?? 0))}, finished_at = ${state === 'DUE' ? null : now}
      WHERE id = ${delivery.id}::uuid AND state = 'RUNNING' AND lease_owner = ${owner} AND attempts = ${delivery.attempts}`.execute(
      tx,
    );
    if (numAffectedRows === 0n) return;
    await executeUnanswered(
      tx,
      sql`
      INSERT INTO webhooks.attempts (delivery_id, attempt, at, duration_ms, status, fault, answer)
      VALUES (${delivery.id}::uuid, ${delivery.attempts}, ${tried.at}, ${tried.durationMs}, ${tried.status}, ${tried.fault}, ${tried.answer})
      ON CONFLICT DO NOTHING`,
    );
    platform.metrics.deliveries.inc({ channel: 'WEBHOOK', outcome: state });
    if (well) await noteSuccess(tx, delivery.endpoint_id, now);
    else await noteFailure(platform, tx, delivery, tried.status === GONE, now);
  });
}

/** Kept to the minute unless it ends failures, so that a busy endpoint's row is not written each time. */
const NOTED_MS = 60_000;

async function noteSuccess(tx: Tx, endpointId: string, now: Date): Promise<void> {
  await sql`
    UPDATE webhooks.endpoints SET failing_since = NULL, last_success_at = ${now}
    WHERE endpoint_id = ${endpointId} AND (failing_since IS NOT NULL OR last_success_at IS NULL OR last_success_at < ${new Date(now.getTime() - NOTED_MS)})`.execute(
    tx,
  );
}

async function noteFailure(platform: Platform, tx: Tx, delivery: Leased, gone: boolean, now: Date): Promise<void> {
  const { rows } = await sql<{ seller_id: string; url: string; state: string; failing_since: Date }>`
    UPDATE webhooks.endpoints SET failing_since = coalesce(failing_since, ${now}) WHERE endpoint_id = ${delivery.endpoint_id}
    RETURNING seller_id, url, state, failing_since`.execute(tx);
  const [endpoint] = rows;
  if (!endpoint) return;
  // paused meanwhile, or a test of one that is: nothing is repeated
  if (endpoint.state !== 'ACTIVE') return stopDeliveries(tx, delivery.endpoint_id, now);
  if (!gone && now.getTime() - endpoint.failing_since.getTime() < SWITCH_OFF_MS) return;
  await sql`UPDATE webhooks.endpoints SET state = 'SWITCHED_OFF' WHERE endpoint_id = ${delivery.endpoint_id}`.execute(
    tx,
  );
  await stopDeliveries(tx, delivery.endpoint_id, now);
  await platform.events.publish(
    tx,
    [
      {
        type: 'webhooks.endpoint-switched-off',
        aggregate: `webhook:${delivery.endpoint_id}`,
        payload: { sellerId: endpoint.seller_id, endpointId: delivery.endpoint_id, url: endpoint.url, gone },
        traceId: delivery.trace_id,
      },
    ],
    now,
  );
}
