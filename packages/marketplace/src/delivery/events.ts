/** What delivery tells, as schemas: a subscriber parses what it hears. All of it belongs to the order (aggregate `order:<orderId>`). */
import { z } from 'zod';
import { DELIVERY_KINDS, localizedText } from '../catalog/index.ts';
import { SUPERVISION_STATES } from './supervision/flows.ts';

const about = {
  orderId: z.string(),
  orderLineId: z.string(),
  resourceId: z.string(),
  deliveryId: z.string(),
  kind: z.enum(DELIVERY_KINDS),
  buyerId: z.string(),
  /** the user who bought it */
  placedBy: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  productName: localizedText,
};
/** `delivery.required`: the buyer said what it needs */
export const required = z.object(about);
/** `delivery.delivered`: by the seller, its server, or the marketplace; without supervision it is done */
export const delivered = z.object({
  ...about,
  supervised: z.boolean(),
  carrier: z.string().nullable(),
  trackingNo: z.string().nullable(),
  /** of a supervised line: HUAWEI_REVIEW = the platform looks at it before the buyer does */
  step: z.enum(SUPERVISION_STATES).nullable().default(null),
});
/** `delivery.accepted`: validity runs from `effectiveAt` to `expireAt` (L7); null = without end */
export const accepted = z.object({
  ...about,
  by: z.enum(['BUYER', 'SYSTEM']),
  effectiveAt: z.iso.datetime(),
  expireAt: z.iso.datetime().nullable(),
});
/** `delivery.open-requested`: the seller's server is to open a supervised SaaS now (B-41) */
export const openRequested = z.object(about);
/** `delivery.failed`: its line is refunded in full (S7-7) */
export const failed = z.object({ ...about, reason: localizedText });
/** `delivery.revoked`: expiry, refund or release */
export const revoked = z.object({ ...about, reason: localizedText });
/** `delivery.restored`: a renewal revived it */
export const restored = z.object(about);

const side = z.enum(['BUYER', 'SELLER']);
/** `delivery.requirement-confirmed`: the seller takes it on (S-41) */
export const requirementConfirmed = z.object(about);
/** `delivery.requirement-rejected`, `delivery.rejected`: back to the other side, with the reason and how often by now */
export const rejected = z.object({
  ...about,
  by: z.enum(['BUYER', 'SELLER', 'OPERATOR']),
  reason: z.string(),
  rejections: z.number(),
});
/** `delivery.milestones-planned`: the seller divided the order (3.5) */
export const milestonesPlanned = z.object(about);
/** `delivery.milestone-accepted`: the seller goes on with the next one */
export const milestoneAccepted = z.object({ ...about, milestone: z.string(), next: z.string() });
/** `delivery.reviewed`: the platform approved it, the buyer is to accept (O-22) */
export const reviewed = z.object(about);
/** `delivery.appealed`: the flow is frozen; the operator decides until `dueAt` (S6-14) */
export const appealed = z.object({ ...about, by: side, reason: z.string(), dueAt: z.iso.datetime() });
/** `delivery.appeal-stated`: a side added to the appeal (O-20) */
export const appealStated = z.object({ ...about, by: side, text: z.string() });
/** `delivery.appeal-decided` (O-21) */
export const appealDecided = z.object({
  ...about,
  outcome: z.enum(['COMPLETE_STEP', 'SEND_BACK', 'REFUND', 'DISMISS']),
  reason: z.string(),
});
/** `delivery.reminded`: the step waits for this side (T-11); `overdue`: 180 days after the order (T-5) */
export const reminded = z.object({ ...about, waitsFor: side, since: z.iso.datetime(), overdue: z.boolean() });
/** `delivery.parcel-signed`: it is accepted by the system at `acceptAt`, unless the log goes on (S-46) */
export const parcelSigned = z.object({ ...about, acceptAt: z.iso.datetime() });
/** `delivery.parcel-unmatched`: another phone number; the seller asks the buyer to accept (S-46) */
export const parcelUnmatched = z.object(about);
