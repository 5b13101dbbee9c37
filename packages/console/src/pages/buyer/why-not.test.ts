import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { describe, expect, it } from 'vitest';
import { allowed, no, sampleServices } from '../../../dev/services.ts';
import { type LifeAction, lifeActions, shownActions, whyNot } from './why-not.ts';

/** The fake API's services: one in each state. */
const known = new Map(sampleServices().map(({ instance, life }) => [instance.resourceId, { instance, ...life }]));

function subscription(id: string): SubscriptionView {
  const found = known.get(id);
  if (found === undefined) throw new Error(`no sample ${id}`);
  return found;
}

const keyOf = (action: LifeAction, of: SubscriptionView): string | null => {
  const reason = whyNot(action, of, true);
  return reason === null ? null : 'key' in reason ? reason.key : `rule ${reason.rule}`;
};

describe('whyNot', () => {
  it.each([
    ['res-soon', 'renew', null],
    ['res-soon', 'unsubscribe', 'noRefund'],
    ['res-auto', 'renewWithChange', 'rule from30Days'],
    ['res-trial', 'renew', 'trial'],
    ['res-trial', 'convert', null],
    ['res-froz', 'renew', null],
    ['res-froz', 'change', 'frozen'],
    ['res-chng', 'renew', 'openOrder'],
    ['res-viol', 'renew', 'violation'],
    ['res-prov', 'unsubscribe', 'provisioning'],
    ['res-gone', 'renew', 'over'],
    ['res-once', 'change', 'notPeriodic'],
    ['res-soon', 'cancelRenewal', 'nothingAhead'],
    ['res-ahead', 'cancelRenewal', null],
    ['res-quota', 'autoRenew', 'notAutomatic'],
  ] as const)('%s: %s → %s', (id, action, expected) => {
    expect(keyOf(action, subscription(id))).toBe(expected);
  });

  it('names the right of the reader first', () => {
    expect(whyNot('renew', subscription('res-soon'), false)).toEqual({ key: 'role' });
  });

  it('names the rule of the API where it is known, and says a plain no without one', () => {
    const service = subscription('res-soon');
    const refused = (message: string | null) => ({
      ...service,
      options: { ...service.options, change: { ...no('X', ''), message } },
    });
    expect(keyOf('change', refused('7.9: refund application RF1 is open'))).toBe('rule openRefund');
    expect(keyOf('change', refused(null))).toBe('notNow');
  });

  it('knows that a change needs something to change to', () => {
    expect(keyOf('change', { ...subscription('res-soon'), changeTargets: [] })).toBe('noTarget');
  });

  it('never explains what is allowed', () => {
    const service = subscription('res-chng');
    for (const action of lifeActions) {
      const open = { ...service, options: { ...service.options, [action]: allowed } };
      expect(whyNot(action, open, true)).toBeNull();
    }
  });
});

describe('shownActions', () => {
  it('offers conversion for trials and cancelling for what was renewed ahead', () => {
    expect(shownActions(subscription('res-trial'))).toContain('convert');
    expect(shownActions(subscription('res-soon'))).not.toContain('convert');
    expect(shownActions(subscription('res-ahead'))).toContain('cancelRenewal');
    expect(shownActions(subscription('res-soon'))).not.toContain('cancelRenewal');
  });
});
