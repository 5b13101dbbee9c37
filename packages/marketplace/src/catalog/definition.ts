/**
 * What a product version holds, as a schema with the rules of `catalogue.md` 3–5 that a definition must keep. A
 * version is immutable; order lines keep what they bought (C41).
 */
import { z } from 'zod';
import { contentFaults } from './definition-rules.ts';

export const localizedText = z.strictObject({ zh: z.string(), en: z.string() });
export type LocalizedText = z.infer<typeof localizedText>;

const price = z.string().regex(/^\d{1,12}(\.\d{1,10})?$/, 'C17: a decimal with at most 4 decimals, 10 for usage');
const bracket = z.strictObject({ from: z.number().int().min(0), to: z.number().int().nullable(), unitPrice: price });

export const priceItem = z.strictObject({
  /** wire productId: `OFFI` + 18 digits (C2) */
  priceItemId: z.string().regex(/^OFFI\d{18}$/, 'C2: OFFI and 18 digits'),
  periodType: z.enum(['month', 'year']).nullable(),
  mode: z.enum(['LINEAR', 'TIER', 'STEP']),
  /** (from, to], contiguous from 0, the last `to` is null (C16); LINEAR has exactly one */
  brackets: z.array(bracket).min(1).max(20),
  currency: z.enum(['CNY', 'USD', 'EUR']),
});
export type PriceItem = z.infer<typeof priceItem>;

const linearAttribute = z.strictObject({
  code: z.string().min(1).max(32),
  name: localizedText,
  unit: localizedText,
  minimum: z.number().int().min(1).max(9_999_999),
  maximum: z.number().int().min(1).max(9_999_999),
  step: z.number().int().min(1),
});
export type LinearAttribute = z.infer<typeof linearAttribute>;

const sku = z.strictObject({
  skuCode: z.uuid(),
  attributes: z
    .array(z.strictObject({ code: z.string(), name: localizedText, value: localizedText }))
    .max(5, 'C8: at most 5 enumerated attributes'),
  prices: z.array(priceItem).min(1),
});

/** C33: a free trial, for everybody or for the buyers of a white list, once per account unless repeatable */
const trial = z.strictObject({
  days: z.number().int().min(3, 'C33: 3 to 180 days').max(180, 'C33: 3 to 180 days'),
  buyerIds: z.array(z.string().min(1)).max(10_000).nullable(),
  repeatable: z.boolean(),
});

/** C31, C32: a quota for a time, drawn before pay-per-use */
export const usagePackage = z.strictObject({
  validity: z.strictObject({ type: z.enum(['month', 'year']), number: z.number().int().min(1).max(36) }),
  quota: z.string().regex(/^\d{1,15}(\.\d{1,4})?$/, 'C31: a decimal with at most 4 decimals'),
  unit: localizedText,
  resetting: z.enum(['hour', 'day', 'week', 'month']).nullable(),
  stopWhenUsedUp: z.boolean(),
});
export type UsagePackage = z.infer<typeof usagePackage>;

export const CHARGING_MODES = ['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'] as const;
export const chargingMode = z.enum(CHARGING_MODES);
export type ChargingMode = z.infer<typeof chargingMode>;

const specification = z.strictObject({
  specificationId: z.string().min(1).max(64),
  name: localizedText,
  chargingMode,
  linearAttribute: linearAttribute.nullable(),
  trial: trial.nullable().default(null),
  /** C25: the seller allows upgrades and scale-out */
  changeable: z.boolean().default(false),
  /** exactly for ON_DEMAND_PKG */
  package: usagePackage.nullable().default(null),
  skus: z.array(sku).min(1).max(100, 'C9: at most 100 SKUs'),
});
export type Specification = z.infer<typeof specification>;

export const productContent = z
  .strictObject({
    name: localizedText,
    summary: localizedText,
    description: localizedText,
    highlights: z.array(localizedText).max(10),
    usageGuide: localizedText,
    support: z.strictObject({ hours: localizedText, phone: z.string(), email: z.string() }),
    agreement: localizedText,
    class: z.enum(['GENERAL', 'JOINT', 'YANXUAN', 'YANXUAN_SELF', 'HUAWEI']),
    accessType: z.literal('SAAS'),
    // supervised delivery has its own station; until it is there such a product is refused, not half served
    supervised: z.literal(false, 'supervised delivery is not served by this version'),
    orderParameters: z
      .array(z.strictObject({ name: z.string().min(1).max(64), label: localizedText, required: z.boolean() }))
      .max(3),
    /** private members of the buyer that saas-v1 sends (saas-v1.md 2.4) */
    privateMembers: z.array(z.enum(['MOBILE', 'EMAIL', 'IAM'])).default([]),
    /** their cipher: 1 = AES256_CBC_PKCS5Padding, 2 = AES128_CBC_PKCS5Padding (saas-v1.md 5) */
    encryptType: z.enum(['1', '2']).default('1'),
    specifications: z.array(specification).min(1).max(50),
  })
  .superRefine((content, context) => {
    for (const fault of contentFaults(content.specifications)) context.addIssue({ code: 'custom', message: fault });
  });
export type ProductContent = z.infer<typeof productContent>;
/** a definition as a seller gives it: newer members may be absent */
export type ProductInput = z.input<typeof productContent>;
