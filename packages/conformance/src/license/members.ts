/** The members of License requests on throw-away orders (license-and-other-types.md 3.2, 3.4, 4.5, 5). */
import { formatLicenseTime, formatUtc14 } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { daysFromNow, freshId } from '../saas-v1/parameters.ts';
import type { Members } from './calls.ts';

const DAY_MS = 86_400_000;

/** How a licence is bought: the parameters differ, and a seller need not sell every way (L3). */
export type Term = 'one-time' | 'year' | 'month';

/** A purchase as the marketplace sends it, with the quantity attribute (L13). */
export function purchase(session: Session, term: Term, more: Members = {}): Members {
  return {
    activity: 'getLicense',
    amount: '30',
    businessId: session.uuid(),
    customerId: freshId(session),
    customerName: 'jishi-conformance',
    orderId: freshId(session),
    productId: 'OFFI000000000000000003',
    skuCode: session.uuid(),
    ...termMembers(session, term),
    ...more,
  };
}

/** chargingMode is not sent for yearly and monthly (3.2, Q3). */
function termMembers(session: Session, term: Term): Members {
  if (term === 'one-time') return { chargingMode: '3' };
  const days = term === 'year' ? 365 : 31;
  return { expireTime: daysFromNow(session, days), periodNumber: '1', periodType: term };
}

/** The same order as the marketplace sends it again: another businessId (L11). */
export function again(session: Session, order: Members): Members {
  return { ...order, businessId: session.uuid() };
}

/** The renewal has an order of its own: the licence is found by its instanceId. */
export function renewal(session: Session, instanceId: string, more: Members = {}): Members {
  const period = { periodNumber: '1', periodType: 'year' };
  return { activity: 'refreshLicense', ...renewedTo(session, 730), instanceId, ...period, ...more };
}

export function expiry(instanceId: string, orderId: string): Members {
  return { activity: 'expireLicense', instanceId, orderId };
}

export function release(instanceId: string, orderId: string): Members {
  return { activity: 'releaseLicense', instanceId, orderId };
}

/** A code in the form of the marketplace's own, PL and 30 characters of base 32 (Q6), that nobody has. */
export function freshCode(session: Session): string {
  return `PLTEST${session
    .randomText(26)
    .toUpperCase()
    .replace(/[0189]/g, 'Z')}`;
}

export function codeRenewal(
  session: Session,
  license: string,
  scene: 'RENEWAL' | 'UNSUBSCRIBE_RENEWAL_PERIOD' = 'RENEWAL',
): Members {
  const { orderId, expireTime } = renewedTo(session, scene === 'RENEWAL' ? 730 : 365);
  return { activity: 'refreshLicenseCode', license, scene, orderId, orderLineId: `${orderId}-000001`, expireTime };
}

export function codeStatus(license: string, status: 'FREEZE' | 'UNFREEZE'): Members {
  return { activity: 'updateLicenseCodeStatus', license, status };
}

/** With the refund order where a refund is the cause. */
export function codeRelease(session: Session, license: string, cause: 'refund' | 'expiry'): Members {
  const orderId = freshId(session);
  const refund = cause === 'refund' ? { orderId, orderLineId: `${orderId}-000001` } : {};
  return { activity: 'releaseLicenseCode', license, ...refund };
}

/** Online provisioning: an order line (saas-v2.md 5.1). */
export function order(session: Session): Members {
  const orderId = freshId(session);
  return { activity: 'newInstance', orderId, orderLineId: `${orderId}-000001`, businessId: session.uuid() };
}

/** An application that lacks nothing: a period well inside the first year of the order, and a machine. */
export function application(session: Session, instanceId: string, more: Members = {}): Members {
  return {
    activity: 'getLicenseAsync',
    instanceId,
    effectiveTime: formatLicenseTime(new Date(session.now())),
    expireTime: formatLicenseTime(new Date(session.now() + 30 * DAY_MS)),
    eventId: session.uuid(),
    deviceFingerprint: session.randomText(64),
    ...more,
  };
}

export function without(members: Members, ...names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

function renewedTo(session: Session, days: number) {
  return { orderId: freshId(session), expireTime: formatUtc14(new Date(session.now() + days * DAY_MS)) };
}
