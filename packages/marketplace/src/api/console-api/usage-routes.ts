/** Usage of pay-per-use services: charts, charges with their derivation, records, what was not taken; corrections (settlement.md 3.7). */
import {
  chargeById,
  chargesOf,
  forecastOf,
  type MeteredService,
  meteredServices,
  rateAgain,
  recordsOf,
  rejectionsOf,
  reverseCharge,
  usageSeries,
} from '../../metering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { localStart } from '../../platform/site.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { type Call, type ConsoleRoute, command, nothing, read } from './route.ts';
import { pageQuery } from './schemas.ts';
import { presentCharge, presentForecast, presentMetered, presentRecord, presentRejection } from './usage-present.ts';
import * as schemas from './usage-schemas.ts';

const HOUR_MS = 3_600_000;
const unknown = refuse('NOT_FOUND', 'there is no usage of such a service');

export const usageRoutes: ConsoleRoute[] = [
  read({
    path: '/usage/services',
    summary: 'Services whose usage is metered, with what this month came to',
    action: 'usage.view',
    query: pageQuery,
    response: schemas.meteredServicePage,
    async run(call, { cursor, limit }) {
      const { platform, scope, now } = call;
      const before = cursor ? decodeCursor(cursor) : null;
      const since = localStart(now, 'month', platform.config.site);
      const found = await meteredServices(platform.db, { scope, since, before, limit: limit + 1 });
      const { items, nextCursor } = toPage(found, limit, (each) => ({ at: each.openedAt, id: each.resourceId }));
      const names = await namesOf(platform.db, items);
      return ok({ items: items.map((each) => presentMetered(each, names)), nextCursor });
    },
  }),
  read({
    path: '/usage/services/{resourceId}',
    summary: 'Usage of a service by hour or day, and what the month may come to',
    action: 'usage.view',
    query: schemas.seriesQuery,
    response: schemas.usageOfService,
    async run(call, { unit, last }) {
      const { platform, now } = call;
      const service = await serviceOf(call);
      if (!service) return unknown;
      const { resourceId, site } = service;
      const spanMs = (last - 1) * (unit === 'hour' ? HOUR_MS : 24 * HOUR_MS);
      const from = localStart(new Date(now.getTime() - spanMs), unit, site);
      const points = await usageSeries(platform.db, { resourceId, from, to: now, unit, site });
      const forecast = service.closedAt === null ? await forecastOf(platform, resourceId, now) : null;
      return ok({
        service: presentMetered(service, await namesOf(platform.db, [service])),
        unit,
        points: points.map((point) => ({ ...point, at: point.at.toISOString() })),
        forecast: forecast && presentForecast(service, forecast),
      });
    },
  }),
  read({
    path: '/usage/services/{resourceId}/records',
    summary: 'Records of a service: all, the late ones, or those that could not be rated',
    action: 'usage.view',
    query: schemas.recordQuery,
    response: schemas.usageRecordPage,
    async run(call, { cursor, limit, chargeId, only }) {
      const service = await serviceOf(call);
      if (!service) return unknown;
      const before = cursor ? decodeCursor(cursor) : null;
      const { resourceId } = service;
      const found = await recordsOf(call.platform.db, { resourceId, chargeId, only, before, limit: limit + 1 });
      const { items, nextCursor } = toPage(found, limit, (each) => ({ at: each.beginAt, id: each.recordId }));
      return ok({ items: items.map(presentRecord), nextCursor });
    },
  }),
  read({
    path: '/usage/charges',
    summary: 'Charges of usage, newest first, each with its derivation',
    action: 'usage.view',
    query: schemas.chargeQuery,
    response: schemas.usageChargePage,
    async run({ platform, scope }, { cursor, limit, resourceId }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await chargesOf(platform.db, { scope, resourceId, before, limit: limit + 1 });
      const { items, nextCursor } = toPage(found, limit, (each) => ({ at: each.billedAt, id: each.chargeId }));
      return ok({ items: items.map(presentCharge), nextCursor });
    },
  }),
  read({
    path: '/usage/rejections',
    summary: 'Records that were not taken, with their codes and as they came',
    action: 'usage.rejections',
    query: schemas.rejectionQuery,
    response: schemas.usageRejectionPage,
    async run({ platform, scope }, { cursor, limit, requestId }) {
      const beforeId = cursor === undefined ? null : Number(cursor);
      const found = await rejectionsOf(platform.db, {
        sellerId: sellerOf(scope),
        requestId,
        beforeId,
        limit: limit + 1,
      });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const nextCursor = found.length > limit && last ? String(last.rejectionId) : null;
      return ok({ items: items.map(presentRejection), nextCursor });
    },
  }),
  command({
    path: '/usage/charges/{chargeId}/reversal',
    summary: 'Reverse a charge: wrong records count no more, the others are billed again',
    action: 'usage.correct',
    body: schemas.reversal,
    response: schemas.usageCharge,
    async run(call, { reason, voidRecordIds }, tx) {
      const { platform, params, now } = call;
      const { chargeId = '' } = params;
      if (!isUuid(chargeId) || !(await chargeById(tx, chargeId))) return refuse('NOT_FOUND', 'there is no such charge');
      const reversed = await reverseCharge(platform, tx, { chargeId, reason, voidRecordIds }, now);
      if (!reversed.ok) return reversed;
      const { traceId } = reversed.value;
      await auditDone(call, tx, { action: 'usage.reverse', object: `charge:${chargeId}`, traceId });
      return ok(presentCharge(reversed.value));
    },
  }),
  command({
    path: '/usage/rating',
    summary: 'Rate records again that could not be rated',
    action: 'usage.correct',
    body: nothing,
    response: schemas.ratedAgain,
    async run(call, _, tx) {
      const meters = await rateAgain(tx, null, call.now);
      await auditDone(call, tx, { action: 'usage.rate-again', object: 'usage', traceId: null });
      return ok({ meters });
    },
  }),
];

async function serviceOf({ platform, scope, params, now }: Call): Promise<MeteredService | null> {
  const since = localStart(now, 'month', platform.config.site);
  const { resourceId = '' } = params;
  const [found] = await meteredServices(platform.db, { scope, resourceId, since, before: null, limit: 1 });
  return found ?? null;
}

const namesOf = (executor: Executor, services: readonly MeteredService[]) =>
  namesFor(executor, [{ buyerIds: services.map(({ buyerId }) => buyerId), sellerIds: [] }]);

/** The matrix gives this action to roles of a seller only. */
function sellerOf(scope: Call['scope']): string {
  if (scope.kind !== 'seller') throw new Error('unreachable: rejections belong to sellers');
  return scope.sellerId;
}
