/** When supervision acts: failing days in a row, the afternoon that freezes, the sixth failed order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failingDays, mustFlag, mustFreeze } from './model.ts';

const round = (day: string, hour: number, passed: boolean) => ({
  day: `2026-01-${day}`,
  finishedAt: new Date(`2026-01-${day}T${String(hour).padStart(2, '0')}:00:00Z`),
  passed,
});

describe('failing days in a row', () => {
  it.each([
    ['nothing probed yet', [], 0],
    ['a good day', [round('05', 1, true), round('05', 7, true)], 0],
    ['a failing day', [round('05', 1, false), round('05', 7, false)], 1],
    ['a morning that failed, an afternoon that passed', [round('05', 1, false), round('05', 7, true)], 0],
    ['a morning that passed, an afternoon that failed', [round('05', 1, true), round('05', 7, false)], 1],
    ['repaired by hand in the evening', [round('05', 7, false), round('05', 12, true)], 0],
    ['a good day between', [round('04', 7, false), round('05', 7, true), round('06', 7, false)], 1],
    ['a day without a probe between', [round('04', 7, false), round('06', 7, false)], 2],
    ['five days', ['05', '06', '07', '08', '09'].map((day) => round(day, 7, false)), 5],
  ])('%s', (_, rounds, days) => {
    expect(failingDays(rounds)).toBe(days);
  });

  it('do not depend on the order in which rounds are told', () => {
    const rounds = fc.array(
      fc.record({ day: fc.integer({ min: 10, max: 20 }), hour: fc.integer({ min: 0, max: 23 }), passed: fc.boolean() }),
    );
    fc.assert(
      fc.property(rounds, (list) => {
        const distinct = [...new Map(list.map((each) => [`${each.day} ${each.hour}`, each])).values()];
        const told = distinct.map(({ day, hour, passed }) => round(String(day), hour, passed));
        expect(failingDays(told.toReversed())).toBe(failingDays(told));
      }),
    );
  });
});

it('freezes in the afternoon of the fifth day, not before', () => {
  expect([mustFreeze('AFTERNOON', 4), mustFreeze('MORNING', 5), mustFreeze('MANUAL', 5)]).toEqual([
    false,
    false,
    false,
  ]);
  expect(mustFreeze('AFTERNOON', 5)).toBe(true);
});

it('flags more than five failed orders a month', () => {
  expect([mustFlag(5), mustFlag(6)]).toEqual([false, true]);
});
