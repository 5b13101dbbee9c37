/** Who uses joint-operation products (settlement.md 8, consoles-and-processes.md 3.9). */
export * from './definition.ts';
export { type ActivityReport, type ReportOutcome, takeReports } from './intake.ts';
export { type Figures, figuresOf, lastDay, type Project, readRange } from './model.ts';
export { recordAuthorised, recordEnded, recordOpened } from './openings.ts';
export { type ActivityQuery, type DayActivity, daysActive, jointProducts, projectsOf } from './report.ts';
export { activitySchema, SIGNALS } from './schema.ts';
export { foldSignals, forgetSignals, recordSignals, recordSignIn, type SignIn } from './signals.ts';
