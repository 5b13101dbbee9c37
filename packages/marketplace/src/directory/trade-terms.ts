/**
 * What settlement is agreed by with each party, as values: shares of those who bring buyers (settlement.md 3.4 – 3.6), tax
 * status of sellers (1.5), withholding taxes of a site (S3-8, S4-8), projects of buyers (S3-14). Pure.
 */
import { z } from 'zod';
import { decimal } from '../platform/money.ts';
import type { DistributorKind } from './distributors.ts';

const ratio = z.string().regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'a ratio from "0" to "1" with at most 6 decimals');
/** 1.5: decides the rate that a party's own invoices carry */
export const PAYERS = ['GENERAL', 'SMALL_SCALE'] as const;
export type Payer = (typeof PAYERS)[number];
const payer = z.enum(PAYERS);

/** SOLO earns 90 % of the spread, JOINT an agreed part of it up to 90 % (S3-16, S3-17) */
export const SCENES = ['SOLO', 'JOINT', 'CSP', 'RESELLER'] as const;
export const distributorTerms = z
  .strictObject({
    scene: z.enum(SCENES),
    /** JOINT: commission; CSP: share; RESELLER: what it pays of the customer's consumption; null of SOLO */
    ratio: ratio.nullable(),
    payer,
  })
  .superRefine(({ scene, ratio: agreed }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', path: ['ratio'], message });
    if ((scene === 'SOLO') !== (agreed === null))
      fault('S3-16: exactly a distributor who sells alone has no ratio of its own, it is 90 %');
    if (scene === 'JOINT' && agreed !== null && decimal(agreed).greaterThan('0.9'))
      fault('S3-17: a commission ratio is at most 0.9');
  });
export type DistributorTerms = z.infer<typeof distributorTerms>;

/** Which scenes a kind of partner may agree on. */
export const SCENES_OF: Readonly<Record<DistributorKind, readonly DistributorTerms['scene'][]>> = {
  DISTRIBUTOR: ['SOLO', 'JOINT'],
  CSP: ['CSP'],
  RESELLER: ['RESELLER'],
};

/** Rates of a site outside China, of the price without VAT; null in a party's terms = as the site says. */
export const siteTerms = z.strictObject({
  /** contained in the price; 0 = prices are without VAT */
  vat: ratio,
  customerWht: ratio,
  sellerWht: ratio,
  dst: ratio,
});
export type SiteTerms = z.infer<typeof siteTerms>;
export const NO_TAXES: SiteTerms = { vat: '0', customerWht: '0', sellerWht: '0', dst: '0' };

export const sellerTerms = z.strictObject({ payer, sellerWht: ratio.nullable(), dst: ratio.nullable() });
export type SellerTerms = z.infer<typeof sellerTerms>;

/** 赋能云, 基地云: projects whose operating company takes a management fee (3.3) */
export const PROJECTS = ['ENABLING_CLOUD', 'BASE_CLOUD'] as const;
export const buyerTerms = z
  .strictObject({
    project: z.enum(PROJECTS).nullable(),
    managementFeeRatio: ratio.nullable(),
    customerWht: ratio.nullable(),
  })
  .refine(({ project, managementFeeRatio }) => (project === null) === (managementFeeRatio === null), {
    path: ['managementFeeRatio'],
    message: 'S3-14: exactly users of a project pay a management fee',
  });
export type BuyerTerms = z.infer<typeof buyerTerms>;

export interface TermsOf {
  readonly site: SiteTerms;
  readonly seller: SellerTerms;
  readonly buyer: BuyerTerms;
  readonly distributor: DistributorTerms;
}
export type TermsKind = keyof TermsOf;
export const termsSchema: { readonly [K in TermsKind]: z.ZodType<TermsOf[K]> } = {
  site: siteTerms,
  seller: sellerTerms,
  buyer: buyerTerms,
  distributor: distributorTerms,
};

/** `seller:<id>`; `site:CN` */
export type Subject = `${TermsKind}:${string}`;
