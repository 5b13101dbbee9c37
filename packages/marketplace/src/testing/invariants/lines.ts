/** Each paid line ends in exactly one instance, applied renewal or applied change, or in one full refund. */
import { type Db, sql } from '../../platform/database/database.ts';
import type { History } from './history.ts';

interface Line {
  readonly line: string;
  readonly order: string;
  readonly type: 'NEW' | 'TRIAL' | 'TRIAL_TO_FORMAL' | 'RENEW' | 'CHANGE' | 'UNSUBSCRIBE';
  readonly scene: string | null;
  readonly resource: string;
  readonly state: string;
  readonly instance: string | null;
  /** given by the seller, or a person closed the call that asked for it */
  readonly access: boolean;
  readonly free: boolean;
  /** refunds of this very line, each in full (failed delivery or change) */
  readonly refunds: number;
  readonly full: boolean;
  /** executed applications that gave it back */
  readonly applications: readonly string[] | null;
  readonly periods: number;
  readonly revoked: number;
}

export async function eachPaidLineEndsOnce(db: Db, history: History): Promise<string[]> {
  const { rows } = await sql<Line>`
    SELECT l.order_line_id AS line, l.order_id AS "order", o.order_type AS type, l.scene, l.resource_id AS resource, l.state, i.state AS instance, l.amount = 0 AS free,
           EXISTS (SELECT 1 FROM fulfilment.access_data a WHERE a.order_line_id = l.resource_id) OR EXISTS (SELECT 1 FROM fulfilment.seller_calls c WHERE c.resource_id = l.resource_id AND c.activity = 'queryInstance' AND c.occasion = 'create' AND c.ended_by IS NOT NULL) AS access,
           (SELECT count(*) FROM ledger.entries e WHERE e.kind = 'REFUND' AND e.reference = l.order_line_id) AS refunds,
           (SELECT coalesce(sum(p.debit), 0) FROM ledger.entries e JOIN ledger.postings p USING (entry_id) WHERE e.kind = 'REFUND' AND e.reference = l.order_line_id) = l.amount AS full,
           (SELECT array_agg(r.kind) FROM ordering.refunds r WHERE r.state = 'DONE' AND l.order_line_id = ANY (r.line_ids)) AS applications,
           (SELECT count(*) FROM instances.periods p WHERE p.order_line_id = l.order_line_id) AS periods,
           (SELECT count(*) FROM instances.periods p WHERE p.order_line_id = l.order_line_id AND p.revoked_at IS NOT NULL) AS revoked
    FROM ordering.order_lines l JOIN ordering.orders o USING (order_id) LEFT JOIN instances.instances i ON i.resource_id = l.resource_id
    WHERE o.paid_at IS NOT NULL`.execute(db);
  const told = (type: string, order: string, resource: string) =>
    history.filter(
      (event) => event.type === type && event.told.orderId === order && event.told.ref?.resourceId === resource,
    ).length;
  return rows
    .filter((row) => !endsWell(row, told))
    .map(
      (row) => `line ${row.line} (${row.type}) ends neither done once nor with one full refund: ${JSON.stringify(row)}`,
    );
}

function endsWell(row: Line, told: (type: string, order: string, resource: string) => number): boolean {
  const applications = row.applications ?? [];
  const givenBack = row.state === 'REFUNDED' && applications.length === 1 && row.refunds === 0;
  const kept = row.state === 'FULFILLED' && applications.length === 0 && row.refunds === 0;
  const failed =
    row.state === 'REFUNDED' && applications.length === 0 && row.refunds === (row.free ? 0 : 1) && row.full;
  const gone = row.instance === 'RELEASING' || row.instance === 'RELEASED';
  switch (row.type) {
    case 'NEW':
    case 'TRIAL': {
      const lives =
        row.instance !== null &&
        row.instance !== 'FAILED' &&
        row.instance !== 'PROVISIONING' &&
        row.access &&
        row.periods === 1;
      return (kept && lives) || (givenBack && gone) || (failed && row.instance === 'FAILED');
    }
    case 'RENEW': {
      const applied = row.periods === 1 && told('instances.renewed', row.order, row.resource) === 1;
      return applied && ((kept && row.revoked === 0) || (givenBack && row.revoked === 1));
    }
    case 'TRIAL_TO_FORMAL': {
      const applied = row.periods === 1 && told('instances.period-changed', row.order, row.resource) === 1;
      return applied && (kept || (givenBack && gone));
    }
    case 'CHANGE': {
      const [changed, refused] = [
        told('instances.changed', row.order, row.resource),
        told('instances.change-failed', row.order, row.resource),
      ];
      return (
        (changed === 1 && refused === 0 && (kept || (givenBack && gone))) || (changed === 0 && refused === 1 && failed)
      );
    }
    case 'UNSUBSCRIBE':
      return false; // nobody pays for it
  }
}
