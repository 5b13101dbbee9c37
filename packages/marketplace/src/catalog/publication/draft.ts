/**
 * A product version that is being written: the members of `productContent`, each of which may still be empty or wrong,
 * so that a draft is kept whatever stands in it (S-30). New specifications, SKUs and prices have no ids yet (null): the
 * server gives them (C2). Only sizes are limited here; what is wrong tells `draftFaults`.
 */
import { z } from 'zod';
import { ACCESS_TYPES, CHARGING_MODES, LICENSE_VARIANTS, PROTOCOLS, TAX_TYPES } from '../access-types.ts';
import { fileRef, SHARE_MODES } from '../definition.ts';

/** so long that no honest text is cut, so short that a draft stays below the limit of a request */
const MOST_TEXT = 20_000;
const MOST_WORD = 300;
const word = z.string().max(MOST_WORD);
const longText = z.strictObject({ zh: z.string().max(MOST_TEXT), en: z.string().max(MOST_TEXT) });
const shortText = z.strictObject({ zh: word, en: word });
const whole = z.number().int().min(-1_000_000_000).max(1_000_000_000).nullable();

const draftPrice = z.strictObject({
  /** null = new; an id that is not this product's is replaced */
  priceItemId: word.nullable(),
  periodType: z.enum(['month', 'year']).nullable(),
  mode: z.enum(['LINEAR', 'TIER', 'STEP']),
  /** (from, to]; the last `to` is null */
  brackets: z.array(z.strictObject({ from: whole, to: whole, unitPrice: word })).max(100),
  currency: z.enum(['CNY', 'USD', 'EUR']),
  chargeItem: z.strictObject({ code: word, name: shortText, unit: shortText }).nullable(),
});
export type DraftPrice = z.infer<typeof draftPrice>;

const draftSku = z.strictObject({
  skuCode: word.nullable(),
  attributes: z.array(z.strictObject({ code: word, name: shortText, value: shortText })).max(20),
  prices: z.array(draftPrice).max(200),
});
export type DraftSku = z.infer<typeof draftSku>;

const draftSpecification = z.strictObject({
  specificationId: word.nullable(),
  name: shortText,
  chargingMode: z.enum(CHARGING_MODES),
  linearAttribute: z
    .strictObject({ code: word, name: shortText, unit: shortText, minimum: whole, maximum: whole, step: whole })
    .nullable(),
  trial: z
    .strictObject({ days: whole, buyerIds: z.array(word).max(10_000).nullable(), repeatable: z.boolean() })
    .nullable(),
  changeable: z.boolean(),
  package: z
    .strictObject({
      validity: z.strictObject({ type: z.enum(['month', 'year']), number: whole }),
      quota: word,
      unit: shortText,
      resetting: z.enum(['hour', 'day', 'week', 'month']).nullable(),
      stopWhenUsedUp: z.boolean(),
    })
    .nullable(),
  usage: z
    .strictObject({ cycle: z.enum(['hour', 'day']), accumulation: z.enum(['record', 'day', 'month']) })
    .nullable(),
  perVcpu: z.boolean(),
  free: z.boolean(),
  assetId: word.nullable(),
  skus: z.array(draftSku).max(400),
});
export type DraftSpecification = z.infer<typeof draftSpecification>;

export const draftContent = z.strictObject({
  name: shortText,
  summary: longText,
  description: longText,
  highlights: z.array(longText).max(20),
  usageGuide: longText,
  support: z.strictObject({ hours: shortText, phone: word, email: word }),
  agreement: longText,
  class: z.enum(['GENERAL', 'JOINT', 'YANXUAN', 'YANXUAN_SELF', 'HUAWEI']),
  accessType: z.enum(ACCESS_TYPES),
  licenseVariant: z.enum(LICENSE_VARIANTS).nullable(),
  supervised: z.boolean(),
  opening: z.enum(['ON_PURCHASE', 'AT_DELIVERY', 'AFTER_ACCEPTANCE']),
  deliveryDays: whole,
  deliveryTemplate: fileRef.nullable(),
  serviceFlow: fileRef.nullable(),
  version: word,
  logo: fileRef.nullable(),
  pictures: z.array(fileRef).max(20),
  video: fileRef.nullable(),
  certificates: z.array(fileRef).max(20),
  categoryId: word,
  tags: z.array(word).max(30),
  keywords: z.array(word).max(30),
  customerCases: z.array(longText).max(20),
  taxType: z.enum(TAX_TYPES).nullable(),
  sellerShare: word,
  shareMode: z.enum(SHARE_MODES),
  floorDiscount: word.nullable(),
  passSubUser: z.boolean(),
  realName: z.enum(['NONE', 'PERSONAL', 'ENTERPRISE']),
  consultingUrl: word.nullable(),
  orderParameters: z.array(z.strictObject({ name: word, label: shortText, required: z.boolean() })).max(20),
  privateMembers: z.array(z.enum(['MOBILE', 'EMAIL', 'IAM'])).max(3),
  encryptType: z.enum(['1', '2']),
  specifications: z.array(draftSpecification).max(100),
});
export type DraftContent = z.infer<typeof draftContent>;

/** Where the seller's server is called; `none` for products that nobody is called for. */
export const draftInterface = z.strictObject({ protocol: z.enum(PROTOCOLS), productionUrl: z.string().max(512) });
export type DraftInterface = z.infer<typeof draftInterface>;

/** What a seller writes and submits. */
export interface Draft {
  readonly content: DraftContent;
  readonly interface: DraftInterface;
}

/** The steps of the form (S-30); a rejection gives its reasons per section (O-4). */
export const SECTIONS = ['ACCESS', 'BUSINESS', 'DELIVERY', 'SPECIFICATIONS'] as const;
export type Section = (typeof SECTIONS)[number];

const SECTION_OF: Readonly<Record<string, Section>> = {
  accessType: 'ACCESS',
  licenseVariant: 'ACCESS',
  class: 'ACCESS',
  name: 'ACCESS',
  version: 'ACCESS',
  logo: 'ACCESS',
  certificates: 'ACCESS',
  consultingUrl: 'ACCESS',
  interface: 'ACCESS',
  product: 'ACCESS',
  privateMembers: 'ACCESS',
  encryptType: 'ACCESS',
  supervised: 'DELIVERY',
  opening: 'DELIVERY',
  deliveryDays: 'DELIVERY',
  deliveryTemplate: 'DELIVERY',
  serviceFlow: 'DELIVERY',
  orderParameters: 'DELIVERY',
  passSubUser: 'DELIVERY',
  specifications: 'SPECIFICATIONS',
};
/** @param path of a member: `specifications.0.name.en` */
export const sectionOf = (path: string): Section => SECTION_OF[path.split('.')[0] ?? ''] ?? 'BUSINESS';
