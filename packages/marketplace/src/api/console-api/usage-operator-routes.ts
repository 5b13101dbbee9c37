/** Usage over all sellers: what waits for a repair and the repair, charges rated anew after a preview (settlement.md 3.7). */
import type { z } from 'zod';
import {
  type Figures,
  giveUsagePrice,
  previewRerating,
  type RatedAnew,
  type Rerating,
  rerate,
  type ToRepair,
  usageOfSellers,
  usagePricesOf,
  usageToRepair,
} from '../../metering/index.ts';
import { type Executor, inTransaction } from '../../platform/database/database.ts';
import { ok } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import type { Names } from './present.ts';
import { type ConsoleRoute, command, noQuery, read } from './route.ts';
import * as schemas from './usage-operator-schemas.ts';

const DAY_MS = 86_400_000;
/** of a preview, on a page: those that differ */
const SHOWN_CHARGES = 200;

export const usageOperatorRoutes: ConsoleRoute[] = [
  read({
    path: '/usage/overview',
    summary: 'Usage over all sellers: taken, late, not taken, not rated',
    action: 'usage.inspect',
    query: schemas.overviewQuery,
    response: schemas.usageOverview,
    async run({ platform, now }, { days }) {
      const found = await usageOfSellers(platform.db, new Date(now.getTime() - days * DAY_MS), now);
      const names = await namesFor(platform.db, [{ buyerIds: [], sellerIds: found.map(({ sellerId }) => sellerId) }]);
      return ok({ days, items: found.map((each) => ({ ...each, sellerName: names.seller(each.sellerId) })) });
    },
  }),
  read({
    path: '/usage/repairs',
    summary: 'Usage that was taken and is not rated, with the reason and what can be done',
    action: 'usage.inspect',
    query: noQuery,
    response: schemas.usageRepairs,
    async run({ platform, now }) {
      const found = await usageToRepair(platform.db, now);
      const names = await namesFor(
        platform.db,
        found.map(({ buyerId, sellerId }) => ({ buyerIds: [buyerId], sellerIds: [sellerId] })),
      );
      const prices = await pricesOf(platform.db, found);
      return ok({ items: found.map((each) => presentRepair(each, names, prices.get(each.goodsId) ?? [])) });
    },
  }),
  command({
    path: '/usage/services/{resourceId}/price',
    summary: 'Give a price to a service whose version has none; its usage is billed at once',
    action: 'usage.correct',
    body: schemas.givenPrice,
    response: schemas.repaired,
    async run(call, { priceItemId }, tx) {
      const { resourceId = '' } = call.params;
      const given = await giveUsagePrice(tx, { resourceId, priceItemId }, call.now);
      if (!given.ok) return given;
      const object = `instance:${resourceId} price:${priceItemId}`;
      await auditDone(call, tx, { action: 'usage.give-price', object, traceId: null });
      call.platform.wake.kick();
      return given;
    },
  }),
  read({
    path: '/usage/services/{resourceId}/rerating',
    summary: 'What the charges since an instant would be if they were rated anew',
    action: 'usage.inspect',
    query: schemas.reratingQuery,
    response: schemas.rerating,
    async run({ platform, params }, { since }) {
      const { resourceId = '' } = params;
      const preview = await inTransaction(platform.db, (tx) => previewRerating(tx, resourceId, new Date(since)));
      return preview.ok ? ok(presentRerating(new Date(since), preview.value)) : preview;
    },
  }),
  command({
    path: '/usage/services/{resourceId}/rerating',
    summary: 'Reverse the charges that differ and those after them, and bill their records again',
    action: 'usage.correct',
    body: schemas.newRerating,
    response: schemas.rerated,
    async run(call, { since, reason, difference }, tx) {
      const { resourceId = '' } = call.params;
      const asked = { resourceId, since: new Date(since), reason, expected: difference };
      const done = await rerate(call.platform, tx, asked, call.now);
      if (!done.ok) return done;
      await auditDone(call, tx, { action: 'usage.rate-anew', object: `instance:${resourceId}`, traceId: null });
      call.platform.wake.kick();
      return done;
    },
  }),
];

type Prices = Awaited<ReturnType<typeof usagePricesOf>>;
async function pricesOf(executor: Executor, repairs: readonly ToRepair[]): Promise<ReadonlyMap<string, Prices>> {
  const goods = new Set(repairs.filter(({ priced }) => !priced).map(({ goodsId }) => goodsId));
  const found = new Map<string, Prices>();
  for (const goodsId of goods) found.set(goodsId, await usagePricesOf(executor, goodsId));
  return found;
}

function presentRepair(repair: ToRepair, names: Names, prices: Prices): z.infer<typeof schemas.usageRepair> {
  const { resourceId, sellerId, buyerId, productName, specificationName, reason, priced, records, usage } = repair;
  return {
    ...{ resourceId, productName, specificationName, records, usage },
    sellerName: names.seller(sellerId),
    buyerName: names.buyer(buyerId),
    reason: reason === null ? 'HELD_UP' : priced ? 'UNRATED' : 'NO_PRICE',
    since: repair.since.toISOString(),
    prices: prices.map(({ priceItemId, mode, brackets, currency }) => ({
      ...{ priceItemId, mode, brackets, currency },
    })),
  };
}

function presentRerating(since: Date, { charges, difference }: Rerating): z.infer<typeof schemas.rerating> {
  const differing = charges.filter(({ differs }) => differs);
  return {
    since: since.toISOString(),
    charges: differing.slice(0, SHOWN_CHARGES).map(presentAnew),
    differing: differing.length,
    rated: charges.length,
    difference,
  };
}

const presentAnew = ({ charge, now, differs }: RatedAnew) => ({
  chargeId: charge.chargeId,
  billedAt: charge.billedAt.toISOString(),
  before: figuresOf(charge),
  after: figuresOf(now),
  differs,
});
const figuresOf = ({ drawn, charged, refused, amount }: Figures): Figures => ({ drawn, charged, refused, amount });
