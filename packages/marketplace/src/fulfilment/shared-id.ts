/**
 * An instanceId belongs to one order line (saas-v2.md 5.1: globally unique). A seller that gives the same one twice
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
    if (owner === undefined || owner === call.order_line_id) {
      owners.set(key, call.order_line_id); // also within this batch the first one wins
      return attempt;
    }
    const diagnosis = [
      diagnose('instance.id-shared', { seen: `${record.instanceId} already belongs to another order line` }),
      ...record.diagnosis,
    ];
    return { call, record: { ...record, outcome: 'failed' as const, instanceId: null, diagnosis } };
  });
}

async function ownersOf(executor: Executor, named: readonly Attempted[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ seller_id: string; instance_id: string; order_line_id: string }>`
    SELECT seller_id, instance_id, min(order_line_id) AS order_line_id FROM fulfilment.seller_calls
    WHERE instance_id = ANY(${named.map(({ record }) => record.instanceId)}::text[]) AND activity = 'newInstance' AND state = 'SUCCEEDED'
    GROUP BY seller_id, instance_id`.execute(executor);
  return new Map(rows.map((row) => [`${row.seller_id} ${row.instance_id}`, row.order_line_id]));
}
