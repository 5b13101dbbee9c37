/** A year of the working calendar is checked day by day before it is believed. */
import { describe, expect, it } from 'vitest';
import { CalendarGap, chineseCalendar } from './calendar.ts';
import { checkedYear, daysOf } from './holidays.ts';
import { HOLIDAYS_CN } from './holidays-cn.ts';

const OFF = ['2027-01-01', '2027-02-08', '2027-10-01'];

describe('a year of days', () => {
  it('each year that came with the program passes its own check, there and back', () => {
    for (const [year, special] of Object.entries(HOLIDAYS_CN)) {
      const checked = checkedYear(daysOf(Number(year), special));
      expect(checked).toEqual({ ok: true, value: special });
    }
  });

  it.each([
    ['another year', ['2028-02-08'], []],
    ['not a date', ['2027-02-30'], []],
    ['given twice', ['2027-02-08', '2027-02-08'], []],
    ['a weekend is off anyway', ['2027-02-07'], []],
    ['a weekday is worked anyway', [], ['2027-02-10']],
    ['New Year’s Day is a holiday', [], [], ['2027-10-01']],
  ])('%s: refused, and the day is named', (why, more, worked, off = OFF) => {
    const checked = checkedYear({ year: 2027, off: [...off, ...more], worked });
    expect(checked).toMatchObject({ ok: false, refusal: { code: 'CALENDAR_DAYS', facts: { why } } });
  });

  it('S4-1: a year that was given counts; one that was not is refused in words that say what to do', () => {
    const checked = checkedYear({ year: 2027, off: OFF, worked: ['2027-02-20'] });
    if (!checked.ok) throw new Error(checked.refusal.message);
    const calendar = chineseCalendar({ ...HOLIDAYS_CN, 2027: checked.value });
    expect(calendar.workingDayFrom('2027-01-01')).toBe('2027-01-04');
    expect(calendar.workingDayFrom('2027-02-20')).toBe('2027-02-20');
    expect(() => chineseCalendar().workingDayFrom('2027-01-03')).toThrow(CalendarGap);
    expect(() => chineseCalendar().workingDayFrom('2027-01-03')).toThrow(
      /2027 are not known.*give the working calendar/,
    );
  });
});
