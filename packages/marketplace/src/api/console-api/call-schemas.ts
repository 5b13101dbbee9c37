/** Seller calls (production-interface messages, S-26 … S-29). */
import { z } from 'zod';
import { askedInstant, diagnosis, instant, localized, page, pageQuery, uuidCursor } from './schemas.ts';

export const callState = z.enum(['DUE', 'RUNNING', 'SUCCEEDED', 'STOPPED', 'RESOLVED']);
export const sellerCall = z
  .object({
    callId: z.string(),
    activity: z.string(),
    protocol: z.string(),
    state: callState,
    /** shown as "restarted": a person pressed Restart and its outcome is not known yet */
    restarted: z.boolean(),
    orderId: z.string(),
    orderLineId: z.string(),
    instanceId: z.string().nullable(),
    goodsId: z.string(),
    productName: localized,
    sellerId: z.string(),
    sellerName: z.string(),
    attempts: z.number().int(),
    createdAt: instant,
    /** first or next attempt */
    nextAttemptAt: instant.nullable(),
    /** the outcome of an attempt after this ends the window (saas-v2.md 9) */
    windowEndsAt: instant,
    last: z
      .object({
        at: instant,
        httpStatus: z.number().int().nullable(),
        resultCode: z.string().nullable(),
        resultMsg: z.string().nullable(),
        durationMs: z.number().int(),
        diagnosisCode: z.string().nullable(),
        diagnosisSummary: localized.nullable(),
      })
      .nullable(),
    /** why Restart is not offered; null = offered */
    restartBlockedBy: z.object({ code: z.string(), message: localized }).nullable(),
    /** a person stopped it or did by hand what it was for */
    closed: z.object({ by: z.string(), reason: z.string() }).nullable(),
    traceId: z.string(),
  })
  .openapi('SellerCall');
export const callQuery = pageQuery.extend({
  cursor: uuidCursor,
  state: callState.optional(),
  activity: z.string().max(32).optional(),
  protocol: z.string().max(32).optional(),
  orderId: z.string().max(64).optional(),
  instanceId: z.string().max(64).optional(),
  goodsId: z.string().max(64).optional(),
  from: askedInstant.optional(),
  to: askedInstant.optional(),
});
export const callPage = page(sellerCall).openapi('SellerCallPage');

const headers = z.array(z.object({ name: z.string(), value: z.string() }));
export const callAttempt = z
  .object({
    attempt: z.number().int(),
    /** system, or the user who pressed Restart */
    actor: z.string(),
    startedAt: instant,
    durationMs: z.number().int(),
    outcome: z.enum(['ok', 'accepted', 'pending', 'failed']),
    httpStatus: z.number().int().nullable(),
    resultCode: z.string().nullable(),
    resultMsg: z.string().nullable(),
    /** secrets are masked in both; null = older than the newest 20 attempts, whose messages alone are listed */
    request: z.object({ method: z.string(), url: z.string(), headers, body: z.string() }).nullable(),
    /** null = older, too, or the seller gave no answer */
    response: z.object({ headers, body: z.string(), truncated: z.boolean() }).nullable(),
    diagnosis: z.array(diagnosis),
  })
  .openapi('CallAttempt');
export const sellerCallDetails = z
  .object({ call: sellerCall, attempts: z.array(callAttempt) })
  .openapi('SellerCallDetails');

export type SellerCallView = z.infer<typeof sellerCall>;
export type CallAttemptView = z.infer<typeof callAttempt>;
export type SellerCallDetailsView = z.infer<typeof sellerCallDetails>;
