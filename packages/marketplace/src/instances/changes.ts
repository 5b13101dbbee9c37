/**
 * What orders, sellers, buyers and the operator do to an instance. Pure functions (instance, what happened) → (instance,
 * news). Each assumes that the rules (rules.ts) allowed it; a move off the diagram is our own fault and throws.
 */

import type { Money } from '../platform/money.ts';
import type { Life, Outcome, PeriodCall, Plan, Violation, Wait } from './definition.ts';
import { applyChange, moved, release, statusChange } from './model.ts';

/** How the line was sold to be delivered. */
interface SoldAs {
  readonly accessType: string;
  readonly licenseVariant: string | null;
  readonly supervised: boolean;
}

/**
 * What a purchase waits for (7.2, B-40a). A supervised one waits for its acceptance, which comes after its delivery; where
 * the seller's server opens it, which may be before or after the acceptance (B-41), for both.
 */
export function firstWaits({ accessType, licenseVariant, supervised }: SoldAs): Wait[] {
  if (!supervised) return ['DELIVERY'];
  return accessType === 'SAAS' || licenseVariant === 'PROVISIONED' ? ['DELIVERY', 'ACCEPTANCE'] : ['ACCEPTANCE'];
}

/** The seller, its server or the marketplace has handed it over. */
export const delivered = <T extends Life>(life: T, now: Date): Outcome<T> => come(life, 'DELIVERY', now);

/** L7: the buyer accepted; its time runs from the actual enabling time, else from now. */
export const accepted = <T extends Life>(life: T, expireAt: Date | null, now: Date): Outcome<T> =>
  come(life.state === 'PROVISIONING' ? { ...life, expireAt } : life, 'ACCEPTANCE', now);

/** When nothing is waited for any more the subscription runs. */
function come<T extends Life>(life: T, what: Wait, now: Date): Outcome<T> {
  if (life.state !== 'PROVISIONING' || !life.waitsFor.includes(what)) return { life, news: [] };
  const waitsFor = life.waitsFor.filter((each) => each !== what);
  if (waitsFor.length > 0) return { life: { ...life, waitsFor }, news: [] };
  const running = moved(life, life.trial ? 'TRIAL' : 'ACTIVE');
  return { life: { ...running, waitsFor, activatedAt: now, steppedAt: now }, news: [{ type: 'ready' }] };
}

/** The window of its creation is over; ordering refunds. */
export function failed<T extends Life>(life: T, now: Date): Outcome<T> {
  return life.state === 'PROVISIONING'
    ? { life: { ...moved(life, 'FAILED'), endedAt: now }, news: [] }
    : { life, news: [] };
}

/** A paid line that concerns a running instance. */
export interface PaidOrder {
  readonly orderId: string;
  readonly orderLineId: string;
  readonly plan: Plan;
  readonly amount: Money;
}
export interface PaidPeriod extends PaidOrder {
  readonly expireAt: Date;
}

/**
 * A renewal holds from its payment on, whatever the seller answers (7.2). It begins at the old expiry, in grace and
 * retention too (C27); with a change, the new plan does as well (C28), or at once when that has passed.
 */
export function renewed<T extends Life>(
  life: T,
  paid: PaidPeriod & { readonly scene: 'RENEWAL' | 'RENEWAL_CHANGE'; readonly automatic: boolean },
  now: Date,
): Outcome<T> {
  const from = life.expireAt ?? now;
  const { amount, orderId } = paid;
  const base = prolonged(life, paid, now);
  const news = [
    periodChanged(life, paid, paid.scene),
    { type: 'renewed' as const, orderId, automatic: paid.automatic, amount, expireAt: paid.expireAt },
  ];
  const revived = revive(base, now);
  if (paid.scene === 'RENEWAL') {
    return { life: priced(revived.life, paid.plan.version, paid.plan), news: [...news, ...revived.news] };
  }
  const pending = { orderId, orderLineId: paid.orderLineId, at: from, plan: paid.plan };
  if (from <= now) {
    const changed = applyChange<T>({ ...revived.life, pending });
    return { life: changed.life, news: [...news, ...revived.news, ...changed.news] };
  }
  const changing: T = revived.life.state === 'ACTIVE' ? asking(revived.life, paid.orderLineId) : revived.life;
  return { life: { ...changing, pending }, news: [...news, ...revived.news] };
}

type Pricing = Pick<Plan, 'priceItemId' | 'periodType' | 'periodNumber'>;

/** How the newest period was bought belongs to the plan that it runs with: the one that waits, while there is one. */
function priced<T extends Life>(
  life: T,
  /** its prices are the last ones (C29) */
  version: number,
  { priceItemId, periodType, periodNumber }: Pricing,
): T {
  const pricing = { version, priceItemId, periodType, periodNumber };
  const { pending } = life;
  if (pending === null) return { ...life, ...pricing };
  return { ...life, pending: { ...pending, plan: { ...pending.plan, ...pricing } } };
}

/** A trial becomes commercial; its period starts at the conversion (C34), and so do its 5 days (S7-2). */
export function converted<T extends Life>(life: T, paid: PaidPeriod, now: Date): Outcome<T> {
  const base: T = { ...prolonged(life, paid, now), ...paid.plan, trial: false, opening: paid.amount, activatedAt: now };
  const revived = revive(base, now);
  return {
    life: revived.life.state === 'TRIAL' ? moved(revived.life, 'ACTIVE') : revived.life,
    news: [periodChanged(life, paid, 'TRIAL_TO_FORMAL'), ...revived.news],
  };
}

/** @throws when it is gone: no order of an instance is paid after its release began */
function prolonged<T extends Life>(life: T, { expireAt, orderId }: PaidPeriod, now: Date): T {
  if (life.endedAt !== null || life.state === 'RELEASING')
    throw new Error(`order ${orderId} prolongs an instance that is ${life.state}`);
  return { ...life, expireAt, freezeAt: null, releaseAt: null, putOffUntil: null, refusedTold: null, steppedAt: now };
}

/** Out of grace and retention. An open violation stays frozen; the seller, who froze it already, hears nothing. */
function revive<T extends Life>(life: T, now: Date, reason: 'RENEWED' | 'PAID' = 'RENEWED'): Outcome<T> {
  if (life.state === 'GRACE') return { life: moved(life, 'ACTIVE'), news: [] };
  if (life.state !== 'FROZEN') return { life, news: [] };
  if (life.violation !== null) return { life: moved(life, 'VIOLATION_FROZEN'), news: [] };
  const { counted, occasion } = statusChange(life);
  return {
    life: { ...moved(counted, 'ACTIVE'), steppedAt: now },
    news: [{ type: 'unfrozen', occasion, reason }],
  };
}

/** S7-15: usage of a pay-per-use service could not be paid; its grace begins, then what follows an expiry. */
export function inArrears<T extends Life>(life: T, since: Date): Outcome<T> {
  const runs = life.state === 'ACTIVE' || life.state === 'VIOLATION_FROZEN';
  if (life.chargingMode !== 'ON_DEMAND' || !runs || life.expireAt !== null) return { life, news: [] };
  return { life: { ...life, expireAt: since, steppedAt: since }, news: [] };
}

/** S7-15: the debt is paid. What is being released stays so. */
export function paidUp<T extends Life>(life: T, now: Date): Outcome<T> {
  const gone = life.endedAt !== null || life.state === 'RELEASING';
  if (life.chargingMode !== 'ON_DEMAND' || gone || life.expireAt === null) return { life, news: [] };
  return revive<T>({ ...life, expireAt: null, freezeAt: null, releaseAt: null, putOffUntil: null }, now, 'PAID');
}

function periodChanged(life: Life, paid: PaidPeriod, scene: PeriodCall['scene'], sign: '' | '-' = '') {
  const { plan, orderId, orderLineId } = paid;
  // what the seller was told last
  const { periodType } = life.pending?.plan ?? life;
  return {
    type: 'period-changed' as const,
    occasion: `line:${orderLineId}`,
    orderId,
    orderLineId,
    call: {
      scene,
      productId: plan.periodType === periodType ? null : plan.priceItemId,
      skuCode: plan.skuCode,
      quantity: plan.quantity,
      expireTime: paid.expireAt,
      periodType: plan.periodType,
      periodNumber: plan.periodNumber,
      orderAmount: `${sign}${paid.amount.amount}`,
    },
  };
}

const asking = <T extends Life>(life: T, orderLineId: string): T => ({
  ...moved(life, 'CHANGING'),
  changingLine: orderLineId,
});

/** An upgrade or scale-out is paid: the seller is asked; the plan changes when it agrees. Only ACTIVE shows CHANGING. */
export function changeOrdered<T extends Life>(
  life: T,
  paid: PaidOrder & { readonly linearCode: string | null },
): Outcome<T> {
  const { orderId, orderLineId, plan } = paid;
  const base: T = life.state === 'ACTIVE' ? asking(life, orderLineId) : { ...life, changingLine: orderLineId };
  return {
    life: { ...base, pending: { orderId, orderLineId, at: null, plan } },
    news: [
      {
        type: 'change-ordered',
        occasion: `line:${orderLineId}`,
        orderId,
        orderLineId,
        call: {
          skuCode: plan.skuCode,
          productId: plan.priceItemId,
          quantity: plan.quantity,
          linearCode: paid.linearCode,
        },
      },
    ],
  };
}

/** The seller's answer, or the end of its window: an upgrade takes effect or is dropped, a renewal change waits for its day. */
export function changeAnswered<T extends Life>(life: T, orderLineId: string, agreed: boolean): Outcome<T> {
  if (life.changingLine !== orderLineId) return { life, news: [] };
  const rested: T = { ...(life.state === 'CHANGING' ? moved(life, 'ACTIVE') : life), changingLine: null };
  const { pending } = life;
  if (pending === null || pending.orderLineId !== orderLineId || pending.at !== null) return { life: rested, news: [] };
  if (agreed) return applyChange(rested);
  return { life: { ...rested, pending: null }, news: [{ type: 'change-failed', orderId: pending.orderId }] };
}

/** A renewal that was not in effect is refunded: the expiry goes back to its start, and what it would have changed is dropped (B-66). */
export function renewalTakenBack<T extends Life>(
  life: T,
  taken: {
    /** the order that took it back */
    readonly orderId: string;
    readonly orderLineId: string;
    readonly amount: Money;
    /** the line that is taken back, and where its period began */
    readonly renewalLineId: string;
    readonly from: Date;
    /** how the period before it was priced */
    readonly before: Pricing;
  },
  now: Date,
): Outcome<T> {
  const dropped = life.pending?.orderLineId === taken.renewalLineId;
  const rested: T =
    life.changingLine === taken.renewalLineId ? changeAnswered(life, taken.renewalLineId, true).life : life;
  const unplanned: T = { ...rested, pending: dropped ? null : rested.pending };
  const back: T = {
    ...priced(unplanned, (unplanned.pending?.plan ?? unplanned).version, taken.before),
    expireAt: taken.from,
    refundId: null,
    putOffUntil: null,
    steppedAt: now,
  };
  const plan: Plan = { ...(back.pending?.plan ?? back) };
  return {
    life: back,
    news: [periodChanged(life, { ...taken, plan, expireAt: taken.from }, 'UNSUBSCRIBE_RENEWAL_PERIOD', '-')],
  };
}

/** An agreed refund: the instance is released. */
export function unsubscribed<T extends Life>(
  life: T,
  refund: { readonly orderId: string; readonly orderLineId: string },
): Outcome<T> {
  return release<T>({ ...life, refundId: null }, { cause: 'UNSUBSCRIBED', ...refund });
}

/** The seller has deleted it, or its call was given up: for the buyer it is gone in both cases (7.3). */
export function released<T extends Life>(life: T, now: Date): Outcome<T> {
  if (life.state !== 'RELEASING') return { life, news: [] };
  return { life: { ...moved(life, 'RELEASED'), endedAt: now }, news: [{ type: 'released' }] };
}

/** The operator freezes a violation, at once. One that is frozen already keeps its state; the violation is noted. */
export function violated<T extends Life>(life: T, found: Omit<Violation, 'at'>, now: Date): Outcome<T> {
  const violation = { ...found, at: now };
  const noted: T = { ...life, violation };
  if (life.state === 'FROZEN') return { life: noted, news: [] };
  const { counted, occasion } = statusChange(noted);
  return {
    life: moved(counted, 'VIOLATION_FROZEN'),
    news: [{ type: 'frozen', occasion, reason: 'VIOLATION', call: true, violation }],
  };
}

/** The violation is over. What is frozen by its expiry stays frozen. */
export function cured<T extends Life>(life: T): Outcome<T> {
  const clean: T = { ...life, violation: null };
  const told = { type: 'cured' as const, violation: life.violation };
  if (life.state !== 'VIOLATION_FROZEN') return { life: clean, news: [told] };
  const { counted, occasion } = statusChange(clean);
  const back = life.freezeAt !== null ? 'GRACE' : life.trial ? 'TRIAL' : 'ACTIVE';
  return { life: moved(counted, back), news: [{ type: 'unfrozen', occasion, reason: 'CURED' }, told] };
}
