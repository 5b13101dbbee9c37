/** 联营活跃用户分析: who uses joint-operation products, for their sellers and for operators (consoles-and-processes.md 3.9). */
import type { z } from 'zod';
import type { Scope } from '../../directory/index.ts';
import {
  type DayRange,
  dayAfter,
  daysActive,
  figuresOf,
  jointProducts,
  lastDay,
  type Project,
  projectsOf,
  readRange,
} from '../../people/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import * as schemas from './activity-schemas.ts';
import { namesFor } from './names.ts';
import { productNames } from './present-opinion.ts';
import { type ConsoleRoute, read } from './route.ts';

const SHOWN_CUSTOMERS = 200;

export const activityRoutes: ConsoleRoute[] = [
  read({
    path: '/activity',
    summary: 'Active projects and users of a range of days, and by product (S-70)',
    action: 'activity.view',
    query: schemas.activityQuery,
    response: schemas.activity,
    async run({ platform: { db }, scope, now }, query) {
      const range = rangeOf(query, now);
      if (!range.ok) return range;
      const products = await seenProducts(db, scope);
      const goodsIds = products.map(({ goodsId }) => goodsId);
      const asked = { goodsIds, buyerId: null, range: range.value };
      const [projects, days, nameOf] = await Promise.all([
        projectsOf(db, asked),
        daysActive(db, asked),
        productNames(db, goodsIds),
      ]);
      const names = await namesFor(db, [{ buyerIds: [], sellerIds: products.map(({ sellerId }) => sellerId) }]);
      return ok({
        ...range.value,
        lastDay: lastDay(now),
        total: figuresOf(projects),
        days,
        products: products.map(({ goodsId, sellerId }) => ({
          ...{ goodsId, name: nameOf(goodsId), sellerName: names.seller(sellerId) },
          figures: figuresOf(projects.filter((each) => each.goodsId === goodsId)),
        })),
      });
    },
  }),
  read({
    path: '/activity/{goodsId}',
    summary: 'The same of one product, by customer (S-74)',
    action: 'activity.view',
    query: schemas.activityQuery,
    response: schemas.productActivity,
    async run({ platform: { db }, scope, params, now }, query) {
      const range = rangeOf(query, now);
      if (!range.ok) return range;
      const product = (await seenProducts(db, scope)).find(({ goodsId }) => goodsId === params.goodsId);
      if (!product) return refuse('NOT_FOUND', 'there is no such joint-operation product');
      const { goodsId, sellerId } = product;
      const asked = { goodsIds: [goodsId], buyerId: null, range: range.value };
      const [projects, days, nameOf] = await Promise.all([
        projectsOf(db, asked),
        daysActive(db, asked),
        productNames(db, [goodsId]),
      ]);
      const shown = byUse(projects).slice(0, SHOWN_CUSTOMERS);
      const names = await namesFor(db, [{ buyerIds: shown.map(({ buyerId }) => buyerId), sellerIds: [sellerId] }]);
      return ok({
        ...range.value,
        lastDay: lastDay(now),
        ...{ goodsId, name: nameOf(goodsId), sellerName: names.seller(sellerId) },
        total: figuresOf(projects),
        days,
        customers: shown.map(({ buyerId, opened, authorised, active }) => ({
          ...{ buyerId, name: names.buyer(buyerId), opened, authorised },
          activeUsers: active,
          userActivity: authorised === 0 ? null : active / authorised,
        })),
      });
    },
  }),
];

export interface ActivityRow {
  readonly name: { readonly zh: string; readonly en: string };
  /** null = all customers of the product */
  readonly customer: string | null;
  readonly figures: schemas.ActivityFigures;
}

/** For an export: each product, and below it its customers one by one. */
export async function activityRows(
  executor: Executor,
  scope: Scope,
  { from, to, goodsId }: z.infer<typeof schemas.activityFilter>,
): Promise<ActivityRow[]> {
  const seen = await seenProducts(executor, scope);
  const products = goodsId === undefined ? seen : seen.filter((each) => each.goodsId === goodsId);
  const goodsIds = products.map((each) => each.goodsId);
  const projects = byUse(await projectsOf(executor, { goodsIds, buyerId: null, range: { from, to } }));
  const nameOf = await productNames(executor, goodsIds);
  const names = await namesFor(executor, [{ buyerIds: projects.map(({ buyerId }) => buyerId), sellerIds: [] }]);
  return goodsIds.flatMap((id) => {
    const own = projects.filter((each) => each.goodsId === id);
    const row = (customer: string | null, of: readonly Project[]) => ({
      ...{ name: nameOf(id), customer, figures: figuresOf(of) },
    });
    return [row(null, own), ...own.map((each) => row(names.buyer(each.buyerId), [each]))];
  });
}

/** S-70, for whoever asks for an export too. */
export function rangeOf(
  { days = 1, ...asked }: Partial<z.infer<typeof schemas.activityQuery>>,
  now: Date,
): Result<DayRange> {
  const { to = lastDay(now), from = dayAfter(to, 1 - days) } = asked;
  return readRange({ from, to }, now);
}

/** Joint-operation products in the scope. */
export async function seenProducts(executor: Executor, scope: Scope) {
  if (scope.kind === 'buyer') return [];
  const products = await jointProducts(executor, scope.kind === 'seller' ? scope.sellerId : null);
  const { goodsIds } = scope.kind === 'seller' ? scope : { goodsIds: null };
  return goodsIds === null ? products : products.filter(({ goodsId }) => goodsIds.includes(goodsId));
}

const byUse = (projects: readonly Project[]): Project[] =>
  projects.toSorted((a, b) => b.active - a.active || b.authorised - a.authorised);
