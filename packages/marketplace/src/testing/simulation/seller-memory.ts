/**
 * What sellers of a simulation remember, and how they answer when all goes well: one instance per order line, however often
 * asked; every other call does what it says, and doing it twice changes nothing. V2.0 and V1.0 share one memory.
 */
import type { SeenBySeller, SellerInstance } from '../invariants.ts';

/** A call as it arrived, of either protocol. */
export interface Received extends SeenBySeller {
  readonly seller: string;
  readonly protocol: 'saas-v2' | 'saas-v1';
  readonly members: Readonly<Record<string, unknown>>;
}

const OK = { resultCode: '000000', resultMsg: 'success.' };
const UNKNOWN = { resultCode: '000003', resultMsg: 'there is no such instance' };
const NOT_READY = { resultCode: '000004', resultMsg: 'not ready yet' };

export interface Memory {
  readonly instances: ReadonlyMap<string, SellerInstance>;
  answer(call: Received, at: Date): object;
  /** an instance of this seller that the marketplace knows is another's; null = none yet */
  foreign(call: Received): string | null;
}

/** @param waitMs how long a new instance takes until it is ready; the marketplace asks for it (V2.0) */
export function sellerMemory(waitMs: (seller: string) => number): Memory {
  const instances = new Map<string, SellerInstance>();
  const readyAt = new Map<string, number>();
  /** ids that came back in a later call: the marketplace has written them down */
  const acknowledged = new Set<string>();

  function create(call: Received, at: Date): object {
    const resourceId = call.orderLineId ?? `${call.orderId}`;
    const instanceId =
      call.protocol === 'saas-v1' ? `v1-${call.orderId}-${String(call.members.skuCode)}` : `inst-${resourceId}`;
    if (!instances.has(instanceId)) {
      const { expireTime, amount } = call.members;
      instances.set(instanceId, {
        instanceId,
        protocol: call.protocol,
        seller: call.seller,
        status: 'ACTIVE',
        expireTime: typeof expireTime === 'string' && expireTime !== '' ? expireTime : null,
        planLine: null,
        quantity: amount === undefined ? null : Number(amount),
      });
      readyAt.set(instanceId, at.getTime() + waitMs(call.seller));
    }
    const created = { ...OK, instanceId };
    if (call.protocol === 'saas-v2') return created;
    return isReady(instanceId, at) ? { ...created, appInfo: appInfo(instanceId) } : NOT_READY;
  }

  const isReady = (instanceId: string, at: Date) =>
    (readyAt.get(instanceId) ?? Number.POSITIVE_INFINITY) <= at.getTime();
  const appInfo = (instanceId: string) => ({ frontEndUrl: `https://app.example.com/${instanceId}` });

  function query(call: Received, at: Date): object {
    const known = (call.instanceId ?? '')
      .split(',')
      .filter((id) => (instances.get(id)?.status ?? 'RELEASED') !== 'RELEASED');
    if (known.length === 0) return UNKNOWN;
    if (known.length === 1 && !isReady(known[0] ?? '', at)) return NOT_READY;
    return { ...OK, info: known.map((instanceId) => ({ instanceId, appInfo: appInfo(instanceId) })) };
  }

  function change(call: Received, apply: (instance: SellerInstance) => Partial<SellerInstance>): object {
    const instance = instances.get(call.instanceId ?? '');
    if (!instance) return UNKNOWN;
    if (instance.status === 'RELEASED') return call.activity === 'releaseInstance' ? OK : UNKNOWN;
    instances.set(instance.instanceId, { ...instance, ...apply(instance) });
    return OK;
  }

  function answer(call: Received, at: Date): object {
    const { members } = call;
    switch (call.activity) {
      case 'newInstance':
        return create(call, at);
      case 'queryInstance':
        return query(call, at);
      case 'refreshInstance':
        return change(call, ({ planLine, status }) => ({
          expireTime: String(members.expireTime),
          planLine: members.scene === 'RENEWAL_CHANGE' ? call.orderLineId : planLine,
          // V1.0 has no unfreeze for what had expired: the renewal is it.
          status: call.protocol === 'saas-v1' ? 'ACTIVE' : status,
        }));
      case 'updateInstanceStatus':
        return change(call, () => ({ status: members.status === 'FREEZE' ? 'FROZEN' : 'ACTIVE' }));
      case 'expireInstance':
        return change(call, () => ({ status: 'FROZEN' }));
      case 'instanceStatus':
        return change(call, () => ({ status: members.instanceStatus === 'FREEZE' ? 'FROZEN' : 'ACTIVE' }));
      case 'releaseInstance':
        return change(call, () => ({ status: 'RELEASED' }));
      case 'upgradeInstance':
        return change(call, () => ({ planLine: call.orderLineId }));
      case 'upgrade':
        return change(call, ({ quantity }) => ({
          quantity: members.amount === undefined ? quantity : Number(members.amount),
        }));
      case 'changeInstanceCheck':
        return change(call, () => ({}));
      default:
        return { resultCode: '000002', resultMsg: 'unknown activity' };
    }
  }

  return {
    instances,
    answer(call, at) {
      if (call.instanceId !== null) for (const id of call.instanceId.split(',')) acknowledged.add(id);
      return answer(call, at);
    },
    foreign(call) {
      const own = [...instances.values()].filter(
        ({ seller, instanceId }) => seller === call.seller && acknowledged.has(instanceId),
      );
      return (
        own.find(
          ({ instanceId }) => instanceId !== call.instanceId && !instanceId.includes(call.orderLineId ?? '-none-'),
        )?.instanceId ?? null
      );
    },
  };
}
