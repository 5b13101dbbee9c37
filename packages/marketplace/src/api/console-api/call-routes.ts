/** Production-interface messages (S-26 … S-29): for the seller its own, for operators all. */
import type { Scope } from '../../directory/index.ts';
import {
  attemptsOf,
  type ByHand,
  callById,
  closeCall,
  listCalls,
  policyFor,
  restart,
  restartFaults,
  restartMany,
  type SellerCall,
  stopCall,
} from '../../fulfilment/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { actorsFor } from './actors.ts';
import { auditDone } from './audit.ts';
import * as schemas from './call-schemas.ts';
import { namesFor } from './names.ts';
import { presentCall, refusalText } from './present.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import * as lives from './subscription-schemas.ts';

export const callRoutes: ConsoleRoute[] = [
  read({
    path: '/calls',
    summary: 'Calls to sellers, newest first',
    action: 'call.view',
    query: schemas.callQuery,
    response: schemas.callPage,
    async run({ platform, scope }, query) {
      const calls = await listCalls(platform.db, {
        scope,
        state: query.state,
        activity: query.activity,
        protocol: query.protocol,
        orderId: query.orderId,
        instanceId: query.instanceId,
        goodsId: query.goodsId,
        from: query.from === undefined ? undefined : new Date(query.from),
        to: query.to === undefined ? undefined : new Date(query.to),
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(calls, query.limit, (call) => ({ at: call.created_at, id: call.id }));
      return ok({ items: await presentAll(platform, platform.db, page.items, scope), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/calls/{callId}',
    summary: 'One call with its attempts, the newest 20 with request and response',
    action: 'call.view',
    query: noQuery,
    response: schemas.sellerCallDetails,
    async run({ platform, params, scope }) {
      const call = isUuid(params.callId) ? await callById(platform.db, params.callId, scope) : null;
      return call
        ? ok(await details(platform, platform.db, call, scope))
        : refuse('NOT_FOUND', 'there is no such call');
    },
  }),
  command({
    path: '/calls/{callId}/restart',
    summary: 'Restart a failed call',
    action: 'call.restart',
    body: nothing,
    // Without the attempts: a stored answer (idempotency) holds no messages of a seller.
    response: schemas.sellerCall,
    async run(request, _body, tx) {
      const { platform, params, scope, principal, now } = request;
      if (!isUuid(params.callId)) return refuse('NOT_FOUND', 'there is no such call');
      const result = await restart(platform, tx, { callId: params.callId, scope, by: principal.loginName }, now);
      if (!result.ok) return result;
      await auditDone(request, tx, {
        action: 'call.restart',
        object: `call:${result.value.id}`,
        traceId: result.value.trace_id,
        onBehalfOf: sellerOf(result.value),
      });
      return ok(await presentOne(platform, tx, result.value, scope));
    },
  }),
  command({
    path: '/calls/restarts',
    summary: 'Restart many failed calls; those that cannot be restarted are named with the reason',
    action: 'call.restart',
    body: lives.restartManyRequest,
    response: lives.restartManyResult,
    async run(request, { callIds }, tx) {
      const { platform, scope, principal, now } = request;
      const input = { callIds: [...new Set(callIds)], scope, by: principal.loginName };
      const { restarted, refused } = await restartMany(platform, tx, input, now);
      for (const call of restarted)
        await auditDone(request, tx, {
          ...{ action: 'call.restart', object: `call:${call.id}`, traceId: call.trace_id },
          onBehalfOf: sellerOf(call),
        });
      return ok({
        restarted: restarted.map((call) => call.id),
        refused: refused.map(({ callId, ...fault }) => ({ callId, code: fault.code, message: refusalText(fault) })),
      });
    },
  }),
  command({
    path: '/calls/{callId}/stop',
    summary: 'No more repeats: what follows is what follows at the end of the window',
    action: 'call.close',
    body: lives.callReason,
    response: schemas.sellerCall,
    run: (request, { reason }, tx) => byHand(request, tx, 'stop', stopCall, reason),
  }),
  command({
    path: '/calls/{callId}/done',
    summary: 'What the call was for was done by hand: what follows is what follows a success',
    action: 'call.close',
    body: lives.callReason,
    response: schemas.sellerCall,
    run: (request, { reason }, tx) => byHand(request, tx, 'done', closeCall, reason),
  }),
];

/** whose call it is that an operator sees to (P-4) */
const sellerOf = (call: SellerCall): string => `seller:${call.seller_id}`;

async function byHand(
  request: Call,
  tx: Tx,
  what: 'stop' | 'done',
  end: (platform: Platform, tx: Tx, input: ByHand, now: Date) => Promise<Result<SellerCall>>,
  reason: string,
) {
  const { platform, params, scope, principal, now } = request;
  const { callId } = params;
  if (!isUuid(callId)) return refuse('NOT_FOUND', 'there is no such call');
  const ended = await end(platform, tx, { callId, scope, by: principal.loginName, reason }, now);
  if (!ended.ok) return ended;
  await auditDone(request, tx, {
    ...{ action: `call.${what}`, object: `call:${callId}`, traceId: ended.value.trace_id },
    onBehalfOf: sellerOf(ended.value),
  });
  return ok(await presentOne(platform, tx, ended.value, scope));
}

async function details(platform: Platform, executor: Executor, call: SellerCall, scope: Scope) {
  const attempts = await attemptsOf(executor, call.id);
  const actorOf = await actorsFor(
    executor,
    scope,
    attempts.map(({ actor }) => actor),
  );
  return {
    call: await presentOne(platform, executor, call, scope),
    attempts: attempts.map(({ callId: _, ...attempt }) => ({
      ...attempt,
      actor: actorOf(attempt.actor),
      startedAt: attempt.startedAt.toISOString(),
    })),
  };
}

async function presentOne(platform: Platform, executor: Executor, call: SellerCall, scope: Scope) {
  const [presented] = await presentAll(platform, executor, [call], scope);
  if (!presented) throw new Error('unreachable: one call in, one out');
  return presented;
}

async function presentAll(platform: Platform, executor: Executor, calls: readonly SellerCall[], scope: Scope) {
  const names = await namesFor(
    executor,
    calls.map((call) => ({ buyerIds: [], sellerIds: [call.seller_id] })),
  );
  const actorOf = await actorsFor(
    executor,
    scope,
    calls.map((call) => call.ended_by),
  );
  const faults = await restartFaults(platform, executor, calls);
  return calls.map((call) => presentCall(call, policyFor(platform, call), names, faults.get(call.id) ?? null, actorOf));
}
