/**
 * What a product version holds, as a schema with the rules of `catalogue.md` 3–5 that a definition must keep. A
 * version is immutable; order lines keep what they bought (C41).
 */
import { z } from 'zod';
import { ACCESS_TYPES, CHARGING_MODES, LICENSE_VARIANTS, TAX_TYPES } from './access-types.ts';
import { contentFaults } from './definition-rules.ts';

/** A file that the marketplace keeps (`platform/files`). */
export const fileRef = z.strictObject({
  fileId: z.uuid(),
  name: z.string().min(1).max(255),
  size: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string().min(1).max(127),
});
export type FileRef = z.infer<typeof fileRef>;

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
  /** pay-per-use: what is counted (C30); null = the one thing that the specification counts */
  chargeItem: z
    .strictObject({ code: z.string().min(1).max(32), name: localizedText, unit: localizedText })
    .nullable()
    .default(null),
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

export const chargingMode = z.enum(CHARGING_MODES);

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
  /** exactly for ON_DEMAND: when usage is billed, and over what time STEP prices add it up (C30) */
  usage: z
    .strictObject({ cycle: z.enum(['hour', 'day']), accumulation: z.enum(['record', 'day', 'month']) })
    .nullable()
    .default(null),
  /** images: prices are for one vCPU (L26, L34) */
  perVcpu: z.boolean().default(false),
  /** images: costs nothing, and stays so (L26) */
  free: z.boolean().default(false),
  /** the asset that is delivered: image, package, data file, model, chart, API group; null where the type has none */
  assetId: z.string().min(1).max(64).nullable().default(null),
  skus: z.array(sku).min(1).max(100, 'C9: at most 100 SKUs'),
});
export type Specification = z.infer<typeof specification>;

export const SHARE_MODES = ['DEAL_PRICE', 'FLOOR_DISCOUNT'] as const;
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
    accessType: z.enum(ACCESS_TYPES),
    /** exactly for LICENSE */
    licenseVariant: z.enum(LICENSE_VARIANTS).nullable().default(null),
    /** service supervision; final after listing (C37) */
    supervised: z.boolean(),
    /** B-41: when the instance of a supervised SaaS is opened */
    opening: z.enum(['ON_PURCHASE', 'AT_DELIVERY', 'AFTER_ACCEPTANCE']).default('ON_PURCHASE'),
    /** calendar days within which a service is delivered (L35) */
    deliveryDays: z.number().int().min(1).max(365).nullable().default(null),
    /** the acceptance criterion (C56–C60) */
    deliveryTemplate: fileRef.nullable().default(null),
    /** service flow template of a professional service (L35) */
    serviceFlow: fileRef.nullable().default(null),
    /** standard form V1.0 (12.1) */
    version: z.string().max(16).default('V1.0'),
    logo: fileRef.nullable().default(null),
    pictures: z.array(fileRef).max(5, '12.1: at most 5 pictures').default([]),
    video: fileRef.nullable().default(null),
    /** shown to reviewers, never to buyers (12.1) */
    certificates: z.array(fileRef).max(10).default([]),
    categoryId: z.string().min(1).max(64).default('other'),
    tags: z.array(z.string().min(1).max(32)).max(10).default([]),
    keywords: z.array(z.string().min(1).max(32)).max(10).default([]),
    customerCases: z.array(localizedText).max(10).default([]),
    /** null = as its type and charging mode say (settlement.md S1-8a) */
    taxType: z.enum(TAX_TYPES).nullable().default(null),
    /** the seller's part of the price, 0 to 1, frozen into each order (C41) */
    sellerShare: z
      .string()
      .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'a decimal from 0 to 1 with at most 6 decimals')
      .default('0.95'),
    /** not of general products: the share is of the deal price, or of list price × floor discount (settlement.md 3.3) */
    shareMode: z.enum(SHARE_MODES).default('DEAL_PRICE'),
    /** list price × this is the floor price: above it distributors earn (settlement.md 3.4) */
    floorDiscount: z
      .string()
      .regex(/^(0\.\d{1,6}|1(\.0{1,6})?)$/, 'a decimal above 0 up to 1 with at most 6 decimals')
      .nullable()
      .default(null),
    /** S-35a: sub-user id and name of the buyer are given to the seller */
    passSubUser: z.boolean().default(false),
    /** B-1: real-name level that a buyer needs */
    realName: z.enum(['NONE', 'PERSONAL', 'ENTERPRISE']).default('NONE'),
    /** CONSULTING: the seller's own site, where it is traded (L1) */
    consultingUrl: z.url().nullable().default(null),
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
    for (const fault of contentFaults(content)) context.addIssue({ code: 'custom', message: fault });
  });
export type ProductContent = z.infer<typeof productContent>;
/** a definition as a seller gives it: newer members may be absent */
export type ProductInput = z.input<typeof productContent>;
