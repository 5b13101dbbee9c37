/** Every cent, twice. */
export * from './accounts.ts';
export {
  type AccountQuery,
  type AccountRow,
  accountsOf,
  type Span,
  type StatementLine,
  type StatementQuery,
  statementOf,
  type TrialRow,
  type Turnover,
  trialOf,
  turnoverOf,
} from './books.ts';
export { type Entry, type EntryKind, type Posting, postEntries, postEntry } from './entry.ts';
export { type JournalOptions, writeJournal } from './journal.ts';
export { JOURNAL_FORMATS, type JournalFormat } from './journal-text.ts';
export * from './ledger.ts';
export {
  type CloseOutcome,
  type Closing,
  closeMonth,
  closings,
  firstOpenMonth,
  monthOf,
  monthSpan,
  nextMonth,
} from './months.ts';
export { beginChain, sealedSchema } from './sealed-schema.ts';
export { type ChainEnd, chainEnd, sealEntries } from './sealing.ts';
export { type Head, type Verification, verifyLedger } from './verify.ts';
export type { Fault } from './verify-faults.ts';
