/**
 * newInstance (saas-v2.md 5.1): one order line, one instance, however often and however simultaneously it is asked for.
 * The businessId of the first request is stored with the order line and given to the handler in every repeat.
 */
import { type Json, type NewInstanceRequest, parseJson } from '@jishi/protocol';
import { type Answer, accepted, refused, success } from './answer.ts';
import { type CallContext, lazyOrder } from './context.ts';
import type { NewInstanceCall, NewInstanceResult, SellerHandlers } from './handlers.ts';
import { once } from './once.ts';
import { isRefusal, type Refusal, refuse } from './refuse.ts';

export async function newInstance(context: CallContext, request: NewInstanceRequest): Promise<Answer> {
  const { orderId, orderLineId, businessId } = request;
  const key = JSON.stringify(['newInstance', orderId, orderLineId]);
  const outcome = await once<Refusal>(context, key, businessId, async (first) => {
    const result = await context.handlers.newInstance(callOf(context, request, first, false));
    return isRefusal(result) ? { no: result } : { result: JSON.stringify(checked(result)) };
  });
  // Not 000004: without an instanceId the marketplace would have nothing to poll. It repeats the call instead.
  if (outcome.state === 'busy')
    return refused(refuse('000005', 'An earlier request for this order line is still at work'));
  if (outcome.state === 'refused') return refused(outcome.no);
  const stored = restore(outcome.result);
  if (!stored.pending) return success({ instanceId: stored.instanceId });
  const ready = outcome.repeated && (await isReady(context, stored.instanceId));
  return ready ? success({ instanceId: stored.instanceId }) : accepted({ instanceId: stored.instanceId });
}

/** testFlag "1": nothing is stored, and a repeat gets the id of the first call all the same (saas-v2.md 1.3). */
export async function testNewInstance(
  context: CallContext,
  request: NewInstanceRequest,
  test: Partial<SellerHandlers>,
): Promise<Answer> {
  const first = context.testIds.first(request.orderId, request.orderLineId, request.businessId);
  const result = await test.newInstance?.(callOf(context, request, first, true));
  if (!result) return success({ instanceId: first });
  if (isRefusal(result)) return refused(result);
  return result.pending ? accepted({ instanceId: result.instanceId }) : success({ instanceId: result.instanceId });
}

function callOf(context: CallContext, request: NewInstanceRequest, first: string, test: boolean): NewInstanceCall {
  const { orderId, orderLineId, businessId } = request;
  const order = lazyOrder(context, { orderId, orderLineId });
  return { test, receivedAtMs: context.clock(), orderId, orderLineId, businessId, recommendedInstanceId: first, order };
}

/** An accepted instance may have become ready since; a repeat then hears so without waiting for the next poll. */
async function isReady({ handlers, clock }: CallContext, instanceId: string): Promise<boolean> {
  const call = { test: false, receivedAtMs: clock(), instanceIds: [instanceId] };
  const found = await handlers.queryInstance(call);
  if (isRefusal(found)) return false;
  return found.some((instance) => instance.instanceId === instanceId && !instance.pending);
}

/** What is stored stays for ever, so it is checked before. */
export function checked(result: NewInstanceResult): { instanceId: string; pending: boolean } {
  const id: unknown = result?.instanceId;
  if (typeof id === 'string' && id.length >= 1 && id.length <= 64) {
    return { instanceId: id, pending: result.pending === true };
  }
  throw new TypeError(
    'newInstance must return { instanceId } with 1–64 characters, { pending: true, instanceId }, or refuse(…). ' +
      'call.recommendedInstanceId is a good instanceId.',
  );
}

/** What `checked` gave, out of the store. */
export function restore(text: string): { instanceId: string; pending: boolean } {
  const parsed = parseJson(text);
  const stored: Json | undefined = parsed.ok ? parsed.value : undefined;
  if (stored && typeof stored === 'object' && !Array.isArray(stored) && typeof stored.instanceId === 'string') {
    return { instanceId: stored.instanceId, pending: stored.pending === true };
  }
  throw new Error('The store returned a newInstance result that the SDK did not write.');
}
