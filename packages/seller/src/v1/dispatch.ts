/** From a verified, well-formed request of V1.0 to the handler of its activity, and back to an answer. */
import { isTestCall, parseUtc, type RequestV1, renewalKindV1 } from '@jishi/protocol';
import { type Answer, refused } from '../answer.ts';
import { answerOf, applyOnce, keyOf } from '../change.ts';
import { queryInstance } from '../query-instance.ts';
import { refuse } from '../refuse.ts';
import type { ContextV1 } from './context.ts';
import type { SellerHandlersV1 } from './handlers.ts';
import { newInstanceV1, testNewInstanceV1 } from './new-instance.ts';

type PlainRequestV1 = Exclude<RequestV1, { activity: 'newInstance' | 'queryInstance' }>;

/** `test` holds the handlers for testFlag "1"; the others never see such a request (saas-v1.md 2.3). */
export async function dispatchV1(
  context: ContextV1,
  request: RequestV1,
  test: Partial<SellerHandlersV1>,
): Promise<Answer> {
  const { handlers } = context;
  const isTest = isTestCall(request);
  const offered = handlers[request.activity] ?? (isTest ? test[request.activity] : undefined);
  if (!offered) return refused(refuse('000002', `This product does not offer ${request.activity}`));
  switch (request.activity) {
    case 'newInstance':
      return isTest ? testNewInstanceV1(context, request, test) : newInstanceV1(context, request);
    case 'queryInstance':
      return queryInstance(context, request, isTest ? test : handlers, isTest);
    default:
      return isTest ? answerOf(await plain(context, request, test, true)) : change(context, request);
  }
}

async function change(context: ContextV1, request: PlainRequestV1): Promise<Answer> {
  const key = onceKey(request);
  const work = () => plain(context, request, context.handlers, false);
  return key === null ? answerOf(await work()) : applyOnce(context, key, work);
}

/** What happens once only; null: as often as it is asked for. An instance can expire again after a renewal. */
function onceKey(request: PlainRequestV1): string | null {
  const { activity, instanceId } = request;
  switch (request.activity) {
    case 'refreshInstance':
      return keyOf('v1', activity, instanceId, request.orderId, request.expireTime);
    case 'upgrade':
      return keyOf('v1', activity, instanceId, request.orderId);
    case 'releaseInstance':
      return keyOf('v1', activity, instanceId);
    default:
      return null;
  }
}

/** The activities whose answer is the envelope alone. */
async function plain(
  context: ContextV1,
  request: PlainRequestV1,
  handlers: Partial<SellerHandlersV1>,
  test: boolean,
): Promise<unknown> {
  const common = { test, receivedAtMs: context.clock(), instanceId: request.instanceId };
  switch (request.activity) {
    case 'refreshInstance': {
      const { orderId, productId, periodType, periodNumber, orderAmount } = request;
      const expireAt = parseUtc(request.expireTime);
      if (!expireAt) return refuse('000002', 'expireTime is no UTC time yyyyMMddHHmmss');
      const kind = renewalKindV1(request);
      const order = { orderId, productId, periodType, periodNumber, orderAmount };
      return handlers.refreshInstance?.({ ...common, ...order, kind, expireAt });
    }
    case 'expireInstance':
      return handlers.expireInstance?.({ ...common, orderId: request.orderId });
    case 'releaseInstance':
      return handlers.releaseInstance?.({ ...common, orderId: request.orderId, orderAmount: request.orderAmount });
    case 'instanceStatus':
      return handlers.instanceStatus?.({ ...common, status: request.instanceStatus });
    case 'upgrade': {
      const { orderId, skuCode, productId, amount, diskSize, bandWidth, saasExtendParams = [] } = request;
      const bought = { orderId, skuCode, productId, amount, diskSize, bandWidth, extendParams: saasExtendParams };
      return handlers.upgrade?.({ ...common, ...bought });
    }
  }
}
