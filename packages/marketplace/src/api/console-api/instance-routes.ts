/** Purchased services: list, resource details with a live question to the seller, password reveal. */
import { contentOf } from '../../catalog/index.ts';
import { deliveryOfResource } from '../../delivery/index.ts';
import { accessDataOf, viewAccess } from '../../fulfilment/index.ts';
import { type Instance, instanceById, listInstances, positionIn } from '../../instances/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import * as orders from './order-schemas.ts';
import { presentInstance } from './present.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import * as services from './service-schemas.ts';
import { timelineOfInstance } from './timeline.ts';

export const instanceRoutes: ConsoleRoute[] = [
  read({
    path: '/instances',
    summary: 'Purchased services without their access data, newest first; by their end, what ends first',
    action: 'instance.list',
    query: services.instanceQuery,
    response: services.instancePage,
    async run({ platform: { db }, scope, now }, query) {
      const { endsWithinDays: days } = query;
      const expiringBefore = days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS);
      const found = await listInstances(db, {
        scope,
        state: query.state,
        product: query.product,
        expiryPolicy: query.expiryPolicy,
        expiringBefore,
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(found, query.limit, (instance) => positionIn({ expiringBefore }, instance));
      const names = await namesFor(db, page.items.map(peopleOf));
      return ok({ items: page.items.map((instance) => presentInstance(instance, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/instances/{resourceId}',
    summary: 'Resource details; asks the seller live, falls back to the last known values (B-45)',
    action: 'instance.view',
    query: noQuery,
    response: services.resourceDetails,
    async run(call) {
      const { platform } = call;
      const instance = await find(call);
      if (!instance) return refuse('NOT_FOUND', 'there is no such service');
      const content = await contentOf(platform.db, instance.goodsId, instance.version);
      const viewed =
        instance.instanceId !== null && (ASKED.has(instance.state) || (await isToBeAccepted(platform.db, instance)))
          ? await viewAccess(platform, call.caller, {
              ...instance,
              orderLineId: instance.resourceId,
              instanceId: instance.instanceId,
            })
          : null;
      const names = await namesFor(platform.db, [peopleOf(instance)]);
      const access = viewed && {
        frontEndUrl: viewed.access.frontEndUrl,
        adminUrl: viewed.access.adminUrl,
        userName: viewed.access.userName,
        hasPassword: viewed.access.password !== null,
        memo: viewed.access.memo,
        fetchedAt: viewed.fetchedAt.toISOString(),
        stale: viewed.stale,
      };
      return ok({
        instance: presentInstance(instance, names),
        access,
        usageGuide: content.usageGuide,
        support: content.support,
      });
    },
  }),
  read({
    path: '/instances/{resourceId}/timeline',
    summary: 'Everything that happened to a service',
    action: 'instance.view',
    query: noQuery,
    response: orders.timeline,
    async run(call) {
      const instance = await find(call);
      if (!instance) return refuse('NOT_FOUND', 'there is no such service');
      return ok({ items: await timelineOfInstance(call.platform.db, instance, call.principal) });
    },
  }),
  command({
    path: '/instances/{resourceId}/password-reveals',
    summary: 'Reveal the initial password; written to the audit log (B-44)',
    action: 'password.reveal',
    body: nothing,
    response: services.revealedPassword,
    replay: false,
    async run(call, _body, tx) {
      const instance = await find(call, tx);
      if (!instance) return refuse('NOT_FOUND', 'there is no such service');
      const known = await accessDataOf(call.platform, tx, instance.resourceId);
      if (!known?.access.password) return refuse('NOT_FOUND', 'the seller gave no password');
      await auditDone(call, tx, {
        action: 'password.reveal',
        object: `instance:${instance.resourceId}`,
        traceId: instance.traceId,
      });
      return ok({ password: known.access.password });
    },
  }),
];

const DAY_MS = 86_400_000;
// A seller is asked only about what it can still have.
const ASKED = new Set(['ACTIVE', 'TRIAL', 'CHANGING', 'GRACE', 'FROZEN', 'VIOLATION_FROZEN']);

/** Under supervision the buyer looks at what was opened before it accepts (B-41). */
async function isToBeAccepted(executor: Executor, { state, resourceId }: Instance): Promise<boolean> {
  if (state !== 'PROVISIONING') return false;
  return (await deliveryOfResource(executor, resourceId, { kind: 'all' }))?.status === 'DELIVERED';
}

const find = ({ platform, params, scope }: Call, executor: Executor = platform.db): Promise<Instance | null> =>
  instanceById(executor, params.resourceId ?? '', scope);
const peopleOf = (instance: Instance) => ({ buyerIds: [instance.buyerId], sellerIds: [instance.sellerId] });
