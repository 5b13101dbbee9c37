/** What must hold after every simulation or crash run (design.md 7). Each function returns sentences about what does not. */
import { z } from 'zod';
import { type InstanceState, instanceTransitions } from '../instances/index.ts';
import { trialBalance } from '../ledger/index.ts';
import { type LineState, lineTransitions, type OrderState, orderTransitions } from '../ordering/index.ts';
import { type Db, sql } from '../platform/database/database.ts';
import { mayMove, type Transitions } from '../platform/state-machine.ts';

export interface SeenBySeller {
  readonly activity: string;
  readonly orderId: string | null;
  readonly orderLineId: string | null;
  readonly instanceId: string | null;
  readonly nonce: string;
}

/**
 * @param log what reached the sellers, in order, as they wrote it down themselves
 * @param now what was due by then must be done
 */
export async function brokenInvariants(db: Db, log: readonly SeenBySeller[], now: Date): Promise<string[]> {
  return [
    ...(await eachPaidLineEndsOnce(db)),
    ...(await moneyAddsUp(db)),
    ...(await nothingWaits(db, now)),
    ...(await statesMoveAlongTheirDiagrams(db)),
    ...oneIdentityPerLine(log),
    ...(await noCallLostOrRepeated(db, log)),
  ];
}

/** Each paid line ends with exactly one instance or one full refund. */
async function eachPaidLineEndsOnce(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    line: string;
    state: string;
    instance: string | null;
    access: boolean;
    refunds: number;
    full: boolean;
  }>`
    SELECT l.order_line_id AS line, l.state, i.state AS instance,
           EXISTS (SELECT 1 FROM fulfilment.access_data a WHERE a.order_line_id = l.order_line_id) AS access,
           (SELECT count(*) FROM ledger.entries e WHERE e.kind = 'REFUND' AND e.reference = l.order_line_id) AS refunds,
           (SELECT coalesce(sum(p.debit), 0) FROM ledger.entries e JOIN ledger.postings p USING (entry_id) WHERE e.kind = 'REFUND' AND e.reference = l.order_line_id) = l.amount AS full
    FROM ordering.order_lines l JOIN ordering.orders o USING (order_id) LEFT JOIN instances.instances i ON i.resource_id = l.order_line_id
    WHERE o.paid_at IS NOT NULL`.execute(db);
  return rows
    .filter((row) => {
      const delivered = row.state === 'FULFILLED' && row.instance === 'ACTIVE' && row.access && row.refunds === 0;
      const refunded = row.state === 'REFUNDED' && row.instance === 'FAILED' && row.refunds === 1 && row.full;
      return !delivered && !refunded;
    })
    .map((row) => `line ${row.line} ends neither with one instance nor with one full refund: ${JSON.stringify(row)}`);
}

/** Debits equal credits, balances equal postings, nobody paid twice, no unpaid order cost anything. */
async function moneyAddsUp(db: Db): Promise<string[]> {
  const balance = await trialBalance(db);
  const { rows } = await sql<{ order: string; payments: number; paid: boolean }>`
    SELECT o.order_id AS "order", o.paid_at IS NOT NULL AS paid, (SELECT count(*) FROM ledger.entries e WHERE e.kind = 'PAYMENT' AND e.reference = o.order_id) AS payments
    FROM ordering.orders o`.execute(db);
  return [
    ...(balance.balanced ? [] : [`the ledger is out of balance: ${JSON.stringify(balance)}`]),
    ...rows
      .filter((row) => row.payments !== (row.paid ? 1 : 0))
      .map((row) => `order ${row.order} has ${row.payments} payments, paid = ${row.paid}`),
  ];
}

/** At the end of time nothing is due, held or undelivered. */
async function nothingWaits(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ what: string; id: string }>`
    SELECT 'call ' || state AS what, id::text FROM fulfilment.seller_calls WHERE state IN ('DUE', 'RUNNING')
    UNION ALL SELECT 'task ' || state, id::text FROM platform.tasks WHERE state = 'RUNNING' OR (state = 'DUE' AND due_at <= ${now})
    UNION ALL SELECT 'event for ' || subscriber, event_id::text FROM platform.deliveries
    UNION ALL SELECT 'order ' || state, order_id FROM ordering.orders WHERE state NOT IN ('COMPLETED', 'REFUNDED', 'CANCELLED')`.execute(
    db,
  );
  return rows.map((row) => `${row.what} ${row.id} is left over`);
}

/** Replays the events of each order through the diagrams and compares where they end with what is stored. */
async function statesMoveAlongTheirDiagrams(db: Db): Promise<string[]> {
  const faults: string[] = [];
  const states = new Map<string, string>();
  const follow = <S extends string>(
    table: Transitions<S>,
    object: string,
    to: S,
    from: (text: string) => S | undefined,
  ) => {
    const known = from(states.get(object) ?? '');
    if (known === undefined || !mayMove(table, known, to))
      faults.push(`${object} moved from ${known ?? 'nowhere'} to ${to}`);
    states.set(object, to);
  };
  const stateIn = <S extends string>(table: Transitions<S>) => {
    const names: S[] = [];
    for (const name in table) names.push(name);
    return (text: string): S | undefined => names.find((name) => name === text);
  };
  const order = (id: string, to: OrderState) => follow(orderTransitions, `order ${id}`, to, stateIn(orderTransitions));
  const line = (id: string, to: LineState) => follow(lineTransitions, `line ${id}`, to, stateIn(lineTransitions));
  const instance = (id: string, to: InstanceState) =>
    follow(instanceTransitions, `instance ${id}`, to, stateIn(instanceTransitions));

  const { rows } = await sql<{
    type: string;
    payload: unknown;
  }>`SELECT type, payload FROM platform.events ORDER BY event_id`.execute(db);
  const stored = await sql<{ id: string; state: string; order_id: string | null }>`
    SELECT 'order ' || order_id AS id, state, NULL AS order_id FROM ordering.orders
    UNION ALL SELECT 'line ' || order_line_id, state, order_id FROM ordering.order_lines
    UNION ALL SELECT 'instance ' || resource_id, state, NULL FROM instances.instances`.execute(db);
  const linesOf = (orderId: string) =>
    stored.rows.filter((row) => row.order_id === orderId).map((row) => row.id.replace('line ', ''));

  for (const { type, payload } of rows) {
    if (MOVES_NOTHING.has(type) || type.startsWith('instances.')) continue;
    const { orderId, orderLineId = '' } = payloadSchema.parse(payload);
    switch (type) {
      case 'ordering.order-placed':
        states.set(`order ${orderId}`, 'PENDING_PAYMENT');
        for (const id of linesOf(orderId)) states.set(`line ${id}`, 'WAITING');
        break;
      case 'ordering.order-paid':
        order(orderId, 'PROCESSING');
        for (const id of linesOf(orderId)) {
          line(id, 'CALLING');
          states.set(`instance ${id}`, 'PROVISIONING');
        }
        break;
      case 'ordering.order-cancelled':
        order(orderId, 'CANCELLED');
        for (const id of linesOf(orderId)) line(id, 'CLOSED');
        break;
      case 'fulfilment.instance-accepted':
        line(orderLineId, 'QUERYING');
        break;
      case 'fulfilment.instance-delivered':
        line(orderLineId, 'FULFILLED');
        instance(orderLineId, 'ACTIVE');
        break;
      case 'fulfilment.line-failed':
        line(orderLineId, 'FAILED');
        instance(orderLineId, 'FAILED');
        break;
      case 'ordering.line-refunded':
        line(orderLineId, 'REFUNDED');
        break;
      case 'ordering.order-completed':
        order(orderId, 'COMPLETED');
        break;
      case 'ordering.order-refunded':
        order(orderId, 'REFUNDING');
        order(orderId, 'REFUNDED');
        break;
      default:
        faults.push(`an event of unknown type ${type}`);
    }
  }
  for (const row of stored.rows)
    if (states.get(row.id) !== row.state)
      faults.push(`${row.id} is stored as ${row.state}, its events say ${states.get(row.id)}`);
  return faults;
}
/** News of calls: whatever follows from them for orders and lines is told by events of its own. */
const MOVES_NOTHING = new Set([
  'fulfilment.attempt-failed',
  'fulfilment.call-done',
  'fulfilment.call-stopped',
  'fulfilment.instances-compared',
]);
const payloadSchema = z.looseObject({ orderId: z.string(), orderLineId: z.string().optional() });

/** No seller sees two different identities for one line. */
function oneIdentityPerLine(log: readonly SeenBySeller[]): string[] {
  const orders = new Map<string, Set<string | null>>();
  for (const call of log.filter((each) => each.orderLineId !== null)) {
    const known = orders.get(call.orderLineId ?? '') ?? new Set();
    orders.set(call.orderLineId ?? '', known.add(call.orderId));
  }
  return [...orders]
    .filter(([line, seen]) => seen.size !== 1 || ![...seen].every((orderId) => line.startsWith(`${orderId}-`)))
    .map(([line, seen]) => `line ${line} reached its seller under ${[...seen].join(', ')}`);
}

/** Every attempt on record with a response reached the seller; after a recorded success there is no further call. */
async function noCallLostOrRepeated(db: Db, log: readonly SeenBySeller[]): Promise<string[]> {
  const { rows } = await sql<{
    nonce: string;
    success: boolean;
    answered: boolean;
    occasion: string;
    activity: string;
    line: string;
    instance: string | null;
  }>`
    SELECT substring(a.request ->> 'url' FROM 'nonce=([A-Za-z0-9]+)') AS nonce, a.outcome IN ('ok', 'accepted') AS success, a.response IS NOT NULL AS answered,
           c.occasion, c.activity, c.order_line_id AS line, c.instance_id AS instance
    FROM fulfilment.attempts a JOIN fulfilment.seller_calls c ON c.id = a.call_id ORDER BY a.call_id, a.attempt`.execute(
    db,
  );
  const recorded = new Map(rows.map((row) => [row.nonce, row]));
  const faults = rows
    .filter((row) => row.answered && !log.some((call) => call.nonce === row.nonce))
    .map((row) => `the answer ${row.nonce} was never given`);
  const done = new Map<string, string>();
  for (const call of log) {
    const attempt = recorded.get(call.nonce);
    if (attempt && attempt.occasion !== 'create') continue;
    const subject = `${call.activity} of ${call.orderLineId ?? call.instanceId}`;
    const success = done.get(subject);
    if (success !== undefined && success !== call.nonce && (attempt !== undefined || call.activity === 'newInstance'))
      faults.push(`${subject} was repeated after its success was recorded`);
    if (attempt?.success) done.set(subject, call.nonce);
  }
  const lost = await sql<{ line: string }>`
    SELECT l.order_line_id AS line FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
    WHERE o.paid_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fulfilment.seller_calls c JOIN fulfilment.attempts a ON a.call_id = c.id WHERE c.order_line_id = l.order_line_id AND c.activity = 'newInstance')`.execute(
    db,
  );
  return [...faults, ...lost.rows.map((row) => `the call of line ${row.line} was lost`)];
}
