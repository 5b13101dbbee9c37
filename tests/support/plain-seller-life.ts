/** The instances of the hand-written seller, and what each activity of both protocols does to them. */

export type Members = Readonly<Record<string, unknown>>;
export type Answer = Readonly<Record<string, unknown>>;

export interface PlainInstance {
  readonly status: 'ACTIVE' | 'FROZEN' | 'RELEASED';
  /** As it was sent, UTC. */
  readonly expireTime: string | null;
  /** Of everything that was applied: purchase, renewals, upgrades. */
  readonly orders: readonly string[];
  /** The quantity, where the call tells it (V1.0). */
  readonly amount: number | null;
}

const OK = { resultCode: '000000', resultMsg: 'ok' };
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function plainLife() {
  const instances = new Map<string, PlainInstance>();

  function create(instanceId: string, call: Members): Answer {
    // An order that comes again is answered as the first time.
    if (!instances.has(instanceId) && call.testFlag !== '1') {
      const amount = call.amount === undefined ? null : Number(call.amount);
      const orders = [String(call.orderId)];
      instances.set(instanceId, { status: 'ACTIVE', expireTime: text(call.expireTime), orders, amount });
    }
    return { ...OK, instanceId };
  }

  function change(call: Members, apply: (instance: PlainInstance) => Partial<PlainInstance>): Answer {
    const instanceId = String(call.instanceId);
    const instance = instances.get(instanceId);
    if (call.testFlag === '1') return OK;
    if (!instance) return { resultCode: '000003', resultMsg: `no ${instanceId}` };
    const released = instance.status === 'RELEASED';
    if (!released) instances.set(instanceId, { ...instance, ...apply(instance) });
    return released && call.activity !== 'releaseInstance' ? { resultCode: '000003', resultMsg: 'released' } : OK;
  }

  const withOrder = ({ orders }: PlainInstance, call: Members) => [...new Set([...orders, String(call.orderId)])];
  const renew = (call: Members, more: Partial<PlainInstance> = {}) =>
    change(call, (instance) => ({ expireTime: text(call.expireTime), orders: withOrder(instance, call), ...more }));
  const set = (call: Members, status: PlainInstance['status']) => change(call, () => ({ status }));

  function query(call: Members): Answer {
    const asked = String(call.instanceId).split(',');
    if (asked.length > 100) return { resultCode: '000002', resultMsg: 'at most 100' };
    const known = asked.filter(
      (id) => call.testFlag === '1' || (instances.get(id)?.status ?? 'RELEASED') !== 'RELEASED',
    );
    if (known.length === 0) return { resultCode: '000003', resultMsg: 'unknown' };
    return { ...OK, info: known.map((instanceId) => ({ instanceId, appInfo: appInfo() })) };
  }

  function v2(call: Members): Answer {
    switch (call.activity) {
      case 'newInstance':
        return create(`plain-${call.orderLineId}`, call);
      case 'queryInstance':
        return query(call);
      case 'refreshInstance':
        return renew(call);
      case 'updateInstanceStatus':
        return set(call, call.status === 'FREEZE' ? 'FROZEN' : 'ACTIVE');
      case 'releaseInstance':
        return set(call, 'RELEASED');
      case 'upgradeInstance':
        return change(call, (instance) => ({ orders: withOrder(instance, call) }));
      case 'changeInstanceCheck':
        return change(call, () => ({}));
      default:
        return { resultCode: '000002', resultMsg: 'unknown activity' };
    }
  }

  function v1(call: Members): Answer {
    switch (call.activity) {
      case 'newInstance': {
        // Several billing items of a pay-per-use order are instances of their own.
        const created = create(
          call.chargingMode === '0' ? `v1-${call.orderId}-${call.productId}` : `v1-${call.orderId}`,
          call,
        );
        const isGone = instances.get(String(created.instanceId))?.status === 'RELEASED';
        return isGone ? { resultCode: '000003', resultMsg: 'released' } : { ...created, appInfo: appInfo() };
      }
      case 'queryInstance':
        return query(call);
      case 'refreshInstance':
        // V1.0 has no unfreeze for what had expired: the renewal is it.
        return renew(call, { status: 'ACTIVE' });
      case 'expireInstance':
        return set(call, 'FROZEN');
      case 'instanceStatus':
        return set(call, call.instanceStatus === 'FREEZE' ? 'FROZEN' : 'ACTIVE');
      case 'releaseInstance':
        return set(call, 'RELEASED');
      case 'upgrade':
        return change(call, (instance) => ({
          orders: withOrder(instance, call),
          amount: call.amount === undefined ? instance.amount : Number(call.amount),
        }));
      default:
        return { resultCode: '000002', resultMsg: 'unknown activity' };
    }
  }

  return { instances, v1, v2 };
}

const appInfo = () => ({ frontEndUrl: 'https://plain.example/', userName: 'root', password: 'Plain-1' });
