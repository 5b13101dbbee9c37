/**
 * What a delivery is (license-and-other-types.md, L39): one form for everything that is not a running service at its
 * seller's. Types and tables only.
 *
 * PENDING from the payment on; DELIVERED when the seller, its server or the marketplace handed it over, and PENDING again
 * when the buyer or the platform rejects it under supervision (supervision/flows.ts); ACCEPTED when the
 * buyer (an authorisation code: the system, 4.1) agreed, for supervised lines only; REVOKED by a refund, an expiry or a
 * release, and back to DELIVERED when a renewal revives a grant; FAILED when the marketplace could not hand it over.
 */
import { z } from 'zod';
import {
  type AccessType,
  type DeliveryKind,
  fileRef,
  type LicenseVariant,
  type LocalizedText,
  localizedText,
} from '../catalog/index.ts';
import type { Transitions } from '../platform/state-machine.ts';
import type { Supervision } from './supervision/definition.ts';

export const DELIVERY_STATUSES = ['PENDING', 'DELIVERED', 'ACCEPTED', 'REVOKED', 'FAILED'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const deliveryTransitions: Transitions<DeliveryStatus> = {
  PENDING: ['DELIVERED', 'REVOKED', 'FAILED'],
  // B-93: a supervised delivery goes back to its seller
  DELIVERED: ['PENDING', 'ACCEPTED', 'REVOKED'],
  ACCEPTED: ['REVOKED'],
  REVOKED: ['DELIVERED'],
  FAILED: [],
};

const instant = z.iso.datetime();
const file = z.object(fileRef.shape);

/** An image shared into a region (7.3); one per line and region. */
export const imageGrant = z.object({
  grantId: z.string(),
  regionId: z.string(),
  imageId: z.string(),
  imageVersion: z.string(),
  sha256: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  sharedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export type ImageGrant = Readonly<z.infer<typeof imageGrant>>;

/** L37: the log of a parcel, as last seen; oldest entry first. */
export const tracking = z.object({
  seenAt: instant,
  entries: z.array(z.object({ at: instant, what: z.enum(['MOVING', 'SIGNED', 'RETURNED']), text: z.string() })),
  /** the receiver's number at the carrier is another than that of the order: nothing is accepted by time (S-46) */
  phoneDiffers: z.boolean(),
});
export type Tracking = Readonly<z.infer<typeof tracking>>;

/** By kind. Secrets are never in it: they lie sealed beside it. */
export const payload = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ACCESS'),
    /** the seller reported the delivery of what is opened then (B-41) */
    reportedAt: instant.nullable(),
    openedAt: instant.nullable(),
  }),
  z.object({ kind: z.literal('LICENSE_TEXT'), hasText: z.boolean(), file: file.nullable() }),
  z.object({ kind: z.literal('LICENSE_CODE'), pickedUpAt: instant.nullable(), activatedAt: instant.nullable() }),
  z.object({
    kind: z.literal('IMAGE_GRANT'),
    assetId: z.string().nullable(),
    /** null = all regions of the image */
    regionId: z.string().nullable(),
    grants: z.array(imageGrant),
  }),
  z.object({
    kind: z.literal('API_SUBSCRIPTION'),
    assetId: z.string().nullable(),
    apiGroupId: z.string().nullable(),
    appKey: z.string().nullable(),
    /** null = no limit */
    quota: z.object({ amount: z.string(), unit: localizedText }).nullable(),
  }),
  z.object({
    kind: z.literal('FILE'),
    assetId: z.string().nullable(),
    /** frozen at the payment (L21) */
    version: z.string().nullable(),
    file: file.nullable(),
  }),
  z.object({
    kind: z.literal('PARCEL'),
    carrier: z.string().nullable(),
    trackingNo: z.string().nullable(),
    shippedAt: instant.nullable(),
    hasReceiver: z.boolean(),
    /** what the carrier says of it; null = not asked yet */
    tracking: tracking.nullable().default(null),
  }),
  z.object({ kind: z.literal('SERVICE') }),
  z.object({
    kind: z.literal('REFERENCE'),
    assetId: z.string().nullable(),
    version: z.string().nullable(),
    reference: z.string().nullable(),
  }),
  z.object({ kind: z.literal('NONE') }),
]);
export type Payload = Readonly<z.infer<typeof payload>>;
export type PayloadOf<K extends DeliveryKind> = Extract<Payload, { kind: K }>;
export type DeliveredFile = Readonly<z.infer<typeof file>>;

export const requirement = z.object({ text: z.string(), files: z.array(file), at: instant });
export type Requirement = Readonly<z.infer<typeof requirement>>;
export const deliveredFiles = z.array(file);

/** How the line was sold to be delivered (C41). */
export interface SoldAs {
  readonly accessType: AccessType;
  readonly licenseVariant: LicenseVariant | null;
  readonly supervised: boolean;
  readonly opening: 'ON_PURCHASE' | 'AT_DELIVERY' | 'AFTER_ACCEPTANCE';
}

export interface Delivery extends SoldAs {
  readonly deliveryId: string;
  readonly orderLineId: string;
  /** the resource that the line created: its own id */
  readonly resourceId: string;
  readonly orderId: string;
  readonly buyerId: string;
  /** the user who bought it; a purchaser sees the own ones only (P-2) */
  readonly placedBy: string;
  readonly sellerId: string;
  readonly goodsId: string;
  readonly version: number;
  readonly productName: LocalizedText;
  readonly status: DeliveryStatus;
  readonly payload: Payload;
  /** licence text or secret of an app, under the key ring */
  readonly sealed: string | null;
  readonly requirement: Requirement | null;
  readonly result: string;
  readonly proofs: readonly DeliveredFile[];
  /** L7: given by the seller, or by the activation of a code */
  readonly enablingAt: Date | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly endedAt: Date | null;
  readonly reason: LocalizedText | null;
  /** where its supervision stands; null = it is not supervised */
  readonly supervision: Supervision | null;
  /** the image service or the carrier is asked then; null = neither is */
  readonly nextAt: Date | null;
  readonly traceId: string;
}
