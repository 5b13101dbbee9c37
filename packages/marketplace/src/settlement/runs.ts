/** Bill runs: for which month, on which day, and which of them takes a line (settlement.md 1.3, 2.3, 4.1). Pure. */
import {
  addMonths,
  type Calendar,
  type Day,
  firstDay,
  lastDay,
  monthLater,
  type Period,
  periodOf,
} from './calendar.ts';
import type { Policy, ProductClass } from './facts.ts';

export interface Run {
  readonly period: Period;
  readonly from: Day;
  readonly to: Day;
  readonly nominalRunDate: Day;
  /** moved to a working day */
  readonly runDate: Day;
}

/** The run that bills the month before its nominal day. */
export function runOf(nominal: Day, calendar: Calendar): Run {
  const period = addMonths(periodOf(nominal), -1);
  return {
    period,
    from: firstDay(period),
    to: lastDay(period),
    nominalRunDate: nominal,
    runDate: calendar.workingDayFrom(nominal),
  };
}

/** The first run that may take a line of `period`, whose seller was certified on `certified` (S2-1); null = none of these. */
export function runFor(runs: readonly Run[], period: Period, certified: Day | null): number | null {
  if (certified === null) return null;
  const place = runs.findIndex((run) => run.period >= period && certified <= run.runDate);
  return place < 0 ? null : place;
}

export interface ScheduleStep {
  readonly step: 'RUN' | 'REVIEW' | 'COUNTERSIGN' | 'INVOICE' | 'VERIFY' | 'PAY';
  readonly by: Day;
}

/** working days of each step (4.1, 4.3); what is not published is as in 4.1 (Q11) */
const REVIEW_DAYS = { CN: 2, INTL: 3, EU: 3 } as const;
const [RUN_DAYS, COUNTERSIGN_DAYS, VERIFY_DAYS, PAY_DAYS] = [1, 8, 2, 6];

/** The latest days of what follows a run (S4-1); whoever invoices Huawei has a month for it (4.2); null = a distributor (4.6). */
export function scheduleOf(
  run: Run,
  productClass: ProductClass | null,
  policy: Policy,
  calendar: Calendar,
): ScheduleStep[] {
  const ran = calendar.addWorkingDays(run.runDate, RUN_DAYS);
  const reviewed = calendar.addWorkingDays(ran, REVIEW_DAYS[policy.site]);
  const countersigned = calendar.addWorkingDays(reviewed, COUNTERSIGN_DAYS);
  const first: ScheduleStep[] = [
    { step: 'RUN', by: ran },
    { step: 'REVIEW', by: reviewed },
    { step: 'COUNTERSIGN', by: countersigned },
  ];
  if (productClass === 'GENERAL' && policy.site === 'CN')
    return [...first, { step: 'PAY', by: calendar.addWorkingDays(countersigned, PAY_DAYS) }];
  const invoiced = monthLater(countersigned);
  const verified = calendar.addWorkingDays(invoiced, VERIFY_DAYS);
  return [
    ...first,
    { step: 'INVOICE', by: invoiced },
    { step: 'VERIFY', by: verified },
    { step: 'PAY', by: calendar.addWorkingDays(verified, PAY_DAYS) },
  ];
}
