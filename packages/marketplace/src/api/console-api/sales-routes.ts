/** How products are sold: sale object, limit, stock, regions, trial list, credit, hidden specifications (S-80 … S-85, O-31). */

import type { z } from 'zod';
import {
  changeStockOf,
  regionChoices,
  setCredit,
  setHidden,
  setLimit,
  setRegions,
  setTarget,
  setTrial,
  soldProducts,
} from '../../catalog/index.ts';
import type { Scope } from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { presentSales, presentSalesProducts } from './present-sales.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';
import * as schemas from './sales-schemas.ts';

/** enough for every seller; who has more finds products by their page */
const MOST_PRODUCTS = 500;

export const salesRoutes: ConsoleRoute[] = [
  read({
    path: '/sales',
    summary: 'Products with how they are sold, in short',
    action: 'sales.manage',
    query: noQuery,
    response: schemas.salesProducts,
    async run({ platform: { db }, scope }) {
      return ok({ items: await presentSalesProducts(db, await soldProducts(db, { scope, limit: MOST_PRODUCTS })) });
    },
  }),
  read({
    path: '/sales/{goodsId}',
    summary: 'How a product and its specifications are sold',
    action: 'sales.manage',
    query: noQuery,
    response: schemas.salesSettings,
    run: (call) => shown(call),
  }),
  setting(
    'target',
    'Sale object of a product or specification; takes effect at once (C48)',
    schemas.setSaleTarget,
    (tx, which, body) => setTarget(tx, { ...which, ...body }),
  ),
  setting('limit', 'Purchase limit of a product or specification (C49)', schemas.setPurchaseLimit, (tx, which, body) =>
    setLimit(tx, { ...which, ...body }),
  ),
  setting('trial', 'Who may try it, and how often (S-83)', schemas.setTrialAccess, (tx, which, body) =>
    setTrial(tx, { ...which, ...body }),
  ),
  setting('regions', 'Countries where it is sold (C51)', schemas.setSalesRegions, (tx, which, { regions }, call) =>
    setRegions(tx, { ...which, regions, choices: regionChoices(call.platform.config.site) }),
  ),
  setting(
    'credit',
    'Who may pay it by credit (S2-9)',
    schemas.setCreditAccess,
    (tx, which, { coupon, limit, buyers }) => setCredit(tx, { ...which, credit: { coupon, limit }, buyers }),
  ),
  setting(
    'visibility',
    'Hides a specification, or shows it again (C42)',
    schemas.setSpecificationHidden,
    (tx, which, body) => setHidden(tx, { ...which, ...body }),
  ),
  setting('stock', 'Pieces come or go (C50)', schemas.changeStock, (tx, which, { skuCode, change, note }, call) =>
    changeStockOf(tx, { ...which, skuCode, change, note, by: call.principal.loginName }, call.now),
  ),
];

interface Which {
  readonly scope: Scope;
  readonly goodsId: string;
}
type Setting = z.ZodType<{ readonly reason?: string | undefined }>;

/** A setting: changed, audited – an operator says why (O-31) –, and the whole shown as it is then. */
function setting<B extends Setting>(
  name: string,
  summary: string,
  body: B,
  run: (tx: Tx, which: Which, body: z.infer<B>, call: Call) => Promise<Result<unknown>>,
): ConsoleRoute {
  return command({
    path: `/sales/{goodsId}/${name}`,
    summary,
    action: 'sales.manage',
    body,
    response: schemas.salesSettings,
    async run(call, asked, tx) {
      const { reason } = asked;
      if (call.scope.kind === 'all' && reason === undefined)
        return refuse('REASON_MISSING', 'O-31: say why you set this over the head of the seller');
      const goodsId = call.params.goodsId ?? '';
      const done = await run(tx, { scope: call.scope, goodsId }, asked, call);
      if (!done.ok) return done;
      const action = `sales.${name}${reason === undefined ? '' : `: ${reason}`}`;
      await auditDone(call, tx, { action, object: `product:${goodsId}`, traceId: null });
      return shown(call, tx);
    },
  });
}

async function shown({ platform, scope, params }: Call, executor: Executor = platform.db) {
  const [product] = await soldProducts(executor, { scope, goodsIds: [params.goodsId ?? ''], limit: 1 });
  return product ? ok(await presentSales(executor, product)) : refuse('NOT_FOUND', 'there is no such product');
}
