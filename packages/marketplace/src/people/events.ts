/** What synchronisation tells: a call failed and somebody must decide (E-22 … E-25). */
import type { LocalizedText } from '../catalog/index.ts';
import type { NewEvent } from '../platform/events.ts';
import type { TaskKind } from './definition.ts';

export interface SyncFailed {
  readonly taskId: string;
  readonly applicationId: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly kind: TaskKind;
  readonly interface: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly orderId: string;
  readonly productName: LocalizedText;
  readonly callId: string;
  readonly error: string;
  /** of the call that failed; 0 = it was about none */
  readonly members: number;
}
export const syncFailedEvent = (payload: SyncFailed, traceId: string): NewEvent => ({
  type: 'people.sync-failed',
  aggregate: `application:${payload.applicationId}`,
  payload: { ...payload },
  traceId,
});
