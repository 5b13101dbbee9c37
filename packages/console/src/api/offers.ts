import type {
  demand,
  myOffer,
  myOffers,
  myVoucher,
  myVouchers,
  newOffer,
  newVoucher,
  offer,
  offerItem,
  ownDemand,
  Page,
  QuoteView,
  sharedDemand,
  usableVouchers,
  voucher,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { type OrderQuote, orderQuote, type Wanted } from '../pages/buyer/order-quote.ts';
import type { Configuration } from '../pages/offers/offer-draft.ts';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';
import type { ListedBuyerView } from './sales.ts';

/** Routes and cache keys of private offers, demands and vouchers (catalogue.md 10). */

export type OfferView = z.infer<typeof offer>;
export type OfferItemView = z.infer<typeof offerItem>;
export type NewOffer = z.input<typeof newOffer>;
export type DemandView = z.infer<typeof demand>;
export type OwnDemandView = z.infer<typeof ownDemand>;
export type SharedDemand = z.input<typeof sharedDemand>;
export type VoucherView = z.infer<typeof voucher>;
export type NewVoucher = z.input<typeof newVoucher>;
export type MyOfferView = z.infer<typeof myOffer>;
export type MyVoucherView = z.infer<typeof myVoucher>;
export type UsableVoucherView = z.infer<typeof usableVouchers>['items'][number];

export const offersQuery = (query: Query) =>
  queryOptions({
    queryKey: ['offers', query],
    queryFn: ({ signal }): Promise<Page<OfferView>> => http.get('offers', query, signal),
    placeholderData: keepPreviousData,
  });
export const createOffer = (wish: NewOffer): Promise<OfferView> => http.post('offers', wish);
export const withdrawOffer = (offerId: string): Promise<OfferView> => http.post(`${offerPath(offerId)}/withdrawal`, {});
export const decideOffer = (offerId: string, decision: { approve: boolean; comment: string }): Promise<OfferView> =>
  http.post(`${offerPath(offerId)}/decision`, decision);

export const demandsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['demands', query],
    queryFn: ({ signal }): Promise<Page<DemandView>> => http.get('demands', query, signal),
    placeholderData: keepPreviousData,
  });
export const createDemand = (goodsId: string, text: string): Promise<DemandView> =>
  http.post('demands', { goodsId, text });
/** Of a service provider, for its customers (S9-3). */
export const ownDemandsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['demands', 'own', query],
    queryFn: ({ signal }): Promise<Page<OwnDemandView>> => http.get('distributor/demands', query, signal),
    placeholderData: keepPreviousData,
  });
/** What the buyer asked for itself, or a service provider for it (C51a, S9-3). */
export const myDemandsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['demands', 'mine', query],
    queryFn: ({ signal }): Promise<Page<OwnDemandView>> => http.get('my-demands', query, signal),
    placeholderData: keepPreviousData,
  });
export const shareDemand = (wish: SharedDemand): Promise<OwnDemandView> => http.post('distributor/demands', wish);
export const decideDemand = (demandId: string, decision: { accept: boolean; comment: string }): Promise<DemandView> =>
  http.post(`demands/${encodeURIComponent(demandId)}/decision`, decision);

export const vouchersQuery = (query: Query) =>
  queryOptions({
    queryKey: ['vouchers', query],
    queryFn: ({ signal }): Promise<Page<VoucherView>> => http.get('vouchers', query, signal),
    placeholderData: keepPreviousData,
  });
export const createVoucher = (wish: NewVoucher): Promise<VoucherView> => http.post('vouchers', wish);
export const voidVoucher = (voucherId: string): Promise<VoucherView> => http.post(`${voucherPath(voucherId)}/void`, {});
export const assignVoucher = (voucherId: string, buyers: readonly ListedBuyerView[]): Promise<VoucherView> =>
  http.post(`${voucherPath(voucherId)}/assignments`, { buyers });

// --- the buyer's own ---

export const myOffersQuery = (goodsId?: string) =>
  queryOptions({
    queryKey: ['my-offers', goodsId],
    queryFn: ({ signal }): Promise<z.infer<typeof myOffers>> => http.get('my-offers', { goodsId }, signal),
  });
export const offerByLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['my-offers', 'link', token],
    queryFn: ({ signal }): Promise<MyOfferView> => http.get(`offer-links/${encodeURIComponent(token)}`, {}, signal),
  });
export const myVouchersQuery = queryOptions({
  queryKey: ['my-vouchers'],
  queryFn: ({ signal }): Promise<z.infer<typeof myVouchers>> => http.get('my-vouchers', {}, signal),
});
export const claimableVouchersQuery = (goodsId: string) =>
  queryOptions({
    queryKey: ['my-vouchers', 'product', goodsId],
    queryFn: ({ signal }): Promise<z.infer<typeof myVouchers>> =>
      http.get(`products/${encodeURIComponent(goodsId)}/vouchers`, {}, signal),
  });
export const claimVoucher = (voucherId: string): Promise<MyVoucherView> =>
  http.post(`my-vouchers/${encodeURIComponent(voucherId)}/claim`, {});

const offerPath = (offerId: string): string => `offers/${encodeURIComponent(offerId)}`;
const voucherPath = (voucherId: string): string => `vouchers/${encodeURIComponent(voucherId)}`;

// --- prices of what is about to be ordered ---

export const orderQuoteQuery = (wanted: Wanted, voucherId: string | undefined) =>
  queryOptions({
    queryKey: ['quote', 'order', wanted, voucherId],
    queryFn: async ({ signal }): Promise<OrderQuote> => {
      const quote = orderQuote(await readQuotes(wanted, voucherId, signal));
      if (quote === undefined) throw new Error('an order without lines has no price');
      return quote;
    },
    placeholderData: keepPreviousData,
  });
export const usableVouchersQuery = (wanted: Wanted) =>
  queryOptions({
    queryKey: ['usable-vouchers', wanted],
    queryFn: ({ signal }): Promise<z.infer<typeof usableVouchers>> =>
      http.get('usable-vouchers', { lines: JSON.stringify(wanted.lines), offerId: wanted.offerId }, signal),
  });

async function readQuotes(
  { lines, offerId }: Wanted,
  voucherId: string | undefined,
  signal: AbortSignal,
): Promise<readonly QuoteView[]> {
  const [only, ...others] = lines;
  if (only !== undefined && others.length === 0)
    return [await http.get<QuoteView>('quotes', { ...only, offerId, voucherId }, signal)];
  const query = { lines: JSON.stringify(lines), offerId, voucherId };
  return (await http.get<{ items: QuoteView[] }>('order-quotes', query, signal)).items;
}

/** What a buyer would pay for a configuration at this rate, before the offer exists. */
export const offerPriceQuery = (configuration: Configuration, rate: string | undefined) =>
  queryOptions({
    queryKey: ['quote', 'offer', configuration, rate],
    queryFn: ({ signal }): Promise<QuoteView> => http.get('offer-quotes', { ...configuration, rate }, signal),
    placeholderData: keepPreviousData,
  });
