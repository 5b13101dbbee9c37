import { describe, expect, it } from 'vitest';
import { firstAttemptAt } from './first-attempt.ts';

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
