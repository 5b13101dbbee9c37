/** S6-14: the operator decides within 3 working days of the site, to the end of the third. */
import { DECISION_WORKING_DAYS } from '../../delivery/index.ts';
import { daysLater, midnightOf, SITES, type Site } from '../../platform/site.ts';
import { type Calendar, CalendarGap, dayAt, plainCalendar } from '../../settlement/index.ts';

/** @param working the marketplace's calendar, of the China site */
export function decisionDueAt(now: Date, site: Site, working: Calendar): Date {
  const { timeZone } = SITES[site];
  return daysLater(midnightOf(dayOfDecision(dayAt(now, site), site, working), timeZone), 1, timeZone);
}

function dayOfDecision(day: string, site: Site, working: Calendar): string {
  const count = (calendar: Calendar) => calendar.addWorkingDays(day, DECISION_WORKING_DAYS);
  if (site !== 'CN') return count(plainCalendar());
  try {
    return count(working);
  } catch (error) {
    // a year whose holidays are not published yet: Monday to Friday, for a deadline that nothing hangs on but a promise
    if (error instanceof CalendarGap) return count(plainCalendar());
    throw error;
  }
}
