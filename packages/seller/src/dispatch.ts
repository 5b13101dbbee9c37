/** From a verified, well-formed request to the handler of its activity, and back to an answer. */
import { type BaseRequest, isTestCall, parseUtc } from '@jishi/protocol';
import { type Answer, refused } from './answer.ts';
import { answerOf, applyOnce, keyOf } from './change.ts';
import { type CallContext, lazyOrder } from './context.ts';
import type { SellerHandlers } from './handlers.ts';
import { newInstance, testNewInstance } from './new-instance.ts';
import { queryInstance } from './query-instance.ts';
import { refuse } from './refuse.ts';

type PlainRequest = Exclude<BaseRequest, { activity: 'newInstance' | 'queryInstance' }>;

/** `test` holds the handlers for testFlag "1"; the others never see such a request (saas-v2.md 1.4). */
export async function dispatch(
  context: CallContext,
  request: BaseRequest,
  test: Partial<SellerHandlers>,
): Promise<Answer> {
  const { handlers } = context;
  const isTest = isTestCall(request);
  const offered = handlers[request.activity] ?? (isTest ? test[request.activity] : undefined);
  if (!offered) return refused(refuse('000002', `This product does not offer ${request.activity}`));
  switch (request.activity) {
    case 'newInstance':
      return isTest ? testNewInstance(context, request, test) : newInstance(context, request);
    case 'queryInstance':
      return queryInstance(context, request, isTest ? test : handlers, isTest);
    default:
      return isTest ? answerOf(await plain(context, request, test, true)) : change(context, request);
  }
}

async function change(context: CallContext, request: PlainRequest): Promise<Answer> {
  const key = onceKey(request);
  const work = () => plain(context, request, context.handlers, false);
  return key === null ? answerOf(await work()) : applyOnce(context, key, work);
}

/** What happens once only; null: as often as it is asked for. */
function onceKey(request: PlainRequest): string | null {
  const { activity, instanceId } = request;
  switch (request.activity) {
    case 'refreshInstance':
      // The scene belongs to the key: a cancellation may come with the order of the renewal it cancels (Q9).
      return keyOf(activity, instanceId, request.orderId, request.orderLineId, request.scene, request.expireTime);
    case 'upgradeInstance':
      return keyOf(activity, instanceId, request.orderId, request.orderLineId);
    case 'releaseInstance':
      return keyOf(activity, instanceId);
    default:
      return null;
  }
}

/** The activities whose answer is the envelope alone. */
async function plain(
  context: CallContext,
  request: PlainRequest,
  handlers: Partial<SellerHandlers>,
  test: boolean,
): Promise<unknown> {
  const common = { test, receivedAtMs: context.clock(), instanceId: request.instanceId };
  switch (request.activity) {
    case 'refreshInstance': {
      const { orderId, orderLineId, scene, productId } = request;
      const expireAt = parseUtc(request.expireTime);
      if (!expireAt) return refuse('000002', 'expireTime is no UTC time yyyyMMddHHmmss');
      const order = lazyOrder(context, { orderId, orderLineId });
      return handlers.refreshInstance?.({
        ...common,
        orderId,
        orderLineId,
        order,
        scene,
        expireAt,
        productId: productId ?? undefined,
      });
    }
    case 'updateInstanceStatus':
      return handlers.updateInstanceStatus?.({ ...common, status: request.status });
    case 'releaseInstance': {
      const { orderId, orderLineId } = request;
      return handlers.releaseInstance?.({
        ...common,
        orderId: orderId ?? undefined,
        orderLineId: orderLineId ?? undefined,
      });
    }
    case 'upgradeInstance': {
      const { orderId, orderLineId } = request;
      const order = lazyOrder(context, { orderId, orderLineId });
      return handlers.upgradeInstance?.({ ...common, orderId, orderLineId, order });
    }
    case 'changeInstanceCheck':
      return handlers.changeInstanceCheck?.({ ...common, productInfo: request.productInfo });
  }
}
