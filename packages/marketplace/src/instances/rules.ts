/**
 * What may be done with an instance now. Pure: each rule answers null, or why not, with its code and the id of the rule
 * it stands on. What depends on prices and SKUs is ordering's to refuse.
 */
import { type AccessType, type ProductState, type Protocol, renewsItself } from '../catalog/index.ts';
import type { Refusal } from '../platform/result.ts';
import { daysLater, SITES } from '../platform/site.ts';
import type { InstanceState, Life } from './definition.ts';

export interface RuleFacts {
  readonly life: Life;
  readonly productState: ProductState;
  readonly accessType: AccessType;
  readonly protocol: Protocol;
  /** an unpaid or running order about the instance */
  readonly openOrder: { readonly orderId: string; readonly unpaid: boolean } | null;
}
export type Rule = (facts: RuleFacts, now: Date) => Refusal | null;

const no = (code: string, message: string): Refusal => ({ code, message });
const LIVING: readonly InstanceState[] = ['TRIAL', 'ACTIVE', 'CHANGING', 'GRACE', 'FROZEN', 'VIOLATION_FROZEN'];
export const isLiving = (state: InstanceState): boolean => LIVING.includes(state);

/** How long before its expiry a renewal may change the plan (B-70a) */
export const RENEWAL_CHANGE_DAYS = 30;

/** B-60, B-65, C27, C29 */
export const mayRenew: Rule = ({ life, productState, openOrder }, now) => {
  const refuse = (message: string) => no('RENEWAL_NOT_ALLOWED', message);
  if (life.chargingMode !== 'PERIOD') return refuse('C27: only subscriptions by month or year are renewed');
  if (!isLiving(life.state)) return refuse(`C27: an instance that is ${life.state} can not be renewed`);
  if (life.trial) return refuse('B-52: a trial is converted, not renewed');
  if (life.releaseAt !== null && life.releaseAt <= now)
    return refuse('C27: the retention is over, the instance is being released');
  if (productState === 'WITHDRAWN') return refuse('C29: the product is withdrawn');
  return waiting(life, openOrder, refuse);
};

/** B-64, B-70a, C28: besides mayRenew */
export const mayRenewWithChange: Rule = (facts, now) => {
  const plain = mayRenew(facts, now);
  if (plain) return plain;
  const { life, productState, protocol } = facts;
  const refuse = (message: string) => no('CHANGE_NOT_ALLOWED', message);
  if (protocol !== 'saas-v2') return refuse('B-70a: a renewal with change needs protocol SaaS V2.0');
  if (productState !== 'ON_SALE') return refuse('C29: the product is not on sale, nothing can be changed');
  if (life.pending !== null) return refuse(`B-70c: order ${life.pending.orderId} changes it at its expiry already`);
  const { timeZone } = SITES[life.site];
  const opens = life.expireAt && daysLater(life.expireAt, -RENEWAL_CHANGE_DAYS, timeZone);
  if (opens === null || opens > now)
    return refuse('B-70a: a renewal with change is possible from 30 days before expiry');
  return null;
};

/** B-52, C34, X23: also in the retention of the trial */
export const mayConvert: Rule = ({ life, productState, openOrder }, now) => {
  const refuse = (message: string) => no('INSTANCE_STATE', message);
  if (!life.trial || !isLiving(life.state)) return refuse(`B-52: only a trial is converted, this is ${life.state}`);
  if (life.releaseAt !== null && life.releaseAt <= now) return refuse('X23: the retention of the trial is over');
  if (productState !== 'ON_SALE') return no('NOT_ON_SALE', 'C29: the product is not on sale');
  return waiting(life, openOrder, refuse);
};

/** B-70, B-70a, B-70c, C25 */
export const mayChange: Rule = ({ life, productState, openOrder }, now) => {
  const refuse = (message: string) => no('CHANGE_NOT_ALLOWED', message);
  if (life.chargingMode !== 'PERIOD') return refuse('C25: only subscriptions by month or year are changed');
  if (life.trial) return refuse('C25: a trial is not changed; it is converted first');
  if (life.state !== 'ACTIVE' || (life.expireAt !== null && life.expireAt <= now))
    return refuse(`B-70c: an instance that is ${life.state === 'ACTIVE' ? 'expired' : life.state} is not changed`);
  if (productState !== 'ON_SALE') return refuse('B-70b: the product is not on sale');
  if (life.pending !== null) return refuse(`B-70c: order ${life.pending.orderId} changes it at its expiry already`);
  return waiting(life, openOrder, refuse);
};

/** B-61, B-63, S7-14 */
export const mayRenewItself: Rule = ({ life, productState, accessType }) => {
  const refuse = (message: string) => no('RENEWAL_NOT_ALLOWED', message);
  if (life.chargingMode !== 'PERIOD') return refuse('B-61: only subscriptions by month or year renew themselves');
  if (!renewsItself(accessType, life.site)) return refuse('B-61: products of this access type are renewed by hand');
  if (life.trial) return refuse('B-61: a trial does not renew itself');
  if (!isLiving(life.state)) return refuse(`B-61: an instance that is ${life.state} has no expiry policy`);
  return productState === 'WITHDRAWN' ? refuse('C29: the product is withdrawn') : null;
};

/** Whether anything can be given back at all; how much, and by which path, is ordering's to say (settlement.md 7). */
export const mayUnsubscribe: Rule = ({ life, openOrder }) => {
  if (life.refundId !== null) return no('REFUND_NOT_ALLOWED', `7.9: refund application ${life.refundId} is open`);
  // S7-1: what waits for its acceptance is in its guarantee period
  const guaranteed = life.state === 'PROVISIONING' && life.waitsFor.includes('ACCEPTANCE');
  if ((!isLiving(life.state) && !guaranteed) || life.state === 'CHANGING' || life.state === 'VIOLATION_FROZEN')
    return no('INSTANCE_STATE', `7.3: an instance that is ${life.state} is not unsubscribed`);
  if (openOrder && !openOrder.unpaid)
    return no('REFUND_NOT_ALLOWED', `B-70c: order ${openOrder.orderId} of this instance is being carried out`);
  return null;
};

const FREEZABLE: readonly InstanceState[] = ['TRIAL', 'ACTIVE', 'GRACE', 'FROZEN'];
/** O-14; what was bought once has no status interface (saas-v2.md 1.2 and 6, saas-v1.md 1.2) */
export function mayFreeze(life: Life): Refusal | null {
  if (life.chargingMode === 'ONE_TIME')
    return no('INSTANCE_STATE', 'O-14: a one-time purchase can not be frozen, its seller has no interface for it');
  if (life.violation !== null) return no('INSTANCE_STATE', 'O-14: a violation is open already');
  if (FREEZABLE.includes(life.state)) return null;
  return no('INSTANCE_STATE', `O-14: an instance that is ${life.state} is not frozen`);
}
export function mayCure(life: Life): Refusal | null {
  if (!isLiving(life.state)) return no('INSTANCE_STATE', `O-14: an instance that is ${life.state} is not cured`);
  return life.violation === null ? no('INSTANCE_STATE', 'O-14: no violation is open') : null;
}

/** One thing after the other (B-70c): no second order while one is open, none while a refund is. */
function waiting(life: Life, openOrder: RuleFacts['openOrder'], refuse: (message: string) => Refusal): Refusal | null {
  if (life.refundId !== null) return refuse(`7.9: refund application ${life.refundId} is open`);
  if (openOrder) return refuse(`B-70c: order ${openOrder.orderId} of this instance has to end first`);
  return life.state === 'CHANGING' ? refuse('B-70c: a change is being carried out') : null;
}
