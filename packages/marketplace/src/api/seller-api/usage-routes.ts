/** Usage: services, records, charges with their derivation, and what was not taken. */
import { chargeById, chargesOf, meteredServices, recordsOf, rejectionsOf } from '../../metering/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { localStart } from '../../platform/site.ts';
import { isUuid } from '../../platform/uuid.ts';
import { namesFor } from '../console-api/names.ts';
import { presentCharge, presentMetered, presentRecord, presentRejection } from '../console-api/usage-present.ts';
import { dateOf } from './order-routes.ts';
import { noQuery, read, type SellerRoute } from './route.ts';
import * as schemas from './schemas.ts';

export const usageRoutes: SellerRoute[] = [
  read({
    path: '/usage/services',
    summary: 'Services whose usage is metered, with what this month came to, newest first',
    query: schemas.pageQuery,
    response: schemas.usageServicePage,
    async run({ platform: { db, config }, scope, now }, { cursor, limit }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const since = localStart(now, 'month', config.site);
      const found = await meteredServices(db, { scope, since, before, limit: limit + 1 });
      const page = toPage(found, limit, (each) => ({ at: each.openedAt, id: each.resourceId }));
      const buyerIds = page.items.map(({ buyerId }) => buyerId);
      const names = await namesFor(db, [{ buyerIds, sellerIds: [] }]);
      return ok({ items: page.items.map((each) => presentMetered(each, names)), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/usage/services/{resourceId}/records',
    summary: 'Records of a service that were taken, the latest usage first',
    query: schemas.usageRecordQuery,
    response: schemas.usageRecordPage,
    async run({ platform: { db }, scope, now, params }, { cursor, limit, from, to, ...filters }) {
      const { resourceId = '' } = params;
      const [service] = await meteredServices(db, { scope, resourceId, since: now, before: null, limit: 1 });
      if (!service) return refuse('NOT_FOUND', 'there is no usage of such a service');
      const before = cursor ? decodeCursor(cursor) : null;
      const times = { from: dateOf(from), to: dateOf(to) };
      const found = await recordsOf(db, { ...filters, ...times, resourceId, before, limit: limit + 1 });
      const page = toPage(found, limit, (each) => ({ at: each.beginAt, id: each.recordId }));
      return ok({ items: page.items.map(presentRecord), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/usage/charges',
    summary: 'Charges of usage, newest first',
    query: schemas.usageChargeQuery,
    response: schemas.usageChargePage,
    async run({ platform: { db }, scope }, { cursor, limit, from, to, ...filters }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const times = { from: dateOf(from), to: dateOf(to) };
      const found = await chargesOf(db, { ...filters, ...times, scope, before, limit: limit + 1 });
      const page = toPage(found, limit, (each) => ({ at: each.billedAt, id: each.chargeId }));
      return ok({ items: page.items.map(presentCharge), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/usage/charges/{chargeId}',
    summary: 'One charge with its derivation',
    query: noQuery,
    response: schemas.usageCharge,
    async run({ platform: { db }, sellerId, params }) {
      const { chargeId } = params;
      const charge = isUuid(chargeId) ? await chargeById(db, chargeId) : null;
      return charge?.sellerId === sellerId ? ok(presentCharge(charge)) : refuse('NOT_FOUND', 'there is no such charge');
    },
  }),
  read({
    path: '/usage/rejections',
    summary: 'Records that were not taken, with their codes and as they came, newest first',
    query: schemas.usageRejectionQuery,
    response: schemas.usageRejectionPage,
    async run({ platform: { db }, sellerId }, { cursor, limit, requestId }) {
      const beforeId = cursor === undefined ? null : Number(cursor);
      const found = await rejectionsOf(db, { sellerId, requestId, beforeId, limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const nextCursor = found.length > limit && last ? String(last.rejectionId) : null;
      return ok({ items: items.map(presentRejection), nextCursor });
    },
  }),
];
