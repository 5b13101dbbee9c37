import { describe, expect, it } from 'vitest';
import { endIfPaid, firstAttemptAt } from './first-attempt.ts';

describe('firstAttemptAt (B-63)', () => {
  it.each([
    // expiry 24 Dec 23:59:59 in GMT+8 → 17 Dec 03:00 in GMT+8
    ['2026-12-24T15:59:59Z', '2026-11-24T06:05:09Z', '2026-12-16T19:00:00.000Z'],
    // expiry 00:30 in GMT+8 counts as its own day there, not the day before in UTC
    ['2026-12-23T16:30:00Z', '2026-11-24T06:05:09Z', '2026-12-16T19:00:00.000Z'],
    // less than seven days left: the next 03:00
    ['2026-11-27T06:00:00Z', '2026-11-24T06:05:09Z', '2026-11-24T19:00:00.000Z'],
    ['2026-11-27T06:00:00Z', '2026-11-23T18:59:00Z', '2026-11-23T19:00:00.000Z'],
  ])('an expiry at %s seen at %s → %s', (expireAt, now, expected) => {
    expect(firstAttemptAt(expireAt, now)).toBe(expected);
  });
});

describe('endIfPaid (C19a)', () => {
  it.each([
    // published: created 2022-07-26 06:47:36 UTC, one year
    ['2022-07-26T06:47:36Z', 'year', 1, 'CN', '2023-07-26T15:59:59.000Z'],
    // the day is that of the site: already 1 February in Beijing
    ['2026-01-31T17:00:00Z', 'month', 1, 'INTL', '2026-03-01T15:59:59.000Z'],
    ['2026-01-31T10:00:00Z', 'month', 1, 'CN', '2026-02-28T15:59:59.000Z'],
    ['2026-11-30T10:00:00Z', 'month', 14, 'CN', '2028-01-30T15:59:59.000Z'],
    // winter and summer time
    ['2026-01-15T10:00:00Z', 'month', 1, 'EU', '2026-02-15T23:59:59.000Z'],
    ['2026-01-15T10:00:00Z', 'month', 6, 'EU', '2026-07-15T22:59:59.000Z'],
  ] as const)('paid at %s for %s × %i on %s → %s', (now, type, count, site, expected) => {
    expect(endIfPaid(now, type, count, site)).toBe(expected);
  });
});
