/** What is reported of a call, and how. */
import { type BaseRequest, isTestCall } from '@jishi/protocol';
import type { Answer } from './answer.ts';
import type { CallFacts, SellerEvent } from './events.ts';

export type Reporter = (event: SellerEvent) => void;

/** A listener's own failure must never change what the marketplace hears. */
export function reporter(onEvent: ((event: SellerEvent) => void) | undefined): Reporter {
  return (event) => {
    try {
      onEvent?.(event);
    } catch {
      // Where would one report the failure of reporting? The call itself goes on.
    }
  };
}

export function factsOf(request: BaseRequest, answer: Answer): CallFacts {
  const instanceId = 'instanceId' in request ? request.instanceId : answer.members.instanceId;
  const orderLineId = 'orderLineId' in request ? request.orderLineId : undefined;
  return {
    test: isTestCall(request),
    ...(typeof instanceId === 'string' ? { instanceId } : {}),
    ...(orderLineId ? { orderLineId } : {}),
  };
}
