/** A bill against a seller's own order list. */
export { describeReconciliation } from './describe.ts';
export { zoneOf } from './expected.ts';
export { type Difference, type Reconciliation, reconcile } from './reconcile.ts';
export { type Rows, rowsOf, type Table, TableFault, type TableRow } from './rows.ts';
