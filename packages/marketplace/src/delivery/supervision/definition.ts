/** What is known of a supervised delivery besides the delivery: its flow, its step, who rejected what, an open appeal. */
import { z } from 'zod';
import { fileRef } from '../../catalog/index.ts';
import type { Site } from '../../platform/site.ts';
import { SUPERVISION_STATES } from './flows.ts';

const instant = z.iso.datetime();
const files = z.array(z.object(fileRef.shape));
const side = z.enum(['BUYER', 'SELLER']);
export type Side = z.infer<typeof side>;

/** An open appeal: the flow is frozen for both sides (B-94); what was decided stands in the log of operations. */
export const appeal = z.object({
  appealId: z.string(),
  by: side,
  reason: z.string(),
  /** what whoever appeals wants */
  demand: z.string(),
  /** proofs, and of a seller its commitment letter (S6-9, S6-11) */
  files,
  openedAt: instant,
  /** S6-14: the operator decides by then */
  dueAt: instant,
  /** O-20: what both sides added */
  statements: z.array(z.object({ by: side, text: z.string(), files, at: instant })),
});
export type Appeal = Readonly<z.infer<typeof appeal>>;

/** A part of an order that is delivered by itself (3.5). */
export const plannedMilestone = z.object({
  name: z.string(),
  /** whole percent of the order; all are 100 together */
  share: z.number(),
  /** day in the zone of the site */
  plannedOn: z.string(),
});
export type PlannedMilestone = Readonly<z.infer<typeof plannedMilestone>>;
export const milestone = plannedMilestone.extend({
  /** these stand from its acceptance on */
  deliveredAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  rejections: z.number(),
});
export type Milestone = Readonly<z.infer<typeof milestone>>;

/** S6-8: the key elements of an acceptance file, as its seller states them. */
export const acceptanceFacts = z.object({
  orderNumbers: z.array(z.string()),
  companyName: z.string(),
  items: z.array(z.object({ product: z.string(), specification: z.string() })),
  /** among the proofs: screenshot of the authorised validity; of the kit's opening or the delivery */
  validityFileId: z.string().nullable(),
  kitFileId: z.string().nullable(),
});
export type AcceptanceFacts = Readonly<z.infer<typeof acceptanceFacts>>;

const site: z.ZodType<Site> = z.enum(['CN', 'INTL', 'EU']);

export const supervision = z.object({
  /** id of the flow as it was when ordered */
  flow: z.string(),
  /** of the order: what may be appealed depends on it (S6-13) */
  site,
  step: z.enum(SUPERVISION_STATES),
  /** since when it stands there */
  since: instant,
  /** of the requirement by the seller, of the delivery by the buyer; reset when that step is passed (7.4) */
  rejections: z.object({ requirement: z.number(), delivery: z.number() }),
  /** why it was last sent back, for whoever must do better; null = it was not, or is passed */
  sentBack: z.object({ by: z.enum(['BUYER', 'SELLER', 'OPERATOR']), text: z.string(), at: instant }).nullable(),
  appeal: appeal.nullable(),
  /** reminders sent at this step (T-11) */
  reminded: z.number(),
  /** in their order; none = all is one delivery */
  milestones: z.array(milestone).default([]),
  /** S6-8: what the seller stated with its last delivery, and when it was found to agree with the orders; null = nothing */
  checked: z.object({ facts: acceptanceFacts, at: instant }).nullable().default(null),
});
export type Supervision = Readonly<z.infer<typeof supervision>>;

/** S6-1: what somebody did, as evidence; never changed. */
export const operation = z.object({
  operationId: z.string(),
  deliveryId: z.string(),
  at: instant,
  by: z.enum(['BUYER', 'SELLER', 'SYSTEM', 'OPERATOR']),
  userId: z.string().nullable(),
  what: z.string(),
  from: z.enum(SUPERVISION_STATES),
  to: z.enum(SUPERVISION_STATES),
  text: z.string(),
  files,
});
export type Operation = Readonly<z.infer<typeof operation>>;
