/** Private offers, demands and vouchers, as people see them. */
import type { z } from 'zod';
import {
  type CountedVoucher,
  currentContents,
  type Demand,
  type Held,
  type Offer,
  offerState,
  offersByIds,
  type Voucher,
} from '../../catalog/index.ts';
import { buyersByIds, distributorNames, sellerNames } from '../../directory/index.ts';
import { ordersByIds } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { currencyOf, money } from '../../platform/money.ts';
import type * as schemas from './offer-schemas.ts';

type View<S extends z.ZodType> = z.infer<S>;
const iso = (at: Date): string => at.toISOString();
const UNKNOWN = { zh: '', en: '' };

/** Names of products and sellers that a list needs, asked for once. */
async function namesOf(executor: Executor, goodsIds: readonly string[], sellerIds: readonly string[]) {
  const contents = await currentContents(executor, goodsIds);
  const sellers = await sellerNames(executor, [...new Set(sellerIds)]);
  const specification = (goodsId: string, id: string | null) =>
    contents.get(goodsId)?.specifications.find((each) => each.specificationId === id);
  return {
    seller: (id: string) => sellers.get(id) ?? id,
    product: (goodsId: string) => contents.get(goodsId)?.name ?? UNKNOWN,
    specification: (goodsId: string, id: string | null) => specification(goodsId, id)?.name ?? null,
    periodType: (goodsId: string, priceItemId: string | null) =>
      contents
        .get(goodsId)
        ?.specifications.flatMap(({ skus }) => skus.flatMap(({ prices }) => prices))
        .find((price) => price.priceItemId === priceItemId)?.periodType ?? null,
  };
}
type Names = Awaited<ReturnType<typeof namesOf>>;

export interface OfferContext {
  readonly now: Date;
  readonly freeRate: string;
  readonly buyers: ReadonlyMap<string, readonly { readonly buyerId: string; readonly accountName: string }[]>;
}

export async function presentOffers(
  executor: Executor,
  offers: readonly Offer[],
  { now, freeRate, buyers }: OfferContext,
): Promise<View<typeof schemas.offer>[]> {
  const names = await namesFor(executor, offers);
  return offers.map((offer) => ({
    ...common(offer, names, now),
    buyers: [...(buyers.get(offer.offerId) ?? [])],
    exempt: offer.exempt,
    demandId: offer.demandId,
    freeRate,
    comment: offer.comment,
  }));
}

export async function presentMyOffers(
  executor: Executor,
  offers: readonly Offer[],
  now: Date,
): Promise<View<typeof schemas.myOffer>[]> {
  const names = await namesFor(executor, offers);
  return offers.map((offer) => common(offer, names, now));
}

const namesFor = (executor: Executor, offers: readonly Offer[]): Promise<Names> =>
  namesOf(
    executor,
    offers.flatMap(({ items }) => items.map(({ goodsId }) => goodsId)),
    offers.map(({ sellerId }) => sellerId),
  );

function common(offer: Offer, names: Names, now: Date): View<typeof schemas.myOffer> {
  const { offerId, name, kind, sellerId, validFrom, validTo, distributorId, orderId, createdAt, token } = offer;
  const state = offerState(offer, now);
  return {
    offerId,
    name,
    kind,
    state,
    sellerId,
    sellerName: names.seller(sellerId),
    items: offer.items.map((item) => ({
      ...item,
      productName: names.product(item.goodsId),
      specificationName: names.specification(item.goodsId, item.specificationId),
      periodType: names.periodType(item.goodsId, item.priceItemId),
    })),
    validFrom: iso(validFrom),
    validTo: iso(validTo),
    distributorId,
    createdAt: iso(createdAt),
    link: state === 'VALID' || state === 'USED' ? `/offers/${token}` : null,
    orderId,
  };
}

export async function presentDemands(
  executor: Executor,
  demands: readonly Demand[],
): Promise<View<typeof schemas.demand>[]> {
  const names = await namesOf(
    executor,
    demands.map(({ goodsId }) => goodsId),
    [],
  );
  const buyers = await buyersByIds(executor, [...new Set(demands.map(({ buyerId }) => buyerId))]);
  const partners = await distributorNames(
    executor,
    demands.flatMap(({ distributorId }) => distributorId ?? []),
  );
  return demands.map(({ sellerId: _, wish, ...demand }) => ({
    ...demand,
    ...wish,
    distributorName: demand.distributorId === null ? null : (partners.get(demand.distributorId) ?? ''),
    specificationName: names.specification(demand.goodsId, wish.specificationId),
    buyerName: buyers.get(demand.buyerId)?.name ?? demand.buyerId,
    accountName: buyers.get(demand.buyerId)?.account_name ?? '',
    productName: names.product(demand.goodsId),
    createdAt: iso(demand.createdAt),
    decideBy: iso(demand.decideBy),
  }));
}

/** With the offer that answers each and what was ordered by it, for the service provider who asked (S9-3). */
export async function presentOwnDemands(
  executor: Executor,
  demands: readonly Demand[],
  now: Date,
): Promise<View<typeof schemas.ownDemand>[]> {
  const offers = await offersByIds(
    executor,
    demands.flatMap(({ offerId }) => offerId ?? []),
  );
  const orders = await ordersByIds(
    executor,
    offers.flatMap(({ orderId }) => orderId ?? []),
    { scope: { kind: 'all' } },
  );
  const sellers = await sellerNames(executor, [...new Set(demands.map(({ sellerId }) => sellerId))]);
  const presented = await presentDemands(executor, demands);
  return presented.map((each, place) => {
    const offer = offers.find(({ offerId }) => offerId === each.offerId);
    const order = orders.find(({ orderId }) => orderId === offer?.orderId);
    return {
      ...each,
      sellerName: sellers.get(demands[place]?.sellerId ?? '') ?? '',
      offer: offer ? offerOf(offer, now) : null,
      order: order ? { orderId: order.orderId, state: order.state, createdAt: iso(order.createdAt) } : null,
    };
  });
}

/** A draft, or one that waits for approval, is the seller's alone so far: its state is told, nothing else is promised. */
function offerOf(offer: Offer, now: Date) {
  const { offerId, name, validFrom, validTo, token } = offer;
  const state = offerState(offer, now);
  const link = state === 'VALID' ? `/offers/${token}` : null;
  return { offerId, name, state, validFrom: iso(validFrom), validTo: iso(validTo), link };
}

export async function presentVouchers(
  executor: Executor,
  vouchers: readonly CountedVoucher[],
  now: Date,
): Promise<View<typeof schemas.voucher>[]> {
  const names = await voucherNames(
    executor,
    vouchers.map(({ voucher }) => voucher),
  );
  return vouchers.map(({ voucher, used }) => ({
    ...terms(voucher, names),
    sellerId: voucher.sellerId,
    state: voucher.state === 'PUBLISHED' && voucher.validTo <= now ? ('EXPIRED' as const) : voucher.state,
    claimable: voucher.claimable,
    total: voucher.total,
    claimed: voucher.claimed,
    used,
    createdAt: iso(voucher.createdAt),
  }));
}

/** @param held without a grant: to be claimed */
export async function presentMyVouchers(
  executor: Executor,
  held: readonly { readonly voucher: Voucher; readonly grant: Held['grant'] | null }[],
  now: Date,
): Promise<View<typeof schemas.myVoucher>[]> {
  const names = await voucherNames(
    executor,
    held.map(({ voucher }) => voucher),
  );
  return held.map(({ voucher, grant }) => ({
    ...terms(voucher, names),
    state: stateOf(voucher, grant, now),
    orderId: grant?.orderId ?? null,
  }));
}

function stateOf(voucher: Voucher, grant: Held['grant'] | null, now: Date): View<typeof schemas.myVoucher>['state'] {
  if (!grant) return 'CLAIMABLE';
  if (grant.orderId !== null) return 'USED';
  return voucher.validTo <= now ? 'EXPIRED' : 'UNUSED';
}

const voucherNames = (executor: Executor, vouchers: readonly Voucher[]): Promise<Names> =>
  namesOf(
    executor,
    vouchers.flatMap(({ items }) => items.map(({ goodsId }) => goodsId)),
    vouchers.map(({ sellerId }) => sellerId),
  );

function terms(voucher: Voucher, names: Names) {
  const { voucherId, name, sellerId, faceValue, minimumSpend, items, modes, withOffers, validFrom, validTo } = voucher;
  const currency = currencyOf(voucher.currency);
  return {
    voucherId,
    name,
    sellerName: names.seller(sellerId),
    faceValue: money(faceValue, currency),
    minimumSpend: minimumSpend === null ? null : money(minimumSpend, currency),
    items: items.map(({ goodsId, specificationId }) => ({
      goodsId,
      productName: names.product(goodsId),
      specificationId,
      specificationName: names.specification(goodsId, specificationId),
    })),
    modes: [...modes],
    withOffers,
    validFrom: iso(validFrom),
    validTo: iso(validTo),
  };
}
