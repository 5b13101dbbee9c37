/** Market: products and quotes. */
import type { z } from 'zod';
import {
  accessRules,
  available,
  contentOf,
  DEFAULT_STOCK,
  hiddenSpecifications,
  type PageSpecification,
  type ProductContent,
  pageFor,
  partStates,
  productById,
  renewsItself,
  type SaleLine,
  type Specification,
  stockOfProducts,
} from '../../catalog/index.ts';
import { sellerNames } from '../../directory/index.ts';
import { offerLines, purchases, trialOrder } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { blocked, blockedBy, trialBlockedBy } from './blocked.ts';
import { productPage } from './finding-schemas.ts';
import * as schemas from './market-schemas.ts';
import { presentCard } from './present.ts';
import { presentPageParts } from './present-finding.ts';
import { type Call, type ConsoleRoute, noQuery, read } from './route.ts';

export const marketRoutes: ConsoleRoute[] = [
  read({
    path: '/products/{goodsId}',
    summary: 'One product with its specifications and prices',
    action: 'product.view',
    query: noQuery,
    response: productPage,
    async run(call) {
      const { params, principal } = call;
      const { db } = call.platform;
      const product = await productById(db, params.goodsId ?? '');
      if (!product || !isShown(product.state)) return refuse('NOT_FOUND', 'there is no such product');
      const content = await contentOf(db, product.goods_id, product.current_version);
      const states = await partStates(db, product.goods_id);
      const names = await sellerNames(db, [product.seller_id]);
      const notNow =
        product.state !== 'ON_SALE'
          ? blocked('NOT_ON_SALE')
          : principal.buyerId === null
            ? blocked('NOT_A_BUYER')
            : null;
      const page = await buyerPage(call, product.goods_id, content);
      return ok({
        ...presentCard(product.goods_id, content, names.get(product.seller_id) ?? '', (spec, skuCode) =>
          [spec.specificationId, skuCode].every((id) => states.get(id) === 'ON_SALE'),
        ),
        ...(await presentPageParts(db, product, content, principal.userId)),
        version: product.current_version,
        status: product.state,
        description: content.description,
        highlights: content.highlights,
        usageGuide: content.usageGuide,
        support: content.support,
        agreement: content.agreement,
        supervised: content.supervised,
        renewsItself: renewsItself(content.accessType, product.site),
        orderParameters: content.orderParameters,
        blockedBy: notNow,
        specifications: await Promise.all(
          content.specifications.map(async (spec) => ({
            specificationId: spec.specificationId,
            name: spec.name,
            chargingMode: spec.chargingMode,
            linearAttribute: spec.linearAttribute,
            trial: await trialOf(db, spec, principal.buyerId, page.of(spec.specificationId)),
            changeable: spec.changeable,
            package: spec.package,
            usageCycle: spec.usage?.cycle ?? null,
            perVcpu: spec.perVcpu,
            hidden: page.hidden.has(spec.specificationId),
            blockedBy: blockedBy(page.of(spec.specificationId)?.blockedBy ?? null),
            status: states.get(spec.specificationId) ?? 'STOPPED',
            skus: spec.skus.map((sku) => ({
              ...sku,
              status: states.get(sku.skuCode) ?? 'STOPPED',
              available: page.available(sku.skuCode),
            })),
          })),
        ),
      });
    },
  }),
  read({
    path: '/quotes',
    summary: 'What a price item costs now, with its derivation',
    action: 'product.view',
    query: schemas.quoteQuery,
    response: schemas.quote,
    async run(call, { offerId, voucherId, ...line }) {
      const quoted = await quotesOf(call, [line], { offerId, voucherId });
      if (!quoted.ok) return quoted;
      const [first] = quoted.value;
      return first ? ok(first) : refuse('NOT_FOUND', 'there is no such price item');
    },
  }),
  read({
    path: '/order-quotes',
    summary: 'What the lines of an order cost together, a voucher shared among them',
    action: 'product.view',
    query: schemas.orderQuotesQuery,
    response: schemas.orderQuotes,
    async run(call, { lines, offerId, voucherId }) {
      const quoted = await quotesOf(call, lines, { offerId, voucherId });
      return quoted.ok ? ok({ items: quoted.value }) : quoted;
    },
  }),
];

/** The price that an order would have, told also to those who can not order it (C45). */
async function quotesOf(
  { platform, principal: { buyerId }, now }: Call,
  lines: readonly SaleLine[],
  by: { readonly offerId: string | undefined; readonly voucherId: string | undefined },
): Promise<Result<z.infer<typeof schemas.quote>[]>> {
  const sale = await offerLines(platform.db, { buyerId, lines, ...by, now, told: true });
  if (!sale.ok) return sale;
  const why = blockedBy(sale.value.blockedBy);
  return ok(
    sale.value.lines.map(({ quote }) => ({
      ...quote,
      deductions: [...quote.deductions],
      derivation: [...quote.derivation],
      blockedBy: why,
    })),
  );
}

/** What the page says to this person: nobody but a buyer is asked whether he may buy. */
async function buyerPage(call: Call, goodsId: string, content: ProductContent) {
  const { db } = call.platform;
  const { buyerId } = call.principal;
  const shown =
    buyerId === null ? [] : await pageFor({ executor: db, purchases, buyerId, now: call.now }, goodsId, content);
  const counted = accessRules(content.accessType, content.licenseVariant).stock;
  const stock = counted ? await stockOfProducts(db, [goodsId]) : null;
  return {
    hidden: await hiddenSpecifications(db, [goodsId]),
    of: (specificationId: string) => shown.find((each) => each.specificationId === specificationId),
    available: (skuCode: string) => (stock ? Math.max(0, available(stock.get(skuCode) ?? DEFAULT_STOCK)) : null),
  };
}

/** Whom else a trial is for is nobody's business: the white list stays here (C33). */
async function trialOf(
  executor: Executor,
  { trial, specificationId }: Specification,
  buyerId: string | null,
  page: PageSpecification | undefined,
) {
  if (trial === null) return null;
  const mine = page?.trial;
  const fault = trialBlockedBy(mine?.blockedBy ?? null);
  const once = buyerId !== null && !(mine?.repeatable ?? trial.repeatable);
  const used = !fault && once && (await trialOrder(executor, buyerId, specificationId)) !== null;
  return { days: trial.days, blockedBy: used ? blocked('TRIAL_USED') : fault };
}

type Shown = 'ON_SALE' | 'TRADE_FROZEN' | 'STOPPED' | 'WITHDRAWN';
const isShown = (state: string): state is Shown => ['ON_SALE', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN'].includes(state);
