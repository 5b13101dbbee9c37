/** What the console API says and hears about authorisation codes and licences inside a quota (license-and-other-types.md 4, 5). */
import { z } from 'zod';
import { APPLICATION_STATES, CODE_STATES } from '../../licensing/index.ts';
import { instant, localized, pageQuery, uuidCursor } from './schemas.ts';

export const codeState = z.enum(CODE_STATES);
/** Everything but the code, which is asked for by itself; each look is written to the audit log (L8). */
export const licenceCode = z
  .object({
    codeId: z.string(),
    state: codeState,
    /** belongs to no order: for trying the calls (4.6) */
    test: z.boolean(),
    orderId: z.string().nullable(),
    resourceId: z.string().nullable(),
    goodsId: z.string(),
    productName: localized,
    buyerName: z.string().nullable(),
    productId: z.string(),
    /** null = the specification has no quantity (L13) */
    amount: z.number().int().nullable(),
    createdAt: instant,
    pickedUpAt: instant.nullable(),
    activatedAt: instant.nullable(),
    expireAt: instant.nullable(),
    frozenFor: z.enum(['EXPIRED', 'VIOLATION', 'ARREARS']).nullable(),
    /** to the hour */
    queriedAt: instant.nullable(),
    /** the reader may look at the code now */
    mayShow: z.boolean(),
    mayPickUp: z.boolean(),
  })
  .openapi('LicenceCode');

export const licenceApplication = z
  .object({
    eventId: z.string(),
    state: z.enum(APPLICATION_STATES),
    effectiveAt: instant,
    expireAt: instant.nullable(),
    deviceFingerprint: z.string().nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
    /** what the seller refused it with, and what that means */
    refusal: z.object({ code: z.string(), meaning: localized }).nullable(),
    licence: z
      .object({
        kind: z.enum(['CHARACTERS', 'FILE']),
        fileName: z.string().nullable(),
        size: z.number().int(),
        sha256: z.string(),
      })
      .nullable(),
  })
  .openapi('LicenceApplication');

/** What a License service has beside its delivery; null = not of that kind */
export const serviceLicence = z
  .object({
    code: licenceCode.nullable(),
    quota: z
      .object({
        /** L17 */
        amount: z.number().int(),
        taken: z.number().int(),
        expireAt: instant.nullable(),
        /** why none can be applied for now; null = one can */
        whyNot: z.enum(['USED_UP', 'NOT_RUNNING']).nullable(),
        mayApply: z.boolean(),
        applications: z.array(licenceApplication),
      })
      .nullable(),
  })
  .openapi('ServiceLicence');

export const codeText = z.object({ text: z.string() }).openapi('CodeText');
export const pickedUpCode = z.object({ text: z.string(), code: licenceCode }).openapi('PickedUpCode');
export const licenceContent = z
  .object({
    /** of a text */
    text: z.string().nullable(),
    /** of a file, Base64 */
    bytes: z.string().nullable(),
    fileName: z.string().nullable(),
  })
  .openapi('LicenceContent');

export const applyForLicenceRequest = z.strictObject({
  /** null = from now on */
  effectiveAt: z.iso.datetime({ offset: true }).nullable().default(null),
  /** null = as long as the service, without end where that has none */
  expireAt: z.iso.datetime({ offset: true }).nullable().default(null),
  /** where licences are bound to a machine */
  deviceFingerprint: z.string().trim().min(1).max(1024).nullable().default(null),
});

export const codeQuery = pageQuery.extend({
  cursor: uuidCursor,
  kind: z.enum(['BOUGHT', 'TEST']).optional(),
  state: codeState.optional(),
  goodsId: z.string().max(64).optional(),
  orderId: z.string().max(64).optional(),
});
export const codePage = z
  .object({
    items: z.array(licenceCode),
    nextCursor: z.string().nullable(),
    /** products that are delivered by code: test codes can be made for them */
    products: z.array(z.object({ goodsId: z.string(), name: localized })),
  })
  .openapi('LicenceCodePage');
export const testCodeRequest = z.strictObject({
  goodsId: z.string().max(64),
  /** null = as a specification without the quantity attribute */
  amount: z.number().int().min(1).max(9_999_999).nullable().default(null),
});

export type LicenceCodeView = z.infer<typeof licenceCode>;
export type LicenceCodePageView = z.infer<typeof codePage>;
export type ServiceLicenceView = z.infer<typeof serviceLicence>;
export type LicenceApplicationView = z.infer<typeof licenceApplication>;
export type LicenceContentView = z.infer<typeof licenceContent>;
export type PickedUpCodeView = z.infer<typeof pickedUpCode>;
export type ApplyForLicenceRequest = z.input<typeof applyForLicenceRequest>;
