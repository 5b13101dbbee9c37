/** What sellers are paid: facts in, bills out (settlement.md). */
export { CalendarGap } from './calendar.ts';
export { describeSettled } from './describe.ts';
export type { Bill, Settled } from './engine.ts';
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
