/** The members of the requests, on throw-away orders (saas-v2.md 5). The test mark is added where they are sent. */
import { formatUtc14, formatUtc17, type JsonInputObject } from '@jishi/protocol';
import type { Session } from '../case.ts';

export interface OrderLine {
  readonly orderId: string;
  readonly orderLineId: string;
}

export function newOrder(session: Session): OrderLine {
  return lineOf(`CSTEST${session.randomText(14).toUpperCase()}`, 1);
}

export function lineOf(orderId: string, number: number): OrderLine {
  return { orderId, orderLineId: `${orderId}-${String(number).padStart(6, '0')}` };
}

/** Repeats of the same order line carry a businessId of their own (5.1). */
export function creation(session: Session, { orderId, orderLineId }: OrderLine): JsonInputObject {
  return { activity: 'newInstance', orderId, orderLineId, businessId: session.uuid() };
}

export function query(instanceIds: readonly string[]): JsonInputObject {
  return { activity: 'queryInstance', instanceId: instanceIds.join(',') };
}

export type Scene = 'RENEWAL' | 'TRIAL_TO_FORMAL' | 'UNSUBSCRIBE_RENEWAL_PERIOD' | 'RENEWAL_CHANGE';

/** @param digits of expireTime: both 14 and 17 are to be accepted (5.3) */
export function refresh(
  session: Session,
  instanceId: string,
  scene: Scene,
  { digits = 14, productId }: { readonly digits?: 14 | 17; readonly productId?: string } = {},
): JsonInputObject {
  const end = new Date(session.now() + 365 * 86_400_000);
  const expireTime = digits === 14 ? formatUtc14(end) : formatUtc17(end);
  return { activity: 'refreshInstance', scene, instanceId, expireTime, productId, ...newOrder(session) };
}

export function statusChange(instanceId: string, status: 'FREEZE' | 'UNFREEZE'): JsonInputObject {
  return { activity: 'updateInstanceStatus', instanceId, status };
}

export function upgrade(session: Session, instanceId: string): JsonInputObject {
  return { activity: 'upgradeInstance', instanceId, ...newOrder(session) };
}

/** The nested members stand unsorted: only the top level is sorted for the signature (3.1 step 1). */
export function changeCheck(
  instanceId: string,
  { linearValue }: { readonly linearValue?: number } = {},
): JsonInputObject {
  const productInfo = {
    skuCode: '6c1f0c55-0a1e-4f0a-9a55-2f9d0d0b7c11',
    productId: 'OFFI100000000000000002',
    linearValue,
  };
  return { activity: 'changeInstanceCheck', instanceId, productInfo };
}

export function release(session: Session, instanceId: string): JsonInputObject {
  return { activity: 'releaseInstance', instanceId, ...newOrder(session) };
}
