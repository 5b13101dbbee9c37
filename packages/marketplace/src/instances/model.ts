/**
 * The clock of a subscription: which step is next, when, and what it does. Pure functions of (instance, now, facts).
 *
 * Steps that change the state (EXPIRE, FREEZE, RELEASE, APPLY_CHANGE) are due until they are done. Steps of a rhythm
 * (REMIND, AUTO_RENEW, RELEASE_NEAR) are told from `steppedAt`: what was planned up to then is behind. Of a rhythm that
 * was missed, only the last one is made up for.
 */

import type { Money } from '../platform/money.ts';
import type { Refusal } from '../platform/result.ts';
import { daysLater, hourOfDay, SITES } from '../platform/site.ts';
import { move } from '../platform/state-machine.ts';
import {
  type BuyerLevel,
  DAYS_AFTER_EXPIRY,
  instanceTransitions,
  type Life,
  type Outcome,
  REMINDER_DAYS,
  type Step,
} from './definition.ts';

const REMINDER_HOUR = 10; // B-52a, site time
const RENEWAL_HOUR = 3; // B-63
const RENEWAL_ZONE = 'Asia/Shanghai'; // B-63: GMT+8 on every site
/** how long a step waits for a paid order that is not applied yet */
export const PUT_OFF_MS = 60_000;
/** how long a release waits for a refund application that is being decided, by people, before it looks again */
const REVIEW_MS = 3_600_000;

/** The next step of an instance's life; null = nothing happens by itself. */
export function nextStep(life: Life): Step | null {
  const planned = plannedStep(life);
  if (!planned || life.putOffUntil === null || life.putOffUntil <= planned.at) return planned;
  return { ...planned, at: life.putOffUntil };
}

/** The same without regard to waiting: what `step` will do. */
export function plannedStep(life: Life): Step | null {
  let first: Step | null = null;
  for (const step of candidates(life)) if (first === null || step.at < first.at) first = step;
  return first;
}

const CLOCK_RUNS: readonly Life['state'][] = ['TRIAL', 'ACTIVE', 'GRACE', 'FROZEN', 'VIOLATION_FROZEN'];

function* candidates(life: Life): Generator<Step> {
  if (!CLOCK_RUNS.includes(life.state)) return; // CHANGING waits; the others have no time or no more
  if (life.pending?.at) yield { kind: 'APPLY_CHANGE', at: life.pending.at };
  if (life.expireAt === null) return;
  if (life.freezeAt === null) {
    const reminder = nextReminder(life, life.steppedAt);
    if (reminder) yield { kind: 'REMIND', at: reminder.at };
    yield { kind: 'EXPIRE', at: life.expireAt };
  } else if (life.state !== 'FROZEN') {
    yield { kind: 'FREEZE', at: life.freezeAt };
  }
  if (life.releaseAt !== null) {
    const near = releaseNearAt(life, life.releaseAt);
    if (near > life.steppedAt) yield { kind: 'RELEASE_NEAR', at: near };
    if (life.state === 'FROZEN') yield { kind: 'RELEASE', at: life.releaseAt };
  }
  const renewal = nextRenewal(life, life.steppedAt);
  if (renewal) yield { kind: 'AUTO_RENEW', at: renewal };
}

const zoneOf = (life: Life): string => SITES[life.site].timeZone;

function nextReminder(life: Life, after: Date) {
  if (life.expireAt === null) return null;
  for (const daysLeft of REMINDER_DAYS) {
    const at = hourOfDay(life.expireAt, -daysLeft, REMINDER_HOUR, zoneOf(life));
    if (at > after) return { at, daysLeft };
  }
  return null;
}

const releaseNearAt = (life: Life, releaseAt: Date): Date => hourOfDay(releaseAt, -1, REMINDER_HOUR, zoneOf(life));

/** 03:00 (GMT+8), 7 days before the expiry, or as the buyer set it, and every day after, for subscriptions that renew themselves (B-63). */
function nextRenewal(life: Life, after: Date): Date | null {
  if (life.expireAt === null || !renewsItself(life)) return null;
  const first = hourOfDay(life.expireAt, -life.renewDays, RENEWAL_HOUR, RENEWAL_ZONE);
  if (first > after) return first;
  const sameDay = hourOfDay(after, 0, RENEWAL_HOUR, RENEWAL_ZONE);
  return sameDay > after ? sameDay : hourOfDay(after, 1, RENEWAL_HOUR, RENEWAL_ZONE);
}

/** The next attempt to renew by itself; null = the buyer does it, or nobody can. */
export const nextRenewalAt = (life: Life): Date | null =>
  CLOCK_RUNS.includes(life.state) ? nextRenewal(life, life.steppedAt) : null;

const renewsItself = (life: Life): boolean =>
  life.expiryPolicy === 'AUTO' && life.chargingMode === 'PERIOD' && !life.trial && life.refundId === null;

/** Is the planned step one of a rhythm whose next beat is due as well? Then it is passed over. */
export function isPassedOver(life: Life, step: Step, now: Date): boolean {
  const isDue = (at: Date | null | undefined) => at != null && at <= now;
  if (step.kind === 'REMIND') return isDue(life.expireAt) || isDue(nextReminder(life, step.at)?.at);
  return step.kind === 'AUTO_RENEW' && isDue(nextRenewal(life, step.at));
}

/** An order of the instance that is under way. */
export type OpenOrder = 'NONE' | 'UNPAID' | 'PAID';
export interface Facts {
  readonly level: BuyerLevel;
  /** a PAID one that is not applied yet comes first: no step overtakes it */
  readonly openOrder: OpenOrder;
  /** what came of an attempt to renew: short of money, or refused by a rule; null = paid (and applied, see changes.ts), or not attempted */
  readonly missing: Money | null;
  readonly refused: Refusal | null;
}

/** Does what is due. A paid renewal is applied by its own function; here a step ends that was not one. */
export function step<T extends Life>(life: T, now: Date, facts: Facts): Outcome<T> {
  const due = plannedStep(life);
  if (due === null || due.at > now) return { life, news: [] };
  const passed: T = { ...life, putOffUntil: null, steppedAt: later(life.steppedAt, due.at) };
  const waits = due.kind === 'EXPIRE' || due.kind === 'FREEZE' || due.kind === 'RELEASE';
  if (waits && facts.openOrder === 'PAID')
    return { life: { ...life, putOffUntil: new Date(now.getTime() + PUT_OFF_MS) }, news: [] };
  // 7.9: what may still be given back is not deleted meanwhile
  if (due.kind === 'RELEASE' && life.refundId !== null)
    return { life: { ...life, putOffUntil: new Date(now.getTime() + REVIEW_MS) }, news: [] };
  switch (due.kind) {
    case 'REMIND': {
      const reminder = REMINDER_DAYS.find((days) => reminderAt(life, days)?.getTime() === due.at.getTime());
      if (reminder === undefined || isPassedOver(life, due, now)) return { life: passed, news: [] };
      return { life: passed, news: [{ type: 'expiring', daysLeft: reminder }] };
    }
    case 'AUTO_RENEW': {
      const { missing, refused, level } = facts;
      if ((!missing && !refused) || isPassedOver(life, due, now)) return { life: passed, news: [] };
      const nextTryAt = triesAgainAt(passed, level);
      const news = [{ type: 'auto-renew-failed' as const, missing, refused, nextTryAt }];
      if (missing || !refused) return { life: passed, news };
      // Money may come any day; a rule stays as it is until somebody does something about it: told once.
      const reason = `${refused.code} ${refused.message}`;
      return { life: { ...passed, refusedTold: reason }, news: reason === life.refusedTold ? [] : news };
    }
    case 'APPLY_CHANGE':
      return applyChange(passed);
    case 'EXPIRE':
      return expire(passed, facts.level);
    case 'FREEZE':
      return freeze(passed);
    case 'RELEASE_NEAR':
      return { life: passed, news: life.releaseAt ? [{ type: 'release-near', releaseAt: life.releaseAt }] : [] };
    case 'RELEASE':
      return release(passed, { cause: 'EXPIRED', orderId: null, orderLineId: null });
  }
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);
const reminderAt = (life: Life, days: number): Date | null =>
  life.expireAt && hourOfDay(life.expireAt, -days, REMINDER_HOUR, zoneOf(life));

/** Null when the retention will be over by then. */
function triesAgainAt(life: Life, level: BuyerLevel): Date | null {
  const next = nextRenewal(life, life.steppedAt);
  const end = life.releaseAt ?? (life.expireAt && afterExpiry(life, life.expireAt, level).releaseAt);
  return next !== null && end !== null && next < end ? next : null;
}

/** Grace and retention in natural days at the same local time (S7-14a); a trial has no grace. */
export function afterExpiry(life: Life, expireAt: Date, level: BuyerLevel): { freezeAt: Date; releaseAt: Date } {
  const days = DAYS_AFTER_EXPIRY[level][life.chargingMode === 'PERIOD' ? 'period' : 'onDemand'];
  const grace = life.trial ? 0 : days.grace;
  return {
    freezeAt: daysLater(expireAt, grace, zoneOf(life)),
    releaseAt: daysLater(expireAt, grace + days.retention, zoneOf(life)),
  };
}

function expire<T extends Life>(life: T, level: BuyerLevel): Outcome<T> {
  if (life.expireAt === null) return { life, news: [] };
  const { freezeAt, releaseAt } = afterExpiry(life, life.expireAt, level);
  const dated: T = { ...life, freezeAt, releaseAt };
  const expired: Outcome<T> =
    freezeAt <= life.expireAt
      ? freeze(dated)
      : {
          life: dated.state === 'VIOLATION_FROZEN' ? dated : moved(dated, 'GRACE'),
          // a debt is told by metering, with its amount (N-29)
          news: life.chargingMode === 'ON_DEMAND' ? [] : [{ type: 'grace-begun', until: freezeAt }],
        };
  // With one day of retention and no grace "tomorrow" begins now; there is no ten o'clock before it any more.
  const near = releaseNearAt(dated, releaseAt) <= life.steppedAt;
  return near ? { life: expired.life, news: [...expired.news, { type: 'release-near', releaseAt }] } : expired;
}

/** What a violation has frozen is not frozen a second time at the seller (7.3). */
function freeze<T extends Life>(life: T): Outcome<T> {
  const { counted, occasion } = statusChange(life);
  return {
    life: moved(counted, 'FROZEN'),
    news: [{ type: 'frozen', occasion, reason: whyFrozen(life), call: life.state !== 'VIOLATION_FROZEN' }],
  };
}

/** S7-15: pay-per-use has no end of its own, but debts. */
const whyFrozen = ({ chargingMode }: Life): 'EXPIRED' | 'ARREARS' =>
  chargingMode === 'ON_DEMAND' ? 'ARREARS' : 'EXPIRED';

/** The plan of a paid change takes effect. */
export function applyChange<T extends Life>(life: T): Outcome<T> {
  if (life.pending === null) return { life, news: [] };
  const { plan, orderId } = life.pending;
  return { life: { ...life, ...plan, pending: null }, news: [{ type: 'changed', orderId }] };
}

export function release<T extends Life>(
  life: T,
  why: {
    cause: 'EXPIRED' | 'UNSUBSCRIBED';
    orderId: string | null;
    orderLineId: string | null;
  },
): Outcome<T> {
  return {
    life: { ...moved(life, 'RELEASING'), pending: null, changingLine: null, putOffUntil: null },
    news: [{ type: 'release-begun', occasion: 'release', ...why, amountPaid: life.opening.amount }],
  };
}

export const moved = <T extends Life>(life: T, to: Life['state']): T => ({
  ...life,
  state: move(instanceTransitions, life.state, to),
});

/** Each freeze and unfreeze has its own number, so that its call is made once. */
export function statusChange<T extends Life>(life: T): { counted: T; occasion: string } {
  const statusChanges = life.statusChanges + 1;
  return { counted: { ...life, statusChanges }, occasion: `status:${statusChanges}` };
}
