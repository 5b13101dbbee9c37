import type { ActivityV1 } from './requests.ts';

/**
 * How long and how often a failed V1.0 call is repeated, and what follows (`saas-v1.md` 7, Q9), as data for the marketplace. Both
 * numbers are defaults and meant to be configurable. Each repeat has a new timeStamp, token and (newInstance) businessId.
 */
export interface CallScheduleV1 {
  /** Attempts at t, t + interval … up to and including t + window (`saas-v2.md` 9). */
  readonly windowMs: number;
  readonly intervalMs: number;
  /** `fail-line`: the order failed and is unsubscribed; `stop`: the call waits for a person who restarts it. */
  readonly whenOver: 'fail-line' | 'stop';
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A call that a person waits for: queryInstance, the detail view by newInstance, the kit. */
export const CALLED_ONCE_V1: CallScheduleV1 = { windowMs: 0, intervalMs: MINUTE, whenOver: 'stop' };

const DELIVERY: CallScheduleV1 = { windowMs: 3 * HOUR, intervalMs: 3 * MINUTE, whenOver: 'fail-line' };
const HOURLY_DELIVERY: CallScheduleV1 = { ...DELIVERY, intervalMs: HOUR };
const UPKEEP: CallScheduleV1 = { windowMs: HOUR, intervalMs: MINUTE, whenOver: 'stop' };

const schedules = {
  newInstance: DELIVERY,
  upgrade: DELIVERY,
  refreshInstance: UPKEEP,
  expireInstance: UPKEEP,
  releaseInstance: UPKEEP,
  instanceStatus: UPKEEP,
  queryInstance: CALLED_ONCE_V1,
};

/** `cn-old` is what older pages of the China site tell: deliveries hourly. */
export const CALL_SCHEDULES_V1: {
  readonly [profile in 'default' | 'cn-old']: { readonly [A in ActivityV1]: CallScheduleV1 };
} = {
  default: schedules,
  'cn-old': { ...schedules, newInstance: HOURLY_DELIVERY, upgrade: HOURLY_DELIVERY },
};

/** An answer that takes longer counts as none; the seller's own budget is 5 s (`saas-v1.md` 7). */
export const CALL_TIMEOUT_MS_V1 = 20_000;
