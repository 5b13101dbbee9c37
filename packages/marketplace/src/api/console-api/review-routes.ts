/** Applications of sellers and the operator's review of them (catalogue.md 8.2, O-4 … O-8). */
import {
  type Application,
  applicationById,
  contentDifferences,
  contentOf,
  decide,
  draftOf,
  judge,
  listApplications,
  pendingCounts,
  reviewQueue,
  withdrawApplication,
  writtenProduct,
} from '../../catalog/index.ts';
import { hardwareSellers, listForHardware, scopeOf } from '../../directory/index.ts';
import { runningOfProduct } from '../../instances/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { presentCards, presentDifference, presentFault } from './present-publication.ts';
import { surroundings } from './publication-facts.ts';
import * as schemas from './publication-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

/** A queue that is longer is worked from its head. */
const MOST_QUEUED = 200;

export const reviewRoutes: ConsoleRoute[] = [
  read({
    path: '/applications',
    summary: 'Applications of the seller, or of all: state, reasons, dates',
    action: 'catalog.inspect',
    query: schemas.applicationQuery,
    response: schemas.applicationPage,
    async run({ platform: { db }, scope, now }, { cursor, limit, goodsId, ...filters }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const goodsIds = goodsId === undefined ? undefined : [goodsId];
      const rows = await listApplications(db, { scope, ...filters, goodsIds, before, limit: limit + 1 });
      const page = toPage(rows, limit, ({ submittedAt, applicationId }) => ({ at: submittedAt, id: applicationId }));
      return ok({ items: await presentCards(db, scope, page.items, now), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/applications/{applicationId}',
    summary: 'An application side by side with what is on sale',
    action: 'catalog.inspect',
    query: noQuery,
    response: schemas.application,
    async run(call) {
      const { platform, scope } = call;
      const found = await byId(platform.db, call);
      return found
        ? details(call, platform.db, found)
        : refuse('NOT_FOUND', `there is no such application for ${scope.kind}`);
    },
  }),
  command({
    path: '/applications/{applicationId}/withdrawal',
    summary: 'Take a pending application back',
    action: 'catalog.manage',
    body: nothing,
    response: schemas.applicationCard,
    async run(call, _body, tx) {
      const { scope, principal, now } = call;
      const applicationId = idOf(call);
      if (applicationId === null) return refuse('NOT_FOUND', 'there is no such application');
      return carded(
        call,
        tx,
        'application.withdraw',
        await withdrawApplication(tx, { scope, applicationId, by: principal }, now),
      );
    },
  }),
  read({
    path: '/review-queue',
    summary: 'Applications to be decided, due first (O-8)',
    action: 'catalog.review',
    query: schemas.reviewQuery,
    response: schemas.reviewQueue,
    async run({ platform: { db }, scope, now }, query) {
      const queue = await reviewQueue(db, { ...query, limit: MOST_QUEUED });
      return ok({ items: await presentCards(db, scope, queue, now), ...(await pendingCounts(db, now)) });
    },
  }),
  read({
    path: '/operator/hardware-sellers',
    summary: 'Sellers, and which of them may publish hardware (L36)',
    action: 'catalog.review',
    query: noQuery,
    response: schemas.hardwareSellers,
    run: async ({ platform: { db, config } }) => ok(await listedSellers(db, config.site)),
  }),
  command({
    path: '/operator/hardware-sellers/{sellerId}',
    summary: 'Let a seller publish hardware, or no more of it (L36); what is on sale stays so',
    action: 'catalog.review',
    body: schemas.hardwareListing,
    response: schemas.hardwareSellers,
    async run(call, { listed }, tx) {
      const { site } = call.platform.config;
      const sellerId = call.params.sellerId ?? '';
      if (!(await hardwareSellers(tx, site)).some((seller) => seller.sellerId === sellerId))
        return refuse('NOT_FOUND', 'there is no such seller');
      await listForHardware(tx, sellerId, listed ? call.now : null);
      const action = listed ? 'seller.hardware-listed' : 'seller.hardware-unlisted';
      await auditDone(call, tx, { action, object: `seller:${sellerId}`, traceId: null });
      return ok(await listedSellers(tx, site));
    },
  }),
  command({
    path: '/applications/{applicationId}/decision',
    summary: 'Approve or reject an application, with a reason per section (O-4)',
    action: 'catalog.review',
    body: schemas.decision,
    response: schemas.applicationCard,
    async run(call, body, tx) {
      const applicationId = idOf(call);
      if (applicationId === null) return refuse('NOT_FOUND', 'there is no such application');
      const wanted = { applicationId, by: call.principal, ...body };
      const decided = await decide(call.platform, tx, wanted, surroundings, call.now);
      return carded(call, tx, body.approve ? 'application.approve' : 'application.reject', decided);
    },
  }),
];

const idOf = ({ params }: Call): string | null => (isUuid(params.applicationId) ? params.applicationId : null);

async function listedSellers(executor: Executor, site: string) {
  const sellers = await hardwareSellers(executor, site);
  return { items: sellers.map((seller) => ({ ...seller, listedAt: seller.listedAt?.toISOString() ?? null })) };
}

async function byId(executor: Executor, call: Call): Promise<Application | null> {
  const applicationId = idOf(call);
  return applicationId === null ? null : applicationById(executor, { scope: call.scope, applicationId });
}

async function carded(call: Call, tx: Tx, action: string, done: Result<Application>) {
  if (!done.ok) return done;
  await auditDone(call, tx, { action, object: `product:${done.value.goodsId}`, traceId: null });
  const [card] = await presentCards(tx, call.scope, [done.value], call.now);
  return card ? ok(card) : refuse('NOT_FOUND', 'there is no such application');
}

/** A pending one is compared with what is on sale, a decided one with what it began from. */
async function details(call: Call, executor: Executor, application: Application) {
  const { scope, principal, now } = call;
  const { goodsId, content, kind, state, baseVersion } = application;
  const product = await writtenProduct(executor, { scope, goodsId });
  const [card] = await presentCards(executor, scope, [application], now);
  if (!product || !card) return refuse('NOT_FOUND', 'there is no such product');
  const base = state === 'PENDING' ? product.version : baseVersion;
  const released = base > 0 ? draftOf(await contentOf(executor, goodsId, base)) : null;
  const judged = state === 'PENDING' && kind !== 'REMOVAL';
  const { faults } = judged ? await judge(executor, product, application, surroundings) : { faults: [] };
  const reviews = scopeOf(principal, 'catalog.review') !== null;
  const own = application.submittedBy === principal.userId;
  return ok({
    ...card,
    content,
    interface: application.interface,
    released,
    differences: contentDifferences(released, content).map(presentDifference),
    faults: faults.map(presentFault),
    removal: application.removal,
    runningInstances: await runningOfProduct(executor, goodsId),
    mayDecide: reviews && state === 'PENDING' && !own,
    decisionBlockedBy:
      reviews && own
        ? {
            rule: 'O-7',
            message: { zh: '提交人不能审核自己的申请', en: 'Somebody else than the submitter decides' },
          }
        : null,
  });
}
