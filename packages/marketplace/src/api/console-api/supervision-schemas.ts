/** What the console API says and hears about service supervision (settlement.md 6): flow, step, answers, appeal, evidence. */
import { z } from 'zod';
import { fileRef } from '../../catalog/index.ts';
import { MOST_MILESTONES, SUPERVISION_STATES, TRACKS } from '../../delivery/index.ts';
import { instant, localized } from './schemas.ts';

const files = z.array(z.object(fileRef.shape));
const fileIds = z.array(z.uuid()).max(10).default([]);
const reason = z.string().trim().min(1).max(2_000);

export const supervisionStep = z.enum(SUPERVISION_STATES);
export const supervisionActor = z.enum(['BUYER', 'SELLER', 'SYSTEM', 'OPERATOR']);
const side = z.enum(['BUYER', 'SELLER']);

export const appeal = z
  .object({
    by: side,
    reason: z.string(),
    demand: z.string(),
    files,
    openedAt: instant,
    /** S6-14: 3 working days */
    dueAt: instant,
    statements: z.array(z.object({ by: side, text: z.string(), files, at: instant })),
  })
  .openapi('Appeal');

export const supervision = z
  .object({
    flow: z.string(),
    name: localized,
    step: supervisionStep,
    since: instant,
    /** all steps of the flow in their order, and whom each waits for */
    steps: z.array(z.object({ state: supervisionStep, waitsFor: supervisionActor })),
    rejections: z.object({ requirement: z.number().int(), delivery: z.number().int() }),
    /** why it was sent back last; null = it was not, or that is mended */
    sentBack: z.object({ by: z.enum(['BUYER', 'SELLER', 'OPERATOR']), text: z.string(), at: instant }).nullable(),
    /** 3.5: parts that are delivered and accepted one by one; none = all is one delivery */
    milestones: z.array(
      z.object({
        name: z.string(),
        /** whole percent */
        share: z.number().int(),
        plannedOn: z.string(),
        state: z.enum(['PLANNED', 'OPEN', 'DELIVERED', 'ACCEPTED']),
        deliveredAt: instant.nullable(),
        acceptedAt: instant.nullable(),
        rejections: z.number().int(),
      }),
    ),
    /** S6-8: the seller must state the key elements of the acceptance file */
    factsNeeded: z.boolean(),
    /** S6-8: what was stated last and found to agree with the orders, and when */
    checked: z
      .object({
        at: instant,
        orderNumbers: z.array(z.string()),
        companyName: z.string(),
        items: z.array(z.object({ product: z.string(), specification: z.string() })),
        validity: z.boolean(),
        kit: z.boolean(),
      })
      .nullable(),
    appeal: appeal.nullable(),
    /** why this reader may not appeal now; null = may, or has no part in it */
    noAppeal: z.string().nullable(),
    /** O-21: what the operator may decide besides dismissing */
    outcomes: z.object({ completeStep: z.boolean(), sendBackTo: z.array(supervisionStep) }),
    may: z.object({
      confirmRequirement: z.boolean(),
      planMilestones: z.boolean(),
      rejectDelivery: z.boolean(),
      review: z.boolean(),
      appeal: z.boolean(),
      state: z.boolean(),
      decide: z.boolean(),
    }),
  })
  .openapi('Supervision');

/** S6-1, S-44: one entry of the log that is the evidence in a dispute. */
export const operation = z
  .object({
    operationId: z.string(),
    at: instant,
    by: supervisionActor,
    what: z.string(),
    from: supervisionStep,
    to: supervisionStep,
    text: z.string(),
    files,
  })
  .openapi('SupervisionOperation');
export const operationList = z.object({ items: z.array(operation) }).openapi('SupervisionOperations');

export const milestonesRequest = z.strictObject({
  /** none = all is one delivery again */
  milestones: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(60),
        /** whole percent of the order */
        share: z.number().int().min(1).max(100),
        plannedOn: z.iso.date(),
      }),
    )
    .max(MOST_MILESTONES),
});
export const rejectionRequest = z.strictObject({ reason });
export const reviewRequest = z
  .strictObject({ approve: z.boolean(), reason: z.string().trim().max(2_000).default('') })
  .refine(({ approve, reason: why }) => approve || why !== '', { message: 'a reason is needed' });
export const appealRequest = z.strictObject({
  reason,
  demand: z.string().trim().max(2_000).default(''),
  fileIds,
  /** S6-9: commitment letter of a seller */
  letterFileId: z.uuid().nullable().default(null),
});
export const statementRequest = z.strictObject({ text: reason, fileIds });
export const appealDecisionRequest = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('COMPLETE_STEP'), reason }),
  z.strictObject({ outcome: z.literal('SEND_BACK'), to: supervisionStep, reason }),
  /** of what was paid and not given back yet; all of it ends the order */
  z.strictObject({ outcome: z.literal('REFUND'), amount: z.string().regex(/^\d{1,15}(\.\d{1,2})?$/), reason }),
  z.strictObject({ outcome: z.literal('DISMISS'), reason }),
]);
export const trackRequest = z.strictObject({ buyerId: z.string().min(1).max(64), track: z.enum(TRACKS).nullable() });
export const trackView = z.object({ buyerId: z.string(), track: z.enum(TRACKS).nullable() }).openapi('BuyerTrack');

export type SupervisionStepView = z.infer<typeof supervisionStep>;
export type SupervisionView = z.infer<typeof supervision>;
export type AppealView = z.infer<typeof appeal>;
export type OperationView = z.infer<typeof operation>;
export type OperationListView = z.infer<typeof operationList>;
export type MilestonesRequest = z.input<typeof milestonesRequest>;
export type AppealRequest = z.input<typeof appealRequest>;
export type AppealDecisionRequest = z.input<typeof appealDecisionRequest>;
