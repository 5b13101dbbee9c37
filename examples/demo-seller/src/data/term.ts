/** Until when a tenant may be used and with which plan, as renewals and changes move it. Pure. */
import type { Plan, Tenant } from './tenant.ts';

/** Sets the end, so that a repeat is harmless. */
export const renewed = (tenant: Tenant, endMs: number): Tenant => ({ ...tenant, expiresAtMs: endMs });

/** The new plan begins where the old period ends, which is at once when that has passed (saas-v2.md 5.7). */
export const renewedWithChange = (tenant: Tenant, plan: Plan, endMs: number, nowMs: number): Tenant => ({
  ...tenant,
  nextPlans: [...tenant.nextPlans, { plan, fromMs: tenant.expiresAtMs ?? nowMs }],
  expiresAtMs: endMs,
});

/** A renewal was taken back: the end is the earlier one again, and a plan that was to begin there never does. */
export const setBack = (tenant: Tenant, endMs: number): Tenant => ({
  ...tenant,
  nextPlans: tenant.nextPlans.filter(({ fromMs }) => fromMs < endMs),
  expiresAtMs: endMs,
});

/** A better plan from now on; what was bought for later periods stays. */
export const upgraded = (tenant: Tenant, plan: Plan, nowMs: number): Tenant => ({
  ...tenant,
  plan,
  nextPlans: tenant.nextPlans.filter(({ fromMs }) => fromMs > nowMs),
});
