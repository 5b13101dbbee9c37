/** The figures of 联营活跃用户分析, exactly as settlement.md 8 has them. Pure. */
import { ok, type Result, refuse } from '../../platform/result.ts';
import { type Day, type DayRange, dayAfter, dayOf, daysOf, MOST_DAYS } from './definition.ts';

/** One customer of one product: a project. */
export interface Project {
  readonly goodsId: string;
  readonly buyerId: string;
  /** S-73: through the kit, before the end of the range, and not dissolved at its end */
  readonly opened: boolean;
  /** accounts at the end of the range */
  readonly authorised: number;
  /** members with at least one day in the range (S-72) */
  readonly active: number;
}

/** A rate is a fraction of one; null = there is nothing to divide by. */
export interface Figures {
  readonly projects: number;
  readonly opened: number;
  readonly openingRate: number | null;
  readonly activeProjects: number;
  readonly projectActivity: number | null;
  readonly authorised: number;
  readonly activeUsers: number;
  readonly userActivity: number | null;
}

/** A customer of two products counts twice, and so does a user of two products. */
export function figuresOf(projects: readonly Project[]): Figures {
  const opened = projects.filter((each) => each.opened);
  const activeProjects = opened.filter((each) => each.active > 0).length;
  const authorised = opened.reduce((sum, each) => sum + each.authorised, 0);
  const activeUsers = opened.reduce((sum, each) => sum + each.active, 0);
  return {
    projects: projects.length,
    opened: opened.length,
    openingRate: rate(opened.length, projects.length),
    activeProjects,
    projectActivity: rate(activeProjects, opened.length),
    authorised,
    activeUsers,
    userActivity: rate(activeUsers, authorised),
  };
}

const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** S-70, S-71. @returns refusals RANGE_ORDER, RANGE_TOO_LONG, RANGE_NOT_OVER */
export function readRange(range: DayRange, now: Date): Result<DayRange> {
  const days = daysOf(range);
  if (days < 1) return refuse('RANGE_ORDER', 'S-70: a range begins before it ends', { ...range });
  if (days > MOST_DAYS)
    return refuse('RANGE_TOO_LONG', `S-70: a range spans at most ${MOST_DAYS} days`, { days: String(days) });
  const last = lastDay(now);
  return range.to > last
    ? refuse('RANGE_NOT_OVER', 'S-70: there are figures up to 24:00 of yesterday, Beijing time', { last })
    : ok(range);
}

/** Yesterday: the last day that has figures. */
export const lastDay = (now: Date): Day => dayAfter(dayOf(now), -1);
