/** What synchronisation tells: a call failed and somebody must decide (E-22 … E-25). */
import { z } from 'zod';
import type { DomainEvent, NewEvent } from '../platform/events.ts';
import { TASK_KINDS } from './definition.ts';

export const SYNC_FAILED = 'people.sync-failed';

const failed = z.object({
  taskId: z.string(),
  applicationId: z.string(),
  enterpriseId: z.string(),
  enterpriseName: z.string(),
  kind: z.enum(TASK_KINDS),
  interface: z.string(),
  buyerId: z.string(),
  sellerId: z.string(),
  orderId: z.string(),
  productName: z.object({ zh: z.string(), en: z.string() }),
  callId: z.string(),
  error: z.string(),
  /** of the call that failed; 0 = it was about none */
  members: z.number(),
});
export type SyncFailed = z.infer<typeof failed>;
export const syncFailed = (event: DomainEvent): SyncFailed => failed.parse(event.payload);
export const syncFailedEvent = (payload: SyncFailed, traceId: string): NewEvent => ({
  type: SYNC_FAILED,
  aggregate: `application:${payload.applicationId}`,
  payload,
  traceId,
});
