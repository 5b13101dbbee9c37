/** What sellers are paid: facts in, bills out (settlement.md). */
export {
  addMonths,
  type Calendar,
  CalendarGap,
  chineseCalendar,
  type Day,
  dayAt,
  firstDay,
  lastDay,
  type Period,
  periodAt,
  plainCalendar,
} from './calendar.ts';
export { CalendarFault, readCalendar } from './calendar-file.ts';
export { type KnownYear, knownYears, workingCalendar } from './calendar-store.ts';
export { describeSettled } from './describe.ts';
export type { Bill, Settled } from './engine.ts';
export { CLASSES, type ProductClass } from './facts.ts';
export { FIRST_YEAR, LAST_YEAR, MOST_DAYS } from './holidays.ts';
export * from './invoices/index.ts';
export * from './leaving/index.ts';
export {
  type BillDetail,
  type BillQuery,
  type BillView,
  billDetail,
  listBills,
  listPeriods,
  type PeriodView,
} from './live/bill-queries.ts';
export { BILL_STATES, type BillState, billTransitions, type Movable, nextStates } from './live/bill-states.ts';
export { adjust, holdBill, moveBill } from './live/bills.ts';
export {
  type CommissionBill,
  type CommissionBillDetail,
  commissionBillDetail,
  decideCommissionBills,
  listCommissionBills,
  MOST_DECIDED,
  sentToDistributor,
} from './live/commission-bills.ts';
export {
  COMMISSION_STATES,
  type CommissionExplained,
  type CommissionLine,
  commissionMonths,
  explainCommission,
  listCommissions,
} from './live/commissions.ts';
export { giveYear, takeYears } from './live/give-year.ts';
export {
  type Billing,
  billingOf,
  type Explained,
  explainLine,
  type LineQuery,
  type LineView,
  listLines,
} from './live/line-queries.ts';
export { type Forecast, forecastFor, type Income, incomeOf } from './live/outlook.ts';
export { type Preview, previewRun } from './live/preview.ts';
export { releaseOnCertification } from './live/releasing.ts';
export { type RunDone, runPeriod } from './live/run.ts';
export * from './payout/index.ts';
export { writeSettled } from './present.ts';
export {
  describeReconciliation,
  reconcile,
  rowsOf,
  type Table,
  TableFault,
  type TableRow,
  zoneOf,
} from './reconcile/index.ts';
export { ScenarioFault, settleFile } from './run-scenario.ts';
export { settlementSchema } from './schema.ts';
export {
  listSpending,
  type ProductSpending,
  type SpendingEntry,
  type SpendingOverview,
  spendingOverview,
} from './spending/spending.ts';
export { settlementSubscriptions } from './subscribers.ts';
export { settlementTasks } from './tasks.ts';
