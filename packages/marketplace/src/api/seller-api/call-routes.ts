/** Calls to the seller's production interface, their attempts with diagnosis, and Restart. */
import {
  attemptsOf,
  callById,
  listCalls,
  policyFor,
  restart,
  restartFaults,
  type SellerCall,
} from '../../fulfilment/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { actorsFor } from '../console-api/actors.ts';
import { namesFor } from '../console-api/names.ts';
import { presentCall } from '../console-api/present.ts';
import { auditOf } from './audit.ts';
import { dateOf } from './order-routes.ts';
import { noQuery, nothing, read, type SellerRequest, type SellerRoute, write } from './route.ts';
import * as schemas from './schemas.ts';

const unknown = refuse('NOT_FOUND', 'there is no such call');

export const callRoutes: SellerRoute[] = [
  read({
    path: '/calls',
    summary: 'Calls to your production interface, newest first',
    query: schemas.callQuery,
    response: schemas.callPage,
    async run(request, { cursor, limit, from, to, ...filters }) {
      const { db } = request.platform;
      const found = await listCalls(db, {
        ...filters,
        scope: request.scope,
        from: dateOf(from),
        to: dateOf(to),
        before: cursor ? decodeCursor(cursor) : null,
        limit: limit + 1,
      });
      const page = toPage(found, limit, (call) => ({ at: call.created_at, id: call.id }));
      return ok({ items: await presented(request, db, page.items), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/calls/{callId}',
    summary: 'One call with each attempt: request, response, and what was wrong with it',
    query: noQuery,
    response: schemas.callDetail,
    async run(request) {
      const { platform, scope, params } = request;
      const { callId } = params;
      const found = isUuid(callId) ? await callById(platform.db, callId, scope) : null;
      if (!found) return unknown;
      const attempts = await attemptsOf(platform.db, found.id);
      const actorOf = await actorsFor(
        platform.db,
        scope,
        attempts.map(({ actor }) => actor),
      );
      const [call] = await presented(request, platform.db, [found]);
      if (!call) return unknown;
      return ok({
        call,
        attempts: attempts.map(({ callId: _, ...attempt }) => ({
          ...attempt,
          actor: actorOf(attempt.actor),
          startedAt: attempt.startedAt.toISOString(),
        })),
      });
    },
  }),
  write({
    method: 'post',
    path: '/calls/{callId}/restart',
    summary: 'Make a failed call again, at once',
    body: nothing,
    response: schemas.call,
    async run(request, _, tx) {
      const { platform, params, scope, ak, now } = request;
      const { callId } = params;
      if (!isUuid(callId)) return unknown;
      const restarted = await restart(platform, tx, { callId, scope, by: `api-key ${ak}` }, now);
      if (!restarted.ok) return restarted;
      await auditOf(request, tx, 'call.restart', `call:${callId}`);
      const [call] = await presented(request, tx, [restarted.value]);
      return call ? ok(call) : unknown;
    },
  }),
];

async function presented({ platform, scope }: SellerRequest, executor: Executor, calls: readonly SellerCall[]) {
  const names = await namesFor(executor, []);
  const actorOf = await actorsFor(
    executor,
    scope,
    calls.map((call) => call.ended_by),
  );
  const faults = await restartFaults(platform, executor, calls);
  return calls.map((call) => presentCall(call, policyFor(platform, call), names, faults.get(call.id) ?? null, actorOf));
}
