/** Market: products and quotes. */
import { contentOf, partStates, priceOffers, productById, type Specification } from '../../catalog/index.ts';
import { sellerNames } from '../../directory/index.ts';
import { trialOrder } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, refuse } from '../../platform/result.ts';
import { productPage } from './finding-schemas.ts';
import { presentCard } from './present.ts';
import { presentPageParts } from './present-finding.ts';
import { type ConsoleRoute, noQuery, read } from './route.ts';
import * as schemas from './schemas.ts';

export const marketRoutes: ConsoleRoute[] = [
  read({
    path: '/products/{goodsId}',
    summary: 'One product with its specifications and prices',
    action: 'product.view',
    query: noQuery,
    response: productPage,
    async run({ platform: { db }, params, principal }) {
      const product = await productById(db, params.goodsId ?? '');
      if (!product || !isShown(product.state)) return refuse('NOT_FOUND', 'there is no such product');
      const content = await contentOf(db, product.goods_id, product.current_version);
      const states = await partStates(db, product.goods_id);
      const names = await sellerNames(db, [product.seller_id]);
      const blockedBy =
        product.state !== 'ON_SALE' ? BLOCKED.NOT_ON_SALE : principal.buyerId === null ? BLOCKED.NOT_A_BUYER : null;
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
        orderParameters: content.orderParameters,
        blockedBy,
        specifications: await Promise.all(
          content.specifications.map(async (spec) => ({
            specificationId: spec.specificationId,
            name: spec.name,
            chargingMode: spec.chargingMode,
            linearAttribute: spec.linearAttribute,
            trial: await trialOf(db, spec, principal.buyerId),
            changeable: spec.changeable,
            perVcpu: spec.perVcpu,
            hidden: false,
            blockedBy: null,
            status: states.get(spec.specificationId) ?? 'STOPPED',
            skus: spec.skus.map((sku) => ({ ...sku, status: states.get(sku.skuCode) ?? 'STOPPED', available: null })),
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
    async run({ platform: { db } }, query) {
      const priced = await priceOffers(db, [query]);
      if (!priced.ok) return priced;
      const [first] = priced.value;
      return first
        ? ok({
            ...first.quote,
            deductions: [...first.quote.deductions],
            derivation: [...first.quote.derivation],
            blockedBy: null,
          })
        : refuse('NOT_FOUND', 'there is no such price item');
    },
  }),
];

/** Whom else a trial is for is nobody's business: the white list stays here (C33). */
async function trialOf(executor: Executor, { trial, specificationId }: Specification, buyerId: string | null) {
  if (trial === null) return null;
  const chosen = trial.buyerIds === null || (buyerId !== null && trial.buyerIds.includes(buyerId));
  const used = buyerId !== null && !trial.repeatable && (await trialOrder(executor, buyerId, specificationId)) !== null;
  const blockedBy = !chosen ? BLOCKED.NOT_TARGET_CUSTOMER : used ? BLOCKED.TRIAL_USED : null;
  return { days: trial.days, blockedBy };
}

type Shown = 'ON_SALE' | 'TRADE_FROZEN' | 'STOPPED' | 'WITHDRAWN';
const isShown = (state: string): state is Shown => ['ON_SALE', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN'].includes(state);

const BLOCKED = {
  NOT_ON_SALE: { code: 'NOT_ON_SALE', message: { zh: '该商品当前不可购买', en: 'This product is not on sale now' } },
  NOT_TARGET_CUSTOMER: {
    code: 'NOT_TARGET_CUSTOMER',
    message: { zh: '该试用仅对指定客户开放，请联系商家', en: 'This trial is for chosen customers; contact the seller' },
  },
  TRIAL_USED: {
    code: 'TRIAL_USED',
    message: { zh: '您已试用过该规格', en: 'You have had a trial of this specification' },
  },
  NOT_A_BUYER: { code: 'NOT_A_BUYER', message: { zh: '请使用客户账号购买', en: 'Sign in as a buyer to order' } },
};
