/** What a call is for, told from its activity; and what follows from its end, as data (issue of the life cycle). */
import type { SellerCall } from './store.ts';

/** Occasions; together with resource and activity they are the identity of a call. */
export const CREATE = 'create';
const ANSWERED_AT_ONCE = /^(view|check|kit):/;
const COMPARE = /^compare:/;

/**
 * What a call's end brings about:
 * - `accepted`: the seller's instanceId is told; `ask-access`: queryInstance follows
 * - `named`: the seller's instanceId is told, of a line that waits for its acceptance
 * - `handed-over`: what was made for the buyer, a licence with it, is told; the buyer accepts it
 * - `delivered`: the instance is ready; `line-done`: the order line that caused the call is fulfilled
 * - `line-failed`: that order line is refunded
 * - `call-done`, `call-stopped`: told to whom it concerns
 * - `resolve-older`, `resolve-all`: other open calls need nobody any more
 * - `compared`: what the seller has is told
 */
export type Consequence =
  | 'accepted'
  | 'named'
  | 'handed-over'
  | 'ask-access'
  | 'delivered'
  | 'line-done'
  | 'line-failed'
  | 'call-done'
  | 'call-stopped'
  | 'resolve-older'
  | 'resolve-all'
  | 'compared';

interface FollowUp {
  /** after a success, or after a person did it by hand */
  readonly done: readonly Consequence[];
  /** after the window, or after a person stopped it */
  readonly over: readonly Consequence[];
}

const UPKEEP: FollowUp = { done: ['call-done', 'resolve-older'], over: ['call-stopped'] };
// A renewal holds in the marketplace whatever its call does (consoles-and-processes.md 7.2).
const REFRESH: FollowUp = { done: ['call-done', 'line-done', 'resolve-older'], over: ['call-stopped', 'line-done'] };
const RELEASE: FollowUp = { done: ['call-done', 'line-done', 'resolve-all'], over: ['call-stopped', 'line-done'] };
const UPGRADE: FollowUp = { done: ['call-done', 'line-done', 'resolve-older'], over: ['line-failed'] };
const NOTHING: FollowUp = { done: [], over: [] };
const COMPARISON: FollowUp = { done: ['compared'], over: ['compared'] };

const FOLLOW_UPS: Readonly<Record<string, Readonly<Record<string, FollowUp>>>> = {
  'saas-v2': {
    newInstance: { done: ['accepted', 'ask-access'], over: ['line-failed'] },
    queryInstance: { done: ['delivered', 'line-done'], over: ['line-failed'] },
    refreshInstance: REFRESH,
    updateInstanceStatus: UPKEEP,
    releaseInstance: RELEASE,
    upgradeInstance: UPGRADE,
    orderNotify: NOTHING,
  },
  'saas-v1': {
    // Its answer delivers (saas-v1.md 6.0.1).
    newInstance: { done: ['accepted', 'delivered', 'line-done'], over: ['line-failed'] },
    refreshInstance: REFRESH,
    expireInstance: UPKEEP,
    instanceStatus: UPKEEP,
    releaseInstance: RELEASE,
    upgrade: UPGRADE,
  },
  'license-identification': {
    // Given up, it waits for a restart or for the delivery by hand: nobody is refunded by itself (license-and-other-types.md 3.5).
    getLicense: { done: ['named', 'handed-over', 'delivered', 'line-done'], over: ['call-stopped'] },
    refreshLicense: REFRESH,
    expireLicense: UPKEEP,
    releaseLicense: RELEASE,
  },
  'license-code': {
    refreshLicenseCode: REFRESH,
    updateLicenseCodeStatus: UPKEEP,
    releaseLicenseCode: RELEASE,
  },
  'license-provisioning': {
    newInstance: { done: ['accepted', 'ask-access'], over: ['line-failed'] },
    queryInstance: { done: ['delivered', 'line-done'], over: ['call-stopped'] },
    refreshInstance: REFRESH,
    updateInstanceStatus: UPKEEP,
    releaseInstance: RELEASE,
    getLicenseAsync: { done: [], over: ['call-stopped'] },
  },
};

export function followUpOf(call: SellerCall): FollowUp {
  if (isAnsweredAtOnce(call)) return NOTHING;
  if (COMPARE.test(call.occasion)) return COMPARISON;
  const followUp = FOLLOW_UPS[call.protocol]?.[call.activity];
  if (!followUp) throw new Error(`nothing is known to follow ${call.protocol} ${call.activity}`);
  return call.details?.purpose === 'opening' ? { ...followUp, done: underSupervision(followUp.done) } : followUp;
}

/** What a supervised service was opened with is handed over; its line is fulfilled when the buyer accepts. */
function underSupervision(done: readonly Consequence[]): readonly Consequence[] {
  if (!done.includes('delivered')) return done;
  const rest = done.filter((each) => each !== 'delivered' && each !== 'line-done' && each !== 'handed-over');
  return [...rest, 'handed-over'];
}

/** Activities of which a newer call takes the place of an older one that has not succeeded. */
export const STATUS_ACTIVITIES = [
  'updateInstanceStatus',
  'expireInstance',
  'instanceStatus',
  'expireLicense',
  'updateLicenseCodeStatus',
] as const;
export const isStatus = (call: SellerCall): boolean => STATUS_ACTIVITIES.some((activity) => activity === call.activity);

/** A person waits for the answer, or decides what follows from it (kit, E-22); nobody repeats it. */
export const isAnsweredAtOnce = (call: SellerCall): boolean => ANSWERED_AT_ONCE.test(call.occasion);
/** Made once, whatever comes of it. */
export const isMadeOnce = (call: SellerCall): boolean => isAnsweredAtOnce(call) || COMPARE.test(call.occasion);
