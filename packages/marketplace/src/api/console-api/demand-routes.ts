/** Demands that a service provider makes for its customers, and what becomes of them (S9-2, S9-3, S-55). */
import { listDemands, shareDemand } from '../../catalog/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import * as schemas from './offer-schemas.ts';
import { presentOwnDemands } from './present-offers.ts';
import { type ConsoleRoute, command, read } from './route.ts';

const notPartner = refuse('NOT_FOUND', 'only service providers ask for others');
const ALL = { kind: 'all' } as const;

export const sharedDemandRoutes: ConsoleRoute[] = [
  read({
    path: '/distributor/demands',
    summary: 'What the service provider asked sellers for, newest first, with the offer and the order that came of it',
    action: 'demand.share',
    query: schemas.demandQuery,
    response: schemas.ownDemandPage,
    async run({ platform: { db }, principal: { distributorId }, now }, { state, cursor, limit }) {
      if (distributorId === null) return notPartner;
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listDemands(db, { scope: ALL, distributorId, state, before, limit: limit + 1 });
      const page = toPage(found, limit, (each) => ({ at: each.createdAt, id: each.demandId }));
      return ok({ items: await presentOwnDemands(db, page.items, now), nextCursor: page.nextCursor });
    },
  }),
  command({
    path: '/distributor/demands',
    summary: 'Ask the seller of a product for an offer to a customer; it has 5 days to accept (S9-2, S9-3)',
    action: 'demand.share',
    body: schemas.sharedDemand,
    response: schemas.ownDemand,
    status: 201,
    async run(call, { specificationId, quantity, rate, ...body }, tx) {
      const { distributorId, userId } = call.principal;
      if (distributorId === null) return notPartner;
      const asked = { ...body, distributorId, userId, wish: { specificationId, quantity, rate } };
      const shared = await shareDemand(call.platform, tx, asked, call.now);
      if (!shared.ok) return shared;
      const object = `demand:${shared.value.demandId}`;
      await auditDone(call, tx, { action: 'demand.share', object, traceId: null });
      const [shown] = await presentOwnDemands(tx, [shared.value], call.now);
      return shown ? ok(shown) : notPartner;
    },
  }),
];
