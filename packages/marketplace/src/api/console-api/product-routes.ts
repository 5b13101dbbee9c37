/** A product behind its page (catalog.inspect): versions, prices, sales, interface health, what hides it; what is done with it. */
import type { z } from 'zod';
import {
  applyForRemoval,
  contentDifferences,
  contentOf,
  draftOf,
  draftRow,
  freezeTrading,
  listApplications,
  type OwnProduct,
  ownProducts,
  partsOf,
  show,
  versionsOf,
  type WrittenProduct,
  whyHidden,
  withdrawProduct,
  writtenProduct,
} from '../../catalog/index.ts';
import { freezeByHand, type ProbedProduct, probeBoard, release } from '../../debugging/index.ts';
import { loginNames, scopeOf } from '../../directory/index.ts';
import { salesByMonth } from '../../ordering/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { auditDone } from './audit.ts';
import { presentCards, presentDifference, presentInterface, presentOwn } from './present-publication.ts';
import * as schemas from './publication-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

const DAY_MS = 86_400_000;
const MONTHS_OF_SALES_DAYS = 366;
const APPLICATIONS_SHOWN = 20;

export const productRoutes: ConsoleRoute[] = [
  read({
    path: '/own-products/{goodsId}',
    summary: 'A product behind its page: versions, sales, health, and why buyers can not see it',
    action: 'catalog.inspect',
    query: noQuery,
    response: schemas.productBehind,
    run: (call) => behind(call, call.platform.db),
  }),
  read({
    path: '/own-products/{goodsId}/versions/{version}',
    summary: 'A version as it was approved (C41)',
    action: 'catalog.inspect',
    query: noQuery,
    response: schemas.productVersion,
    async run(call) {
      const { db } = call.platform;
      const product = await writtenProduct(db, { scope: call.scope, goodsId: goodsOf(call) });
      const wanted = Number(call.params.version);
      const known = product && (await versionsOf(db, product.goodsId)).find(({ version }) => version === wanted);
      if (!product || !known) return refuse('NOT_FOUND', 'there is no such version');
      const content = draftOf(await contentOf(db, product.goodsId, known.version));
      return ok({ version: known.version, approvedAt: known.approvedAt.toISOString(), content });
    },
  }),
  read({
    path: '/own-products/{goodsId}/differences',
    summary: 'What differs between two versions',
    action: 'catalog.inspect',
    query: schemas.differenceQuery,
    response: schemas.differences,
    async run(call, { from, to }) {
      const { db } = call.platform;
      const product = await writtenProduct(db, { scope: call.scope, goodsId: goodsOf(call) });
      const known = product ? (await versionsOf(db, product.goodsId)).map(({ version }) => version) : [];
      if (!product || !known.includes(from) || !known.includes(to))
        return refuse('NOT_FOUND', 'there is no such version');
      const [before, after] = [
        draftOf(await contentOf(db, product.goodsId, from)),
        draftOf(await contentOf(db, product.goodsId, to)),
      ];
      return ok({ items: contentDifferences(before, after).map(presentDifference) });
    },
  }),
  command({
    path: '/own-products/{goodsId}/visibility',
    summary: 'Show or hide a product or a specification, at once (C42)',
    action: 'catalog.manage',
    body: schemas.shownOrHidden,
    response: schemas.done,
    run: (call, body, tx) =>
      acted(call, tx, `product.${body.visibility === 'PUBLIC' ? 'show' : 'hide'}`, () =>
        show(tx, { scope: call.scope, goodsId: goodsOf(call), ...body }),
      ),
  }),
  command({
    path: '/own-products/{goodsId}/removal',
    summary: 'Apply for the stop of a product, of specifications or SKUs (S-37)',
    action: 'catalog.manage',
    body: schemas.removalInput,
    response: schemas.applicationCard,
    status: 201,
    async run(call, removal, tx) {
      const { platform, scope, principal, now } = call;
      const goodsId = goodsOf(call);
      const applied = await applyForRemoval(platform, tx, { scope, goodsId, removal, by: principal }, now);
      if (!applied.ok) return applied;
      await auditDone(call, tx, { action: 'product.remove', object: `product:${goodsId}`, traceId: null });
      const [card] = await presentCards(tx, scope, [applied.value], now);
      return card ? ok(card) : refuse('NOT_FOUND', 'there is no such application');
    },
  }),
  command({
    path: '/own-products/{goodsId}/withdrawal',
    summary: 'Take a product off for good, by the platform',
    action: 'product.freeze',
    body: schemas.publicationReason,
    response: schemas.done,
    run: (call, { reason }, tx) =>
      acted(call, tx, 'product.withdraw', () =>
        withdrawProduct(call.platform, tx, { goodsId: goodsOf(call), by: call.principal, reason }, call.now),
      ),
  }),
  command({
    path: '/own-products/{goodsId}/freeze',
    summary: 'Freeze trading of a product',
    action: 'product.freeze',
    body: schemas.publicationReason,
    response: schemas.done,
    run: (call, { reason }, tx) => acted(call, tx, 'product.freeze', () => frozen(call, tx, true, reason)),
  }),
  command({
    path: '/own-products/{goodsId}/release',
    summary: 'Release a frozen product',
    action: 'product.freeze',
    body: schemas.publicationReason,
    response: schemas.done,
    run: (call, { reason }, tx) => acted(call, tx, 'product.release', () => frozen(call, tx, false, reason)),
  }),
];

const goodsOf = ({ params }: Call): string => params.goodsId ?? '';

async function acted(call: Call, tx: Tx, action: string, act: () => Promise<Result<unknown>>) {
  const done = await act();
  if (!done.ok) return done;
  const goodsId = goodsOf(call);
  await auditDone(call, tx, { action, object: `product:${goodsId}`, traceId: null });
  const product = await writtenProduct(tx, { scope: call.scope, goodsId });
  return product ? ok({ goodsId, status: product.state }) : refuse('NOT_FOUND', 'there is no such product');
}

/** Products with an interface are frozen where they are probed, which remembers how they were shown. */
async function frozen(call: Call, tx: Tx, freeze: boolean, reason: string): Promise<Result<unknown>> {
  const goodsId = goodsOf(call);
  const product = await writtenProduct(tx, { scope: call.scope, goodsId });
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  if (product.protocol === 'none') return freezeTrading(tx, { goodsId, frozen: freeze });
  const act = freeze ? freezeByHand : release;
  return act(call.platform, tx, { goodsId, actor: call.principal.loginName, reason }, call.now);
}

async function behind(call: Call, executor: Executor): Promise<Result<z.infer<typeof schemas.productBehind>>> {
  const { scope, now, platform } = call;
  const goodsId = goodsOf(call);
  const product = await writtenProduct(executor, { scope, goodsId });
  const [own] = await ownProducts(executor, { scope, goodsIds: [goodsId], before: null, limit: 1 });
  const [shown] = own ? await presentOwn(executor, [own]) : [];
  if (!product || !own || !shown) return refuse('NOT_FOUND', 'there is no such product');
  const draft = product.version === 0 ? await draftRow(executor, goodsId) : null;
  const content = draft?.content ?? draftOf(await contentOf(executor, goodsId, product.version));
  const [probed] = await probeBoard(executor, { scope, goodsId, before: null, limit: 1 }, now);
  const applications = await listApplications(executor, {
    scope,
    goodsIds: [goodsId],
    before: null,
    limit: APPLICATIONS_SHOWN,
  });
  const months = await salesByMonth(executor, {
    scope,
    goodsId,
    sellerId: product.sellerId,
    since: new Date(now.getTime() - MONTHS_OF_SALES_DAYS * DAY_MS),
    timeZone: SITES[platform.config.site].timeZone,
  });
  return ok({
    ...shown,
    content,
    interface: draft?.interface ?? presentInterface(product),
    sellerShare: content.sellerShare,
    specifications: (await partsOf(executor, goodsId)).map(({ state, skus, ...part }) => ({
      ...part,
      status: state,
      skus: skus.map((sku) => ({ skuCode: sku.skuCode, status: sku.state })),
    })),
    versions: await presentVersions(call, executor, goodsId),
    whyHidden: [...(await whyHidden(executor, goodsId, { failingDays: probed?.failingDays ?? 0 }))],
    sales: months.map((month) => ({ ...month })),
    health: probed ? healthOf(probed) : null,
    applications: await presentCards(executor, scope, applications, now),
    may: mayDo(call, product, own),
  });
}

async function presentVersions({ scope }: Call, executor: Executor, goodsId: string) {
  const versions = await versionsOf(executor, goodsId);
  const logins = await loginNames(
    executor,
    versions.flatMap(({ approvedBy }) => (approvedBy ? [approvedBy] : [])),
  );
  return versions.map(({ version, approvedAt, approvedBy }) => ({
    version,
    approvedAt: approvedAt.toISOString(),
    approvedBy:
      approvedBy === null ? null : scope.kind === 'seller' ? 'operator' : (logins.get(approvedBy) ?? approvedBy),
  }));
}

function healthOf({ cases, failingDays, failedOrders, flagged, rounds }: ProbedProduct) {
  const [last] = rounds;
  return {
    cases,
    failingDays,
    failedOrders: failedOrders.ofProduct,
    flagged,
    lastRound: last
      ? {
          at: last.startedAt.toISOString(),
          state: last.passed === null ? 'RUNNING' : last.passed ? 'PASSED' : 'FAILED',
        }
      : null,
  };
}

/** What the person may do with it in its state now. */
function mayDo({ principal }: Call, { state }: WrittenProduct, { openApplication }: OwnProduct) {
  const manages = scopeOf(principal, 'catalog.manage') !== null;
  const operates = scopeOf(principal, 'product.freeze') !== null;
  const onSale = state === 'ON_SALE';
  return {
    change: manages && (onSale || state === 'TRADE_FROZEN' || state === 'DRAFT' || state === 'REJECTED'),
    remove: manages && onSale && openApplication === null,
    show: manages && onSale,
    freeze: operates && onSale,
    release: operates && state === 'TRADE_FROZEN',
    withdraw: operates && (onSale || state === 'TRADE_FROZEN' || state === 'STOPPED'),
  };
}
