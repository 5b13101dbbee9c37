import type { SubscriptionView } from '@jishi/marketplace/console-api';

/**
 * What happens to a running service if nobody does anything, as the name of a sentence and the moments in it
 * (console.md: what comes next, by when). Rules: settlement.md 7.5, consoles-and-processes.md B-53, B-62, B-63.
 */
export type WhatNext =
  | { readonly key: 'autoRenew' | 'autoRetry'; readonly at: string; readonly end: string }
  | { readonly key: 'ends' | 'notRenewed'; readonly end: string; readonly freeze: string; readonly release: string }
  | { readonly key: 'trialEnds'; readonly end: string; readonly release: string }
  | { readonly key: 'grace'; readonly freeze: string; readonly release: string }
  | { readonly key: 'frozen'; readonly release: string }
  | { readonly key: 'endsAt'; readonly end: string }
  | { readonly key: 'violation'; readonly reason: string }
  | { readonly key: 'noEnd' }
  | { readonly key: 'state' };

/** The sentence for this subscription. `state` = the state's own explanation says it all. */
export function whatNext(subscription: SubscriptionView): WhatNext {
  const { instance, expiryPolicy, freezeAt, releaseAt, autoRenewAt, violation, trial, renewalPrices } = subscription;
  const end = instance.expireAt;
  switch (instance.state) {
    case 'VIOLATION_FROZEN':
      return violation === null ? { key: 'state' } : { key: 'violation', reason: violation.reason };
    case 'FROZEN':
      return releaseAt === null ? { key: 'state' } : { key: 'frozen', release: releaseAt };
    case 'GRACE':
      if (expiryPolicy === 'AUTO' && autoRenewAt !== null && freezeAt !== null)
        return { key: 'autoRetry', at: autoRenewAt, end: freezeAt };
      return freezeAt === null || releaseAt === null
        ? { key: 'state' }
        : { key: 'grace', freeze: freezeAt, release: releaseAt };
    case 'TRIAL':
    case 'ACTIVE':
    case 'CHANGING': {
      if (end === null) return { key: 'noEnd' };
      if (trial) return releaseAt === null ? { key: 'endsAt', end } : { key: 'trialEnds', end, release: releaseAt };
      if (expiryPolicy === 'AUTO' && autoRenewAt !== null) return { key: 'autoRenew', at: autoRenewAt, end };
      if (freezeAt === null || releaseAt === null) return { key: 'endsAt', end };
      // what has no price for a further period (a package) is not renewed, whatever its customer wants
      const key = expiryPolicy === 'NONE' || renewalPrices.length === 0 ? 'notRenewed' : 'ends';
      return { key, end, freeze: freezeAt, release: releaseAt };
    }
    default:
      return { key: 'state' };
  }
}

/** Whole days from `now` to `end`, as people count them: the last day has 1 left; null once it is over. */
export function daysLeft(end: string, now: string): number | null {
  const ms = Date.parse(end) - Date.parse(now);
  return ms <= 0 ? null : Math.ceil(ms / 86_400_000);
}
