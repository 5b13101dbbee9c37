/**
 * What the console API says and hears about private offers, customers' demands and vouchers (catalogue.md 10,
 * settlement.md S9-1 … S9-8; consoles-and-processes.md S-54 … S-56, O-34).
 */
import { z } from 'zod';
import { pricedLine, pricedLines } from './market-schemas.ts';
import { orderState } from './order-schemas.ts';
import { listedBuyer } from './sales-schemas.ts';
import { instant, localized, money, pageQuery } from './schemas.ts';

const askedInstant = z.iso.datetime({ offset: true });
const id = z.string().min(1).max(64);
const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

// --- private offers -------------------------------------------------------------------------------------------

export const offerState = z.enum(['DRAFT', 'IN_APPROVAL', 'VALID', 'USED', 'EXPIRED', 'WITHDRAWN']);
/** PRODUCT: a discount, the buyer chooses the quantity, several orders; CONFIGURATION: all is fixed, one order */
export const offerKind = z.enum(['PRODUCT', 'CONFIGURATION']);
/** what is paid of the list price: 0.8 = 20 % off */
const rate = z.string().regex(/^(0\.\d{1,4}|1(\.0{1,4})?)$/, '0.0001 to 1, at most 4 decimals');

/** One product or one exact configuration of an offer; the members from `priceItemId` on are null in a PRODUCT offer. */
export const offerItem = z
  .object({
    goodsId: z.string(),
    productName: localized,
    /** null = every specification of the product */
    specificationId: z.string().nullable(),
    specificationName: localized.nullable(),
    rate: z.string(),
    priceItemId: z.string().nullable(),
    quantity: z.number().int().nullable(),
    periodNumber: z.number().int().nullable(),
    periodType: z.enum(['month', 'year']).nullable(),
    vcpus: z.number().int().nullable(),
  })
  .openapi('OfferItem');

export const offer = z
  .object({
    offerId: z.string(),
    name: z.string(),
    kind: offerKind,
    state: offerState,
    sellerId: z.string(),
    sellerName: z.string(),
    buyers: z.array(listedBuyer),
    items: z.array(offerItem),
    validFrom: instant,
    validTo: instant,
    /** a CONFIGURATION may pass over sale object and purchase limit for its buyer (C54) */
    exempt: z.boolean(),
    /** C55: who brought the buyer; goes onto the orders */
    distributorId: z.string().nullable(),
    /** the demand that it answers */
    demandId: z.string().nullable(),
    /** why it needs approval: the lowest rate that does not (C52) */
    freeRate: z.string(),
    /** what the operator said */
    comment: z.string().nullable(),
    createdAt: instant,
    /** path of the console that the link and the QR code lead to; null until it is valid */
    link: z.string().nullable(),
    /** the order of a CONFIGURATION that was used; newest order of a PRODUCT offer */
    orderId: z.string().nullable(),
  })
  .openapi('Offer');
export const offerPage = page(offer).openapi('OfferPage');
export const offerQuery = pageQuery.extend({ state: offerState.optional() });

const listed = z
  .array(z.strictObject({ buyerId: id, accountName: z.string().min(1).max(64) }))
  .min(1)
  .max(100);
const offerTerms = {
  name: z.string().trim().min(1).max(100),
  buyers: listed,
  validFrom: askedInstant,
  validTo: askedInstant,
  distributorId: id.nullable().default(null),
  demandId: id.nullable().default(null),
  /** false: it stays a draft that may be changed */
  submit: z.boolean().default(true),
};
export const newOffer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('PRODUCT'),
    ...offerTerms,
    items: z
      .array(z.strictObject({ goodsId: id, specificationId: id.nullable().default(null), rate }))
      .min(1)
      .max(50),
  }),
  z.strictObject({
    kind: z.literal('CONFIGURATION'),
    ...offerTerms,
    exempt: z.boolean().default(false),
    items: z
      .array(
        z.strictObject({
          priceItemId: id,
          quantity: z.number().int().min(1).max(9_999_999).optional(),
          periodNumber: z.number().int().min(1).max(99).optional(),
          vcpus: z.number().int().min(1).max(1_024).optional(),
          rate,
        }),
      )
      .min(1)
      .max(20),
  }),
]);
/** What a configuration costs at a rate, before there is an offer. */
export const offerQuoteQuery = z.object({
  priceItemId: pricedLine.shape.priceItemId,
  quantity: z.coerce.number().int().min(1).max(9_999_999).optional(),
  periodNumber: z.coerce.number().int().min(1).max(99).optional(),
  vcpus: z.coerce.number().int().min(1).max(1_024).optional(),
  rate: rate.optional(),
});
export const offerDecision = z
  .strictObject({ approve: z.boolean(), comment: z.string().trim().max(500).default('') })
  .refine(({ approve, comment }) => approve || comment !== '', 'a rejection needs a reason');

// --- demands --------------------------------------------------------------------------------------------------

/** REJECTED also when nobody answered within 5 days (C51a, S9-2); CLOSED: the customer ordered through its offer */
export const demandState = z.enum(['OPEN', 'ACCEPTED', 'REJECTED', 'CLOSED']);
export const demand = z
  .object({
    demandId: z.string(),
    state: demandState,
    buyerId: z.string(),
    buyerName: z.string(),
    accountName: z.string(),
    goodsId: z.string(),
    productName: localized,
    text: z.string(),
    /** the service provider who made it for the customer (S9-3); null = the customer itself */
    distributorId: z.string().nullable(),
    distributorName: z.string().nullable(),
    /** what the service provider has in mind; null = left to the seller */
    specificationId: z.string().nullable(),
    specificationName: localized.nullable(),
    quantity: z.number().int().nullable(),
    rate: z.string().nullable(),
    createdAt: instant,
    /** until when the seller may accept it */
    decideBy: instant,
    /** null while OPEN; `system` = the time was over */
    decidedBy: z.enum(['seller', 'system']).nullable(),
    comment: z.string().nullable(),
    /** the newest offer that answers it */
    offerId: z.string().nullable(),
  })
  .openapi('Demand');
export const demandPage = page(demand).openapi('DemandPage');
export const demandQuery = pageQuery.extend({ state: demandState.optional() });
export const newDemand = z.strictObject({ goodsId: id, text: z.string().trim().min(1).max(1_000) });
/** Of a service provider: for a customer, named by account name and id together. */
export const sharedDemand = z.strictObject({
  goodsId: id,
  buyer: z.strictObject({ buyerId: id, accountName: z.string().trim().min(1).max(64) }),
  specificationId: id.nullable().default(null),
  quantity: z.number().int().min(1).max(9_999_999).nullable().default(null),
  rate: rate.nullable().default(null),
  text: z.string().trim().min(1).max(1_000),
});
/** A demand as the service provider sees it, up to the order. */
export const ownDemand = demand
  .extend({
    sellerName: z.string(),
    /** the offer that answers it, once the seller made one; its link from approval on */
    offer: z
      .object({
        offerId: z.string(),
        name: z.string(),
        state: offerState,
        validFrom: instant,
        validTo: instant,
        link: z.string().nullable(),
      })
      .nullable(),
    /** what the customer ordered by it, the newest; null = nothing yet */
    order: z.object({ orderId: z.string(), state: orderState, createdAt: instant }).nullable(),
  })
  .openapi('OwnDemand');
export const ownDemandPage = page(ownDemand).openapi('OwnDemandPage');
export const demandDecision = z
  .strictObject({ accept: z.boolean(), comment: z.string().trim().max(500).default('') })
  .refine(({ accept, comment }) => accept || comment !== '', 'a rejection needs a reason');

// --- vouchers -------------------------------------------------------------------------------------------------

export const voucherMode = z.enum(['ONE_TIME', 'MONTH', 'YEAR']);
const amount = z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'an amount with at most 2 decimals');

export const voucher = z
  .object({
    voucherId: z.string(),
    name: z.string(),
    /** VOID: none is given out any more; those that buyers have stay good (S-56) */
    state: z.enum(['PUBLISHED', 'VOID', 'EXPIRED']),
    sellerId: z.string(),
    sellerName: z.string(),
    faceValue: money,
    minimumSpend: money.nullable(),
    items: z.array(
      z.object({
        goodsId: z.string(),
        productName: localized,
        specificationId: z.string().nullable(),
        specificationName: localized.nullable(),
      }),
    ),
    modes: z.array(voucherMode),
    /** false: not together with an offer (S9-8) */
    withOffers: z.boolean(),
    /** on the product page; else only for the buyers that it is assigned to */
    claimable: z.boolean(),
    validFrom: instant,
    validTo: instant,
    total: z.number().int(),
    claimed: z.number().int(),
    used: z.number().int(),
    createdAt: instant,
  })
  .openapi('Voucher');
export const voucherPage = page(voucher).openapi('VoucherPage');

export const newVoucher = z.strictObject({
  name: z.string().trim().min(1).max(100),
  faceValue: amount,
  minimumSpend: amount.nullable().default(null),
  items: z
    .array(z.strictObject({ goodsId: id, specificationId: id.nullable().default(null) }))
    .min(1)
    .max(50),
  modes: z.array(voucherMode).min(1).max(3),
  withOffers: z.boolean().default(true),
  claimable: z.boolean(),
  validFrom: askedInstant,
  validTo: askedInstant,
  total: z.number().int().min(1).max(1_000_000),
  /** who gets one at once */
  buyers: z
    .array(z.strictObject({ buyerId: id, accountName: z.string().min(1).max(64) }))
    .max(1_000)
    .default([]),
});
export const voucherAssignment = z.strictObject({ buyers: listed.max(1_000) });

/** A voucher in a buyer's hands, or on the page to be claimed. */
export const myVoucher = z
  .object({
    voucherId: z.string(),
    name: z.string(),
    /** CLAIMABLE: not had yet */
    state: z.enum(['CLAIMABLE', 'UNUSED', 'USED', 'EXPIRED']),
    sellerName: z.string(),
    faceValue: money,
    minimumSpend: money.nullable(),
    items: voucher.shape.items,
    modes: z.array(voucherMode),
    withOffers: z.boolean(),
    validFrom: instant,
    validTo: instant,
    /** order that it was used for */
    orderId: z.string().nullable(),
  })
  .openapi('MyVoucher');
export const myVouchers = z.object({ items: z.array(myVoucher) }).openapi('MyVouchers');

export const usableVouchersQuery = z.object({
  lines: pricedLines,
  offerId: z.string().min(1).max(64).optional(),
});
/** The buyer's vouchers against lines that he is about to order: what each would take off, or why it can not be used. */
export const usableVouchers = z
  .object({
    items: z.array(
      myVoucher.extend({
        takesOff: money.nullable(),
        blockedBy: z.object({ code: z.string(), message: localized }).nullable(),
      }),
    ),
  })
  .openapi('UsableVouchers');

// --- the buyer's own ------------------------------------------------------------------------------------------

/** An offer as its buyer sees it; `items` of a CONFIGURATION are the lines to order. */
export const myOffer = offer
  .omit({ buyers: true, comment: true, freeRate: true, demandId: true, exempt: true })
  .openapi('MyOffer');
export const myOffersQuery = z.object({ goodsId: z.string().min(1).max(64).optional() });
export const myOffers = z.object({ items: z.array(myOffer) }).openapi('MyOffers');
