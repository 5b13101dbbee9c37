/** What the console API says and hears about deliveries (license-and-other-types.md, L39): one form for every kind. */
import { z } from 'zod';
import { ACCESS_TYPES, DELIVERY_KINDS, fileRef, LICENSE_VARIANTS } from '../../catalog/index.ts';
import { instant, localized, pageQuery } from './schemas.ts';
import { supervision, supervisionActor, supervisionStep } from './supervision-schemas.ts';

const text = (longest: number) => z.string().trim().max(longest);
const fileIds = z.array(z.uuid()).max(10).default([]);

export const deliveryKind = z.enum(DELIVERY_KINDS);
export const deliveryStatus = z.enum(['PENDING', 'DELIVERED', 'ACCEPTED', 'REVOKED', 'FAILED']);

const file = z.object(fileRef.shape).openapi('DeliveredFile');
/** Where an image may be used, and that it is the one that was checked (7.3) */
export const imageGrant = z
  .object({
    grantId: z.string(),
    regionId: z.string(),
    imageId: z.string(),
    imageVersion: z.string(),
    sha256: z.string(),
    status: deliveryStatus,
    sharedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .openapi('ImageGrant');

/** What was handed over, by kind. Secrets are not in it: they are asked for one by one and written to the audit log (L8). */
export const deliveryPayload = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('ACCESS'), openedAt: instant.nullable() }),
    z.object({ kind: z.literal('LICENSE_TEXT'), hasText: z.boolean(), file: file.nullable() }),
    z.object({ kind: z.literal('LICENSE_CODE'), pickedUpAt: instant.nullable(), activatedAt: instant.nullable() }),
    z.object({
      kind: z.literal('IMAGE_GRANT'),
      assetId: z.string().nullable(),
      /** null = asked for all regions of the image */
      regionId: z.string().nullable(),
      grants: z.array(imageGrant),
      /** newest approved version, where it is another one than that of the grants: the buyer may switch to it */
      newerVersion: z.string().nullable(),
    }),
    z.object({
      kind: z.literal('API_SUBSCRIPTION'),
      apiGroupId: z.string().nullable(),
      appKey: z.string().nullable(),
      /** null = no limit: pay-per-use */
      quota: z.object({ amount: z.string(), unit: localized }).nullable(),
    }),
    z.object({
      kind: z.literal('FILE'),
      assetId: z.string().nullable(),
      version: z.string().nullable(),
      file: file.nullable(),
    }),
    z.object({
      kind: z.literal('PARCEL'),
      carrier: z.string().nullable(),
      trackingNo: z.string().nullable(),
      shippedAt: instant.nullable(),
      hasReceiver: z.boolean(),
      /** what the carrier says (L37); null = not asked yet */
      tracking: z
        .object({
          seenAt: instant,
          entries: z.array(z.object({ at: instant, what: z.enum(['MOVING', 'SIGNED', 'RETURNED']), text: z.string() })),
          phoneDiffers: z.boolean(),
          /** S-46: accepted by the system then; null = not by time */
          acceptAt: instant.nullable(),
        })
        .nullable(),
    }),
    z.object({ kind: z.literal('SERVICE') }),
    z.object({
      kind: z.literal('REFERENCE'),
      assetId: z.string().nullable(),
      version: z.string().nullable(),
      reference: z.string().nullable(),
    }),
    z.object({ kind: z.literal('NONE') }),
  ])
  .openapi('DeliveryPayload');

export const orderDelivery = z
  .object({
    deliveryId: z.string(),
    orderId: z.string(),
    orderLineId: z.string(),
    resourceId: z.string(),
    goodsId: z.string(),
    productName: localized,
    accessType: z.enum(ACCESS_TYPES),
    licenseVariant: z.enum(LICENSE_VARIANTS).nullable(),
    /** the buyer accepts before it counts as fulfilled */
    supervised: z.boolean(),
    /** B-41: when a supervised SaaS is opened */
    opening: z.enum(['ON_PURCHASE', 'AT_DELIVERY', 'AFTER_ACCEPTANCE']),
    status: deliveryStatus,
    buyerId: z.string(),
    buyerName: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    payload: deliveryPayload,
    /** what the buyer asked for */
    requirement: z.object({ text: z.string(), files: z.array(file), at: instant }).nullable(),
    /** what the seller says of the result, with what shows it */
    result: z.string(),
    proofs: z.array(file),
    /** L7: the actual enabling time that the seller gave */
    enablingAt: instant.nullable(),
    createdAt: instant,
    deliveredAt: instant.nullable(),
    acceptedAt: instant.nullable(),
    /** revoked or failed */
    endedAt: instant.nullable(),
    /** why it failed or was taken back */
    reason: localized.nullable(),
    /** the form that the seller filled in for its product: acceptance is checked against it (C56) */
    template: file.nullable(),
    /** whose turn it is; null = nobody's */
    waitsFor: supervisionActor.nullable(),
    /** settlement.md 6; null = not supervised */
    supervision: supervision.nullable(),
    may: z.object({
      require: z.boolean(),
      deliver: z.boolean(),
      ship: z.boolean(),
      accept: z.boolean(),
      showSecret: z.boolean(),
      showReceiver: z.boolean(),
      download: z.boolean(),
      switchVersion: z.boolean(),
    }),
  })
  .openapi('OrderDelivery');

export const deliveryQuery = pageQuery.extend({
  status: deliveryStatus.optional(),
  kind: deliveryKind.optional(),
  orderId: z.string().max(64).optional(),
  resourceId: z.string().max(64).optional(),
  /** those that wait for the reader */
  mine: z.enum(['true']).optional(),
  step: supervisionStep.optional(),
  /** those under appeal (O-20) */
  appealed: z.enum(['true']).optional(),
});
export const deliveryPage = z
  .object({ items: z.array(orderDelivery), nextCursor: z.string().nullable() })
  .openapi('OrderDeliveryPage');

export const requirementRequest = z
  .strictObject({
    /** of a licence by identification code the code (B-96) */
    text: text(4_000).default(''),
    fileIds,
    /** B-96: let the system make a unique code */
    systemCode: z.boolean().default(false),
  })
  .refine((asked) => asked.text !== '' || asked.fileIds.length > 0 || asked.systemCode, {
    message: 'a text or a file is needed',
  });

/** The seller hands over: which members are needed depends on the kind; what does not fit is refused by name. */
export const deliverRequest = z.strictObject({
  /** LICENSE_TEXT: the licence as text, kept sealed (L8) */
  licenceText: z.string().min(1).max(16_384).nullable().default(null),
  /** LICENSE_TEXT: the licence as a file; FILE: the data file or package */
  fileId: z.uuid().nullable().default(null),
  /** L7: validity starts here; not before the payment, not in the future */
  enablingAt: z.iso.datetime({ offset: true }).nullable().default(null),
  result: text(4_000).default(''),
  /** L6: acceptance file, screenshot of the validity, proof of deployment, others */
  proofFileIds: fileIds,
  /** S6-8: key elements of the acceptance file; needed where the platform reviews it */
  acceptance: z
    .strictObject({
      orderNumbers: z.array(text(64).min(1)).min(1).max(20),
      companyName: text(200).min(1),
      items: z
        .array(z.strictObject({ product: text(200).min(1), specification: text(200).min(1) }))
        .min(1)
        .max(100),
      /** among the proofs; needed for SaaS and License */
      validityFileId: z.uuid().nullable().default(null),
      /** among the proofs; needed for those of joint operation */
      kitFileId: z.uuid().nullable().default(null),
    })
    .nullable()
    .default(null),
});
export const shipRequest = z.strictObject({
  carrier: text(64).min(1),
  trackingNo: text(64).regex(/^[A-Za-z0-9-]{4,64}$/, 'letters, digits and dashes'),
  proofFileIds: fileIds,
});
export const acceptRequest = z.strictObject({});
export const secretRequest = z.strictObject({});
/** Licence text, or the secret of an app: shown to the buyer of the order only, each time written to the audit log */
export const deliverySecret = z.object({ text: z.string() }).openapi('DeliverySecret');
export const parcelReceiver = z
  .object({ name: z.string(), phone: z.string(), address: z.string() })
  .openapi('ParcelReceiver');
export const downloadRequest = z.strictObject({ fileId: z.uuid() });
/** L21: signed, for this user, 24 hours */
export const downloadLink = z
  .object({ url: z.string(), expiresAt: instant, name: z.string(), size: z.number().int(), sha256: z.string() })
  .openapi('DownloadLink');
export const switchVersionRequest = z.strictObject({ version: text(64).min(1) });

export type DeliveryKindView = z.infer<typeof deliveryKind>;
export type DeliveryStatusView = z.infer<typeof deliveryStatus>;
export type DeliveryPayloadView = z.infer<typeof deliveryPayload>;
export type OrderDeliveryView = z.infer<typeof orderDelivery>;
export type OrderDeliveryPageView = z.infer<typeof deliveryPage>;
export type DeliverRequest = z.input<typeof deliverRequest>;
export type DownloadLinkView = z.infer<typeof downloadLink>;
export type ImageGrantView = z.infer<typeof imageGrant>;
