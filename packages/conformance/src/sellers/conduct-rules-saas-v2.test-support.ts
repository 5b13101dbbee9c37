/** What wrong sellers of V2.0 do with their instances. */
import {
  type Hooks,
  type Instance,
  infoOf,
  type Living,
  type Members,
  type SellerCall,
  text,
  type World,
} from './right-saas-v2.test-support.ts';

export const REFUSED: Members = { resultCode: '000005', resultMsg: 'already done' };
export const OK: Members = { resultCode: '000000', resultMsg: 'success.' };
export const UNKNOWN: Members = { resultCode: '000003', resultMsg: 'no such instance' };

export const life = (live: Partial<Living>): Hooks => ({ live });
export const instead = (rule: (call: SellerCall, world: World) => Members | null): Hooks => life({ instead: rule });
/** What is done with an instance that is there. */
export const forInstance = (activity: string, rule: (instance: Instance, call: SellerCall) => Members | null): Hooks =>
  instead((call, world) => {
    const instance = world.instances.get(text(call.members.instanceId));
    return call.activity === activity && instance !== undefined ? rule(instance, call) : null;
  });
export const only = (isLive: boolean, hooks: Hooks): Hooks =>
  instead((call, world) => (call.isTest === isLive ? null : (hooks.live?.instead?.(call, world) ?? null)));
export const asked = (call: SellerCall): string[] => text(call.members.instanceId).split(',');

export const refusesSecondRelease = forInstance('releaseInstance', (instance) =>
  instance.status === 'RELEASED' ? UNKNOWN : null,
);
export const forgetsReleased = instead(({ activity, members }, world) => {
  if (activity !== 'releaseInstance') return null;
  return world.instances.delete(text(members.instanceId)) ? OK : UNKNOWN;
});
export const refusesFrozen = forInstance('updateInstanceStatus', (instance, { members }) =>
  (instance.status === 'FROZEN') === (members.status === 'FREEZE') ? REFUSED : null,
);
export const refusesSecond = (activity: string): Hooks =>
  forInstance(activity, (instance, { members }) => {
    const order = text(members.orderLineId);
    if (instance.orders.has(order)) return REFUSED;
    instance.orders.add(order);
    return OK;
  });
export const neverKnown = (activity: string): Hooks =>
  instead(({ activity: each, members }, world) =>
    each === activity && !world.instances.has(text(members.instanceId)) ? OK : null,
  );
export const firstOnly = instead((call, world) => {
  if (call.activity !== 'queryInstance') return null;
  const [first = ''] = asked(call);
  return world.instances.has(first) ? { ...OK, info: [infoOf(first)] } : UNKNOWN;
});
export const oneId = instead((call, world) => {
  if (call.activity !== 'queryInstance') return null;
  const id = text(call.members.instanceId);
  return world.instances.has(id) ? { ...OK, info: [infoOf(id)] } : UNKNOWN;
});
