/** How often and how long a call goes on: W / i + 1 planned attempts, the last at t + W, never two at once (saas-v2.md 9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallPolicy, CN_OLD, nextAttempt, ONCE, policyOf, type Schedule, windowEnd } from './policy.ts';

const START = new Date('2026-01-05T02:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const policy = (windowMs: number, intervalMs: number): CallPolicy => ({ windowMs, intervalMs, whenOver: 'stop' });

/** Plays a call that never succeeds. @returns when each attempt began, in ms from the start */
function play(
  given: CallPolicy,
  durationOf: (attempt: number) => number,
  delayOf: (attempt: number) => number,
): number[] {
  const starts: number[] = [];
  let next: { dueAt: Date; schedule: Schedule } | null = { dueAt: START, schedule: { anchor: START, slot: 0 } };
  while (next !== null) {
    const startedAt = new Date(next.dueAt.getTime() + delayOf(starts.length));
    const finishedAt = new Date(startedAt.getTime() + durationOf(starts.length));
    starts.push(startedAt.getTime() - START.getTime());
    if (starts.length > 10_000) throw new Error('the window never ends');
    next = nextAttempt(given, next.schedule, startedAt, finishedAt);
  }
  return starts;
}
const at = (...minutes: number[]) => minutes.map((each) => each * MINUTE);
const none = () => 0;

describe('the window', () => {
  it('of newInstance is four attempts in three hours, of queryInstance one every two minutes, then the line fails', () => {
    const [create, query] = ['newInstance', 'queryInstance'].map((activity) => policyOf('saas-v2', activity, {}));
    expect(create && play(create, none, none)).toEqual(at(0, 60, 120, 180));
    expect(query && play(query, none, none)).toEqual(Array.from({ length: 91 }, (_, slot) => slot * 2 * MINUTE));
    expect([create?.whenOver, query?.whenOver]).toEqual(['fail-line', 'fail-line']);
  });

  it('of V2.0 is an hour, every minute, for renewals, freezing and release; then a person is asked', () => {
    for (const activity of ['refreshInstance', 'updateInstanceStatus', 'releaseInstance'])
      expect(policyOf('saas-v2', activity, {})).toEqual({ windowMs: HOUR, intervalMs: MINUTE, whenOver: 'stop' });
    expect(policyOf('saas-v2', 'upgradeInstance', {})).toEqual(policyOf('saas-v2', 'newInstance', {}));
    expect(policyOf('saas-v2', 'orderNotify', {})).toEqual({ windowMs: 3 * HOUR, intervalMs: HOUR, whenOver: 'stop' });
  });

  it('of V1.0 is three hours every 3 minutes, or an hour every minute; older pages of the China site say hourly', () => {
    const delivery = { windowMs: 3 * HOUR, intervalMs: 3 * MINUTE, whenOver: 'fail-line' };
    for (const activity of ['newInstance', 'upgrade']) {
      expect(policyOf('saas-v1', activity, {})).toEqual(delivery);
      expect(policyOf('saas-v1', activity, CN_OLD)).toEqual({ ...delivery, intervalMs: HOUR });
    }
    for (const activity of ['refreshInstance', 'expireInstance', 'instanceStatus', 'releaseInstance'])
      expect(policyOf('saas-v1', activity, CN_OLD)).toEqual({ windowMs: HOUR, intervalMs: MINUTE, whenOver: 'stop' });
  });

  it('of 1 h every minute has 61 attempts; a call made once has one', () => {
    expect(play(policy(HOUR, MINUTE), none, none)).toHaveLength(61);
    expect(play(ONCE, none, none)).toEqual([0]);
  });

  it.each([
    ['license-identification', 'getLicense', 4, 180, 'stop'],
    ['license-identification', 'refreshLicense', 1, 0, 'stop'],
    ['license-identification', 'expireLicense', 1, 0, 'stop'],
    ['license-identification', 'releaseLicense', 1, 0, 'stop'],
    ['license-code', 'refreshLicenseCode', 61, 120, 'stop'],
    ['license-code', 'updateLicenseCodeStatus', 61, 120, 'stop'],
    ['license-code', 'releaseLicenseCode', 61, 120, 'stop'],
    ['license-provisioning', 'newInstance', 61, 120, 'fail-line'],
    ['license-provisioning', 'queryInstance', 61, 120, 'stop'],
    ['license-provisioning', 'getLicenseAsync', 61, 120, 'stop'],
  ])(
    'of %s %s makes %i attempts in %i minutes and then: %s (license-and-other-types.md 3.5, 4.5, 5)',
    (protocol, activity, attempts, minutes, whenOver) => {
      const given = policyOf(protocol, activity, {});
      const starts = play(given, none, none);
      expect([starts.length, starts.at(-1)]).toEqual([attempts, minutes * MINUTE]);
      expect(given.whenOver).toBe(whenOver);
    },
  );

  it('can be configured, whole or in part of the activities', () => {
    const overrides = { 'saas-v2': { newInstance: { windowMs: 3_000, intervalMs: 1_000 } } };
    expect(policyOf('saas-v2', 'newInstance', overrides)).toEqual({
      windowMs: 3_000,
      intervalMs: 1_000,
      whenOver: 'fail-line',
    });
    expect(policyOf('saas-v2', 'queryInstance', overrides).windowMs).toBe(3 * HOUR);
    expect(() => policyOf('saas-v2', 'nonsense', {})).toThrow(/no call policy/);
  });

  it('ends before an interval that does not fit into it', () => {
    expect(play(policy(150 * MINUTE, HOUR), none, none)).toEqual(at(0, 60, 120));
  });

  it('delays the next attempt when one outlasts its interval', () => {
    expect(play(policy(4 * MINUTE, MINUTE), (attempt) => (attempt === 0 ? 90_000 : 0), none)).toEqual([
      0,
      90_000,
      ...at(2, 3, 4),
    ]);
  });

  it('moves by the time that the marketplace was down: the seller gets all its attempts', () => {
    const down = (attempt: number) => (attempt === 2 ? 5 * HOUR : 0);
    expect(play(policy(3 * HOUR, HOUR), none, down)).toEqual([0, HOUR, 7 * HOUR, 8 * HOUR]);
    expect(play(policy(3 * HOUR, HOUR), none, (attempt) => (attempt === 0 ? 5 * HOUR : 0))).toEqual(
      [5, 6, 7, 8].map((hour) => hour * HOUR),
    );
  });

  it('does not move for a small lateness', () => {
    expect(play(policy(3 * HOUR, HOUR), none, () => 10 * MINUTE)).toEqual(at(10, 70, 130, 190));
    expect(windowEnd(policy(3 * HOUR, HOUR), START)).toEqual(new Date('2026-01-05T05:00:00Z'));
  });
});

describe('for any policy, durations and delays', () => {
  const times = fc.array(fc.integer({ min: 0, max: 4 * HOUR }), { minLength: 64, maxLength: 64 });
  const policies = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: HOUR }), fc.nat(HOUR))
    .map(([slots, interval, rest]) => policy(slots * interval + (rest % interval), interval));

  it('there are W / i + 1 attempts, never earlier than planned, never overlapping', () => {
    fc.assert(
      fc.property(policies, times, times, (given, durations, delays) => {
        const durationOf = (attempt: number) => durations[attempt] ?? 0;
        const starts = play(given, durationOf, (attempt) => delays[attempt] ?? 0);
        expect(starts).toHaveLength(Math.floor(given.windowMs / given.intervalMs) + 1);
        for (const [attempt, start] of starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(attempt * given.intervalMs);
          const before = starts[attempt - 1];
          if (before !== undefined) expect(start).toBeGreaterThanOrEqual(before + durationOf(attempt - 1));
        }
      }),
    );
  });

  it('without delays every attempt is exactly in its place', () => {
    fc.assert(
      fc.property(policies, (given) => {
        for (const [attempt, start] of play(given, none, none).entries())
          expect(start).toBe(attempt * given.intervalMs);
      }),
    );
  });
});
