/** Trials end at the end of a day, a unified expiry on its day of the month, and what was known before stays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryAtPayment, trialEnd, unifiedEnd } from './period.ts';

const BEIJING = 'Asia/Shanghai';
const end = (day: string) => new Date(`${day}T23:59:59+08:00`);

describe('a trial', () => {
  it('of 14 days from 5 January 10:00 ends on 19 January at 23:59:59', () => {
    expect(trialEnd(new Date('2026-01-05T10:00:00+08:00'), 14, BEIJING)).toEqual(end('2026-01-19'));
  });
  it('over the change to summer time ends at 23:59:59 of the zone', () => {
    expect(trialEnd(new Date('2026-03-27T12:00:00Z'), 3, 'Europe/Dublin')).toEqual(new Date('2026-03-30T22:59:59Z'));
  });
});

describe('a unified expiry day', () => {
  it.each([
    ['2026-02-05', 5, '2026-02-05'],
    ['2026-02-05', 20, '2026-02-20'],
    ['2026-02-05', 4, '2026-03-04'],
    ['2026-02-05', 31, '2026-02-28'],
    ['2026-01-31', 30, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-01'],
  ])('after %s, day %i, is %s', (from, day, expected) => {
    expect(unifiedEnd(end(from), day, BEIJING)).toEqual(end(expected));
  });

  it('is never earlier and at most a month later', () => {
    const date = fc
      .integer({ min: 0, max: 7_000 })
      .map((days) => new Date(end('2020-01-01').getTime() + days * 86_400_000));
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 31 }), (from, day) => {
        const later = (unifiedEnd(from, day, BEIJING).getTime() - from.getTime()) / 86_400_000;
        expect(later).toBeGreaterThanOrEqual(0);
        expect(later).toBeLessThanOrEqual(32);
      }),
    );
  });
});

describe('the expiry at payment', () => {
  const now = new Date('2026-01-05T10:00:00+08:00');
  const line = { periodType: null, periodNumber: null, expireAt: null, snapshot: { trialDays: null, package: null } };
  const minutes = { quota: '1', unit: { zh: '分', en: 'min' }, resetting: null, stopWhenUsedUp: false };
  it.each([
    ['of a month', { ...line, periodType: 'month' as const, periodNumber: 1 }, 'NEW' as const, end('2026-02-05')],
    ['of a one-time purchase', line, 'NEW' as const, null],
    ['of a trial', { ...line, snapshot: { trialDays: 3, package: null } }, 'TRIAL' as const, end('2026-01-08')],
    [
      'of a package',
      {
        ...line,
        snapshot: { trialDays: null, package: { ...minutes, validity: { type: 'year' as const, number: 2 } } },
      },
      'NEW' as const,
      end('2028-01-05'),
    ],
    [
      'that was known before',
      { ...line, periodType: 'month' as const, periodNumber: 1, expireAt: end('2030-01-01') },
      'RENEW' as const,
      end('2030-01-01'),
    ],
  ])('%s', (_name, given, type, expected) => {
    expect(expiryAtPayment(given, type, 'CN', now)).toEqual(expected);
  });
});
