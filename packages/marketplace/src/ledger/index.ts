/** Every cent, twice. */
export * from './accounts.ts';
export { type Entry, type EntryKind, type Posting, postEntry } from './entry.ts';
export * from './ledger.ts';
