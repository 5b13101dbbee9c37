/**
 * Delivery of a paid line: `newInstance` → `queryInstance` until the seller gives the access data → instance ready
 * (saas-v2.md 5.1, 5.2). Outcomes of many calls share one transaction: state of the call, the attempt, the next call,
 * the order line and the events are one commit.
 */

import type { Scope } from '../directory/index.ts';
import { linesFulfilled, linesQuerying, type PaidLine } from '../ordering/index.ts';
import { type Executor, inTransaction, type Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { AccessData, AttemptRecord } from './call.ts';
import { type CallPolicy, nextAttempt, ONCE, policyOf, windowEnd } from './policy.ts';
import { refuseSharedIds } from './shared-id.ts';
import type { NewCall, SellerCall, Settlement } from './store.ts';
import * as store from './store.ts';

const CREATE = 'create';
export const ACCESS_PURPOSE = 'fulfilment.access-data';

export function policyFor(platform: Platform, call: SellerCall): CallPolicy {
  return call.occasion === CREATE ? policyOf(call.protocol, call.activity, platform.config.retryPolicies) : ONCE;
}

/** A paid line: the seller is to create the instance. */
export async function requestInstances(
  platform: Platform,
  tx: Tx,
  orders: readonly { orderId: string; traceId: string; lines: readonly PaidLine[] }[],
  now: Date,
): Promise<void> {
  const calls: NewCall[] = orders.flatMap(({ orderId, traceId, lines }) =>
    lines.map((line) => ({
      id: uuid(platform.random),
      protocol: 'saas-v2',
      activity: 'newInstance',
      occasion: CREATE,
      sellerId: line.sellerId,
      buyerId: line.buyerId,
      orderId,
      orderLineId: line.orderLineId,
      goodsId: line.goodsId,
      productName: line.productName,
      instanceId: null,
      dueAt: now,
      traceId,
    })),
  );
  await store.insertCalls(tx, calls, now);
}

/** What becomes of a call, told from its attempt (pure). */
export function decide(call: SellerCall, record: AttemptRecord, policy: CallPolicy): Settlement {
  const unchanged = { call, record, dueAt: call.due_at, anchor: call.anchor, slot: call.slot };
  if (record.outcome === 'ok' || record.outcome === 'accepted') return { ...unchanged, state: 'SUCCEEDED' };
  // A restart by hand is an attempt of its own: it does not use up one of the planned ones.
  const manual = call.restarted_by !== null;
  const next = manual
    ? plannedAgain(call, policy, record)
    : nextAttempt(policy, { anchor: call.anchor, slot: call.slot }, record.startedAt, record.finishedAt);
  if (!next) return { ...unchanged, state: 'STOPPED' };
  return { call, record, state: 'DUE', dueAt: next.dueAt, anchor: next.schedule.anchor, slot: next.schedule.slot };
}

function plannedAgain(call: SellerCall, policy: CallPolicy, record: AttemptRecord) {
  const planned = call.anchor.getTime() + call.slot * policy.intervalMs;
  if (planned > windowEnd(policy, call.anchor).getTime()) return null;
  return {
    dueAt: new Date(Math.max(planned, record.finishedAt.getTime())),
    schedule: { anchor: call.anchor, slot: call.slot },
  };
}

/** Records the outcomes of many attempts and all that follows from them, in one transaction. */
export async function settleAttempts(
  platform: Platform,
  owner: string,
  attempts: readonly { call: SellerCall; record: AttemptRecord }[],
): Promise<void> {
  const now = platform.clock.now();
  await inTransaction(platform.db, async (tx) => {
    const checked = await refuseSharedIds(tx, attempts);
    const settlements = checked.map(({ call, record }) => decide(call, record, policyFor(platform, call)));
    const counted = await store.settleCalls(tx, owner, settlements, now);
    const effective = settlements.filter(({ call }) => counted.has(call.id));
    await followUp(platform, tx, effective, now);
    await platform.pause.reach('fulfilment.before-commit', attempts[0]?.call.id ?? '');
  });
  await platform.pause.reach('fulfilment.committed', attempts[0]?.call.id ?? '');
  platform.wake.kick();
}

async function followUp(platform: Platform, tx: Tx, settlements: readonly Settlement[], now: Date): Promise<void> {
  const creating = settlements.filter(({ call }) => call.occasion === CREATE);
  const accepted = creating.filter(({ call, state }) => call.activity === 'newInstance' && state === 'SUCCEEDED');
  const delivered = settlements.filter(({ state, record }) => state === 'SUCCEEDED' && record.access !== null);
  const ready = delivered.filter(({ call }) => call.occasion === CREATE);
  const over = creating.filter(
    ({ call, state }) => state === 'STOPPED' && policyFor(platform, call).whenOver === 'fail-line',
  );

  await store.insertCalls(
    tx,
    accepted.map(({ call, record }) => queryAfter(platform, call, record, now)),
    now,
  );
  if (accepted.length > 0)
    await linesQuerying(
      tx,
      accepted.map(({ call }) => call.order_line_id),
    );
  await store.saveAccess(
    tx,
    delivered.flatMap(({ call, record }) => sealedAccess(platform, call, record, now)),
  );
  const events = [
    ...accepted.map(({ call, record }) =>
      event('fulfilment.instance-accepted', call, {
        instanceId: record.instanceId,
        asynchronous: record.outcome === 'accepted',
      }),
    ),
    ...ready.map(({ call }) => event('fulfilment.instance-delivered', call, { instanceId: call.instance_id })),
    ...over.map(({ call, record }) =>
      event('fulfilment.line-failed', call, {
        activity: call.activity,
        resultCode: record.resultCode,
        diagnosis: record.diagnosis[0]?.code ?? null,
      }),
    ),
  ];
  await platform.events.publish(tx, events, now);
  // After the events: what people read in the timeline is delivered first, completed then.
  if (ready.length > 0)
    await linesFulfilled(
      platform,
      tx,
      ready.map(({ call }) => call.order_line_id),
      now,
    );
}

/** The marketplace asks until the seller gives the access data; the window runs from the accepted newInstance (saas-v2.md 9). */
function queryAfter(platform: Platform, call: SellerCall, record: AttemptRecord, now: Date): NewCall {
  return {
    id: uuid(platform.random),
    protocol: call.protocol,
    activity: 'queryInstance',
    occasion: CREATE,
    sellerId: call.seller_id,
    buyerId: call.buyer_id,
    orderId: call.order_id,
    orderLineId: call.order_line_id,
    goodsId: call.goods_id,
    productName: call.product_name,
    instanceId: record.instanceId,
    dueAt: now,
    traceId: call.trace_id,
  };
}

function sealedAccess(platform: Platform, call: SellerCall, record: AttemptRecord, now: Date): store.SealedAccess[] {
  if (record.access === null || call.instance_id === null) return [];
  return [
    {
      orderLineId: call.order_line_id,
      buyerId: call.buyer_id,
      instanceId: call.instance_id,
      sealed: platform.keys.seal(JSON.stringify(record.access), ACCESS_PURPOSE),
      fetchedAt: now,
    },
  ];
}

const event = (type: string, call: SellerCall, payload: Record<string, unknown>): NewEvent => ({
  type,
  aggregate: `order:${call.order_id}`,
  payload: { orderId: call.order_id, orderLineId: call.order_line_id, callId: call.id, ...payload },
  traceId: call.trace_id,
});

export interface RestartFault {
  readonly code: string;
  readonly message: string;
}

/** Why Restart is not possible now, by call id; absent = it is (S-29). */
export async function restartFaults(
  platform: Platform,
  executor: Executor,
  calls: readonly SellerCall[],
): Promise<Map<string, RestartFault>> {
  const faults = new Map<string, RestartFault>();
  for (const call of calls) {
    const fault = ownFault(call, policyFor(platform, call));
    if (fault) faults.set(call.id, fault);
  }
  const open = calls.map((call) => call.id).filter((id) => !faults.has(id));
  for (const id of await store.overtaken(executor, open))
    faults.set(id, {
      code: 'NEWER_SUCCEEDED',
      message: 'a newer call of the same instance and activity succeeded',
    });
  return faults;
}

function ownFault(call: SellerCall, policy: CallPolicy): RestartFault | null {
  if (call.state === 'RUNNING') return { code: 'CALL_RUNNING', message: 'the call is being made right now' };
  if (call.state === 'SUCCEEDED') return { code: 'CALL_DONE', message: 'the call is done' };
  if (call.state === 'RESOLVED') return { code: 'ORDER_CLOSED', message: 'the order line failed and is refunded' };
  if (call.occasion !== CREATE)
    return {
      code: 'CALL_ONCE',
      message: 'this call was made once while a person opened the details; it is made anew each time',
    };
  if (call.state === 'STOPPED' && policy.whenOver === 'fail-line')
    return { code: 'ORDER_CLOSED', message: 'the order line failed and is refunded' };
  return null;
}

/** Restart by hand, within the window and, where the order is still open, after it. */
export async function restart(
  platform: Platform,
  tx: Tx,
  input: { callId: string; scope: Scope; by: string },
  now: Date,
): Promise<Result<SellerCall>> {
  const call = await store.callById(tx, input.callId, input.scope, true);
  if (!call) return refuse('NOT_FOUND', 'there is no such call');
  const fault = (await restartFaults(platform, tx, [call])).get(call.id);
  if (fault) return refuse(fault.code, fault.message);
  await store.restartCall(tx, call.id, input.by, now);
  return ok({ ...call, state: 'DUE', due_at: now, restarted_by: input.by });
}

/** What the seller delivered for a line, in clear. */
export async function accessDataOf(
  platform: Platform,
  executor: Executor,
  orderLineId: string,
): Promise<{ access: AccessData; fetchedAt: Date } | null> {
  const row = await store.accessOf(executor, orderLineId);
  if (!row) return null;
  const parsed: unknown = JSON.parse(platform.keys.open(row.sealed, ACCESS_PURPOSE));
  return { access: store.accessData.parse(parsed), fetchedAt: row.fetchedAt };
}
