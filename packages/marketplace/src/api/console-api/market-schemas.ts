/** Products as buyers see them, prices and quotes. */
import { z } from 'zod';
import { derivationStep, localized, money } from './schemas.ts';

export const periodType = z.enum(['month', 'year']);
export const chargingMode = z.enum(['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG']);
export const priceMode = z.enum(['LINEAR', 'TIER', 'STEP']);

export const linearAttribute = z
  .object({
    code: z.string(),
    name: localized,
    unit: localized,
    minimum: z.number().int(),
    maximum: z.number().int(),
    step: z.number().int(),
  })
  .openapi('LinearAttribute');

export const priceItem = z
  .object({
    /** the wire's productId, `OFFI…` */
    priceItemId: z.string(),
    periodType: periodType.nullable(),
    mode: priceMode,
    /** brackets (from, to]; `to` null = unbounded. A flat price is one bracket. */
    brackets: z.array(z.object({ from: z.number(), to: z.number().nullable(), unitPrice: z.string() })),
    currency: z.string(),
    /** pay-per-use: what is counted (C30); null = the one thing that the specification counts */
    chargeItem: z.object({ code: z.string(), name: localized, unit: localized }).nullable(),
  })
  .openapi('PriceItem');

export const sku = z
  .object({
    skuCode: z.string(),
    attributes: z.array(z.object({ code: z.string(), name: localized, value: localized })),
    status: z.enum(['ON_SALE', 'STOPPED']),
    /** pieces left (C50); null = not counted */
    available: z.number().int().nullable(),
    prices: z.array(priceItem),
  })
  .openapi('Sku');

export const specification = z
  .object({
    specificationId: z.string(),
    name: localized,
    chargingMode,
    status: z.enum(['ON_SALE', 'STOPPED']),
    linearAttribute: linearAttribute.nullable(),
    /** free trial (C33); `blockedBy`: why this buyer can not have it */
    trial: z
      .object({ days: z.number().int(), blockedBy: z.object({ code: z.string(), message: localized }).nullable() })
      .nullable(),
    /** upgrade and scale-out while it runs (C25) */
    changeable: z.boolean(),
    /** a quota for a time (C31, C32); exactly for ON_DEMAND_PKG */
    package: z
      .object({
        validity: z.object({ type: periodType, number: z.number().int() }),
        quota: z.string(),
        unit: localized,
        resetting: z.enum(['hour', 'day', 'week', 'month']).nullable(),
        stopWhenUsedUp: z.boolean(),
      })
      .nullable(),
    /** when usage is billed (C30); exactly for ON_DEMAND */
    usageCycle: z.enum(['hour', 'day']).nullable(),
    /** images: prices are for one vCPU of the server chosen (L34) */
    perVcpu: z.boolean(),
    /** only by its own link (C42) */
    hidden: z.boolean(),
    /** why this buyer can not order it, whatever he chooses (C45); null = can */
    blockedBy: z.object({ code: z.string(), message: localized }).nullable(),
    skus: z.array(sku),
  })
  .openapi('Specification');

export const productCard = z
  .object({
    goodsId: z.string(),
    name: localized,
    summary: localized,
    sellerName: z.string(),
    accessType: z.string(),
    chargingModes: z.array(chargingMode),
    /** lowest price for one period at the minimum quantity (catalogue.md 12.2) */
    priceFrom: z
      .object({
        money,
        periodType: periodType.nullable(),
        /** what one unit costs that is used; only if nothing has a price before it is used */
        perUse: z.boolean(),
      })
      .nullable(),
  })
  .openapi('ProductCard');

export const product = productCard
  .extend({
    version: z.number().int(),
    status: z.enum(['ON_SALE', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN']),
    description: localized,
    highlights: z.array(localized),
    usageGuide: localized,
    support: z.object({ hours: localized, phone: z.string(), email: z.string() }),
    agreement: localized,
    supervised: z.boolean(),
    /** B-61: its subscriptions may renew themselves */
    renewsItself: z.boolean(),
    specifications: z.array(specification),
    /** what the seller asks the buyer when ordering, at most three (openapi.md 5.1) */
    orderParameters: z.array(z.object({ name: z.string(), label: localized, required: z.boolean() })),
    /** why this user can not buy it now; null = can */
    blockedBy: z.object({ code: z.string(), message: localized }).nullable(),
  })
  .openapi('Product');

export const quoteQuery = z.object({
  priceItemId: z.string().min(1).max(64),
  quantity: z.coerce.number().int().min(1).max(9_999_999).optional(),
  periodNumber: z.coerce.number().int().min(1).max(99).optional(),
  /** images per vCPU: of the flavour chosen */
  vcpus: z.coerce.number().int().min(1).max(1_024).optional(),
  /** an offer of the buyer's, by its id (C53) */
  offerId: z.string().min(1).max(64).optional(),
  /** a voucher of the buyer's */
  voucherId: z.string().min(1).max(64).optional(),
});
/** What was taken off a list price, and by what. */
export const deduction = z
  .object({ kind: z.enum(['OFFER', 'VOUCHER']), id: z.string(), amount: money })
  .openapi('Deduction');
export const quote = z
  .object({
    priceItemId: z.string(),
    quantity: z.number().int(),
    periodType: periodType.nullable(),
    periodNumber: z.number().int().nullable(),
    listAmount: money,
    /** listAmount − Σ deductions */
    amount: money,
    deductions: z.array(deduction),
    derivation: z.array(derivationStep),
    /** why it can not be ordered although it has this price (C45): region, real name, sale object, limit, stock */
    blockedBy: z.object({ code: z.string(), message: localized }).nullable(),
  })
  .openapi('Quote');

/** Something that a query says as JSON. */
export const asJson = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .max(8_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(inner)
    .openapi({ type: 'string' });
/** A line as its price is asked for. */
export const pricedLine = z.object({
  priceItemId: z.string().min(1).max(64),
  quantity: z.number().int().min(1).max(9_999_999).optional(),
  periodNumber: z.number().int().min(1).max(99).optional(),
  vcpus: z.number().int().min(1).max(1_024).optional(),
});
export const pricedLines = asJson(z.array(pricedLine).min(1).max(20));
export const orderQuotesQuery = z.object({
  lines: pricedLines,
  offerId: z.string().min(1).max(64).optional(),
  voucherId: z.string().min(1).max(64).optional(),
});
export const orderQuotes = z.object({ items: z.array(quote) });

export type ProductCardView = z.infer<typeof productCard>;
export type ProductView = z.infer<typeof product>;
export type SpecificationView = z.infer<typeof specification>;
export type SkuView = z.infer<typeof sku>;
export type PriceItemView = z.infer<typeof priceItem>;
export type QuoteView = z.infer<typeof quote>;
