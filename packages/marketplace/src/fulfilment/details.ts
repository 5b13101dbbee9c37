/** What a request says beyond the ids of its call, in the marketplace's own words; each protocol translates it to its wire. */
import { z } from 'zod';

export const LINEAR_CODES = ['amount', 'diskSize', 'bandWidth'] as const;
export const linearCode = z.enum(LINEAR_CODES);
export type LinearCode = z.infer<typeof linearCode>;

const amount = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A new end: `instances.period-changed` */
const refresh = z.object({
  purpose: z.literal('refresh'),
  scene: z.enum(['TRIAL_TO_FORMAL', 'RENEWAL', 'RENEWAL_CHANGE', 'UNSUBSCRIBE_RENEWAL_PERIOD']),
  /** null = the period type stays */
  productId: z.string().nullable(),
  expireTime: z.iso.datetime(),
  periodType: z.enum(['month', 'year']).nullable(),
  periodNumber: z.number().nullable(),
  /** negative = returned for a renewal taken back */
  orderAmount: amount,
});
/** `instances.change-ordered`; quantity = the new total */
const upgrade = z.object({
  purpose: z.literal('upgrade'),
  skuCode: z.string(),
  productId: z.string(),
  quantity: z.number(),
  linearCode: linearCode.nullable(),
});
/** `instances.frozen`, `instances.unfrozen` */
const status = z.object({
  purpose: z.literal('status'),
  to: z.enum(['FREEZE', 'UNFREEZE']),
  purchaseOrderId: z.string(),
});
/** `instances.release-begun`; unsubscribed = the call's order is the UNSUBSCRIBE order */
const release = z.object({
  purpose: z.literal('release'),
  unsubscribed: z.boolean(),
  purchaseOrderId: z.string(),
  amountPaid: amount,
});
/** May the instance become this? Asked before a renewal with a change is paid. */
const check = z.object({
  purpose: z.literal('check'),
  skuCode: z.string(),
  productId: z.string(),
  quantity: z.number(),
  linear: z.boolean(),
});
/** Which of these does the seller still have? */
const compare = z.object({ purpose: z.literal('compare'), instanceIds: z.array(z.string()).min(1).max(100) });

/** `licensing.licence-requested`: the buyer applies for a licence inside its quota (license-and-other-types.md 5) */
const licence = z.object({
  purpose: z.literal('licence'),
  eventId: z.string(),
  effectiveTime: z.iso.datetime(),
  expireTime: z.iso.datetime().nullable(),
  deviceFingerprint: z.string().nullable(),
});
/** The opening of a supervised service: its buyer accepts it before its line is fulfilled (settlement.md 6) */
const opening = z.object({ purpose: z.literal('opening'), supervised: z.literal(true) });

/** A kit call's body, JSON as the protocol of the product forms it (saas-v2.md 7); told with the attempt, not kept with the call. */
const kit = z.object({ purpose: z.literal('kit'), body: z.string() });

export const callDetails = z.discriminatedUnion('purpose', [
  refresh,
  upgrade,
  status,
  release,
  check,
  compare,
  licence,
  opening,
  kit,
]);
export type CallDetails = z.infer<typeof callDetails>;
export type DetailsOf<P extends CallDetails['purpose']> = Extract<CallDetails, { purpose: P }>;
