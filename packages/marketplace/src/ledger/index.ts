/** Every cent, twice. */
export * from './accounts.ts';
export {
  accountsOf,
  statementOf,
  type TrialRow,
  trialOf,
  turnoverOf,
} from './books.ts';
export { type Posting, postEntries, postEntry } from './entry.ts';
export { writeJournal } from './journal.ts';
export { JOURNAL_FORMATS } from './journal-text.ts';
export * from './ledger.ts';
export {
  closeMonth,
  closings,
  firstOpenMonth,
  monthOf,
  monthSpan,
  nextMonth,
} from './months.ts';
export { beginChain, sealedSchema } from './sealed-schema.ts';
export { chainEnd, sealEntries } from './sealing.ts';
export { type Head, type Verification, verifyLedger } from './verify.ts';
