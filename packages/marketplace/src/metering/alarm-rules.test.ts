/** When a buyer is warned: the rest falls to a percentage or a quantity, once for each time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmOf, DEFAULT_ALARMS, isWatched, levelsReached, newlyReached, thresholdOf } from './alarm-rules.ts';

describe('N-28: the threshold', () => {
  it('is a percentage of the quota or a quantity, of the package before that of the account', () => {
    expect(thresholdOf(alarmOf(undefined, DEFAULT_ALARMS), '10000')).toBe('2000');
    expect(thresholdOf(alarmOf({ kind: 'QUANTITY', value: '12.5' }, DEFAULT_ALARMS), '10000')).toBe('12.5');
    expect(thresholdOf(alarmOf({ kind: 'OFF' }, DEFAULT_ALARMS), '10000')).toBeNull();
    expect(thresholdOf(alarmOf(undefined, { ...DEFAULT_ALARMS, packagePercent: null }), '10000')).toBeNull();
  });

  it('does not exist for packages that reset hourly, daily or weekly', () => {
    const watched = (['hour', 'day', 'week', 'month', null] as const).filter((resetting) => isWatched({ resetting }));
    expect(watched).toEqual(['month', null]);
  });
});

it('N-28: however the rest moves, each fall to a level is told once, and the graver one alone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 30 }), (rests) => {
      let told: ReturnType<typeof levelsReached> = [];
      let before = 100;
      for (const rest of rests) {
        const reached = levelsReached(String(rest), '20');
        const expected = rest === 0 && before > 0 ? 'USED_UP' : rest > 0 && rest <= 20 && before > 20 ? 'LOW' : null;
        expect(newlyReached(reached, told)).toBe(expected);
        [told, before] = [reached, rest];
      }
    }),
  );
});
