/**
 * How long and how often a call goes on, and what follows when its window is over: the tables of `saas-v2.md` 9,
 * `saas-v1.md` 7 and `license-and-other-types.md` 3–5, as data, overridable by configuration.
 */
import { CALL_SCHEDULES_V1 } from '@jishi/protocol';
import type { RetryPolicyOverrides } from '../platform/config.ts';

export interface CallPolicy {
  /** attempts at t, t + interval … up to and including t + window */
  readonly windowMs: number;
  readonly intervalMs: number;
  /** `fail-line`: the order line failed and is refunded; `stop`: the call waits for a person */
  readonly whenOver: 'fail-line' | 'stop';
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const DELIVERY: CallPolicy = { windowMs: 3 * HOUR, intervalMs: HOUR, whenOver: 'fail-line' };
const UPKEEP: CallPolicy = { windowMs: HOUR, intervalMs: MINUTE, whenOver: 'stop' };

const SAAS_V2: Readonly<Record<string, CallPolicy>> = {
  newInstance: DELIVERY,
  queryInstance: { windowMs: 3 * HOUR, intervalMs: 2 * MINUTE, whenOver: 'fail-line' },
  upgradeInstance: DELIVERY,
  refreshInstance: UPKEEP,
  updateInstanceStatus: UPKEEP,
  releaseInstance: UPKEEP,
  orderNotify: { windowMs: 3 * HOUR, intervalMs: HOUR, whenOver: 'stop' },
};

// license-and-other-types.md 3.5: getLicense hourly for 3 h, and no refund afterwards; the others once (Q9).
const LICENSE_ONCE: CallPolicy = { windowMs: 0, intervalMs: MINUTE, whenOver: 'stop' };
const IDENTIFICATION: Readonly<Record<string, CallPolicy>> = {
  getLicense: { windowMs: 3 * HOUR, intervalMs: HOUR, whenOver: 'stop' },
  refreshLicense: LICENSE_ONCE,
  expireLicense: LICENSE_ONCE,
  releaseLicense: LICENSE_ONCE,
};
// 4.5: 60 times, every 2 minutes; 5: the same, but an opening that fails is refunded.
const TWO_HOURS: CallPolicy = { windowMs: 2 * HOUR, intervalMs: 2 * MINUTE, whenOver: 'stop' };
const CODE: Readonly<Record<string, CallPolicy>> = {
  refreshLicenseCode: TWO_HOURS,
  updateLicenseCodeStatus: TWO_HOURS,
  releaseLicenseCode: TWO_HOURS,
};
const PROVISIONING: Readonly<Record<string, CallPolicy>> = {
  newInstance: { ...TWO_HOURS, whenOver: 'fail-line' },
  queryInstance: TWO_HOURS,
  refreshInstance: TWO_HOURS,
  updateInstanceStatus: TWO_HOURS,
  releaseInstance: TWO_HOURS,
  getLicenseAsync: TWO_HOURS,
};

const POLICIES: Readonly<Record<string, Readonly<Record<string, CallPolicy>>>> = {
  'saas-v2': SAAS_V2,
  'saas-v1': CALL_SCHEDULES_V1.default,
  'license-identification': IDENTIFICATION,
  'license-code': CODE,
  'license-provisioning': PROVISIONING,
};

/** What older pages of the China site tell of V1.0, deliveries hourly, as a configuration (saas-v1.md 7). */
export const CN_OLD: RetryPolicyOverrides = {
  'saas-v1': Object.fromEntries(
    Object.entries(CALL_SCHEDULES_V1['cn-old']).map(([activity, { windowMs, intervalMs }]) => [
      activity,
      { windowMs, intervalMs },
    ]),
  ),
};

/** A call that is made once: while a person waits (queryInstance on view, changeInstanceCheck), or to compare. */
export const ONCE: CallPolicy = { windowMs: 0, intervalMs: MINUTE, whenOver: 'stop' };

export function policyOf(protocol: string, activity: string, overrides: RetryPolicyOverrides): CallPolicy {
  const policy = POLICIES[protocol]?.[activity];
  if (!policy) throw new Error(`no call policy for ${protocol} ${activity}`);
  return { ...policy, ...overrides[protocol]?.[activity] };
}

export interface Schedule {
  /** when the first attempt was planned; shifted when an attempt began later than a whole interval */
  readonly anchor: Date;
  /** attempts whose outcome is known */
  readonly slot: number;
}

/**
 * When the next attempt is due after an unsuccessful one; null = the window is over (saas-v2.md 9 "W / i"). An attempt
 * that outlasts its interval delays the next one. When we ourselves came late by more than an interval (the
 * marketplace was down), the plan moves by that lateness, so that the seller gets its whole window.
 */
export function nextAttempt(
  policy: CallPolicy,
  schedule: Schedule,
  startedAt: Date,
  finishedAt: Date,
): { dueAt: Date; schedule: Schedule } | null {
  const planned = schedule.anchor.getTime() + schedule.slot * policy.intervalMs;
  const late = startedAt.getTime() - planned;
  const anchor = schedule.anchor.getTime() + (late > policy.intervalMs ? late : 0);
  const slot = schedule.slot + 1;
  if (slot * policy.intervalMs > policy.windowMs) return null;
  return {
    dueAt: new Date(Math.max(anchor + slot * policy.intervalMs, finishedAt.getTime())),
    schedule: { anchor: new Date(anchor), slot },
  };
}

export function windowEnd(policy: CallPolicy, anchor: Date): Date {
  return new Date(anchor.getTime() + policy.windowMs);
}

/** Whether all planned attempts are used up. */
export const isOver = (policy: CallPolicy, slot: number): boolean => slot * policy.intervalMs > policy.windowMs;
