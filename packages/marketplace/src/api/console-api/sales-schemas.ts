/**
 * What the console API says and hears about how a product is sold: sale object, purchase limit, stock, regions, trial
 * list, credit switches, visibility of specifications (catalogue.md 9; consoles-and-processes.md 3.7, O-31). All of it
 * takes effect at once, without review (C48).
 */
import { z } from 'zod';
import { instant, localized } from './schemas.ts';

const id = z.string().min(1).max(64);

// --- shown ----------------------------------------------------------------------------------------------------

export const saleTargetKind = z.enum(['ALL', 'ENTERPRISE', 'INDIVIDUAL', 'SPECIFIED', 'RELATED']);
/** A buyer of a list: account id and account name, which are entered together (C44). */
export const listedBuyer = z.object({ buyerId: z.string(), accountName: z.string() }).openapi('ListedBuyer');

export const saleTarget = z
  .object({
    kind: saleTargetKind,
    /** RELATED: products of the same seller; for a specification: specifications of the same product (C43) */
    relatedIds: z.array(z.string()),
    /** SPECIFIED */
    buyers: z.array(listedBuyer),
  })
  .openapi('SaleTarget');

export const purchaseLimit = z
  .object({
    /** ONCE: one purchase; QUANTITY: so many of the quantity attribute in all */
    kind: z.enum(['ONCE', 'QUANTITY']),
    /** exactly for QUANTITY */
    quantity: z.number().int().nullable(),
    /** what has expired counts no longer: "not before expiry" (C49) */
    untilExpiry: z.boolean(),
  })
  .openapi('PurchaseLimit');

/** DEFINED: as the product's version says (normally everybody); LISTED with an empty list = closed (S-83). */
export const trialAccess = z.enum(['DEFINED', 'ALL', 'LISTED']);
export const trialSetting = z
  .object({
    access: trialAccess,
    buyers: z.array(listedBuyer),
    /** null = as the product's version says (C33) */
    repeatable: z.boolean().nullable(),
  })
  .openapi('TrialSetting');

export const creditAccess = z.enum(['OFF', 'ALL', 'LISTED']);
export const creditSetting = z
  .object({
    /** 授信现金券支付 */
    coupon: creditAccess,
    /** 信用额度支付 */
    limit: creditAccess,
    /** for LISTED */
    buyers: z.array(listedBuyer),
  })
  .openapi('CreditSetting');

export const stockOfSku = z
  .object({
    skuCode: z.string(),
    attributes: z.array(z.object({ code: z.string(), name: localized, value: localized })),
    total: z.number().int(),
    /** of unpaid orders (L38) */
    reserved: z.number().int(),
    consumed: z.number().int(),
    available: z.number().int(),
    changes: z.array(z.object({ at: instant, change: z.number().int(), note: z.string(), by: z.string() })),
  })
  .openapi('StockOfSku');

export const salesSpecification = z
  .object({
    specificationId: z.string(),
    name: localized,
    chargingMode: z.enum(['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG']),
    hasQuantity: z.boolean(),
    hasTrial: z.boolean(),
    state: z.enum(['ON_SALE', 'STOPPED']),
    /** reached only by its purchase link (C42) */
    hidden: z.boolean(),
    /** null = as the product */
    target: saleTarget.nullable(),
    /** what holds: the own one, else the product's (C45a) */
    effectiveTarget: saleTargetKind,
    /** what the product's sale object leaves to choose here; empty = not editable (C45a) */
    targetChoices: z.array(saleTargetKind),
    limit: purchaseLimit.nullable(),
    trial: trialSetting.nullable(),
    /** of products that are counted (C50); empty = not counted */
    stock: z.array(stockOfSku),
  })
  .openapi('SalesSpecification');

export const salesSettings = z
  .object({
    goodsId: z.string(),
    name: localized,
    sellerId: z.string(),
    accessType: z.string(),
    state: z.enum(['DRAFT', 'IN_REVIEW', 'REJECTED', 'ON_SALE', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN']),
    /** public sales off: only by the direct link (C42) */
    hidden: z.boolean(),
    target: saleTarget,
    limit: purchaseLimit.nullable(),
    trial: trialSetting,
    /** null = everywhere (C51) */
    regions: z.array(z.string()).nullable(),
    /** what can be ticked on this site; empty = this site has no sales regions */
    regionChoices: z.array(z.string()),
    credit: creditSetting,
    specifications: z.array(salesSpecification),
    /** the seller's other products, for RELATED */
    relatedChoices: z.array(z.object({ goodsId: z.string(), name: localized })),
  })
  .openapi('SalesSettings');

export const salesProducts = z.object({
  items: z.array(
    z.object({
      goodsId: z.string(),
      name: localized,
      accessType: z.string(),
      state: z.string(),
      hidden: z.boolean(),
      target: saleTargetKind,
      /** smallest number of pieces left over its SKUs; null = not counted */
      leastStock: z.number().int().nullable(),
    }),
  ),
});

// --- asked ----------------------------------------------------------------------------------------------------

const buyers = z
  .array(z.strictObject({ buyerId: id, accountName: z.string().min(1).max(64) }))
  .max(1_000)
  .default([]);
/** the operator's reason for what it sets over the seller's head (O-31); needed from operators only */
const reason = z.string().trim().min(1).max(500).optional();
/** absent or null = the product itself */
const specificationId = id.nullable().default(null);

export const setSaleTarget = z.strictObject({
  specificationId,
  /** null takes a specification's own sale object away */
  kind: saleTargetKind.nullable(),
  relatedIds: z.array(id).max(50).default([]),
  buyers,
  reason,
});
export const setPurchaseLimit = z.strictObject({
  specificationId,
  limit: z
    .strictObject({
      kind: z.enum(['ONCE', 'QUANTITY']),
      quantity: z.number().int().min(1).max(9_999_999).nullable().default(null),
      untilExpiry: z.boolean().default(false),
    })
    .refine(
      ({ kind, quantity }) => (kind === 'QUANTITY') === (quantity !== null),
      'C49: a quantity, exactly for QUANTITY',
    )
    .nullable(),
  reason,
});
export const setTrialAccess = z.strictObject({
  specificationId,
  access: trialAccess,
  buyers,
  repeatable: z.boolean().nullable().default(null),
  reason,
});
export const setSalesRegions = z.strictObject({
  regions: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .max(250)
    .nullable(),
  reason,
});
export const setCreditAccess = z.strictObject({ coupon: creditAccess, limit: creditAccess, buyers, reason });
export const setSpecificationHidden = z.strictObject({ specificationId: id, hidden: z.boolean(), reason });
export const changeStock = z.strictObject({
  skuCode: z.uuid(),
  /** pieces that come or go */
  change: z
    .number()
    .int()
    .min(-9_999_999)
    .max(9_999_999)
    .refine((pieces) => pieces !== 0, 'a change of 0 is none'),
  note: z.string().trim().min(1).max(200),
  reason,
});
