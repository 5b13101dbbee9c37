import { describe, expect, it } from 'vitest';
import { RESULT_CODES } from '../saas-v2/result-codes.ts';
import { CALL_SCHEDULES_V1, CALLED_ONCE_V1, type CallScheduleV1 } from './call-schedule.ts';
import { ACTIVITIES_V1 } from './requests.ts';

/** The defaults of saas-v1.md 7 and the result codes of 9, row by row. */

const MINUTE = 60_000;

describe('CALL_SCHEDULES_V1', () => {
  it.each([
    ['newInstance', 180, 3, 61, 'fail-line'],
    ['upgrade', 180, 3, 61, 'fail-line'],
    ['refreshInstance', 60, 1, 61, 'stop'],
    ['expireInstance', 60, 1, 61, 'stop'],
    ['releaseInstance', 60, 1, 61, 'stop'],
    ['instanceStatus', 60, 1, 61, 'stop'],
    ['queryInstance', 0, 1, 1, 'stop'],
  ] as const)('%s: %i min, every %i min, %i attempts, then %s', (activity, window, interval, attempts, whenOver) => {
    const schedule = CALL_SCHEDULES_V1.default[activity];
    expect(schedule).toEqual({ windowMs: window * MINUTE, intervalMs: interval * MINUTE, whenOver });
    expect(attemptsOf(schedule)).toBe(attempts);
  });

  it('has every activity', () => {
    expect(Object.keys(CALL_SCHEDULES_V1.default).sort()).toEqual(ACTIVITIES_V1.toSorted());
  });

  it('calls hourly in the profile of older pages of China, deliveries only', () => {
    const { default: usual, 'cn-old': old } = CALL_SCHEDULES_V1;
    expect([attemptsOf(old.newInstance), attemptsOf(old.upgrade)]).toEqual([4, 4]);
    expect({ ...old, newInstance: usual.newInstance, upgrade: usual.upgrade }).toEqual(usual);
    expect(attemptsOf(CALLED_ONCE_V1)).toBe(1);
  });
});

it('V1.0 has the result codes of V2.0 (saas-v1.md 9)', () => {
  const table = '000000 000001 000002 000003 000004 000005 000100 000101 000102 000103 000104 000105 000106 000107';
  expect(Object.keys(RESULT_CODES).sort()).toEqual(table.split(' '));
});

function attemptsOf({ windowMs, intervalMs }: CallScheduleV1): number {
  return Math.floor(windowMs / intervalMs) + 1;
}
