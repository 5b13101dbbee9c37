/** Replays the events of orders, lines, refunds and instances through their diagrams; compares where they end with what is stored. */
import { z } from 'zod';
import { type InstanceState, instanceTransitions } from '../../instances/index.ts';
import {
  isLarge as isLargeAmount,
  type LineState,
  lineTransitions,
  type OrderState,
  orderTransitions,
  type RefundState,
  refundTransitions,
} from '../../ordering/index.ts';
import { type Db, sql } from '../../platform/database/database.ts';
import { mayMove, type Transitions } from '../../platform/state-machine.ts';
import { type Event, type History, orderOf } from './history.ts';

interface Stored {
  readonly id: string;
  readonly state: string;
  readonly orderId: string | null;
}

export async function statesMoveAlongTheirDiagrams(db: Db, history: History): Promise<string[]> {
  const { rows } = await sql<Stored>`
    SELECT 'order ' || order_id AS id, state, NULL AS "orderId" FROM ordering.orders
    UNION ALL SELECT 'line ' || order_line_id, state, order_id FROM ordering.order_lines
    UNION ALL SELECT 'refund ' || refund_id, state, NULL FROM ordering.refunds
    UNION ALL SELECT 'instance ' || resource_id, state, NULL FROM instances.instances`.execute(db);
  const replay = replayOf(rows);
  for (const event of history) replay.follow(event);
  for (const row of rows)
    if (replay.states.get(row.id) !== row.state)
      replay.faults.push(`${row.id} is stored as ${row.state}, its events say ${replay.states.get(row.id)}`);
  return replay.faults;
}

function replayOf(stored: readonly Stored[]) {
  const faults: string[] = [];
  const states = new Map<string, string>();
  const lines = new Map<string, string[]>();
  for (const { id, orderId } of stored)
    if (orderId !== null) lines.set(orderId, [...(lines.get(orderId) ?? []), id.replace('line ', '')]);
  const linesOf = (orderId: string) => lines.get(orderId) ?? [];

  function step<S extends string>(table: Transitions<S>, object: string, to: S, hops = 1): void {
    const known = nameIn(table, states.get(object) ?? '');
    if (known === undefined || !reaches(table, known, to, hops))
      faults.push(`${object} moved from ${known ?? 'nowhere'} to ${to}`);
    states.set(object, to);
  }
  const order = (id: string, to: OrderState) => step(orderTransitions, `order ${id}`, to);
  const line = (id: string, to: LineState) => step(lineTransitions, `line ${id}`, to);
  const lineIs = (id: string, ...expected: readonly LineState[]) =>
    expected.some((state) => state === states.get(`line ${id}`));
  const refund = (id: string, to: RefundState) => step(refundTransitions, `refund ${id}`, to);
  const instance = (id: string, to: InstanceState, hops = 1) => {
    if (states.get(`instance ${id}`) !== to) step(instanceTransitions, `instance ${id}`, to, hops);
  };
  /** A change that ended leaves CHANGING without a word of its own. */
  const changeEnds = (id: string) => {
    if (states.get(`instance ${id}`) === 'CHANGING') instance(id, 'ACTIVE');
  };

  function follow(event: Event): void {
    const { type, told } = event;
    const orderId = orderOf(event);
    const [lineId, resourceId] = [told.orderLineId ?? '', told.resourceId ?? told.orderLineId ?? ''];
    switch (type) {
      case 'ordering.order-placed':
        states.set(`order ${orderId}`, 'PENDING_PAYMENT');
        for (const id of linesOf(orderId)) states.set(`line ${id}`, 'WAITING');
        return;
      case 'ordering.order-paid':
        order(orderId, 'PROCESSING');
        for (const id of linesOf(orderId)) {
          line(id, 'CALLING');
          if (told.orderType === 'NEW' || told.orderType === 'TRIAL') states.set(`instance ${id}`, 'PROVISIONING');
        }
        return;
      case 'ordering.order-cancelled':
        order(orderId, 'CANCELLED');
        for (const id of linesOf(orderId)) line(id, 'CLOSED');
        return;
      case 'fulfilment.instance-accepted':
        line(lineId, 'QUERYING');
        return;
      case 'fulfilment.instance-delivered':
        line(lineId, 'FULFILLED');
        return;
      case 'fulfilment.line-failed':
        line(lineId, 'FAILED');
        if (resourceId === lineId) instance(resourceId, 'FAILED');
        else changeEnds(resourceId);
        return;
      case 'fulfilment.call-done':
      case 'fulfilment.call-stopped':
        // A call that was stopped and restarted ends twice; its line was done the first time.
        if (lineId !== resourceId && lineIs(lineId, 'CALLING')) line(lineId, 'FULFILLED');
        if (told.occasion?.startsWith('line:')) changeEnds(resourceId);
        return;
      case 'ordering.line-refunded':
        line(lineId, 'REFUNDED');
        return;
      case 'ordering.order-completed':
        order(orderId, 'COMPLETED');
        return;
      case 'ordering.order-refunded':
        order(orderId, 'REFUNDING');
        order(orderId, 'REFUNDED');
        return;
      case 'ordering.refund-executed': {
        states.set(`order ${orderId}`, 'PROCESSING');
        states.set(`line ${lineId}`, 'CALLING');
        for (const id of told.originalLineIds ?? []) line(id, 'REFUNDED');
        const known = `refund ${told.refundId}`;
        if (!states.has(known)) states.set(known, 'SELLER_REVIEW'); // self-service: in the transaction of its application
        refund(told.refundId ?? '', 'EXECUTING');
        refund(told.refundId ?? '', 'DONE');
        return;
      }
      case 'ordering.refund-requested':
        if (!states.has(`refund ${told.refundId}`)) states.set(`refund ${told.refundId}`, told.state ?? '');
        return;
      case 'ordering.refund-decided':
        if (!told.agreed) refund(told.refundId ?? '', 'REJECTED');
        // What is executed tells so itself; a seller's yes to a large amount passes it on to the operator.
        else if (isLarge(event)) refund(told.refundId ?? '', 'LARGE_REVIEW');
        return;
      case 'ordering.refund-withdrawn':
        refund(told.refundId ?? '', 'WITHDRAWN');
        return;
      default:
        if (told.ref) lived(told.ref.resourceId, told.ref.state);
        else if (!MOVES_NOTHING.has(type)) faults.push(`an event of unknown type ${type}`);
    }
  }

  /** One command may pass through a state: frozen → active → changing. */
  function lived(id: string, to: string): void {
    const state = nameIn(instanceTransitions, to);
    if (state === undefined) faults.push(`instance ${id} is said to be ${to}`);
    else instance(id, state, 2);
  }

  return { faults, states, follow };
}

function nameIn<S extends string>(table: Transitions<S>, text: string): S | undefined {
  for (const name in table) if (name === text) return name;
  return undefined;
}

function reaches<S extends string>(table: Transitions<S>, from: S, to: S, hops: number): boolean {
  return mayMove(table, from, to) || (hops > 1 && table[from].some((middle) => reaches(table, middle, to, hops - 1)));
}

const amount = z.object({
  by: z.string(),
  amount: z.object({ amount: z.string(), currency: z.enum(['CNY', 'USD', 'EUR']) }),
});
function isLarge({ raw }: Event): boolean {
  const decided = amount.parse(raw);
  return decided.by === 'SELLER' && isLargeAmount(decided.amount);
}

/** News of calls: whatever follows from them for orders and lines is told by events of its own. */
const MOVES_NOTHING = new Set([
  'settlement.period-billed',
  'settlement.run-refused',
  'wallet.purse-ending',
  'wallet.purse-granted',
  'wallet.purse-withdrawn',
  'wallet.statement-due',
  'wallet.statement-issued',
  'wallet.month-repaid',
  // what follows from usage is told by instances
  'metering.arrears-begun',
  'metering.arrears-ended',
  'metering.balance-low',
  'metering.charge-paid',
  'metering.charge-reversed',
  'metering.package-ending',
  'metering.package-low',
  'metering.package-used-up',
  'metering.packages-drawn',
  'metering.usage-rejected',
  'fulfilment.attempt-failed',
  'fulfilment.instances-compared',
  'fulfilment.licence-delivered',
  'licensing.code-picked-up',
  'licensing.code-activated',
  'licensing.licence-requested',
  'licensing.licence-granted',
  'licensing.licence-refused',
  'debugging.probe-failed',
  'debugging.seller-flagged',
  'debugging.trading-frozen',
  'directory.bank-account-asked',
  'directory.bank-account-decided',
  'directory.enterprise-changed',
  'directory.enterprise-dissolved',
  'people.sync-failed',
]);
