import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the pages about sales settings, offers and vouchers. */

export const salesTabs = ['target', 'limit', 'trial', 'stock', 'credit', 'regions', 'hidden'] as const;
export type SalesTab = (typeof salesTabs)[number];

export const offerStates = ['DRAFT', 'IN_APPROVAL', 'VALID', 'USED', 'EXPIRED', 'WITHDRAWN'] as const;
export const demandStates = ['OPEN', 'ACCEPTED', 'REJECTED', 'CLOSED'] as const;
export const myVoucherStates = ['CLAIMABLE', 'UNUSED', 'USED', 'EXPIRED'] as const;
export const offerKinds = ['PRODUCT', 'CONFIGURATION'] as const;

const schemas = {
  sales: z.object({ tab: oneOf(salesTabs) }),
  offers: z.object({ ...paging, state: oneOf(offerStates) }),
  newOffer: z.object({
    kind: oneOf(offerKinds),
    goodsId: text(64),
    buyerId: text(64),
    accountName: text(64),
    demandId: text(64),
    distributorId: text(64),
    specificationId: text(64),
    rate: text(8),
  }),
  demands: z.object({ ...paging, state: oneOf(demandStates) }),
  vouchers: z.object({ ...paging }),
  myVouchers: z.object({ state: oneOf(myVoucherStates) }),
};

export type SalesSearch = z.infer<typeof schemas.sales>;
export type OfferSearch = z.infer<typeof schemas.offers>;
export type NewOfferSearch = z.infer<typeof schemas.newOffer>;
export type DemandSearch = z.infer<typeof schemas.demands>;
export type VoucherSearch = z.infer<typeof schemas.vouchers>;
export type MyVoucherSearch = z.infer<typeof schemas.myVouchers>;

export const parseSalesSearch = (raw: unknown): SalesSearch => compact(schemas.sales.parse(raw));
export const parseOfferSearch = (raw: unknown): OfferSearch => compact(schemas.offers.parse(raw));
export const parseNewOfferSearch = (raw: unknown): NewOfferSearch => compact(schemas.newOffer.parse(raw));
export const parseDemandSearch = (raw: unknown): DemandSearch => compact(schemas.demands.parse(raw));
export const parseVoucherSearch = (raw: unknown): VoucherSearch => compact(schemas.vouchers.parse(raw));
export const parseMyVoucherSearch = (raw: unknown): MyVoucherSearch => compact(schemas.myVouchers.parse(raw));
