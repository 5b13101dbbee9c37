/** Who uses joint-operation products, day by day (settlement.md 8, consoles-and-processes.md 3.9). Types and days only. */
import { localMs, midnightOf } from '../../platform/site.ts';

/** All of it is told in Beijing days (S-72). */
export const ACTIVITY_ZONE = 'Asia/Shanghai';
/** S-70: a range spans at most so many days */
export const MOST_DAYS = 30;
/** A gap that is longer than any range, or no earlier day at all. */
export const NO_GAP = MOST_DAYS + 1;
/** A report of the seller's may be so many days late; the figures of that day follow. */
export const LATEST_REPORT_DAYS = 31;

/** `YYYY-MM-DD`, a day in Beijing */
export type Day = string;

export interface DayRange {
  readonly from: Day;
  /** the last day, itself included */
  readonly to: Day;
}

/** What says that somebody used a product: they signed in, or the seller reported it. */
export type Signal = 'SIGN_IN' | 'REPORT';

const DAY_MS = 86_400_000;

export const dayOf = (at: Date): Day => new Date(localMs(at, ACTIVITY_ZONE)).toISOString().slice(0, 10);
export const dayAfter = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
/** How many days lie from one to the other, both included. */
export const daysOf = ({ from, to }: DayRange): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
/** 24:00 of a day */
export const endOfDay = (day: Day): Date => midnightOf(dayAfter(day, 1), ACTIVITY_ZONE);
