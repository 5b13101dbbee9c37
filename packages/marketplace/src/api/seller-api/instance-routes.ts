/** Instances: what runs at the seller. */
import { type Instance, instanceById, listInstances } from '../../instances/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { namesFor } from '../console-api/names.ts';
import { presentInstance } from '../console-api/present.ts';
import { dateOf } from './order-routes.ts';
import { noQuery, read, type SellerRoute } from './route.ts';
import * as schemas from './schemas.ts';

export const instanceRoutes: SellerRoute[] = [
  read({
    path: '/instances',
    summary: 'Instances, newest first',
    query: schemas.instanceQuery,
    response: schemas.instancePage,
    async run({ platform: { db }, scope }, { cursor, limit, from, to, ...filters }) {
      const found = await listInstances(db, {
        ...filters,
        scope,
        from: dateOf(from),
        to: dateOf(to),
        before: cursor ? decodeCursor(cursor) : null,
        limit: limit + 1,
      });
      const page = toPage(found, limit, ({ createdAt, resourceId }) => ({ at: createdAt, id: resourceId }));
      return ok({ items: await presented(db, page.items), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/instances/{resourceId}',
    summary: 'One instance, by the id that the marketplace gave it or by yours',
    query: noQuery,
    response: schemas.instance,
    async run({ platform: { db }, scope, params }) {
      const found = await instanceById(db, params.resourceId ?? '', scope);
      const [shown] = await presented(db, found ? [found] : []);
      return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such instance');
    },
  }),
];

async function presented(executor: Executor, instances: readonly Instance[]) {
  const buyerIds = instances.map(({ buyerId }) => buyerId);
  const names = await namesFor(executor, [{ buyerIds, sellerIds: [] }]);
  return instances.map((instance) => presentInstance(instance, names));
}
