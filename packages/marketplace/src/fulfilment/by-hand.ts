/** What people do to calls: restart (S-29), stop the repeats, close what was done by hand. Their audit is the caller's. */
import type { Scope } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { isMadeOnce } from './activities.ts';
import { followUp } from './follow-up.ts';
import { callById, callsByIds, endCall, overtaken, restartCalls } from './list.ts';
import type { CallPolicy } from './policy.ts';
import { policyFor } from './service.ts';
import type { SellerCall } from './store.ts';

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
  for (const id of await overtaken(executor, open))
    faults.set(id, {
      code: 'NEWER_SUCCEEDED',
      message: 'a newer call of the same instance and activity succeeded',
    });
  return faults;
}

function ownFault(call: SellerCall, policy: CallPolicy): RestartFault | null {
  if (call.state === 'RUNNING') return { code: 'CALL_RUNNING', message: 'the call is being made right now' };
  if (call.state === 'SUCCEEDED') return { code: 'CALL_DONE', message: 'the call is done' };
  if (call.state === 'RESOLVED')
    return call.ended_by === null
      ? {
          code: 'ORDER_CLOSED',
          message: 'the order line is closed, or a newer call took the place of this one',
        }
      : { code: 'CALL_CLOSED', message: 'the call was closed by hand' };
  if (isMadeOnce(call))
    return { code: 'CALL_ONCE', message: 'this call is made once, while somebody waits; it is made anew each time' };
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
  const { restarted, refused } = await restartMany(platform, tx, { ...input, callIds: [input.callId] }, now);
  const [call] = restarted;
  if (call) return ok(call);
  const [fault] = refused;
  return refuse(fault?.code ?? 'NOT_FOUND', fault?.message ?? 'there is no such call');
}

export interface Restarted {
  readonly restarted: readonly SellerCall[];
  readonly refused: readonly (RestartFault & { readonly callId: string })[];
}

/** Each call by itself: those that can be restarted are, the others say why not. At most {@link MOST_RESTARTED} at once. */
export async function restartMany(
  platform: Platform,
  tx: Tx,
  input: { callIds: readonly string[]; scope: Scope; by: string },
  now: Date,
): Promise<Restarted> {
  const calls = await callsByIds(tx, input.callIds, input.scope);
  const faults = await restartFaults(platform, tx, calls);
  const found = new Set(calls.map((call) => call.id));
  const free = calls.filter((call) => !faults.has(call.id));
  await restartCalls(
    tx,
    free.map((call) => call.id),
    input.by,
    now,
  );
  return {
    restarted: free.map((call) => ({ ...call, state: 'DUE', due_at: now, restarted_by: input.by })),
    refused: input.callIds
      .filter((id) => !found.has(id) || faults.has(id))
      .map((callId) => ({ callId, ...(faults.get(callId) ?? NOT_FOUND) })),
  };
}
/** So many calls fit into one request of a person. */
export const MOST_RESTARTED = 200;
const NOT_FOUND = { code: 'NOT_FOUND', message: 'there is no such call' };

export interface ByHand {
  readonly callId: string;
  readonly scope: Scope;
  readonly by: string;
  readonly reason: string;
}

/** No more repeats: what follows is what follows at the end of the window, e.g. a creation's line is refunded. */
export async function stopCall(platform: Platform, tx: Tx, input: ByHand, now: Date): Promise<Result<SellerCall>> {
  const call = await callById(tx, input.callId, input.scope, true);
  if (!call) return refuse(NOT_FOUND.code, NOT_FOUND.message);
  if (call.state !== 'DUE') return notNow(call, 'only a call that waits for its next attempt can be stopped');
  await endCall(tx, call.id, { state: 'STOPPED', by: input.by, reason: input.reason }, now);
  await followUp(platform, tx, [{ call, record: null, fate: 'over' }], now);
  return ok({ ...call, state: 'STOPPED', ended_by: input.by, end_reason: input.reason });
}

/** Done by hand: what follows is what follows a success. A creation cannot be: only its answer tells the seller's instanceId. */
export async function closeCall(platform: Platform, tx: Tx, input: ByHand, now: Date): Promise<Result<SellerCall>> {
  const call = await callById(tx, input.callId, input.scope, true);
  if (!call) return refuse(NOT_FOUND.code, NOT_FOUND.message);
  const fault = ownFault(call, policyFor(platform, call));
  if (fault) return notNow(call, fault.message, fault.code);
  if (call.activity === 'newInstance' || call.activity === 'getLicense')
    return notNow(call, `only the answer of ${call.activity} tells the seller's instanceId`, 'CALL_NEEDS_ANSWER');
  await endCall(tx, call.id, { state: 'RESOLVED', by: input.by, reason: input.reason }, now);
  await followUp(platform, tx, [{ call, record: null, fate: 'done' }], now);
  return ok({ ...call, state: 'RESOLVED', ended_by: input.by, end_reason: input.reason });
}

const notNow = (call: SellerCall, message: string, code = 'CALL_STATE') => refuse(code, message, { state: call.state });
