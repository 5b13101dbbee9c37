/** What the console API says and hears about the seller agreement (S2-2, S-63). */
import { z } from 'zod';
import { instant } from './schemas.ts';

export const ownAgreement = z
  .object({
    /** null = there is none on this site */
    agreement: z
      .object({
        version: z.number().int(),
        title: z.string(),
        text: z.string(),
        publishedAt: instant,
        /** null = bills are closed until it is accepted */
        accepted: z.object({ at: instant, by: z.string() }).nullable(),
      })
      .nullable(),
    /** whoever looks may accept it */
    mayAccept: z.boolean(),
  })
  .openapi('OwnAgreement');
export const agreementAcceptance = z.strictObject({ version: z.number().int().min(1) });
export const sellerAgreementList = z
  .object({
    items: z.array(
      z.object({
        version: z.number().int(),
        title: z.string(),
        text: z.string(),
        publishedAt: instant,
        publishedBy: z.string(),
        accepted: z.number().int(),
      }),
    ),
    /** sellers of the site */
    sellers: z.number().int(),
  })
  .openapi('SellerAgreements');
export const newSellerAgreement = z.strictObject({
  title: z.string().trim().min(1).max(200),
  /** refused when it is empty or that of the version before */
  text: z.string().trim().max(50_000),
});

export type OwnAgreementView = z.infer<typeof ownAgreement>;
export type SellerAgreementListView = z.infer<typeof sellerAgreementList>;
export type NewSellerAgreement = z.infer<typeof newSellerAgreement>;
