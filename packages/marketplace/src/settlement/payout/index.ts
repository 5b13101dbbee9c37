/** Paying sellers what their bills say: runs that two people make, files for the bank, and what its statements say of them. */
export { type Due, listDue, MOST_DUE, type Payee } from './due.ts';
export {
  exportRun,
  FILE_FORMS,
  type FileForm,
  mediaTypeOf,
  type PayoutFile,
  readPayoutFile,
} from './files/exporting.ts';
export { type OwnWork, ownWork } from './four-eyes.ts';
export {
  type AccountView,
  type EntryView,
  listEntries,
  listRuns,
  listStatements,
  type PaymentView,
  paymentsOfRequisition,
  type RunDetail,
  type RunView,
  runDetail,
  type StatementView,
} from './queries.ts';
export { approveRun, dropRun, makeRun, type Person, proposeRun } from './runs.ts';
export { payoutSchema, payoutSealed } from './schema.ts';
export { failPayment, matchEntry, setAside } from './statement/by-hand.ts';
export { faultText, type StatementFault } from './statement/faults.ts';
export { type Imported, importStatement } from './statement/importing.ts';
export { OPEN_REASONS, type OpenReason } from './statement/match.ts';
export { MOST_STATEMENT_BYTES } from './statement/read-statement.ts';
export {
  PAYMENT_STATES,
  PAYOUT_STATES,
  type PaymentState,
  type PayoutState,
  paymentTransitions,
  payoutTransitions,
} from './states.ts';
