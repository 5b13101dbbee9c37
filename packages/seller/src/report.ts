/** What is reported of a call, and how. */
import { type BaseRequest, isTestCall } from '@jishi/protocol';
import type { Answer } from './answer.ts';
import type { SellerEvent } from './events.ts';

/** A listener's own failure must never change what the marketplace hears. */
export function reporter(onEvent: ((event: SellerEvent) => void) | undefined): (event: SellerEvent) => void {
  return (event) => {
    try {
      onEvent?.(event);
    } catch {
      // Where would one report the failure of reporting? The call itself goes on.
    }
  };
}

export function answeredEvent(request: BaseRequest, answer: Answer, durationMs: number): SellerEvent {
  const { resultCode, resultMsg, members } = answer;
  const instanceId = 'instanceId' in request ? request.instanceId : members.instanceId;
  const orderLineId = 'orderLineId' in request ? request.orderLineId : undefined;
  return {
    kind: 'answered',
    activity: request.activity,
    resultCode,
    resultMsg,
    test: isTestCall(request),
    durationMs,
    ...(typeof instanceId === 'string' ? { instanceId } : {}),
    ...(orderLineId ? { orderLineId } : {}),
  };
}
