/** Running services as sellers and operators see them, without access data; customers; differences with sellers. */
import { buyersByIds } from '../../directory/index.ts';
import {
  cure,
  type Difference,
  differences,
  freezeForViolation,
  type Instance,
  instanceById,
  instancesOfBuyers,
  listInstances,
  positionIn,
  startComparison,
} from '../../instances/index.ts';
import { listCustomers } from '../../ordering/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { timeline } from './order-schemas.ts';
import { presentInstance } from './present.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';
import { pageQuery } from './schemas.ts';
import { instancePage } from './service-schemas.ts';
import { subscriptionOf } from './subscription.ts';
import * as schemas from './subscription-schemas.ts';
import { timelineOfInstance } from './timeline.ts';

const DAY_MS = 86_400_000;

export const serviceRoutes: ConsoleRoute[] = [
  read({
    path: '/services',
    summary: 'Services without their access data, newest first; by their end, what ends first (S-50a)',
    action: 'instance.list',
    query: schemas.serviceListQuery,
    response: instancePage,
    async run({ platform: { db }, scope, now }, query) {
      const { endsWithinDays: days } = query;
      const expiringBefore = days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS);
      const found = await listInstances(db, {
        scope,
        state: query.state,
        product: query.product,
        buyer: query.buyer,
        expiringBefore,
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(found, query.limit, (instance) => positionIn({ expiringBefore }, instance));
      const names = await namesFor(
        db,
        page.items.map(({ buyerId, sellerId }) => ({ buyerIds: [buyerId], sellerIds: [sellerId] })),
      );
      return ok({ items: page.items.map((each) => presentInstance(each, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/services/{resourceId}',
    summary: 'Where a service stands in its life, without its access data',
    action: 'instance.list',
    query: noQuery,
    response: schemas.subscription,
    async run(call) {
      const instance = await find(call);
      return instance ? ok(await subscriptionOf(call, call.platform.db, instance)) : unknown;
    },
  }),
  read({
    path: '/services/{resourceId}/timeline',
    summary: 'Everything that happened to a service, over all its orders',
    action: 'instance.list',
    query: noQuery,
    response: timeline,
    async run(call) {
      const instance = await find(call);
      if (!instance) return unknown;
      return ok({ items: await timelineOfInstance(call.platform.db, instance, call.principal) });
    },
  }),
  command({
    path: '/services/{resourceId}/violation-freeze',
    summary: 'Freeze a service for a violation, at once (O-14)',
    action: 'instance.freeze',
    body: schemas.freezeRequest,
    response: schemas.subscription,
    async run(call, { reason, evidence, references }, tx) {
      const { platform, scope, params, now } = call;
      const input = { scope, resourceId: params.resourceId ?? '', reason, evidence, references };
      return audited(call, tx, `instance.freeze: ${reason}`, await freezeForViolation(platform, tx, input, now));
    },
  }),
  command({
    path: '/services/{resourceId}/cure',
    summary: 'The violation is cured: unfrozen, unless its time is over',
    action: 'instance.freeze',
    body: schemas.cureRequest,
    response: schemas.subscription,
    async run(call, { reason }, tx) {
      const { platform, scope, params, now } = call;
      const input = { scope, resourceId: params.resourceId ?? '' };
      return audited(call, tx, `instance.cure: ${reason}`, await cure(platform, tx, input, now));
    },
  }),
  read({
    path: '/customers',
    summary: 'Who bought, the latest order first: orders, what they came to, services (S-50a)',
    action: 'customer.view',
    query: schemas.customerQuery,
    response: schemas.customerPage,
    async run({ platform: { db, config }, scope }, query) {
      const found = await listCustomers(db, {
        scope,
        currency: SITES[config.site].currency,
        buyer: query.name,
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(found, query.limit, (customer) => ({ at: customer.lastOrderAt, id: customer.buyerId }));
      const ids = page.items.map((customer) => customer.buyerId);
      const [buyers, services] = [await buyersByIds(db, ids), await instancesOfBuyers(db, ids, scope)];
      return ok({
        items: page.items.map(({ firstOrderAt, lastOrderAt, ...customer }) => ({
          ...customer,
          buyerName: buyers.get(customer.buyerId)?.name ?? customer.buyerId,
          accountName: buyers.get(customer.buyerId)?.account_name ?? '',
          services: services.get(customer.buyerId)?.services ?? 0,
          activeServices: services.get(customer.buyerId)?.active ?? 0,
          firstOrderAt: firstOrderAt.toISOString(),
          lastOrderAt: lastOrderAt.toISOString(),
        })),
        nextCursor: page.nextCursor,
      });
    },
  }),
  read({
    path: '/differences',
    summary: 'Where sellers and the marketplace disagree about running services, and what to do',
    action: 'difference.view',
    query: pageQuery,
    response: schemas.differencePage,
    async run({ platform: { db }, scope }, query) {
      const before = query.cursor ? decodeCursor(query.cursor) : null;
      const found = await differences(db, { scope, before, limit: query.limit + 1 });
      const page = toPage(found, query.limit, (each) => ({ at: each.since, id: each.resourceId }));
      const names = await namesFor(
        db,
        page.items.map(({ sellerId }) => ({ buyerIds: [], sellerIds: [sellerId] })),
      );
      return ok({
        items: page.items.map(({ ours, theirs, ...each }) => ({
          ...each,
          differenceId: `${each.resourceId}:${each.kind}`,
          sellerName: names.seller(each.sellerId),
          // Addresses are access data: the seller, who gave both, may compare them.
          detail: scope.kind === 'seller' ? withAddresses(each.detail, ours, theirs) : each.detail,
          since: each.since.toISOString(),
          lastSeenAt: each.lastSeenAt.toISOString(),
        })),
        nextCursor: page.nextCursor,
      });
    },
  }),
  command({
    path: '/differences/comparisons',
    summary: 'Ask the seller now for the instances of a product; what differs is listed as the answers come',
    action: 'difference.compare',
    body: schemas.comparison,
    response: schemas.comparison,
    async run(call, { goodsId }, tx) {
      const { platform, scope, now } = call;
      const started = await startComparison(platform, tx, { scope, goodsId }, now);
      if (started.ok)
        await auditDone(call, tx, { action: 'difference.compare', object: `product:${goodsId}`, traceId: null });
      return started;
    },
  }),
];

const unknown = refuse('NOT_FOUND', 'there is no such service');

const find = ({ platform, params, scope }: Call): Promise<Instance | null> =>
  instanceById(platform.db, params.resourceId ?? '', scope);

async function audited(call: Call, tx: Tx, action: string, changed: Result<Instance>) {
  if (!changed.ok) return changed;
  const instance = changed.value;
  await auditDone(call, tx, { action, object: `instance:${instance.resourceId}`, traceId: instance.traceId });
  return ok(await subscriptionOf(call, tx, instance));
}

function withAddresses(detail: Difference['detail'], ours: string | null, theirs: string | null): Difference['detail'] {
  if (ours === null || theirs === null) return detail;
  return {
    zh: `${detail.zh}集市：${ours}；商家：${theirs}`,
    en: `${detail.en} Kept here: ${ours}; at the seller: ${theirs}`,
  };
}
