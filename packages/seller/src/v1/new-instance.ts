/**
 * newInstance (saas-v1.md 6.0.1): one order, one instance, however often it is asked for. A repeat is answered with what
 * queryInstance tells now, so that no password is ever stored here and a changed one is not shown for ever.
 */
import { createHash } from 'node:crypto';
import { type AppInfo, type JsonInputObject, type NewInstanceRequestV1, parseUtc } from '@jishi/protocol';
import { type Answer, accepted, refused, success } from '../answer.ts';
import { keyOf } from '../change.ts';
import type { ReadyInstance } from '../handlers.ts';
import { checked, restore } from '../new-instance.ts';
import { once } from '../once.ts';
import { encrypted } from '../query-instance.ts';
import { isRefusal, type Refusal, refuse, unknownInstance } from '../refuse.ts';
import type { ContextV1 } from './context.ts';
import type { NewInstanceCallV1, SellerHandlersV1 } from './handlers.ts';
import { privateMembers } from './private-members.ts';

export async function newInstanceV1(context: ContextV1, request: NewInstanceRequestV1): Promise<Answer> {
  let given: AppInfo | undefined;
  const key = keyOf('v1', 'newInstance', ...identityOf(request));
  const outcome = await once<Refusal>(context, key, request.businessId, async (first) => {
    const result = await context.handlers.newInstance(callOf(context, request, first, false));
    if (isRefusal(result)) return { no: result };
    const stored = JSON.stringify(checked(result));
    given = result.pending ? undefined : result.appInfo;
    return { result: stored };
  });
  if (outcome.state === 'busy') return refused(refuse('000005', 'An earlier request for this order is still at work'));
  if (outcome.state === 'refused') return refused(outcome.no);
  const { instanceId, pending } = restore(outcome.result);
  if (given) return delivered(context, { instanceId, appInfo: given });
  if (pending && !outcome.repeated) return accepted({ instanceId });
  return asQueried(context, instanceId, outcome.repeated);
}

/** testFlag "1": nothing is stored, but an equal order still gets an equal answer, which the debugger compares. */
export async function testNewInstanceV1(
  context: ContextV1,
  request: NewInstanceRequestV1,
  test: Partial<SellerHandlersV1>,
): Promise<Answer> {
  const instanceId = testInstanceId(request);
  const result = await test.newInstance?.(callOf(context, request, instanceId, true));
  if (!result) {
    const appInfo = { frontEndUrl: `${context.origin}/`, userName: 'admin', password: 'Test-Pass-1' };
    return delivered(context, { instanceId, appInfo });
  }
  if (isRefusal(result)) return refused(result);
  return result.pending ? accepted({ instanceId: result.instanceId }) : delivered(context, result);
}

/** A pay-per-use order with several billing items is several instances, one for each product; any other order is one. */
function identityOf({ chargingMode, orderId, productId }: NewInstanceRequestV1): readonly string[] {
  return chargingMode === ON_DEMAND ? [orderId, productId] : [orderId];
}

const ON_DEMAND = 0;
const CHARGING_MODES = new Map([
  [ON_DEMAND, 'ON_DEMAND' as const],
  [1, 'PERIOD' as const],
  [3, 'ONE_TIME' as const],
  [5, 'ON_DEMAND_PKG' as const],
]);

function testInstanceId(request: NewInstanceRequestV1): string {
  return `test-${createHash('sha256')
    .update(keyOf(...identityOf(request)))
    .digest('hex')
    .slice(0, 32)}`;
}

/** After a release the details may still be opened: the instance does not exist then (Q15). */
async function asQueried(context: ContextV1, instanceId: string, repeated: boolean): Promise<Answer> {
  const call = { test: false, receivedAtMs: context.clock(), instanceIds: [instanceId] };
  const found = await context.handlers.queryInstance(call);
  if (isRefusal(found)) return refused(found);
  const instance = found.find((one) => one.instanceId === instanceId);
  if (instance) return instance.pending ? accepted({ instanceId }) : delivered(context, instance);
  if (repeated) return refused(unknownInstance(instanceId));
  throw new Error(`queryInstance does not know ${instanceId}, which newInstance has just created.`);
}

function delivered({ encrypt }: ContextV1, { instanceId, appInfo }: ReadyInstance): Answer {
  if (!appInfo || !encrypt) return success({ instanceId });
  const access: JsonInputObject = { ...encrypted(appInfo, encrypt.value) };
  return success({ encryptType: encrypt.type, instanceId, appInfo: access });
}

function callOf(context: ContextV1, request: NewInstanceRequestV1, first: string, test: boolean): NewInstanceCallV1 {
  const { customerId, customerName, userId, userName, chargingMode, expireTime } = request;
  return {
    test,
    receivedAtMs: context.clock(),
    orderId: request.orderId,
    productId: request.productId,
    skuCode: request.skuCode,
    businessId: request.businessId,
    recommendedInstanceId: first,
    customer: { customerId, customerName, userId, userName, ...privateMembers(context, request, test) },
    trial: request.trialFlag === '1',
    expireAt: (expireTime && parseUtc(expireTime)) || undefined,
    chargingMode: chargingMode === undefined ? undefined : CHARGING_MODES.get(chargingMode),
    periodType: request.periodType,
    periodNumber: request.periodNumber,
    orderAmount: request.orderAmount,
    amount: request.amount,
    diskSize: request.diskSize,
    bandWidth: request.bandWidth,
    extendParams: request.saasExtendParams ?? [],
  };
}
