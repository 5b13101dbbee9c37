import { describe, expect, it } from 'vitest';
import { ruleKeyOf } from './rule-key.ts';

describe('ruleKeyOf', () => {
  it.each([
    ['7.9: refund application RF1 is open', 'openRefund'],
    ['B-70c: order CS1 changes it at its expiry already', 'changePending'],
    ['B-70c: order CS1 of this instance has to end first', 'openOrder'],
    ['B-70c: an instance that is FROZEN is not changed', 'notRunning'],
    ['B-52: a trial is converted, not renewed', 'trial'],
    ['B-61: a trial does not renew itself', 'trial'],
    ['C25: a trial is not changed; it is converted first', 'trial'],
    ['B-52: only a trial is converted, this is ACTIVE', 'onlyTrial'],
    ['C27: only subscriptions by month or year are renewed', 'notPeriodic'],
    ['C25: only yearly and monthly subscriptions are changed', 'notPeriodic'],
    ['C29: the product is withdrawn', 'withdrawn'],
    ['B-70a: a renewal with change is possible from 30 days before expiry', 'from30Days'],
    ['B-70a: a renewal with change needs protocol SaaS V2.0', 'onlyV2'],
    ['C26: the target is cheaper than what the subscription has', 'cheaper'],
    ['C26: the target is not on sale', 'targetGone'],
    ['S5-20: the order is invoiced; the invoice is returned first', 'invoiced'],
    ['S7-8: trial orders are not refunded', 'refundTrial'],
    ['S7-2: the 5 days have ended', 'fiveDaysOver'],
    ['S7-3: all 10 refunds of this year are used', 'quota'],
    ['S7-5: the renewal that is not in effect yet is given back first', 'renewalFirst'],
    ['S7-8: a renewal that is in effect is not refunded', 'renewalInEffect'],
    ['S7-8: packages are not refunded (settlement.md 7.2, C31)', 'typeNotRefunded'],
    ['S7-12: all that was paid is consumed, nothing would come back', 'allConsumed'],
    ['S7-1: this instance is refunded as LATE, not as FIVE_DAY', 'otherRefund'],
    ['S7-8: on this site an image is refunded by the rules of the cloud (settlement.md 7.2)', 'imageAbroad'],
    ['B-83a: no requirement came within a month of the payment', 'partOnly'],
    ['something new', null],
  ])('%s → %s', (message, expected) => {
    expect(ruleKeyOf(message)).toBe(expected);
  });
});
