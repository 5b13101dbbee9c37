/** A bill against a seller's own order list. */
export { describeReconciliation } from './describe.ts';
export { zoneOf } from './expected.ts';
export { reconcile } from './reconcile.ts';
export { rowsOf, type Table, TableFault, type TableRow } from './rows.ts';
