import { describe, expect, it } from 'vitest';
import { sampleServices } from '../../../dev/services.ts';
import { daysLeft, whatNext } from './what-next.ts';

/** The fake API's services: one in each state. */
const known = new Map(sampleServices().map(({ instance, life }) => [instance.resourceId, { instance, ...life }]));

describe('whatNext', () => {
  it.each([
    ['res-soon', 'ends'],
    ['res-auto', 'autoRenew'],
    ['res-none', 'notRenewed'],
    ['res-trial', 'trialEnds'],
    ['res-grace', 'grace'],
    ['res-retry', 'autoRetry'],
    ['res-froz', 'frozen'],
    ['res-viol', 'violation'],
    ['res-prov', 'state'],
    ['res-gone', 'state'],
    ['res-once', 'noEnd'],
  ] as const)('%s → %s', (id, expected) => {
    const service = known.get(id);
    expect(service && whatNext(service).key).toBe(expected);
  });

  it('carries the moments of the sentence', () => {
    const service = known.get('res-none');
    expect(service && whatNext(service)).toEqual({
      key: 'notRenewed',
      end: service?.instance.expireAt,
      freeze: service?.freezeAt,
      release: service?.releaseAt,
    });
  });

  it('asks nobody to renew what has no price for a further period', () => {
    const service = known.get('res-soon');
    expect(service && whatNext({ ...service, renewalPrices: [] }).key).toBe('notRenewed');
  });

  it('says only the end while the rest is not known', () => {
    const service = known.get('res-soon');
    expect(service && whatNext({ ...service, freezeAt: null }).key).toBe('endsAt');
  });
});

describe('daysLeft', () => {
  it.each([
    ['2026-11-25T06:00:00Z', 1],
    ['2026-11-24T06:00:01Z', 1],
    ['2026-11-25T06:00:01Z', 2],
    ['2026-11-24T06:00:00Z', null],
    ['2026-11-20T06:00:00Z', null],
  ])('until %s → %s', (end, expected) => {
    expect(daysLeft(end, '2026-11-24T06:00:00Z')).toBe(expected);
  });
});
