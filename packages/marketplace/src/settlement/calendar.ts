/** Calendar days as text `YYYY-MM-DD`: billing days, working days, account periods (settlement.md 2.3, 4.1, 10). Pure. */
import { localMs, SITES, type Site } from '../platform/site.ts';
import { HOLIDAYS_CN, type SpecialDays } from './holidays-cn.ts';

/** `YYYY-MM-DD` */
export type Day = string;
/** an account period, `YYYYMM` */
export type Period = string;

export interface Calendar {
  /** the same day, or the first working day after it. @throws CalendarGap for a year without data */
  workingDayFrom(day: Day): Day;
  /** `count` working days after `day` */
  addWorkingDays(day: Day, count: number): Day;
}

/** A year whose holidays are not known: nothing is computed rather than guessed. */
export class CalendarGap extends Error {
  readonly year: number;
  constructor(year: number, years: Readonly<Record<number, SpecialDays>>) {
    super(
      `the public holidays of ${year} are not known (known are ${known(years)}): give the working calendar that year's holidays and make-up days, then it goes on`,
    );
    this.year = year;
  }
}

const known = (years: Readonly<Record<number, SpecialDays>>): string => {
  const all = Object.keys(years);
  return `${all[0]} to ${all.at(-1)}`;
};

/** Billing day of a site in the month after the period: the 3rd (CN), the 7th (INTL, EU) (1.3). */
export const BILLING_DAY: Readonly<Record<Site, number>> = { CN: 3, INTL: 7, EU: 7 };

/** Monday to Friday without public holidays, and the weekend days that are worked instead. */
export function chineseCalendar(years: Readonly<Record<number, SpecialDays>> = HOLIDAYS_CN): Calendar {
  const isWorkingDay = (day: Day): boolean => {
    const special = years[Number(day.slice(0, 4))];
    if (!special) throw new CalendarGap(Number(day.slice(0, 4)), years);
    const date = day.slice(5);
    return isWeekday(day) ? !special.off.split(' ').includes(date) : special.worked.split(' ').includes(date);
  };
  return calendarOf(isWorkingDay);
}

/** Policy `none`: billing days are not moved; steps of the schedule count Monday to Friday. */
export function plainCalendar(): Calendar {
  return { ...calendarOf(isWeekday), workingDayFrom: (day) => day };
}

function calendarOf(isWorkingDay: (day: Day) => boolean): Calendar {
  const workingDayFrom = (day: Day): Day => {
    let current = day;
    while (!isWorkingDay(current)) current = nextDay(current);
    return current;
  };
  return {
    workingDayFrom,
    addWorkingDays(day, count) {
      let current = day;
      for (let left = count; left > 0; left -= 1) current = workingDayFrom(nextDay(current));
      return current;
    },
  };
}

/** The local day of an instant on a site. */
export const dayAt = (at: Date, site: Site): Day =>
  new Date(localMs(at, SITES[site].timeZone)).toISOString().slice(0, 10);
export const periodAt = (at: Date, site: Site): Period => periodOf(dayAt(at, site));

export const nextDay = (day: Day): Day => dayOf(new Date(utc(day).getTime() + 86_400_000));

/** Month arithmetic on periods: `202401` + 1 = `202402`. */
export function addMonths(period: Period, count: number): Period {
  const months = Number(period.slice(0, 4)) * 12 + Number(period.slice(4)) - 1 + count;
  return `${Math.floor(months / 12)}${String((months % 12) + 1).padStart(2, '0')}`;
}

export const firstDay = (period: Period): Day => `${period.slice(0, 4)}-${period.slice(4)}-01`;
export const lastDay = (period: Period): Day =>
  dayOf(new Date(utc(firstDay(addMonths(period, 1))).getTime() - 86_400_000));
export const periodOf = (day: Day): Period => day.slice(0, 7).replace('-', '');

/** The day on which a period is nominally billed. */
export const nominalRunDay = (site: Site, period: Period): Day =>
  `${firstDay(addMonths(period, 1)).slice(0, 8)}${String(BILLING_DAY[site]).padStart(2, '0')}`;

/** The same day of the next month, or its last day. */
export function monthLater(day: Day): Day {
  const next = addMonths(periodOf(day), 1);
  const same = `${firstDay(next).slice(0, 8)}${day.slice(8)}`;
  return same > lastDay(next) ? lastDay(next) : same;
}

const utc = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);
const isWeekday = (day: Day): boolean => ![0, 6].includes(utc(day).getUTCDay());
