/**
 * An instanceId belongs to one resource (saas-v2.md 5.1: globally unique). A seller that gives the same one twice
 * would show one buyer the access data of another: such an answer counts as a failure and says why.
 */
import { diagnose } from '@jishi/protocol';
import { type Executor, sql } from '../platform/database/database.ts';
import type { AttemptRecord } from './call.ts';
import type { SellerCall } from './store.ts';

interface Attempted {
  readonly call: SellerCall;
  readonly record: AttemptRecord;
}

/** @returns the attempts, those with somebody else's instanceId turned into failures */
export async function refuseSharedIds(
  executor: Executor,
  attempts: readonly Attempted[],
): Promise<readonly Attempted[]> {
  const named = attempts.filter(({ record }) => record.instanceId !== null);
  if (named.length === 0) return attempts;
  const owners = await ownersOf(executor, named);
  return attempts.map((attempt) => {
    const { call, record } = attempt;
    if (record.instanceId === null) return attempt;
    const key = `${call.seller_id} ${record.instanceId}`;
    const owner = owners.get(key);
    if (owner === undefined || owner === call.resource_id) {
      owners.set(key, call.resource_id); // also within this batch the first one wins
      return attempt;
    }
    const diagnosis = [
      diagnose('instance.id-shared', { seen: `${record.instanceId} already belongs to another order line` }),
      ...record.diagnosis,
    ];
    return { call, record: { ...record, outcome: 'failed' as const, instanceId: null, diagnosis } };
  });
}

/** The access data outlive the calls, which are forgotten after a while. */
async function ownersOf(executor: Executor, named: readonly Attempted[]): Promise<Map<string, string>> {
  const ids = named.map(({ record }) => record.instanceId);
  const { rows } = await sql<{ seller_id: string; instance_id: string; resource_id: string }>`
    SELECT seller_id, instance_id, min(resource_id) AS resource_id FROM (
      SELECT seller_id, instance_id, resource_id FROM fulfilment.seller_calls
      WHERE instance_id = ANY(${ids}::text[]) AND activity IN ('newInstance', 'getLicense') AND occasion = 'create' AND state = 'SUCCEEDED'
      UNION ALL SELECT seller_id, instance_id, order_line_id FROM fulfilment.access_data WHERE instance_id = ANY(${ids}::text[])) AS known
    GROUP BY seller_id, instance_id`.execute(executor);
  return new Map(rows.map((row) => [`${row.seller_id} ${row.instance_id}`, row.resource_id]));
}
