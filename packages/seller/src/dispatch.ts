/** From a verified, well-formed request to the handler of its activity, and back to an answer. */
import { type BaseRequest, isTestCall, parseUtc } from '@jishi/protocol';
import { type Answer, refused, success } from './answer.ts';
import { type CallContext, lazyOrder } from './context.ts';
import type { SellerHandlers } from './handlers.ts';
import { newInstance, testNewInstance } from './new-instance.ts';
import { once } from './once.ts';
import { queryInstance } from './query-instance.ts';
import { isRefusal, type Refusal, refuse } from './refuse.ts';

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

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

/** Success is remembered for ever; a repeat is answered without the handler. */
async function applyOnce(context: CallContext, key: string, work: () => Promise<unknown>): Promise<Answer> {
  const outcome = await once<Refusal>(context, key, '', async () => {
    const refusal = refusalIn(await work());
    return refusal ? { no: refusal } : { result: 'done' };
  });
  if (outcome.state === 'busy')
    return refused(refuse('000005', 'An earlier request for the same change is still at work'));
  return outcome.state === 'refused' ? refused(outcome.no) : success();
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

/** Anything else than nothing or a refusal is a mistake, such as `return false`, and must not pass for a success. */
function refusalIn(outcome: unknown): Refusal | undefined {
  if (outcome === undefined || isRefusal(outcome)) return outcome;
  throw new TypeError('This handler must return nothing for a success, or refuse(code, message).');
}

function answerOf(outcome: unknown): Answer {
  const refusal = refusalIn(outcome);
  return refusal ? refused(refusal) : success();
}
