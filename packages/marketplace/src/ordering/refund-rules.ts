/** Which refund a resource or a renewal may have (settlement.md 7.1, 7.2). Pure; the caller brings the facts. */
import { Temporal } from 'temporal-polyfill';
import type { AccessType, ChargingMode } from '../catalog/index.ts';
import { decimal, type Money } from '../platform/money.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { SITES, type Site } from '../platform/site.ts';
import { type Consumption, restOf } from './late-refund.ts';
import { REFUNDS_A_YEAR, type RefundKind } from './refund-model.ts';

export interface RefundFacts {
  readonly site: Site;
  readonly accessType: AccessType;
  readonly chargingMode: ChargingMode;
  readonly trial: boolean;
  readonly supervised: boolean;
  /** service supervision is complete: the guarantee period is over (S7-1) */
  readonly supervisionCompleted: boolean;
  /** B-95: an authorisation code was claimed or activated */
  readonly codePickedUp: boolean;
  /** when the resource was opened for good (a converted trial: its conversion); null = not yet */
  readonly activatedAt: Date | null;
  readonly expireAt: Date | null;
  /** what is to be given back: the whole resource, or its last renewal only */
  readonly subject: 'RESOURCE' | 'RENEWAL';
  /** begin of the last renewal that was paid and not given back; null = none */
  readonly renewalFrom: Date | null;
  /** self-service refunds that the account has left this year (S7-3) */
  readonly quotaLeft: number;
}

export interface RefundPath {
  readonly kind: RefundKind;
  /** self-service, or the seller decides */
  readonly decidedBy: 'SELF' | 'SELLER';
  readonly usesQuota: boolean;
  /** exclusive end of the right; null = none is known */
  readonly until: Date | null;
}

/** S7-2: to the second, exclusive */
export const FIVE_DAYS_MS = 5 * 24 * 3_600_000;

/**
 * The one way that is open, or REFUND_NOT_ALLOWED with the rule in its message. A renewal that is not in effect goes
 * first: while there is one the resource as a whole is not given back.
 */
export function refundPath(facts: RefundFacts, now: Date): Result<RefundPath> {
  return facts.subject === 'RENEWAL' ? renewalPath(facts, now) : resourcePath(facts, now);
}

const no = (text: string, more?: Record<string, string>) => refuse('REFUND_NOT_ALLOWED', text, more);

/** S7-5: before it is in effect, in full, without quota (S7-3). */
function renewalPath({ renewalFrom }: RefundFacts, now: Date): Result<RefundPath> {
  if (renewalFrom === null) return no('S7-8: there is no renewal to give back');
  if (renewalFrom <= now) return no('S7-8: a renewal that is in effect is not refunded');
  return ok({ kind: 'RENEWAL', decidedBy: 'SELF', usesQuota: false, until: renewalFrom });
}

/** API, AI assets, containers, content (settlement.md 7.2) */
const NEVER_REFUNDED: readonly AccessType[] = ['API', 'AI', 'CONTAINER', 'CONTENT'];

function resourcePath(facts: RefundFacts, now: Date): Result<RefundPath> {
  const { expireAt, renewalFrom, supervised } = facts;
  if (facts.trial) return no('S7-8: trial orders are not refunded');
  if (NEVER_REFUNDED.includes(facts.accessType))
    return no('S7-8: what is handed over at once is not refunded (settlement.md 7.2)');
  if (facts.chargingMode === 'ON_DEMAND') return no('S7-8: pay-per-use is not refunded (settlement.md 7.2)');
  if (facts.chargingMode === 'ON_DEMAND_PKG') return no('S7-8: packages are not refunded (settlement.md 7.2, C31)');
  if (expireAt && expireAt <= now) return no('S7-8: what has expired is not refunded');
  if (renewalFrom && renewalFrom > now)
    return no('S7-5: the renewal that is not in effect yet is given back first', { from: renewalFrom.toISOString() });
  if (renewalFrom) return no('S7-8: renewals in effect are not refunded');
  return supervised ? negotiatedPath(facts) : selfServicePath(facts, now);
}

/** S7-1: in the guarantee period the seller decides. */
function negotiatedPath({ supervisionCompleted, codePickedUp }: RefundFacts): Result<RefundPath> {
  if (codePickedUp) return no('S7-8, B-95: once the authorisation code was picked up nothing is refunded');
  if (supervisionCompleted) return no('S7-1: the guarantee period has ended with the service supervision');
  return ok({ kind: 'NEGOTIATED', decidedBy: 'SELLER', usesQuota: false, until: null });
}

/**
 * B-83a, T-9: who said nothing of what is needed within a month of the payment can not demand all of it back; a part can
 * be agreed on. That material was missing or demands were added nobody can tell from the flow.
 * @param submittedAt null = the requirement is still waited for
 */
export function losesFullRefund(paidAt: Date, submittedAt: Date | null, site: Site, now: Date): boolean {
  const paid = Temporal.Instant.fromEpochMilliseconds(paidAt.getTime()).toZonedDateTimeISO(SITES[site].timeZone);
  return (submittedAt ?? now).getTime() > paid.add({ months: 1 }).epochMilliseconds;
}

function selfServicePath(facts: RefundFacts, now: Date): Result<RefundPath> {
  const { site, accessType, chargingMode, activatedAt, quotaLeft } = facts;
  if (chargingMode === 'ONE_TIME')
    return no('S7-8: an unsupervised one-time purchase is not refunded (settlement.md 7.2)');
  if (site !== 'CN')
    return accessType === 'IMAGE'
      ? no(
          'S7-8: on this site an image is refunded by the rules of the cloud, which name no amounts (settlement.md 7.2)',
        )
      : no('S7-8: unsupervised SaaS is not refunded on this site (settlement.md 7.2)');
  if (activatedAt === null)
    return no('S7-7: the resource is being opened; if that fails the order is refunded by itself');
  const until = new Date(activatedAt.getTime() + FIVE_DAYS_MS);
  const over =
    now >= until
      ? no('S7-2: the 5 days have ended', { until: until.toISOString() })
      : quotaLeft <= 0
        ? no(`S7-3: all ${REFUNDS_A_YEAR} refunds of this year are used`)
        : null;
  if (over === null) return ok({ kind: 'FIVE_DAY', decidedBy: 'SELF', usesQuota: true, until });
  // S7-12: an image may be given back until it expires; what its time has cost so far is kept
  return accessType === 'IMAGE' && facts.expireAt !== null
    ? ok({ kind: 'LATE', decidedBy: 'SELF', usesQuota: false, until: facts.expireAt })
    : over;
}

/**
 * S7-8, looked at again when an application is agreed to, which may be days after it was made: nothing is given back that
 * came into effect or expired meanwhile. The text is for people, in both languages. @returns null = it may be executed
 */
export function tooLate(
  kind: RefundKind,
  all: readonly { readonly effectiveFrom: Date | null; readonly expireAt: Date | null; readonly state?: string }[],
  now: Date,
): string | null {
  // the time of what is still supervised has not begun (S2-13)
  const lines = all.filter(({ state }) => state !== 'SUPERVISING');
  if (kind === 'RENEWAL' && lines.some(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom <= now))
    return 'S7-8：续费已在审核期间生效，不能退款。The renewal came into effect before this was decided; it is not refunded.';
  if (lines.some(({ expireAt }) => expireAt !== null && expireAt <= now))
    return 'S7-8：服务已在审核期间到期，不能退款。The service expired before this was decided; it is not refunded.';
  return null;
}

/**
 * S7-11: a negotiated amount is more than nothing and at most what was paid. S7-12: of a late one it is what is not
 * consumed, if anything. Every other refund is in full.
 * @param consumption of a LATE one
 */
export function amountFault(
  kind: RefundKind,
  amount: Money,
  paid: Money,
  consumption: Consumption | null = null,
): Result<never> | null {
  const [asked, most] = [decimal(amount.amount), decimal(paid.amount)];
  const facts = { amount: amount.amount, paid: paid.amount, currency: paid.currency };
  if (amount.currency !== paid.currency) return no('S7-11: the refund is in the currency of the payment', facts);
  if ((kind === 'LATE') !== (consumption !== null))
    throw new Error(`a ${kind} refund ${consumption === null ? 'needs' : 'has no'} consumption`);
  if (consumption !== null) {
    const rest = restOf(paid, consumption);
    if (!decimal(rest.amount).isPositive() || decimal(rest.amount).isZero())
      return no('S7-12: all that was paid is consumed, nothing would come back', facts);
    return asked.equals(rest.amount)
      ? null
      : no('S7-12: the refund is what was paid less what was consumed', { ...facts, rest: rest.amount });
  }
  if (kind !== 'NEGOTIATED')
    return asked.equals(most) ? null : no('S7-5: a self-service refund is the full payment', facts);
  if (asked.decimalPlaces() > 2 || !asked.isPositive() || asked.isZero() || asked.greaterThan(most))
    return no('S7-11: the amount must be more than 0 and at most what was paid', facts);
  return null;
}
